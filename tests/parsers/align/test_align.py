"""A page's table in, the form's cells out: right, or named in a doubt."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers import parse_report
from parsers.align import Alignment, align
from parsers.align.printed import rows_of
from parsers.arbiter import sums_keep_rows, sums_tell_left_out
from parsers.document import GridKind
from parsers.forms import Form, form_of
from parsers.readers.canonical import RawCell
from parsers.readers.html import read_html
from parsers.readers.text import read_text
from parsers.report import Cell, CellState, Whose
from tests.parsers.documents import document_of, grids_of, requests_table, without_rows


def the_form(edition: str) -> Form:
    form = form_of(edition)
    assert form is not None
    return form


FORM = the_form("2021")
ROWS = [row.key for row in FORM.table("requests").rows]
COLUMNS = [column.key for column in FORM.table("requests").columns]
# A different figure in every cell, so that no cell can be right by accident.
FIGURES = {(row, column): str(100 * r + c + 1) for r, row in enumerate(ROWS) for c, column in enumerate(COLUMNS)}


def cells_of(alignment: Alignment, table: str = "requests") -> dict[tuple[str, str], Cell]:
    return {(cell.key.row, cell.key.column): cell for cell in alignment.cells if cell.key.table == table}


def doubted(alignment: Alignment) -> set[tuple[str, str]]:
    return {(key.row, key.column) for doubt in alignment.doubts for key in doubt.cells}


def wrong(alignment: Alignment) -> dict[tuple[str, str], Cell]:
    """The cells that say a number and not the one that was printed, although nobody doubts them."""
    return {
        place: cell
        for place, cell in cells_of(alignment).items()
        if cell.state is CellState.NUMBER and str(cell.value) != FIGURES[place] and place not in doubted(alignment)
    }


def test_the_official_table_is_read_whole() -> None:
    alignment = align(grids_of(requests_table(FORM, FIGURES)), FORM)
    assert {place: str(cell.value) for place, cell in cells_of(alignment).items()} == FIGURES
    assert alignment.doubts == ()
    assert alignment.left_over == ()
    assert alignment.absent_tables == ("proactive", "review_litigation")


def test_every_figure_shows_where_it_was_read() -> None:
    document = grids_of(requests_table(FORM, FIGURES))
    for cell in cells_of(align(document, FORM)).values():
        assert cell.evidence is not None
        assert cell.evidence.span.of(document.text) == cell.raw


def test_a_table_goes_on_over_the_page_without_its_header() -> None:
    whole = requests_table(FORM, FIGURES)
    first, second = without_rows(whole, range(14, 28)), without_rows(whole, range(14))
    alignment = align(grids_of(first, second), FORM)
    assert {place: str(cell.value) for place, cell in cells_of(alignment).items()} == FIGURES
    assert alignment.doubts == ()


def test_a_table_goes_on_over_the_page_with_its_header_again() -> None:
    whole = requests_table(FORM, FIGURES)
    first, second = without_rows(whole, range(14, 28)), without_rows(whole, range(3, 14))
    alignment = align(grids_of(first, second), FORM)
    assert {place: str(cell.value) for place, cell in cells_of(alignment).items()} == FIGURES
    assert alignment.doubts == ()


def test_a_row_that_is_a_group_of_the_rows_below_is_no_header_of_their_columns() -> None:
    """三、本年度办理结果 stands over all columns, right below a header that is printed again."""
    whole = requests_table(FORM, FIGURES)
    group = RawCell(3, 0, "三、本年度办理结果", column_span=10)
    below = [replace(cell, row=cell.row + 1) if cell.row > 2 else cell for cell in without_rows(whole, range(3, 5))]
    rest = [cell for cell in below if cell.text != group.text]
    alignment = align(grids_of(without_rows(whole, range(5, 28)), [*rest, group]), FORM)
    assert {place: str(cell.value) for place, cell in cells_of(alignment).items()} == FIGURES
    assert alignment.doubts == ()


def test_a_blank_row_that_begins_a_page_is_no_part_of_the_row_that_ends_the_one_before() -> None:
    """Its label stands in the first of two columns of labels, that of the row before in the only one."""
    empty = {place: "" if place[0] == "received.carried_over" else figure for place, figure in FIGURES.items()}
    whole = requests_table(FORM, empty)
    first = [replace(cell, column=cell.column - 2) if cell.column > 2 else cell for cell in whole if cell.row < 4]
    first = [replace(cell, column_span=1) if cell.column == 0 else cell for cell in first]
    second = [
        replace(cell, column_span=1) if (cell.row, cell.column) == (0, 0) else cell
        for cell in without_rows(whole, range(4))
    ]
    alignment = align(grids_of(first, [*second, RawCell(0, 1, ""), RawCell(0, 2, "")]), FORM)
    states = {cell.state for (row, _), cell in cells_of(alignment).items() if row == "received.carried_over"}
    assert states == {CellState.BLANK}
    assert wrong(alignment) == {}


def test_a_row_cut_by_the_page_goes_on_below_a_header_with_a_corner_of_its_own() -> None:
    """项目 stands in the corner; 8.属于行政 begins two labels, and 查询事项 stands below the header that is printed again."""
    corner = FORM.table("requests").corner[0]
    whole = [
        replace(cell, text="项目" if cell.text == corner else cell.text) for cell in requests_table(FORM, FIGURES)
    ]
    cut = 3 + ROWS.index("outcome.denied.administrative_inquiry")
    above = [
        replace(cell, text="8.属于行政" if (cell.row, cell.column) == (cut, 2) else cell.text)
        for cell in without_rows(whole, range(cut + 1, 28))
    ]
    below = [
        replace(cell, text="查询事项" if cell.column == 2 else "") if cell.row == 3 else cell
        for cell in without_rows(whole, range(3, cut))
    ]
    alignment = align(grids_of(above, below), FORM)
    assert {place: str(cell.value) for place, cell in cells_of(alignment).items()} == FIGURES
    assert alignment.doubts == ()


def proactive_cut_by_the_page(first_row: str) -> Alignment:
    """The figure of 行政处罚 at the end of a page, and its label on the next, below a row that the page prints first."""
    header = ("信息内容", "本年处理决定数量")
    above = [("第二十条第（五）项", ""), header, ("行政许可", "5"), ("第二十条第（六）项", ""), header, ("", "7")]
    below = [
        ("行政处罚", ""),
        ("行政强制", "97"),
        ("第二十条第（八）项", ""),
        ("信息内容", "本年收费金额"),
        ("行政事业性收费", "0"),
    ]
    grids = [
        [
            RawCell(n, column, text)
            for n, row in enumerate([(first_row, ""), *rows])
            for column, text in enumerate(row)
        ]
        for rows in (above, below)
    ]
    return align(grids_of(*grids), FORM)


@pytest.mark.parametrize("title", ["主动公开政府信息情况表", "单位：件", "（接上页）", "续表"])
def test_the_label_of_a_row_cut_by_the_page_stands_below_the_title_of_the_table_printed_again(title: str) -> None:
    cells = cells_of(proactive_cut_by_the_page(title), "proactive")
    assert [cells[row, "decisions"].value for row in ("penalties", "coercive_measures")] == [7, 97]


def test_a_figure_of_its_own_at_the_end_of_a_page_may_be_that_of_the_first_row_of_the_next_below_other_words() -> (
    None
):
    assert ("penalties", "decisions") in doubted(proactive_cut_by_the_page("某县水利局"))


@pytest.mark.parametrize("figures_above", [True, False])
def test_a_row_cut_in_two_by_the_page_is_made_whole(figures_above: bool) -> None:
    whole = requests_table(FORM, FIGURES)
    cut = 3 + ROWS.index("outcome.other.not_corrected")
    label = FORM.table("requests").row("outcome.other.not_corrected").leaf

    def half(cell: RawCell, upper: bool) -> RawCell:
        if cell.row != cut or cell.column < 2:
            return cell
        if cell.text == label:
            return replace(cell, text=label[:17] if upper else label[17:])
        return replace(cell, text=cell.text if upper is figures_above else "")

    first = [half(cell, True) for cell in without_rows(whole, range(cut + 1, 28))]
    second = [
        replace(half(replace(cell, row=cell.row + cut), False), row=cell.row)
        for cell in without_rows(whole, range(cut))
    ]
    alignment = align(grids_of(first, second), FORM)
    assert {place: str(cell.value) for place, cell in cells_of(alignment).items()} == FIGURES


def test_the_names_of_a_sheet_s_rows_and_columns_are_no_figures() -> None:
    """A spreadsheet may print A, B, C above its columns and 1, 2, 3 beside its rows."""
    table = [replace(cell, row=cell.row + 1, column=cell.column + 1) for cell in requests_table(FORM, FIGURES)]
    names = [RawCell(0, 0, ""), *(RawCell(0, 1 + n, name) for n, name in enumerate("ABCDEFGHIJ"))]
    numbers = [RawCell(row, 0, str(row)) for row in range(1, 4 + len(ROWS))]
    alignment = align(grids_of([*names, *numbers, *table]), FORM)
    assert {place: str(cell.value) for place, cell in cells_of(alignment).items()} == FIGURES
    assert alignment.doubts == ()


def test_the_end_of_a_label_that_the_page_break_left_over_its_column_says_nothing_against_it() -> None:
    """自然 stands at the foot of the page before, 人 over the figures; the label of the total stands there too."""
    whole = requests_table(FORM, FIGURES)
    upper = [RawCell(0, 0, ""), RawCell(0, 1, "自然"), RawCell(0, 2, "法人或其他组织"), RawCell(0, 3, "总计")]
    left = {3: "人", 9: ""}
    lower = [replace(cell, row=cell.row - 2) for cell in whole if cell.row > 1]
    lower += [RawCell(0, 0, "", column_span=3), *(RawCell(0, column, text) for column, text in left.items())]
    alignment = align(grids_of(upper, lower), FORM)
    assert {place: str(cell.value) for place, cell in cells_of(alignment).items()} == FIGURES
    assert alignment.doubts == ()


def test_frames_inside_the_cells_make_no_rows_of_their_own() -> None:
    """Each figure has a frame in its cell; those of two lines are higher, so that lines part the row in three."""
    table: list[RawCell] = []
    for cell in requests_table(FORM, FIGURES):
        row = 3 * cell.row
        if cell.row < 3 or cell.column < 3:
            table.append(replace(cell, row=row, row_span=3 * cell.row_span))
        elif cell.column % 3:
            parts = [RawCell(row + n, cell.column, cell.text if n == 1 else "") for n in range(3)]
            table += parts
        else:
            table.append(replace(cell, row=row, row_span=3))
    alignment = align(grids_of(table), FORM)
    assert {place: str(cell.value) for place, cell in cells_of(alignment).items()} == FIGURES
    assert alignment.doubts == ()


def test_a_label_whose_beginning_is_another_label_is_made_whole_over_the_break() -> None:
    """2.其他 stands above the break with the figures, 法律行政法规禁止公开 below; 其他 is a row of its own."""
    whole = requests_table(FORM, FIGURES)
    cut = 3 + ROWS.index("outcome.denied.law_prohibited")
    first = [
        replace(cell, text="2.其他") if (cell.row, cell.column) == (cut, 2) else cell
        for cell in without_rows(whole, range(cut + 1, 28))
    ]
    second = [
        replace(cell, text="法律行政法规禁止公开" if cell.column == 2 else "") if cell.row == 0 else cell
        for cell in without_rows(whole, range(cut))
    ]
    alignment = align(grids_of(first, second), FORM)
    assert {place: str(cell.value) for place, cell in cells_of(alignment).items()} == FIGURES


@pytest.mark.parametrize("mark", ["[1]", "*", "［2］"])
def test_the_mark_of_a_footnote_is_no_part_of_a_label(mark: str) -> None:
    label = FORM.table("requests").row("outcome.partial").leaf + "（区分处理的，只计这一情形，不计其他情形）"
    place = (3 + ROWS.index("outcome.partial"), 1)
    table = [
        replace(cell, text=label + mark) if (cell.row, cell.column) == place else cell
        for cell in requests_table(FORM, FIGURES)
    ]
    alignment = align(grids_of(table), FORM)
    assert {place: str(cell.value) for place, cell in cells_of(alignment).items()} == FIGURES
    assert alignment.doubts == ()


def test_a_row_cut_through_its_middle_keeps_the_short_figures_above_its_label() -> None:
    """Figures of one line stand above the page break, without a label; the label and the figures of two lines below it."""
    whole = requests_table(FORM, FIGURES)
    cut = 3 + ROWS.index("outcome.not_processed.publication")

    def left_above(cell: RawCell) -> bool:
        return cell.column > 2 and cell.column % 2 == 0

    first = [
        replace(cell, text=cell.text if left_above(cell) else "") if cell.row == cut and cell.column > 1 else cell
        for cell in without_rows(whole, range(cut + 1, 28))
    ]
    second = [
        replace(cell, text="") if cell.row == 0 and left_above(cell) else cell
        for cell in without_rows(whole, range(cut))
    ]
    alignment = align(grids_of(first, second), FORM)
    assert {place: str(cell.value) for place, cell in cells_of(alignment).items()} == FIGURES


def test_a_label_that_begins_the_next_page_belongs_to_the_figures_that_end_this_one() -> None:
    """In a table without lines, nothing stands in the columns of figures beside the label."""
    whole = requests_table(FORM, FIGURES)
    cut = 3 + ROWS.index("outcome.not_processed.publication")
    label = FORM.table("requests").row("outcome.not_processed.publication").leaf
    above = [replace(cell, row_span=1) for cell in without_rows(whole, range(cut + 1, 28))]
    first = [cell for cell in above if cell.row < cut or cell.column > 2]
    rest = [cell for cell in without_rows(whole, range(cut + 1)) if cell.column > 1]
    second = [RawCell(0, 0, label), *(replace(cell, row=cell.row + 1, column=cell.column - 2) for cell in rest)]
    alignment = align(grids_of(first, second, kind=GridKind.ALIGNED), FORM)
    read = cells_of(alignment)["outcome.not_processed.publication", "total"]
    assert str(read.value) == FIGURES["outcome.not_processed.publication", "total"]
    assert not wrong(alignment)


def test_figures_without_a_label_of_their_own_beside_a_row_put_it_in_doubt() -> None:
    whole = requests_table(FORM, FIGURES)
    place = 3 + ROWS.index("outcome.not_processed.publication")
    nameless = [replace(cell, text="") if (cell.row, cell.column) == (place, 2) else cell for cell in whole]
    alignment = align(grids_of(nameless), FORM)
    assert wrong(alignment) == {}
    assert {row for row, _ in doubted(alignment)} == {
        "outcome.not_processed.duplicate",
        "outcome.not_processed.excessive",
    }


def test_labels_of_groups_that_the_page_cuts_together_with_a_row_are_made_whole_with_it() -> None:
    """A header stands again in the middle of a page, so the groups begin anew in the row that the page cuts."""
    place = 3 + ROWS.index("outcome.denied.security_stability")
    table = requests_table(FORM, FIGURES)
    figures = [replace(cell, row=3) for cell in table if cell.row == place and cell.column > 2]
    header = [cell for cell in table if cell.row < 3]
    above = [RawCell(3, 0, "三、本"), RawCell(3, 1, "（三）"), RawCell(3, 2, "3.危"), *figures]
    below = [RawCell(3, 0, "年度办理结果"), RawCell(3, 1, "不予公开"), RawCell(3, 2, "及“三安全一稳定”")]
    below += [RawCell(3, column, "") for column in range(3, 10)]
    rest = [replace(cell, row=cell.row - place + 3) for cell in table if cell.row > place]
    before = without_rows(table, set(range(place, 3 + len(ROWS))))
    alignment = align(grids_of(before, [*header, *above], [*header, *below, *rest]), FORM)
    assert {place: str(cell.value) for place, cell in cells_of(alignment).items()} == FIGURES


def test_a_label_without_its_number_or_with_other_signs_is_the_same_label() -> None:
    table = [
        replace(cell, text=cell.text.replace("“", '"').replace("”", '"').replace("、", "，").replace("（", "("))
        for cell in requests_table(FORM, FIGURES)
    ]
    assert wrong(align(grids_of(table), FORM)) == {}


def test_a_label_numbered_with_a_comma_is_told_from_its_words_alone() -> None:
    """3、其他 behind the end of its group's label, which the page break cut: （六）其他处 | 理."""
    cut = {"（六）其他处理": "理", "3.其他": "3、其他"}
    table = [replace(cell, text=cut.get(cell.text, cell.text)) for cell in requests_table(FORM, FIGURES)]
    alignment = align(grids_of(table), FORM)
    assert {place: str(cell.value) for place, cell in cells_of(alignment).items()} == FIGURES
    assert alignment.doubts == ()


