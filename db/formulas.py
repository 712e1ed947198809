"""Derived indicators as data: ``formulas.toml`` read, its patterns and sums written out in quantities that are printed."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files
from typing import Any

from parsers.forms import all_indicators
from parsers.report import CellKey


@dataclass(frozen=True, slots=True)
class Formula:
    """Numerator over denominator, each a sum of printed quantities with weight 1 or -1; no denominator: an amount."""

    key: str
    chinese: str
    english: str
    numerator: Mapping[CellKey, int]
    denominator: Mapping[CellKey, int]


@cache
def all_formulas() -> tuple[Formula, ...]:
    """The formulas of ``formulas.toml``, in its order; raises KeyError when one names a quantity that no form has."""
    data = tomllib.loads(files(__package__).joinpath("formulas.toml").read_text(encoding="utf-8"))
    return tuple(formula for entry in data["formula"] for formula in _written_out(entry))


def _written_out(entry: Mapping[str, Any]) -> Iterator[Formula]:
    for each, rest in _matches(entry):
        yield Formula(
            key=entry["key"].replace("*", rest),
            chinese=entry["zh"],
            english=entry["en"],
            numerator=_terms(entry["numerator"], each, rest),
            denominator=_terms(entry.get("denominator", []), each, rest),
        )


def _matches(entry: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The keys that ``each`` matches, with what ``*`` stood for; one empty match without ``each``."""
    pattern = entry.get("each")
    if pattern is None:
        yield "", ""
        return
    before, after = pattern.split("*")
    for indicator in all_indicators():
        key = str(indicator.key)
        rest = key[len(before) : len(key) - len(after)]
        if fnmatchcase(key, pattern) and rest not in entry.get("except", ()):
            yield key, rest


def _terms(written: list[str], each: str, rest: str) -> dict[CellKey, int]:
    terms: dict[CellKey, int] = {}
    for term in written:
        weight = -1 if term.startswith("-") else 1
        key = CellKey.parse(term.lstrip("-").replace("{each}", each).replace("{rest}", rest))
        for printed in _printed(key):
            terms[printed] = weight
    return terms


def _printed(key: CellKey) -> Iterator[CellKey]:
    """The quantities that a key stands for: itself where an edition prints it, and its terms where it is a sum."""
    indicator = _by_key()[key]
    if indicator.editions:
        yield key
    for term in indicator.terms:
        yield from _printed(term)


@cache
def _by_key() -> dict[CellKey, Any]:
    return {indicator.key: indicator for indicator in all_indicators()}
