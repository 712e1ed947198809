"""Numerals as reports print them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.numerals import NumeralForm, numerals, parse_numeral

DIGITS = "零一二三四五六七八九"


def in_chinese(number: int) -> str:
    """A number below 100 million as it is written out."""
    if number >= 10**4:
        high, low = divmod(number, 10**4)
        gap = "零" if 0 < low < 1000 else ""
        return in_chinese(high) + "万" + (gap + in_chinese(low) if low else "")
    words, pending = "", False
    for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, place)
        if digit:
            words += ("零" if pending else "") + DIGITS[digit] + name
            pending = False
        elif words:
            pending = number > 0
    return words or "零"


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("0", 0),
        ("1839", 1839),
        ("１，８３９", 1839),
        ("1,839", 1839),
        ("1 839", 1839),
        ("1.7万", 17000),
        ("13.6 万", 136000),
        ("3千", 3000),
        ("2.5亿", 250000000),
        ("三百二十", 320),
        ("两千", 2000),
        ("十五万", 150000),
        ("二十", 20),
        ("二〇二一", 2021),
        ("一亿二千万", 120000000),
        ("二点五万", 25000),
        ("98.5%", Decimal("98.5")),
        ("百分之百", 100),
        ("百分之九十八点五", Decimal("98.5")),
        ("4.4025", Decimal("4.4025")),
        ("三分之一", Decimal("0.3333")),
    ],
)
def test_a_numeral_is_read(printed: str, value: int | Decimal) -> None:
    assert parse_numeral(printed) == value


@pytest.mark.parametrize(
    "printed",
    ["", "无", "12 3", "1 2", "1,23", "3-5", "2021年", "三件", "三五", "三千五", "万", "-3", "1.2.3", "一分之零之"],
)
def test_what_is_not_one_number_is_none(printed: str) -> None:
    assert parse_numeral(printed) is None


def test_a_string_of_digits_that_no_count_reaches_has_no_value() -> None:
    (numeral,) = numerals("9" * 100_000)
    assert numeral.value is None


def test_numerals_are_found_in_running_text() -> None:
    found = [(n.value, n.form) for n in numerals("粉丝从1.7 万余人涨至13.6万余人，召开会议二次，回复率100％")]
    assert found == [
        (Decimal(17000), NumeralForm.ARABIC),
        (Decimal(136000), NumeralForm.ARABIC),
        (Decimal(2), NumeralForm.CHINESE),
        (Decimal(100), NumeralForm.PERCENT),
    ]


@given(st.integers(0, 10**8 - 1))
def test_a_number_written_out_is_read_back(number: int) -> None:
    assert parse_numeral(in_chinese(number)) == number
    assert parse_numeral(f"{number:,}") == number
    assert parse_numeral(f"{number:,}".replace(",", "，")) == number
    assert parse_numeral(str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９"))) == number


@given(st.text(alphabet="0123456789.,， 一二两三十百千万亿零点分之%％条年", max_size=60))
def test_numerals_never_overlap_and_stay_inside_the_text(text: str) -> None:
    end = 0
    for numeral in numerals(text):
        assert end <= numeral.start < numeral.end <= len(text)
        end = numeral.end
