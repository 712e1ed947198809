"""The field of work that an agency's name tells. The words are data: ``fields.toml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import regex

from parsers.data import read_toml
from parsers.gazetteer.places import place_prefix


@dataclass(frozen=True, slots=True)
class Field:
    """A field of work: its key, its name in Chinese and English, and the words (or, for bodies of general
    competence, the pattern over the whole name) that tell it."""

    key: str
    chinese: str
    english: str
    words: tuple[str, ...]
    pattern: str | None


@cache
def _data() -> dict[str, Any]:
    return read_toml(__package__, "fields.toml")


@cache
def all_fields() -> tuple[Field, ...]:
    """Every field, in the order of the data file."""
    return tuple(
        Field(entry["key"], entry["zh"], entry["en"], tuple(entry.get("words", ())), entry.get("pattern"))
        for entry in _data()["field"]
    )


@lru_cache(maxsize=4096)
def field_of(agency: str) -> str | None:
    """The key of the field that a (normalised) agency's name tells, or None.

    The place in front is set aside; then the word that stands first decides, the longest where several begin
    there; a body that is named after no field is a government, its office, a town or a subdistrict.

    >>> field_of("中卫市公安局"), field_of("石狮市教育体育局"), field_of("水东镇人民政府")
    ('police', 'education', 'township')
    """
    general = _general().search(agency)
    if general is not None and general.lastgroup in ("subdistrict", "township"):
        return general.lastgroup
    words, keys = _specific()
    specific = words.search(agency[len(place_prefix(agency)) :].replace(_data()["government"], " "))
    if specific is not None:
        return keys[specific.group()]
    return general.lastgroup if general is not None else None


@cache
def _specific() -> tuple[regex.Pattern[str], dict[str, str]]:
    keys = {word: field.key for field in all_fields() for word in field.words}
    longest_first = sorted(keys, key=len, reverse=True)
    return regex.compile("|".join(map(regex.escape, longest_first))), keys


@cache
def _general() -> regex.Pattern[str]:
    return regex.compile("|".join(f"(?P<{field.key}>{field.pattern})" for field in all_fields() if field.pattern))
