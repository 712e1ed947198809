"""Finds the figures of a text: a numeral with its measure word and its bound; the rest are names with a reason."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from decimal import Decimal

from parsers.facts.crowded import numerals_of_prose
from parsers.facts.lexicon import JOINS, Lexicon, lexicon
from parsers.facts.names import Name, Reason, names_in
from parsers.numerals import Numeral, NumeralForm, parse_numeral
from parsers.report import Bound

POINTS = ("个百分点", "百分点")
"""The measure words of a change of a percentage."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A numeral that counts: ``text[start:end]`` runs from the first numeral to the measure word. ``value`` is
    normalised (1.7万 is 17000); ``unit`` is the measure word as printed, ``%``, or empty."""

    start: int
    end: int
    value: Decimal
    unit: str
    bound: Bound
    chinese: bool = False

    @property
    def ratio(self) -> bool:
        """Whether it is a share of something and not a count."""
        return self.unit in ("%", "‰", *POINTS) or (self.unit == "" and self.value.as_tuple().exponent == -4)


@dataclass(frozen=True, slots=True)
class Scan:
    """All numerals of a text: those that count and those that name, each in order."""

    figures: tuple[Figure, ...]
    names: tuple[Name, ...]


_MORE = re.compile(r"[ \u00a0]?([余多来几])[ \u00a0]?([万亿千百]*)[ \u00a0]?")
_BLANK = re.compile(r"[ \u00a0]?")
_MORE_NUMERALS = re.compile(rf"(?:[，{JOINS}]+[ ]?[0-9][0-9.,]{{0,11}}[万亿]?[ ]?){{1,12}}")
DEALT = 40
"""How far before a numeral 分别 may stand: 分别发布信息2433、1664和2247条."""
_DASH = re.compile(r"[ \u00a0]?[-—–－~～至到][ \u00a0]?")
_LETTER = re.compile(r"[A-Za-zＡ-Ｚａ-ｚ]")
_STOPS = frozenset("，。、；,.;）)！? ？\n\t:：”》")
_POWERS = frozenset("百千万亿")
_SIGNS = {NumeralForm.PERCENT: "%", NumeralForm.PER_MILLE: "‰"}


def scan(text: str) -> Scan:
    """The figures of ``text`` and the names among its numerals. Linear in the length of ``text``."""
    words = lexicon()
    names = names_in(text)
    starts = [name.start for name in names]
    figures: list[Figure] = []
    others: list[Name] = []
    previous: Numeral | None = None
    for numeral in numerals_of_prose(text, others):
        if figures and numeral.start < figures[-1].end:
            continue  # 10余万条: the second half of a numeral that is read already
        index = bisect_right(starts, numeral.start) - 1
        inside = index >= 0 and numeral.start < names[index].end
        if not inside and index + 1 < len(names) and names[index + 1].start < numeral.end:
            inside = True
        if inside:
            previous = None
            continue
        read = _read(text, numeral, words)
        if isinstance(read, Figure):
            dashed = previous is not None and _DASH.fullmatch(text, previous.end, numeral.start) is not None
            if previous is not None and dashed and not _departs(text, previous.start, words):
                read = Name(numeral.start, read.end, Reason.RANGE)
            previous = None
        elif read is not None:
            previous = numeral
        if isinstance(read, Figure):
            figures.append(read)
        elif read is not None:
            others.append(read)
    return Scan(tuple(figures), tuple(sorted((*names, *others), key=lambda name: name.start)))


def _departs(text: str, start: int, words: Lexicon) -> bool:
    """Whether 从 or 由 stands shortly before, so that two numerals are the ends of a change and no range."""
    before = text[max(0, start - 8) : start]
    return words.holds(before, "departs")


def _read(text: str, numeral: Numeral, words: Lexicon) -> Figure | Name | None:
    """The figure or the name that a numeral is; None for Chinese characters that are only part of a word."""
    start, form = numeral.start, numeral.form
    chinese = form is NumeralForm.CHINESE
    end, value, over = _with_more(text, numeral, words)
    blank = _BLANK.match(text, end)
    measure_at = blank.end() if blank else end
    duration = words.starts_with(text[measure_at : measure_at + 5], "time_units")
    measure = words.measure.match(text, measure_at)
    if chinese:
        if not over and not (measure or duration):
            return None
        if measure is not None and measure[0] in words.lists["money"] and _is_place(text, measure.end(), words):
            return None
        if not over and not set(text[start:end]) - _POWERS and text[start - 1 : start] not in tuple("近上超约逾过"):
            # 数百份 is vague; 百家号, 千家万户 are words.
            return Name(start, end, Reason.VAGUE) if text[start - 1 : start] in tuple("数几好") else None
    if value is None:
        vague = chinese or form is NumeralForm.FRACTION
        return Name(start, end, Reason.VAGUE if vague else Reason.IDENTIFIER)
    before = text[max(0, start - 12) : start].rstrip()
    if reason := _named(text, start, end, before, duration, words):
        return Name(start, measure_at + len(duration or ""), reason)
    if text[end : end + 1] in words.lists["threshold_after"]:
        return Name(start, end, Reason.THRESHOLD)
    unit = _SIGNS.get(form, "")
    if not unit:
        if measure is not None and (measure[0] != "分" or _scored(before)):
            unit, end = measure[0], measure.end()
        elif (shared := _shared_measure(text, start, end, words)) is not None:
            unit = shared  # 分别发布2433、1664和2247条
        elif form is not NumeralForm.FRACTION and not _bare_count(text, numeral, end, before, over, words):
            return Name(start, end, _without_measure(text, start, end, before, words))
    return _counting(
        Figure(start, end, value, unit, _bound(text, start, end, over, words), chinese), text, numeral, before, words
    )


def _with_more(text: str, numeral: Numeral, words: Lexicon) -> tuple[int, Decimal | None, bool]:
    """End and value of a numeral with what makes it a lower bound (30余, 10余万), and whether that stands behind it."""
    more = _MORE.match(text, numeral.end)
    if more is None or numeral.value is None:
        return numeral.end, numeral.value, False
    if not (more[2] or more[1] == "余" or words.measure.match(text, more.end())):
        return numeral.end, numeral.value, False
    factor = Decimal(1)
    for multiplier in more[2]:
        factor *= parse_numeral(f"1{multiplier}") or 1
    return more.end(2) if more[2] else more.end(1), numeral.value * factor, True


def _is_place(text: str, at: int, words: Lexicon) -> bool:
    """Whether 元 in front of ``at`` is the second character of a place: 三元区, 二元村."""
    return words.starts_with(text[at : at + 2], "place_endings") is not None


def _counting(figure: Figure, text: str, numeral: Numeral, before: str, words: Lexicon) -> Figure | Name:
    """The figure, or the name that it is although it has a measure word: a rank (前进3位), or a word in Chinese numerals that
    counts nothing."""
    if figure.unit in ("名", "位") and words.ends_with(before.rstrip("了"), "rank_moves"):
        return Name(figure.start, figure.end, Reason.RANK)
    reason = _indefinite(text, numeral, figure.end, before, words) if figure.chinese else None
    return Name(figure.start, figure.end, reason) if reason else figure


def _named(text: str, start: int, end: int, before: str, duration: str | None, words: Lexicon) -> Reason | None:
    """Why a numeral names something, where the words at its sides say so: a vague one, a rank, a duration, a name with letters."""
    if before.endswith(("数", "几", "好")) and text[start] in "十百千万亿":
        return Reason.VAGUE
    if words.ends_with(before, "rank_before") and not words.ends_with(before, "rank_not"):
        return Reason.RANK
    if words.starts_with(text[end : end + 6], "meeting_after"):
        return Reason.ORDINAL
    if duration:
        return Reason.DURATION
    if _LETTER.match(text, end) and not text.startswith(("APP", "App", "app", "LED"), end):
        return Reason.LETTERS
    return None


def _scored(before: str) -> bool:
    """Whether 分 is a point of a score, and not 分 of 分别 or 分局: 得分为98分."""
    return before.rstrip("为是达到:：约").endswith("分")


def _shared_measure(text: str, start: int, end: int, words: Lexicon) -> str | None:
    """The measure word that a numeral behind 分别 shares with the last one of its list, which alone has it printed."""
    if not words.holds(text[max(0, start - DEALT) : start], "respectively"):
        return None
    rest = _MORE_NUMERALS.match(text, end)
    measure = words.measure.match(text, rest.end()) if rest is not None else None
    return measure[0] if measure is not None else None


def _bare_count(text: str, numeral: Numeral, end: int, before: str, over: bool, words: Lexicon) -> bool:
    """A count without a measure word (粉丝25.1万, 数量为0): the clause ends behind it, and a counting word or
    a noun of the lexicon stands before it."""
    following = text[end : end + 2]
    stops = (
        following[:1] in _STOPS
        or words.starts_with(text[end : end + 5], "reaches") is not None
        or following == ""
        or words.starts_with(following, "around") is not None
    )
    if not stops or not before:
        return False
    if text[numeral.end - 1] in "万亿" or over:
        return before[-1] not in _STOPS
    if words.ends_with(before, "counting") and before[-1] in "为达数量是计共超约近":
        return numeral.form is not NumeralForm.CHINESE
    sense = next((words.senses[before[-n:]] for n in range(6, 1, -1) if before[-n:] in words.senses), None)
    return sense is not None and sense.noun in ("followers", "views")


def _without_measure(text: str, start: int, end: int, before: str, words: Lexicon) -> Reason:
    """What a numeral is that no measure word follows."""
    digits = text[start:end]
    if digits in words.lists["hotlines"]:
        return Reason.HOTLINE
    if words.starts_with(text[end : end + 4].lstrip(), "address_after") and words.ends_with(before, "address_before"):
        return Reason.ADDRESS
    if text[end : end + 1] in ("年", "月", "日"):
        return Reason.DATE
    return Reason.IDENTIFIER if len(digits) >= 5 and digits.isdigit() else Reason.NO_MEASURE


def _indefinite(text: str, numeral: Numeral, end: int, before: str, words: Lexicon) -> Reason | None:
    """Chinese numerals before a noun are often no counts: 一个平台 is "a platform", 三个转变 a slogan."""
    if words.ends_with(before, "negated"):
        return Reason.NEGATED
    if words.ends_with(before, "indefinite_before"):
        return Reason.INDEFINITE
    postposed = end >= len(text) or text[end] in _STOPS
    unit = text[numeral.end : end].strip("余多 ")
    if unit == "期" and text[numeral.start : numeral.end] in "一二三":
        return Reason.ORDINAL  # 公园一期 is a place
    if before.endswith("其中") and unit in words.lists["cases"]:
        return None  # 对其中一件进行了公开
    if numeral.end - numeral.start > 1 or postposed or text[numeral.start] in "百千万":
        return None
    if unit in words.lists["people"]:
        return None
    return Reason.INDEFINITE if text[numeral.start] == "一" else None


_STRONGEST_FIRST = (Bound.UNDER, Bound.OVER, Bound.ABOUT)


def _bound(text: str, start: int, end: int, over: bool, words: Lexicon) -> Bound:
    """How exact the figure claims to be, by the words at its sides. ``over`` says that 余 or the like stands in
    it."""
    before, following = text[max(0, start - 12) : start].rstrip(), text[end : end + 3]
    if text[start : start + 1] in _POWERS and words.ends_with(before, "over_before_powers"):
        over = True  # 上万条; 微信上30条 is said of a place
    bare = before.rstrip("了至到的")
    said = {
        bound: max(len(words.ends_with(part, bound.value) or "") for part in (before, bare))
        for bound in _STRONGEST_FIRST
    }
    # The longest word wins: 不低于 ends with 低于 and says the opposite.
    in_front = max(_STRONGEST_FIRST, key=lambda bound: said[bound])
    if words.starts_with(following, "or_less") or (said[in_front] and in_front is Bound.UNDER):
        return Bound.UNDER
    if over or words.starts_with(following, "or_more") or (said[in_front] and in_front is Bound.OVER):
        return Bound.OVER
    if words.starts_with(following, "around") or said[in_front]:
        return Bound.ABOUT
    return Bound.EXACT
