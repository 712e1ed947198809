"""Tables whose columns no line parts: found by their figures, read with their blanks in place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from parsers.align.blocks import align_blocks
from parsers.align.printed import rows_of
from parsers.document import Box, Document, Grid, GridKind
from parsers.forms import form_of
from parsers.readers.pdf import read_pdf
from parsers.readers.pdf.lines import without_page_numbers
from parsers.readers.pdf.orientation import runs_sideways
from parsers.readers.pdf.page import PageContent, Rectangle, Word
from parsers.readers.pdf.readable import readable_words
from parsers.readers.pdf.unruled.gutters import gutters_of
from parsers.readers.pdf.unruled.runs import text_row
from parsers.readers.pdf.unruled.sections import sections_of
from parsers.readers.pdf.unruled.stacks import leaves_of, parted
from parsers.readers.pdf.unruled.words import split_at_gaps, with_spread_labels, with_whole_figures

pymupdf: Any = pytest.importorskip("pymupdf")

COLUMNS = (200, 260, 320, 380)
HEADER = [(200, 100, "自然人"), (260, 100, "商业企业"), (320, 100, "其他"), (380, 100, "总计")]


def page(texts: Sequence[tuple[float, float, str]], *, fills: Any = (), lines: Any = (), turn: int = 0) -> bytes:
    document = pymupdf.open()
    sheet = document.new_page(width=500, height=400)
    for fill in fills:
        sheet.draw_rect(pymupdf.Rect(fill), color=None, fill=(0.9, 0.93, 0.97))
    for line in lines:
        sheet.draw_line(line[:2], line[2:])
    for x, y, text in texts:
        sheet.insert_text((x, y), text, fontname="china-s", fontsize=9)
    if turn:
        turned = pymupdf.open()
        new = turned.new_page(width=400, height=500)
        new.show_pdf_page(new.rect, document, 0, rotate=turn)
        document = turned
    return bytes(document.tobytes())


def row(y: float, label: str, *figures: str) -> list[tuple[float, float, str]]:
    return [(60, y, label), *((x + 8, y, text) for x, text in zip(COLUMNS, figures, strict=True) if text)]


def only_grid(document: Document) -> Grid:
    (grid,) = document.grids
    return grid


def rows_of_grid(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in grid.cells if cell.row == number] for number in range(grid.row_count)]


TABLE = [
    *HEADER,
    *row(120, "一、本年新收", "12", "3", "0", "15"),
    *row(140, "（一）予以公开", "9", "", "0", "9"),
    *row(160, "（七）总计", "12", "3", "0", "15"),
]


def test_figures_that_touch_over_the_edge_of_a_fill_are_noted() -> None:
    """13011 and 1748 in narrow coloured cells: nothing tells where the one ends."""
    fills = [(x, y, x + 28, y + 18) for y in (100, 120, 140) for x in (100, 130, 160, 190)]
    texts = [(104 + 30 * n, y, str(n + row)) for row, y in enumerate((113, 153)) for n in range(4)]
    document = read_pdf(
        page([*texts, (132, 133, "130111748"), (20, 30, "本页的表格只有底色，数字碰在一起")], fills=fills), "a.pdf"
    )
    assert [note.code for note in document.notes] == ["crossed_ruling"]


def test_a_blank_of_a_whole_sign_in_a_cell_left_blank_is_no_word() -> None:
    """Word processors leave an ideographic space there; a word in front of a figure would be its label."""
    texts = [
        *HEADER,
        *row(120, "一、本年新收", "12", "\u3000", "0", "12"),
        *row(140, "（一）予以公开", "9", "\u3000", "\u3000", "9"),
    ]
    assert rows_of_grid(only_grid(read_pdf(page(texts), "a.pdf")))[-2:] == [
        ["一、本年新收", "12", "", "0", "12"],
        ["（一）予以公开", "9", "", "", "9"],
    ]


def test_a_table_without_any_line_is_read_and_a_blank_keeps_its_column() -> None:
    grid = only_grid(read_pdf(page(TABLE), "报告.pdf"))
    assert grid.kind is GridKind.ALIGNED
    assert rows_of_grid(grid)[-2] == ["（一）予以公开", "9", "", "0", "9"]


def test_a_table_printed_twice_to_look_bold_is_read_as_if_printed_once() -> None:
    twice = [text for x, y, label in TABLE for text in ((x, y, label), (x + 0.4, y, label))]
    assert rows_of_grid(only_grid(read_pdf(page(twice), "报告.pdf"))) == rows_of_grid(
        only_grid(read_pdf(page(TABLE), "报告.pdf"))
    )


def test_lines_around_a_few_cells_of_a_table_that_has_none_elsewhere_part_nothing() -> None:
    box = [(255, 109, 375, 109), (255, 126, 375, 126), *((x, 109, x, 126) for x in (255, 315, 375))]
    grid = only_grid(read_pdf(page(TABLE, lines=box), "报告.pdf"))
    assert rows_of_grid(grid)[-3:] == rows_of_grid(only_grid(read_pdf(page(TABLE), "报告.pdf")))[-3:]


def test_a_figure_below_its_label_is_no_number_of_the_page_where_a_line_ends_too_early() -> None:
    results = ["维持", "纠正", "其他", "未审结", "总计"] * 3
    texts = [(60, 90, "行政复议"), (220, 90, "未经复议直接起诉"), (370, 90, "复议后起诉")]
    texts += [(20 + 30 * n, 105, label) for n, label in enumerate(results)]
    texts += [(24 + 30 * n, 125, str(n % 5)) for n in range(15)]
    lines = [(40, y, 470, y) for y in (80, 140)]
    grid = only_grid(read_pdf(page(texts, lines=lines), "报告.pdf"))
    assert rows_of_grid(grid)[-1] == [str(n % 5) for n in range(15)]


def test_a_column_left_blank_throughout_is_known_by_its_label() -> None:
    texts = [*HEADER, *row(120, "规章", "1", "2", "", "3"), *row(140, "规范性文件", "4", "5", "", "9")]
    assert rows_of_grid(only_grid(read_pdf(page(texts), "报告.pdf")))[-1] == ["规范性文件", "4", "5", "", "9"]


def test_a_label_on_two_lines_belongs_to_the_figures_in_its_middle() -> None:
    texts = [
        *HEADER,
        *row(120, "1.重复申请", "1", "0", "0", "1"),
        (60, 138, "2.要求行政机关确认或"),
        (60, 150, "重新出具已获取信息"),
        *row(144, "", "2", "0", "0", "2"),
        *row(170, "3.其他", "0", "0", "4", "4"),
    ]
    texts = [each for each in texts if each[2]]
    assert ["2.要求行政机关确认或重新出具已获取信息", "2", "0", "0", "2"] in rows_of_grid(
        only_grid(read_pdf(page(texts), "报告.pdf"))
    )


def test_fills_part_the_rows_of_a_striped_table() -> None:
    texts = [
        *HEADER,
        *row(120, "1.重复申请", "1", "0", "0", "1"),
        (60, 138, "2.要求行政机关确认或"),
        (60, 150, "重新出具已获取信息"),
        *[(x + 8, 138, "5") for x in COLUMNS],
        *row(170, "3.其他", "0", "0", "4", "4"),
    ]
    stripes = [(50, 110, 450, 126), (50, 158, 450, 176)]
    document = read_pdf(page(texts, fills=stripes), "报告.pdf")
    assert ["2.要求行政机关确认或重新出具已获取信息", "5", "5", "5", "5"] in rows_of_grid(only_grid(document))


def test_filled_cells_are_cells() -> None:
    fills = [(50 + 90 * x, 90 + 20 * y, 138 + 90 * x, 108 + 20 * y) for x in range(4) for y in range(3)]
    texts = [(60 + 90 * x, 103 + 20 * y, f"{x}{y}") for x in range(4) for y in range(3) if (x, y) != (2, 1)]
    grid = only_grid(read_pdf(page(texts, fills=fills), "报告.pdf"))
    assert grid.kind is GridKind.RULED
    assert rows_of_grid(grid)[1] == ["01", "11", "", "31"]


def test_the_background_of_a_text_within_a_filled_cell_is_no_cell() -> None:
    cells = [(50 + 90 * x, 90 + 40 * y, 138 + 90 * x, 128 + 40 * y) for x in range(4) for y in range(3)]
    texts = [(60 + 90 * x, 103 + 40 * y, f"{x}{y}") for x in range(4) for y in range(3) if (x, y) != (2, 1)]
    behind = [(x, y - 9, x + 18, y + 2) for x, y, _ in texts]
    grid = only_grid(read_pdf(page(texts, fills=[*cells, *behind]), "报告.pdf"))
    assert rows_of_grid(grid)[1] == ["01", "11", "", "31"]


def test_a_filled_header_above_a_ruled_table_is_read_as_a_table() -> None:
    header = [(50 + 90 * x, 90 + 20 * y, 139 + 90 * x, 109 + 20 * y) for x in range(4) for y in range(2)]
    body = [(50, y, 410, y) for y in (130, 150)] + [(50 + 90 * x, 130, 50 + 90 * x, 150) for x in range(5)]
    behind = [(49.5, 129.5, 410.5, 150.5)]
    texts = [
        (60 + 90 * x, 103 + 20 * y, text)
        for y, row in enumerate(("甲乙丙丁", "戊己庚辛"))
        for x, text in enumerate(row)
    ]
    texts += [(60 + 90 * x, 143, str(x)) for x in range(4)]
    one, two = read_pdf(page(texts, fills=[*header, *behind], lines=body), "报告.pdf").grids
    assert rows_of_grid(one) == [["甲", "乙", "丙", "丁"], ["戊", "己", "庚", "辛"]]
    assert rows_of_grid(two) == [["0", "1", "2", "3"]]


def test_prose_with_figures_is_no_table() -> None:
    lines = ["本年收到申请12件，比上年增加3件，增长33%。", "其中予以公开9件，不予公开3件。", "共计15件。 — 2 —"]
    document = read_pdf(page([(60, 100 + 20 * n, text) for n, text in enumerate(lines)]), "报告.pdf")
    assert not document.grids


def test_a_heading_between_two_tables_stays_prose() -> None:
    below = [(x, y + 110, text) for x, y, text in TABLE]
    document = read_pdf(page([*TABLE, (60, 185, "四、政府信息公开行政复议情况"), *below]), "报告.pdf")
    assert [line.span.of(document.text) for line in document.lines] == ["四、政府信息公开行政复议情况"]
    assert len(document.grids) == 2


@pytest.mark.parametrize("turn", [90, 270])
def test_a_page_printed_sideways_is_turned_to_be_read(turn: int) -> None:
    upright = only_grid(read_pdf(page(TABLE), "报告.pdf"))
    document = read_pdf(page(TABLE, turn=turn), "报告.pdf")
    assert rows_of_grid(only_grid(document)) == rows_of_grid(upright)
    assert [note.code for note in document.notes] == ["turned_text"]
    boxes = [cell.box for cell in only_grid(document).cells if cell.box]
    assert all(box.x1 <= 400 and box.y1 <= 500 and box.x0 < box.x1 and box.y0 < box.y1 for box in boxes)


def test_places_of_a_turned_page_are_told_as_it_is_shown() -> None:
    def content(turned: int) -> PageContent:
        return PageContent(1, 500, 400, (), (), (), tuple, turned=turned)

    assert content(0).shown(Box(1, 10, 20, 30, 40)) == Box(1, 10, 20, 30, 40)
    assert content(90).shown(Box(1, 10, 20, 30, 40)) == Box(1, 20, 470, 40, 490)
    assert content(270).shown(Box(1, 10, 20, 30, 40)) == Box(1, 360, 10, 380, 30)


def test_a_figure_with_characters_that_mean_nothing_is_not_blank() -> None:
    page = PageContent(1, 500, 400, [Word(100, 50, 105, 58, "\ue031\ue032")], (), (), tuple)
    assert [word.text for word in readable_words(page)] == ["��"]


def test_signs_that_a_program_placed_one_by_one_and_in_any_order_are_words_again() -> None:
    """The first signs of all lines come first, then the second ones."""
    lines = ["行政许可8123", "行政处罚1077", "行政强制2006", "行政确认3305", "行政征收4410"]
    signs = [
        Word(50 + 10 * x, 50 + 20 * y, 60 + 10 * x, 60 + 20 * y, lines[y][x]) for x in range(8) for y in range(5)
    ]
    page = PageContent(1, 500, 400, signs, (), (), tuple)
    assert [word.text for word in readable_words(page)] == lines


def word(x0: float, text: str, width: float = 5) -> Word:
    return Word(x0, 0, x0 + width * len(text), 10, text)


def test_figures_that_a_library_ran_together_are_cut_where_a_gap_is() -> None:
    glued = Word(0, 0, 26, 10, "16023")
    characters = [word(0, "1"), word(5, "6"), word(10, "0"), word(16, "2"), word(21, "3")]
    assert [w.text for w in split_at_gaps([glued], characters)] == ["160", "23"]


def test_the_gap_to_the_next_column_is_not_the_one_between_digits() -> None:
    columns = [word(40 * n, "0") for n in range(2, 9)]
    label = [word(10, "确"), word(20, "0")]
    assert [w.text for w in split_at_gaps([Word(10, 0, 25, 10, "确0")], [*label, *columns])] == ["确", "0"]


def test_figures_set_with_even_spaces_stay_whole() -> None:
    characters = [word(6 * n, c) for n, c in enumerate("1602")]
    assert [w.text for w in split_at_gaps([Word(0, 0, 23, 10, "1602")], characters)] == ["1602"]


def test_labels_of_narrow_columns_that_stand_close_are_labels_of_their_own() -> None:
    """Half a sign between two whole labels parts them; between the signs of one label as much is wide setting."""

    def set_in(*labels: str, gap: float) -> list[Word]:
        x, characters = 0.0, []
        for label in labels:
            for sign in label:
                characters.append(Word(x, 0, x + 10, 10, sign))
                x += 10
            x += gap
        return characters

    def runs(*labels: str, gap: float) -> list[str]:
        characters = set_in(*labels, gap=gap)
        glued = Word(0, 0, characters[-1].x1, 10, "".join(labels))
        return [run.text for run in text_row(split_at_gaps([glued], characters)).runs]

    assert runs("维持", "撤销", "其他结果", "未审结", "合计", gap=3) == ["维持", "撤销", "其他结果", "未审结", "合计"]
    assert runs("维", "持", gap=3) == ["维持"]
    assert runs("其他结果", "较多", gap=3) == ["其他结果较多"]


def test_neighbouring_figures_are_never_one_run() -> None:
    assert [run.text for run in text_row([word(0, "12"), word(10.5, "3")]).runs] == ["12", "3"]


def test_a_page_number_is_no_row() -> None:
    footer = [word(240, "—"), word(247, "2"), word(254, "—")]
    assert not sections_of(footer)


def test_words_that_come_letter_by_letter_are_looked_at_again() -> None:
    assert runs_sideways([Word(10, 12 * n, 20, 12 * n + 10, "公") for n in range(60)])
    assert not runs_sideways([word(10, "主动公开政府信息")])


def test_labels_of_narrow_columns_are_told_by_what_stands_below_them() -> None:
    upper = [Word(200, 100, 230, 110, "社会公"), Word(233, 100, 263, 110, "法律服")]
    lower = [Word(200, 112, 230, 122, "益组织"), Word(233, 112, 263, 122, "务机构")]
    rows = [text_row(upper), text_row(lower)]
    assert [len(row.runs) for row in rows] == [1, 1]
    assert [[run.text for run in row.runs] for row in parted(rows)] == [["社会公", "法律服"], ["益组织", "务机构"]]
    assert leaves_of(rows) == [(200, 230), (233, 263)]


def test_first_lines_of_labels_without_any_gap_are_parted() -> None:
    rows = [
        text_row([Word(300, 10, 420, 20, "商业企业科研机构社会公益")]),
        text_row([Word(390, 22, 410, 32, "组织")]),
    ]
    assert leaves_of(parted(rows)) == [(300, 340), (340, 380), (380, 420)]


def test_labels_without_any_gap_are_parted() -> None:
    (row,) = parted([text_row([Word(0, 0, 120, 10, "结果维持结果纠正其他结果")])])
    assert [(word.x0, word.text) for run in row.runs for word in run.words] == [
        (0, "结果维持"),
        (40, "结果纠正"),
        (80, "其他结果"),
    ]


def test_a_blank_row_whose_label_takes_two_lines_is_one_row() -> None:
    texts = [
        *HEADER,
        *row(120, "1.属于国家秘密", "1", "0", "0", "1"),
        (60, 132, "2.其他法律行政"),
        (60, 144, "法规禁止公开"),
        *row(156, "7.属于行政执法案卷", "2", "0", "0", "2"),
    ]
    (grid,) = read_pdf(page(texts), "报告.pdf").grids
    labels = [cell.text for cell in grid.cells if cell.column == 0]
    assert labels[-3:] == ["1.属于国家秘密", "2.其他法律行政法规禁止公开", "7.属于行政执法案卷"]


def test_the_header_at_the_foot_of_the_page_before_names_the_columns() -> None:
    blank = [
        *row(80, "一、本年新收政府信息公开申请数量", "", "", "", "3"),
        *row(100, "二、上年结转政府信息公开申请数量", "", "", "", "1"),
    ]
    with pymupdf.open(stream=page([(x, 340, text) for x, _, text in HEADER])) as document:
        with pymupdf.open(stream=page(blank)) as second:
            document.insert_pdf(second)
        header, grid = read_pdf(bytes(document.tobytes()), "报告.pdf").grids
    assert rows_of_grid(header) == [[text for _, _, text in HEADER]]
    assert grid.column_count == 1 + len(HEADER)


def test_a_header_that_prose_follows_has_no_figures_but_those_between() -> None:
    header = [text for _, _, text in HEADER]
    prose = [(60, 200, "五、存在的主要问题及改进情况"), (60, 220, "公开内容有待丰富，解读形式比较单一。" * 2)]
    assert rows_of_grid(only_grid(read_pdf(page([*HEADER, *prose]), "报告.pdf"))) == [header]
    total = only_grid(read_pdf(page([*HEADER, (388, 130, "7"), *prose]), "报告.pdf"))
    assert [row[-4:] for row in rows_of_grid(total)] == [header, ["", "", "", "7"]]
    between = read_pdf(page([*HEADER, (300, 130, "7"), *prose]), "报告.pdf")
    assert not between.grids, "a figure below no label may be of either column"


def test_who_signs_below_the_prose_that_follows_a_header_is_none_of_it() -> None:
    rest = [
        (60, 160, "五、存在的主要问题及改进情况"),
        (60, 176, "全年通过门户网站主动公开各类政府信息三千余条，其中政策文件二百余条，政策解读八十余篇。"),
    ]
    signed = [(350, 196, "柳州市农业农村局"), (350, 210, "2021年1月13日")]
    labels = [
        (60 + 60 * n, 110, label) for n, label in enumerate(("结果维持", "结果纠正", "其他结果", "尚未审结", "总计"))
    ]
    document = read_pdf(
        page(
            [
                *row(60, "行政处罚", "3", "1", "", "4"),
                *row(76, "行政强制", "1", "1", "", "2"),
                *labels,
                *rest,
                *signed,
            ]
        ),
        "报告.pdf",
    )
    assert rows_of_grid(document.grids[-1])[0] == [label for _, _, label in labels]


def test_figures_without_a_label_go_on_below_the_header_at_the_foot_of_the_page_before() -> None:
    figures = [(x + 8, 60, text) for x, text in zip(COLUMNS, ("1", "0", "2", "3"), strict=True)]
    with pymupdf.open(stream=page([(x, 340, text) for x, _, text in HEADER])) as document:
        with pymupdf.open(stream=page([*figures, (60, 90, "五、存在的主要问题")])) as second:
            document.insert_pdf(second)
        _, grid = read_pdf(bytes(document.tobytes()), "报告.pdf").grids
    assert rows_of_grid(grid) == [["1", "0", "2", "3"]]


def test_figures_at_the_right_of_their_cells_go_on_below_labels_in_the_middle_on_the_page_before() -> None:
    places = (COLUMNS[0], COLUMNS[1], COLUMNS[2], COLUMNS[3] + 9)
    labels = [(x, 340, text) for x, text in zip(places, ("结果维持", "结果纠正", "其他结果", "总计"), strict=True)]
    figures = [(x + 42, 60, text) for x, text in zip(COLUMNS, ("11", "0", "2", "13"), strict=True)]
    with pymupdf.open(stream=page(labels)) as document:
        with pymupdf.open(stream=page([*figures, (60, 90, "五、存在的主要问题")])) as second:
            document.insert_pdf(second)
        _, grid = read_pdf(bytes(document.tobytes()), "报告.pdf").grids
    assert rows_of_grid(grid) == [["11", "0", "2", "13"]]


def test_letters_that_are_spread_over_two_lines_are_one_label() -> None:
    """The blanks between 行 and 政, and between 许 and 可 below, are no gutter; that between 理 and the labels of its rows is one."""
    lines = [
        [Word(54, 20 * n, 63, 20 * n + 13, left), Word(66, 20 * n, 75, 20 * n + 13, right)]
        for n, (left, right) in enumerate((("行", "政"), ("许", "可")))
    ]
    assert gutters_of(lines) == []
    beside = [
        [line[0], line[1]._replace(x1=140, text=label)]
        for line, label in zip(lines, ("1.其他", "2.重复"), strict=True)
    ]
    assert gutters_of(beside) == [64.5]


def test_a_figure_set_to_the_right_may_be_of_the_blank_column_before_its_own() -> None:
    """The cells of 上一年项目数量 are wide: 168 stands at their right edge, and below 本年增/减. The last figure shows how they are set."""
    texts = [
        (60, 60, "第二十条第（六）项"),
        (60, 80, "信息内容"),
        (160, 80, "上一年项目数量"),
        (290, 80, "本年增/减"),
    ]
    texts += [(390, 80, "处理决定数量"), (60, 100, "行政处罚"), (292, 100, "168"), (446, 100, "1290")]
    texts += [(60, 120, "行政强制"), (302, 120, "4")]
    form = form_of("2019")
    assert form is not None
    table = form.table("proactive")
    reading = align_blocks(table, rows_of(read_pdf(page(texts), "报告.pdf")))
    doubted = {key for doubt in reading.doubts for key in doubt.cells}
    assert doubted == {key for key in table.cell_keys() if key.row in ("penalties", "coercive_measures")}


def test_labels_of_columns_may_have_stayed_on_the_page_before_at_both_ends_of_a_header() -> None:
    """自然人 and 总计 are tall cells, whose text a page break leaves on the page before; 科研机构 is blank."""
    header = [(240, 60, "商业企业"), (290, 60, "科研机构"), (340, 60, "其他")]
    figures = {
        "（一）予以公开": ("12", "3", "", "1", "16"),
        "2.重复申请": ("4", "1", "", "2", "7"),
        "（七）总计": ("16", "4", "", "3", "23"),
    }
    texts = [
        (x, y, text)
        for y, (label, own) in zip((80, 100, 120), figures.items(), strict=True)
        for x, text in zip((60, 200, 240, 290, 340, 400), (label, *own), strict=True)
        if text
    ]
    grid = only_grid(read_pdf(page([*header, *texts]), "报告.pdf"))
    assert rows_of_grid(grid) == [
        ["商业企业", "科研机构", "其他"],
        *([label, *own] for label, own in figures.items()),
    ]


def test_the_number_of_the_page_may_stand_below_the_header_at_its_foot() -> None:
    header = [(x, 300, text) for x, _, text in HEADER]
    with pymupdf.open(stream=page([*header, (250, 345, "2")])) as document:
        figures = [(x + 8, 60, text) for x, text in zip(COLUMNS, ("1", "0", "2", "3"), strict=True)]
        with pymupdf.open(stream=page([*figures, (60, 90, "五、存在的主要问题")])) as second:
            document.insert_pdf(second)
        _, grid = read_pdf(bytes(document.tobytes()), "报告.pdf").grids
    assert rows_of_grid(grid) == [["1", "0", "2", "3"]]


def test_figures_right_of_their_labels_go_on_below_the_columns_of_the_page_before() -> None:
    figures = [*row(80, "（一）予以公开", "", "", "", ""), (225, 80, "25"), (412, 80, "43")]
    figures += [*row(100, "（七）总计", "", "", "", ""), (225, 100, "7"), (412, 100, "7")]
    with pymupdf.open(stream=page([(x, 340, text) for x, _, text in HEADER])) as document:
        with pymupdf.open(stream=page(figures)) as second:
            document.insert_pdf(second)
        _, grid = read_pdf(bytes(document.tobytes()), "报告.pdf").grids
    assert rows_of_grid(grid)[0] == ["（一）予以公开", "25", "", "", "43"]


def test_the_only_figure_of_a_row_stands_between_the_two_lines_of_its_label() -> None:
    texts = [(60, 60, "5.要求行政机关确认或"), (388, 66, "0"), (60, 72, "重新出具已获取信息")]
    below = [
        each
        for y, label in ((90, "2.没有现成信息需要另行制作"), (110, "（七）总计"))
        for each in row(y, label, "1", "0", "2", "3")
    ]
    grid = only_grid(read_pdf(page([*texts, *below]), "报告.pdf"))
    assert rows_of_grid(grid)[0] == ["5.要求行政机关确认或重新出具已获取信息", "", "", "", "0"]


def test_figures_may_stand_beside_the_last_line_of_their_labels() -> None:
    """Spreadsheets set what is in a cell at its foot, unless told otherwise."""
    labels = (
        ("（一）予以公开",),
        ("5.要求行政机关确认或", "重新出具已获取信息"),
        ("4.无正当理由", "大量反复申请"),
        ("（七）总计",),
    )
    texts: list[tuple[float, float, str]] = [*HEADER]
    y = 120.0
    for number, lines in enumerate(labels):
        for line in lines:
            texts.append((60, y, line))
            y += 12
        texts += row(y - 12, "", str(number), "0", "2", "3")[1:]
        y += 3
    assert rows_of_grid(only_grid(read_pdf(page(texts), "报告.pdf")))[1:] == [
        ["".join(lines), str(number), "0", "2", "3"] for number, lines in enumerate(labels)
    ]


def test_a_page_may_begin_with_the_widest_line_of_a_label_above_its_figures() -> None:
    """It is none of the header, although it is wider than all labels below; nor is the first line of the next label."""
    labels = [
        ("1.申请人无正当理由逾期不补正、行政机关不再处", "理其政府信息公开申请"),
        ("2.申请人逾期未按收费通知要求缴", "纳费用、行政机关不再处理其政府信息公开申请"),
        ("3.其他",),
        ("（七）总计",),
    ]
    texts: list[tuple[float, float, str]] = []
    y = 60.0
    for number, lines in enumerate(labels):
        for line in lines:
            texts.append((20, y, line))
            y += 12
        texts += [(x + 80, y - 12, text) for x, text in zip(COLUMNS, (str(number), "0", "2", "3"), strict=True)]
        y += 8
    rows = rows_of_grid(only_grid(read_pdf(page(texts), "报告.pdf")))
    assert rows == [["".join(lines), str(number), "0", "2", "3"] for number, lines in enumerate(labels)]


def test_a_page_of_labels_all_broken_over_lines_is_a_table_from_its_first_label_on() -> None:
    """The figures of the first one ended the page before; no line of this page is a whole label."""
    labels = ("4.保护第", "三方合法", "权益"), ("5.属于三", "类内部事", "务信息"), ("6.属于四", "类过程性", "信息")
    texts: list[tuple[float, float, str]] = []
    y = 60.0
    for number, lines in enumerate(labels):
        if number:
            texts += row(y, "", str(number), "0", "2", "3")[1:]
        for line in lines:
            texts.append((60, y, line))
            y += 12
    rows = rows_of_grid(only_grid(read_pdf(page(texts), "报告.pdf")))
    figures = [["", "", "", ""], ["1", "0", "2", "3"], ["2", "0", "2", "3"]]
    assert rows == [["".join(lines), *own] for lines, own in zip(labels, figures, strict=True)]


def test_a_page_begins_with_the_broken_labels_of_rows_whose_figures_are_all_blank() -> None:
    """The end of a label stands there first, whose row is on the page before; then two blank rows, then one whose label begins above
    its figures."""
    texts: list[tuple[float, float, str]] = []
    for number, line in enumerate(
        ("再出具已获取", "信息", "3.要求", "提供公开", "出版物", "4.无正当", "理由大量反", "复申请")
    ):
        texts.append((60, 60 + 12 * number, line))
    for number, line in enumerate(("5.要求行政机", "关确认或重新", "出具已获取", "信息")):
        texts.append((60, 156 + 12 * number, line))
    texts += [(x + 8, 174, text) for x, text in zip(COLUMNS, ("7", "0", "2", "9"), strict=True)]
    texts += row(216, "（六）其他处理", "1", "0", "0", "1")
    rows = rows_of_grid(only_grid(read_pdf(page(texts), "报告.pdf")))
    assert rows[-4:] == [
        ["3.要求提供公开出版物", "", "", "", ""],
        ["4.无正当理由大量反复申请", "", "", "", ""],
        ["5.要求行政机关确认或重新出具已获取信息", "7", "0", "2", "9"],
        ["（六）其他处理", "1", "0", "0", "1"],
    ]


def test_the_last_label_of_a_page_may_go_on_below_its_figures_and_on_the_next_page() -> None:
    texts = [*HEADER, *row(120, "7.属于行政执法案卷", "1", "0", "0", "1"), *row(140, "8.属", "4", "0", "0", "4")]
    texts += [(60, 152, "于行政")]
    rows = rows_of_grid(only_grid(read_pdf(page(texts), "报告.pdf")))
    assert rows[-1] == ["8.属于行政", "4", "0", "0", "4"]


def test_a_page_begins_with_the_end_of_a_label_that_the_page_before_begins() -> None:
    """6.属于 stands there beside the figures."""
    texts: list[tuple[float, float, str]] = [(60, 60, "四类过"), (60, 72, "程性信"), (60, 84, "息")]
    texts += [(60, 96, "7.属于"), (60, 108, "行政执"), (60, 120, "法案卷")]
    texts += [(x + 8, 108, text) for x, text in zip(COLUMNS, ("7", "0", "2", "9"), strict=True)]
    texts += row(140, "（七）总计", "7", "0", "2", "9")
    rows = rows_of_grid(only_grid(read_pdf(page(texts), "报告.pdf")))
    assert rows[:2] == [["四类过程性信息", "", "", "", ""], ["7.属于行政执法案卷", "7", "0", "2", "9"]]


def test_a_short_label_that_has_the_columns_of_the_groups_to_itself_is_that_of_a_row() -> None:
    """All figures of the second row are blank, and of the last but one: their labels stand in the column of the groups, as （六）其他处理
    does, a group in one form and a row in another."""
    texts: list[tuple[float, float, str]] = [(x + 90, y, label) for x, y, label in HEADER]

    def figures(y: float) -> list[tuple[float, float, str]]:
        return [(x + 98, y, str(n)) for n, x in enumerate(COLUMNS)]

    texts += [(40, 120, "一、本年新收政府信息公开申请数量"), *figures(120)]
    texts += [(40, 134, "二、上年结转政府信息公开申请数量")]
    texts += [(40, 162, "（五）不予处理")]
    for number, label in enumerate(("1.信访举报投诉类申请", "2.重复申请", "5.要求行政机关确认或重新出具已获取信息")):
        texts += [(110, 148 + 14 * number, label), *(figures(148 + 14 * number) if number < 2 else [])]
    texts += [(40, 190, "（六）其他处理"), (40, 204, "（七）总计"), *figures(204)]
    rows = rows_of_grid(only_grid(read_pdf(page(texts), "报告.pdf")))
    labels = ["".join(text for text in row if not text.isdecimal()) for row in rows[-7:]]
    assert labels == [
        "一、本年新收政府信息公开申请数量",
        "二、上年结转政府信息公开申请数量",
        "1.信访举报投诉类申请",
        "（五）不予处理2.重复申请",
        "5.要求行政机关确认或重新出具已获取信息",
        "（六）其他处理",
        "（七）总计",
    ]


def test_a_broken_label_over_two_columns_of_labels_is_one_cell() -> None:
    """（一）予 runs over the gutter, 以公开 ends before it; 一、本年 and what is below never reach it."""
    texts = [(x + 60, y, label) for x, y, label in HEADER]
    figures = [(x + 68, str(n)) for n, x in enumerate(COLUMNS)]
    for number, line in enumerate(("一、本", "年新收", "政府信", "息公开", "申请数", "量")):
        texts.append((40, 120 + 12 * number, line))
    texts += [(x, 150, text) for x, text in figures]
    texts += [(40, 200, "三、本"), (40, 212, "年度办"), (40, 224, "理结果")]
    texts += [(76, 200, "（一）予以"), (76, 212, "公开"), *((x, 206, text) for x, text in figures)]
    texts += [(76, 236, "（三）"), (76, 248, "不予公"), (76, 260, "开")]
    for number, label in enumerate(("1.属于国家秘密", "2.其他法律行政法规禁止公开", "3.危及“三安全一稳定”")):
        texts += [(112, 236 + 14 * number, label), *((x, 236 + 14 * number, text) for x, text in figures)]
    rows = rows_of_grid(only_grid(read_pdf(page(texts), "报告.pdf")))
    assert ["一、本年新收政府信息公开申请数量", "0", "1", "2", "3"] in rows
    assert any(row[-5:] == ["（一）予以公开", "0", "1", "2", "3"] for row in rows)


def test_the_label_of_a_row_may_stand_between_the_two_lines_of_its_figures() -> None:
    texts = [*HEADER, *row(120, "（一）予以公开", "1", "2", "3", "6")]
    texts += [
        *row(140, "", "287", "557", "", "844")[1:],
        (60, 146, "2.重复申请"),
        *row(152, "", "63", "557", "", "620")[1:],
    ]
    grid = only_grid(read_pdf(page([*texts, *row(175, "（七）总计", "287", "9", "3", "1")]), "报告.pdf"))
    assert ["2.重复申请", "287 63", "557 557", "", "844 620"] in rows_of_grid(grid)


def test_single_digits_that_stand_close_are_never_the_figures_of_two_columns() -> None:
    """The only figure of its column is set wide, and the next column is blank: 2 2 is no 2 beside a 2."""
    texts = [*HEADER, *row(120, "（一）予以公开", "1", "", "", "1"), *row(140, "2.重复申请", "3", "", "", "25")]
    texts += [(320, 140, "2"), (332, 140, "2")]
    grid = only_grid(read_pdf(page([*texts, *row(160, "（七）总计", "4", "", "", "26")]), "报告.pdf"))
    assert ["2.重复申请", "3", "", "2 2", "25"] in rows_of_grid(grid)


def test_figures_beside_any_line_of_a_label_are_its_own() -> None:
    """A page break cut the row, and the program set the figures in the middle of what was left of it."""
    texts = [
        *HEADER,
        *row(120, "（一）予以公开", "1", "", "", "1"),
        *row(132, "3.要求提供公开出版物", "", "2", "", "2"),
    ]
    texts += row(144, "1.申请人无正当理由逾期不补正、", "3", "4", "5", "12")
    texts += [(60, 156, "行政机关不再处理其政府信息公开"), (60, 168, "申请")]
    rows = rows_of_grid(only_grid(read_pdf(page(texts), "报告.pdf")))
    assert rows[-1] == ["1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", "3", "4", "5", "12"]


def test_the_label_of_a_group_over_one_of_its_columns_is_no_line_of_its_label() -> None:
    """行政复议 stands over 其他结果, the middle one of its columns."""
    labels = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
    texts: list[tuple[float, float, str]] = [(160, 60, "行政复议")]
    texts += [(60.0 + 50 * n, 80, label) for n, label in enumerate(labels)]
    texts += [(70.0 + 50 * n, 100, str(n)) for n in range(5)]
    rows = rows_of_grid(only_grid(read_pdf(page(texts), "报告.pdf")))
    assert [[text for text in row if text] for row in rows] == [["行政复议"], list(labels), list("01234")]


def test_lines_that_part_the_header_from_two_rows_do_not_make_these_one() -> None:
    """The labels are those of two rows, the first of which is blank; there is one line of figures between the lines."""
    texts = [*HEADER, *row(120, "1.属于国家秘密", "1", "2", "3", "6"), *row(140, "2.重复申请", "", "", "", "")]
    texts += [*row(154, "（七）总计", "1", "2", "3", "6")]
    lines = [(55, y, 420, y) for y in (88, 108, 128, 170)]
    rows = rows_of_grid(only_grid(read_pdf(page(texts, lines=lines), "报告.pdf")))
    assert rows[-2:] == [["2.重复申请", "", "", "", ""], ["（七）总计", "1", "2", "3", "6"]]


def test_a_page_on_which_every_sign_is_placed_alone_in_any_order_is_read_as_any_other() -> None:
    signs = [(x + 9 * n, y, sign) for x, y, text in TABLE for n, sign in enumerate(text)]
    shuffled = [signs[(7 * n) % len(signs)] for n in range(len(signs))]
    assert len(set(shuffled)) == len(set(signs))
    alone, whole = (only_grid(read_pdf(page(texts), "报告.pdf")) for texts in (shuffled, signs))
    assert rows_of_grid(alone) == rows_of_grid(whole)


def test_lines_that_leave_out_the_labels_and_do_not_part_the_rows_make_no_cells() -> None:
    posts = [(x, 90, x, 166) for x in (190, 250, 310, 370, 430)]
    lying = [(190, y, 430, y) for y in (90, 106)]
    ruled, plain = (only_grid(read_pdf(page(TABLE, lines=lines), "报告.pdf")) for lines in ([*posts, *lying], ()))
    assert rows_of_grid(ruled) == rows_of_grid(plain)


def block(y: float, title: str, label: str, figure: str) -> list[tuple[float, float, str]]:
    """A block of the first table: its title, its header, and one row with one figure."""
    texts = [(220, y, title), (60, y + 16, "信息内容"), (220, y + 16, "本年处理决定数量")]
    return [*texts, (60, y + 32, label), *([(240, y + 32, figure)] if figure else [])]


def test_a_block_whose_figures_are_left_blank_is_a_table_of_its_own() -> None:
    blocks = [
        *block(60, "第二十条第（五）项", "行政许可", ""),
        *block(108, "第二十条第（六）项", "行政处罚", "592"),
        *[(60, 156, "行政强制"), (240, 156, "14")],
        *block(172, "第二十条第（八）项", "行政事业性收费", ""),
    ]
    grids = read_pdf(page(blocks), "报告.pdf").grids
    assert [rows_of_grid(grid)[-1] for grid in grids] == [
        ["行政许可", ""],
        ["行政强制", "14"],
        ["行政事业性收费", ""],
    ]


def test_a_block_alone_whose_figure_is_left_blank_is_a_table() -> None:
    grid = only_grid(read_pdf(page(block(60, "第二十条第（八）项", "行政事业性收费", "")), "报告.pdf"))
    assert rows_of_grid(grid)[-1] == ["行政事业性收费", ""]


FRAME = [(50, 90, 450, 90), (50, 108, 450, 108), (50, 168, 450, 168), (50, 90, 50, 168), (450, 90, 450, 168)]


def test_a_frame_around_a_ruled_header_and_rows_that_no_line_parts_makes_no_cells() -> None:
    posts = [(x, 90, x, 108) for x in (190, 250, 310, 370)]
    ruled, plain = (only_grid(read_pdf(page(TABLE, lines=lines), "报告.pdf")) for lines in ([*FRAME, *posts], ()))
    assert rows_of_grid(ruled) == rows_of_grid(plain)


def test_narrow_figures_of_one_column_need_not_stand_one_below_the_other() -> None:
    texts = [
        *HEADER,
        *row(120, "1.重复申请", "1", "0", "0", "1"),
        *row(140, "3.其他", "", "0", "2", "2"),
        (217, 140, "0"),
    ]
    assert rows_of_grid(only_grid(read_pdf(page(texts), "报告.pdf")))[-1] == ["3.其他", "0", "0", "2", "2"]


def test_lines_of_a_header_near_the_edge_of_the_page_stay_together() -> None:
    header = [(260, 20, "商业企"), (265, 34, "业"), (320, 27, "其他"), (200, 20, "自然人"), (380, 20, "总计")]
    rows = [each for each in TABLE if each[1] > 100]
    grid = only_grid(read_pdf(page([*header, *[(x, y - 55, text) for x, y, text in rows]]), "报告.pdf"))
    assert [cell.text for cell in grid.cells if cell.row == 0] == ["自然人", "商业企业", "其他", "总计"]


def test_the_first_line_of_a_numbered_label_is_no_heading() -> None:
    texts = [
        *HEADER,
        *row(127, "", "12", "3", "0", "15"),
        (60, 120, "一、本年新收政府信息公"),
        (60, 134, "开申请数量"),
    ]
    texts += [*row(157, "", "1", "0", "0", "1"), (60, 150, "二、上年结转政府信息公"), (60, 164, "开申请数量")]
    grid = only_grid(read_pdf(page([text for text in texts if text[2]]), "报告.pdf"))
    assert rows_of_grid(grid)[-2:] == [
        ["一、本年新收政府信息公开申请数量", "12", "3", "0", "15"],
        ["二、上年结转政府信息公开申请数量", "1", "0", "0", "1"],
    ]


def test_an_indented_heading_and_the_end_of_a_paragraph_are_none_of_the_header_below() -> None:
    paragraph = [(60, 60, "全年共召开专题会议九次，发布解读材料四十八篇，办理答复申请"), (60, 72, "十三件。")]
    texts = [*paragraph, (60, 84, "　　二、主动公开政府信息情况"), *TABLE]
    document = read_pdf(page(texts), "报告.pdf")
    assert rows_of_grid(only_grid(document))[0] == [text for _, _, text in HEADER]


def test_the_label_of_a_group_above_a_gap_between_two_columns_is_no_column() -> None:
    x = [60 + 36 * n for n in range(10)]
    groups = [(x[2], 80, "行政复议"), (x[4] + 8, 80, "行政诉讼")]
    leaves = ["维持", "纠正", "其他", "未结", "总计"] * 2
    labels = [(left, 100, text) for left, text in zip(x, leaves, strict=True)]
    figures = [(left + 4, 120, str(n)) for n, left in enumerate(x)]
    (grid,) = read_pdf(page([*groups, *labels, *figures]), "报告.pdf").grids
    assert rows_of_grid(grid)[-1] == [str(n) for n in range(10)]


def test_a_figure_that_ends_at_the_edge_of_the_page_may_have_lost_digits() -> None:
    texts = [(x, y, text) for x, y, text in TABLE if x != COLUMNS[-1] + 8]
    cut = [(487, 120, "104"), (487, 140, "590"), (487, 160, "104")]
    grid = only_grid(read_pdf(page([*texts, *cut]), "报告.pdf"))
    assert all(row[-1].endswith("\ufffd") for row in rows_of_grid(grid)[-3:])


def test_a_row_in_the_margin_of_the_page_is_read_and_a_running_title_is_not() -> None:
    texts = [(x, y - 80 if y < 170 else y, text) for x, y, text in TABLE]
    foot = [(60, 392, "某某县人民政府 2023 年报"), (440, 392, "3")]
    assert rows_of_grid(only_grid(read_pdf(page([*texts, *foot]), "报告.pdf"))) == rows_of_grid(
        only_grid(read_pdf(page(TABLE), "报告.pdf"))
    )


def test_white_figures_are_left_out_but_on_dark_cells_they_are_read() -> None:
    document = pymupdf.open()
    sheet = document.new_page(width=500, height=400)
    sheet.draw_rect(pymupdf.Rect(50, 30, 300, 60), color=None, fill=(0.2, 0.3, 0.7))
    sheet.insert_text((60, 50), "总计", fontname="china-s", fontsize=9, color=(1, 1, 1))
    sheet.insert_text((60, 100), "本年新收数量", fontname="china-s", fontsize=9)
    sheet.insert_text((160, 100), "23", fontname="helv", fontsize=9)
    sheet.insert_text((171, 99), "88", fontname="helv", fontsize=6, color=(1, 1, 1))
    read = read_pdf(bytes(document.tobytes()), "报告.pdf")
    assert "总计" in read.text
    assert "88" not in read.text
    assert "hidden_text" in [note.code for note in read.notes]


def test_a_page_number_between_dashes_is_no_figure_of_a_table() -> None:
    words = [word(0, "0"), word(40, "-"), word(48, "2"), word(56, "-"), word(90, "0")]
    assert [w.text for w in without_page_numbers(words)] == ["0", "0"]
    assert [w.text for w in without_page_numbers([words[2], *words[:2], *words[3:]])] == ["0", "0"], "in any order"
    apart = [word(0, "-"), word(40, "2"), word(80, "-")]
    assert list(without_page_numbers(apart)) == apart


def test_halves_of_a_broken_figure_stand_in_one_cell() -> None:
    texts = [
        *HEADER,
        *row(120, "一、本年新收", "3", "0", "0", "3"),
        *row(145, "二、上年结转", "1", "0", "0", ""),
        (388, 139, "103"),
        (388, 151, "65"),
        *row(170, "三、其他", "1", "0", "0", "1"),
    ]
    (grid,) = read_pdf(page(texts), "报告.pdf").grids
    assert "103 65" in [cell.text for cell in grid.cells]


def test_ends_of_figures_that_begin_at_the_top_of_their_row_belong_to_it() -> None:
    texts = [
        *HEADER,
        *row(120, "一、本年新收", "1492", "3", "0", "1495"),
        (208, 132, "15"),
        (388, 132, "15"),
        *row(150, "二、上年结转", "1", "0", "0", "1"),
        *row(170, "三、其他", "12", "0", "0", "12"),
    ]
    rows = rows_of_grid(only_grid(read_pdf(page(texts), "报告.pdf")))
    assert rows[-3:] == [
        ["一、本年新收", "1492 15", "3", "0", "1495 15"],
        ["二、上年结转", "1", "0", "0", "1"],
        ["三、其他", "12", "0", "0", "12"],
    ]


def test_the_number_of_a_label_set_wide_is_no_figure() -> None:
    texts = [
        *HEADER,
        *((60 + 5.5 * n, 120, sign) for n, sign in enumerate(("1", "."))),
        (72, 120, "属于国家秘密"),
        *row(120, "", "1", "0", "0", "1")[1:],
        *((60 + 5.5 * n, 140, sign) for n, sign in enumerate(("2", "."))),
        (72, 140, "重复申请"),
        *row(140, "", "2", "0", "0", "2")[1:],
    ]
    rows = rows_of_grid(only_grid(read_pdf(page(texts), "报告.pdf")))
    assert rows[-2:] == [["1.属于国家秘密", "1", "0", "0", "1"], ["2.重复申请", "2", "0", "0", "2"]]


def test_a_label_of_a_group_stands_left_of_the_numbers_of_its_rows() -> None:
    """The lines of the two labels stand at different heights, so that no line shows the gap between them."""
    texts = [
        *HEADER,
        (30, 126, "（五）不"),
        (30, 138, "予处理"),
        *row(120, "1.信访举报投诉类申请", "1", "0", "0", "1"),
        *row(132, "2.重复申请", "2", "0", "0", "2"),
        *row(144, "3.要求提供公开出版物", "0", "0", "3", "3"),
    ]
    rows = rows_of_grid(only_grid(read_pdf(page([(x + 20 * (x == 60), y, t) for x, y, t in texts]), "报告.pdf")))
    assert [found[-5:] for found in rows[-3:]] == [
        ["1.信访举报投诉类申请", "1", "0", "0", "1"],
        ["2.重复申请", "2", "0", "0", "2"],
        ["3.要求提供公开出版物", "0", "0", "3", "3"],
    ]


def test_a_label_of_two_signs_with_a_blank_between_them_names_one_column() -> None:
    header = [(200, 100, "自然人"), (260, 100, "商业企业"), (320, 100, "其"), (341, 100, "他"), (380, 100, "总计")]
    body = [
        cell
        for y, label in ((120, "规章"), (140, "规范性文件"), (160, "行政许可"), (180, "行政处罚"))
        for cell in row(y, label, "1", "2", "0", "3")
    ]
    assert rows_of_grid(only_grid(read_pdf(page([*header, *body]), "报告.pdf")))[-1] == [
        "行政处罚",
        "1",
        "2",
        "0",
        "3",
    ]


def test_the_title_of_a_block_and_what_stands_above_its_labels_are_no_columns() -> None:
    texts = [
        (260, 90, "第二十条第（一）项"),
        (110, 105, "信息内容"),
        (200, 105, "本年制发件数"), (290, 105, "本年废止件数"), (390, 105, "现行有效件数"),
        (220, 120, "12"), (310, 120, "0"), (410, 120, "7"),
        (220, 135, "3"), (310, 135, "4"), (410, 135, "5"),
        (50, 120, "规章"),
        (50, 135, "行政规范性文件"),
    ]  # fmt: skip
    rows = rows_of_grid(only_grid(read_pdf(page(texts), "报告.pdf")))
    assert rows[0] == ["第二十条第（一）项"]
    assert rows[-2:] == [["规章", "12", "0", "7"], ["行政规范性文件", "3", "4", "5"]]


def test_a_stripe_below_a_whole_row_is_no_cell() -> None:
    stripes = [(50, y, 450, y + 20) for y in (108, 148)]
    header = [(x, 88, x + 50, 108) for x in (190, 250, 310, 370)]
    texts = [*HEADER, *(cell for y in (122, 142, 162) for cell in row(y, "行政许可", "1", "2", "", "3"))]
    for grid in read_pdf(page(texts, fills=[*stripes, *header]), "报告.pdf").grids:
        assert not any(" 2 " in f" {cell.text} " and cell.text != "2" for cell in grid.cells)
    figures_alone = [*HEADER, *(cell for y in (122, 142) for cell in row(y, "", "1", "2", "0", "3")[1:])]
    for grid in read_pdf(page(figures_alone, fills=[*stripes, *header]), "报告.pdf").grids:
        assert not any(" 2 " in f" {cell.text} " and cell.text != "2" for cell in grid.cells)


def test_a_label_wider_than_all_others_begins_no_new_table() -> None:
    texts = [
        (450, 60, "附表"),
        *HEADER,
        *row(120, "二、上年结转政府信息", "12", "3", "0", "15"),
        (60, 136, "（二）部分公开（区分处理的，只计这一情形，不计其他情"),
        (388, 142, "0"),
        (60, 148, "形）"),
        *row(164, "（七）总计", "12", "3", "0", "15"),
    ]
    assert len(read_pdf(page(texts), "报告.pdf").grids) == 1


def test_a_total_alone_above_the_first_full_row_is_none_of_the_header() -> None:
    texts = [
        (60, 74, "（二）部分公开（区分处理的，"),
        (388, 80, "0"),
        (60, 86, "只计这一情形）"),
        *row(104, "二、上年结转政府信息公开申请", "3", "", "", "3"),
        *row(124, "（七）总计", "3", "", "", "3"),
    ]
    with pymupdf.open(stream=page(TABLE)) as document:
        with pymupdf.open(stream=page(texts)) as second:
            document.insert_pdf(second)
        rows = rows_of_grid(read_pdf(bytes(document.tobytes()), "报告.pdf").grids[-1])
    assert [found[-4:] for found in rows] == [["", "", "", "0"], ["3", "", "", "3"], ["3", "", "", "3"]]


def test_a_header_of_single_letters_is_looked_through_once() -> None:
    """The letters of the note above the labels can be put together to its beginning in very many ways."""
    note = "本列数据的勾稽关系为第一项加第二项之和等于第三项加第四项之和"
    lines = [[word(7.0 * n + (2.1 * line + n) % 3, sign) for n, sign in enumerate(note)] for line in range(6)]
    rows = [
        text_row([w._replace(y0=w.y0 + 9 * line, y1=w.y1 + 9 * line) for w in words])
        for line, words in enumerate(lines)
    ]
    assert leaves_of(rows) == []


def test_two_pages_printed_on_one_sheet_are_read_one_after_the_other() -> None:
    labels = ("一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量", "（一）予以公开政府信息的数量")
    sheet = pymupdf.open()
    wide = sheet.new_page(width=1000, height=400)
    for half, (first, second) in enumerate((("11", "12"), ("21", "22"))):
        with pymupdf.open(stream=page([(60, 60 + 200 * (1 - half), "政府信息公开工作年度报告正文" * 2)])) as document:
            for n, label in enumerate(labels):
                for x, text in ((60, label), (300, first), (380, second)):
                    place = (x, 100 + 200 * (1 - half) + 20 * n)
                    document[0].insert_text(place, text, fontname="china-s", fontsize=9)
            wide.show_pdf_page(pymupdf.Rect(500 * half, 0, 500 * half + 500, 400), document, 0)
    read = read_pdf(bytes(sheet.tobytes()), "报告.pdf")
    assert [rows_of_grid(grid)[-1][-2:] for grid in read.grids] == [["11", "12"], ["21", "22"]]
    assert read.text.index("11") < read.text.index("21")


def test_a_table_goes_on_in_the_columns_of_the_page_printed_left_of_it() -> None:
    prose = "政府信息公开工作年度报告正文" * 3
    rows = [*row(60, "（一）予以公开", "", "", "", "3"), *row(80, "（七）总计", "", "", "", "4")]
    left: list[tuple[float, float, str]] = [(x, 340, text) for x, _, text in HEADER]
    halves = [[*left, (60, 60, prose), (60, 80, prose)], [*rows, (60, 200, prose), (60, 220, prose)]]
    sheet = pymupdf.open()
    wide = sheet.new_page(width=1000, height=400)
    for half, texts in enumerate(halves):
        with pymupdf.open(stream=page(texts)) as document:
            wide.show_pdf_page(pymupdf.Rect(500 * half, 0, 500 * half + 500, 400), document, 0)
    _, grid = read_pdf(bytes(sheet.tobytes()), "报告.pdf").grids
    assert rows_of_grid(grid) == [["（一）予以公开", "", "", "", "3"], ["（七）总计", "", "", "", "4"]]


def test_a_figure_and_its_unit_on_two_lines_beside_a_label_in_their_middle_do_not_leave_a_blank_that_nobody_doubts() -> (
    None
):
    texts = [
        *[(60, 60, "第二十条第（八）项"), (60, 80, "信息内容"), (140, 80, "上一年项目数量"), (230, 80, "本年增/减")],
        *[(60, 100, "行政事业性收费"), (140, 100, "113"), (230, 100, "0"), (60, 120, "第二十条第（九）项")],
        *[
            (60, 160, "信息内容"),
            (140, 160, "采购项目数量"),
            (230, 140, "采购总金"),
            (230, 160, "额（万"),
            (230, 180, "元）"),
        ],
        *[(230, 200, "37.2791"), (60, 210, "政府集中采购"), (140, 210, "3"), (230, 220, "万元")],
    ]
    form = form_of("2019")
    assert form is not None
    found = align_blocks(form.table("proactive"), rows_of(read_pdf(page(texts), "报告.pdf")))
    assert {str(key) for doubt in found.doubts for key in doubt.cells} == {"proactive/central_procurement/amount"}


def test_the_last_line_of_a_label_in_widely_set_lines_is_no_label_of_a_group() -> None:
    texts = [
        *[(x + 100, y, label) for x, y, label in HEADER],
        *[(60, 120, "（一）予以公开"), (308, 120, "9"), (368, 120, "2"), (428, 120, "0"), (480, 120, "11")],
        *[(60, 144, "（二）部分公开（区分处理的，只计这一情形，不计其"), (308, 156, "4"), (368, 156, "1")],
        *[(428, 156, "0"), (480, 156, "5"), (60, 168, "他情形）")],
        *[(60, 216, "（三）不"), (140, 192, "1.属于国家秘密"), (308, 192, "3"), (368, 192, "0"), (428, 192, "0")],
        *[(480, 192, "3"), (60, 240, "予公开"), (140, 216, "2.其他法律行政法规禁止公开"), (308, 216, "6")],
        *[(368, 216, "0"), (428, 216, "0"), (480, 216, "6"), (140, 240, "3.危及“三安全一稳定”"), (308, 240, "0")],
        *[(368, 240, "0"), (428, 240, "0"), (480, 240, "0")],
    ]
    rows = rows_of_grid(only_grid(read_pdf(page(texts), "报告.pdf")))
    (partial,) = [row for row in rows if any(text.startswith("（二）部分公开") for text in row)]
    assert partial[-4:] == ["4", "1", "0", "5"]


@pytest.mark.parametrize(("lines", "found"), [(60, 1), (900, 0)])
def test_what_has_more_rows_than_any_table_is_none(lines: int, found: int) -> None:
    words = [
        Word(x, 12.0 * line, x + 6 * len(text), 12.0 * line + 10, text)
        for line in range(lines)
        for x, text in ((60, "1.属于国家秘密"), (200, "0"), (240, "12"), (280, "3"))
    ]
    assert len(sections_of(words)) == found


def test_the_number_of_the_page_beside_the_ends_of_all_lines_is_no_column() -> None:
    lines = [(50, y, 410, y) for y in (88, 106, 126, 146, 166)]
    grid = only_grid(read_pdf(page([*TABLE, (420, 100, "2")], lines=lines), "报告.pdf"))
    assert rows_of_grid(grid) == rows_of_grid(only_grid(read_pdf(page(TABLE, lines=lines), "报告.pdf")))


def test_a_blank_before_each_three_digits_parts_no_columns() -> None:
    texts = [
        (180, 80, "第二十条第（九）项"),
        (60, 100, "信息内容"),
        *[(190, 100, "采购项目数量"), (300, 100, "采购总金额")],
        *[(60, 120, "政府集中采购"), (210, 120, "27"), (300, 120, "2"), (312, 120, "223.28"), (368, 120, "万元")],
    ]
    assert rows_of_grid(only_grid(read_pdf(page(texts), "报告.pdf")))[-1] == ["政府集中采购", "27", "2 223.28 万元"]


def test_a_sign_of_a_label_that_is_printed_one_sign_a_line_is_no_figure() -> None:
    """无 alone says that there is nothing; in 无法提供 it says nothing of the kind."""
    outer, sign = Word(20, 10, 29, 19, "理"), Word(40, 10, 49, 19, "无")
    label, figure = Word(60, 10, 190, 19, "2.没有现成信息需要另行制作"), Word(200, 10, 205, 19, "0")
    assert not text_row([outer, sign]).is_anchor
    assert text_row([outer, sign, label, figure]).first_figure == 3
    assert text_row([label, Word(200, 10, 209, 19, "无"), Word(240, 10, 249, 19, "无")]).first_figure == 1


def test_a_header_may_stand_at_the_top_of_a_high_row() -> None:
    """Spreadsheets leave its lower part blank; a heading, or the end of another table, parts more."""
    header = [(x, 60, text) for x, _, text in HEADER]
    blank = [
        *row(120, "一、本年新收", "2", "", "", "2"),
        *row(140, "（七）总计", "1", "", "", "1"),
    ]
    grid = only_grid(read_pdf(page([*header, *blank]), "报告.pdf"))
    assert rows_of_grid(grid)[-1] == ["（七）总计", "1", "", "", "1"]


def test_a_table_without_any_figure_is_its_labels_and_blanks() -> None:
    labels = ("1.属于国家秘密", "2.其他法律行政法规禁止公开", "7.属于行政执法案卷", "8.属于行政查询事项")
    texts = [each for number, label in enumerate(labels) for each in row(120 + 20 * number, label, "", "", "", "")]
    prose = [(60, 300, "2023 年没有收到申请，也没有发生行政复议 0 件。")]
    grid = only_grid(read_pdf(page([*HEADER, *texts, *prose]), "报告.pdf"))
    assert rows_of_grid(grid)[1:] == [[label, "", "", "", ""] for label in labels]


def test_upright_print_is_tried_as_a_header_for_a_moment_only() -> None:
    """The signs of a page that stands on its side make endless beginnings of labels: behind 总计 and an open bracket anything goes on."""
    signs = "总计（一二三四五六七八九十年度本结果维持"
    lines = [[Word(20 * n, 10 * y, 20 * n + 9, 10 * y + 9, signs[(n + y) % 20]) for n in range(8)] for y in range(16)]
    assert len(parted([text_row(line) for line in lines])) == 16


def test_the_lines_of_a_group_beside_labels_set_in_the_middle_are_none_of_these() -> None:
    """The label of the group takes two lines; that of its first row stands between them, no word of one beside the other."""
    header = [(x + 100, y, text) for x, y, text in HEADER]
    labels = ["1.属于国家秘密", "2.其他法律行政法规禁止公开", "3.保护第三方合法权益", "4.属于行政查询事项"]
    texts = [(40, 114, "（三）不"), (40, 126, "予公开"), *header]
    for y, label in zip(range(120, 200, 20), labels, strict=True):
        middle = 202 - 9 * len(label) // 2
        texts += [(middle, y, label), *((x + 108, y, "0") for x in COLUMNS)]
    grid = only_grid(read_pdf(page(texts), "报告.pdf"))
    assert rows_of_grid(grid)[1][:2] == ["（三）不予公开", "1.属于国家秘密"]


@pytest.mark.parametrize("line", ["收到和处理政府信息公开申请情况表", "填报单位：石泉县财政局"])
def test_the_title_of_a_table_and_who_filled_it_in_head_none_of_its_columns(line: str) -> None:
    """They stand in its first rows, in the middle, close above the header."""
    texts = [(240, 84, line), *HEADER, *row(120, "一、本年新收", "2", "1", "0", "3")]
    grid = only_grid(read_pdf(page(texts), "报告.pdf"))
    assert rows_of_grid(grid) == [[text for _, _, text in HEADER], ["一、本年新收", "2", "1", "0", "3"]]


def test_a_line_that_tells_the_units_of_a_table_heads_none_of_its_columns() -> None:
    """It stands at the right, close above the header, where a narrow last column is."""
    texts = [(372, 84, "单位：件"), *HEADER, *row(120, "一、本年新收", "2", "1", "0", "3")]
    grid = only_grid(read_pdf(page(texts), "报告.pdf"))
    assert [cell for line in rows_of_grid(grid) for cell in line if "单位" in cell] == []
    assert rows_of_grid(grid)[-1] == ["一、本年新收", "2", "1", "0", "3"]


ROWS_OF_BLOCK = [
    (60, 130, "规章"), (220, 130, "0"), (310, 130, "1"), (410, 130, "7"),
    (60, 150, "行政规范性文件"), (220, 150, "3"), (310, 150, "4"), (410, 150, "5"),
]  # fmt: skip
HEADER_OF_BLOCK = [(200, 110, "本年制发件数"), (290, 110, "本年废止件数"), (390, 110, "现行有效件数")]


@pytest.mark.parametrize(
    "above", ["二、主动公开政府信息情况", "收到和处理政府信息公开申请情况", "表格如下：", "具体情况见下表。"]
)
def test_a_heading_or_a_sentence_close_above_a_header_is_no_line_of_it(above: str) -> None:
    texts = [(195, 96, above), (100, 110, "信息内容"), *HEADER_OF_BLOCK, *ROWS_OF_BLOCK]
    rows = rows_of_grid(only_grid(read_pdf(page(texts), "报告.pdf")))
    assert rows[0] == ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]


def test_a_title_with_wide_blanks_in_it_is_one_text() -> None:
    texts = [(210, 95, "第二十条"), (280, 95, "第（一）项"), (100, 110, "信息内容"), *HEADER_OF_BLOCK, *ROWS_OF_BLOCK]
    rows = rows_of_grid(only_grid(read_pdf(page(texts), "报告.pdf")))
    assert rows[:2] == [["第二十条 第（一）项"], ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]]


def test_what_stands_above_the_labels_of_rows_may_be_broken_over_lines() -> None:
    header = [
        (205, 110, "本年制"),
        (205, 120, "发件数"),
        (295, 110, "本年废"),
        (295, 120, "止件数"),
        (390, 115, "现行有效件数"),
    ]
    texts = [(140, 110, "信息"), (140, 120, "内容"), *header, *ROWS_OF_BLOCK]
    rows = rows_of_grid(only_grid(read_pdf(page(texts), "报告.pdf")))
    assert rows[-2:] == [["规章", "0", "1", "7"], ["行政规范性文件", "3", "4", "5"]]


def test_high_rows_follow_each_other_where_labels_say_so() -> None:
    """Rows three lines apart, only the total printed; the last one's figure stands between the lines of its label."""
    texts = [
        *HEADER,
        (60, 135, "一、本年新收政府信息"), (388, 135, "2"),
        (60, 170, "4.保护第三方合法权益"), (388, 170, "0"),
        (60, 205, "5.要求行政机关确认或重新"),
        (388, 210, "1"),
        (60, 215, "出具已获取信息"),
    ]  # fmt: skip
    rows = rows_of_grid(only_grid(read_pdf(page(texts), "报告.pdf")))
    assert [found[-4:] for found in rows[1:]] == [["", "", "", "2"], ["", "", "", "0"], ["", "", "", "1"]]


