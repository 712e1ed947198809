"""Tables some of whose lines were never drawn: the figures that share a cell tell where these would be."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from parsers.document import GridKind
from parsers.readers.pdf import read_pdf
from tests.parsers.readers.invariants import texts
from tests.parsers.readers.pdf.test_reader import page_with

COLUMNS = (20.0, 120.0, 180.0, 240.0, 300.0, 360.0)
ROWS = (40.0, 64.0, 88.0, 112.0, 136.0)
TABLE = (
    ("受理机构", "自然人", "商业企业", "其他", "总计"),
    ("本年新收", "12", "3", "0", "15"),
    ("上年结转", "0", "1", "0", "1"),
    ("予以公开", "9", "4", "0", "13"),
)
Line = tuple[float, float, float, float]


def walls(missing: Sequence[tuple[int, int]] = (), floors: Sequence[tuple[int, int]] = ()) -> list[Line]:
    """The lines of the table, each from cell to cell; without the walls left of the cells (row, column) ``missing``, and without
    the lines above those of ``floors``."""
    standing = [
        (x, top, x, bottom)
        for column, x in enumerate(COLUMNS)
        for row, (top, bottom) in enumerate(pairwise(ROWS))
        if (row, column) not in missing
    ]
    lying = [
        (left, y, right, y)
        for row, y in enumerate(ROWS)
        for column, (left, right) in enumerate(pairwise(COLUMNS))
        if (row, column) not in floors
    ]
    return standing + lying


def read(table: Sequence[Sequence[str]], lines: list[Line]) -> list[list[str]]:
    printed = [
        (COLUMNS[column] + 8, ROWS[row] + 16, text)
        for row, cells in enumerate(table)
        for column, text in enumerate(cells)
        if text
    ]
    (grid,) = read_pdf(page_with(*printed, lines=lines), "page.pdf").grids
    assert grid.kind is GridKind.RULED
    return texts(grid)


def test_a_wall_that_is_missing_in_one_row_stands_where_it_stands_in_the_others() -> None:
    assert read(TABLE, walls(missing=[(1, 2)])) == [list(row) for row in TABLE]


def test_a_wall_that_is_missing_all_along_stands_between_the_figures_of_all_rows() -> None:
    assert read(TABLE, walls(missing=[(row, 2) for row in range(4)])) == [list(row) for row in TABLE]


def test_where_a_wall_is_missing_all_along_a_blank_beside_a_figure_is_a_cell() -> None:
    table = [*TABLE[:3], ("予以公开", "", "4", "0", "4")]
    assert read(table, walls(missing=[(row, 2) for row in range(4)])) == [list(row) for row in table]


def test_a_line_that_is_missing_between_two_rows_stands_between_their_figures_and_labels() -> None:
    assert read(TABLE, walls(floors=[(2, column) for column in range(5)])) == [list(row) for row in TABLE]


def test_a_line_that_is_missing_below_the_header_stands_above_the_figures() -> None:
    lines = walls(missing=[(0, 2), (1, 2)], floors=[(1, column) for column in range(5)])
    assert read(TABLE, lines) == [list(row) for row in TABLE]


def test_one_figure_in_a_cell_merged_over_two_stays_whole() -> None:
    merged = [*TABLE[:3], ("予以公开", "9", "", "0", "13")]
    assert read(merged, walls(missing=[(3, 2)]))[3] == ["予以公开", "9", "0", "13"]


def test_a_line_that_cuts_a_figure_elsewhere_in_the_cell_parts_nothing() -> None:
    printed = [(28.0, 56.0, "本年新收"), (128.0, 56.0, "7"), (188.0, 56.0, "8")]
    printed += [(28.0, 80.0, "上年结转"), (148.0, 75.0, "1"), (190.0, 75.0, "2"), (165.0, 86.0, "123456")]
    lines = [(x, 40.0, x, 88.0) for x in (20.0, 120.0, 240.0)] + [(180.0, 40.0, 180.0, 64.0)]
    lines += [(20.0, y, 240.0, y) for y in (40.0, 64.0, 88.0)]
    (grid,) = read_pdf(page_with(*printed, lines=lines), "page.pdf").grids
    assert texts(grid) == [["本年新收", "7", "8"], ["上年结转", "1 2 123456"]]


def test_a_figure_parted_by_a_blank_is_one() -> None:
    table = [*TABLE[:1], ("本年新收", "12 345", "3", "0", "15"), ("上年结转", "10 000", "1", "0", "1"), TABLE[3]]
    assert read(table, walls())[1:3] == [list(row) for row in table[1:3]]


def test_figures_too_long_for_their_columns_go_on_below() -> None:
    columns = [20.0, 120.0, 150.0, 180.0, 210.0]
    printed = [(28.0, 56.0, "本年新收"), (28.0, 90.0, "上年结转")]
    printed += [(x + 3, y, text) for x in columns[1:4] for y, text in ((56.0, "1000"), (68.0, "04"), (96.0, "7"))]
    lines = [(x, 40.0, x, 104.0) for x in columns] + [(20.0, y, 210.0, y) for y in (40.0, 74.0, 104.0)]
    (grid,) = read_pdf(page_with(*printed, lines=lines), "page.pdf").grids
    assert [len(row) for row in texts(grid)] == [4, 4]


def test_a_figure_beside_a_table_whose_last_wall_is_missing_is_told_at_the_blank_cell_of_its_row() -> None:
    lines = [(x, 40.0, x, 88.0) for x in (20.0, 120.0, 180.0)] + [(20.0, y, 180.0, y) for y in (40.0, 64.0, 88.0)]
    printed = [(28.0, 56.0, "本年新收"), (128.0, 56.0, "7"), (28.0, 80.0, "上年结转"), (228.0, 80.0, "190436")]
    (note,) = read_pdf(page_with(*printed, lines=lines), "page.pdf").notes
    assert note.code == "crossed_ruling"
    assert [(round(box.x0), round(box.y0)) for box in note.boxes] == [(120, 64)]
