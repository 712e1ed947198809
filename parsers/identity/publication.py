"""The day of publication."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import regex

from parsers.document import Document
from parsers.identity.folding import Folded
from parsers.identity.names import is_agency_name
from parsers.identity.words import pattern, year_in
from parsers.numerals import parse_numeral


def published_on(document: Document, head: Folded, tail: Folded) -> date | None:
    """The day of publication: the page's metadata, the line under the title (发布时间), the signature; None where nothing
    says it. ``head`` is the folded beginning of the text, ``tail`` its end."""
    if document.metadata.published is not None:
        return document.metadata.published
    under_title = (_date(found) for found in pattern("text", "published").finditer(head.text))
    signed = list(_days_of_signatures(tail.text))
    return next((day for day in under_title if day is not None), signed[-1] if signed else None)


def _days_of_signatures(text: str) -> Iterator[date]:
    """The days on lines of their own, alone or behind a name. In a sentence, or behind 至, a day is that of something else."""
    for line in text.split("\n"):
        found = pattern("text", "signature_date").search(line)
        if found is None or (found.start() and not is_agency_name(line[: found.start()].rstrip("("))):
            continue
        if (day := _date(found)) is not None:
            yield day


def _date(found: regex.Match[str]) -> date | None:
    """The date of a match; None where there is no such day."""
    year = year_in(found["year"])
    month, day = parse_numeral(found["month"]), parse_numeral(found["day"])
    if year is None or month is None or day is None:
        return None
    try:
        return date(year, int(month), int(day))
    except ValueError:
        return None