def test_a_table_with_lines_parts_the_rows_above_it_from_those_below() -> None:
    """Striped rows: the dark ones with their fills are tables, the light ones between them no rows of one table."""
    texts = [(60, 100, "行政处罚"), (220, 100, "5"), (60, 160, "行政事业性收费"), (220, 160, "8")]
    words = [Word(float(x), y - 8.0, x + 9.0 * len(text), y + 1.0, text) for x, y, text in texts]
    between = Rectangle(50.0, 108.0, 300.0, 145.0)
    assert [len(section.body) for section in sections_of(words)] == [2]
    assert [len(section.body) for section in sections_of(words, [between])] == []


def test_the_title_of_a_block_begins_another_table_wherever_its_figures_stand() -> None:
    texts = [
        *HEADER_OF_BLOCK, (100, 110, "信息内容"), *ROWS_OF_BLOCK,
        (180, 170, "第二十条第（五）项"),
        (100, 190, "信息内容"), (200, 190, "本年处理决定数量"),
        (60, 210, "行政许可"), (230, 210, "1752"),
    ]  # fmt: skip
    assert [grid.column_count for grid in read_pdf(page(texts), "报告.pdf").grids] == [4, 2]


def test_the_label_of_a_group_with_a_single_row_is_no_part_of_that_rows_label() -> None:
    texts = [
        *HEADER,
        (60, 108, "一、本年新收政府信息"), (208, 108, "8"), (268, 108, "0"), (328, 108, "0"), (388, 108, "8"),
        (60, 132, "三、"), (60, 141, "本年"),
        (60, 150, "度办"), (86, 150, "（一）予以公开"), (208, 150, "8"), (268, 150, "0"), (328, 150, "0"), (388, 150, "8"),
        (60, 160, "理结"), (60, 170, "果"),
    ]  # fmt: skip
    rows = rows_of_grid(only_grid(read_pdf(page(texts), "报告.pdf")))
    assert rows[-1] == ["三、本年度办理结果", "（一）予以公开", "8", "0", "0", "8"]


