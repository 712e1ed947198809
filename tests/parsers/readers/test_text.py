"""Reports as plain text and Markdown."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from parsers.document import Document, GridKind
from parsers.errors import Unreadable
from parsers.readers.text import read_text
from tests.parsers.readers.invariants import check, places, read_twice, texts

DATA = Path(__file__).with_name("data") / "text"


def _read(text: str) -> Document:
    return read_twice(read_text, text.encode(), "年报.md")


def _lines(document: Document) -> list[str]:
    return document.text.splitlines()


def test_the_sample_report_has_its_three_tables() -> None:
    path = DATA / "ragged-tabs.md"
    document = read_twice(read_text, path.read_bytes(), path.name)
    proactive, requests, review = document.grids
    assert {grid.kind for grid in document.grids} == {GridKind.DELIMITED}
    assert texts(proactive)[9:11] == [["行政处罚", "507058", "", ""], ["行政强制", "2", "", ""]]
    assert len(texts(proactive)) == 14
    # The row that lost its group stays as printed: shifted to the left.
    assert texts(requests)[-3] == ["3.其他", "", *["0"] * 7, ""]
    assert texts(requests)[18][1:4] == ["(五) 不予处理", "1.信访举报投诉类申请", "2"]
    assert texts(review)[3] == ["0"] * 15
    assert document.metadata.title == "中卫市公安局2021 年政府信息公开工作年度报告"
    assert [line.heading for line in document.lines if line.heading][:2] == [1, 2]


def test_rows_whose_trailing_tabs_were_trimmed_stay_in_their_table() -> None:
    (grid,) = _read(
        "第二十条第（一）项\t\t\n信息内容\t件数\n规章\t0\n第二十条第（五）项\n信息内容\t数量\n行政许可\t35671\n"
    ).grids
    assert texts(grid)[3:] == [["第二十条第（五）项"], ["信息内容", "数量"], ["行政许可", "35671"]]


def test_a_heading_between_two_tables_parts_them() -> None:
    document = _read("规章\t0\n许可\t1\n三、收到和处理申请情况\n新收\t2\n结转\t0\n")
    assert [texts(grid) for grid in document.grids] == [
        [["规章", "0"], ["许可", "1"]],
        [["新收", "2"], ["结转", "0"]],
    ]


def test_rows_with_a_blank_line_behind_each() -> None:
    assert len(_read("规章\t0\n\n许可\t1\n\n处罚\t2\n\n强制\t3\n").grids) == 1


def test_blank_lines_part_tables() -> None:
    assert len(_read("规章\t0\n许可\t1\n\n处罚\t2\n强制\t3\n").grids) == 2


@pytest.mark.parametrize(
    "table",
    [
        "| 信息内容 | 件数 |\n|---|---:|\n| 规章 | 0 |\n| **许可** | |",
        "信息内容|件数\n--|--\n规章|0\n许可|",
    ],
)
def test_a_table_drawn_with_pipes_is_a_grid(table: str) -> None:
    (grid,) = _read(f"二、情况\n\n{table}\n\n三、情况").grids
    assert texts(grid) == [["信息内容", "件数"], ["规章", "0"], ["许可", ""]]


def test_an_escaped_pipe_and_a_break_in_a_cell() -> None:
    (grid,) = _read("| 本年增\\|减 | 商业<br>企业 |\n|---|---|\n| 1 | 2 |").grids
    assert texts(grid)[0] == ["本年增|减", "商业企业"]


def test_a_dump_with_one_cell_a_line() -> None:
    document = _read(
        "二、主动公开\n|\n信息内容 |\n本年制\n发件数 |\n|\n规章 |\n0 |\n|\n规范性文件 |\n |\n12 |\n三、申请\n"
    )
    (grid,) = document.grids
    assert texts(grid) == [["信息内容", "本年制发件数"], ["规章", "0"], ["规范性文件", "", "12"]]
    assert _lines(document)[-1] == "三、申请"


def test_a_dump_whose_rows_are_filled_up_with_pipes() -> None:
    document = _read("|\n第二十条第（一）项 | |||\n|\n信息内容 |\n本年制发件数 |\n|\n行政规范性文件 |\n87 |\n0 ||\n")

    (grid,) = document.grids
    assert texts(grid) == [
        ["第二十条第（一）项", "", "", ""],
        ["信息内容", "本年制发件数"],
        ["行政规范性文件", "87", "0", ""],
    ]


def test_of_two_lone_pipes_behind_a_short_row_the_first_is_a_blank_cell() -> None:
    document = _read(
        "|\n信息内容 |\n本年制发件数 |\n现行有效件数 |\n|\n规章 |\n0 |\n|\n|\n行政规范性文件 |\n5 |\n8 |\n|\n行政许可 |\n7 ||\n"
    )

    (grid,) = document.grids
    assert texts(grid)[1:] == [["规章", "0", ""], ["行政规范性文件", "5", "8"], ["行政许可", "7", ""]]


def test_cells_with_a_pipe_behind_each_and_nothing_that_parts_the_rows_are_lines() -> None:
    document = _read("信息内容 |\n本年处理决定数量 |\n行政许可 |\n85 |\n行政处罚 |\n4 |\n")

    assert not document.grids
    assert _lines(document) == ["信息内容", "本年处理决定数量", "行政许可", "85", "行政处罚", "4"]


def test_pipes_that_fill_a_row_up_may_stand_behind_its_last_cell() -> None:
    document = _read("第二十条第（五）项 | ||\n信息内容 |\n本年处理决定数量 | |\n行政许可 |\n85 | |\n")

    assert texts(document.grids[0]) == [["第二十条第（五）项"], ["信息内容", "本年处理决定数量"], ["行政许可", "85"]]


def test_a_lone_pipe_in_front_of_a_figure_is_a_blank_cell_and_opens_no_row() -> None:
    """Which cells make a row is not told here, so that nothing may be read by its place."""
    assert not _read("予以公开 |\n|\n2 |\n0 |\n部分公开 |\n|\n1 |\n0 |\n").grids


def test_a_heading_ends_poured_rows_whose_last_one_was_not_filled_up() -> None:
    document = _read(
        "第二十条第（八）项 |\n|||\n信息内容 |\n本年收费金额 |\n||\n行政事业性收费 |\n4.5 |\n"
        "三、收到和处理政府信息公开申请情况\n自然人 |\n总计 |\n"
    )

    assert texts(document.grids[0])[-1] == ["行政事业性收费", "4.5"]
    assert "三、收到和处理政府信息公开申请情况" in _lines(document)


def test_rows_poured_out_to_one_cell_a_line_and_filled_up_with_pipes() -> None:
    document = _read(
        "二、主动公开\n第二十条第（一）项 |\n|||\n信息内容 |\n本年制\n发件数 |\n本年废止件数 |\n现行有效件数 |\n"
        "规章 |\n|\n0 |\n3 |\n第二十条第（五）项 |\n|||\n三、收到和处理政府信息公开申请情况\n申请人情况 |\n||||\n"
    )
    assert texts(document.grids[0]) == [
        ["第二十条第（一）项"],
        ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
        ["规章", "", "0", "3"],
        ["第二十条第（五）项"],
    ]
    assert "三、收到和处理政府信息公开申请情况" in _lines(document)


def test_poured_rows_of_another_width_are_another_table() -> None:
    """What fills a row up is no cell, so a blank total stands where it was left blank; one pipe may be either."""
    document = _read(
        "第二十条第（八）项 |\n|||\n信息内容 |\n本年收费金额 |\n||\n行政事业性收费 |\n4.5 |\n0 |\n|\n"
        "申请人情况 |\n||||\n自然人 |\n商业企业 |\n总计 |\n||\n予以公开 |\n1 |\n0 |\n |\n|\n"
    )
    assert [texts(grid) for grid in document.grids] == [
        [["第二十条第（八）项"], ["信息内容", "本年收费金额"], ["行政事业性收费", "4.5", "0"]],
        [["申请人情况"], ["自然人", "商业企业", "总计"], ["予以公开", "1", "0", ""]],
    ]


@pytest.mark.parametrize("sign", [",", ";"])
def test_fields_parted_by_commas(sign: str) -> None:
    rows = ["信息内容,制发,废止,有效", '规章,0,,"1,839"', '"规范性\n文件",2,3,4', "许可,5,6,7"]
    table = "\n".join(row.replace(",", sign) if sign == ";" else row for row in rows)
    document = _read(f"二、情况\n{table}\n三、情况，其他。")
    (grid,) = document.grids
    assert texts(grid)[1:3] == [["规章", "0", "", "1;839" if sign == ";" else "1,839"], ["规范性文件", "2", "3", "4"]]
    assert _lines(document)[-1] == "三、情况，其他。"


def test_a_table_drawn_in_box_signs() -> None:
    document = _read("┌──┬──┐\n│规章│ 0  │\n├──┼──┤\n│行政│ 12 │\n│许可│    │\n└──┴──┘")
    assert texts(document.grids[0]) == [["规章", "0"], ["行政许可", "12"]]
    assert _lines(document) == ["规章\t0", "行政许可\t12"]


def test_a_cell_that_a_spreadsheet_copied_in_quotes_is_one_cell() -> None:
    (grid,) = _read('信息内容\t金额\t\n"行政事业\n性收费"\t174.33\t\n规章\t0\t').grids
    assert texts(grid)[1] == ["行政事业性收费", "174.33", ""]


def test_columns_parted_by_blanks_keep_their_blank_cells() -> None:
    (grid,) = _read(
        "信息内容        制发件数    废止件数    有效件数\n"
        "规章                   0           0           7\n"
        "规范性文件            12                       9\n"
    ).grids
    assert texts(grid)[1] == ["规章", "0", "0", "7"]
    assert places(grid)["12"][:2] == (2, 1)
    assert places(grid)["9"][:2] == (2, 3), "a blank cell does not move the next one to the left"


def test_blanks_in_prose_make_no_table() -> None:
    document = _read("  一是加强领导。  二是完善制度。\n  全年公开信息12条。  回应3次。\n  培训2次。  考核1次。\n")
    assert not document.grids


def test_a_table_that_fell_apart_stays_lines() -> None:
    document = _read("规章\n0\n0\n行政规范性文件\n12\n3\n")
    assert _lines(document) == ["规章", "0", "0", "行政规范性文件", "12", "3"]


def test_numbers_of_pages_are_no_cells_of_a_table_that_fell_apart() -> None:
    pages = "规章\n0\n— 3 —\n0\n行政规范性文件\n12\n第 4 页 共 6 页\n3\n"
    assert _lines(_read(pages)) == ["规章", "0", "0", "行政规范性文件", "12", "3"]


@pytest.mark.parametrize("lines", ["— 3 —\n0\n", "— 3 —\n0\n— 1 —\n", "— 0 —\n— 0 —\n", "3\n0\n4\n"])
def test_what_does_not_count_pages_stays(lines: str) -> None:
    """A dash, a figure and a dash may be cells, and a bare number mostly is one."""
    assert _lines(_read("规章\n" + lines)) == ["规章", *lines.splitlines()]


def test_wrapped_prose_is_one_paragraph() -> None:
    document = _read(
        "一、总体情况\n"
        "　　本机关按照条例的要求，认真做好政府信息公开工作，不断\n"
        "加大公开力度，全年通过各种渠道公开政府信息共计五百余条，\n"
        "其中网站公开三百条。\n"
        "　　（一）主动公开。全年公开12条。\n"
    )
    assert _lines(document) == [
        "一、总体情况",
        "本机关按照条例的要求，认真做好政府信息公开工作，不断加大公开力度，全年通过各种渠道公开政府信息共计五百余条，其中网站公开三百条。",
        "（一）主动公开。全年公开12条。",
    ]
    assert len(document.lines) == 5


def test_markdown_marks_are_gone() -> None:
    document = _read(
        "## **（二）** 公开 ##\n\n**一是**见[网站](http://a.cn/b)和<http://c.cn>，1\\.公开。\n\n---\n\n![](t.png)\n"
    )
    assert _lines(document) == ["（二） 公开", "一是见网站和http://c.cn，1.公开。"]
    assert document.lines[0].heading == 2
    assert [note.code for note in document.notes] == ["image_table"]


def test_an_html_table_within_markdown() -> None:
    (grid,) = _read(
        "# 年报\n\n<table><tr><td rowspan=2>许可</td><td>1</td></tr><tr><td>2</td></tr></table>\n\n三、\n"
    ).grids
    assert grid.kind is GridKind.MARKUP
    assert places(grid) == {"许可": (0, 0, 2, 1), "1": (0, 1, 1, 1), "2": (1, 1, 1, 1)}


def test_a_text_without_text() -> None:
    with pytest.raises(Unreadable, match="no text"):
        read_text("　\n|\n".encode(), "空.txt")


_PIECES = st.sampled_from(
    [
        "\t",
        "|",
        "\n",
        " ",
        "  ",
        "　",
        "规章",
        "0",
        "12",
        "|\n",
        "---",
        "#",
        "**",
        "。",
        "一、",
        "\\",
        "x" * 30,
        "<table>",
        "</table>",
        "<td>",
    ]
)


@settings(deadline=None)
@example("规章|\n\\|")
@given(st.lists(_PIECES, max_size=80).map("".join))
def test_invariants_hold_for_any_text(text: str) -> None:
    with suppress(Unreadable):
        check(read_text(text.encode(), "a.md"))


@pytest.mark.parametrize("dash", ["-", "--"])
def test_a_row_of_dashes_is_no_rule(dash: str) -> None:
    row = f"| {dash} | {dash} | {dash} |"
    (grid,) = _read(f"| 行政复议 | | |\n| -- | -- | -- |\n| 结果维持 | 结果纠正 | 总计 |\n{row}\n").grids
    assert texts(grid)[-1] == [dash] * 3
    assert len(texts(grid)) == 3


PRINTOUT = """
二、收到和处理政府信息公开申请情况

