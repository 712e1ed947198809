"""Broken sums name the figure that broke them, what would stand there, and whose trouble it is."""

from __future__ import annotations

from decimal import Decimal

import pytest

from parsers.checks import check
from parsers.report import Cell, CellKey, Finding, Whose
from tests.parsers.checks.tables import cells_of, changed, form, is_arithmetic, sums

REQUESTS = """
5 2 0 0 0 1 8    1 0 0 0 0 0 1    2 1 0 0 0 0 3    0 1 0 0 0 0 1
0 0 0 0 0 0 0    0 0 0 0 0 0 0    0 0 0 0 0 0 0    1 0 0 0 0 0 1
0 0 0 0 0 0 0    0 0 0 0 0 0 0    0 0 0 0 0 0 0    0 0 0 0 0 0 0
0 0 0 0 0 1 1    0 0 0 0 0 0 0    0 0 0 0 0 0 0    2 0 0 0 0 0 2
0 0 0 0 0 0 0    0 0 0 0 0 0 0    0 0 0 0 0 0 0    0 0 0 0 0 0 0
0 0 0 0 0 0 0    0 0 0 0 0 0 0    0 0 0 0 0 0 0    5 2 0 0 0 1 8
1 0 0 0 0 0 1
"""
CELLS = cells_of("2021", {"proactive": "0 " * 10, "requests": REQUESTS, "review_litigation": "0 " * 15})

PETITION = "requests/outcome.not_processed.petition"
DUPLICATE = "requests/outcome.not_processed.duplicate"


def broken(figures: dict[str, str], *doubts: str) -> tuple[Finding, ...]:
    findings = check(form("2021"), changed(CELLS, figures), doubts=[CellKey.parse(key) for key in doubts])
    assert all(is_arithmetic("2021", finding) for finding in findings)
    return findings


def test_the_tables_that_the_examples_start_from_are_consistent() -> None:
    assert check(form("2021"), CELLS) == ()


@pytest.mark.parametrize(
    ("cell", "printed", "reported"),
    [
        pytest.param(
            f"{PETITION}/natural_person",
            "3",
            {("req.row_sum", "outcome.not_processed.petition"), ("req.outcome_sum", "natural_person")},
            id="a leaf",
        ),
        pytest.param(
            f"{PETITION}/total",
            "1",
            {("req.row_sum", "outcome.not_processed.petition"), ("req.outcome_sum", "total")},
            id="a total of a row",
        ),
        pytest.param(
            "requests/outcome.total/natural_person",
            "6",
            {
                ("req.row_sum", "outcome.total"),
                ("req.outcome_sum", "natural_person"),
                ("req.balance", "natural_person"),
            },
            id="a total of outcomes",
        ),
        pytest.param(
            "requests/outcome.total/total",
            "7",
            {("req.row_sum", "outcome.total"), ("req.outcome_sum", "total"), ("req.balance", "total")},
            id="the total of all",
        ),
        pytest.param(
            "requests/received.new/business",
            "_",
            {("req.row_sum", "received.new"), ("req.balance", "business")},
            id="a figure left out",
        ),
    ],
)
def test_one_wrong_figure_stands_where_the_broken_sums_cross(
    cell: str, printed: str, reported: set[tuple[str, str]]
) -> None:
    findings = broken({cell: printed})
    assert sums("2021", findings) == reported
    assert len(findings) == len(reported)
    right = CELLS[CellKey.parse(cell)].raw
    wrong = "0" if printed == "_" else printed
    for finding in findings:
        assert finding.where[0] == cell
        # A blank where the sums ask for a figure may be ours.
        assert finding.whose is (Whose.READING if printed == "_" else Whose.AGENCY)
        assert f"is probably {right}, not {wrong}" in finding.message


def test_the_message_is_one_that_a_clerk_can_act_on() -> None:
    _, row = broken({f"{PETITION}/natural_person": "3"})
    assert row.message == (
        "Row 1.信访举报投诉类申请: 总计 is 2, but 自然人 … 其他 (6 figures) add up to 3 (difference -1); "
        "Column 自然人 (req.outcome_sum) is off by the same amount, "
        "so 1.信访举报投诉类申请 · 自然人 is probably 2, not 3"
    )
    assert (row.expected, row.actual) == (Decimal(3), Decimal(2))


def test_two_slips_in_one_column_are_told_apart() -> None:
    slips = {f"{PETITION}/natural_person": "3", "requests/outcome.granted/natural_person": "7"}
    findings = broken(slips)
    assert {finding.where[0] for finding in findings if finding.rule == "req.row_sum"} == set(slips)
    column = next(finding for finding in findings if finding.rule == "req.outcome_sum")
    assert set(column.where[:2]) == set(slips)
    assert column.message.count("probably") == 2


def test_slips_of_different_places_and_tables_do_not_disturb_each_other() -> None:
    slips = {
        f"{PETITION}/natural_person": "3",
        "requests/outcome.granted/business": "3",
        "requests/received.new/total": "11",
        "review_litigation/review/total": "1",
    }
    findings = broken(slips)
    assert len(findings) == 7
    for slip in list(slips)[:3]:
        assert sum(finding.where[0] == slip for finding in findings) == 2


def test_where_nothing_crosses_no_figure_is_singled_out() -> None:
    (finding,) = broken({"review_litigation/review/total": "1"})
    assert finding.whose is Whose.AGENCY
    assert len(finding.where) == 5
    assert "probably" not in finding.message