def test_letters_of_a_label_spread_over_its_cell_are_one_label() -> None:
    """As word processors set them when asked to; the number alone would look like a figure, and each gap like that of two columns."""

    def spread(signs: Sequence[str], gap: float) -> list[Word]:
        ends = [60.0]
        for sign in signs:
            ends.append(ends[-1] + 5.0 * len(sign) + gap)
        return [word(x, sign) for x, sign in zip(ends, signs, strict=False)]

    assert [each.text for each in with_spread_labels(spread(["1.", *"属于国家秘密"], 12.0))] == ["1.属于国家秘密"]
    assert [each.text for each in with_spread_labels(spread("信息公开申请", 8.0))] == ["信息公开申请"]
    heads_of_columns = spread("商科社法", 30.0)
    assert with_spread_labels(heads_of_columns) == heads_of_columns


def test_rows_of_high_cells_are_one_table_where_the_label_of_a_group_begins_above_its_rows() -> None:
    texts = [
        *HEADER,
        *row(120, "一、本年新收政府信息", "12", "3", "0", "15"),
        (60, 150, "三、本"),
        (60, 162, "年度办"), (96, 162, "（一）予以公开"), (208, 162, "9"), (268, 162, "0"), (328, 162, "0"), (388, 162, "9"),
        (60, 174, "理结果"),
    ]  # fmt: skip
    rows = rows_of_grid(only_grid(read_pdf(page(texts), "报告.pdf")))
    assert rows[-1] == ["三、本年度办理结果", "（一）予以公开", "9", "0", "0", "9"]


