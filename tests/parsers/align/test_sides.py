"""Tables whose columns are printed in parts, on pages of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from parsers.align import Alignment, align
from parsers.align.printed import rows_of
from parsers.align.sides import joined_beside
from parsers.document import Box
from parsers.forms import Form, form_of
from parsers.readers.canonical import RawCell
from parsers.report import CellState
from tests.parsers.documents import grids_of, requests_table


def the_form(edition: str) -> Form:
    form = form_of(edition)
    assert form is not None
    return form


FORM = the_form("2021")
REQUESTS = FORM.table("requests")
FIGURES = {
    (row.key, column.key): str(100 * r + c + 1)
    for r, row in enumerate(REQUESTS.rows)
    for c, column in enumerate(REQUESTS.columns)
}
LABELS = 3


def figures_of(alignment: Alignment) -> dict[tuple[str, str], str]:
    return {
        (cell.key.row, cell.key.column): str(cell.value)
        for cell in alignment.cells
        if cell.key.table == "requests" and cell.state is CellState.NUMBER
    }


def cut(
    table: Sequence[RawCell], first: int, end: int, *, page: int, move: int = 0, top: float = 100
) -> list[RawCell]:
    """What stands in some columns of a table, each row 16 points high, on a page of its own; ``move`` columns to the right."""
    cells = []
    for cell in table:
        left, right = max(cell.column, first), min(cell.column + cell.column_span, end)
        if left < right:
            y = top + 16 * cell.row
            box = Box(page, 30 * left, y, 30 * right, y + 16 * cell.row_span)
            cells.append(replace(cell, column=left - first + move, column_span=right - left, box=box))
    return cells


@pytest.mark.parametrize("top", [100, 40])
@pytest.mark.parametrize("place", [5, 7])
def test_what_a_sheet_prints_right_of_its_paper_goes_on_beside_the_labels(place: int, top: float) -> None:
    whole = requests_table(FORM, FIGURES)
    alignment = align(grids_of(cut(whole, 0, place, page=2), cut(whole, place, 10, page=3, top=top)), FORM)
    assert figures_of(alignment) == FIGURES
    assert alignment.doubts == ()


def test_a_sheet_may_be_cut_over_three_pages() -> None:
    whole = requests_table(FORM, FIGURES)
    pages = [cut(whole, a, b, page=b) for a, b in ((0, 4), (4, 7), (7, 10))]
    assert figures_of(align(grids_of(*pages), FORM)) == FIGURES


def test_labels_printed_again_beside_each_part_tell_the_rows() -> None:
    whole = requests_table(FORM, FIGURES)
    right = [*cut(whole, 0, LABELS, page=3), *cut(whole, 6, 10, page=3, move=LABELS)]
    alignment = align(grids_of(cut(whole, 0, 6, page=2), right), FORM)
    assert figures_of(alignment) == FIGURES
    assert alignment.doubts == ()


def test_figures_at_other_heights_belong_to_no_row_of_the_page_before() -> None:
    whole = requests_table(FORM, FIGURES)
    left, right = cut(whole, 0, 6, page=2), cut(whole, 6, 10, page=3)
    moved = [
        replace(cell, box=replace(cell.box, y0=cell.box.y0 + cell.row, y1=cell.box.y1 + cell.row))
        for cell in right
        if cell.box is not None
    ]
    read = figures_of(align(grids_of(left, moved), FORM))
    assert read == {place: figure for place, figure in FIGURES.items() if place in read}
    assert not any(column == "total" for _, column in read)


def test_the_last_row_of_a_table_and_the_figures_of_the_next_one_are_not_one_row() -> None:
    """Both are a header and one row of figures, on pages that follow each other."""

    def page(number: int, header: Sequence[str], figures: Sequence[str]) -> list[RawCell]:
        return [
            RawCell(row, column, text, box=Box(number, 30 * column, 100 + 16 * row, 30 * column + 30, 116 + 16 * row))
            for row, texts in enumerate((header, figures))
            for column, text in enumerate(texts)
        ]

    results = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    fees = page(1, ["信息内容", "本年收费金额（单位：万元）"], ["行政事业性收费", "16"])
    reviews = page(2, results * 3, ["1", "0", "2", "0", "3", *["0"] * 5, "0", "4", "0", "0", "4"])
    rows = rows_of(grids_of(fees, reviews))
    assert joined_beside(rows) == rows


def test_a_row_that_is_blank_right_of_the_cut_hinders_nothing() -> None:
    blank = {(REQUESTS.rows[4].key, column.key): "" for column in REQUESTS.columns[4:]}
    whole = requests_table(FORM, {**FIGURES, **blank})
    alignment = align(grids_of(cut(whole, 0, 7, page=2), cut(whole, 7, 10, page=3)), FORM)
    assert figures_of(alignment) == {place: figure for place, figure in FIGURES.items() if place not in blank}
