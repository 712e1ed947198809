"""Rows as people and programs read them."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal

import pytest

from pipeline.output import Format, coloured, print_rows, width

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


def test_colour_is_for_terminals_and_no_color_is_obeyed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert coloured(Terminal())
    assert not coloured(io.StringIO())
    monkeypatch.setenv("NO_COLOR", "1")
    assert not coloured(Terminal())
