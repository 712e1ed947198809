"""A page as MuPDF interprets it: words, lines and pictures, what of its text is seen, and whether anything was lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache, partial
from typing import Any

from parsers.readers.pdf.libraries.mupdf.library import pymupdf
from parsers.readers.pdf.libraries.mupdf.unseen import legible, painted_on
from parsers.readers.pdf.libraries.mupdf.vectors import VECTOR, drawn_on
from parsers.readers.pdf.lines import words_of
from parsers.readers.pdf.orientation import runs_sideways, stands_on_its_head
from parsers.readers.pdf.page import PageContent, Word, pictured

FLAGS = (
    pymupdf.TEXT_PRESERVE_WHITESPACE
    | pymupdf.TEXT_PRESERVE_IMAGES
    | pymupdf.TEXT_MEDIABOX_CLIP
    | pymupdf.TEXT_COLLECT_VECTORS
)
"""Not TEXT_CID_FOR_UNKNOWN_UNICODE, which is among the library's defaults: it prints glyph numbers as if they
were characters. Without it what cannot be decoded comes as U+FFFD, and can be seen."""
COVERING = 0.5
"""A picture that covers this part of a page may be a scan of it."""
_DAMAGE = ("syntax error", "zlib error", "premature end", "cannot", "truncated", "expected")
"""What MuPDF's warnings say when it skipped a part of a page."""


def open_pdf(data: bytes) -> Any:
    """The opened file; raises whatever PyMuPDF raises when it is none."""
    return pymupdf.open(stream=data, filetype="pdf")


def read_page(document: Any, index: int, turn: Any = None) -> PageContent:
    """What the page (from 0) holds, turned by a matrix before it is read where one is given."""
    pymupdf.TOOLS.reset_mupdf_warnings()
    page = document[index]
    textpage = _textpage(page, turn)
    shown = page.rotation_matrix if turn is None else page.rotation_matrix * turn
    words = [Word._make(word[:5]) for word in textpage.extractWORDS()]
    characters: Callable[[], Sequence[Word]] = lru_cache(maxsize=1)(partial(_characters, textpage))
    blocks = textpage.extractBLOCKS()
    contents = page.read_contents()
    read = legible(contents, textpage, words, blocks, partial(painted_on, page, shown)) if words else None
    if read is not None:
        words, characters = words_of(read.characters), partial(_without_blanks, read.characters)
    marks, surfaces, images = drawn_on(page, blocks, contents, shown)
    width, height = page.rect.width, page.rect.height
    warnings = pymupdf.TOOLS.mupdf_warnings()
    return PageContent(
        number=index + 1,
        width=width,
        height=height,
        words=words,
        marks=marks,
        images=images,
        surfaces=surfaces,
        characters=characters,
        left_out=read.left_out if read is not None else (),
        hidden=bool(words)
        and pictured(images) > COVERING * width * height
        and (_is_hidden(textpage) or _is_covered(page)),
        damaged=any(sign in warnings for sign in _DAMAGE),
    )


def _textpage(page: Any, turn: Any = None) -> Any:
    """The interpreted page in the orientation in which it is shown (the library would give it unrotated), or turned from
    there by a matrix."""
    if turn is not None:
        return page.get_textpage(flags=FLAGS & ~pymupdf.TEXT_MEDIABOX_CLIP, matrix=page.rotation_matrix * turn)
    if not page.rotation:
        return page.get_textpage(flags=FLAGS)
    return page.get_textpage(flags=FLAGS, clip=page.rect, matrix=page.rotation_matrix)


def is_drawn_on(page: Any) -> bool:
    """Whether anything but text and pictures is drawn on a page of an opened file, a line or a surface, and its text runs from
    left to right: what reads no page turned makes nothing of others."""
    textpage = _textpage(page)
    if not any(block[6] == VECTOR for block in textpage.extractBLOCKS()):
        return False
    words = [Word._make(word[:5]) for word in textpage.extractWORDS()]
    return not (runs_sideways(words) or stands_on_its_head(words))


def _spans(textpage: Any) -> Iterator[Any]:
    for block in textpage.extractRAWDICT()["blocks"]:
        for line in block.get("lines", ()):
            yield from line["spans"]


def _characters(textpage: Any) -> list[Word]:
    return _without_blanks(_all_characters(textpage))


def _all_characters(textpage: Any) -> Iterator[Word]:
    for span in _spans(textpage):
        for char in span["chars"]:
            yield Word._make((*char["bbox"], char["c"]))


def _without_blanks(characters: Iterable[Word]) -> list[Word]:
    return [character for character in characters if character.text.strip()]


def _is_hidden(textpage: Any) -> bool:
    """Whether most text is printed invisibly: neither filled nor stroked. A page number may stand beside it."""
    counts = Counter[bool]()
    for span in _spans(textpage):
        counts[span["alpha"] == 0] += len(span.get("text") or span.get("chars", ()))
    return counts[True] > counts[False]


def _is_covered(page: Any) -> bool:
    """Whether a picture without holes was drawn over most text: some recognisers put the text under the scan."""
    area = COVERING * page.rect.width * page.rect.height
    solid = [info for info in page.get_image_info() if not info["has-mask"]]
    if not any((info["bbox"][2] - info["bbox"][0]) * (info["bbox"][3] - info["bbox"][1]) > area for info in solid):
        return False
    before = after = 0
    for kind, (x0, y0, x1, y1) in page.get_bboxlog():
        if kind == "fill-image" and (x1 - x0) * (y1 - y0) > area:
            before, after = before + after, 0
        elif kind.endswith("-text"):
            after += 1
    return before > after
