"""The administrative divisions of China by year, and how a name is found in a text without looking at all of them."""

from __future__ import annotations

import gzip
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Division:
    """A province, city (prefecture) or county as it was called from ``first_year`` to ``last_year``, both included;
    ``last_year`` is None while it stands. ``city`` is empty where a county belongs to its province directly."""

    code: str
    name: str
    short: str
    level: str
    province: str
    city: str
    first_year: int
    last_year: int | None

    def lies_in(self, other: Division) -> bool:
        """Whether ``other`` is the province or city that this division belongs to."""
        if other.level == "province":
            return self.level != "province" and self.province == other.name
        parents = (self.city, self.province)
        return other.level == "city" and self.level == "county" and parents == (other.name, other.province)

    def years_from(self, year: int | None) -> int:
        """How many years ``year`` lies outside the division's own years; 0 inside. Without a year: since it ended."""
        last = self.last_year or _STANDING
        year = year or _STANDING
        return max(self.first_year - year, year - last, 0)


_STANDING = 9999
"""Stands for the last year of a division that has not ended."""


@dataclass(frozen=True, slots=True)
class Match:
    """A name found in a text, whether it is written without 省, 市, 县 …, and the divisions that bear it."""

    name: str
    is_short: bool
    divisions: tuple[Division, ...]


@cache
def all_divisions() -> tuple[Division, ...]:
    """Every division of ``divisions.tsv.gz``, in the order of the codes."""
    table = gzip.decompress(files(__package__).joinpath("divisions.tsv.gz").read_bytes()).decode("utf-8")
    rows = (line.split("\t") for line in table.splitlines()[1:])
    return tuple(
        Division(code, name, short, level, province, city, int(first), int(last) if last else None)
        for code, name, short, level, province, city, first, last in rows
    )


@cache
def _index() -> dict[str, tuple[Match, ...]]:
    """Names by their first two characters, the longest first: a look-up instead of a scan of 7,800 names."""
    bearers: dict[tuple[str, bool], list[Division]] = defaultdict(list)
    for division in all_divisions():
        bearers[division.name, False].append(division)
        if len(division.short) >= 2 and division.short != division.name:
            bearers[division.short, True].append(division)
    index: dict[str, list[Match]] = defaultdict(list)
    for (name, is_short), divisions in bearers.items():
        index[name[:2]].append(Match(name, is_short, tuple(divisions)))
    return {start: tuple(sorted(found, key=lambda m: (-len(m.name), m.is_short))) for start, found in index.items()}


def matches_at(text: str, position: int) -> Iterator[Match]:
    """The names that stand in ``text`` at ``position``, the longest first, written out before shortened."""
    for match in _index().get(text[position : position + 2], ()):
        if text.startswith(match.name, position):
            yield match


def full_names_in(text: str) -> Iterator[Match]:
    """The names of divisions that are written out in ``text``, from left to right, without overlap."""
    position = 0
    while position < len(text):
        found = next((match for match in matches_at(text, position) if not match.is_short), None)
        if found is not None:
            yield found
        position += len(found.name) if found is not None else 1
