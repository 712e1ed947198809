"""Where an agency belongs and what it works on: divisions by year and fields of work, as data shipped with us."""

from __future__ import annotations

from parsers.gazetteer.divisions import Division, all_divisions
from parsers.gazetteer.fields import Field, all_fields, field_of
from parsers.gazetteer.places import is_national, name_within, place_of, place_prefix

__all__ = [
    "Division",
    "Field",
    "all_divisions",
    "all_fields",
    "field_of",
    "is_national",
    "name_within",
    "place_of",
    "place_prefix",
]
