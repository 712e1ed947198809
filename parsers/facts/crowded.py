"""Stretches of text that are no prose, but a table that lost its lines: their numerals are set aside unread."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsers.facts.names import Name, Reason
from parsers.numerals import Numeral, numeral_places, numerals

CROWDED = 400
"""A stretch without a full stop that holds more numerals than this, with hardly a word between them, is a table that
lost its lines, not a sentence; the longest sentence in the reports read held 61."""
SPARE = 4
"""Characters that a figure takes at least in such a stretch if it is a sentence: 网站5条、 has more."""
MOST = 6000
"""Numerals of the longest paragraph that is read, more than fit on ten pages without a break. What has more was
written by no agency."""
MOST_OF_TEXT = 6000
"""Numerals of the longest text that is read: reports of two hundred pages have a fifth of them in their prose."""
_FULL_STOP = re.compile(r"[。！？!?\n]+")
_LINE = re.compile(r"\n+")


def is_endless(text: str) -> bool:
    """Whether a text holds more numerals than any report: then none of them is read."""
    return len(text) > MOST_OF_TEXT and sum(1 for _ in numeral_places(text, 0, len(text))) > MOST_OF_TEXT


def numerals_of_prose(text: str, others: list[Name]) -> Iterator[Numeral]:
    """The numerals of ``text``; those of a crowded stretch go to ``others`` unread."""
    if is_endless(text):
        others += (Name(*place, Reason.TABLE) for place in numeral_places(text, 0, len(text)))
        return
    bare: list[tuple[int, int]] = []
    for first, last in _stretches(text, _LINE, 0, len(text)):
        if last - first < SPARE:
            bare += numeral_places(text, first, last)  # a line that is no more than a number, and perhaps a table's
            continue
        yield from _lines(text, bare, others)
        bare = []
        endless = last - first > MOST and sum(1 for _ in numeral_places(text, first, last)) > MOST
        for start, end in _stretches(text, _FULL_STOP, first, last):
            places = list(numeral_places(text, start, end)) if endless or end - start > CROWDED else []
            if endless or (len(places) > CROWDED and end - start < SPARE * len(places)):
                others += (Name(*place, Reason.TABLE) for place in places)
            else:
                yield from numerals(text, start, end)
    yield from _lines(text, bare, others)


def _lines(text: str, places: list[tuple[int, int]], others: list[Name]) -> Iterator[Numeral]:
    """The numerals at ``places``, lines that hold nothing else; many of them in a row are a column of a table."""
    if len(places) > CROWDED:
        others += (Name(*place, Reason.TABLE) for place in places)
    elif places:
        yield from numerals(text, places[0][0], places[-1][1])


def _stretches(text: str, breaks: re.Pattern[str], first: int, last: int) -> Iterator[tuple[int, int]]:
    """The stretches of ``text[first:last]`` between the breaks."""
    start = first
    for match in breaks.finditer(text, first, last):
        yield start, match.start()
        start = match.end()
    yield start, last
