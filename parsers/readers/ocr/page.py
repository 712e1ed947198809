"""What a recognised page is: a page with text, and how sure each of its words is."""

from __future__ import annotations

from dataclasses import dataclass

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
    """A page that was recognised. Places are those on the page made straight, so they are off by the slant of the sheet."""

    content: PageContent
    prints: tuple[Print, ...]
