"""A PDF page through PyMuPDF: one interpretation of the page gives words, ruling lines and pictures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from importlib import import_module
from math import atan2, degrees
from typing import Any

from parsers.readers.pdf.heights import Heights, claimed_heights, lowered
from parsers.readers.pdf.libraries.unseen import legible, painted_on
from parsers.readers.pdf.lines import words_of
from parsers.readers.pdf.page import (
    THIN,
    Mark,
    PageContent,
    Rectangle,
    Word,
    pictured,
    runs_sideways,
    stands_on_its_head,
)

pymupdf: Any = import_module("pymupdf")  # its functions carry no types
pymupdf.TOOLS.mupdf_display_errors(False)
pymupdf.TOOLS.mupdf_display_warnings(False)
pymupdf.no_recommend_layout()

_FLAGS = (
    pymupdf.TEXT_PRESERVE_WHITESPACE
    | pymupdf.TEXT_PRESERVE_IMAGES
    | pymupdf.TEXT_MEDIABOX_CLIP
    | pymupdf.TEXT_COLLECT_VECTORS
)
"""Not TEXT_CID_FOR_UNKNOWN_UNICODE, which is among the library's defaults: it prints glyph numbers as if they
were characters. Without it what cannot be decoded comes as U+FFFD, and can be seen."""
_IMAGE, _VECTOR = 1, 3
_DOTS = 8
"""So many dots, and more of them than lines, are dotted lines (office programs put a dot at each corner of a cell).
MuPDF 1.28 loses most dots when it collects vectors with the text, 1,720 of 1,733 on a page with dotted borders:
the drawings of such a page are asked for once more."""
_TALLEST_LETTERS = 60.0
"""Points; a path no higher than this that has a part which is no rectangle is a line of letters, not lines of a table."""
_SCALE = re.compile(rb"(-?(?:\d+\.?\d*|\.\d+)) 0 0 -?[\d.]+ -?[\d.]+ -?[\d.]+ cm\b")
_EVEN = 0.3
"""MuPDF 1.28 takes the width of a stroke for points where the page is drawn to another scale (Ghostscript draws ten times as
large as it shows): a line of half a point comes as a box of five, a cell as a box that overlaps its neighbours. Points by which
the border that is too wide may differ from side to side."""
LEAST_TILT, MOST_TILT, SAME_TILT = 0.3, 6.0, 0.2
"""Degrees by which the lines of a page that was put in askew are tilted, and by which they differ from each other."""
MOST_LINES = 0.8
"""The part of the text of such a page that is tilted."""
COVERING = 0.5
"""A picture that covers this part of a page may be a scan of it."""
_DAMAGE = ("syntax error", "zlib error", "premature end", "cannot", "truncated", "expected")
"""What MuPDF's warnings say when it skipped a part of a page."""


def open_pdf(data: bytes) -> Any:
    """The opened file; raises whatever PyMuPDF raises when it is none."""
    return pymupdf.open(stream=data, filetype="pdf")


def read_turned(document: Any, index: int) -> PageContent | None:
    """What the page (from 0) holds when it is turned so that its text runs from left to right; None where most of its
    text does so anyway."""
    page = document[index]
    turns = Counter[int]()
    for block in page.get_textpage(flags=_FLAGS).extractDICT()["blocks"]:
        for line in block.get("lines", ()):
            x, y = pymupdf.Point(line["dir"]) * pymupdf.Matrix(page.rotation)
            count = sum(len(span["text"]) for span in line["spans"])
            turns[(0 if x > 0 else 180) if abs(x) > abs(y) else 90 if y < 0 else 270] += count
    turn = turns.most_common(1)[0][0] if turns else 0
    if not turn:
        return None
    page.set_rotation((page.rotation + turn) % 360)
    return replace(read_page(document, index), turned=turn)


