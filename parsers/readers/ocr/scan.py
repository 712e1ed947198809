"""From the picture of a page to what a page with text holds: words in their places, and ruling lines."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from statistics import median

import cv2
import numpy as np

from parsers.readers.ocr.engine import Text, recognise
from parsers.readers.ocr.flat import Bend, bend_of
from parsers.readers.ocr.ink import Pixels, level_of, without_lid, without_streaks
from parsers.readers.ocr.lines import has_print
from parsers.readers.ocr.page import Print, Scan
from parsers.readers.ocr.picture import Picture, picture_of, picture_with
from parsers.readers.ocr.pieces import INSET, Piece, high_enough, pieces_of
from parsers.readers.ocr.posture import Posture, straightened, upright
from parsers.readers.ocr.reverse import without_reverse
from parsers.readers.ocr.rulings import Area
from parsers.readers.ocr.shapes import AS_SLASH, DASHES, SLASH, Figure, Look, has_lost_sign, looks_like
from parsers.readers.ocr.walls import missing_walls, walls_of, without_remains
from parsers.readers.pdf.page import Mark, PageContent, Word, stand_above_each_other
from parsers.readers.pdf.ruled.lattice import Lattice, lattice_of
from parsers.readers.pdf.ruled.rulings import Ruling, edges_of, frameworks, rulings_of
from parsers.text import LOST

DRAWN_INSET, STROKE = 0.5, 1.4
"""The same where the lines are known to half a point, and how thick these are taken to be."""
MARGINS = (0.18, 0.34)
"""The paper left around a line for its first and its second reading, as a part of its height."""
WORDS = 0.3
"""The same around a line that is too wide for a figure: with more paper its characters are smaller, and are read in less time. Of
drawn lines full of figures as many were read right with 0.18 to 0.36, and fewer from 0.4 on."""
HIGH = 1.6
"""Print so many times as high as is usual is no figure alone: something else runs through it."""
LOW = 0.4
"""What is not as high as so much of usual print is no digit, whatever it is read as: a speck is not 0."""
BOXES, DOTTED = ("日", "曰", "回"), 2
"""What a zero with a dot inside is read as; where so many of them stand alone on a page, they are figures."""
SIGNS = "-—/－／―–一…*（）()"
"""What says that there is nothing, and brackets."""
SHORT = 6.0
"""A line no wider than so many times the usual height may be a figure."""
USUAL_HEIGHT = 9.0
"""Points: the height of print where a page does not tell."""


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
    posture, page = upright(grey, scale)
    across = width
    if posture.turned in (90, 270):
        width, height = height, width
    bend = bend_of(page, scale)
    flat = _flattened(page, bend)
    # What shows through is no print; a blank cell in which it does may hold something as pale nevertheless.
    picture = replace(picture_of(without_reverse(flat, scale), scale), straight=flat)
    under = [_lying(seal, posture, grey) for seal in seals]
    if bend is not None:
        under = [bend.moved(seal, page.shape) for seal in under]
    marks = walls_of(picture)
    marks += missing_walls(picture, marks, under)
    layout = _Layout(without_remains(picture, marks), marks, under)

    def sharp(closer: Callable[[], Pixels]) -> Pixels:
        return _flattened(straightened(_closely(closer, across), posture), bend)

    return _scan_of(layout, number, (width, height), partial(sharp, closer) if closer else None, posture.turned)


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


def _flattened(page: Pixels, bend: Bend | None) -> Pixels:
    return bend.flattened(page) if bend is not None else page


def _lying(area: Area, posture: Posture, page: Pixels) -> Area:
    """A place of the page as it is shown, as that of the page put upright."""
    turned, slant = posture
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


class _Layout:
    """Where ruling lines and lines of print are on a picture, before anything is recognised."""

    def __init__(
        self, picture: Picture, marks: Sequence[Mark], seals: Sequence[Area] = (), *, drawn: bool = False
    ) -> None:
        self.picture = picture
        self.marks = marks
        lattices = _lattices(self.marks)
        inset = DRAWN_INSET if drawn else INSET
        self.pieces = pieces_of(picture, lattices, seals, inset)
        heights = high_enough((piece.area.height for piece in self.pieces if not piece.empty), picture.scale)
        self.usual = median(heights) if heights else USUAL_HEIGHT * picture.scale


def _lattices(marks: Sequence[Mark]) -> list[Lattice]:
    return [lattice for framework in frameworks(rulings_of(marks)) if (lattice := lattice_of(framework))]


def _recognised(layout: _Layout, sharp: Callable[[], Pixels] | None) -> Iterator[Print]:
    picture, usual, scale = layout.picture, layout.usual, layout.picture.scale
    yield from (Print(_word(piece.area, "", scale), False) for piece in layout.pieces if piece.empty)
    pieces = [piece for piece in layout.pieces if not piece.empty]
    short = [index for index, piece in enumerate(pieces) if piece.area.x1 - piece.area.x0 <= SHORT * usual]
    margins = [WORDS] * len(pieces)
    for index in short:
        margins[index] = MARGINS[0]
    first = recognise(
        [_crop(picture.grey, piece.area, usual, margin) for piece, margin in zip(pieces, margins, strict=True)]
    )
    dotted = sum(first[index].text in BOXES for index in short) >= DOTTED
    if dotted:
        first = [_with_zero(text) for text in first]
    figures = [Figure(pieces[index].area, first[index].figure, first[index].is_certain) for index in short]
    ink = cv2.bitwise_or(picture.ink, picture.dashes)
    looks = dict(zip(short, looks_like(picture.grey, ink, figures), strict=True))
    # A speck is dust, unless the dashes of its page are such specks.
    specks = (index for index in short if not has_print(_part(ink, pieces[index].area), scale))
    dust = {index for index in specks if not looks[index].mistaken}
    zeros = {index for index in short if dotted or looks[index].text == "0"}
    first = [_with_zero(text) if index in zeros else text for index, text in enumerate(first)]
    figures_at = (index for index in short if first[index].is_figure or _is_sign(looks[index]))
    readings = {index: [first[index]] for index in figures_at if index not in dust}
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
        if index in dust:
            yield Print(_word(piece.area, "", scale), False)
        elif index in readings:
            settled = _settled(piece, readings[index], looks[index], usual, scale)
            if settled.word.text.isdecimal() and piece.area.height < LOW * usual:
                yield Print(_word(piece.area, "", scale), False)
                continue
            lost = has_lost_sign(picture.ink, piece.area, settled.word.text)
            if _is_odd(settled.word.text) and _is_among_figures(index, pieces, first):
                settled = replace(settled, word=settled.word._replace(text=LOST))
            yield replace(settled, sure=settled.sure and not lost)
        else:
            is_figure = index in looks and _is_odd(text.text) and _is_among_figures(index, pieces, first)
            read = LOST if is_figure else text.text
            yield Print(_word(piece.area, read, scale), False, parted=piece.parted and not _has_words(text.text))


def _with_zero(text: Text) -> Text:
    """The reading of a figure that may be a zero with a dot inside."""
    return text._replace(text="0", figure="0", figure_confidence=text.confidence) if text.text in BOXES else text


def _is_odd(text: str) -> bool:
    """Whether what was read is no word and no figure: a sign, or one letter."""
    is_sign = not any(map(str.isalnum, text)) and not all(sign in SIGNS for sign in text)
    return is_sign or (len(text) == 1 and text.isascii() and text.isalpha())


def _is_among_figures(index: int, pieces: Sequence[Piece], texts: Sequence[Text]) -> bool:
    """Whether above and below a piece of print stand figures rather than words: it is a figure that was misread, and no label."""
    own = pieces[index].area
    column = [t for piece, t in zip(pieces, texts, strict=True) if stand_above_each_other(piece.area, own)]
    figures = sum(bool(text.figure) and text.is_figure for text in column)
    return figures > sum(_has_words(text.text) for text in column)


def _has_words(text: str) -> bool:
    return any(unicodedata.category(sign) == "Lo" for sign in text)


def _is_sign(look: Look) -> bool:
    return look.text.isdecimal() or look.text == SLASH or look.text in DASHES


def _agreed(readings: Sequence[Text], look: Look) -> str | None:
    """The figure that two readings of a print agree on, its look being one of them, if they are certain; its look alone,
    where the others are what it is mistaken for."""
    certain = [text.figure for text in readings if text.is_certain] + [look.text] * bool(look.text)
    if look.mistaken and all(text.figure in look.mistaken for text in readings):
        return look.text
    said = Counter(map(_said, certain))
    return next((figure for figure in certain if said[_said(figure)] > 1), None)


def _said(figure: str) -> str:
    """What a figure says: a dash and a slash say alike that there is nothing, and dashes of any length that it is less."""
    return SLASH if figure in DASHES else figure.replace("—", "-")


def _settled(piece: Piece, readings: Sequence[Text], look: Look, usual: float, scale: float) -> Print:
    """What to make of the readings of a figure, and of its ``look``."""
    best = _agreed(readings, look)
    certain = {_said(text.figure) for text in readings if text.is_certain} | (
        {_said(look.text)} if look.text else set()
    )
    sure = best is not None and certain == {_said(best)} and piece.alone and piece.area.height <= HIGH * usual
    if best is None:
        likely = max(readings, key=lambda text: text.figure_confidence).figure
        fits = look.text and (
            any(text.figure == look.text for text in readings) or not any(text.is_figure for text in readings)
        )
        leans = look.text == SLASH and all(text.figure in AS_SLASH for text in readings) and not certain - {SLASH}
        best = look.text if fits or leans else likely
    # What a line or a seal leaves of a 0 looks like a dash.
    hidden = "0" if best in DASHES and not piece.alone else ""
    others = dict.fromkeys(
        figure for figure in (*(t.figure for t in readings), look.text, hidden) if figure not in ("", best)
    )
    return Print(_word(piece.area, best, scale), sure, tuple(others), piece.parted)


def _word(area: Area, text: str, scale: float) -> Word:
    x0, y0, x1, y1 = (value / scale for value in area)
    return Word(x0, y0, x1, y1, text)


def _part(page: Pixels, area: Area) -> Pixels:
    part: Pixels = page[area.y0 : area.y1, area.x0 : area.x1]
    return part


def _crop(page: Pixels, area: Area, usual: float, margin: float) -> Pixels:
    """The print of a line on paper of its own: nothing of its neighbours, and as high as a line even where its ink is
    not, since a dash is no digit seen from near."""
    part = _part(page, area)
    paper = int(level_of(part, 95)) if part.size > 64 else 255
    height = max(area.height, round(usual))
    edge = max(round(margin * height), 2)
    above = (height - area.height) // 2 + edge
    below = height - area.height - (above - edge) + edge
    return np.pad(part, ((above, below), (edge, edge)), constant_values=paper)