def test_a_sign_for_none_close_behind_a_label_is_a_text_of_its_own() -> None:
    label = "5.属于三类内部事务信息"
    glued = word(60, f"{label}-")
    letters = [word(60 + 5 * n, sign) for n, sign in enumerate(f"{label}-")]
    assert [each.text for each in split_at_gaps([glued], letters)] == [label, "-"]
    title = word(60, "2019-")
    assert split_at_gaps([title], [word(60 + 5 * n, sign) for n, sign in enumerate("2019-")]) == [title]


def test_lines_of_a_label_that_stand_loosely_go_to_the_signs_for_none_in_their_middle() -> None:
    """The lines of the labels above stand closer together."""
    texts = [
        *HEADER,
        (60, 118, "4.无正当理由大量反复"), (60, 134, "申请"), *[(x + 8, 126, "1") for x in COLUMNS],
        (60, 160, "5.要求行政机关确认或者"), (60, 182, "重新出具已获取的信"), (60, 204, "息"), *[(x + 8, 184, "-") for x in COLUMNS],
        *row(230, "（七）总计", "1", "1", "1", "1"),
    ]  # fmt: skip
    rows = rows_of_grid(only_grid(read_pdf(page(texts), "报告.pdf")))
    assert [found[-5:] for found in rows[1:]] == [
        ["4.无正当理由大量反复申请", "1", "1", "1", "1"],
        ["5.要求行政机关确认或者重新出具已获取的信息", "-", "-", "-", "-"],
        ["（七）总计", "1", "1", "1", "1"],
    ]


