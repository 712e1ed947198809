"""Which paragraphs at the head of a text may be the lines of one title."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, islice

import regex

from parsers.gazetteer import place_prefix
from parsers.identity.folding import Folded
from parsers.identity.names import is_agency_name
from parsers.identity.title import SENTENCE, Joined, read_title, what_it_is_called
from parsers.identity.words import YEAR, pattern

_PARAGRAPHS = 60
_LINES_OF_TITLE = 4
LONGEST_LINE = 120
_ENDS = frozenset("告报结")
"""With one of these signs the name of every kind of report ends (报告, 年报, 总结)."""
_PARAGRAPH = regex.compile(r"[^\n]+")
_YEAR = regex.compile(YEAR)


def windows(head: Folded) -> Iterator[tuple[int, int, Joined]]:
    """One to four paragraphs in a row that may be a title, joined: (index of the first, how many, text)."""
    lines = list(islice(paragraphs(head), _PARAGRAPHS))
    may_end = [not _ENDS.isdisjoint(head.text[start:end]) for start, end in lines]
    bare_year = [_YEAR.fullmatch(head.text, start, end) is not None for start, end in lines]
    # A list of years, with a tab for each, is no part of a title.
    listed = [here and above for here, above in zip(bare_year, [False, *bare_year], strict=False)]
    for index in range(len(lines)):
        for last in range(index, min(index + _LINES_OF_TITLE, len(lines))):
            if listed[last]:
                break
            start, end = lines[last]
            if end - start > LONGEST_LINE:
                break
            if not may_end[last]:
                continue
            window = lines[index : last + 1]
            if len(window) > 1 and not _goes_on(head, window):
                break
            places = tuple(chain.from_iterable(range(start, end) for start, end in window))
            yield index, len(window), Joined(_text_of(head, window), places)


def _goes_on(head: Folded, window: Sequence[tuple[int, int]]) -> bool:
    """Whether a title may run from the window's first paragraph into the next: not when the next names its own
    agency in full and the first is a whole name too (a site's name above the title), unless the text below prints
    the two as one name (国家税务总局|绩溪县税务局)."""
    first = head.text[slice(*window[0])]
    if what_it_is_called().search(first) or SENTENCE.search(first) or len(first) > 50:
        return False
    if not is_agency_name(first):
        return True
    title = read_title(_text_of(head, window[1:]))
    if title is None or title.agency is None:
        return True
    if head.text.find(first + title.agency, window[-1][1]) >= 0:
        return True
    whole = pattern("agency", "ends_like_a_place").search(place_prefix(title.agency)) is not None
    return not whole and pattern("agency", "ends_like_a_place").search(first) is not None


def _text_of(head: Folded, window: Sequence[tuple[int, int]]) -> str:
    return "".join(head.text[start:end] for start, end in window)


def paragraphs(head: Folded, start: int = 0) -> Iterator[tuple[int, int]]:
    """Where the paragraphs stand of which nothing lies in front of ``start``."""
    for found in _PARAGRAPH.finditer(head.text, start):
        if not start or head.text[found.start() - 1] == "\n":
            yield found.span()
