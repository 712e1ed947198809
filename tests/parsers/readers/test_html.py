"""Pages as sites publish them."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.document import Document, GridKind
from parsers.errors import LimitExceeded, Unreadable
from parsers.readers.html import read_html
from tests.parsers.readers.invariants import check, places, read_twice, texts

DATA = Path(__file__).with_name("data") / "html"


def _read(body: str) -> Document:
    return read_twice(read_html, f"<!DOCTYPE html><html><body>{body}</body></html>".encode(), "年报.html")


def _lines(body: str) -> list[str]:
    return _read(body).text.splitlines()


def _rows(table: str) -> list[list[str]]:
    (grid,) = _read(f"<p>二、情况</p><table>{table}</table>").grids
    return texts(grid)


def test_a_page_of_a_content_system() -> None:
    path = DATA / "content-system-gbk.html"
    document = read_twice(read_html, path.read_bytes(), path.name)
    assert document.text.splitlines()[:3] == [
        "甲州市水务局2021年政府信息公开工作年度报告",
        "本报告统计期限自2021年1月1日起至12月31日止。",
        "一、总体情况",
    ]
    assert document.text.splitlines()[-1] == "本年度没有收取信息处理费。"
    assert document.metadata.title == "甲州市水务局2021年政府信息公开工作年度报告"
    assert document.metadata.published == date(2022, 1, 19)
    assert document.metadata.publisher == "甲州市水务局"
    (grid,) = document.grids
    assert places(grid)["行政许可"] == (3, 0, 1, 1)
    assert places(grid)["35671"] == (3, 1, 1, 3)


def test_a_page_that_no_list_knows() -> None:
    path = DATA / "unknown-system.html"
    document = read_twice(read_html, path.read_bytes(), path.name)
    assert document.text.splitlines() == [
        "乙州市审计局2020年政府信息公开工作年度报告",
        "发布时间：2021-01-28 来源：乙州市审计局",
        "一、总体情况",
        "2020年，本局通过门户网站公开信息112条，回应群众留言9件，没有发生行政复议。",
        "二、主动公开政府信息情况",
        "规章\t0\t0\t0",
        "规范性文件\t1\t1\t4",
        "三、其他需要报告的事项",
        "没有其他需要报告的事项，特此报告。",
    ]
    assert document.metadata.published == date(2021, 1, 28)
    assert document.metadata.publisher == "乙州市审计局"


def test_a_table_saved_from_word() -> None:
    path = DATA / "saved-from-word.html"
    document = read_twice(read_html, path.read_bytes(), path.name)
    (grid,) = document.grids
    assert grid.kind is GridKind.MARKUP
    assert texts(grid) == [
        ["第二十条第（一）项"],
        ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
        ["规章", "0", "", "7"],
        ["行政规范性文件", "12", "3", "40"],
    ]
    assert document.text.splitlines()[0] == "一、总体情况"
    assert document.text.splitlines()[1] == "2021年公开信息1839条。"
    assert {note.code for note in document.notes} == {"tracked_changes", "hidden_text"}


def test_paragraphs_are_parted_as_a_browser_parts_them() -> None:
    assert _lines("<div>一、总体情况<div>公开<b>12</b>条</div>回应<span>3</span>次</div><p>二、<p>三、") == [
        "一、总体情况",
        "公开12条",
        "回应3次",
        "二、",
        "三、",
    ]


def test_breaks_part_paragraphs_or_wrap_them() -> None:
    body = "<p>　　一、总体情况<br>　　本机关按照条例的要求，认真做好政府信息公开工作，<br>全年公开12条。<br><br>二、情况</p>"
    assert _lines(body) == [
        "一、总体情况",
        "本机关按照条例的要求，认真做好政府信息公开工作，全年公开12条。",
        "二、情况",
    ]
    (line, rest) = _read("<h1>甲州市公安局<br>2021年年度报告</h1>").lines
    assert (line.span.end, line.heading, rest.heading) == (rest.span.start, 1, 1)


def test_a_source_line_that_ends_within_chinese_leaves_no_blank() -> None:
    assert _lines("<p>政府信息\n  公开12\n条</p>") == ["政府信息公开12 条"]


def test_spans_become_places() -> None:
    (grid,) = _read(
        "<table><tr><td rowspan=2>三、办理结果<td>（一）予以公开<td>2"
        "<tr><td>（二）部分公开<td>1<tr><td colspan=2>总计<td>3</table>"
    ).grids
    assert places(grid) == {
        "三、办理结果": (0, 0, 2, 1),
        "（一）予以公开": (0, 1, 1, 1),
        "2": (0, 2, 1, 1),
        "（二）部分公开": (1, 1, 1, 1),
        "1": (1, 2, 1, 1),
        "总计": (2, 0, 1, 2),
        "3": (2, 2, 1, 1),
    }


def test_impossible_spans_are_cut_to_the_table() -> None:
    (grid,) = _read(
        "<table><tr><td colspan=10000>表</td></tr><tr><td rowspan=0>甲</td><td>1</td></tr>"
        "<tr><td rowspan=99 colspan=-1>2</td></tr></table>"
    ).grids
    assert (grid.row_count, grid.column_count) == (3, 2)
    assert places(grid) == {"表": (0, 0, 1, 2), "甲": (1, 0, 2, 1), "1": (1, 1, 1, 1), "2": (2, 1, 1, 1)}


def test_cells_that_overlap_give_way() -> None:
    (grid,) = _read("<table><tr><td>a<td rowspan=2>b<td>1<tr><td colspan=3>c<td>d</table>").grids
    assert places(grid)["c"] == (1, 0, 1, 1)


def test_the_head_is_shown_first_and_the_foot_last() -> None:
    rows = _rows(
        "<tfoot><tr><td>总计<td>3</tfoot><tbody><tr><td>甲<td>1<tr><td>乙<td>2</tbody><thead><tr><th>项目<th>件数</thead>"
    )
    assert [row[0] for row in rows] == ["项目", "甲", "乙", "总计"]


def test_hidden_rows_and_cells_are_left_out() -> None:
    document = _read(
        "<style>.gone { display: none } @media print { .kept { display: none } }</style>"
        "<p>公开情况如下表所示，共计十二条。</p><table><tr style='display:none'><td>去年<td>9<td>9</tr>"
        "<tr><td>规章<td class=gone>8<td class=kept>1</tr>"
        "<tr><td>许可<td>2</tr><tr height=0><td><td></tr></table>"
    )
    assert texts(document.grids[0]) == [["规章", "1"], ["许可", "2"]]


def test_a_hidden_table_is_no_table_and_a_class_in_a_cell_hides_nothing() -> None:
    hidden = "<table style='display: none'><tr><td>规章<td>9<td>9<tr><td>许可<td>9<td>9<tr><td>处罚<td>9<td>9</table>"
    shown = "<table><tr><td><div class=top>规章</div><td><p class=bottom>5</p><tr><td>许可<td><div class=tools>6</div></table>"
    document = _read(f"<p>公开情况如下表所示，共计十二条，比上年增加三条。</p>{hidden}{shown}")
    assert [texts(grid) for grid in document.grids] == [[["规章", "5"], ["许可", "6"]]]
    assert [note.code for note in document.notes] == ["hidden_text"]


def test_figures_one_above_the_other_stay_two() -> None:
    rows = _rows(
        "<tr><td>商业<br>企业<td>12<br>3<td>5<sup>1</sup><tr><td><p>三、</p><p>本</p><p>年</p><td>&nbsp;<td>　"
    )
    assert rows == [["商业企业", "12 3", "5¹"], ["三、本年", "", ""]]


def test_struck_figures_are_withdrawn() -> None:
    rows = _rows(
        "<tr><td>规章<td><s>5</s> 7<td><span style='text-decoration:line-through'>3</span>0<td><strike>1</strike></tr>"
    )
    assert rows == [["规章", "7", "0", ""]]


@pytest.mark.parametrize("style", ["font-size:0", "FONT-SIZE: 0px;", "color:red; opacity:0", "color: transparent"])
def test_figures_that_nobody_sees_are_left_out(style: str) -> None:
    rows = _rows(f"<tr><td>规章<td><span style='{style}'>30</span>6<td style='font-size:0'><b>7</b></tr>")
    assert rows == [["规章", "6", "7"]]


def test_an_article_within_an_unclosed_strike_is_read() -> None:
    assert _lines("<p>2021年年度报告</p><s><p>" + "一、总体情况。" * 20)[-1].endswith("一、总体情况。")


def test_the_header_of_a_table_that_a_script_built_is_no_header_of_the_page() -> None:
    document = _read(
        '<p>二、情况</p><div class="el-table__header-wrapper"><table><tr><th>信息内容<th>制发件数</tr></table></div>'
        '<div class="el-table__body-wrapper"><table><tr><td>规章<td>0</tr><tr><td>许可<td>5</tr></table></div>'
    )
    assert "信息内容" in document.text


def test_a_layout_table_is_read_as_its_content() -> None:
    document = _read(
        "<table><tr><td colspan=2><h1>2021年年度报告</h1></td></tr><tr><td>一、总体情况</td><td></td></tr><tr><td colspan=2>"
        "<table><tr><td>规章<td>0<td>1</tr><tr><td>许可<td>5<td>6</tr></table><p>三、其他</p></td></tr></table>"
    )
    assert document.text.splitlines() == ["2021年年度报告", "一、总体情况", "规章\t0\t1", "许可\t5\t6", "三、其他"]
    assert len(document.grids) == 1


def test_a_figure_in_a_tiny_table_of_its_own_is_kept() -> None:
    assert _rows(
        "<tr><td>规章<td><table><tr><td>7</table><td><table><tr><td>8<td>9</table>"
        "<tr><td>许可<td>1<td>2<tr><td>处罚<td>3<td>4"
    ) == [["规章", "7", "8 9"], ["许可", "1", "2"], ["处罚", "3", "4"]]


def test_a_table_of_prose_is_no_table() -> None:
    prose = "本机关认真贯彻落实条例，不断完善公开制度，及时公开各类政府信息，" * 3
    assert not _read(f"<table><tr><td>{prose}<td>{prose}<tr><td>{prose}<td>1</table>").grids
    assert not _read(f"<table><tr><td>{prose}<tr><td>{prose}</table>").grids


def test_rows_made_of_divisions() -> None:
    style = "<style>.r { display: flex } .t .c { display: table-cell }</style>"
    (grid,) = _read(
        f"{style}<div class=r><span>规章</span><span>0</span><span></span></div>"
        "<div class=r><span>许可</span><span>5</span><span>6</span></div>"
    ).grids
    assert grid.kind is GridKind.DELIMITED
    assert texts(grid) == [["规章", "0", ""], ["许可", "5", "6"]]
    assert _lines(f"{style}<p class=t><span class=c>规章</span><span class=c>5</span><span class=c>6</span></p>") == [
        "规章 5 6"
    ]


def _spans(body: str) -> list[tuple[int, int, int, int, str]]:
    (grid,) = _read(body).grids
    return [(cell.row, cell.column, cell.row_span, cell.column_span, cell.text) for cell in grid.cells]


def test_a_table_told_by_roles_keeps_its_merged_and_its_blank_cells() -> None:
    row = "<div role=row>"
    assert _spans(
        "<div role=table>"
        f"{row}<div role=columnheader aria-rowspan=2>类别</div><div role=columnheader aria-colspan=2>法人</div></div>"
        f"{row}<div role=columnheader>企业</div><div role=columnheader>机构</div></div>"
        f"<div role=rowgroup>{row}<div role=cell>新收</div><div role=cell></div><div role=cell>6</div></div></div></div>"
    ) == [
        *((0, 0, 2, 1, "类别"), (0, 1, 1, 2, "法人"), (1, 1, 1, 1, "企业"), (1, 2, 1, 1, "机构")),
        *((2, 0, 1, 1, "新收"), (2, 1, 1, 1, ""), (2, 2, 1, 1, "6")),
    ]


def test_boxes_nested_like_rows_and_cells_are_a_table_without_their_style_sheet() -> None:
    def row(*texts: str) -> str:
        return f"<ul class=tr>{''.join(f'<li>{text}</li>' for text in texts)}</ul>"

    rows = row("信息内容", "制发件数", "废止件数"), row("规章", "", ""), row("规范性文件", "3", "")
    assert _spans(f"<div class=tbl>{''.join(rows)}</div>") == [
        *((0, 0, 1, 1, "信息内容"), (0, 1, 1, 1, "制发件数"), (0, 2, 1, 1, "废止件数")),
        *((1, 0, 1, 1, "规章"), (1, 1, 1, 1, ""), (1, 2, 1, 1, "")),
        *((2, 0, 1, 1, "规范性文件"), (2, 1, 1, 1, "3"), (2, 2, 1, 1, "")),
    ]
    menu = "<ul><li>政务公开</li><li>政务服务</li></ul>"
    assert _lines(f"<div>{menu * 3}</div>") == ["政务公开", "政务服务"] * 3


def test_merged_cells_written_out_in_all_their_places_are_merged_again() -> None:
    def row(*texts: str) -> str:
        return f"<tr>{''.join(f'<td>{text}</td>' for text in texts)}</tr>"

    rows = (
        row(*["第二十条第（五）项"] * 5),
        row("信息内容", "上一年项目数量", "本年增/减", "本年增/减", "处理决定数量"),
    )
    (grid,) = _read(f"<table>{''.join(rows)}{row('行政许可', '76', '76', '-9', '536')}</table>").grids
    assert [(cell.column, cell.column_span, cell.text) for cell in grid.cells if cell.row == 2] == [
        *((0, 1, "行政许可"), (1, 2, "76"), (3, 1, "-9"), (4, 1, "536")),
    ]


def test_a_table_on_a_grid_stands_where_its_style_puts_it() -> None:
    def at(column: str, row: str, text: str) -> str:
        return f'<div style="grid-column: {column}; grid-row: {row}">{text}</div>'

    cells = [at("1", "1/span 2", "类别"), at("2 / 4", "1", "法人"), at("2", "2", "企业"), at("3", "2", "机构")]
    cells += [at("1", "3", "新收"), at("2", "3", ""), at("3", "3", "6")]
    assert _spans(f'<div style="display:grid">{"".join(cells)}</div>') == [
        *((0, 0, 2, 1, "类别"), (0, 1, 1, 2, "法人"), (1, 1, 1, 1, "企业"), (1, 2, 1, 1, "机构")),
        *((2, 0, 1, 1, "新收"), (2, 1, 1, 1, ""), (2, 2, 1, 1, "6")),
    ]
    cards = "<div>政务公开</div><div>政务服务</div>"
    assert _lines(f'<div style="display:grid">{cards}</div>') == ["政务公开", "政务服务"]


def test_a_table_of_css_keeps_its_blank_cells() -> None:
    style = "<style>.t { display: table } .r { display: table-row } .c { display: table-cell }</style>"
    rows = [["类别", "企业", "机构"], ["新收", "", "6"]]
    body = "".join(f"<div class=r>{''.join(f'<div class=c>{text}</div>' for text in row)}</div>" for row in rows)
    (grid,) = _read(f"{style}<div class=t>{body}</div>").grids
    assert (grid.kind, texts(grid)) == (GridKind.MARKUP, rows)


def test_whose_page_it_is() -> None:
    body = (
        "<title>年报-和县乌江镇人民政府</title><dl><dt>发文机关</dt><dd>和县乌江镇（和县经开区）</dd></dl><p>年报</p>"
        "<footer>主办单位：和县人民政府办公室 电话：1</footer><textarea style='display:none'>平罗县财政局年报</textarea>"
    )
    document = _read(body)
    assert document.metadata.publisher == "和县乌江镇（和县经开区）"
    assert document.metadata.sites == ("年报", "和县乌江镇人民政府", "和县人民政府办公室")
    assert "平罗县" not in document.text


def test_rows_of_pipes_left_by_a_reader_mode() -> None:
    (grid,) = _read("<p>二、情况</p><p>|信息内容|件数|</p><p>|---|---|</p><p>|规章|0|</p><p>三、情况</p>").grids
    assert texts(grid) == [["信息内容", "件数"], ["规章", "0"]]


def test_text_in_pre_is_read_as_text() -> None:
    (grid,) = _read("<pre>二、情况\n规章\t0\t1\n许可\t2\t3\n</pre>").grids
    assert texts(grid) == [["规章", "0", "1"], ["许可", "2", "3"]]


def test_a_picture_in_place_of_a_table_is_noted() -> None:
    document = _read(
        "<p>二、情况</p><p><img src='W0202.png'></p><p>三、情况</p><img src=logo.png><img src=a.png width=20>"
    )
    assert [note.message for note in document.notes if note.code == "image_table"] == [
        "1 pictures in the article, the first W0202.png"
    ]


def test_a_page_saved_with_its_pictures() -> None:
    page = (
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=xx\r\n\r\n--xx\r\n"
        "Content-Type: text/html; charset=gb2312\r\nContent-Transfer-Encoding: 8bit\r\n\r\n<p>年度报告</p>\r\n--xx--\r\n"
    )
    assert read_twice(read_html, page.encode("gbk"), "年报.doc").text == "年度报告\n"


def test_traditional_characters_stay() -> None:
    assert _lines("<p>規範性檔案</p>") == ["規範性檔案"]


@pytest.mark.parametrize("body", ["", "<script>document.write('x')</script>", "<p style='display:none'></p>&nbsp;"])
def test_a_page_that_shows_nothing(body: str) -> None:
    with pytest.raises(Unreadable, match="shows no text"):
        _read(body)


@pytest.mark.parametrize(
    "body",
    [
        "<table><tr><td>1" * 10_000,
        "<table><tr>" + "<td></td>" * 40_000 + "<td>1",
        "<table>" + "<tr><td colspan=10000 rowspan=10000>1</td><td colspan=999999 rowspan=0>2" * 2_000,
        "".join(f"<font color={color}>" for color in range(2_000)) + "<p>x" * 5_000,
        "<div style='display:flex'>1" * 3_000,
        "<" * 100_000,
    ],
    ids=["nested tables", "empty cells", "spans", "open fonts", "rows in rows", "signs"],
)
def test_hostile_pages_are_read_in_time(body: str) -> None:
    check(read_html(f"<html><body>{body}".encode(), "a.html"))


def test_endless_nesting_is_refused() -> None:
    with pytest.raises(LimitExceeded, match="<div>"):
        _read("<div>" * 5_000)


_TAGS = ["table", "tr", "td", "td rowspan=2", "td colspan=3", "th", "p", "div", "span", "br", "tbody", "thead", "li"]
_TAGS += ["h2", "pre", "sup", "div class=TRS_Editor", "div id=nav", "a href=x"]
_TAGS += ["td style='display:none'", "div style='display:flex'"]
_PIECES = st.sampled_from(
    [f"<{tag}>" for tag in _TAGS]
    + [f"</{tag.split()[0]}>" for tag in _TAGS]
    + ["规章", "12", "0", "&nbsp;", "\n", "|", "<!--", "-->", "<![if x]>", "本机关公开信息。"]
)


@settings(deadline=None)
@given(st.lists(_PIECES, max_size=60).map("".join))
def test_invariants_hold_for_any_page(body: str) -> None:
    with suppress(Unreadable):
        check(read_html(f"<html><body>{body}".encode(), "a.html"))


@settings(deadline=None)
@given(
    st.lists(
        st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=6), min_size=2, max_size=6
    )
)
def test_no_figure_of_a_table_is_lost(table: list[list[tuple[int, int]]]) -> None:
    rows = [
        "".join(f"<td rowspan={down} colspan={across}>{row}.{column}" for column, (down, across) in enumerate(cells))
        for row, cells in enumerate(table)
    ]
    document = check(read_html(("<html><body><table><tr>" + "<tr>".join(rows)).encode(), "a.html"))
    written = [f"{row}.{column}" for row, cells in enumerate(table) for column in range(len(cells))]
    assert document.text.split() == written


def test_a_heading_that_the_page_hides_is_no_title() -> None:
    """A page keeps the print version of another report, not shown."""
    document = _read(
        '<div style="display:none"><h1>歙县财政局2017年政府信息公开工作年度报告</h1></div>'
        '<div id="zoom"><p>甲州市水务局2021年政府信息公开工作年度报告</p><p>本报告统计期限自2021年1月1日起。</p></div>'
    )
    assert document.metadata.title is None
    assert "歙县" not in document.text


ROWS = "".join(f"<tr><td align='center'><p>第{n}行</p></td><td><p>{n}</p></td></tr>" for n in range(40))


@pytest.mark.parametrize(
    ("whole", "torn"),
    [
        ("<td><p>7</p></td>", "<td><p>7</p></<td><p>7</p></td>"),  # a tag begins within a tag
        ("<td align='center'><p>第8行", "nter'><p>第8行"),  # the beginning of a tag is lost, its end is shown
        ("<td><p>9</p></td>", "<td><p>9</p>"),  # all other cells are closed
        ("<p>9</p>", "<p>\0\0\0</p>"),
    ],
)
def test_torn_markup_of_a_table_is_noted(whole: str, torn: str) -> None:
    assert whole in ROWS
    page = f"<html><body><p>年报</p><table>{ROWS}</table></body></html>"
    assert read_html(page.encode(), "a.html").notes == ()
    (note,) = read_html(page.replace(whole, torn).encode(), "a.html").notes
    assert note.code == "damaged"


def _chapter(number: str, row: str) -> str:
    cells = "".join(f"<td>{figure}</td>" for figure in (1, 2, 3, 4))
    return f"<p>{number}、公开情况。</p><table><tr><td>{row}</td></tr><tr>{cells}</tr></table>"


@pytest.mark.parametrize(
    ("hidden", "rows"),
    [
        (
            '<div class="page" style="display:none">' + _chapter("三", "申请人情况") + "</div>",
            ["第二十条", "申请人情况"],
        ),
        ('<div class="page" style="display:none">' + _chapter("一", "申请人情况") + "</div>", ["第二十条"]),
        ('<div class="page" style="display:none">' + _chapter("二", "第二十条") + "</div>", ["第二十条"]),
        ('<div class="old" style="display:none">' + _chapter("三", "申请人情况") + "</div>", ["第二十条"]),
    ],
    ids=["the next page", "a report of its own", "the same table", "made otherwise"],
)
def test_the_next_page_of_an_article_is_hidden_until_it_is_turned_to(hidden: str, rows: list[str]) -> None:
    document = _read('<div class="page on">' + _chapter("一", "第二十条") + f"</div>{hidden}<p>下一页</p>")

    assert [grid.cells[0].text for grid in document.grids] == rows
