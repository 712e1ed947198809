"""From the picture of a page to what a page with text holds: words in their places, and ruling lines."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise
from statistics import median
from typing import NamedTuple

import numpy as np

from parsers.readers.ocr.engine import Text, recognise
from parsers.readers.ocr.flat import Bend, bend_of
from parsers.readers.ocr.ink import without_lid, without_streaks
from parsers.readers.ocr.page import Print, Scan
from parsers.readers.ocr.picture import (
    LEAST_HEIGHT,
    Picture,
    Pixels,
    blocks_of,
    is_empty,
    is_even,
    is_plain,
    lost_ink,
    picture_of,
    picture_with,
    printed_lines,
    usual_height,
    widest_gap,
    without_dust,
    without_edges,
)
from parsers.readers.ocr.posture import is_upside_down, posture_of, straightened
from parsers.readers.ocr.rulings import Area, is_wall
from parsers.readers.ocr.shapes import AS_SLASH, SLASH, Figure, Look, has_lost_sign, looks_like
from parsers.readers.pdf.page import Mark, PageContent, Rectangle, Word
from parsers.readers.pdf.ruled.lattice import Lattice, lattice_of
from parsers.readers.pdf.ruled.rulings import SAME, Ruling, Rulings, edges_of, frameworks, joined, rulings_of
from parsers.readers.pdf.sheet import GUTTER

INSET = 1.2
"""Points inside of the walls of a cell where its print begins; half of a thick rule."""
DRAWN_INSET, STROKE = 0.5, 1.4
"""The same where the lines are known to half a point, and how thick these are taken to be."""
MARGINS = (0.18, 0.34)
"""The paper left around a line for its first and its second reading, as a part of its height."""
EDGE = 3
"""Pixels: the uneven edge of a rule is thinner, a part of a figure is not."""
SMEARED = 3.0
"""Points around a seal in which print may be damaged."""
REMAINS = 0.5
"""What is lower than so much of the highest line of its cell is left of the seal over it."""
APART = 0.8
"""Digits of one figure are no further apart than this part of their height; those of two cells are."""
CLOSE = 0.5
"""The same where no wall stands between cells: a 1 leaves a third of its height on either side."""
HIGH = 1.6
"""Print so many times as high as is usual is no figure alone: something else runs through it."""
BOXES, DOTTED = ("日", "曰", "回"), 4
"""What a zero with a dot inside is read as; where so many of them stand alone on a page, they are figures."""
WHOLE = 1.15
"""A line of print is so many times as high at most as most of those that stand alone in a cell of the table."""
SHORT = 6.0
"""A line no wider than so many times the usual height may be a figure."""
USUAL_HEIGHT = 9.0
"""Points: the height of print where a page does not tell."""
BESIDE = 2.5
"""Points on either side of a wall that are looked at to tell whether it is there; print keeps that far away."""
DOUBLE, WIDEST = 5.0, 7.0
"""Points between two strokes of one rule, and between the outermost: borders of neighbouring cells may stand apart. No
row of a scan that can be read is as low."""
FOLD, FEWEST_LINES = 8.0, 10
"""Points: what is printed in the middle of a page is not all as narrow; so many lines stand on each page of an open book."""
MOSTLY = 0.5
"""A wall of which less is open goes on where it is open, though print touches it."""
CROSSED = 0.2
"""So much of a place under a seal may be print for a line to go on there."""
WALL = 1.0
"""Points at either end of a wall that are not looked at: the lines across stand there."""
MOST_WALLS = 4000
"""Walls of one table that are looked for; the largest statutory table has 600."""
MOST_RULINGS = 400
"""Ruling lines of one direction on a scan; more are a photograph or a pattern."""


def read_scan(
    grey: Pixels,
    number: int,
    width: float,
    height: float,
    seals: Sequence[Area] = (),
    closer: Callable[[], Pixels] | None = None,
    drawn: Sequence[Mark] = (),
) -> Scan:
    """The page ``number`` from its picture (grey, 0 black); ``width`` and ``height`` are its size in points, ``seals`` the
    places from which seals were taken: no figure there is sure. ``closer`` gives the same picture at a higher resolution,
    where there is one: it is asked for when figures are not certain. ``drawn`` are the lines of a page that is no sheet
    of paper, in points: they need not be looked for, and the page lies as it should.

    Places are those on the page turned and made straight and flat, so they are off by the slant and the bend of the sheet.
    """
    scale = grey.shape[1] / width
    if drawn:
        known = _Layout(_picture_with(grey, drawn, scale), drawn, drawn=True)
        return _scan_of(known, number, (width, height), closer)
    grey = without_streaks(without_lid(grey, scale), scale)
    posture = posture_of(grey, scale)
    straight = straightened(grey, posture)
    inverted = is_upside_down(straight, posture, scale)
    turned = (90 if posture.sideways else 0) + (180 if inverted else 0)
    across = width
    if turned in (90, 270):
        width, height = height, width
    upright = _righted(straight, inverted)
    bend = bend_of(upright, scale)
    picture = picture_of(_flattened(upright, bend), scale)
    under = [_lying(seal, turned, posture.slant, grey) for seal in seals]
    if bend is not None:
        under = [bend.moved(seal, upright.shape) for seal in under]
    marks = _marks(picture)
    layout = _Layout(picture, [*marks, *_missing_walls(picture, marks, under)], under)

    def sharp(closer: Callable[[], Pixels]) -> Pixels:
        return _flattened(_righted(straightened(_closely(closer, across), posture), inverted), bend)

    return _scan_of(layout, number, (width, height), partial(sharp, closer) if closer else None, turned)


def _scan_of(
    layout: _Layout,
    number: int,
    size: tuple[float, float],
    sharp: Callable[[], Pixels] | None,
    turned: int = 0,
) -> Scan:
    prints = tuple(_recognised(layout, sharp))
    content = PageContent(
        number=number,
        width=size[0],
        height=size[1],
        words=[each.word for each in prints if each.word.text],
        marks=layout.marks,
        images=[],
        characters=list,
        turned=turned,
    )
    return Scan(content, prints)


def _picture_with(grey: Pixels, drawn: Sequence[Mark], scale: float) -> Picture:
    height, width = grey.shape
    lines_lying, lines_standing = edges_of(drawn)
    half = round(STROKE / 2 * scale)

    def across(line: Ruling, size: int) -> tuple[int, int]:
        middle = round(line.at * scale)
        return max(middle - half, 0), min(middle + half + 1, size)

    def along(line: Ruling, size: int) -> tuple[int, int]:
        return max(round(line.start * scale), 0), min(round(line.end * scale), size)

    lying = [(along(line, width), across(line, height)) for line in lines_lying]
    standing = [(across(line, width), along(line, height)) for line in lines_standing]
    areas = [tuple(Area(x[0], y[0], x[1], y[1]) for x, y in lines) for lines in (lying, standing)]
    return picture_with(grey, areas[0], areas[1], scale)


def _closely(closer: Callable[[], Pixels], width: float) -> Pixels:
    page = closer()
    return without_streaks(page, page.shape[1] / width)


def _righted(page: Pixels, inverted: bool) -> Pixels:
    return np.ascontiguousarray(page[::-1, ::-1]) if inverted else page


def _flattened(page: Pixels, bend: Bend | None) -> Pixels:
    return bend.flattened(page) if bend is not None else page


def _lying(area: Area, turned: int, slant: float, page: Pixels) -> Area:
    """A place of the page as it is shown, as that of the page turned clockwise by so many degrees and made straight."""
    height, width = page.shape
    sine, cosine = np.sin(np.radians(slant)), np.cos(np.radians(slant))
    # From the middle of the page, about which it is turned.
    x, y = (area.x0 + area.x1 - width) / 2, (area.y0 + area.y1 - height) / 2
    x, y = x * cosine + y * sine, y * cosine - x * sine
    half_wide, half_high = (area.x1 - area.x0) / 2, (area.y1 - area.y0) / 2
    if turned in (90, 270):
        x, y = (-y, x) if turned == 90 else (y, -x)
        half_wide, half_high, height, width = half_high, half_wide, width, height
    elif turned == 180:
        x, y = -x, -y
    x, y = x + width / 2, y + height / 2
    return Area(*map(round, (x - half_wide, y - half_high, x + half_wide, y + half_high)))


class Piece(NamedTuple):
    """A line of print. ``alone``: it stands whole and alone, between the walls of a cell where there are such. An ``empty`` one
    is a cell in which there is some ink and nothing that could be read; in a ``parted`` one there is a blank."""

    area: Area
    alone: bool = False
    empty: bool = False
    parted: bool = False


class _Layout:
    """Where ruling lines and lines of print are on a picture, before anything is recognised."""

    def __init__(
        self, picture: Picture, marks: Sequence[Mark], seals: Sequence[Area] = (), *, drawn: bool = False
    ) -> None:
        self.picture = picture
        self.marks = marks
        lattices = _lattices(self.marks)
        inset = DRAWN_INSET if drawn else INSET
        self.pieces = [piece for lattice in lattices for piece in _cell_pieces(picture, lattice, seals, inset)]
        self.pieces += (_open_piece(picture, line, seals) for line in _prose_lines(picture, lattices))
        self.pieces = without_fold(picture, self.pieces)
        heights = _high_enough((piece.area.height for piece in self.pieces if not piece.empty), picture.scale)
        self.usual = median(heights) if heights else USUAL_HEIGHT * picture.scale


def without_fold(picture: Picture, pieces: list[Piece]) -> list[Piece]:
    """The lines of print without what the shadow in the fold of an open book leaves: nothing but narrow pieces between the
    lines of two pages."""
    height, width = picture.ink.shape
    middle, reach = width / 2, GUTTER * picture.scale
    left = sum(piece.area.x1 <= middle - reach for piece in pieces)
    right = sum(piece.area.x0 >= middle + reach for piece in pieces)
    folded = [piece for piece in pieces if piece.area.x0 < middle + reach and piece.area.x1 > middle - reach]
    narrow = all(piece.area.x1 - piece.area.x0 <= FOLD * picture.scale for piece in folded)
    is_book = width > height and narrow and min(left, right) >= FEWEST_LINES
    return [piece for piece in pieces if piece not in folded] if is_book and folded else pieces


def _marks(picture: Picture) -> list[Mark]:
    """The ruling lines in points, each as thin as can be, double ones made single."""
    scale = picture.scale
    if max(len(picture.lying), len(picture.standing)) > MOST_RULINGS:
        return []
    lying = (Ruling((y0 + y1) / 2 / scale, x0 / scale, x1 / scale) for x0, y0, x1, y1 in picture.lying)
    standing = (Ruling((x0 + x1) / 2 / scale, y0 / scale, y1 / scale) for x0, y0, x1, y1 in picture.standing)
    return _marks_of(Rulings(tuple(_single(lying)), tuple(_single(standing))))


def _marks_of(rulings: Rulings) -> list[Mark]:
    return [
        *(Mark(start, at, end, at, True) for at, start, end in rulings.lying),
        *(Mark(at, start, at, end, True) for at, start, end in rulings.standing),
    ]


def _single(strokes: Iterable[Ruling]) -> list[Ruling]:
    """The lines with those that run close beside one another drawn as one."""
    groups: list[list[Ruling]] = []
    for line in sorted(strokes):
        for group in groups:
            beside = any(min(line.end, other.end) > max(line.start, other.start) for other in group)
            if beside and line.at - group[-1].at <= DOUBLE and line.at - group[0].at <= WIDEST:
                group.append(line)
                break
        else:
            groups.append([line])
    singles = []
    for group in groups:
        length = sum(line.end - line.start for line in group)
        at = sum(line.at * (line.end - line.start) for line in group) / max(length, 1.0)
        singles += [line._replace(at=at) for line in group]
    return joined(singles, SAME, SAME)


def _missing_walls(picture: Picture, marks: Sequence[Mark], seals: Sequence[Area]) -> Iterator[Mark]:
    """The walls between neighbouring lines of a table that were too short to be found as lines. Under a seal, where they
    cannot be seen, a line that goes on beyond it goes on."""
    for lying, standing in frameworks(rulings_of(marks)):
        rows, columns = sorted({line.at for line in lying}), sorted({line.at for line in standing})
        if len(rows) * len(columns) > MOST_WALLS:
            continue
        for x in columns:
            posts = [line for line in standing if line.at == x]
            usual = _usual(picture, posts, True)
            for y0, y1 in pairwise(rows):
                gaps = _gaps(posts, y0, y1)
                if gaps and (
                    _goes_through(picture, Ruling(x, y0, y1), True, gaps, usual)
                    or _is_covered(standing, Ruling(x, y0, y1), True, picture, seals)
                ):
                    yield Mark(x, y0, x, y1, True)
        for y in rows:
            floors = [line for line in lying if line.at == y]
            usual = _usual(picture, floors, False)
            for x0, x1 in pairwise(columns):
                gaps = _gaps(floors, x0, x1)
                if gaps and (
                    _goes_through(picture, Ruling(y, x0, x1), False, gaps, usual)
                    or _is_covered(lying, Ruling(y, x0, x1), False, picture, seals)
                ):
                    yield Mark(x0, y, x1, y, True)


def _gaps(lines: Sequence[Ruling], start: float, end: float) -> list[tuple[float, float]]:
    """What lines along a wall leave open of it: nothing where it is drawn, all but the crossings at its ends where none is."""
    gaps, at = [], start + WALL
    for line in sorted(lines, key=lambda line: line.start):
        gaps.append((at, line.start))
        at = max(at, line.end)
    gaps.append((at, end - WALL))
    return [(first, min(last, end - WALL)) for first, last in gaps if min(last, end - WALL) - first > BESIDE]


def _goes_through(
    picture: Picture, wall: Ruling, stands: bool, gaps: Sequence[tuple[float, float]], usual: float
) -> bool:
    """Whether a line runs along a wall, or through all ``gaps`` of it. Where most of the wall is drawn, print may touch it."""
    whole = (wall.start + WALL, wall.end - WALL)
    mostly = sum(end - start for start, end in gaps) < MOSTLY * (wall.end - wall.start)
    return _is_wall(picture, _beside(wall.at, whole, stands), stands, usual) or all(
        _is_wall(picture, _beside(wall.at, gap, stands), stands, usual, touched=mostly) for gap in gaps
    )


def _beside(at: float, gap: tuple[float, float], stands: bool) -> Rectangle:
    """A part of a wall, and what is beside it."""
    first, last = gap
    across = (at - BESIDE, at + BESIDE)
    return Rectangle(across[0], first, across[1], last) if stands else Rectangle(first, across[0], last, across[1])


def _is_covered(lines: Sequence[Ruling], wall: Ruling, stands: bool, picture: Picture, seals: Sequence[Area]) -> bool:
    """Whether a seal lies over a wall, nothing is printed across it, and under the seal its line begins or ends."""
    across = (wall.at - BESIDE, wall.at + BESIDE)
    place = (
        Rectangle(across[0], wall.start, across[1], wall.end)
        if stands
        else Rectangle(wall.start, across[0], wall.end, across[1])
    )
    area = _area(place, picture)
    print_ = picture.ink[area.y0 : area.y1, area.x0 : area.x1]
    print_ = print_ if stands else print_.T
    if not print_.size or float((print_[:, 0] & print_[:, -1]).mean()) > CROSSED:
        return False
    for seal in (seal for seal in seals if _overlap(area, seal, 0)):
        ends = (seal.y0, seal.y1) if stands else (seal.x0, seal.x1)
        start, end = ends[0] / picture.scale - BESIDE, ends[1] / picture.scale + BESIDE
        parts = [line for line in lines if abs(line.at - wall.at) <= BESIDE]
        if any(start <= line.end <= end or start <= line.start <= end for line in parts):
            return True
    return False


def _overlap(one: Area, other: Area, slack: int) -> bool:
    return (
        other.x0 - slack < one.x1
        and one.x0 < other.x1 + slack
        and other.y0 - slack < one.y1
        and one.y0 < other.y1 + slack
    )


def _is_wall(picture: Picture, place: Rectangle, stands: bool, usual: float, touched: bool = False) -> bool:
    area = _area(place, picture)
    return is_wall(picture.strokes[stands], picture.ink, area, stands, usual, picture.scale, touched)


def _usual(picture: Picture, lines: Sequence[Ruling], stands: bool) -> float:
    """How dark the drawn parts of a line are."""
    levels = []
    for at, start, end in lines:
        across = (at - BESIDE, at + BESIDE)
        place = Rectangle(across[0], start, across[1], end) if stands else Rectangle(start, across[0], end, across[1])
        x0, y0, x1, y1 = _area(place, picture)
        part = picture.strokes[stands].darkness[y0:y1, x0:x1]
        if part.size:
            levels.append(float(np.median(part.max(axis=1 if stands else 0))))
    return median(levels) if levels else 255.0


def _lattices(marks: Sequence[Mark]) -> list[Lattice]:
    return [lattice for framework in frameworks(rulings_of(marks)) if (lattice := lattice_of(framework))]


def _cell_pieces(picture: Picture, lattice: Lattice, seals: Sequence[Area], inset: float) -> Iterator[Piece]:
    """What is printed in the cells of a table, ``inset`` points inside of the walls."""
    slack = round(SMEARED * picture.scale)
    ink, scale = picture.ink, picture.scale
    cells = [_inside(lattice.rectangle_of(place), inset, picture) for place in lattice.places]
    printed = [printed_lines(without_edges(ink, inside, scale), inside, scale) for inside in cells]
    heights = _high_enough((lines[0].height for lines in printed if len(lines) == 1), scale)
    high = WHOLE * median(heights or [0])
    for place, inside, lines in zip(lattice.places, cells, (_whole(lines, high) for lines in printed), strict=True):
        middle = _inside(lattice.rectangle_of(place), INSET, picture)
        stamped = any(_overlap(inside, seal, slack) for seal in seals)
        seen = _without_remains(lines) if stamped else lines
        clean = [line for each in seen if (line := without_dust(ink, each, scale)) is not None]
        dusty, lines = bool(clean) and clean != seen, clean or seen
        intact = not (stamped or dusty) and is_empty(lost_ink(picture, middle), EDGE)
        dash = picture.dashes[middle.y0 : middle.y1, middle.x0 : middle.x1].any()
        if not lines and not (
            intact
            and not dash
            and is_empty(ink[middle.y0 : middle.y1, middle.x0 : middle.x1])
            and is_plain(picture, middle)
        ):
            yield Piece(inside, empty=True)
        for line in lines:
            whole = not _goes_on(picture.all_ink, line, inside)
            close = widest_gap(ink, line) <= APART * line.height
            alone = intact and whole and close and is_even(ink, line) and place.closed and len(lines) == 1
            yield Piece(line, alone, parted=not close)


def _high_enough(heights: Iterable[int], scale: float) -> list[int]:
    """Those of the heights of lines that are not of dashes alone: half of a table may be dashes."""
    return [height for height in heights if height >= LEAST_HEIGHT * scale]


def _without_remains(lines: Sequence[Area]) -> list[Area]:
    """The lines of a cell under a seal without what is left of the seal: it is not nearly as high as a line of print."""
    high = max((line.height for line in lines), default=0)
    return [line for line in lines if line.height >= REMAINS * high]


def _open_piece(picture: Picture, line: Area, seals: Sequence[Area]) -> Piece:
    """A line of print that stands in no cell. Its digits are those of one figure where they stand closer together than the figures
    of two columns do."""
    stamped = any(_overlap(line, seal, round(SMEARED * picture.scale)) for seal in seals)
    close = widest_gap(picture.ink, line) <= CLOSE * line.height
    return Piece(line, not stamped and close and is_even(picture.ink, line))


def _goes_on(ink: Pixels, line: Area, inside: Area) -> bool:
    """Whether a line of print may go on outside a part of the page: it begins or ends at its edge, and there is ink beyond."""
    beyond = (
        (line.x0 <= inside.x0, ink[line.y0 : line.y1, line.x0 - 1 : line.x0]),
        (line.y0 <= inside.y0, ink[line.y0 - 1 : line.y0, line.x0 : line.x1]),
        (line.x1 >= inside.x1, ink[line.y0 : line.y1, line.x1 : line.x1 + 1]),
        (line.y1 >= inside.y1, ink[line.y1 : line.y1 + 1, line.x0 : line.x1]),
    )
    return any(at_edge and bool(outside.any()) for at_edge, outside in beyond)


def _whole(lines: Sequence[Area], high: float) -> list[Area]:
    """The lines of a cell, those put together that are not as high together as one line: a thin stroke is lost, and a 5
    falls into a bar and a bow."""
    whole: list[Area] = []
    for line in lines:
        if whole and line.y1 - whole[-1].y0 <= high:
            above = whole.pop()
            line = Area(min(above.x0, line.x0), above.y0, max(above.x1, line.x1), line.y1)
        whole.append(line)
    return whole


def _inside(walls: Rectangle, inset: float, picture: Picture) -> Area:
    x0, y0, x1, y1 = walls
    return _area(Rectangle(x0 + inset, y0 + inset, x1 - inset, y1 - inset), picture)


def _prose_lines(picture: Picture, lattices: Sequence[Lattice]) -> Iterator[Area]:
    """The lines of print above, between and below the tables, and in them parts that stand far apart."""
    ink = picture.ink.copy()
    for lattice in lattices:
        x0, y0, x1, y1 = _area(lattice.rectangle, picture)
        ink[y0:y1, x0:x1] = 0
    page = Area(0, 0, ink.shape[1], ink.shape[0])
    yield from blocks_of(ink, page, usual_height(ink, picture.scale), picture.scale)


def _area(rectangle: Rectangle, picture: Picture) -> Area:
    height, width = picture.ink.shape
    x0, y0, x1, y1 = (round(value * picture.scale) for value in rectangle)
    return Area(max(x0, 0), max(y0, 0), min(x1, width), min(y1, height))


def _recognised(layout: _Layout, sharp: Callable[[], Pixels] | None) -> Iterator[Print]:
    picture, usual, scale = layout.picture, layout.usual, layout.picture.scale
    yield from (Print(_word(piece.area, "", scale), False) for piece in layout.pieces if piece.empty)
    pieces = [piece for piece in layout.pieces if not piece.empty]
    first = recognise([_crop(picture.grey, piece.area, usual, MARGINS[0]) for piece in pieces])
    short = [index for index, piece in enumerate(pieces) if piece.area.x1 - piece.area.x0 <= SHORT * usual]
    dotted = sum(first[index].text in BOXES for index in short) >= DOTTED
    if dotted:
        first = [_with_zero(text) for text in first]
    figures = [Figure(pieces[index].area, first[index].figure, first[index].is_certain) for index in short]
    looks = dict(zip(short, looks_like(picture.grey, picture.ink, figures), strict=True))
    zeros = {index for index in short if dotted or looks[index].text == "0"}
    first = [_with_zero(text) if index in zeros else text for index, text in enumerate(first)]
    readings = {index: [first[index]] for index in short if first[index].is_figure or _is_sign(looks[index])}
    # The cheapest look first: the same page with other margins, then the page with more pixels.
    for page, margin in ((lambda: picture.grey, MARGINS[1]), (sharp, MARGINS[0])):
        again = [index for index, texts in readings.items() if _agreed(texts, looks[index]) is None]
        if not again or page is None:
            break
        grey = page()
        larger = grey.shape[1] / picture.grey.shape[1]
        areas = [Area(*(round(value * larger) for value in pieces[index].area)) for index in again]
        texts = recognise([_crop(grey, area, usual * larger, margin) for area in areas])
        for index, text in zip(again, texts, strict=True):
            readings[index].append(_with_zero(text) if index in zeros else text)
    for index, (piece, text) in enumerate(zip(pieces, first, strict=True)):
        if index in readings:
            settled = _settled(piece, readings[index], looks[index], usual, scale)
            lost = has_lost_sign(picture.ink, piece.area, settled.word.text)
            yield replace(settled, sure=settled.sure and not lost)
        else:
            words = any(unicodedata.category(sign) == "Lo" for sign in text.text)
            yield Print(_word(piece.area, text.text, scale), False, parted=piece.parted and not words)


def _with_zero(text: Text) -> Text:
    """The reading of a figure that may be a zero with a dot inside."""
    return text._replace(text="0", figure="0", figure_confidence=text.confidence) if text.text in BOXES else text


def _is_sign(look: Look) -> bool:
    return look.text.isdecimal() or look.text == SLASH


def _agreed(readings: Sequence[Text], look: Look) -> str | None:
    """The figure that two readings of a print agree on, its look being one of them, if they are certain; its look alone,
    where the others are what it is mistaken for."""
    certain = [text.figure for text in readings if text.is_certain] + [look.text] * bool(look.text)
    if look.mistaken and all(text.figure in look.mistaken for text in readings):
        return look.text
    return next((figure for figure, count in Counter(certain).items() if count > 1), None)


def _settled(piece: Piece, readings: Sequence[Text], look: Look, usual: float, scale: float) -> Print:
    """What to make of the readings of a figure, and of its ``look``."""
    best = _agreed(readings, look)
    certain = {text.figure for text in readings if text.is_certain} | ({look.text} if look.text else set())
    sure = best is not None and certain == {best} and piece.alone and piece.area.height <= HIGH * usual
    if best is None:
        likely = max(readings, key=lambda text: text.figure_confidence).figure
        fits = look.text and (
            any(text.figure == look.text for text in readings) or not any(text.is_figure for text in readings)
        )
        leans = look.text == SLASH and all(text.figure in AS_SLASH for text in readings) and not certain - {SLASH}
        best = look.text if fits or leans else likely
    others = dict.fromkeys(
        figure for figure in (*(t.figure for t in readings), look.text) if figure not in ("", best)
    )
    return Print(_word(piece.area, best, scale), sure, tuple(others), piece.parted)


def _word(area: Area, text: str, scale: float) -> Word:
    x0, y0, x1, y1 = (value / scale for value in area)
    return Word(x0, y0, x1, y1, text)


def _crop(page: Pixels, area: Area, usual: float, margin: float) -> Pixels:
    """The print of a line on paper of its own: nothing of its neighbours, and as high as a line even where its ink is
    not, since a dash is no digit seen from near."""
    part = page[area.y0 : area.y1, area.x0 : area.x1]
    paper = int(np.percentile(part, 95)) if part.size > 64 else 255
    height = max(area.height, round(usual))
    edge = max(round(margin * height), 2)
    above = (height - area.height) // 2 + edge
    below = height - area.height - (above - edge) + edge
    return np.pad(part, ((above, below), (edge, edge)), constant_values=paper)
