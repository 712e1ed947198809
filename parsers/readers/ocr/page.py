"""What a recognised page, or picture on a page, is: a page with text, and how sure each of its words is."""

from __future__ import annotations

from dataclasses import dataclass

from parsers.document import Box
from parsers.readers.pdf.page import PageContent, Word


@dataclass(frozen=True, slots=True)
class Print:
    """A word as it was recognised. ``sure``: two readings agree. ``others`` are the other readings. ``parted``: a figure in
    which there is a blank, so that it may be two, between which a wall was not seen."""

    word: Word
    sure: bool
    others: tuple[str, ...] = ()
    parted: bool = False


@dataclass(frozen=True, slots=True)
class Scan:
    """A page that was recognised. Places are those on the page made straight, so they are off by the slant of the sheet.
    ``within``: the part of a page that alone was recognised, a picture on it; None for a whole page."""

    content: PageContent
    prints: tuple[Print, ...]
    within: Box | None = None

    def covers(self, box: Box) -> bool:
        """Whether what stands in a place of the page as it is shown was recognised here."""
        if box.page != self.content.number:
            return False
        return self.within is None or self.within.holds_middle_of(box)
