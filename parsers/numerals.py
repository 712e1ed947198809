"""The one place that reads numerals: Arabic, Chinese and mixed ones, percentages, fractions.

:func:`parse_numeral` reads a whole string, :func:`numerals` finds numerals in running text. Neither knows what is
counted: a year, a telephone number and a count are all numerals here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

_CHINESE_DIGITS = {
    **{character: value for value, character in enumerate("零一二三四五六七八九")},
    **{character: value for value, character in enumerate("〇壹贰叁肆伍陆柒捌玖")},
    "两": 2,
}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}
_MULTIPLIERS = {**_TENS, **_MYRIADS}
_NEVER_FIRST = "百佰千仟万亿"
"""百余 and 万余 are numerals in running text; alone they are units."""
_CHINESE = "".join((*_CHINESE_DIGITS, *_MULTIPLIERS))

LONGEST = 24
"""Digits of the longest numeral that is read. The largest sums of money that reports print have 14; a longer
string is an identifier, and its reading as a number would help nobody."""

_D = "[0-9０-９]"
_GROUPED = rf"{_D}{{1,3}}(?:[,，]{_D}{{3}})+(?!{_D})"
_SPACED = rf"{_D}{{1,3}}(?:[ \u00a0]{_D}{{3}})+(?![ \u00a0]?{_D})"
_ARABIC = rf"(?:{_GROUPED}|{_SPACED}|{_D}+)(?:[.．]{_D}+)?"
_MULTIPLIED = rf"{_ARABIC}(?:[ \u00a0]?[{''.join(_MULTIPLIERS)}]+)?"
_WORDS = rf"[{_CHINESE}]+(?:点[{''.join(_CHINESE_DIGITS)}]+[万亿]*)?"
_NUMERAL = re.compile(
    rf"(?P<percent>百分之(?:{_ARABIC}|{_WORDS}))"
    rf"|(?P<fraction>[{_CHINESE}]+分之[{_CHINESE}]+|(?<![0-9０-９]){_D}{{1,4}}分之{_D}{{1,4}})"
    rf"|(?P<arabic>{_MULTIPLIED})(?P<sign>[ \u00a0]?[%％﹪‰])?"
    rf"|(?P<chinese>{_WORDS})"
)
_BLANKS = re.compile(r"\s")
_WIDE = str.maketrans("０１２３４５６７８９．，％﹪", "0123456789.,%%")


class NumeralForm(StrEnum):
    """How a numeral is written. ``PERCENT`` has the number before the sign as its value: 98% is 98."""

    ARABIC = "arabic"
    CHINESE = "chinese"
    PERCENT = "percent"
    PER_MILLE = "per_mille"
    FRACTION = "fraction"


@dataclass(frozen=True, slots=True)
class Numeral:
    """A numeral in running text: ``text[start:end]``. ``value`` is None where the string cannot be one number
    (a run of digits longer than any count, 三五, which means "a few")."""

    start: int
    end: int
    value: Decimal | None
    form: NumeralForm


def parse_numeral(text: str) -> Decimal | None:
    """The number that the whole of ``text`` states, None when it states none, or more than one.

    Separators and full-width digits are read, blanks only as separators of thousands: two numbers beside each
    other are never made one. A percentage gives the number before its sign. No measure word is taken.

    >>> [str(parse_numeral(numeral)) for numeral in ("１，839", "1.7万", "三百二十", "两千", "百分之九十八", "三成")]
    ['1839', '17000', '320', '2000', '98', 'None']
    """
    stripped = text.strip()
    match = _NUMERAL.fullmatch(stripped)
    if match is None or (stripped[0] in _NEVER_FIRST and not match["percent"]):
        return None
    return _read(match).value


def numerals(text: str, start: int = 0, end: int | None = None) -> Iterator[Numeral]:
    """Every numeral of ``text[start:end]``, from left to right; they never overlap. Linear in the length.

    >>> [(n.value, n.form.value) for n in numerals("发布1839篇，占三分之一，办结率百分之百")]
    [(Decimal('1839'), 'arabic'), (Decimal('0.3333'), 'fraction'), (Decimal('100'), 'percent')]
    """
    for match in _NUMERAL.finditer(text, start, len(text) if end is None else end):
        yield _read(match)


def numeral_places(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where the numerals of ``text[start:end]`` stand, without reading them."""
    return (match.span() for match in _NUMERAL.finditer(text, start, end))


