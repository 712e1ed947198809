"""The data files that lie beside the code: labels, words and rules that are no code."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any


def read_toml(package: str, name: str) -> dict[str, Any]:
    """What the TOML file ``name`` in the folder of a ``package`` holds."""
    return tomllib.loads(files(package).joinpath(name).read_text(encoding="utf-8"))