（本列数据的勾稽关                       申请人情况
系为：第一项加第二      自然              法人或其他组织               总计
项之和，等于第三项       人   商业       科研   社会  法律    其他
 加第四项之和）            企业       机构   公益  服务
                                  组织  机构
一、本年新收政府信      6    1         0    0   0    0        7
 息公开申请数量
二、上年结转政府信      0    2        0    0   0     0        2
 息公开申请数量
三、 （一）予以公      3    0        0    0   0    0        3
本     开
年度 （二）部分公      1    1        0    0   0     1        3
办理 开（区分处理
结果 的，只计这一
    情形，不计其
     他情形）

                         1
\f四、结转下年度继      3    0        0    0   0    0        3
  续办理
五、存在的主要问题及改进情况
"""


def test_a_printout_keeps_labels_that_narrow_columns_broke_beside_their_figures() -> None:
    """What a program makes of a page of PDF that keeps every word about where it stands."""
    document = read_text(PRINTOUT.encode(), "made.txt")
    rows = [
        "".join(cell.text for cell in grid.cells if cell.row == row and not cell.text.isdigit())
        + " "
        + "/".join(cell.text for cell in grid.cells if cell.row == row and cell.text.isdigit())
        for grid in document.grids
        for row in range(grid.row_count)
    ]
    assert "一、本年新收政府信息公开申请数量 6/1/0/0/0/0/7" in rows
    assert "二、上年结转政府信息公开申请数量 0/2/0/0/0/0/2" in rows
    assert any(row.endswith("1/1/0/0/0/1/3") and "部分公开" in row for row in rows)
    assert "四、结转下年度继续办理 3/0/0/0/0/0/3" in rows
    assert "五、存在的主要问题及改进情况" in document.text.splitlines()


def test_the_row_of_figures_of_the_short_table_has_no_label_one_cell_a_line() -> None:
    header = "|\n行政复议 |\n行政诉讼 |\n|\n结果维持 |\n结果纠正 |\n总计 |\n结果维持 |\n"
    document = read_text(f"{header}|\n3 |\n1 |\n4 |\n |\n2 |\n".encode(), "报告.txt")
    assert texts(document.grids[0])[-1] == ["3", "1", "4", "", "2"]


def test_merged_cells_whose_text_a_converter_wrote_into_each_place_are_merged_again() -> None:
    document = _read("""
