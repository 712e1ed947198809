"""Files that are pictures, and pictures within other documents: a picture is read as a page of paper is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from parsers.document import Document, Grid
from parsers.errors import LimitExceeded, NianbaoError, Unreadable
from parsers.readers.blocks import Block, Cell, Paragraph, Table
from parsers.readers.ocr import is_available
from parsers.readers.sniff import is_webp

PAPER = (595.0, 842.0)
"""Points: the width of A4 paper upright and lying. What resolution a picture claims is seldom true."""
MOST_PIXELS = 100_000_000
"""A sheet of A3 at 600 pixels per inch has 70 million."""
MOST_BYTES = 50 * 2**20
"""Larger pictures beside a page are left alone: a scanned page has some 2 MB."""
SMALLEST = (200, 100)
"""Pixels: a table that can be read is wider and higher."""
MOST_PICTURES = 20
"""Pictures of one document that are recognised; a report has at most a dozen pages."""
FEWEST = 30
"""Characters that a picture without a table must hold to be a page of text: logos and seals have fewer."""

EDGES, DARK, FEW_DARK, FRAME, GOES_ON = 0.04, 0.7, 4, 0.8, 0.15
"""Where a sheet was cut through its print, there is something dark along either edge (less bright than paper by a part; the margins
of the sheet do not count): in so many places at least, on one side not all along, as the frame of a table is, and so much of it in
the same places on both."""
FINE = 95
"""Of a hundred: the quality of a JPEG around whose strokes nothing is seen."""
EFFORT = 30
"""Percent of what can be done to pack a picture: a fifth of the time of the usual effort, and a tenth more bytes."""


@dataclass(frozen=True, slots=True)
class View:
    """How a document shows a picture: what is cut away on its left, top, right and bottom, as parts of its width and height, and
    by how many degrees it is turned, clockwise."""

    cut: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    turned: int = 0


WHOLE = View()

_BESIDE: ContextVar[Callable[[str], bytes | None]] = ContextVar("beside")


@contextmanager
def pictures_beside(find: Callable[[str], bytes | None]) -> Iterator[None]:
    """Within it ``find`` gives the content of a picture by the address that a page has for it; None where there is none."""
    token = _BESIDE.set(find)
    try:
        yield
    finally:
        _BESIDE.reset(token)


def beside(address: str) -> bytes | None:
    """The picture at an address of a page that was saved with its pictures; None where it cannot be had."""
    find = _BESIDE.get(None)
    return find(address) if find is not None else None


@contextmanager
def pictures_in_folder_of(page: Path | None) -> Iterator[None]:
    """Within it the pictures that a browser saved with a page, in a folder beside it, can be had. Nothing outside of the page's
    own folder is opened."""
    with pictures_beside(partial(_in_folder, page.parent.resolve()) if page is not None else _nowhere):
        yield


def _in_folder(folder: Path, address: str) -> bytes | None:
    if "://" in address or address.startswith(("/", "\\")):
        return None
    with suppress(OSError, ValueError):
        path = (folder / unquote(address.partition("?")[0])).resolve()
        if path.is_relative_to(folder) and path.is_file() and path.stat().st_size <= MOST_BYTES:
            return path.read_bytes()
    return None


def _nowhere(_address: str) -> None:
    return None


def read_picture(data: bytes, name: str, media_type: str, view: View = WHOLE) -> Document:
    """The document that a picture (PNG, JPEG, TIFF, BMP, GIF, WebP) is, as it is shown; one of several pages for TIFF.

    Raises Unreadable when it is damaged, NeedsOcr when nothing was recognised, LimitExceeded when it is too large.
    """
    from parsers.readers.pdf import read_pdf

    read = read_pdf(on_paper(data, name, view), name)
    return replace(read, sha256=sha256(data).hexdigest(), media_type=media_type)


class Pictures:
    """Reads the pictures of one document, and counts them: those ``read``, and those ``left``."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.read = 0
        self.left = 0

    def blocks(self, data: bytes | None, view: View = WHOLE) -> list[Block]:
        """What a picture says as it is shown, if it says anything."""
        blocks = self._blocks(data, view) if data and is_available() and self.read + self.left < MOST_PICTURES else []
        self.read += bool(blocks)
        self.left += not blocks
        return blocks

    def _blocks(self, data: bytes, view: View) -> list[Block]:
        try:
            read = read_picture(data, self.name, "", view)
        except NianbaoError:
            return []
        return blocks_of(read) if read.grids or len(read.text) >= FEWEST else []


def blocks_of(read: Document) -> list[Block]:
    """A recognised document as blocks of the one in which it stands."""
    known = {each.span: each for each in read.recognised}
    blocks: list[Block] = []
    for block in read.blocks():
        if isinstance(block, Grid):
            cells = [
                Cell(
                    cell.row,
                    cell.column,
                    cell.row_span,
                    cell.column_span,
                    cell.text,
                    recognised=replace(known[cell.span], span=cell.span) if cell.span in known else None,
                )
                for cell in block.cells
            ]
            blocks.append(Table(block.kind, tuple(cells)))
        else:
            blocks.append(Paragraph((block.span.of(read.text),), recognised=True))
    return blocks


