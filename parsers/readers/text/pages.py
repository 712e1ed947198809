"""Numbers of pages that stand on lines of their own, in a text that was printed page by page: no cells of a table."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import regex

_NUMBER = regex.compile(
    r"\s*(?:[-—–―·~]+\s*(?<n>\d{1,3})\s*[-—–―·~]+|第\s*(?<n>\d{1,3})\s*页(?:\s*[,，/]?\s*共\s*\d{1,3}\s*页)?)\s*"
)
"""A number with its marks; a bare one, on a line of its own, may be the figure of a cell."""


def without_page_numbers(lines: Sequence[str]) -> list[str]:
    """The lines without those that are numbers of pages, ``— 7 —`` or 第7页: they count on by one, and may be said twice, at the
    head and the foot of a page. A figure between two dashes that is printed again and again is a row."""
    numbers = {at: int(found["n"]) for at, line in enumerate(lines) if (found := _NUMBER.fullmatch(line))}
    steps = {after - before for before, after in pairwise(numbers.values())}
    counting = 1 in steps and steps <= {0, 1}
    return [line for at, line in enumerate(lines) if at not in numbers] if counting else list(lines)