| 第二十条第（五）项 | 第二十条第（五）项 | 第二十条第（五）项 | 第二十条第（五）项 |
|---|---|---|---|
| 信息内容 | 本年处理决定数量 | 本年处理决定数量 | 本年处理决定数量 |
| 行政许可 | 7 | 7 | 7 |

| 三、本年度办理结果 | （一）予以公开 | （一）予以公开 | 1 | 1 | 1 | 3 |
| 三、本年度办理结果 | （三）不予公开 | 1.属于国家秘密 | 0 | 0 | 2 | 2 |
| 三、本年度办理结果 | （三）不予公开 | 2.其他法律行政法规禁止公开 | 0 | 0 | 0 | 0 |
| 四、结转下年度继续办理 | 四、结转下年度继续办理 | 四、结转下年度继续办理 | 0 | 0 | 1 | 1 |
""")
    licences, requests = document.grids

    assert [cell.text for cell in licences.cells] == [
        "第二十条第（五）项",
        "信息内容",
        "本年处理决定数量",
        "行政许可",
        "7",
    ]
    assert [cell.column_span for cell in licences.cells] == [4, 1, 3, 1, 3]
    # Equal figures side by side are figures of several columns.
    assert [cell.text for cell in requests.cells if cell.row == 0] == [
        "三、本年度办理结果",
        "（一）予以公开",
        "1",
        "1",
        "1",
        "3",
    ]
    assert [cell.row_span for cell in requests.cells if cell.column < 2] == [3, 1, 2, 1]


def test_two_labels_that_were_cut_short_alike_are_two() -> None:
    grid = _read("信息内容\t本年新\t本年新\t对外公开总数量\n规章\t1\t1\t1\n规范性文件\t2\t2\t3").grids[0]

    assert [len(row) for row in texts(grid)] == [4, 4, 4]


NOUGHTS = "0  0  0  0  0  0  0\n"


def test_labels_and_figures_on_lines_of_their_own_are_no_printout() -> None:
    """Blanks between the figures, as on a printout, and no line that holds a label with its figures."""
    text = f"""
