"""The data files of the specimen maker, read once."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def data(name: str) -> dict[str, Any]:
    """The content of ``<name>.toml`` beside this module."""
    return tomllib.loads((files("corpus.specimens") / f"{name}.toml").read_text(encoding="utf-8"))
