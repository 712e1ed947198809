"""The words of ``words.toml``, read once."""

from __future__ import annotations

from functools import cache
from typing import Any

from parsers.data import read_toml


@cache
def words(section: str) -> dict[str, Any]:
    """One section of the word lists: ``charset``, ``html``, ``docx`` or ``text``."""
    table: dict[str, Any] = read_toml(__package__, "words.toml")[section]
    return table