信息内容 本年收费金额（单位:万元）
行政事业性收费
商业企业 科研机构 社会公益组织 法律服务机构 其他
{NOUGHTS * 5}0  0  0  0  0  0  0  0  0  0  0  0  0  0  0
"""
    assert _lines(_read(text))[1] == "行政事业性收费"


def test_a_poured_row_that_lost_the_pipe_behind_its_figure_is_no_row_with_a_blank() -> None:
    rows = ["信息内容", "本年处理决定数量"], ["行政许可", "12"], ["行政处罚", "0"]
    text = "".join(f"|\n{label} |\n{figure} |\n" for label, figure in rows)
    document = _read(f"{text}|\n行政强制 |\n40614\n|\n信息内容 |\n本年收费金额 |\n")
    assert "行政强制" not in [cell.text for grid in document.grids for cell in grid.cells]
    assert "40614" in document.text


@pytest.mark.parametrize("gap", ["", "\n"])
def test_a_line_of_dashes_tells_the_columns_of_a_table_and_its_blank_cells(gap: str) -> None:
    """With empty lines between the rows these may take several lines."""
    label = "行政规范性文件" if not gap else "行政规范\n  性文件"
    table = _read(f"""
  ---------------- -------------- --------------
  信息内容         本年制发件数   本年废止件数
{gap}  规章
{gap}  {label}                         3
  ---------------- -------------- --------------

