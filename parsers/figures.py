"""Reads what stands in one figure's cell of a statutory table. One function, whatever the format of the document.

The conventions (signs for "nothing", measure words, units of money) are data in ``figures.toml``; the rules are
those of the form's notes and of published reports: a blank is a blank, two numbers are never made one.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import cache, lru_cache

import regex

from parsers.data import read_toml
from parsers.forms.form import Numbers
from parsers.numerals import parse_numeral
from parsers.report import CellState
from parsers.text import LOST


class Content(Enum):
    """What kind of thing a cell holds, before it is known what the cell is for."""

    BLANK = "blank"
    DASH = "dash"
    FIGURE = "figure"
    WORDS = "words"

    @property
    def is_value(self) -> bool:
        """Whether it says how many: a figure, or a sign for none."""
        return self in (Content.FIGURE, Content.DASH)


@dataclass(frozen=True, slots=True)
class Figure:
    """A cell as read. ``unit`` is the unit of ``value`` where the page or the form names one. ``doubt`` says why
    the value may not be what was meant (empty when there is no doubt)."""

    state: CellState
    value: Decimal | None = None
    unit: str | None = None
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class _Conventions:
    nothing: frozenset[str]
    signs: dict[str, int]
    counters: frozenset[str]
    units_are_called: frozenset[str]
    money: dict[str, Decimal]

    @property
    def sample_units(self) -> tuple[str, str]:
        """One unit of each kind: a cell that reads as a figure in neither is no figure."""
        return next(iter(self.counters)), next(iter(self.money))


@cache
def _conventions() -> _Conventions:
    data = read_toml(__package__, "figures.toml")
    return _Conventions(
        nothing=frozenset(_plain(word).casefold() for word in data["nothing"]),
        signs={**dict.fromkeys(data["plus"], 1), **dict.fromkeys(data["minus"], -1)},
        counters=frozenset(data["counters"]),
        units_are_called=frozenset(data["units_are_called"]),
        money={unit: Decimal(factor) for unit, factor in data["money"].items()},
    )


# A sign of a footnote behind a digit; NFKC would make 12① into 121, so it goes first.
_FOOTNOTE = regex.compile(r"(?<=[\d０-９]) ?(?:[①-⑳⑴-⒇⁰¹²³⁴-⁹*＊※†‡#]|\[\d+\]|〔\d+〕)+$")
_LETTER, _DIGIT = regex.compile(r"\p{L}"), regex.compile(r"\d")
_EXPLANATION = regex.compile(r"(?<=[\d\p{Han}])\([^()]*\)$")
_NOTE_OF_UNITS = regex.compile(r"\(?(?<called>\p{Han}+):(?:(?<unit>\p{Han}+)[、,/和]?)+\)?")
_HEADING_UNIT = regex.compile(r"\((?:[^():]*:)?(?<unit>\p{Han}+)\)$")
_PARTS = regex.compile(r"(?<sign>[^\d.]*?)(?<digits>\d[\d,. ]*|\.\d+)(?<unit>[^\d]*)")
_GROUPED = regex.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_SPACED = regex.compile(r"\d{1,3}(?: \d{3})+(?:\.\d+)?")
_DASHES = str.maketrans("–—―−﹣－‐‑\\", "--------/")


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", _FOOTNOTE.sub("", text.strip())).translate(_DASHES).strip()


@lru_cache(maxsize=65536)
def content_of(text: str) -> Content:
    """Whether a cell is empty, says that there is nothing, holds a figure, or holds words (a label, a remark).

    >>> [content_of(text).value for text in ("", "／", "35671件", "规章")]
    ['blank', 'dash', 'figure', 'words']
    """
    plain = _plain(text)
    if not plain:
        return Content.BLANK
    if plain.casefold() in _conventions().nothing:
        return Content.DASH
    if _LETTER.search(plain) is None and _DIGIT.search(plain) is not None:
        return Content.FIGURE
    if LOST in plain and _LETTER.search(plain) is None:
        return Content.FIGURE  # signs that could not be decoded, no letter among them: a figure, and unreadable
    readings = (read_figure(text, Numbers.SIGNED, unit) for unit in _conventions().sample_units)
    return Content.FIGURE if any(reading.state is CellState.NUMBER for reading in readings) else Content.WORDS


@lru_cache(maxsize=65536)
def read_figure(
    text: str, numbers: Numbers, unit: str, *, unit_printed: bool = True, heading_unit: str | None = None
) -> Figure:
    """The figure that a cell states.

    ``numbers`` and ``unit`` are what the form's column takes; ``unit_printed`` is False where the form prints no
    unit: the figure then has none either, unless the cell itself prints one. ``heading_unit`` is the unit that the
    page prints over the column, where it prints one (see :func:`unit_named_in`). Money printed in another unit
    than the form's is converted; nothing is ever converted on suspicion.

    >>> read_figure("１，839件", Numbers.WHOLE, "件").value, read_figure("251000元", Numbers.DECIMAL, "万元").value
    (Decimal('1839'), Decimal('25.1000'))
    >>> read_figure("12 3", Numbers.WHOLE, "件").state.value, read_figure("无", Numbers.WHOLE, "件").state.value
    ('unreadable', 'dash')
    """
    known = _conventions()
    plain = _plain(text)
    if not plain:
        return Figure(CellState.BLANK)
    if plain.casefold() in known.nothing:
        return Figure(CellState.DASH)
    explained = _EXPLANATION.sub("", plain).rstrip()
    doubt = "an explanation in brackets stands beside the figure" if explained != plain else ""
    if explained in ("O", "o", "〇"):
        return Figure(CellState.NUMBER, Decimal(0), unit, "" if explained == "〇" else "a letter O was read as 0")
    parts = _PARTS.fullmatch(explained)
    if parts is None:
        return _in_words(explained, numbers, unit)
    digits = parts["digits"].rstrip(" ,.")
    if _GROUPED.fullmatch(digits):
        digits = digits.replace(",", "")
    elif _SPACED.fullmatch(digits):
        digits, doubt = digits.replace(" ", ""), "a blank inside the figure was read as a thousands separator"
    sign = known.signs.get(parts["sign"].strip(), 0) if parts["sign"].strip() else 1
    try:
        value = sign * Decimal(digits)
    except InvalidOperation:
        return Figure(CellState.UNREADABLE)
    if not sign:
        return Figure(CellState.UNREADABLE)
    if value < 0 and numbers is not Numbers.SIGNED:
        doubt = "a minus sign stands before a figure that cannot be negative"
    printed = parts["unit"].strip(" ,.;") or (heading_unit or "")
    return _in_unit(value, printed, unit, unit_printed=unit_printed, doubt=doubt)


@lru_cache(maxsize=4096)
def unit_named_in(heading: str) -> str | None:
    """The unit of money that a column's heading names in brackets at its end.

    >>> unit_named_in("本年收费金额（单位：元）"), unit_named_in("现行有效件数")
    ('元', None)
    """
    bracket = _HEADING_UNIT.search(_plain(heading).replace(" ", ""))
    return bracket["unit"] if bracket and bracket["unit"] in _conventions().money else None


@lru_cache(maxsize=4096)
def is_note_of_units(line: str) -> bool:
    """Whether a line says in which units the figures of a table are, and nothing else.

    >>> is_note_of_units("单位：件"), is_note_of_units("（计量单位：件、万元）"), is_note_of_units("单位：中卫市公安局")
    (True, True, False)
    """
    note = _NOTE_OF_UNITS.fullmatch(_plain(line).replace(" ", ""))
    known = _conventions()
    if note is None or note["called"] not in known.units_are_called:
        return False
    return all(unit in known.counters or unit in known.money for unit in note.captures("unit"))


def is_unit(text: str) -> bool:
    """Whether a text is a unit of figures and nothing else.

    >>> is_unit("件"), is_unit("（万元）"), is_unit("收到申请数")
    (True, True, False)
    """
    plain = _plain(text).replace(" ", "").strip("()")
    return plain in _conventions().counters or plain in _conventions().money


def names_units(heading: str) -> bool:
    """Whether the heading of a column says that units stand below it.

    >>> names_units("计量 单位"), names_units("统计数")
    (True, False)
    """
    return _plain(heading).replace(" ", "") in _conventions().units_are_called


def units_differ(printed: str, wanted: str) -> bool:
    """Whether one of two units is money and the other counts things: no figure in one is a figure in the other."""
    money = _conventions().money
    return (_plain(printed).strip("()") in money) != (wanted in money)


def _in_unit(value: Decimal, printed: str, wanted: str, *, unit_printed: bool, doubt: str) -> Figure:
    """The value in the unit of the form, when the unit that the cell prints allows it."""
    known = _conventions()
    if not printed:
        return Figure(CellState.NUMBER, value, wanted if unit_printed else None, doubt)
    if wanted in known.money and printed in known.money:
        return Figure(CellState.NUMBER, value * known.money[printed] / known.money[wanted], wanted, doubt)
    if wanted in known.counters and printed in known.counters:
        return Figure(CellState.NUMBER, value, wanted, doubt)
    return Figure(CellState.UNREADABLE)


def _in_words(text: str, numbers: Numbers, unit: str) -> Figure:
    """A figure in Chinese numerals (三件, 增二): seldom in cells, always possible."""
    known = _conventions()
    sign = 1
    for word in sorted(known.signs, key=len, reverse=True):
        if numbers is Numbers.SIGNED and text.startswith(word):
            sign, text = known.signs[word], text.removeprefix(word)
            break
    for counter in sorted(known.counters, key=len, reverse=True):
        text = text.removesuffix(counter)
    value = parse_numeral(text)
    if value is None:
        return Figure(CellState.UNREADABLE)
    return Figure(CellState.NUMBER, sign * value, unit)
