"""A picture of the place: the strip of the page that a cell stands in, the cell framed in red.

The file is read where it was found, and shown only when its bytes are still those that were read.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from parsers.document import Box
from parsers.errors import BadInput, NianbaoError, Unreadable
from pipeline import archives
from pipeline.review.doubts import Doubt

RESOLUTION = 144
"""Dots an inch: a figure of 10 points is 20 pixels high, the size at which people tell 3 from 8."""
MARGIN = 72.0
"""Points of the page above and below the cell: some four rows of the form on each side, with their labels."""
FRAME = 2.0
"""Points between the frame and the cell, so that the frame hides nothing."""
RED = (0.9, 0.1, 0.1)

PDF = "application/pdf"


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


def write_pictures(doubts: Sequence[Doubt], folder: Path) -> tuple[list[str], list[str]]:
    """Writes a picture of each doubt that has a place on a page. The pictures' names, one a doubt (empty without),
    numbered in the order of the doubts; and why there are some without though their page is known.

    Raises BadInput when the folder cannot be made or written to.
    """
    names: list[str] = []
    problems: dict[str, None] = {}
    contents: dict[str, bytes | None] = {}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for number, doubt in enumerate(doubts, 1):
            name = ""
            if doubt.box is not None:
                try:
                    if doubt.sha256 not in contents:
                        contents = {doubt.sha256: content_of(doubt)}  # one file at hand: some have 60 MB
                    content = contents[doubt.sha256]
                    if content is None:
                        problems[f"{doubt.file}: no longer where it was read, or changed since (nianbao ingest)"] = (
                            None
                        )
                    elif content.startswith(b"%PDF-"):
                        png = picture(content, doubt.box, name=doubt.file)
                        name = f"{number:04}-{_safe(doubt)}.png"
                        (folder / name).write_bytes(png)
                except NianbaoError as error:
                    problems[str(error)] = None
            names.append(name)
    except OSError as error:
        raise BadInput(f"{folder}: cannot be written ({error.strerror or error})") from error
    return names, list(problems)


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