三、收到和处理政府信息公开申请情况
""").grids[0]
    if not gap:
        assert texts(table) == [
            ["信息内容", "本年制发件数", "本年废止件数"],
            ["规章", "", ""],
            ["行政规范性文件", "", "3"],
        ]
    else:
        assert texts(table)[2] == ["行政规范性文件", "3", ""]


def test_blank_cells_of_a_printout_leave_the_figures_under_their_labels() -> None:
    """Labels whole, one line a row: how many figures a line has tells nothing where cells are blank."""
    head = f"{'':36}自然人  商业企业  科研机构  社会公益组织  法律服务机构  其他  总计"
    places = {"natural": 38, "business": 46, "total": 89}

    def line(label: str, **figures: int) -> str:
        text = label
        for column, figure in figures.items():
            text += " " * (places[column] - sum(1 + (ord(sign) > 255) for sign in text)) + str(figure)
        return text

    rows = [
        line("一、本年新收政府信息公开申请数量", natural=4, business=2, total=6),
        line("二、上年结转政府信息公开申请数量", business=1, total=1),
        line("（一）予以公开", natural=3, total=3),
        line("（二）部分公开", business=3, total=3),
        line("1.属于国家秘密"),
        line("2.重复申请", natural=1, total=1),
        line("（七）总计", natural=4, business=3, total=7),
        line("四、结转下年度继续办理", natural=2, business=1, total=3),
        line("总计", natural=4, business=3, total=7),
        line("总计", natural=4, business=3, total=7),
    ]
    table = next(grid for grid in _read("\n".join([head, *rows, ""])).grids)
    business = {cell.text for cell in table.cells if cell.row == 2 and cell.text}
    assert business == {"二、上年结转政府信息公开申请数量", "1"}
    assert [cell.column for cell in table.cells if cell.text == "6"] == [
        max(cell.column for cell in table.cells if cell.row == 2 and cell.text == "1")
    ]


def test_tables_of_other_widths_that_stand_below_each_other_are_merged_each_by_itself() -> None:
    table = _read("""
