"""Rows as people and programs read them."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal

import pytest

from pipeline.shown.fitting import width
from pipeline.shown.output import Format, coloured, print_rows

COLUMNS = ("agency", "2021")
ROWS = [("中卫市公安局", Decimal("12")), ("a|b", None), ("教育局", Decimal("0.5"))]


def printed(form: Format) -> str:
    out = io.StringIO()
    print_rows(COLUMNS, ROWS, form, to=out)
    return out.getvalue()


def test_chinese_and_latin_text_are_aligned_by_display_width() -> None:
    header, rule, first, _, third = printed(Format.TABLE).splitlines()
    assert header == "agency        2021"
    assert first == "中卫市公安局    12"
    assert width(header) == width(rule) == width(first) == width(third)


def test_csv_and_json_hold_numbers_and_nothing_for_nothing() -> None:
    assert list(csv.reader(io.StringIO(printed(Format.CSV))))[1:] == [
        ["中卫市公安局", "12"],
        ["a|b", ""],
        ["教育局", "0.5"],
    ]
    records = json.loads(printed(Format.JSON))
    assert [record["2021"] for record in records] == [12, None, 0.5]


def test_json_of_no_rows_is_an_empty_list() -> None:
    out = io.StringIO()
    print_rows(COLUMNS, [], Format.JSON, to=out)
    assert json.loads(out.getvalue()) == []


def test_a_bar_in_a_markdown_field_does_not_end_it() -> None:
    assert printed(Format.MARKDOWN).splitlines()[3] == "| a\\|b |  |"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def on_a_terminal(
    columns: int, names: tuple[str, ...], rows: list[tuple[object, ...]], monkeypatch: pytest.MonkeyPatch
) -> str:
    """A table as a terminal of this width shows it."""
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("NO_COLOR", "1")
    out = Terminal()
    print_rows(names, rows, to=out)
    return out.getvalue()


LONG = "三、本年度办理结果/（三）不予公开/2.其他法律行政法规禁止公开"


def test_a_table_too_wide_for_the_terminal_is_folded_and_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    rows: list[tuple[object, ...]] = [("中卫市公安局", 2021, LONG, 12), ("中卫市教育局", 2022, "一、本年新收", 1234)]
    lines = on_a_terminal(60, ("agency", "year", "row", "value"), rows, monkeypatch).splitlines()
    assert max(map(width, lines)) <= 60
    assert lines[2:] == [
        "中卫市公安局  2021  三、本年度办理结果/                   12",
        "                    （三）不予公开/2.其他法律行政法规",
        "                    禁止公开",
        "",
        "中卫市教育局  2022  一、本年新收                        1234",
    ]
    in_a_file = io.StringIO()
    print_rows(("row",), [(LONG,)], to=in_a_file)
    assert in_a_file.getvalue().splitlines()[-1] == LONG


def test_many_long_columns_become_a_block_for_each_row(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = on_a_terminal(
        30,
        ("agency", "row", "reason", "file"),
        [("公安局", LONG, LONG, None), ("教育局", "a", "b", "c")],
        monkeypatch,
    )
    assert max(map(width, shown.splitlines())) <= 30
    assert shown.splitlines()[0] == "agency  公安局"
    assert shown.replace("\n        ", "").count(LONG) == 2
    assert shown.splitlines()[-5:] == ["", "agency  教育局", "row     a", "reason  b", "file    c"]


def test_colour_is_for_terminals_and_no_color_is_obeyed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert coloured(Terminal())
    assert not coloured(io.StringIO())
    monkeypatch.setenv("NO_COLOR", "1")
    assert not coloured(Terminal())
