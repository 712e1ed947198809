"""Rows and tables that a report leaves out, and rows that are printed and were not recognised."""

from __future__ import annotations

from collections.abc import Sequence

from parsers.align import align
from parsers.document import Document, GridKind, Note
from parsers.forms import form_of
from parsers.forms.form import Form
from parsers.readers.canonical import RawCell, TextBuilder
from parsers.report import CellKey, CellState
from parsers.traces import unprinted
from tests.parsers.documents import requests_table


def the_form() -> Form:
    form = form_of("2021")
    assert form is not None
    return form


FORM = the_form()
PROSE = "全年未发生行政复议和行政诉讼。"
REVIEWS = CellKey("review_litigation", "review", "total")


def report(grid: Sequence[RawCell], *lines: str, notes: tuple[Note, ...] = ()) -> Document:
    builder = TextBuilder()
    builder.add_grid(GridKind.RULED, grid)
    for line in lines:
        builder.add_line(line)
    return Document(
        "报告.pdf",
        "0" * 64,
        "application/pdf",
        "test",
        1,
        builder.text,
        tuple(builder.lines),
        tuple(builder.grids),
        notes=notes,
    )


def without_row(cells: list[RawCell], label: str) -> list[RawCell]:
    rows = {cell.row for cell in cells if cell.text == label}
    assert len(rows) == 1
    return [cell for cell in cells if cell.row not in rows]


def gone(document: Document) -> set[CellKey]:
    alignment = align(document, FORM)
    found = unprinted(document, FORM, alignment)
    assert found <= {cell.key for cell in alignment.cells if cell.state is CellState.ABSENT}
    return set(found)


def test_a_table_whose_labels_stand_nowhere_is_not_printed() -> None:
    keys = gone(report(requests_table(FORM, {}), PROSE))
    assert keys >= {key for key in FORM.cell_keys() if key.table == "review_litigation"}


def test_a_table_that_is_told_in_prose_may_be_there() -> None:
    told = "行政复议：结果维持1件，结果纠正0件，其他结果0件，尚未审结0件，总计1件。"
    assert REVIEWS not in gone(report(requests_table(FORM, {}), PROSE, told))


def test_a_row_whose_label_stands_nowhere_is_not_printed() -> None:
    table = requests_table(FORM, {})
    label = FORM.table("requests").row("outcome.denied.state_secret").leaf
    keys = gone(report(without_row(table, label)))
    assert {key.row for key in keys if key.table == "requests"} == {"outcome.denied.state_secret"}


def test_a_row_that_a_page_break_left_as_a_line_is_printed() -> None:
    table = requests_table(FORM, {})
    label = FORM.table("requests").row("outcome.denied.state_secret").leaf
    document = report(without_row(table, label), f"{label} 3")
    absent = {cell.key.row for cell in align(document, FORM).cells if cell.state is CellState.ABSENT}
    assert "outcome.denied.state_secret" in absent
    assert not {key for key in gone(document) if key.table == "requests"}


def test_where_characters_were_lost_anything_may_be_printed() -> None:
    assert not gone(report(requests_table(FORM, {}), PROSE, notes=(Note("characters_lost", "", 1),)))