@pytest.mark.parametrize(("left", "is_sure"), [(10, True), (5, False)])
def test_a_long_beginning_of_a_label_that_is_no_other_s_names_its_row(left: int, is_sure: bool) -> None:
    """The rest stands on the next page: 二、上年结转政府信息 | 公开申请数量; of 二、上年结 too little is left."""
    label = FORM.table("requests").row("received.carried_over").leaf
    table = [
        replace(cell, text=label[:left] if cell.text == label else cell.text)
        for cell in requests_table(FORM, FIGURES)
    ]
    alignment = align(grids_of(table), FORM)
    assert wrong(alignment) == {}
    assert ({("received.carried_over", column) for column in COLUMNS} <= doubted(alignment)) is not is_sure


def test_a_label_that_lost_a_sign_is_the_only_one_that_it_may_be() -> None:
    """Fonts that do not tell all of their signs leave holes in the labels."""
    cells = [
        replace(cell, text=cell.text.replace("信访举报", "信\ufffd举报").replace("重复", "\ufffd复"))
        for cell in requests_table(FORM, FIGURES)
    ]
    alignment = align(grids_of(cells), FORM)
    assert {place: str(cell.value) for place, cell in cells_of(alignment).items()} == FIGURES
    assert doubted(alignment) == set()


def test_an_explanation_whose_brackets_are_lost_stands_behind_its_label() -> None:
    explained = "\ufffd二\ufffd部分公开\ufffd区分处理的，只计这\ufffd情形，不计其他情形\ufffd"
    table = [
        replace(cell, text=explained if cell.text.startswith("（二）部分公开") else cell.text)
        for cell in requests_table(FORM, FIGURES)
    ]
    alignment = align(grids_of(table), FORM)
    assert {place: str(cell.value) for place, cell in cells_of(alignment).items()} == FIGURES
    assert alignment.doubts == ()


def test_signs_lost_in_a_number_or_for_quotation_marks_leave_a_label_certain() -> None:
    lost = {"（一）予以公开": "（\ufffd）予以公开", "3.危及“三安全一稳定”": "3.危及\ufffd三安全\ufffd稳定\ufffd"}
    table = [replace(cell, text=lost.get(cell.text, cell.text)) for cell in requests_table(FORM, FIGURES)]
    alignment = align(grids_of(table), FORM)
    assert {place: str(cell.value) for place, cell in cells_of(alignment).items()} == FIGURES
    assert alignment.doubts == ()


def test_a_sign_of_the_upright_label_of_a_group_is_no_figure() -> None:
    """（三）不予公开 printed one sign a line has 三 beside the label of one of its rows."""
    row, other = rows_of(document_of("结|三|3.危及“三安全一稳定”|—|1|0\n规章|三|二|〇|5|0"))
    assert [cell.text for cell in row.values] == ["—", "1", "0"]
    assert [cell.text for cell in other.values] == ["三", "二", "〇", "5", "0"]


def test_labels_in_traditional_signs() -> None:
    signs = str.maketrans("规废现总数处机关结类维纠复议诉讼开", "規廢現總數處機關結類維糾復議訴訟開")
    table = [replace(cell, text=cell.text.translate(signs)) for cell in requests_table(FORM, FIGURES)]
    alignment = align(grids_of(table), FORM)
    assert {place: str(cell.value) for place, cell in cells_of(alignment).items()} == FIGURES
    assert alignment.doubts == ()


def test_rows_that_lost_their_vertical_spans_and_were_filled_up_at_the_end() -> None:
    # As LibreOffice writes Word files saved as XML: the header slid to the left too, and names wrong columns.
    ends: dict[int, int] = {}
    slid: list[RawCell] = []
    for cell in sorted(requests_table(FORM, FIGURES), key=lambda cell: (cell.row, cell.column)):
        slid.append(replace(cell, column=ends.get(cell.row, 0), row_span=1))
        ends[cell.row] = ends.get(cell.row, 0) + cell.column_span
    slid += [RawCell(row, end, "", column_span=10 - end) for row, end in ends.items() if end < 10]
    alignment = align(grids_of(slid, kind=GridKind.MARKUP), FORM)
    assert {place: str(cell.value) for place, cell in cells_of(alignment).items()} == FIGURES
    assert alignment.doubts == ()


