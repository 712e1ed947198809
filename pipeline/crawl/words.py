"""The word lists of ``words.toml``, loaded once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import regex


@cache
def words() -> Mapping[str, Any]:
    """The data file as it stands."""
    return tomllib.loads(files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))


@cache
def pattern(section: str, key: str) -> regex.Pattern[str]:
    """One pattern of the data file, compiled."""
    return regex.compile(words()[section][key])