第二十条第（五）项	第二十条第（五）项	第二十条第（五）项	第二十条第（五）项	第二十条第（五）项
信息内容	上一年项目数量	本年增/减	本年增/减	处理决定数量
行政许可	143	143	+38	111
其他对外管理服务事项	25	25	0	0
一、本年新收政府信息公开申请数量	一、本年新收政府信息公开申请数量	一、本年新收政府信息公开申请数量	3	0	0	3
""").grids[0]

    rows = [[cell.text for cell in table.cells if cell.row == row] for row in range(table.row_count)]
    assert rows[2] == ["行政许可", "143", "+38", "111"]
    assert rows[3] == ["其他对外管理服务事项", "25", "0", "0"]
    assert rows[4] == ["一、本年新收政府信息公开申请数量", "3", "0", "0", "3"]


def test_fields_parted_by_commas_that_say_nothing_but_that_there_is_nothing() -> None:
    head = "行政复议,,,,行政诉讼,,,"
    grid = _read(
        "\n".join([head, "结果维持,结果纠正,尚未审结,总计,结果维持,结果纠正,尚未审结,总计", "—,—,—,—,—,—,—,—"])
    ).grids[0]

    assert texts(grid)[2] == ["—"] * 8


def test_a_blank_cell_in_the_midst_of_cells_one_a_line_opens_no_row() -> None:
    text = "规章 |\n|\n0 |\n行政规范性文件 |\n|\n1 |\n8 |\n第二十条第（五）项 |\n|\n行政许可 |\n6 |\n"
    rows = [row for grid in _read(text).grids for row in texts(grid)]
    assert not any("1" in row and "第二十条第（五）项" in row for row in rows)


WIDER = """
三、收到和处理政府信息公开申请情况
                                  申请人情况
                                  自然  法人或其他组织                   总计
                                  人   商业  科研  社会      法律   其他
                                      企业  机构  公益      服务
                                              组织      机构