def test_pieces_of_one_figure_that_touch_are_one_word() -> None:
    """915 in two fonts, a third of a point between them."""
    words = with_whole_figures([word(0, "9"), word(30, "71"), word(40.5, "3"), word(5.3, "15项")])
    assert [each.text for each in words] == ["915项", "71", "3"]


def test_the_number_of_a_label_alone_on_its_line_is_no_figure() -> None:
    assert not text_row([word(50, "（三）不", 9), word(120, "8.")]).is_anchor
    assert text_row([word(50, "（三）不", 9), word(120, "8")]).is_anchor


def test_the_blank_behind_the_numbers_of_groups_is_no_gap_between_columns() -> None:
    """（四） 无 is one line of （四）无法提供: 无 is neither a label of its own nor a sign for none."""
    lines = [[word(50, number, 9), word(79, sign, 9)] for number, sign in (("（四）", "无"), ("（五）", "不"))]
    assert gutters_of(lines) == []
    assert gutters_of([[word(50, "三、本", 9), word(79, sign, 9)] for sign in "无不"]) == [78]


def test_the_second_line_of_a_label_beside_the_lines_of_its_group_begins_no_table() -> None:
    """The figures stand in the middle of a row, between two lines of its label, beside a line of the group's label."""
    texts: list[tuple[float, float, str]] = [*HEADER]
    for y, first, last in ((120, "1.本机关不掌握相关", "政府信息"), (160, "2.没有现成信息需要", "另行制作")):
        texts += [
            (30, y, "三、本"),
            (30, y + 12, "年度办"),
            (30, y + 24, "理结果"),
            (80, y + 6, first),
            (100, y + 18, last),
        ]
        texts += row(y + 12, "", "4", "3", "2", "9")[1:]
    assert len(rows_of_grid(only_grid(read_pdf(page(texts), "a.pdf")))) == 3