def read_upright(document: Any, index: int) -> PageContent | None:
    """What the page (from 0) holds when it is turned so that its lines, all tilted by the same few degrees, run straight; None
    where they are not."""
    page = document[index]
    tilts = []
    for block in page.get_textpage(flags=_FLAGS).extractDICT()["blocks"]:
        for line in block.get("lines", ()):
            x, y = pymupdf.Point(line["dir"]) * pymupdf.Matrix(page.rotation)
            tilts += [degrees(atan2(y, x))] * sum(len(span["text"]) for span in line["spans"])
    tilts.sort()
    tilt = tilts[len(tilts) // 2] if tilts else 0.0
    same = sum(abs(each - tilt) < SAME_TILT for each in tilts)
    if not LEAST_TILT <= abs(tilt) <= MOST_TILT or same < MOST_LINES * len(tilts):
        return None
    middle = pymupdf.Point(page.rect.width / 2, page.rect.height / 2)
    upright = pymupdf.Matrix(1, 0, 0, 1, -middle.x, -middle.y) * pymupdf.Matrix(-tilt)
    upright *= pymupdf.Matrix(1, 0, 0, 1, middle.x, middle.y)
    return replace(read_page(document, index, upright), skew=tilt)


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
    if heights := claimed_heights(words):
        words, characters = lowered(words, heights), partial(_lowered_of, characters, heights)
    marks, surfaces, images = _marks_and_images(blocks)
    if _is_dotted(marks):
        marks = _marks_of_drawings(page.get_cdrawings(), shown)
    elif _may_be_thickened(contents, marks):
        marks = _as_drawn(marks, _marks_of_drawings(page.get_cdrawings(), shown))
    width, height = page.rect.width, page.rect.height
    images = [image.clipped(width, height) for image in images]
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
        return page.get_textpage(flags=_FLAGS & ~pymupdf.TEXT_MEDIABOX_CLIP, matrix=page.rotation_matrix * turn)
    if not page.rotation:
        return page.get_textpage(flags=_FLAGS)
    return page.get_textpage(flags=_FLAGS, clip=page.rect, matrix=page.rotation_matrix)


def is_drawn_on(page: Any) -> bool:
    """Whether anything but text and pictures is drawn on a page of an opened file, a line or a surface, and its text runs from
    left to right: what reads no page turned makes nothing of others."""
    textpage = _textpage(page)
    if not any(block[6] == _VECTOR for block in textpage.extractBLOCKS()):
        return False
    words = [Word._make(word[:5]) for word in textpage.extractWORDS()]
    return not (runs_sideways(words) or stands_on_its_head(words))


def _marks_and_images(blocks: Sequence[tuple[Any, ...]]) -> tuple[list[Mark], list[Rectangle], list[Rectangle]]:
    """The drawn rectangles, those merely filled, and the pictures among the blocks of a text page. A drawing comes as a line such as
    ``<vector stroked, color: #000000, alpha: 255, is-rect: true, continues: false>``. Where a path that goes on from rectangles ends
    in what is none, and is no higher than a line of text, these are the holes of letters (口, 目) whose outlines are drawn."""
    marks: list[Mark] = []
    surfaces: list[Rectangle] = []
    images: list[Rectangle] = []
    outer: Rectangle | None = None
    before = 0
    for x0, y0, x1, y1, text, _, kind in blocks:
        if kind == _VECTOR:
            thin = x1 - x0 <= THIN or y1 - y0 <= THIN
            outlined = "stroked" in text
            if "alpha: 0," in text or not (thin or "is-rect: true" in text):
                if y1 - y0 <= _TALLEST_LETTERS:
                    del marks[before:]
            elif thin or outlined:
                marks.append(Mark(x0, y0, x1, y1, outlined))
            else:
                surface = Rectangle(x0, y0, x1, y1)
                surfaces.append(surface)
                if outer and outer.frames(surface):
                    marks.append(Mark(*outer, True))
                outer = surface if "continues: true" in text else None
            if "continues: false" in text:
                before = len(marks)
        elif kind == _IMAGE:
            images.append(Rectangle(x0, y0, x1, y1))
    return marks, surfaces, images


def _is_dotted(marks: Sequence[Mark]) -> bool:
    dots = sum(mark.is_dot for mark in marks)
    return dots >= _DOTS and 2 * dots > len(marks)


def _may_be_thickened(content: bytes, marks: Sequence[Mark]) -> bool:
    """Whether boxes among the marks may be larger than drawn: a part of the page is drawn to another scale."""
    if not any(mark.outlined and not mark.is_thin for mark in marks):
        return False
    return b" Do" in content or any(float(scale) not in (1.0, -1.0) for scale in _SCALE.findall(content))


def _as_drawn(marks: Sequence[Mark], drawn: Sequence[Mark]) -> list[Mark]:
    """The marks, those as large as they are drawn that the library made larger by as much in height as in width."""
    places: dict[tuple[int, int], list[Mark]] = {}
    for mark in drawn:
        places.setdefault((round(mark.x0 + mark.x1), round(mark.y0 + mark.y1)), []).append(mark)
    return [
        next((other for other in _at_middle(places, mark) if _is_core(other, mark)), mark) if mark.outlined else mark
        for mark in marks
    ]


def _at_middle(places: dict[tuple[int, int], list[Mark]], mark: Mark) -> Iterator[Mark]:
    x, y = round(mark.x0 + mark.x1), round(mark.y0 + mark.y1)
    for place in ((x + a, y + b) for a in (-1, 0, 1) for b in (-1, 0, 1)):
        yield from places.get(place, ())


def _is_core(core: Mark, mark: Mark) -> bool:
    """Whether a mark is another one with a border of even width around it."""
    borders = (core.x0 - mark.x0, core.y0 - mark.y0, mark.x1 - core.x1, mark.y1 - core.y1)
    return min(borders) >= 0 and max(borders) - min(borders) < _EVEN


def _marks_of_drawings(drawings: Sequence[dict[str, Any]], shown: Any) -> list[Mark]:
    """The same marks, out of the library's slower list of drawings, which knows nothing of the page's rotation: ``shown`` is
    the matrix that turns a place to where it is shown."""
    marks = []
    for drawing in drawings:
        outlined = "s" in drawing["type"]
        for item in drawing["items"]:
            if item[0] == "re":
                place = pymupdf.Rect(item[1]) * shown
            elif item[0] == "l":
                (x0, y0), (x1, y1) = (pymupdf.Point(point) * shown for point in item[1:3])
                place = pymupdf.Rect(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
            else:
                continue
            mark = Mark._make((*place, outlined))
            if mark.is_thin or (outlined and item[0] == "re"):
                marks.append(mark)
    return marks


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


def _lowered_of(characters: Callable[[], Sequence[Word]], heights: Heights) -> Sequence[Word]:
    return lowered(characters(), heights)


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
