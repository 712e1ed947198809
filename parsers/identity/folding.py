"""A canonical text folded for the search of names and years, with the way back to its own offsets."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from itertools import chain, compress, repeat

from parsers.document import Span
from parsers.text import simplified

_DROPPED = frozenset("*#`\u200b\u200c\u200d\u2060\ufeff\u00ad“”\"'‘’＂＇")
"""Marks of emphasis and quotation and invisible signs: producers put them in and leave them out at will."""


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text, and for each of its characters the offset in the canonical text that it came from. Paragraphs
    and table cells end with a line break; there is no other white space."""

    text: str
    offsets: tuple[int, ...]
    source: str

    def part(self, start: int, end: int) -> Folded:
        """What came from the canonical text between the offsets ``start`` and ``end``."""
        first, last = bisect_left(self.offsets, start), bisect_left(self.offsets, end)
        return Folded(self.text[first:last], self.offsets[first:last], self.source)

    def span(self, start: int, end: int) -> Span:
        """The stretch of the canonical text that ``text[start:end]`` came from; not empty."""
        return Span(self.offsets[start], self.offsets[end - 1] + 1)

    def printed(self, start: int, end: int) -> str:
        """``text[start:end]`` as the page prints it: unfolded, without blanks, line breaks and marks of emphasis."""
        places = self.offsets[start:end]
        characters = (self.source[places[0] : places[-1] + 1]) if places else ""
        return "".join(c for c in characters if not c.isspace() and c not in _DROPPED)


def fold_text(text: str, start: int = 0, end: int | None = None) -> Folded:
    """The canonical text from ``start`` to ``end`` as it is searched: NFKC, no blanks, no quotation marks, no marks
    of emphasis, simplified signs; tabs and line breaks end paragraphs."""
    places = range(start, len(text) if end is None else min(end, len(text)))
    folded = list(map(_FOLDED.__getitem__, text[places.start : places.stop]))
    widths = bytes(map(len, folded))
    # Nearly always every sign becomes one sign or none.
    narrow = widths.count(0) + widths.count(1) == len(widths)
    offsets = compress(places, widths) if narrow else chain.from_iterable(map(repeat, places, widths))
    return Folded("".join(folded), tuple(offsets), text)


def fold_name(text: str) -> str:
    """A name or a title on its own, folded the same way and without line breaks."""
    return "".join(map(_FOLDED.__getitem__, text)).replace("\n", "")


class _FoldedCharacters(dict[str, str]):
    """Each character that was met, folded: a look-up instead of a call, since every report has thousands."""

    def __missing__(self, character: str) -> str:
        folded = self[character] = _folded(character)
        return folded


_FOLDED = _FoldedCharacters()


def _folded(character: str) -> str:
    if character in "\n\t":
        return "\n"
    if character.isspace() or character in _DROPPED:
        return ""
    return "".join(simplified().get(c, c) for c in unicodedata.normalize("NFKC", character) if not c.isspace())
