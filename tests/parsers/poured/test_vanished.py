"""Rows whose blank cells left no trace, as one figure a line: placed by the sums of the form, or named in a doubt."""

from __future__ import annotations

from decimal import Decimal

from parsers import parse_report
from parsers.forms import form_of
from parsers.report import CellState

COLUMNS = (
    "natural_person",
    "business",
    "research_institute",
    "public_welfare_org",
    "legal_service",
    "other_org",
    "total",
)
GRANTED, NOT_HELD, DUPLICATE = "outcome.granted", "outcome.unable.not_held", "outcome.not_processed.duplicate"
RECEIVED, OUTCOMES = "received.new", "outcome.total"


def _read(rows: dict[str, list[int | None]]) -> tuple[dict[str, Decimal | None], set[str]]:
    """What is read of each cell of the table of requests, and the cells that are in doubt. Blank cells (None), and all of the other
    rows, are left out of the text."""
    form = form_of("2021")
    assert form is not None
    lines = ["某县水利局2023年政府信息公开工作年度报告", "三、收到和处理政府信息公开申请情况", "申请人情况"]
    lines += [column.leaf for column in form.table("requests").columns]
    for row in form.table("requests").rows:
        lines += [row.leaf, *(str(figure) for figure in rows.get(row.key, ()) if figure is not None)]
    report = parse_report("\n".join(lines).encode(), name="report.txt")
    read = {str(cell.key): cell.value for cell in report.cells if cell.state in (CellState.NUMBER, CellState.BLANK)}
    doubted = {key for finding in report.findings if finding.whose == "reading" for key in finding.where}
    return read, doubted


def _cells(row: str) -> list[str]:
    return [f"requests/{row}/{column}" for column in COLUMNS]


def test_figures_find_their_columns_where_one_way_to_place_them_makes_all_sums_hold() -> None:
    rows: dict[str, list[int | None]] = {
        RECEIVED: [98, 41, 3, 5, 17, 2, 166],
        GRANTED: [60, 20, 3, None, 10, None, 93],
        NOT_HELD: [30, 21, None, 5, None, 2, 58],
        DUPLICATE: [8, None, None, None, 7, None, 15],
        OUTCOMES: [98, 41, 3, 5, 17, 2, 166],
    }
    read, doubted = _read(rows)
    for row, figures in rows.items():
        assert [read[key] for key in _cells(row)] == figures
    assert not doubted & {key for row in rows for key in _cells(row)}
    assert [read[key] for key in _cells("outcome.partial")] == [None] * 7


def test_figures_that_another_column_may_hold_as_well_are_in_doubt() -> None:
    rows: dict[str, list[int | None]] = {
        RECEIVED: [9, 4, None, None, None, None, 13],
        GRANTED: [9, None, None, None, None, None, 9],
        NOT_HELD: [None, 4, None, None, None, None, 4],
        OUTCOMES: [9, 4, None, None, None, None, 13],
    }
    read, doubted = _read(rows)
    assert {_cells(GRANTED)[0], _cells(NOT_HELD)[1], *_cells(OUTCOMES)[:2]} <= doubted
    assert [read[_cells(row)[-1]] for row in rows] == [13, 9, 4, 13]


def test_where_noughts_are_printed_a_figure_too_few_may_be_lost() -> None:
    rows: dict[str, list[int | None]] = {
        RECEIVED: [98, 41, 3, 5, 17, 2, 166],
        GRANTED: [60, 20, 3, 0, 10, 0, 93],
        NOT_HELD: [30, 21, None, 5, None, 2, 58],
        DUPLICATE: [8, None, None, None, 7, None, 15],
        OUTCOMES: [98, 41, 3, 5, 17, 2, 166],
    }
    _, doubted = _read(rows)
    assert {*_cells(NOT_HELD), *_cells(DUPLICATE)} <= doubted