def test_the_only_figure_of_a_block_between_two_lines_of_its_label_is_that_of_its_row() -> None:
    texts = [
        (70, 100, "信息内容"),
        (250, 100, "本年处理决定数量"),
        (60, 120, "行政"),
        (60, 132, "处罚"),
        (280, 126, "371"),
    ]
    texts += [(60, 150, "行政"), (60, 162, "强制"), (280, 156, "/"), (200, 190, "第二十条第（八）项")]
    texts += [
        (70, 210, "信息内容"),
        (250, 210, "本年收费金额（单位：万元）"),
        (60, 230, "行政事业性"),
        (60, 242, "收费"),
    ]
    document = read_pdf(page([*texts, (150, 236, "92.5")]), "a.pdf")  # set to the left of its cell
    rows = [row for grid in document.grids for row in rows_of_grid(grid)]
    assert ["行政处罚", "371"] in rows
    assert ["行政强制", "/"] in rows
    assert ["行政事业性收费", "92.5"] in rows


def test_rows_left_blank_go_on_below_one_that_a_group_begins_beside() -> None:
    """4.无正当理由 is wider than （五）, the first text of the row above it."""
    texts: list[tuple[float, float, str]] = [(x + 90, y, label) for x, y, label in HEADER]
    for number, label in enumerate(("1.信访举报投诉类申请", "2.重复申请")):
        texts += [(110, 120 + 24 * number, label), *((x + 98, 120 + 24 * number, "1") for x in COLUMNS)]
    texts += [(40, 168, "（五）"), (110, 168, "3.要求提供公开出版物"), (40, 180, "不予处"), (40, 192, "理")]
    texts += [
        (110, 192, "4.无正当理由大量反复申"),
        (110, 204, "请"),
        (110, 222, "5.要求行政机关确认或重"),
        (110, 234, "新出具已获取信息"),
    ]
    rows = rows_of_grid(only_grid(read_pdf(page(texts), "报告.pdf")))
    assert [row[-5] for row in rows[-2:]] == ["4.无正当理由大量反复申请", "5.要求行政机关确认或重新出具已获取信息"]


@pytest.mark.parametrize("count", [3, 1])
def test_the_last_rows_of_a_table_on_the_next_page_stand_in_its_columns_though_one_alone_has_figures(
    count: int,
) -> None:
    first = [
        *HEADER,
        *row(120, "二、上年结转申请数量", "3", "", "", "3"),
        *row(140, "（一）予以公开", "3", "", "", "3"),
    ]
    last = row(76, "（七）总计", "3", "", "", "3")
    last += [(60, 60, "3.其他"), (60, 92, "四、结转下年度继续办理")] if count > 1 else []
    document = pymupdf.open(stream=page(first), filetype="pdf")
    document.insert_pdf(pymupdf.open(stream=page(last), filetype="pdf"))
    grids = read_pdf(bytes(document.tobytes()), "报告.pdf").grids
    rows = [["（七）总计", "3", "", "", "3"], ["3.其他", *[""] * 4], ["四、结转下年度继续办理", *[""] * 4]]
    assert sorted(rows_of_grid(grids[-1])) == sorted(rows[:count])