def whole_sheets(pictures: Sequence[bytes]) -> list[tuple[bytes, int]]:
    """Pictures that stand one below the other, the strips of a sheet that was cut through its print put together; each with the
    number of strips that it was."""
    if len(pictures) < 2:
        return [(data, 1) for data in pictures]
    sheets: list[list[tuple[bytes, Any]]] = []
    for data in pictures:
        pixels = _pixels(data)
        if sheets and _goes_on(sheets[-1][-1][1], pixels):
            sheets[-1].append((data, pixels))
        else:
            sheets.append([(data, pixels)])
    return [
        (strips[0][0] if len(strips) == 1 else _packed([pixels for _, pixels in strips]), len(strips))
        for strips in sheets
    ]


def _goes_on(above: Any, below: Any) -> bool:
    """Whether the print that ends at the lower edge of a picture goes on at the upper edge of the next."""
    import numpy as np

    if above is None or below is None or above.shape[1] != below.shape[1]:
        return False
    margin = round(EDGES * above.shape[1])
    inside = np.s_[margin : above.shape[1] - margin]
    ends, begins = (
        picture[rows, inside].mean(axis=(0, 2)) < DARK * np.percentile(picture[::8, ::8], 75)
        for picture, rows in ((above, np.s_[-2:]), (below, np.s_[:2]))
    )
    fewest = min(ends.sum(), begins.sum())
    return bool(fewest >= FEW_DARK and fewest < FRAME * len(ends) and (ends & begins).sum() >= GOES_ON * fewest)


def _pixels(data: bytes) -> Any:
    """The picture in colours; None where it is damaged."""
    import cv2
    import numpy as np

    return cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR) if data else None


def _packed(pictures: Sequence[Any]) -> bytes:
    """Pictures one below the other as one, packed in a way that costs little, here and where it is unpacked."""
    import cv2

    return bytes(cv2.imencode(".jpg", cv2.vconcat(pictures), [cv2.IMWRITE_JPEG_QUALITY, FINE])[1].tobytes())


def on_paper(data: bytes, name: str, view: View = WHOLE) -> bytes:
    """The picture as a PDF: each of its pages, as it is shown, on a sheet of paper as wide as it is probably printed. Places in the
    document that the picture is (:func:`read_picture`) are places on these sheets. Raises as that does."""
    from parsers.readers.pdf.libraries.mupdf import pymupdf

    if is_webp(data) and (pixels := _pixels(data)) is not None:  # the library does not know it
        data = _packed([pixels])
    try:
        with pymupdf.open(stream=data) as picture, pymupdf.open() as paper:
            if not picture.page_count or picture.is_pdf or not is_picture(picture):
                raise Unreadable(f"{name}: the picture is damaged; fetch it again")
            for page in picture:
                width, height = page.rect.width, page.rect.height
                if width * height > MOST_PIXELS:
                    raise LimitExceeded(f"{name}: a picture of {width:.0f} by {height:.0f} pixels is not read")
            with pymupdf.open(stream=_as_pdf(picture)) as pages:
                for page in pages:
                    shown = _shown(page.rect, view)
                    width, height = (
                        (shown.height, shown.width) if view.turned in (90, 270) else (shown.width, shown.height)
                    )
                    wide = PAPER[width > height]
                    sheet = paper.new_page(width=wide, height=max(wide * height / max(width, 1), 1))
                    sheet.show_pdf_page(sheet.rect, pages, page.number, clip=shown, rotate=-view.turned)
            return bytes(paper.tobytes())
    except NianbaoError:
        raise
    except Exception as error:  # the library has a class of its own for every kind of damage
        raise Unreadable(f"{name}: the picture is damaged; fetch it again") from error


def _shown(page: Any, view: View) -> Any:
    """The part of a page that is shown; all of it where that would be nothing."""
    from parsers.readers.pdf.libraries.mupdf import pymupdf

    left, top, right, bottom = (max(each, 0.0) for each in view.cut)
    x0, y0 = page.width * left, page.height * top
    x1, y1 = page.width * (1 - right), page.height * (1 - bottom)
    return pymupdf.Rect(x0, y0, x1, y1) if x1 - x0 > 1 and y1 - y0 > 1 else page


def _as_pdf(picture: Any) -> bytes:
    """The pages of a picture as a PDF. What the library would unpack (TIFF), it packs again at length: a sheet takes as long
    as it takes to read it."""
    from parsers.readers.pdf.libraries.mupdf import pymupdf

    packed = [image["size"] > 0 for page in picture for image in page.get_image_info()]
    if all(packed):
        return bytes(picture.convert_to_pdf())
    with pymupdf.open() as pages:
        for page in picture:
            image, rectangle = page.get_image_info()[0], page.rect
            fit = pymupdf.Matrix(image["width"] / rectangle.width, image["height"] / rectangle.height)
            colours = pymupdf.csGRAY if image["colorspace"] == 1 else pymupdf.csRGB
            with pymupdf.open() as single:
                sheet = single.new_page(width=rectangle.width, height=rectangle.height)
                sheet.insert_image(sheet.rect, pixmap=page.get_pixmap(matrix=fit, colorspace=colours, alpha=False))
                quickly = single.tobytes(deflate=True, compression_effort=EFFORT)
            with pymupdf.open(stream=quickly) as packed_page:
                pages.insert_pdf(packed_page)
        return bytes(pages.tobytes())


def is_picture(opened: Any) -> bool:
    """Whether what the library opened is a picture."""
    return "image" in str((opened.metadata or {}).get("format", "")).lower() or not opened.is_reflowable
