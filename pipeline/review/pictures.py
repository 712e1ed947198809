"""A picture of the place: the strip of the page that a cell stands in, the cell framed in red; rows of text where there is
no page.

The file is read where it was found, and a page is shown only when its bytes are still those that were read.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from parsers.document import Box
from parsers.errors import BadInput, NianbaoError, Unreadable
from pipeline.ingest import archives
from pipeline.review.crops import page
from pipeline.review.doubts import Doubt
from pipeline.review.drawn import Drawn, can_be_drawn, drawn
from pipeline.shown.output import shown_reading

RESOLUTION = 144
"""Dots an inch: a figure of 10 points is 20 pixels high, the size at which people tell 3 from 8."""
MARGIN = 72.0
"""Points of the page above and below the cell: some four rows of the form on each side, with their labels."""
FRAME = 2.0
"""Points between the frame and the cell, so that the frame hides nothing."""
RED = (0.9, 0.1, 0.1)


def picture(content: bytes, box: Box, *, name: str = "the file") -> bytes:
    """A PNG of the page's whole width around ``box``, which is framed.

    Raises BadInput when the file has no such page, Unreadable when it is no PDF, damaged or cannot be drawn, Encrypted.
    """
    from parsers.readers.pdf.libraries import open_pdf, sentence

    with closing(open_pdf(content, name)) as source:
        if not 1 <= box.page <= source.page_count:
            raise BadInput(f"{name}: there is no page {box.page}; the file has {source.page_count}.")
        try:
            return _strip(source[box.page - 1], box)
        except Exception as error:  # MuPDF has a class of its own for every kind of damage
            raise Unreadable(f"{name}: page {box.page} cannot be drawn ({sentence(error)}).") from error


def _strip(page: Any, box: Box) -> bytes:
    rectangle = page.rect.__class__
    frame = rectangle(box.x0 - FRAME, box.y0 - FRAME, box.x1 + FRAME, box.y1 + FRAME)
    page.draw_rect(frame * page.derotation_matrix, color=RED, width=1.2)
    strip = rectangle(page.rect.x0, box.y0 - MARGIN, page.rect.x1, box.y1 + MARGIN) & page.rect
    png: bytes = page.get_pixmap(dpi=RESOLUTION, clip=strip).tobytes("png")
    return png


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a place, and the ending of its file: a strip of the page (``.png``), printed by LibreOffice for Word files;
    where there is no page, or the file is no longer what was read, the rows around the cell as they were read (``.html``)."""

    suffix: str
    content: bytes


def pictures_of(doubts: Iterable[Doubt], told: Callable[[str], None]) -> Iterator[Picture | None]:
    """A picture of each doubt that is about a place, None for any other; ``told`` hears why a page is not shown although
    its place is known."""
    at_hand = _AtHand()
    for doubt in doubts:
        strip: Picture | None = None
        try:
            strip = _of_page(doubt, at_hand)
        except NianbaoError as error:
            told(str(error))
        yield strip or _of_text(doubt)


def write_pictures(doubts: Sequence[Doubt], folder: Path, told: Callable[[str], None]) -> list[str]:
    """Writes the pictures into a folder. Their names, one a doubt (empty without), numbered in the order of the doubts.

    ``told`` hears as in :func:`pictures_of`. Raises BadInput when the folder cannot be made or written to.
    """
    names: list[str] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for number, (doubt, made) in enumerate(zip(doubts, pictures_of(doubts, told), strict=True), 1):
            if made is None:
                names.append("")
                continue
            names.append(f"{number:04}-{_safe(doubt)}{made.suffix}")
            (folder / names[-1]).write_bytes(made.content)
    except OSError as error:
        raise BadInput(f"{folder}: cannot be written ({error.strerror or error})") from error
    return names


class _AtHand:
    """The document that was last asked for, and its pages: one at a time, as some have 60 MB."""

    def __init__(self) -> None:
        self._sha256 = ""
        self._content: bytes | None = None
        self._sheets: bytes | None = None
        self._drawn: Drawn | NianbaoError | None = None

    def content(self, doubt: Doubt) -> bytes:
        """The bytes that were read; raises Unreadable when they are nowhere."""
        if doubt.sha256 != self._sha256:
            self._sha256, self._content, self._sheets, self._drawn = doubt.sha256, content_of(doubt), None, None
        if self._content is None:
            raise Unreadable(f"{doubt.file}: no longer where it was read, or changed since (nianbao ingest)")
        return self._content

    def sheets(self, doubt: Doubt) -> bytes | None:
        """The PDF on whose pages the document's places are: itself, or the sheets of paper that a picture is read as; None
        where there are none."""
        content = self.content(doubt)
        if doubt.media_type.startswith("image/") and self._sheets is None:
            from parsers.readers.ocr.pictures import on_paper

            self._sheets = on_paper(content, doubt.file)
        return content if content.startswith(b"%PDF-") else self._sheets

    def drawn(self, doubt: Doubt) -> Drawn:
        """The pages that LibreOffice makes of them; raises what kept it from that."""
        content = self.content(doubt)
        if self._drawn is None:
            try:
                self._drawn = drawn(content, doubt.file, doubt.media_type)
            except NianbaoError as error:
                self._drawn = error
        if isinstance(self._drawn, NianbaoError):
            raise self._drawn
        return self._drawn


def _of_page(doubt: Doubt, at_hand: _AtHand) -> Picture | None:
    """The strip of the page that the cell stands on; None where there is no page."""
    if doubt.box is not None:
        sheets = at_hand.sheets(doubt)
        return None if sheets is None else Picture(".png", picture(sheets, doubt.box, name=doubt.file))
    if doubt.cell is None or not can_be_drawn(doubt.media_type):
        return None
    pages = at_hand.drawn(doubt)
    box = pages.place_of(doubt.cell)
    return None if box is None else Picture(".png", picture(pages.pdf, box, name=doubt.file))


def _of_text(doubt: Doubt) -> Picture | None:
    """The rows around the cell; None for a doubt that is about no place in the text."""
    if doubt.crop is None:
        return None
    where = " · ".join(part for part in (doubt.row_label, doubt.column_label) if part)
    about = (f"{where}: read as {shown_reading(doubt.cell) or 'nothing'}", doubt.finding.message, doubt.file)
    return Picture(".html", page(doubt.crop, f"{doubt.agency or '?'} {doubt.year or '?'}", about).encode("utf-8"))


def content_of(doubt: Doubt) -> bytes | None:
    """The bytes that were read, from a place where they still are; None when there is none."""
    for location in doubt.locations:
        for content in _contents(location):
            if hashlib.sha256(content).hexdigest() == doubt.sha256:
                return content
    return None


def _contents(location: str) -> Iterable[bytes]:
    """The bytes at a location: a file, or a member of an archive (an archive inside another is not opened)."""
    outer, _, inner = location.partition("!/")
    try:
        if not inner:
            yield Path(location).read_bytes()
            return
        for member in archives.members(Path(outer), outer):
            if member.path == inner and member.problem is None:
                yield member.read()
    except (OSError, ValueError, NianbaoError):
        return  # an address, a file that went away: then there is no picture


def _safe(doubt: Doubt) -> str:
    """A file's name that says what the picture is of, on any system."""
    parts = (doubt.agency or "unknown", str(doubt.year or "unknown"), str(doubt.key))
    return re.sub(r"[^\w.-]+", "-", "-".join(parts))[:120]