def test_a_figure_entered_one_row_too_low_names_both_rows() -> None:
    first, second = broken({f"{PETITION}/natural_person": "0", f"{DUPLICATE}/natural_person": "2"})
    assert sums("2021", (first, second)) == {
        ("req.row_sum", "outcome.not_processed.petition"),
        ("req.row_sum", "outcome.not_processed.duplicate"),
    }
    assert "Row 2.重复申请 is off by the opposite amount" in first.message
    assert {f"{PETITION}/natural_person", f"{DUPLICATE}/natural_person"} <= set(first.where)
    assert first.whose is Whose.AGENCY


def row_of(key: str) -> list[str]:
    return [name for name in map(str, CELLS) if name.startswith(f"{key}/")]


def test_a_row_that_slid_to_the_left_is_a_misreading() -> None:
    row = row_of("requests/outcome.granted")
    slid = dict(zip(row, [*(CELLS[CellKey.parse(name)].raw for name in row[1:]), "_"], strict=True))
    *findings, shift = check(form("2021"), changed(CELLS, slid))
    assert (shift.rule, shift.where) == ("reading.row_shifted", tuple(row))
    assert len(findings) >= 3
    assert all(finding.whose is Whose.READING for finding in findings)
    assert "one place beside their own" in findings[0].message


@pytest.mark.parametrize("left", [True, False], ids=["to the left", "to the right"])
def test_a_table_that_slid_is_a_misreading_and_every_wrong_cell_is_named(left: bool) -> None:
    slid: dict[str, str] = {}
    for row in {key.row: None for key in CELLS if key.table == "requests"}:
        names = row_of(f"requests/{row}")
        raws = [CELLS[CellKey.parse(name)].raw for name in names]
        slid.update(zip(names, [*raws[1:], "_"] if left else ["_", *raws[:-1]], strict=True))
    findings = check(form("2021"), changed(CELLS, slid))
    assert findings[-1].rule == "reading.row_shifted"
    assert all(finding.whose is Whose.READING for finding in findings)
    named = {name for finding in findings for name in finding.where}
    wrong = {name for name, raw in slid.items() if (raw.replace("_", "0")) != CELLS[CellKey.parse(name)].raw}
    assert wrong <= named


def test_a_break_is_the_readings_when_the_cell_at_fault_is_doubtful() -> None:
    cell = f"{PETITION}/natural_person"
    for finding in broken({cell: "3"}, cell):
        assert finding.whose is Whose.READING
        assert finding.where[0] == cell


def test_a_doubtful_cell_elsewhere_in_the_sum_does_not_take_the_blame_from_the_page() -> None:
    for finding in broken({f"{PETITION}/natural_person": "3"}, "requests/outcome.granted/natural_person"):
        assert finding.whose is Whose.AGENCY
        assert finding.where[0] == f"{PETITION}/natural_person"


def test_a_sum_over_a_cell_whose_figure_may_be_lost_is_not_laid_at_the_agencys_door() -> None:
    lost = "requests/outcome.denied.state_secret/natural_person"
    column, row = broken({f"{PETITION}/natural_person": "3", lost: "_"}, lost)
    assert (column.rule, column.whose, column.where[0]) == ("req.outcome_sum", Whose.READING, lost)
    assert (row.rule, row.whose) == ("req.row_sum", Whose.AGENCY)


def test_a_doubtful_cell_takes_the_blame_where_the_sums_leave_a_choice() -> None:
    doubt = "review_litigation/review/pending"
    (finding,) = broken({"review_litigation/review/total": "1"}, doubt)
    assert finding.whose is Whose.READING
    assert finding.where[0] == doubt


def test_totals_left_blank_are_one_hint() -> None:
    blank = {str(key): "_" for key in CELLS if key.column == "total" and key.table == "requests"}
    findings = check(form("2021"), changed(CELLS, blank))
    assert [finding.rule for finding in findings] == ["totals.not_stated"]


def test_two_figures_without_totals_in_an_empty_table_may_be_none_of_it() -> None:
    """In a text that fell apart to one cell a line the number of a page looks like this."""
    empty = {str(key): "_" for key in CELLS if key.table == "requests"}
    stray = {f"{PETITION}/legal_service": "3", f"{DUPLICATE}/business": "4"}
    findings = check(form("2021"), changed(CELLS, empty | stray))
    flagged = {place for finding in findings if finding.whose is Whose.READING for place in finding.where}
    assert flagged >= stray.keys()


def test_one_row_in_doubt_casts_no_doubt_on_the_others_of_a_table_of_totals_alone() -> None:
    blank = {str(key): "_" for key in CELLS if key.column != "total" and key.table == "requests"}
    doubtful = CellKey("requests", "outcome.total", "natural_person")
    (finding,) = check(form("2021"), changed(CELLS, blank), doubts=[doubtful])
    assert (finding.rule, finding.whose) == ("parts.not_stated", Whose.AGENCY)
    assert "requests/received.new/natural_person" in finding.where
    assert str(doubtful) not in finding.where


def test_one_total_left_blank_among_totals_filled_in_may_be_one_that_was_not_read() -> None:
    findings = broken({f"{PETITION}/total": "_"})
    assert {finding.where[0] for finding in findings} == {f"{PETITION}/total"}
    assert {finding.whose for finding in findings} == {Whose.READING}


def test_many_slips_are_all_reported_in_little_time() -> None:
    cells: dict[CellKey, Cell] = changed(
        CELLS, {str(key): str(number * 37 % 11) for number, key in enumerate(CELLS) if key.table == "requests"}
    )
    assert len(check(form("2021"), cells)) > 30
