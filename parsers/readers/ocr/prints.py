"""What the pieces of print on a page say: each line recognised, figures as often as it takes until two readings agree."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace

import cv2
import numpy as np

from parsers.readers.ocr.engine import Text, recognise
from parsers.readers.ocr.ink import Pixels, level_of
from parsers.readers.ocr.lines import has_print
from parsers.readers.ocr.page import Print
from parsers.readers.ocr.picture import Picture
from parsers.readers.ocr.pieces import Piece
from parsers.readers.ocr.rulings import Area
from parsers.readers.ocr.shapes import AS_SLASH, DASHES, SLASH, Figure, Look, has_lost_sign, looks_like
from parsers.readers.pdf.page import Word, stand_above_each_other
from parsers.text import LOST

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


def prints_of(
    picture: Picture, pieces: Sequence[Piece], usual: float, sharp: Callable[[], Pixels] | None
) -> Iterator[Print]:
    """What the pieces say, the empty ones first, with the readings of figures that are not sure. ``usual`` is the height of most print in
    pixels; ``sharp`` gives the same picture at a higher resolution, where there is one, and is asked only where figures need it."""
    scale = picture.scale
    yield from (_print(piece, "", scale) for piece in pieces if piece.empty)
    pieces = [piece for piece in pieces if not piece.empty]
    short = [index for index, piece in enumerate(pieces) if piece.area.x1 - piece.area.x0 <= SHORT * usual]
    first = _first_readings(picture, pieces, set(short), usual)
    dotted = sum(first[index].text in BOXES for index in short) >= DOTTED
    if dotted:
        first = [_with_zero(text) for text in first]
    ink = cv2.bitwise_or(picture.ink, picture.dashes)
    figures = [Figure(pieces[index].area, first[index].figure, first[index].is_certain) for index in short]
    looks = dict(zip(short, looks_like(picture.grey, ink, figures), strict=True))
    # A speck is dust, unless the dashes of its page are such specks.
    specks = (index for index in short if not has_print(ink[pieces[index].area.place], scale))
    dust = {index for index in specks if not looks[index].mistaken}
    zeros = {index for index in short if dotted or looks[index].text == "0"}
    first = [_with_zero(text) if index in zeros else text for index, text in enumerate(first)]
    figures_at = (index for index in short if first[index].is_figure or _is_sign(looks[index]))
    readings = {index: [first[index]] for index in figures_at if index not in dust}
    _read_again(readings, picture, pieces, looks, zeros, usual, sharp)
    for index, (piece, text) in enumerate(zip(pieces, first, strict=True)):
        if index in dust:
            yield _print(piece, "", scale)
        elif index in readings:
            settled = _settled(piece, readings[index], looks[index], usual, scale)
            if settled.word.text.isdecimal() and piece.area.height < LOW * usual:
                yield _print(piece, "", scale)
                continue
            lost = has_lost_sign(picture.ink, piece.area, settled.word.text)
            if _is_odd(settled.word.text) and _is_among_figures(index, pieces, first):
                settled = replace(settled, word=settled.word._replace(text=LOST))
            yield replace(settled, sure=settled.sure and not lost)
        else:
            is_figure = index in looks and _is_odd(text.text) and _is_among_figures(index, pieces, first)
            said = _print(piece, LOST if is_figure else text.text, scale)
            yield replace(said, parted=piece.parted and not _has_words(text.text))


def _print(piece: Piece, text: str, scale: float) -> Print:
    """A print that says a text, and is no sure figure."""
    return Print(_word(piece.area, text, scale), False)


def _first_readings(picture: Picture, pieces: Sequence[Piece], short: Collection[int], usual: float) -> list[Text]:
    """What each piece is read as at first; those that are ``short`` may be figures."""
    margins = [MARGINS[0] if index in short else WORDS for index in range(len(pieces))]
    return recognise(
        [_crop(picture.grey, piece.area, usual, margin) for piece, margin in zip(pieces, margins, strict=True)]
    )


def _read_again(
    readings: Mapping[int, list[Text]],
    picture: Picture,
    pieces: Sequence[Piece],
    looks: Mapping[int, Look],
    zeros: Collection[int],
    usual: float,
    sharp: Callable[[], Pixels] | None,
) -> None:
    """Adds to the readings of those figures on which no two agree. The cheapest look first: the same page with other margins, then the
    page with more pixels."""
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


def _crop(page: Pixels, area: Area, usual: float, margin: float) -> Pixels:
    """The print of a line on paper of its own: nothing of its neighbours, and as high as a line even where its ink is
    not, since a dash is no digit seen from near."""
    part = page[area.place]
    paper = int(level_of(part, 95)) if part.size > 64 else 255
    height = max(area.height, round(usual))
    edge = max(round(margin * height), 2)
    above = (height - area.height) // 2 + edge
    below = height - area.height - (above - edge) + edge
    return np.pad(part, ((above, below), (edge, edge)), constant_values=paper)
