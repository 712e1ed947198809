"""Tables of text that lost a cell, a separator or a line break: what cannot be told any more is doubted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from parsers.align import Alignment, align
from parsers.align.reading import FIGURES_LOST
from parsers.arbiter import sums_confirm_columns, sums_keep_rows
from parsers.forms import form_of
from parsers.readers.text import read_text
from parsers.report import CellState

FORM = form_of("2021")
assert FORM is not None
REQUESTS, REVIEWS = FORM.table("requests"), FORM.table("review_litigation")
COLUMNS = [column.key for column in REQUESTS.columns]
RESULTS = "结果维持\t结果纠正\t其他结果\t尚未审结\t总计"


def aligned(*lines: str) -> Alignment:
    assert FORM is not None
    return sums_keep_rows(FORM, align(read_text("\n".join(lines).encode(), "made.txt"), FORM))


def doubted(alignment: Alignment) -> set[tuple[str, str]]:
    return {(key.row, key.column) for doubt in alignment.doubts for key in doubt.cells}


def values(alignment: Alignment, row: str) -> list[str]:
    return [str(cell.value) for cell in alignment.cells if cell.key.row == row and cell.value is not None]


def reviews(*figures: str) -> Alignment:
    header = "行政复议\t\t\t\t\t行政诉讼\t\t\t\t\t\t\t\t\t"
    groups = "\t\t\t\t\t未经复议直接起诉\t\t\t\t\t复议后起诉\t\t\t\t"
    return aligned(header, groups, f"{RESULTS}\t{RESULTS}\t{RESULTS}", *figures)


WHOLE = "18\t21\t3\t88\t130\t12\t52\t1\t32\t97\t7\t43\t11\t18\t79"


@pytest.mark.parametrize("end", [2, 4, 13])
def test_figures_broken_over_two_lines_are_no_blanks(end: int) -> None:
    figures = WHOLE.split("\t")
    alignment = reviews("\t".join(figures[:end]), "\t".join(figures[end:]))
    assert {("review", "total"), ("litigation.after_review", "total")} <= doubted(alignment)


def test_a_line_of_tabs_below_the_header_is_the_row_of_figures_left_blank() -> None:
    alignment = reviews("\t" * 14, "", "五、存在的主要问题及改进情况")
    cells = [cell for cell in alignment.cells if cell.key.table == REVIEWS.key]
    assert len(cells) == 15
    assert all(cell.state is CellState.BLANK and cell.evidence is not None for cell in cells)


def test_a_label_without_figures_beside_figures_without_a_label_is_doubted() -> None:
    """Reviews and lawsuits in tables of their own, and the line breaks in the labels of the second header parted them."""
    alignment = aligned(
        *["行政复议", RESULTS, "0\t0\t0\t3\t3", "行政诉讼", "未经复议直接起诉\t复议后起诉"],
        *[
            "结果",
            "维持\t结果",
            "纠正\t其他",
            "结果\t尚未",
            "审结\t总计\t结果",
            "维持\t结果",
            "纠正\t其他",
            "结果\t尚未",
            "审结\t总计",
        ],
        "0\t0\t2\t5\t7\t0\t0\t0\t0\t0",
    )
    columns = [column.key for column in REVIEWS.columns]
    assert {("litigation.after_review", column) for column in columns} <= doubted(alignment)


def test_the_number_of_a_page_in_front_of_the_figures_is_none_of_them() -> None:
    alignment = reviews("— 3 —", WHOLE)
    assert values(alignment, "review") == ["18", "21", "3", "88", "130"]
    assert not doubted(alignment)


def test_empty_lines_between_figures_one_a_line_are_blank_cells_where_the_sums_say_so() -> None:
    def read(*figures: str) -> Alignment:
        return aligned(*["行政复议", "行政诉讼"], *RESULTS.split("\t"), "未经复议直接起诉", "复议后起诉",
                       *RESULTS.split("\t"), *RESULTS.split("\t"), *figures)  # fmt: skip

    right = ["8", "0", "5", "3", "16", "12", "3", "4", "1", "20", "4", "", "6", "0", "10"]
    assert ("litigation.after_review", "total") not in doubted(read(*right))
    slid = ["8", "", "5", "3", "12", "12", "3", "4", "1", "19", "4", "0", "6", "0", "10"]
    assert ("review", "total") in doubted(read(*slid))


def requests(figures: str, **rows: str) -> Alignment:
    """The table with ``figures`` behind every label, and others behind those that ``rows`` names by their last label."""
    header = "\t".join(["", *(column.leaf for column in REQUESTS.columns)])
    return aligned(header, *(rows.get(row.leaf, f"{row.leaf}\t{figures}") for row in REQUESTS.rows))


def test_a_label_without_figures_above_a_line_of_figures_is_doubted() -> None:
    leaf = REQUESTS.row("outcome.denied.deliberative_process").leaf
    alignment = requests("1\t0\t0\t0\t0\t0\t1", **{leaf: f"{leaf}\t\t\t\t\t\t\t\n4\t0\t0\n0\t0\t0\n4"})
    assert {("outcome.denied.deliberative_process", column) for column in COLUMNS} <= doubted(alignment)


def test_rows_whose_last_figure_is_missing_are_doubted_however_many_they_are() -> None:
    whole = REQUESTS.row("received.new").leaf
    alignment = requests("5\t\t\t\t5\t\t", **{whole: f"{whole}\t9\t\t\t\t\t\t9"})
    assert ("outcome.granted", "legal_service") in doubted(alignment)
    assert ("received.new", "natural_person") not in doubted(alignment)


def test_a_row_of_noughts_with_all_its_cells_ends_in_a_blank_where_noughts_are_left_blank_elsewhere_too() -> None:
    """An agency that fills in its noughts here and there leaves some out in the column of totals too."""
    whole, leaf = REQUESTS.row("received.new").leaf, REQUESTS.row("outcome.partial").leaf
    rows = {whole: f"{whole}\t9\t\t\t\t\t\t9", leaf: f"{leaf}\t0\t\t0\t\t0\t0\t"}
    assert not doubted(requests("\t0\t\t0\t\t0\t0", **rows))
    slid = {**rows, leaf: f"{leaf}\t4\t\t0\t\t0\t4\t"}
    assert ("outcome.partial", "other_org") in doubted(requests("\t0\t\t0\t\t0\t0", **slid))


def test_a_row_that_lost_one_of_its_blank_cells_is_doubted() -> None:
    """Every cell of a merge has its place, as in the other rows; which of the blanks is missing nothing tells."""
    lines = ["\t".join(["", "", "", *(column.leaf for column in REQUESTS.columns)])]
    for row in REQUESTS.rows:
        labels = [*row.path, "", ""][:3]
        lines.append("\t".join([*labels, "4", "1", "", "", "", "", "5"]))
    lines[1] = f"{REQUESTS.rows[0].leaf}\t\t\t4\t1\t\t\t\t5"
    alignment = aligned(*lines)
    assert {("received.new", column) for column in COLUMNS} == doubted(alignment)


def test_a_blank_cell_behind_a_short_label_may_fill_up_the_place_of_a_longer_one() -> None:
    """Of the four blanks behind （七）总计 one is gone: seven cells stand behind the label all the same."""
    lines = ["\t".join(["", "", "", *(column.leaf for column in REQUESTS.columns)])]
    lines += ["\t".join([*[*row.path, "", ""][:3], "4", "1", "", "", "", "", "5"]) for row in REQUESTS.rows]
    lines[-2] = "\t（七）总计\t\t4\t1\t\t\t\t5"
    assert {("outcome.total", column) for column in COLUMNS} == doubted(aligned(*lines))


def test_two_rows_on_one_line_are_not_told_apart_by_the_number_of_figures() -> None:
    new, carried = (REQUESTS.row(key).leaf for key in ("received.new", "received.carried_over"))
    alignment = requests(
        "0\t0\t0\t0\t0\t0\t0", **{new: f"{new}\t24\t5\t\t1\t\t1\t31 {carried}\t1\t\t\t\t\t\t1", carried: ""}
    )
    assert {("received.new", column) for column in COLUMNS} <= doubted(alignment)


def one_a_line(*figures: str) -> list[str]:
    heads = [*["行政复议", "行政诉讼"], *RESULTS.split("\t"), "未经复议直接起诉", "复议后起诉"]
    return [*heads, *RESULTS.split("\t"), *RESULTS.split("\t"), *figures]


def test_the_empty_line_below_a_table_of_one_cell_a_line_is_no_cell_of_it() -> None:
    figures = ["0", "0", "0", "0", "0", "1", "0", "1", "0", "12", "0", "0", "2", "0", "2"]
    assert not doubted(aligned(*one_a_line(*figures), "", "五、存在的主要问题及改进情况"))


def blocks(normative_documents: str, *, between: str) -> list[str]:
    """The first table of the form; ``between`` parts cells, and an empty line the blocks where cells stand one a line."""
    rows = [
        ["第二十条第（一）项", "信息内容|本年制发件数|本年废止件数|现行有效件数", "规章|1|2|3", normative_documents],
        ["第二十条第（五）项", "信息内容|本年处理决定数量", "行政许可|7"],
        ["第二十条第（六）项", "信息内容|本年处理决定数量", "行政处罚|8", "行政强制|9"],
        ["第二十条第（八）项", "信息内容|本年收费金额（单位：万元）", "行政事业性收费|10"],
    ]
    end = [""] if between == "\n" else []
    return [line for each in rows for line in [*"\n".join(each).replace("|", between).split("\n"), *end]]


def test_the_empty_line_below_a_block_of_one_cell_a_line_is_not_its_last_figure() -> None:
    """Of 5, 6, 5 a figure is lost: 5 and 5 are not the first two for that."""
    lost = aligned(*blocks("行政规范性文件|5|5", between="\n"))
    assert doubted(lost) == {("normative_documents", column) for column in ("issued", "repealed", "in_force")}
    assert not doubted(aligned(*blocks("行政规范性文件|5|6|5", between="\n")))


def test_a_label_of_a_block_with_no_cell_behind_it_is_no_row_left_blank() -> None:
    broken = aligned(*blocks("行政规范性文件\n4|5|6", between="\t"))
    assert {("normative_documents", column) for column in ("issued", "repealed", "in_force")} <= doubted(broken)


def test_a_label_that_stands_alone_on_its_line_is_no_row_left_blank() -> None:
    leaf = REQUESTS.row("outcome.total").leaf
    alignment = requests("0\t0\t0\t0\t0\t0\t0", **{leaf: leaf})
    assert {("outcome.total", column) for column in COLUMNS} <= doubted(alignment)


def printed_line(label: str, figures: str) -> str:
    return f"{label}      {figures.replace(' ', '    ')}"


def test_pieces_of_the_label_of_a_group_beside_that_of_a_row_are_no_part_of_it() -> None:
    """三、本年度办理结果, set upright in a narrow column, has a piece beside each of the first rows."""
    pieces = {
        "outcome.granted": "三、本  ",
        "outcome.partial": "年度办  ",
        "outcome.denied.state_secret": "理结果  （三）不予公开   ",
    }
    lines = [printed_line(pieces.get(row.key, "") + row.leaf, "1 0 0 0 0 0 1") for row in REQUESTS.rows]
    assert not doubted(aligned("  ".join(column.leaf for column in REQUESTS.columns), *lines))


def test_signs_for_none_below_a_header_that_a_printout_broke_over_lines_are_its_figures() -> None:
    alignment = aligned(
        "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况",
        "",
        "行政复议                           行政诉讼",
        "结果  结果       其他    尚未     总计   未经复议直接起诉                   复议后起诉",
        "维持  纠正       结果    审结          结果  结果  其他   尚未    总计      结果  结果    其他       尚未       总计",
        "                               维持  纠正  结果   审结            维持  纠正    结果       审结",
        "/    /       /     /      /    1   /   /    /     1       /   2     /        1        3",
    )
    assert values(alignment, "litigation.after_review") == ["2", "1", "3"]
    assert not {row for row, _ in doubted(alignment)} & {row.key for row in REVIEWS.rows}


def test_a_header_of_a_block_on_one_line_names_its_columns_as_a_whole() -> None:
    form = form_of("2019")
    assert form is not None
    table = form.table("proactive")
    lines: list[str] = []
    for block in table.blocks:
        lines += [block.label, "     ".join(["信息内容", *(table.column(key).leaf for key in block.columns)])]
        lines += [f"{table.row(row).leaf}{'      7' * len(block.columns)}" for row in block.rows]
    alignment = align(read_text("\n".join(lines).encode(), "made.txt"), form, [table])
    assert values(alignment, "fees") == ["7", "7"]
    assert not doubted(alignment)


def test_empty_lines_behind_the_last_figure_of_a_table_that_fell_apart_leave_no_doubt_of_it() -> None:
    form = form_of("2019")
    assert form is not None
    table = form.table("proactive")
    lines: list[str] = []
    for block in table.blocks:
        lines += [block.label, "信息内容", *(table.column(key).leaf for key in block.columns)]
        for row in block.rows:
            lines += [table.row(row).leaf, *(["7"] * len(block.columns))]
    below = ["", "", "三、收到和处理政府信息公开申请情况", "自然人", "总计", REQUESTS.rows[0].leaf, "33", "2", "35"]
    alignment = align(read_text("\n".join([*lines, *below]).encode(), "made.txt"), form, [table])
    assert values(alignment, "central_procurement") == ["7", "7"]
    assert not doubted(alignment)


def in_columns(figures: Mapping[str, Sequence[str]], *, quotes: int) -> str:
    """The table of requests, each label and figure where its column begins; a Chinese quotation mark is ``quotes`` wide."""

    def width(text: str) -> int:
        return sum(quotes if sign in "“”" else 1 + (ord(sign) > 255) for sign in text)

    starts = [90 + 18 * number for number in range(len(COLUMNS))]
    lines = []
    for row in ["", *figures]:
        line = REQUESTS.row(row).leaf if row else ""
        texts = figures[row] if row else [column.leaf for column in REQUESTS.columns]
        for start, text in zip(starts, texts, strict=True):
            line += f"{' ' * (start - width(line))}{text}" if text else ""
        lines.append(line)
    return "\n".join(lines)


@pytest.mark.parametrize("quotes", [1, 2])
def test_figures_that_stand_below_their_labels_and_agree_with_the_sums_leave_no_blank_in_doubt(quotes: int) -> None:
    """One of the rows has quotation marks in its label, which are as wide as Chinese signs in some type, and half as wide in other."""
    figures = {row.key: [""] * 7 for row in REQUESTS.rows}
    outcomes = [key for key in figures if key.startswith("outcome.") and key != "outcome.total"][4:12]

    figures |= {key: ["1", "", "1", "", "", "", "2"] for key in outcomes}
    figures |= {key: ["8", "", "8", "", "", "", "16"] for key in ("received.new", "outcome.total")}
    assert FORM is not None
    alignment = align(read_text(in_columns(figures, quotes=quotes).encode(), "made.txt"), FORM)
    settled = sums_confirm_columns(FORM, alignment, ("reading.columns_uncertain", FIGURES_LOST))
    assert values(settled, "outcome.denied.security_stability") == ["1", "1", "2"]
    assert not {key for doubt in settled.doubts for key in doubt.cells if key.table == "requests"}


@pytest.mark.parametrize("row", ["{label}{first} {others}", "{label}：{listed}"])
def test_figures_may_be_glued_to_their_label_or_listed_behind_it(row: str) -> None:
    figures = ["12", "3", "0", "0", "0", "1", "16"]
    lines = [
        row.format(label=each.leaf, first=figures[0], others=" ".join(figures[1:]), listed="，".join(figures))
        for each in REQUESTS.rows
    ]
    alignment = aligned("三、收到和处理政府信息公开申请情况", *lines)
    assert values(alignment, "outcome.partial") == figures
    assert not doubted(alignment)


def test_a_figure_glued_to_a_label_counts_as_one_where_another_is_missing() -> None:
    lines = [
        f"{each.leaf}{'12 3 0 0 0 1' if each.key == 'received.new' else '2 0 0 0 0 0 2'}" for each in REQUESTS.rows
    ]
    alignment = aligned("三、收到和处理政府信息公开申请情况", *lines)
    assert {("received.new", column) for column in COLUMNS} <= doubted(alignment)


def test_the_end_of_a_groups_label_in_front_of_a_numbered_one_leaves_no_doubt_of_it() -> None:
    lines = [
        f"{'果 ' if each.key == 'outcome.total' else ''}{each.leaf}\t2\t0\t0\t0\t0\t0\t2" for each in REQUESTS.rows
    ]
    alignment = aligned("三、收到和处理政府信息公开申请情况", *lines)
    assert values(alignment, "outcome.total") == ["2", "0", "0", "0", "0", "0", "2"]
    assert not doubted(alignment)


def test_a_figure_between_empty_lines_is_in_doubt_beside_figures_that_stand_below_their_headings() -> None:
    poured = "规章||本年制发件数|0||规范性文件||0||本年废止件数|0||现行有效件数|0||1||0||第二十条第（五）项|信息内容||本年处理决定数量||"
    alignment = aligned(*f"信息内容|{poured}行政许可||397||行政处罚||813||行政强制||60".split("|"))
    assert {("normative_documents", column) for column in ("issued", "repealed", "in_force")} <= doubted(alignment)
