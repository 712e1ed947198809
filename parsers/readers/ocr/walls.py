"""The ruling lines of a picture as the walls of tables: double ones made single, and the parts that were not found looked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

import cv2
import numpy as np

from parsers.readers.ocr.ink import level_of
from parsers.readers.ocr.picture import Picture
from parsers.readers.ocr.rulings import CLEAR, Area, is_broken, is_wall
from parsers.readers.pdf.page import Mark, Rectangle
from parsers.readers.pdf.ruled.rulings import SAME, Ruling, Rulings, frameworks, joined, rulings_of

BESIDE = 2.5
"""Points on either side of a wall that are looked at to tell whether it is there; print keeps that far away."""
DOUBLE, WIDEST = 5.0, 7.0
"""Points between two strokes of one rule, and between the outermost: borders of neighbouring cells may stand apart. No
row of a scan that can be read is as low."""
MOSTLY = 0.5
"""A wall of which less is open goes on where it is open, though print touches it."""
ASIDE = 1.3
"""Points at either side of them of what is looked at; a rule in the middle does not reach so far."""
CROSSED = 0.2
"""So much of a place under a seal may be print for a line to go on there."""
WALL = 1.0
"""Points at either end of a wall that are not looked at: the lines across stand there."""
OTHERS, MORE = 3, 0.6
"""So many other lines tell that a wall is lost, where more than so much of them have one."""
REMAINS = 1.8
"""Points from the middle of a wall in which ink is what is left of it."""
MOST_WALLS = 4000
"""Walls of one table that are looked for; the largest statutory table has 600."""
MOST_RULINGS = 400
"""Ruling lines of one direction on a scan; more are a photograph or a pattern."""


def walls_of(picture: Picture) -> list[Mark]:
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


def missing_walls(picture: Picture, marks: Sequence[Mark], seals: Sequence[Area]) -> Iterator[Mark]:
    """The walls between neighbouring lines of a table that were too short to be found as lines. Under a seal, where they
    cannot be seen, a line that goes on beyond it goes on."""
    for lying, standing in frameworks(rulings_of(marks)):
        rows, columns = sorted({line.at for line in lying}), sorted({line.at for line in standing})
        if len(rows) * len(columns) > MOST_WALLS:
            continue
        found_standing = tuple(_missing(picture, standing, columns, rows, True, seals))
        found_lying = tuple(_missing(picture, lying, rows, columns, False, seals))
        yield from _marks_of(Rulings(found_lying, found_standing))


def without_remains(picture: Picture, marks: Sequence[Mark]) -> Picture:
    """The picture without the ink that lies wholly on the walls: what a rule that is broken has left, and no print has."""
    scale, half = picture.scale, round(REMAINS * picture.scale)
    off = picture.ink.copy()
    for x0, y0, x1, y1, _ in marks:
        left, top, right, bottom = (round(value * scale) for value in (x0, y0, x1, y1))
        off[max(top - half, 0) : bottom + half + 1, max(left - half, 0) : right + half + 1] = 0
    count, labels = cv2.connectedComponents(picture.ink)
    printed = np.zeros(count, bool)
    printed[labels[off > 0]] = True
    printed[0] = True
    remains = (~printed[labels]).astype(np.uint8)
    if not remains.any():
        return picture
    ink, all_ink = cv2.subtract(picture.ink, remains), cv2.subtract(picture.all_ink, remains)
    grey = picture.grey.copy()
    grey[cv2.dilate(remains, np.ones((3, 3), np.uint8)) > 0] = int(level_of(grey, 75))
    return replace(picture, ink=ink, all_ink=all_ink, grey=grey)


def _missing(
    picture: Picture,
    lines: Sequence[Ruling],
    places: Sequence[float],
    ends: Sequence[float],
    stands: bool,
    seals: Sequence[Area],
) -> Iterator[Ruling]:
    """The missing walls of one direction: at each of the ``places`` of its ``lines``, between the ``ends`` that the lines across
    give."""
    walls = [[Ruling(at, start, end) for start, end in pairwise(ends)] for at in places]
    stand: list[list[bool]] = []
    for at, row in zip(places, walls, strict=True):
        drawn = [line for line in lines if line.at == at]
        usual = _usual(picture, drawn, stands)
        stand.append([])
        for wall in row:
            gaps = _gaps(drawn, wall.start, wall.end)
            found = bool(gaps) and (
                _goes_through(picture, wall, stands, gaps, usual)
                or _is_broken(picture, wall, stands)
                or _is_covered(lines, wall, stands, picture, seals)
            )
            stand[-1].append(found or not gaps)
            if found:
                yield wall
    for place, index in _lost(stand):
        if _is_bare(picture, walls[place][index], stands):
            yield walls[place][index]


def _lost(stand: Sequence[Sequence[bool]]) -> Iterator[tuple[int, int]]:
    """The walls of which nothing is left (``stand``: whether each part of each line stands): the line goes on at both ends, and so
    does it beside other walls that stand, in more places than not. A cell that is wider than others has none of them."""
    for place, line in enumerate(stand):
        for index in range(1, len(line) - 1):
            if not line[index] and line[index - 1] and line[index + 1]:
                others = [
                    other[index]
                    for at, other in enumerate(stand)
                    if at != place and other[index - 1] and other[index + 1]
                ]
                if sum(others) > MORE * len(others) and len(others) >= OTHERS:
                    yield place, index


def _is_bare(picture: Picture, wall: Ruling, stands: bool) -> bool:
    """Whether nothing is printed across the place where a wall may have stood, such as what is left of it is not."""
    area = area_of(_beside(wall.at, (wall.start + WALL, wall.end - WALL), stands), picture)
    part = picture.ink[area.place]
    part = part if stands else part.T
    aside = round(ASIDE * picture.scale)
    return float((part[:, :aside].any(axis=1) | part[:, -aside:].any(axis=1)).mean()) <= CROSSED


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


def _is_broken(picture: Picture, wall: Ruling, stands: bool) -> bool:
    area = area_of(_beside(wall.at, (wall.start + WALL, wall.end - WALL), stands, BESIDE + CLEAR), picture)
    return is_broken(picture.all_ink, area, stands, picture.scale)


def _beside(at: float, gap: tuple[float, float], stands: bool, reach: float = BESIDE) -> Rectangle:
    """A part of a wall, and what is beside it."""
    first, last = gap
    across = (at - reach, at + reach)
    return Rectangle(across[0], first, across[1], last) if stands else Rectangle(first, across[0], last, across[1])


def _is_covered(lines: Sequence[Ruling], wall: Ruling, stands: bool, picture: Picture, seals: Sequence[Area]) -> bool:
    """Whether a seal lies over a wall, nothing is printed across it, and under the seal its line begins or ends."""
    area = area_of(_beside(wall.at, (wall.start, wall.end), stands), picture)
    print_ = picture.ink[area.place]
    print_ = print_ if stands else print_.T
    if not print_.size or float((print_[:, 0] & print_[:, -1]).mean()) > CROSSED:
        return False
    for seal in (seal for seal in seals if overlap(area, seal, 0)):
        ends = (seal.y0, seal.y1) if stands else (seal.x0, seal.x1)
        start, end = ends[0] / picture.scale - BESIDE, ends[1] / picture.scale + BESIDE
        parts = [line for line in lines if abs(line.at - wall.at) <= BESIDE]
        if any(start <= line.end <= end or start <= line.start <= end for line in parts):
            return True
    return False


def overlap(one: Area, other: Area, slack: int) -> bool:
    """Whether two places meet, or come closer than ``slack`` pixels."""
    return (
        other.x0 - slack < one.x1
        and one.x0 < other.x1 + slack
        and other.y0 - slack < one.y1
        and one.y0 < other.y1 + slack
    )


def _is_wall(picture: Picture, place: Rectangle, stands: bool, usual: float, touched: bool = False) -> bool:
    area = area_of(place, picture)
    return is_wall(picture.strokes[stands], picture.ink, area, stands, usual, picture.scale, touched)


def _usual(picture: Picture, lines: Sequence[Ruling], stands: bool) -> float:
    """How dark the drawn parts of a line are."""
    levels = []
    for at, start, end in lines:
        x0, y0, x1, y1 = area_of(_beside(at, (start, end), stands), picture)
        part = picture.strokes[stands].darkness[y0:y1, x0:x1]
        if part.size:
            levels.append(float(np.median(part.max(axis=1 if stands else 0))))
    return median(levels) if levels else 255.0


def area_of(rectangle: Rectangle, picture: Picture) -> Area:
    """A place in points as one in pixels of a picture, as far as it lies on it."""
    height, width = picture.ink.shape
    x0, y0, x1, y1 = (round(value * picture.scale) for value in rectangle)
    return Area(max(x0, 0), max(y0, 0), min(x1, width), min(y1, height))