def _read(match: re.Match[str]) -> Numeral:
    raw = match[0]
    if match["percent"]:
        number = raw.removeprefix("百分之")
        value, form = (Decimal(100) if number == "百" else _number(number)), NumeralForm.PERCENT
    elif match["fraction"]:
        value, form = _fraction(*raw.split("分之")), NumeralForm.FRACTION
    elif match["arabic"]:
        value = _number(match["arabic"])
        form = NumeralForm.ARABIC
        if match["sign"]:
            form = NumeralForm.PER_MILLE if "‰" in match["sign"] else NumeralForm.PERCENT
    else:
        value, form = _number(raw), NumeralForm.CHINESE
    return Numeral(match.start(), match.end(), value, form)


def _fraction(denominator: str, numerator: str) -> Decimal | None:
    below, above = _number(denominator), _number(numerator)
    return round(above / below, 4) if below and above is not None else None


def _number(numeral: str) -> Decimal | None:
    if len(numeral) > LONGEST:
        return None
    if numeral[0] in _MULTIPLIERS or numeral[0] in _CHINESE_DIGITS:
        return _of_words(numeral)
    plain = _BLANKS.sub("", numeral.translate(_WIDE)).replace(",", "")
    digits = plain.rstrip("".join(_MULTIPLIERS))
    value = Decimal(digits)
    for multiplier in plain[len(digits) :]:
        value *= _MULTIPLIERS[multiplier]
    return _without_zeros(value) if len(plain) > len(digits) else value


def _without_zeros(value: Decimal) -> Decimal:
    whole = value.to_integral_value()
    return whole if whole == value else value


def _of_words(numeral: str) -> Decimal | None:
    """三百二十 is 320, 二〇二一 is 2021, 二点三万 is 23000; 三五 and 万千 are no numbers."""
    whole, _, rest = numeral.partition("点")
    fraction = rest.rstrip("万亿")
    if rest:
        decimal = "".join(str(_CHINESE_DIGITS[character]) for character in fraction)
        value = _whole(whole)
        if value is None:
            return None
        result = Decimal(f"{value}.{decimal}")
        for multiplier in rest[len(fraction) :]:
            result *= _MYRIADS[multiplier]
        return _without_zeros(result)
    whole_value = _whole(whole)
    return None if whole_value is None else Decimal(whole_value)


def _whole(words: str) -> int | None:
    if all(character in _CHINESE_DIGITS for character in words):
        # 三五次 means "a few times"; years (二〇二一) are read digit by digit.
        spelt = "".join(str(_CHINESE_DIGITS[character]) for character in words)
        return int(spelt) if len(words) in (1, 4) or any(zero in words for zero in "零〇") else None
    myriads = section = digit = 0
    before = ""
    for character in words:
        if character in _CHINESE_DIGITS:
            if before in _CHINESE_DIGITS and before not in "零〇":
                return None
            digit = _CHINESE_DIGITS[character]
        elif character in _TENS:
            section += (digit or 1) * _TENS[character]
            digit = 0
        elif character == "亿":
            myriads = (myriads + section + digit or 1) * _MYRIADS[character]
            section = digit = 0
        else:
            myriads += (section + digit or 1) * _MYRIADS[character]
            section = digit = 0
        before = character
    if digit and words[-2] in "百佰千仟万亿":
        return None  # 三千五 may be 3500 or 3005
    return myriads + section + digit