一、本年新收政府信息公开申请数量                  60      104                   164
二、上年结转政府信息公开申请数量                  1       2                     3
三、  (一)予以公开                       3       11                    14
本年  (二)部分公开(区分处理的，只计这一情形，不计       11      6                     17
度办  其他情形)
\f理结    (三)不予公       1.属于国家秘密           2          4                       6
果     开            2.其他法律行政法规禁止公开     4                                  4
                   4.保护第三方合法权益        3          1                       4
                   5.属于三类内部事务信息       1                                  1
                   6.属于四类过程性信息                   4                       4
                   8.属于行政查询事项         11                                 11
      (四)无法提       1.本机关不掌握相关政府信息     11         4                       15
"""


def test_a_page_of_a_printout_that_is_set_wider_goes_on_under_the_same_columns() -> None:
    """As many columns have figures on it as above: those of natural persons, of research institutes, and of all."""
    tables = _read(WIDER).grids
    ends = [max(cell.column for cell in table.cells) for table in tables]
    lines = [
        {cell.column - end: cell.text for cell in table.cells if cell.text.isdigit() and cell.row == row}
        for table, end in zip(tables, ends, strict=True)
        for row in range(table.row_count)
    ]
    assert {-6: "60", -4: "104", 0: "164"} in lines
    assert {-6: "11", -4: "4", 0: "15"} in lines


def test_lines_of_signs_for_none_tell_how_wide_the_signs_of_a_printout_are() -> None:
    text = """
                        申请人情况
                        自然  法人或其他组织                总计
                        人   商业  科研  社会   法律   其他
                            企业  机构  公益   服务
                                    组织   机构
二、上年结转政府信息公开申请数量         /   /        /    /   /    /        /
三  （一）予以公开               /   /        /    /   /    /        /
、  （二）部分公开（区分处理的，只计      /   /        /    /   /    /        /
本  这一情形，不计其他情形）
年  （三）不 1. 属于国家秘密        /   /        /    /   /    /        /
度  予公开   2. 其他法律行政法规禁止   /   /        /    /   /    /        /
办        公开
理        3. 危及“三安全一稳定”   /   /        /    /   /    /        /
"""
    (table,) = _read(text).grids
    lines = [sum(cell.text == "/" for cell in table.cells if cell.row == row) for row in range(table.row_count)]
    assert [count for count in lines if count] == [7] * 6


def test_labels_alone_on_their_lines_are_rows_of_a_printout_left_blank() -> None:
    """Each line has the whole label of a row; the figures of the next line are not theirs."""
    text = """
                              自然人  商业企业  科研机构  社会公益组织  法律服务机构  其他  总计
