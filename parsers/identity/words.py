"""The word lists of ``words.toml`` as compiled patterns, loaded once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import regex

from parsers.data import read_toml

_YEAR = r"(?:20[0-3]\d|二[〇○零oO0◯][〇○零一二三oO0◯][〇○零一二三四五六七八九oO0◯])"
YEAR = rf"(?<!\d){_YEAR}(?:年?年度?)?(?:度)?"
"""A report year as it is written in folded text: 2021, 2021年, 2021年度, 二〇二一年. Nothing before 2000 or after 2039."""

_DIGITS = {**dict(zip("一二三四五六七八九", "123456789", strict=True)), **dict.fromkeys("〇○零oO◯", "0")}
_FIRST_YEAR = 2003
"""The first municipal rules on disclosure (Guangzhou, 2003); the first reports followed them."""


@cache
def words() -> Mapping[str, Any]:
    """The data file as it stands."""
    return read_toml(__package__, "words.toml")


@cache
def pattern(section: str, key: str) -> regex.Pattern[str]:
    """One pattern of the data file, compiled; ``YEAR`` in it stands for :data:`YEAR`, a list for alternatives."""
    entry: str | Sequence[str] = words()[section][key]
    return regex.compile(_expanded(entry if isinstance(entry, str) else "|".join(map(regex.escape, entry))))


@cache
def patterns(section: str, key: str) -> tuple[regex.Pattern[str], ...]:
    """A list of patterns of the data file, compiled, in the order of the file."""
    return tuple(regex.compile(_expanded(entry)) for entry in words()[section][key])


def year_in(text: str) -> int | None:
    """The year that a text matched by :data:`YEAR` begins with, or None when no report can be for it.

    >>> year_in("二〇二一年度"), year_in("2021年")
    (2021, 2021)
    """
    digits = "".join(_DIGITS.get(character, character) for character in text.replace("二", "2")[:4])
    return int(digits) if digits.isdecimal() and int(digits) >= _FIRST_YEAR else None


def _expanded(entry: str) -> str:
    return entry.replace("YEAR", YEAR)