def test_reviews_with_their_labels_at_the_left() -> None:
    document = document_of(
        "类别|类别|结果维持|结果纠正|其他结果|尚未审结|总计\n行政复议|行政复议|1|2|3|4|10\n"
        "行政诉讼|未经复议直接起诉|5|6|7|8|26\n行政诉讼|复议后起诉|9|1|2|3|15",
        kind=GridKind.MARKUP,
    )
    read = cells_of(align(document, FORM), "review_litigation")
    assert " ".join(str(cell.value) for cell in read.values()) == "1 2 3 4 10 5 6 7 8 26 9 1 2 3 15"


def test_reviews_in_a_table_of_their_own_beside_lawsuits_whose_label_holds_theirs() -> None:
    """行政复议 stands in 未经行政复议直接起诉 too, and is no label there."""
    results = [column.leaf for column in FORM.table("review_litigation").columns]

    def table(*lines: list[str]) -> list[RawCell]:
        width = max(map(len, lines))
        return [
            RawCell(row, n * (width // len(line)), text, column_span=width // len(line))
            for row, line in enumerate(lines)
            for n, text in enumerate(line)
        ]

    reviews = table(["行政复议"], results, ["1", "2", "3", "4", "10"])
    groups = ["未经行政复议直接起诉", "经复议后起诉"]
    lawsuits = table(["行政诉讼"], groups, results * 2, [*"5678", "26", *"9123", "15"])
    cells = cells_of(align(grids_of(reviews, lawsuits), FORM), "review_litigation").values()
    assert [str(cell.value) for cell in cells] == [*"1234", "10", *"5678", "26", *"9123", "15"]


def test_reviews_with_their_labels_at_the_left_and_nothing_filled_in_are_seen_to_be_blank() -> None:
    results = FORM.table("review_litigation").columns
    header = [RawCell(0, 0, "类别"), *(RawCell(0, 1 + n, column.leaf) for n, column in enumerate(results))]
    rows = [
        RawCell(number, column, label if column == 0 else "")
        for number, label in enumerate(["行政复议", "未经复议直接起诉", "复议后起诉"], 1)
        for column in range(6)
    ]
    cells = cells_of(align(grids_of([*header, *rows]), FORM), "review_litigation").values()
    assert {cell.state for cell in cells} == {CellState.BLANK}
    assert all(cell.evidence is not None for cell in cells)


def test_a_row_in_which_a_cell_is_missing_is_doubted() -> None:
    place = 3 + ROWS.index("outcome.unable.not_held")
    table = [
        replace(cell, column=cell.column - (cell.column > 5)) if cell.row == place else cell
        for cell in requests_table(FORM, FIGURES)
        if (cell.row, cell.column) != (place, 5)
    ]
    alignment = align(grids_of(table, kind=GridKind.MARKUP), FORM)
    assert {row for row, _ in doubted(alignment)} == {"outcome.unable.not_held"}
    assert wrong(alignment) == {}


def test_totals_left_blank_throughout_are_no_missing_cells() -> None:
    figures = {place: "" if place[1] == "total" else figure for place, figure in FIGURES.items()}
    assert align(grids_of(requests_table(FORM, figures)), FORM).doubts == ()


FIFTEEN = "1 2 3 4 10 5 6 7 8 26 9 1 2 3 15"


def test_an_empty_line_between_header_and_figures_is_not_the_figures() -> None:
    """A double line drawn as two is a row of empty cells."""
    labels = "结果维持|结果纠正|其他结果|尚未审结|总计"
    groups = ["行政复议"] * 5 + ["未经复议直接起诉"] * 5 + ["复议后起诉"] * 5
    lines = ["|".join(groups), "|".join([labels] * 3), "|".join([""] * 15), "1|2|3|4|10|5|6|7|8|26|9|1|2|3|15"]
    read = cells_of(align(document_of("\n".join(lines), kind=GridKind.RULED), FORM), "review_litigation")
    assert " ".join(str(cell.value) for cell in read.values()) == "1 2 3 4 10 5 6 7 8 26 9 1 2 3 15"


def test_reviews_and_lawsuits_in_tables_of_their_own() -> None:
    names = "结果维持|结果纠正|其他结果|尚未审结|总计"
    document = document_of(
        f"行政复议||||\n{names}\n1|2|3|4|10",
        "四、行政诉讼情况",
        f"行政诉讼|||||||||\n未经复议直接起诉|||||复议后起诉||||\n{names}|{names}\n5|6|7|8|26|9|1|2|3|15",
        kind=GridKind.MARKUP,
    )
    read = cells_of(align(document, FORM), "review_litigation")
    assert " ".join(str(cell.value) for cell in read.values()) == FIFTEEN


def test_reviews_whose_narrow_columns_break_their_labels_where_no_wall_parts_them() -> None:
    document = document_of(
        f"行政复议|行政诉讼{'|' * 13}\n未经复议直接起诉|复议后起诉{'|' * 13}\n"
        f"结果维 结果纠 其他结 尚未审|结果维 结果纠 其他结 尚未审|结果维 结果纠 其他结 尚未审{'|' * 12}\n"
        f"{'|'.join(['持|正|果|结|总计'] * 3)}\n{'|'.join(FIFTEEN.split())}",
        kind=GridKind.ALIGNED,
    )
    read = cells_of(align(document, FORM), "review_litigation")
    assert " ".join(str(cell.value) for cell in read.values()) == FIFTEEN


@pytest.mark.parametrize(
    "header",
    [
        "结果 结果 其他 尚未 总 结果 结果 其他 尚未 总 结果 结果 其他 尚未 总\n"
        "维持 纠正 结果 审结 计 维持 纠正 结果 审结 计 维持 纠正 结果 审结 计",
        "结 结 其 尚 总 结 结 其 尚 总\n果 果 他 未 果 果 他 未 结 结 其 尚 总\n维 纠 结 审 计 维 纠 结 审 计 果 果 他 未\n"
        "持 正 果 结 持 正 果 结 维 纠 结 审 计\n持 正 果 结",
    ],
)
def test_reviews_whose_labels_a_text_broke_over_its_lines(header: str) -> None:
    """As a printed page leaves it behind: the labels of all columns cut to pieces, and one line of figures."""
    figures = "3 1 0 2 6 1 0 0 1 2 4 0 0 0 4"
    lines = (
        f"四、复议和诉讼情况\n行政复议 行政诉讼\n未经复议直接起诉 复议后起诉\n{header}\n{figures}\n五、存在的主要问题"
    )

    alignment = align(document_of(lines), FORM)

    assert [cell.raw for cell in cells_of(alignment, "review_litigation").values()] == figures.split()
    assert not doubted(alignment)
    without_a_sign = document_of(lines.replace("总", "", 1))
    assert "review_litigation" in align(without_a_sign, FORM).absent_tables


def test_reviews_as_a_list() -> None:
    groups = ("行政复议|行政复议", "行政诉讼|未经复议直接起诉", "行政诉讼|复议后起诉")
    names = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
    figures = iter(FIFTEEN.split())
    lines = [f"{group}|{name}|{next(figures)}" for group in groups for name in names]
    read = cells_of(align(document_of("\n".join(lines), kind=GridKind.MARKUP), FORM), "review_litigation")
    assert " ".join(str(cell.value) for cell in read.values()) == FIFTEEN


def test_a_blank_row_of_a_block_beside_figures_of_an_unknown_label_is_doubted() -> None:
    document = document_of(
        "第二十条第（五）项|\n信息内容|本年处理决定数量\n行政许可|5\n第二十条第（六）项|\n信息内容|本年处理决定数量\n"
        "行政处罚|6\n行政强制|7\n第二十条第（八）项|\n信息内容|本年收费金额（单位：万元）\n行政事业|\n性收费|174.33"
    )
    assert ("fees", "amount") in doubted(align(document, FORM))


def with_row_added(label: str, figures: dict[tuple[str, str], str]) -> list[RawCell]:
    """The official table with a row that the agency added in the middle of a group."""
    moved = [
        replace(cell, row=cell.row + 1) if cell.row >= 10 else cell
        for cell in requests_table(FORM, figures)
        if cell.column_span < 3 or cell.row != 99
    ]
    moved = [
        replace(cell, row_span=cell.row_span + 1) if cell.row < 10 < cell.row + cell.row_span else cell
        for cell in moved
    ]
    return [*moved, RawCell(10, 2, label), *(RawCell(10, 3 + column, "7") for column in range(7))]


def test_an_unofficial_row_is_left_over_and_moves_nothing() -> None:
    alignment = align(grids_of(with_row_added("本地自行增加的情形", FIGURES)), FORM)
    assert {place: str(cell.value) for place, cell in cells_of(alignment).items()} == FIGURES
    assert [rule for rule, _ in alignment.left_over] == ["left_over.row"]


def test_a_subtotal_casts_no_doubt_on_the_blank_rows_beside_it() -> None:
    blank = dict.fromkeys(FIGURES, "")
    assert doubted(align(grids_of(with_row_added("本地自行增加的情形", blank)), FORM)) != set()
    alignment = align(grids_of(with_row_added("小 计", blank)), FORM)
    assert (alignment.doubts, alignment.left_over) == ((), ())
    assert {cell.state for cell in cells_of(alignment).values()} == {CellState.BLANK}


def test_a_row_of_signs_for_none_is_that_of_the_table_above_and_not_of_the_one_below() -> None:
    leaves = "".join(f"<td>{text}" for text in ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计"))
    page = (
        f"<p>某县水利局2024年政府信息公开工作年度报告</p><table><tr><td colspan=5>行政复议<tr>{leaves}<tr>{'<td>／' * 5}</table>"
        f"<table><tr><td colspan=10>行政诉讼<tr><td colspan=5>未经复议直接起诉<td colspan=5>复议后起诉<tr>{leaves * 2}"
        f"<tr>{'<td>／' * 4}<td>10{'<td>／' * 5}</table>"
    )
    alignment = align(read_html(page.encode(), "报告.html"), FORM)
    cells = cells_of(alignment, "review_litigation")
    assert [place for place, cell in cells.items() if cell.state is not CellState.DASH] == [
        ("litigation.direct", "total")
    ]
    assert alignment.doubts == ()


def test_a_row_of_signs_for_none_behind_its_label_is_no_header_of_the_table_below() -> None:
    """Its label, a total, is the name of a column, and its table has the labels of groups nowhere above all of their columns."""
    leaves = ("维持结果", "纠正结果", "其他结果", "尚未审结", "总计")
    total = [RawCell(0, 0, "（七）总计"), *(RawCell(0, column, "—") for column in range(1, 8))]
    lawsuits = [
        RawCell(0, 10, "行政诉讼", 1, 2),
        RawCell(1, 7, "未经行政复议直接起诉", 1, 3),
        RawCell(1, 12, "复议后起诉", 1, 3),
        RawCell(2, 3, "行政复议"),
        *(RawCell(3, column, leaf) for column, leaf in enumerate(leaves * 3, 1)),
        *(RawCell(4, column, "0") for column in range(1, 16)),
    ]
    alignment = align(grids_of(total, lawsuits, kind=GridKind.ALIGNED), FORM)
    assert {cell.state for cell in cells_of(alignment, "review_litigation").values()} == {CellState.NUMBER}
    assert alignment.doubts == ()


def test_signs_for_none_without_a_label_may_be_those_of_the_blank_row_beside_them() -> None:
    """A label that took in the line below it (四、结转下年度继续办理, 续表) stands no longer beside its own."""
    signs = dict.fromkeys(FIGURES, "/")
    whole = list(requests_table(FORM, signs))
    last = max(cell.row for cell in whole)
    blank = [replace(cell, text="") if cell.row == last and cell.text == "/" else cell for cell in whole]
    stray = [RawCell(last + 1, column, "/") for column in range(3, 10)]
    alignment = align(grids_of([*blank, *stray], kind=GridKind.ALIGNED), FORM)
    assert doubted(alignment) == {("carried_forward", column) for column in COLUMNS}


def test_more_signs_for_none_than_a_table_has_columns_are_those_of_another_table() -> None:
    whole = requests_table(FORM, dict.fromkeys(FIGURES, "/"))
    other = [RawCell(0, column, "1" if column == 4 else "/") for column in range(15)]
    assert doubted(align(grids_of(whole, other, kind=GridKind.ALIGNED), FORM)) == set()


def test_one_figure_over_merged_columns_is_lost_and_said_to_be() -> None:
    row = 3 + ROWS.index("outcome.partial")
    table = [cell for cell in requests_table(FORM, FIGURES) if cell.row != row or not 3 <= cell.column <= 8]
    alignment = align(grids_of([*table, RawCell(row, 3, "0", column_span=6)]), FORM)
    lost = {place for place, cell in cells_of(alignment).items() if cell.state is CellState.UNREADABLE}
    assert {("outcome.partial", column) for column in COLUMNS[:6]} <= lost <= doubted(alignment)
    assert wrong(alignment) == {}


@pytest.mark.parametrize("kind", [GridKind.RULED, GridKind.MARKUP])
def test_a_dash_merged_over_all_columns_of_a_row_is_one_in_each(kind: GridKind) -> None:
    """规章 | 无, merged over the three columns of the block; and the same in the matrix."""
    titles = [RawCell(0, 0, "第二十条第（一）项", column_span=4)]
    header = [
        RawCell(1, n, text) for n, text in enumerate(["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"])
    ]
    rules = [RawCell(2, 0, "规章"), RawCell(2, 1, "无", column_span=3)]
    documents = [RawCell(3, n, text) for n, text in enumerate(["行政规范性文件", "5", "1", "8"])]
    licences = [
        RawCell(4, 0, "第二十条第（五）项", column_span=4),
        RawCell(6, 0, "行政许可"),
        RawCell(6, 1, "4", column_span=3),
    ]
    licences += [RawCell(5, 0, "信息内容"), RawCell(5, 1, "本年处理决定数量", column_span=3)]
    place = 3 + ROWS.index("outcome.denied.state_secret")
    table = [cell for cell in requests_table(FORM, FIGURES) if cell.row != place or cell.column < 3]
    matrix = [*table, RawCell(place, 3, "/", column_span=7)]
    alignment = align(grids_of([*titles, *header, *rules, *documents, *licences], matrix, kind=kind), FORM)
    assert {c.state for c in cells_of(alignment, "proactive").values() if c.key.row == "rules"} == {CellState.DASH}
    assert {cells_of(alignment)["outcome.denied.state_secret", column].state for column in COLUMNS} == {
        CellState.DASH
    }
    assert doubted(alignment) == set()


def test_a_column_without_a_label_in_which_nothing_stands_is_doubted() -> None:
    """The edge of the paper cut off the totals, but for a strip of their cells."""
    figures = {place: figure for place, figure in FIGURES.items() if place[1] != "total"}
    table = [
        replace(cell, text="" if cell.text == "总计" else cell.text)
        for cell in requests_table(FORM, figures, otherwise="")
    ]
    alignment = align(grids_of(table), FORM)
    assert doubted(alignment) == {(row, "total") for row in ROWS}


def test_a_header_printed_again_above_blank_rows_is_no_row_although_it_ends_in_a_row_s_label() -> None:
    blank = dict.fromkeys(FIGURES, "")
    whole = requests_table(FORM, blank)
    total = 3 + ROWS.index("outcome.total")
    first, second = without_rows(whole, range(total, 28)), without_rows(whole, range(3, total))
    header = [RawCell(0, 0, "项目", column_span=3), RawCell(0, 3, "自然人"), RawCell(0, 9, "总计")]
    header += [RawCell(0, 4, "法人或其他组织", column_span=5)]
    alignment = align(grids_of(first, [*header, *(c for c in second if c.row > 1)]), FORM)
    assert {cell.state for cell in cells_of(alignment).values()} == {CellState.BLANK}
    assert alignment.doubts == ()


def test_two_figures_in_one_cell_are_never_made_one() -> None:
    table = requests_table(FORM, {**FIGURES, ("received.new", "business"): "12 3"})
    cell = cells_of(alignment := align(grids_of(table), FORM))["received.new", "business"]
    assert (cell.state, cell.raw) == (CellState.UNREADABLE, "12 3")
    assert ("received.new", "business") in doubted(alignment)


def test_columns_printed_in_another_order_follow_their_labels_or_are_doubted() -> None:
    table = requests_table(FORM, FIGURES)
    swapped = [
        replace(cell, column={4: 5, 5: 4}[cell.column])
        if cell.row >= 2 and cell.column in (4, 5) and cell.column_span == 1
        else cell
        for cell in table
    ]
    assert wrong(align(grids_of(swapped), FORM)) == {}


def test_a_table_that_fell_apart_to_one_cell_a_line() -> None:
    document = grids_of(requests_table(FORM, FIGURES))
    loose = document_of(document.text.replace("\t", "\n"))
    alignment = align(loose, FORM)
    assert {place: str(cell.value) for place, cell in cells_of(alignment).items()} == FIGURES


def test_figures_that_lost_their_blank_neighbours_are_not_slid_to_the_left() -> None:
    lines = requests_table(FORM, {}, otherwise="")
    text = "\n".join(cell.text for cell in lines if cell.text)
    label = FORM.table("requests").row("received.new").leaf
    alignment = align(document_of(text.replace(label, f"{label}\n2\n2")), FORM)
    cells = cells_of(alignment)
    assert {cells["received.new", column].state for column in COLUMNS} == {CellState.UNREADABLE}
    assert {("received.new", column) for column in COLUMNS} <= doubted(alignment)


def test_a_report_without_tables_has_no_cells_and_says_so() -> None:
    alignment = align(document_of("一、总体情况\n2023年，主动公开政府信息120条，其中总计其他10条。"), FORM)
    assert {cell.state for cell in alignment.cells} == {CellState.ABSENT}
    assert alignment.absent_tables == ("proactive", "requests", "review_litigation")


@settings(max_examples=60, deadline=None)
@given(dropped=st.sets(st.integers(3, 27), max_size=8), kind=st.sampled_from([GridKind.RULED, GridKind.MARKUP]))
def test_rows_that_are_missing_never_move_the_others(dropped: set[int], kind: GridKind) -> None:
    alignment = align(grids_of(without_rows(requests_table(FORM, FIGURES), dropped), kind=kind), FORM)
    assert wrong(alignment) == {}
    absent = {row for (row, _), cell in cells_of(alignment).items() if cell.state is CellState.ABSENT}
    assert absent == {ROWS[place - 3] for place in dropped}


@settings(max_examples=60, deadline=None)
@given(blank=st.sets(st.tuples(st.sampled_from(ROWS), st.sampled_from(COLUMNS)), max_size=120))
def test_blank_cells_never_move_the_others(blank: set[tuple[str, str]]) -> None:
    figures = {place: "" if place in blank else figure for place, figure in FIGURES.items()}
    alignment = align(grids_of(requests_table(FORM, figures)), FORM)
    assert wrong(alignment) == {}
    assert {place for place, cell in cells_of(alignment).items() if cell.state is CellState.BLANK} == blank


@settings(max_examples=40, deadline=None)
@given(
    cut=st.integers(4, 26),
    prefix=st.lists(st.sampled_from(["", "\t", "\t\t"]), min_size=25, max_size=25),
    suffix=st.lists(st.sampled_from(["", "\t"]), min_size=25, max_size=25),
)
def test_ragged_rows_of_text_are_right_or_flagged(cut: int, prefix: list[str], suffix: list[str]) -> None:
    table = FORM.table("requests")
    lines = [
        f"{before}{row.leaf}\t" + "\t".join(FIGURES[row.key, column] for column in COLUMNS) + after
        for row, before, after in zip(table.rows, prefix, suffix, strict=True)
    ]
    blocks = ["\n".join(lines[: cut - 3]).replace("\t", "|"), "— 3 —", "\n".join(lines[cut - 3 :]).replace("\t", "|")]
    alignment = align(document_of(*blocks), FORM)
    assert {place: str(cell.value) for place, cell in cells_of(alignment).items()} == FIGURES


def left_out(alignment: Alignment) -> set[str]:
    return {key.row for key in alignment.left_out}


def test_a_row_whose_neighbours_stand_right_below_each_other_was_left_out_by_the_agency() -> None:
    whole = requests_table(FORM, FIGURES)
    place = 3 + ROWS.index("outcome.not_processed.duplicate")
    assert left_out(align(grids_of(without_rows(whole, {place})), FORM)) == {"outcome.not_processed.duplicate"}
    assert left_out(align(grids_of(without_rows(whole, {place, place + 1})), FORM)) == {
        "outcome.not_processed.duplicate",
        "outcome.not_processed.publication",
    }


def test_a_row_that_may_stand_somewhere_is_not_said_to_be_left_out() -> None:
    """Its text may be lost and its cells still there; it may be cut off with the page; no line may show where rows end."""
    whole = requests_table(FORM, FIGURES)
    place = 3 + ROWS.index("outcome.not_processed.duplicate")
    emptied = [replace(cell, text="" if cell.row == place and cell.column > 1 else cell.text) for cell in whole]
    assert left_out(align(grids_of(emptied), FORM)) == set()
    first, second = without_rows(whole, range(place, 28)), without_rows(whole, range(place + 1))
    assert left_out(align(grids_of(first, second), FORM)) == set()
    for kind in (GridKind.ALIGNED, GridKind.MARKUP):
        assert left_out(align(grids_of(without_rows(whole, {place}), kind=kind), FORM)) == set()
    above = [
        replace(cell, text=f"{cell.text} 0" if cell.row == place - 1 and cell.column > 2 else cell.text)
        for cell in whole
    ]
    assert left_out(align(grids_of(without_rows(above, {place})), FORM)) == set(), (
        "its figures stand beside those above"
    )


def test_a_row_whose_label_stands_in_the_first_column_of_figures_is_doubted_whole() -> None:
    """A wall was not drawn left of the label: the figures behind it stand one place beside their columns."""
    table = requests_table(FORM, FIGURES)
    place = 3 + ROWS.index("outcome.not_processed.duplicate")
    (label,) = [cell.text for cell in table if cell.row == place and cell.column == 2]
    figures = [cell.text for cell in table if cell.row == place and cell.column > 2]
    slid = dict(enumerate(["", label, *figures[:-1]], 2))
    moved = [
        replace(cell, text=slid.get(cell.column, cell.text) if cell.row == place else cell.text) for cell in table
    ]
    row = {("outcome.not_processed.duplicate", column) for column in COLUMNS}
    assert row <= doubted(align(grids_of(moved), FORM))


@pytest.mark.parametrize(("received", "gone"), [("3", {"outcome.not_processed.duplicate"}), ("4", set[str]())])
def test_a_row_that_markup_passes_over_was_left_out_where_all_columns_add_up_without_it(
    received: str, gone: set[str]
) -> None:
    """Where a piece of the file is lost, and the row with it, the sums of its columns lack what it printed."""
    rows = {"received.new": received, "outcome.granted": "3", "outcome.total": received}
    figures = {(row, column): figure for row, figure in rows.items() for column in COLUMNS}
    cells = without_rows(requests_table(FORM, figures), {3 + ROWS.index("outcome.not_processed.duplicate")})
    alignment = align(grids_of(cells, kind=GridKind.MARKUP), FORM)
    assert left_out(sums_tell_left_out(FORM, alignment)) == gone


def test_a_group_merged_over_a_row_too_many_takes_no_label_from_the_row_below() -> None:
    """The cell of the group below begins a row late, so the label of a row stands in its place, in front of it."""
    cells = requests_table(FORM, FIGURES)
    (group,) = [cell for cell in cells if cell.text == "（四）无法提供"]
    last = FORM.table("requests").row("outcome.unable.still_unclear").leaf
    moved = [
        replace(cell, column=group.column)
        if cell.text == last
        else replace(cell, column=group.column + 1)
        if cell is group
        else cell
        for cell in cells
    ]
    alignment = align(grids_of(moved, kind=GridKind.MARKUP), FORM)
    assert {cells_of(alignment)["outcome.unable.still_unclear", column].state for column in COLUMNS} == {
        CellState.NUMBER
    }
    assert wrong(alignment) == {}


def test_a_label_that_two_rows_run_together_is_doubted() -> None:
    """A page without lines prints the total above what is carried forward, and both labels as one text."""
    table = requests_table(FORM, FIGURES)
    (total,) = {cell.row for cell in table if cell.text == FORM.table("requests").row("outcome.total").leaf}
    last = "（七）总计四、结转下年度继续办理"
    labels = {FORM.table("requests").row("carried_forward").leaf}
    run_together = [
        replace(cell, text=last) if cell.text in labels else cell for cell in without_rows(table, [total])
    ]
    alignment = align(grids_of(run_together), FORM)
    assert {("carried_forward", column) for column in COLUMNS} <= doubted(alignment)


def test_a_label_that_two_rows_of_a_block_run_together_is_doubted() -> None:
    """Walls that were not seen: the label of one row went up, and its figures stand beside the title of the next block."""
    document = document_of(
        "第二十条第（一）项|\n信息内容|本年制发件数|本年废止件数|现行有效件数\n规章行政规范性文件|0|0|0\n"
        "0第二十条第（五）项|0|211\n信息内容|本年处理决定数量\n行政许可|99\n行政处罚|6\n行政强制|7"
    )
    keys = {("normative_documents", column) for column in ("issued", "repealed", "in_force")}
    assert keys <= doubted(align(document, FORM))


def test_a_short_row_whose_label_stands_in_the_first_column_is_not_read_by_the_header() -> None:
    """The group beside the row is merged over one column too many, so that all behind it stands one place further on, and the
    last two cells are merged."""
    place = 3 + ROWS.index("outcome.denied.law_prohibited")
    cells = []
    for cell in requests_table(FORM, FIGURES):
        if cell.row == place and cell.column >= 2:
            cell = replace(cell, column=cell.column + 1)
        if cell.row != place or cell.column < 9:
            cells.append(cell)
    cells.append(RawCell(place, 9, FIGURES["outcome.denied.law_prohibited", "total"], column_span=2))
    cells = [
        replace(c, column_span=2) if c.text == "（三）不予公开" else c
        for c in cells
        if (c.row, c.column) != (place - 1, 2)
    ]
    alignment = align(grids_of(cells, kind=GridKind.MARKUP), FORM)
    row = [cell for key, cell in cells_of(alignment).items() if key[0] == "outcome.denied.law_prohibited"]
    assert all(cell.state is CellState.UNREADABLE for cell in row)


def test_one_sum_that_holds_tells_nothing_of_a_line_that_lost_a_figure() -> None:
    """Fourteen figures one a line: those of the second group add up by chance."""
    table = FORM.table("review_litigation")
    leaves = [column.leaf for column in table.columns]
    labels = ["行政复议", "行政诉讼", *leaves, "未经复议直接起诉", "复议后起诉", *leaves, *leaves]
    text = "\n\n".join([*labels, *"10000", *"11024", *"4019", "\n\n五、存在的主要问题"])
    alignment = sums_keep_rows(FORM, align(read_text(text.encode(), "report.txt"), FORM))
    assert set(cells_of(alignment, "review_litigation")) == doubted(alignment)


def lines_of_requests(changed: dict[str, str]) -> str:
    """The table of requests, a row a line; ``changed`` are other lines for some of the rows."""
    rows = FORM.table("requests").rows
    figures = {row.key: " ".join(FIGURES[row.key, column] for column in COLUMNS) for row in rows}
    return "\n".join(f"{changed.get(row.key, row.leaf)} {figures[row.key]}" for row in rows)


def test_the_remark_in_brackets_behind_a_label_may_go_on_in_the_next_line() -> None:
    text = lines_of_requests({"outcome.partial": "（二）部分公开（区分处理的，只计这一情\n形，不计其他情形）\n"})
    alignment = align(read_text(text.encode(), "report.txt"), FORM)
    assert {place: str(cell.value) for place, cell in cells_of(alignment).items()} == FIGURES
    assert not {key for doubt in alignment.doubts for key in doubt.cells if key.table == "requests"}


@pytest.mark.parametrize("label", ["3 “ ”\n．危及 三安全一稳定", "3. “ ”\n危及 三安全一稳定"])
def test_quotation_marks_of_another_font_stand_apart_from_their_words_and_part_a_label_from_its_number(
    label: str,
) -> None:
    text = lines_of_requests({"outcome.denied.security_stability": label})
    alignment = align(read_text(text.encode(), "report.txt"), FORM)
    assert {place: str(cell.value) for place, cell in cells_of(alignment).items()} == FIGURES
    assert not {key for doubt in alignment.doubts for key in doubt.cells if key.table == "requests"}


def test_a_blank_may_part_a_figure_from_its_sign_or_its_unit() -> None:
    form = the_form("2019")
    lines = ["第二十条第（五）项", "信息内容 上一年项目数量 本年增/减 处理决定数量"]
    lines += ["行政许可 12 增 3 559 件", "其他对外管理服务事项 4 减 1 0 件", "第二十条第（六）项", lines[1]]
    lines += ["行政处罚 7 0 227 件", "行政强制 9 +3 547 件"]
    alignment = align(read_text("\n".join(lines).encode(), "report.txt"), form)
    found = cells_of(alignment, "proactive")
    columns = ("items_previous_year", "items_change", "decisions")
    read = [[found[row, column].value for column in columns] for row in ("licensing", "other_services", "penalties")]
    assert read == [[12, 3, 559], [4, -1, 0], [7, 0, 227]]


def test_a_sign_for_none_above_figures_of_the_next_table_is_no_blank_cell() -> None:
    """One cell a line: below the last row of a table the labels of the next one begin."""
    labels = ["第二十条第（八）项", "信息内容", "本年收费金额（单位：万元）", "行政事业性收费", "—"]
    first = [
        "规章",
        "1",
        "0",
        "3",
        "行政规范性文件",
        "0",
        "0",
        "7",
        "行政许可",
        "5",
        "行政处罚",
        "2",
        "行政强制",
        "0",
    ]
    following = ["三、收到和处理政府信息公开申请情况", "一、本年新收政府信息公开申请数量", *"1000001"]
    text = "\n".join([*first, *labels, *following])
    alignment = align(read_text(text.encode(), "report.txt"), FORM)
    assert cells_of(alignment, "proactive")["fees", "amount"].state is CellState.DASH
    assert ("fees", "amount") not in doubted(alignment)


def test_a_blank_cell_where_a_label_should_be_merged_further_leaves_no_doubt_of_its_row() -> None:
    """An editor left （七）总计 merged over one column instead of two; its sum does not hold, and that is the agency's."""
    table = requests_table(FORM, {("outcome.total", "natural_person"): "4", ("outcome.total", "total"): "1"})
    label = next(cell for cell in table if cell.text == "（七）总计")
    short = [replace(cell, column_span=1) if cell is label else cell for cell in table]
    alignment = align(grids_of([*short, RawCell(label.row, label.column + 1, "")], kind=GridKind.MARKUP), FORM)
    assert not alignment.doubts


def test_a_row_that_slid_to_the_right_and_lost_its_last_figure_is_doubted_unless_its_sum_holds() -> None:
    """Ragged text: an empty cell in front of the last label, so that the figures stand one place further on."""
    lines = [
        "\t".join(["" if n < len(row.path) - 1 else row.leaf for n in range(len(row.path))] + ["1"] * 6 + ["6"])
        for row in FORM.table("requests").rows
    ]
    label = FORM.table("requests").row("carried_forward").leaf
    header = "\t".join(["", "", *(column.leaf for column in FORM.table("requests").columns)])
    slid = {("carried_forward", column) for column in COLUMNS}

    def read(last: str) -> Alignment:
        text = "\n".join([header, *lines[:-1], last]).replace("\t", "|")
        return sums_keep_rows(FORM, align(document_of(text), FORM))

    assert slid <= doubted(read(f"\t{label}\t\t447\t238\t5\t28\t53\t21"))
    assert not slid & doubted(read(f"\t{label}\t\t5\t4\t0\t0\t0\t9"))
    assert not slid & doubted(read(f"{label}\t\t5\t4\t0\t0\t0\t9"))


def with_own_labels(figures: Callable[[str], list[str]], fillings: Callable[[int, int], int]) -> str:
    """The table of requests as text: a row begins with its own labels, ends with empty cells that fill it up, ``fillings`` by how many
    labels the form has for it and how many are its own, and has the ``figures`` of its key between."""
    started: set[tuple[str, ...]] = set()
    lines: list[str] = []
    for row in FORM.table("requests").rows:
        groups = [row.path[: depth + 1] for depth in range(len(row.path))]
        labels = [group[-1] for group in groups if group not in started]
        started.update(groups)
        lines.append("|".join([*labels, *figures(row.key), *[""] * fillings(len(groups), len(labels))]))
    return "\n".join(lines)


def test_a_blank_cell_behind_a_label_is_that_of_its_first_column_where_rows_are_filled_up_at_their_end() -> None:
    """As text of a page is kept: pipes stand for the rest of merged cells."""

    def figures(key: str) -> list[str]:
        filled = key in ("received.new", "outcome.granted", "outcome.total")
        return ["1", *[""] * 5, "1"] if filled else [*[""] * 6, "0"]

    text = with_own_labels(figures, lambda depth, _: 3 - depth)
    assert not doubted(align(document_of(text), FORM))


def test_rows_filled_up_at_their_end_begin_right_behind_their_labels() -> None:
    """Where other rows show that, a row whose first cells are blank begins there too."""

    def figures(key: str) -> list[str]:
        return [*[""] * 3, "2", "", "", "2"] if key == "outcome.partial" else ["3", *[""] * 5, "3"]

    alignment = align(document_of(with_own_labels(figures, lambda _, own: 3 - own)), FORM)
    assert cells_of(alignment)["outcome.partial", "public_welfare_org"].value == 2
    assert not {place for place in doubted(alignment) if place[0] == "outcome.partial"}


def test_blank_figures_of_blocks_filled_up_at_their_end_stay_in_their_columns() -> None:
    form = the_form("2019")
    rows = []
    for block in form.table("proactive").blocks:
        leaves = [form.table("proactive").column(key).leaf for key in block.columns]
        figures = ["4", "", "247"][: len(leaves)]
        rows += [[block.label], ["信息内容", *leaves]]
        rows += [[form.table("proactive").row(key).leaf, *figures] for key in block.rows]
    text = "\n".join("|".join([*row, *[""] * (5 - len(row))]) for row in rows)
    alignment = align(document_of(text), form)
    penalties = [
        cells_of(alignment, "proactive")["penalties", key] for key in form.table("proactive").blocks[2].columns
    ]
    assert [cell.value for cell in penalties] == [4, None, 247]
    assert not {key for doubt in alignment.doubts for key in doubt.cells if key.table == "proactive"}


def test_a_blank_cell_behind_one_of_several_labels_is_that_of_its_first_column_where_merges_are_lost() -> None:
    """Each row has its own labels, as many as they are, and seven cells: none of them can have gone."""
    started: set[str] = set()
    lines = []
    for row in FORM.table("requests").rows:
        group = [label for label in row.path[1:-1] if label not in started]
        started.update(group)
        lines.append("|".join([*group, row.leaf, *[""] * 6, "0"]))
    header = "|".join(column.leaf for column in FORM.table("requests").columns)
    assert not doubted(align(document_of("\n".join([header, *lines])), FORM))


@pytest.mark.parametrize(
    ("kind", "is_doubted"), [(GridKind.MARKUP, False), (GridKind.ALIGNED, False), (GridKind.DELIMITED, True)]
)
def test_a_total_left_blank_is_doubted_where_a_cell_may_have_gone_from_its_row(
    kind: GridKind, is_doubted: bool
) -> None:
    """Seven cells that a page marks up are seven cells; seven fields of a text may be six and one to fill up the row."""
    figures = {**FIGURES, ("outcome.partial", "total"): ""}
    alignment = align(grids_of(requests_table(FORM, figures), kind=kind), FORM)
    assert (("outcome.partial", "natural_person") in doubted(alignment)) is is_doubted


def test_the_header_of_the_next_table_is_no_part_of_a_short_last_row() -> None:
    """The last row of table two is filled up with empty cells, and the header of table three has two cells."""
    decisions = "第二十条第（六）项|||\n信息内容|本年处理决定数量||\n行政处罚|1||\n行政强制|0||"
    fees = "第二十条第（八）项|||\n信息内容|本年收费金额（单位：万元）||\n行政事业性收费|4.5||"
    corner, banner = FORM.table("requests").corner[0], FORM.table("requests").banners[0]
    header = f"{corner}|{banner}\n|自然人|法人或其他组织|总计"
    page = document_of(f"{decisions}\n{fees}", header, kind=GridKind.MARKUP)
    assert str(cells_of(align(page, FORM), "proactive")["fees", "amount"].value) == "4.5"


def test_empty_lines_are_blank_cells_where_cells_stand_one_a_line() -> None:
    """As a word processor saves a table: the cells of a group label that goes on are empty lines too."""
    rows = FORM.table("requests").rows
    lines = [
        "\n" * (len(row.path) - 1) + f"{row.leaf}\n1\n\n2\n\n\n0\n3" if n else f"{row.leaf}\n5\n0\n0\n0\n0\n0\n5"
        for n, row in enumerate(rows)
    ]
    columns = "\n".join(column.leaf for column in FORM.table("requests").columns)
    cells = cells_of(align(read_text("\n".join([columns, *lines]).encode(), "报告.txt"), FORM))
    states = [cells["outcome.granted", column].state for column in COLUMNS]
    number, blank = CellState.NUMBER, CellState.BLANK
    assert states == [number, blank, number, blank, blank, number, number]
    assert [cells["carried_forward", column].raw for column in COLUMNS] == ["1", "", "2", "", "", "0", "3"]


def test_empty_lines_are_blank_cells_where_a_program_drops_empty_texts() -> None:
    """Two empty lines stand between cells, and a blank cell is two more, not three: the 5 stands behind two blanks."""
    figures = {"outcome.granted": ["", "", "5", "", "1", "", "6"]}
    rows = [
        [row.leaf, *figures.get(row.key, ["0", "0", "0", "0", "0", "0", "0"])] for row in FORM.table("requests").rows
    ]
    header = [column.leaf for column in FORM.table("requests").columns]
    text = "".join(f"\n\n\n{cell}" if cell else "\n\n" for cell in [*header, *(cell for row in rows for cell in row)])
    cells = cells_of(align(read_text(text.encode(), "报告.txt"), FORM))
    assert [cells["outcome.granted", column].raw for column in COLUMNS] == figures["outcome.granted"]
    assert [cells["outcome.partial", column].raw for column in COLUMNS] == ["0"] * 7


def test_noughts_between_empty_lines_are_doubted_whatever_their_sums() -> None:
    """As some programs pour out a page: the empty lines between the noughts are no blank cells, and no sum would miss them."""
    table = FORM.table("review_litigation")
    labels = [
        "行政复议",
        "行政诉讼",
        "未经复议直接起诉",
        "复议后起诉",
        *[column.leaf for column in table.columns] * 3,
    ]
    title = "云溪县水利局2022年政府信息公开工作年度报告\n四、政府信息公开行政复议、行政诉讼情况\n"
    text = title + "\n".join([*labels, *["0"] * 5, *["\n0"] * 4, "0", "\n"]) + "\n五、存在的主要问题及改进情况\n"
    report = parse_report(text.encode(), name="年报.txt")
    doubted = {key for finding in report.findings if finding.whose is Whose.READING for key in finding.cells}
    assert any(cell.state is CellState.BLANK for cell in report.cells if cell.key.table == table.key)
    assert doubted.issuperset(table.cell_keys())


def test_a_label_set_one_sign_a_line_begins_with_no_figure() -> None:
    rows = FORM.table("requests").rows
    figures = "\n".join("1000001")
    labels = ["\n".join("三、本年度办理结果") + f"\n{row.leaf}" if n == 2 else row.leaf for n, row in enumerate(rows)]
    text = "\n".join(f"{label}\n{figures}" for label in labels)
    cells = cells_of(align(read_text(text.encode(), "报告.txt"), FORM))
    assert [cells["received.carried_over", column].raw for column in COLUMNS] == list("1000001")
    assert [cells["outcome.granted", column].raw for column in COLUMNS] == list("1000001")


def test_a_row_that_a_page_break_cut_through_label_and_figures_is_unreadable() -> None:
    """Neither half is the row: 36 below 44 was 4436 on one page, and each half prints a part of the label."""
    place = ROWS.index("outcome.unable.not_held") + 3
    table = requests_table(FORM, FIGURES)
    upper, lower = [], []
    for cell in table:
        if cell.row < place:
            upper.append(replace(cell, row_span=min(cell.row_span, place + 1 - cell.row)))
        elif cell.row > place:
            lower.append(replace(cell, row=cell.row - place))
        else:
            middle = (len(cell.text) + 1) // 2
            upper.append(replace(cell, text=cell.text[:middle], row_span=1))
            lower.append(replace(cell, text=cell.text[middle:], row=0))
    lower.append(RawCell(0, 0, "", row_span=len(ROWS) - place + 2))
    alignment = align(grids_of(upper, lower), FORM)
    states = {cells_of(alignment)["outcome.unable.not_held", column].state for column in COLUMNS}
    assert states == {CellState.UNREADABLE}
    assert not wrong(alignment)


def test_a_figure_beside_the_header_of_its_column_is_not_passed_over() -> None:
    """The official file of 2019 merges header and figures of a block differently; here all merges were lost."""
    form = the_form("2019")
    block = "第二十条第（{}）项||||\n信息内容|上一年项目数量|本年增/减||处理决定数量\n"
    rows = block.format("五") + "行政许可|1||增34|5873\n其他对外管理服务事项|3681||增18|\n"
    rows += block.format("六") + "行政处罚|13||0|14\n行政强制|0||-2|"
    cells = cells_of(align(document_of(rows, kind=GridKind.MARKUP), form), "proactive")
    assert str(cells["other_services", "items_change"].value) == "18"
    assert cells["other_services", "decisions"].state is CellState.BLANK
    assert str(cells["coercive_measures", "items_change"].value) == "-2"


def test_empty_cells_left_out_at_the_end_of_rows_of_text_do_not_move_the_others() -> None:
    # Merged cells leave empty ones behind, so every cell has its place; 总计 and what stands before it is blank in two rows.
    cells = requests_table(FORM, FIGURES)
    width = max(cell.column + cell.column_span for cell in cells)
    lines = [[""] * width for _ in range(3 + len(ROWS))]
    for cell in cells:
        lines[cell.row][cell.column] = cell.text
    first = 3 + ROWS.index("received.new")
    lines[first][9] = ""
    lines[first + 3][8:] = ["", ""]
    text = "\n".join("\t".join(line).rstrip("\t") for line in lines)
    alignment = align(read_text(text.encode(), "made.txt"), FORM)
    assert wrong(alignment) == {}
    assert cells_of(alignment)["received.new", "other_org"].value == 6
    assert cells_of(alignment)["received.new", "total"].state is CellState.BLANK
    assert cells_of(alignment)["outcome.partial", "other_org"].state is CellState.BLANK


def test_a_block_of_text_whose_last_figure_is_blank_keeps_its_columns() -> None:
    # The official file cuts 本年增/减 over two columns in the header, the year before over two columns in the rows.
    text = "\n".join(
        [
            "第二十条第（五）项",
            "信息内容\t上一年项目数量\t本年增/减\t\t处理决定数量",
            "行政许可\t197\t\t-8\t15",
            "其他对外管理服务事项\t23\t\t0\t259",
            "第二十条第（六）项",
            "信息内容\t上一年项目数量\t本年增/减\t\t处理决定数量",
            "行政处罚\t238\t\t-2\t42978",
            "行政强制\t89\t\t31",
        ]
    )
    cells = cells_of(align(read_text(text.encode(), "made.txt"), the_form("2019")), "proactive")
    measures = {column: cell.value for (row, column), cell in cells.items() if row == "coercive_measures"}
    assert measures == {"items_previous_year": 89, "items_change": 31, "decisions": None}


def test_figures_below_a_row_with_figures_are_no_more_of_it() -> None:
    """Narrow columns broke figures over two lines of a printout: 549 over 83 and so on; seven pieces are no seven figures."""
    lines = [f"{row.leaf}  9  9  9  9  9  9  9" for row in FORM.table("requests").rows]
    lines[0] = f"{FORM.table('requests').rows[0].leaf}  83  7  8\n9  8  0  5"
    alignment = align(read_text("\n".join(lines).encode(), "made.txt"), FORM)
    assert {("received.new", column) for column in COLUMNS} <= doubted(alignment)


def test_empty_lines_are_no_blank_cells_where_several_cells_stand_on_a_line() -> None:
    first = ["信息内容  本年制发件数  本年废止件数  现行有效件数", "规章  0  0  0", "行政规范性文件         3  7"]
    second = ["信息内容  本年处理决定数量", "行政许可  5"]
    text = "\n\n".join(["第二十条第（一）项", *first, "第二十条第（五）项", *second])
    alignment = align(read_text(text.encode(), "made.txt"), FORM)
    assert cells_of(alignment, "proactive")["licensing", "decisions"].value == 5
    assert ("normative_documents", "issued") in doubted(alignment)


def test_figures_that_go_on_below_the_row_of_a_table_without_lines_are_doubted() -> None:
    header = "行政复议|||||行政诉讼\n结果维持|结果纠正|其他结果|尚未审结|总计|未经复议直接起诉|||||复议后起诉\n"
    leaves = "|||||" + "|".join(["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"] * 2)
    document = document_of(
        header + leaves + "\n" + "|".join(["10"] * 15) + "\n" + "|".join(["43"] * 15), kind=GridKind.ALIGNED
    )
    assert ("review", "upheld") in doubted(align(document, FORM))


def test_rows_on_both_sides_of_lost_ones_are_doubted_where_a_file_may_have_lost_a_piece() -> None:
    """The end of one row stands behind the label of another."""
    lost = [3 + ROWS.index("outcome.denied.security_stability"), 3 + ROWS.index("outcome.denied.third_party_rights")]
    figures = {
        place: "1" if place[0] == "outcome.denied.internal_affairs" else text for place, text in FIGURES.items()
    }
    figures["outcome.denied.internal_affairs", "total"] = "6"
    table = without_rows(requests_table(FORM, figures), lost)
    alignment = align(grids_of(table, kind=GridKind.MARKUP), FORM)
    assert {row for row, _ in doubted(alignment)} == {
        "outcome.denied.law_prohibited",
        "outcome.denied.internal_affairs",
    }
    # A row whose sum holds has its own figures.
    assert {row for row, _ in doubted(sums_keep_rows(FORM, alignment))} == {"outcome.denied.law_prohibited"}


def test_a_row_that_is_longer_than_all_others_is_doubted() -> None:
    place = 3 + ROWS.index("outcome.unable.not_held")
    table = [*requests_table(FORM, FIGURES), RawCell(place, 10, "4"), RawCell(place, 11, "5")]
    assert {row for row, _ in doubted(align(grids_of(table, kind=GridKind.MARKUP), FORM))} == {
        "outcome.unable.not_held"
    }


def test_one_nought_over_all_columns_of_a_row_is_one_in_each() -> None:
    place = 3 + ROWS.index("outcome.denied.state_secret")
    table = [cell for cell in requests_table(FORM, FIGURES) if cell.row != place or cell.column < 3]
    alignment = align(grids_of([*table, RawCell(place, 3, "0", column_span=7)], kind=GridKind.MARKUP), FORM)
    assert {cells_of(alignment)["outcome.denied.state_secret", column].value for column in COLUMNS} == {0}
    assert doubted(alignment) == set()


@pytest.mark.parametrize("kind", [GridKind.DELIMITED, GridKind.MARKUP])
def test_a_nought_alone_in_front_of_blanks_may_be_merged_over_them(kind: GridKind) -> None:
    """A spreadsheet saved as text prints a nought that is merged over seven columns in the first of them."""
    alone = {("outcome.denied.state_secret", column): "" for column in COLUMNS[1:]}
    figures = {**FIGURES, ("outcome.denied.state_secret", COLUMNS[0]): "0", **alone}
    alignment = align(grids_of(requests_table(FORM, figures), kind=kind), FORM)
    assert doubted(alignment) >= set(alone)


def test_a_figure_in_a_cell_merged_over_two_rows_is_neither_s() -> None:
    table = requests_table(FORM, FIGURES)
    upper, lower = (
        3 + ROWS.index(row) for row in ("outcome.denied.enforcement_files", "outcome.denied.administrative_inquiry")
    )
    merged = [
        replace(cell, row_span=2) if (cell.row, cell.column) == (upper, 3) else cell
        for cell in table
        if (cell.row, cell.column) != (lower, 3)
    ]
    alignment = align(grids_of(merged), FORM)
    for row in ("outcome.denied.enforcement_files", "outcome.denied.administrative_inquiry"):
        cell = cells_of(alignment)[row, "natural_person"]
        assert (cell.state, cell.raw) == (
            CellState.UNREADABLE,
            FIGURES["outcome.denied.enforcement_files", "natural_person"],
        )
        assert (row, "natural_person") in doubted(alignment)
    assert wrong(alignment) == {}


def test_a_text_whose_header_names_the_columns_in_another_order_is_doubted() -> None:
    header = "|商业企业|自然人|社会公益组织|科研机构|法律服务机构|其他|总计"
    lines = [
        row.leaf + "|" + "|".join(FIGURES[row.key, column] for column in COLUMNS)
        for row in FORM.table("requests").rows
    ]
    assert doubted(align(document_of("\n".join([header, *lines])), FORM)) >= set(FIGURES)


def test_an_amount_without_the_heading_that_names_its_unit_is_doubted() -> None:
    """万元 stands in the header of the block and nowhere else; without it the amount may be in 元."""
    page = document_of("行政许可|12\n行政处罚|3\n行政强制|0\n行政事业性收费|251000", kind=GridKind.MARKUP)
    alignment = align(page, FORM)
    assert str(cells_of(alignment, "proactive")["licensing", "decisions"].value) == "12"
    assert doubted(alignment) >= {("fees", "amount")}


def test_a_label_on_a_printout_beside_which_no_figure_stands_is_doubted() -> None:
    """Where a program wrote a page as text, the figures of a label of many lines stand beside one of them."""
    figures = {**FIGURES, **{("outcome.partial", column): "" for column in COLUMNS}}
    alignment = align(grids_of(requests_table(FORM, figures), kind=GridKind.PRINTED), FORM)
    assert {("outcome.partial", column) for column in COLUMNS} <= doubted(alignment)


def test_figures_that_stand_in_the_label_of_their_row_are_doubted() -> None:
    """A wall was not seen, and the figures of a row are words of its label: its cells are not blank for certain."""
    figures = {**FIGURES, **{("outcome.granted", column): "" for column in COLUMNS}}
    label = FORM.table("requests").row("outcome.granted").leaf
    table = [
        replace(cell, text=f"{label} 7 0") if cell.text == label else cell for cell in requests_table(FORM, figures)
    ]
    assert {("outcome.granted", column) for column in COLUMNS} <= doubted(align(grids_of(table), FORM))


def test_a_row_of_figures_between_two_that_were_found_is_the_row_between_them() -> None:
    """On a printout the lines of a label stand above and below its figures, and look like rows of their own."""
    place = 3 + ROWS.index("outcome.denied.law_prohibited")
    table = requests_table(FORM, FIGURES)
    label = next(cell for cell in table if cell.row == place and cell.column == 2)
    moved = [replace(cell, row=cell.row + (cell.row >= place)) for cell in table if cell is not label]
    printed = [*moved, replace(label, text=label.text[:-1]), RawCell(place + 1, 2, "结开")]
    printed += [RawCell(place, column, "") for column in range(3, 10)]
    alignment = align(grids_of(sorted(printed, key=lambda c: (c.row, c.column)), kind=GridKind.PRINTED), FORM)
    assert wrong(alignment) == {}
    assert {("outcome.denied.law_prohibited", column) for column in COLUMNS} <= doubted(alignment)


def test_the_labels_of_the_short_table_broken_over_many_lines() -> None:
    text = """
行政复议                              行政诉讼

结果 结果 其他 尚未 总计          未经复议直接起诉                复议后起诉
维持 纠   结果 审
                     结果 结   其他 尚 未 总计 结果 结 果 其他 尚 未 总计
     正      结
                     维持 果纠 结果 审结      维持 纠正 结果 审结
                       正
 1  0  0  0  1  2  0  0  0  2  0  3  0  0  3
"""
    cells = cells_of(align(read_text(text.encode(), "年报.txt"), FORM), "review_litigation")
    figures = [str(cell.value) for cell in cells.values()]
    assert figures == ["1", "0", "0", "0", "1", "2", "0", "0", "0", "2", "0", "3", "0", "0", "3"]


def test_rows_of_a_table_without_lines_that_a_stain_parts_otherwise_doubt_its_other_rows_too() -> None:
    cells = requests_table(FORM, FIGURES)
    last = max(cell.column for cell in cells)
    parted = [row for row in range(3, 28) if row % 2]
    stained = [*cells, *(RawCell(row, last + 1, "11") for row in parted)]
    assert not doubted(align(grids_of(cells, kind=GridKind.ALIGNED), FORM))
    assert doubted(align(grids_of(stained, kind=GridKind.ALIGNED), FORM)) >= set(FIGURES)


@pytest.mark.parametrize("row", ["行政事业性收费20.|8817", "行政事业性收费2|", "行政事业性收费 2|"])
def test_figures_that_run_into_the_label_of_their_row_are_doubted(row: str) -> None:
    """The label and the figure touch, and the wall between them stands in the figure or was not seen."""
    decisions = "信息内容|本年处理决定数量\n行政许可|12\n行政处罚|3\n行政强制|0"
    page = document_of(f"{decisions}\n信息内容|本年收费金额（单位：万元）\n{row}", kind=GridKind.RULED)
    assert ("fees", "amount") in doubted(align(page, FORM))


def test_a_column_under_two_labels_that_run_together_is_doubted() -> None:
    """The wall between 法律服务机构 and 其他 is missing: a figure below may be either's."""
    figures = {place: figure for place, figure in FIGURES.items() if place[1] != "other_org"}
    table = [
        replace(cell, text="法律服其他务机构", column_span=2) if cell.text == "法律服务机构" else cell
        for cell in requests_table(FORM, figures, otherwise="")
        if cell.column != 8 or cell.row < 2
    ]
    alignment = align(
        grids_of([replace(c, column_span=2) if c.column == 7 and c.row > 2 else c for c in table]), FORM
    )
    assert {(row, "legal_service") for row in ROWS} <= doubted(alignment)


def test_a_row_without_figures_whose_label_is_not_whole_is_doubted_where_no_lines_are() -> None:
    """The rest of the label stands on the next page, and perhaps its figures do."""
    figures = {**FIGURES, **{("outcome.not_processed.excessive", column): "" for column in COLUMNS}}
    table = [
        replace(cell, text="4.无正当理由大量反复") if cell.text == "4.无正当理由大量反复申请" else cell
        for cell in requests_table(FORM, figures)
    ]
    excessive = {("outcome.not_processed.excessive", column) for column in COLUMNS}
    assert excessive <= doubted(align(grids_of(table, kind=GridKind.ALIGNED), FORM))
    assert not excessive & doubted(align(grids_of(table, kind=GridKind.RULED), FORM))


def _read_lines(skip: Collection[str] = (), lost: int = 0) -> Alignment:
    """The table of requests one cell a line, the labels of some rows printed at the end of the page."""
    form_rows = FORM.table("requests").rows
    lines: list[str] = []
    for row in form_rows:
        lines += [] if row.key in skip else [row.leaf]
        lines += [FIGURES[row.key, column] for column in COLUMNS]
    del lines[len(lines) - lost :]
    lines += ["", *(row.leaf[:6] for row in form_rows if row.key in skip)]
    return align(read_text("\n".join(lines).encode(), "年报.txt"), FORM)


def test_figures_of_several_rows_one_behind_the_other_are_parted_by_their_number() -> None:
    skipped = {"outcome.partial", "outcome.denied.state_secret"}
    alignment = _read_lines(skipped)

    assert {place: str(cell.value) for place, cell in cells_of(alignment).items()} == FIGURES
    assert {place for place in doubted(alignment) if place[0] in skipped} == {
        (row, column) for row in skipped for column in COLUMNS
    }


def test_figures_of_several_rows_are_not_parted_where_one_is_missing() -> None:
    last = {row.key for row in FORM.table("requests").rows[-2:]}

    assert wrong(_read_lines(last, lost=1)) == {}


def test_rows_that_are_not_as_wide_as_the_form_are_doubted_where_rows_end_anywhere() -> None:
    """A file that lost cells here and there: no end is that of most rows, and a row of six figures may lack any of the seven."""
    table = requests_table(FORM, FIGURES)
    lacking = {3 + number: number % 6 for number in range(0, len(ROWS), 3)}
    kept = [cell for cell in table if cell.column - 3 != lacking.get(cell.row)]
    moved = [
        replace(cell, column=cell.column - 1) if cell.row in lacking and cell.column - 3 > lacking[cell.row] else cell
        for cell in kept
    ]
    alignment = align(grids_of(moved, kind=GridKind.MARKUP), FORM)
    assert wrong(alignment) == {}
    assert {(ROWS[row - 3], column) for row in lacking for column in COLUMNS} <= doubted(alignment)


def test_a_marked_up_row_of_a_block_that_lacks_a_cell_is_doubted() -> None:
    page = document_of(
        "信息内容|本年制发件数|本年废止件数|现行有效件数\n规章|0|7\n行政规范性文件|1|2|3\n信息内容|本年处理决定数量\n行政许可|4",
        kind=GridKind.MARKUP,
    )
    assert {("rules", column) for column in ("issued", "repealed", "in_force")} <= doubted(align(page, FORM))


@pytest.mark.parametrize(
    ("figures", "is_doubted"), [("1|0|0|0|1|2|0|0|0|2|0|0|3|3", True), ("1|0|0|0|1|2|0|0|0|2|0|0|0|3|3", False)]
)
def test_reviews_and_lawsuits_with_a_cell_too_few_are_doubted(figures: str, is_doubted: bool) -> None:
    labels = "结果维持|结果纠正|其他结果|尚未审结|总计"
    page = document_of(
        f"行政复议|未经复议直接起诉|复议后起诉\n{labels}|{labels}|{labels}\n{figures}", kind=GridKind.MARKUP
    )
    alignment = sums_keep_rows(FORM, align(page, FORM))
    assert (("litigation.after_review", "pending") in doubted(alignment)) is is_doubted


def test_rows_that_end_further_on_for_a_label_of_their_group_are_whole() -> None:
    """Without its spans, the first row of a group is longer than the others by the group's label."""
    lines = []
    for number, row in enumerate(FORM.table("requests").rows):
        first = row.path[:-1] != FORM.table("requests").rows[number - 1].path[:-1]
        labels = [*row.path[-2:]] if first else [row.leaf]
        lines.append("|".join([*labels, FIGURES[row.key, COLUMNS[0]], *[""] * 5, FIGURES[row.key, COLUMNS[0]]]))
    header = "|".join(["", *(column.leaf for column in FORM.table("requests").columns)])
    assert not doubted(align(document_of("\n".join([header, *lines]), kind=GridKind.MARKUP), FORM))


def test_no_figure_is_told_of_a_row_whose_label_slid_under_the_first_column() -> None:
    """A cell too many stands in front of the label, and its last two figures share one."""
    header = "".join(f"<td>{column.leaf}</td>" for column in FORM.table("requests").columns)
    rows = {
        row.key: "".join(f"<td>{text}</td>" for text in (row.leaf, *(FIGURES[row.key, column] for column in COLUMNS)))
        for row in FORM.table("requests").rows
    }
    *first, other, total = (FIGURES["outcome.partial", column] for column in COLUMNS)
    figures = "".join(f"<td>{text}</td>" for text in first) + f"<td colspan=2>{other} {total}</td>"
    rows["outcome.partial"] = f"<td></td><td>{FORM.table('requests').row('outcome.partial').leaf}</td>{figures}"
    page = f"<table><tr><td></td>{header}</tr>{''.join(f'<tr>{row}</tr>' for row in rows.values())}</table>"
    alignment = align(read_html(page.encode(), "made.html"), FORM)
    slid = {column: cell for (row, column), cell in cells_of(alignment).items() if row == "outcome.partial"}
    assert all(cell.state is not CellState.NUMBER for cell in slid.values())
    assert {("outcome.partial", column) for column in slid} <= doubted(alignment)


def test_a_page_on_which_another_wall_is_missing_has_other_columns_than_the_header() -> None:
    """The header lacks the wall between 商业企业 and 科研机构, and so do the rows below it; those of the next page lack that between
    法律服务机构 and 其他, and their columns are as many."""
    columns = ["自然人", "商业企业 科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
    first = ["|".join(["", *columns]), *(f"{row.leaf}|1|2 3|4|5|6|21" for row in FORM.table("requests").rows[:12])]
    second = [f"{row.leaf}|1|2|3|4|5 6|21" for row in FORM.table("requests").rows[12:]]
    document = document_of("\n".join(first), "\n".join(second), kind=GridKind.RULED)
    alignment = align(document, FORM)
    later = FORM.table("requests").rows[12].key
    assert {(later, column) for column in ("research_institute", "public_welfare_org", "legal_service")} <= doubted(
        alignment
    )


def test_a_figure_between_walls_that_was_misread_as_a_word_moves_none_of_the_others() -> None:
    """A scan of the row of reviews and lawsuits, one figure of which the recogniser took for a letter."""
    table = FORM.table("review_litigation")
    groups = "|".join("/".join(row.path) for row in table.rows for _ in table.columns)
    header = "|".join(column.leaf for _ in table.rows for column in table.columns)
    figures = "1|E|2|2|5|12|0|0|0|12|1|1|1|3|6"
    page = document_of(f"{groups}\n{header}\n{figures}", kind=GridKind.RULED)
    read = cells_of(align(page, FORM), "review_litigation")
    assert [read[row.key, column.key].raw for row in table.rows for column in table.columns] == figures.split("|")