一、本年新收政府信息公开申请数量           8    1     1     1       1     1   13
二、上年结转政府信息公开申请数量           2    0     0     0       0     0   2
（一）予以公开
（二）部分公开                    3    0     0     0       0     0   3
1、属于国家秘密
2、其他法律行政法规禁止公开
3、危及“三安全一稳定”               4    0     0     0       0     0   4
四、结转下年度继续办理                3    1     1     1       1     1   8
"""
    (table,) = _read(text).grids
    rows = [[cell.text for cell in table.cells if cell.row == row and cell.text] for row in range(table.row_count)]
    assert ["二、上年结转政府信息公开申请数量", "2", "0", "0", "0", "0", "0", "2"] in rows
    assert ["（一）予以公开"] in rows
    assert ["3、危及“三安全一稳定”", "4", "0", "0", "0", "0", "0", "4"] in rows


def test_cells_copied_out_of_a_browser_have_the_tab_behind_them_on_lines_of_their_own() -> None:
    rows = [
        ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
        ["规章", "0", "\N{NO-BREAK SPACE}", ""],
        ["第二十条第（五）项"],
        ["行政许可", "12"],
    ]
    copied = "\n\n".join("\t\n\n".join(row) for row in rows)
    (grid,) = _read(f"二、主动公开政府信息情况\n\n{copied}\n\n三、收到和处理政府信息公开申请情况\n").grids
    assert texts(grid) == [[text.strip() for text in row] for row in rows]


def test_a_cell_copied_out_of_a_browser_may_have_several_lines() -> None:
    (grid,) = _read("总计\t\n\n结果\n维持\n\n1\t\n\n1\n\n2\t\n\n2\n\n结束。\n").grids
    assert texts(grid) == [["总计", "结果维持"], ["1", "1"], ["2", "2"]]


def test_the_tab_between_two_copied_cells_may_stand_on_a_line_of_its_own() -> None:
    rows = [
        ["信息内容", "本年制发\n件数", "本年废止件数", "现行有效件数"],
        ["规章", "", "", ""],
        ["行政规范性文件", "3", "", "4"],
    ]
    copied = "\n\n\n\n\n".join(
        "".join(f"{cell}\n\n\t\n\n" if cell else "\t\n\n" for cell in row[:-1]) + row[-1] for row in rows
    )
    (grid,) = _read(f"二、主动公开政府信息情况\n\n{copied}\n\n三、收到和处理政府信息公开申请情况\n").grids
    assert texts(grid) == [[text.replace("\n", "") for text in row] for row in rows]


def test_an_empty_cell_copied_out_of_a_browser_may_hold_a_line_break() -> None:
    rows = [
        ["一、本年新收", "", "", "", "7"],
        ["二、上年结转", "1", "", "", "0"],
        ["三、办理结果", "（一）予以公开", "", "", ""],
    ]
    copied = "\n".join("\t".join(cell or "\n" for cell in row[:-1]) + "\t" + row[-1] for row in rows)
    (grid,) = _read(f"自然人\t商业企业\t其他\t总计\n{copied}\n\n四、行政复议\n").grids
    assert texts(grid)[1:] == rows


def test_rows_parted_by_commas_may_be_of_any_length() -> None:
    rows = [
        ["行政复议", "行政诉讼"],
        ["结果维持", "结果纠正", "总计", "未经复议直接起诉"],
        ["0", "89", "89", "0", "90", "", "95"],
    ]
    lines = [",".join(row) for row in rows]
    (grid,) = _read(
        "\n".join(["四、行政复议、行政诉讼情况", *lines, "五、存在的问题", "一是人员不足,二是更新较慢"])
    ).grids
    assert texts(grid) == rows


def test_a_comma_in_the_brackets_of_a_label_parts_no_cells() -> None:
    rows = ["(二)部分公开(区分处理的,只计这一情形),1,0,0,0,0,0,1", "(三)不予公开,1.属于国家秘密,0,0,0,0,0,0,0"]
    (grid,) = _read("\n".join(rows)).grids
    assert texts(grid)[0] == ["(二)部分公开(区分处理的,只计这一情形)", "1", "0", "0", "0", "0", "0", "1"]


def test_the_commas_of_figures_one_a_line_part_no_cells() -> None:
    assert not _read("行政许可\n1,839\n行政处罚\n12,400\n行政强制\n1,002\n2,300\n1,500\n3,000\n4,000\n").grids
