"""What stands in a cell, as agencies print it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.figures import Content, content_of, read_figure
from parsers.forms.form import Numbers
from parsers.report import CellState


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("0", 0),
        ("３５６７１", 35671),
        ("1,839", 1839),
        ("1，839", 1839),
        ("12，", 12),
        ("35671件", 35671),
        ("3宗", 3),
        ("0.0", 0),
        ("0件", 0),
        ("1*", 1),
        ("12①", 12),
        ("9 ①", 9),
        ("〇", 0),
        ("三件", 3),
        ("11398889", 11398889),
    ],
)
def test_a_count_is_read_however_it_is_written(printed: str, value: int) -> None:
    figure = read_figure(printed, Numbers.WHOLE, "件")
    assert (figure.state, figure.value, figure.doubt) == (CellState.NUMBER, Decimal(value), "")


@pytest.mark.parametrize("printed", ["", " ", "\u00a0", "\u3000"])
def test_a_blank_is_no_zero(printed: str) -> None:
    figure = read_figure(printed, Numbers.WHOLE, "件")
    assert (figure.state, figure.value) == (CellState.BLANK, None)


@pytest.mark.parametrize("printed", ["/", "／", "—", "–", "-", "--", "\\", "无", "没有", "零", "不适用", "N/A"])
def test_a_sign_that_there_is_nothing(printed: str) -> None:
    figure = read_figure(printed, Numbers.WHOLE, "件")
    assert (figure.state, figure.value) == (CellState.DASH, None)


@pytest.mark.parametrize(
    "printed", ["12 3", "1 0", "0\t0", "3.2.1", "5/2", "见附件", "约3", "第3", "12元", "2021年", "50705 8"]
)
def test_what_is_no_single_count_is_unreadable(printed: str) -> None:
    assert read_figure(printed, Numbers.WHOLE, "件").state is CellState.UNREADABLE


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("+10", 10),
        ("-11", -11),
        ("－1", -1),
        ("−1", -1),
        ("增3", 3),
        ("减2", -2),
        ("減3", -3),
        ("0", 0),
        ("减少8项", -8),
    ],
)
def test_a_change_has_a_sign(printed: str, value: int) -> None:
    assert read_figure(printed, Numbers.SIGNED, "项").value == value


@pytest.mark.parametrize(
    ("printed", "value", "unit"),
    [
        ("251000元", "25.1", "万元"),
        ("160.5964万元", "160.5964", "万元"),
        ("1.2亿元", "12000", "万元"),
        ("70487", "70487", None),
    ],
)
def test_money_is_converted_only_when_the_page_names_its_unit(printed: str, value: str, unit: str | None) -> None:
    figure = read_figure(printed, Numbers.DECIMAL, "万元", unit_printed=False)
    assert (figure.value, figure.unit) == (Decimal(value), unit)


def test_the_heading_may_name_the_unit_for_all_its_cells() -> None:
    assert read_figure("44025", Numbers.DECIMAL, "万元", heading_unit="元").value == Decimal("4.4025")
    assert read_figure("4.4025万元", Numbers.DECIMAL, "万元", heading_unit="元").value == Decimal("4.4025")


@pytest.mark.parametrize("printed", ["1 839", "4 263.16", "O", "12（含上年）"])
def test_a_figure_that_had_to_be_interpreted_is_doubted(printed: str) -> None:
    figure = read_figure(printed, Numbers.WHOLE, "件")
    assert figure.state is CellState.NUMBER
    assert figure.doubt


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("1.属于国家秘密", Content.WORDS),
        ("（七）总计", Content.WORDS),
        ("第二十条第（一）项", Content.WORDS),
        ("三、本年度办理结果", Content.WORDS),
        ("3.其他", Content.WORDS),
        ("一", Content.FIGURE),
        ("160.5964万元", Content.FIGURE),
        ("12 3", Content.FIGURE),
        ("不涉及", Content.DASH),
    ],
)
def test_labels_and_figures_are_told_apart(text: str, content: Content) -> None:
    assert content_of(text) is content


@given(st.integers(0, 10**9), st.sampled_from(["{}", " {} ", "{:,}", "{}件", "{}\u00a0"]))
def test_any_count_survives_printing(value: int, printed: str) -> None:
    assert read_figure(printed.format(value), Numbers.WHOLE, "件").value == value


@given(st.text(max_size=40))
def test_any_text_has_a_state(text: str) -> None:
    figure = read_figure(text, Numbers.WHOLE, "件")
    assert (figure.value is not None) == (figure.state is CellState.NUMBER)
