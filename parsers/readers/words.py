"""The words of ``words.toml``, read once."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def words(section: str) -> dict[str, Any]:
    """One section of the word lists: ``charset``, ``html``, ``docx`` or ``text``."""
    table: dict[str, Any] = tomllib.loads(resources.files(__package__).joinpath("words.toml").read_text("utf-8"))[
        section
    ]
    return table
