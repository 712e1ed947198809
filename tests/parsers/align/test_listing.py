"""The list of statistics that reports of 2014 to 2018 have as an attachment, as agencies printed, shortened and lengthened it."""

from __future__ import annotations

from parsers.align import Alignment, align
from parsers.document import Document, GridKind
from parsers.forms import form_of
from parsers.readers.html import read_html
from parsers.readers.text import read_text
from parsers.report import CellState
from tests.parsers.documents import document_of

FORM = form_of("2014")
assert FORM is not None
STATISTICS = FORM.table("statistics")

SHORT = """
统计指标|单位|统计数
主动公开政府信息数|条|1286
其中：主动公开规范性文件数|条|14
收到申请数|件|5
当面申请数|件|1
网络申请数|件|4
按时办结数|件|5
"""


def read(document: Document) -> Alignment:
    assert FORM is not None
    return align(document, FORM)


def table(*grids: str, kind: GridKind = GridKind.RULED) -> Alignment:
    return read(document_of(*grids, kind=kind))


def page(*rows: str) -> Alignment:
    cells = "".join(f"<tr>{row}</tr>" for row in rows)
    return read(read_html(f"<table>{cells}</table>".encode(), "附表.html"))


def lines(*rows: str) -> Alignment:
    return read(read_text("\n".join(rows).encode(), "附表.txt"))


def figures(alignment: Alignment) -> dict[str, str]:
    """What was found, by row: the number, or the state."""
    found = (cell for cell in alignment.cells if cell.state is not CellState.ABSENT)
    return {cell.key.row: cell.state.value if cell.value is None else f"{cell.value.normalize():f}" for cell in found}


def doubted(alignment: Alignment) -> set[str]:
    return {key.row for doubt in alignment.doubts for key in doubt.cells}


def left_out(alignment: Alignment) -> set[str]:
    return {key.row for key in alignment.left_out}


class TestWhichListItIs:
    def test_six_rows_of_fifty_eight_are_read_for_what_they_are(self) -> None:
        short = table(SHORT)
        assert figures(short) == {
            "disclosed": "1286",
            "disclosed.normative_documents": "14",
            "received": "5",
            "received.in_person": "1",
            "received.online": "4",
            "closed.in_time": "5",
        }
        assert not doubted(short)
        assert len(left_out(short)) == len(STATISTICS.rows) - 6

    def test_another_list_with_rows_of_the_same_name_is_not_this_one(self) -> None:
        other = table(
            "指标名称|计量单位|代码|本期实际|本年累计\n主动公开信息数|条|01|3|40\n申请总数|条|10|1|5\n"
            "其中：1.当面申请数|条|11|1|2\n2.传真申请数|条|12|0|0\n其中：1.同意公开答复数|条|18|1|5"
        )
        assert not figures(other)
        assert other.absent_tables == ("statistics",)

    def test_a_few_words_of_the_list_in_a_table_of_something_else_are_no_list(self) -> None:
        assert not figures(
            table("统计指标|单位|统计数\n网站访问量|次|31200\n主动公开政府信息数|条|12\n热线来电|个|77")
        )

    def test_rows_that_the_form_lacks_are_left_over_and_move_nothing(self) -> None:
        longer = table(
            SHORT.replace("收到申请数|", "主动公开政府文件数|条|73\n主动公开招标采购信息|条|31\n收到申请数|")
        )
        assert figures(longer) == figures(table(SHORT))
        assert [text for rule, text in longer.left_over if rule == "left_over.row"] == [
            "主动公开政府文件数 73",
            "主动公开招标采购信息 31",
        ]

    def test_a_label_that_is_nearly_the_form_s_is_read_and_doubted(self) -> None:
        bent = table(SHORT.replace("网络申请数", "网络提交申请数"))
        assert figures(bent)["received.online"] == "4"
        assert doubted(bent) == {"received.online"}

    def test_a_row_that_may_be_a_missing_one_leaves_that_in_doubt(self) -> None:
        bent = table(SHORT + "函件方式申请数|件|0")
        assert "received.mail" not in figures(bent)
        assert "received.mail" not in left_out(bent)

    def test_the_list_printed_for_the_agency_and_for_its_area_is_neither_s_where_they_differ(self) -> None:
        twice = table(SHORT, SHORT.replace("1286", "20417"))
        assert figures(twice)["disclosed"] == "unreadable"
        assert doubted(twice) == {"disclosed"}

    def test_the_list_goes_on_over_the_page_without_its_header(self) -> None:
        whole = table(SHORT, "延期办结数|件|0\n举报投诉数量|件|2")
        assert figures(whole) == {**figures(table(SHORT)), "closed.extended": "0", "complaints": "2"}


class TestRowsWithTheSameLabel:
    REVIEWS = "四、行政复议数量|件|3\n（一）维持具体行政行为数|件|1\n（二）被依法纠错数|件|2\n"
    LAWSUITS = "五、行政诉讼数量|件|6\n（二）被依法纠错数|件|1\n（三）其他情形数|件|5\n"

    def test_each_stands_under_its_own_title(self) -> None:
        found = figures(table(SHORT + self.REVIEWS + self.LAWSUITS))
        assert (found["review.corrected"], found["litigation.corrected"]) == ("2", "1")
        assert found["litigation.other"] == "5"
        assert "review.other" not in found

    def test_the_order_of_the_titles_says_nothing(self) -> None:
        found = figures(table(SHORT + self.LAWSUITS + self.REVIEWS))
        assert (found["review.corrected"], found["litigation.corrected"]) == ("2", "1")

    def test_a_title_without_figures_will_do(self) -> None:
        found = figures(table(SHORT + "五、行政诉讼情况||\n被依法纠错数|件|1\n其他情形数|件|5"))
        assert (found["litigation.corrected"], found["litigation.other"]) == ("1", "5")

    def test_a_row_that_stands_under_one_title_only_tells_those_below_it(self) -> None:
        found = figures(table(SHORT + "维持具体行政行为或者驳回原告诉讼请求数|件|2\n被依法纠错数|件|1"))
        assert found["litigation.corrected"] == "1"

    def test_both_without_their_titles_stand_in_the_form_s_order(self) -> None:
        found = figures(table(SHORT + "被依法纠错数|件|2\n其他情形数|件|1\n被依法纠错数|件|0\n其他情形数|件|4"))
        assert (found["review.corrected"], found["litigation.corrected"]) == ("2", "0")
        assert (found["review.other"], found["litigation.other"]) == ("1", "4")

    def test_beside_an_unknown_row_their_order_says_nothing(self) -> None:
        found = table(SHORT + "诉讼案件|件|1\n被依法纠错数|件|2\n复议案件|件|0\n被依法纠错数|件|1")
        assert {"review.corrected", "litigation.corrected"} <= doubted(found)
        assert set(figures(found)) - set(figures(table(SHORT))) == {"review.corrected", "litigation.corrected"}

    def test_one_alone_is_nobody_s(self) -> None:
        lone = table(SHORT + "被依法纠错数|件|2")
        assert figures(lone)["review.corrected"] == "unreadable"
        assert {"review.corrected", "litigation.corrected"} <= doubted(lone)
        assert "litigation.corrected" not in left_out(lone)

    def test_an_unknown_row_between_may_be_another_title(self) -> None:
        found = table(SHORT + "四、行政复议数量|件|3\n五、因信息公开被诉的案件|件|6\n（二）被依法纠错数|件|1")
        assert {"review.corrected", "litigation.corrected"} <= doubted(found)


class TestUnits:
    def test_money_in_another_unit_is_converted(self) -> None:
        found = figures(table(SHORT + "依申请公开信息收取的费用|元|120\n政府信息公开专项经费|万元|3.5"))
        assert (found["request_fees"], found["budget"]) == ("0.012", "3.5")

    def test_a_unit_may_stand_in_brackets_behind_the_label_or_nowhere(self) -> None:
        plain = "指标|统计数\n主动公开政府信息数（条）|31\n收到申请数|2\n按时办结数（件）|2\n收取的费用\n"
        assert figures(table(plain + "依申请公开信息收取的费用（元）|50")) == {
            "disclosed": "31",
            "received": "2",
            "closed.in_time": "2",
            "request_fees": "0.005",
        }

    def test_things_counted_in_another_word_are_the_same(self) -> None:
        assert (
            figures(table(SHORT + "政策解读稿件发布数|条|9\n接受培训人员数|人|40"))["response.interpretations"] == "9"
        )

    def test_money_where_things_are_counted_is_no_figure(self) -> None:
        odd = table(SHORT + "从事政府信息公开工作人员数|万元|3")
        assert figures(odd)["staff"] == "unreadable"
        assert doubted(odd) == {"staff"}

    def test_titles_print_dashes_or_nothing(self) -> None:
        for mark in ("——", "----", "", "—"):
            titled = SHORT.replace("收到申请数", f"三、依申请公开情况|{mark}|{mark}\n（一）收到申请数")
            assert figures(table(titled)) == figures(table(SHORT))


class TestColumns:
    def test_numbers_of_rows_codes_and_remarks_are_no_figures(self) -> None:
        rows = SHORT.strip().split("\n")
        numbered = [f"{n}|{row}|" for n, row in enumerate(rows[1:], 1)]
        coded = "\n".join(["序号|统计指标|单位|统计数|备注", *numbered])
        assert figures(table(coded)) == figures(table(SHORT))

    def test_several_columns_none_of_which_is_headed_as_the_report_s_own_are_not_chosen_from(self) -> None:
        wide = table(
            "统计指标|单位|政府本级|部门|乡镇|合计\n主动公开政府信息数|条|12|30|5|47\n收到申请数|件|1|2|0|3\n按时办结数|件|1|2|0|3"
        )
        assert figures(wide) == dict.fromkeys(("disclosed", "received", "closed.in_time"), "unreadable")
        assert doubted(wide) == {"disclosed", "received", "closed.in_time"}

    def test_digits_of_several_columns_are_not_run_together(self) -> None:
        wide = table(
            "统计指标|单位|本级|部门\n收到申请数|件|3|5\n当面申请数|件|1|2\n网络申请数|件|2|3\n按时办结数|件|3|5"
        )
        assert {cell.raw for cell in wide.cells if cell.key.row == "received"} == {"3 | 5"}

    def test_the_column_that_is_headed_as_the_count_is_read_and_the_other_left_over(self) -> None:
        wide = table(
            "\n".join(f"{row}|{last}" for row, last in zip(SHORT.split(), ("上年统计数", *"123456"), strict=True))
        )
        assert figures(wide) == figures(table(SHORT))
        assert wide.left_over == (("left_over.column", "上年统计数"),)

    def test_the_only_column_with_figures_beside_a_blank_one_is_doubted(self) -> None:
        wide = table("统计指标|单位|本年|累计\n主动公开政府信息数|条||47\n收到申请数|件||3\n按时办结数|件||3")
        assert doubted(wide) == {"disclosed", "received", "closed.in_time"}
        assert {doubt.rule for doubt in wide.doubts} == {"reading.column_doubtful"}  # which no sums take away

    def test_two_halves_of_the_list_side_by_side(self) -> None:
        assert figures(
            table(
                "统计指标|单位|统计数|统计指标|单位|统计数\n主动公开政府信息数|条|47|收到申请数|件|3\n"
                "制发规范性文件总数|件|2|按时办结数|件|3"
            )
        ) == {"disclosed": "47", "normative_documents.issued": "2", "received": "3", "closed.in_time": "3"}


class TestWhatBecameOfThePage:
    def test_a_page_with_titles_merged_at_the_left(self) -> None:
        found = page(
            '<td colspan="2">统计指标</td><td>单位</td><td>统计数</td>',
            '<td rowspan="2">一、主动公开情况</td><td>主动公开政府信息数<br>（相同信息计1条）</td><td>条</td><td>1,286</td>',
            "<td>制发规范性文件总数</td><td>件</td><td>&nbsp;</td>",
            '<td rowspan="2">四、行政复议数量</td><td>（一）维持具体行政行为数</td><td>件</td><td>0</td>',
            "<td>（二）被依法纠错数</td><td>件</td><td>1</td>",
            '<td colspan="2">六、举报投诉数量</td><td>件</td><td>无</td>',
        )
        assert figures(found) == {
            "disclosed": "1286",
            "normative_documents.issued": "blank",
            "review.upheld": "0",
            "review.corrected": "1",
            "complaints": "dash",
        }
        assert not doubted(found)

    def test_a_header_whose_merges_are_lost_tells_no_columns(self) -> None:
        flat = (
            "统计指标|单位|统计数\n一、主动公开情况|（一）主动公开政府信息数|条|31\n制发规范性文件总数|件|2\n"
            "收到申请数|件|4\n按时办结数|件|4"
        )
        assert figures(table(flat, kind=GridKind.DELIMITED))["disclosed"] == "31"

    def test_one_cell_a_line(self) -> None:
        found = lines(*SHORT.strip().replace("\n", "|").split("|"))
        assert figures(found) == figures(table(SHORT))
        assert not doubted(found)

    def test_one_cell_a_line_with_the_numbers_of_the_rows(self) -> None:
        rows = SHORT.strip().split("\n")
        numbered = [cell for n, row in enumerate(rows[1:], 1) for cell in (str(n), *row.split("|"))]
        assert figures(lines("序号", *rows[0].split("|"), *numbered)) == figures(table(SHORT))

    def test_where_every_figure_is_blank_the_number_of_the_next_row_is_none(self) -> None:
        rows = SHORT.strip().split("\n")
        numbered = [cell for n, row in enumerate(rows[1:], 1) for cell in (str(n), *row.split("|")[:2])]
        blank = lines("序号", *rows[0].split("|"), *numbered)
        assert set(figures(blank).values()) == {"unreadable"}
        assert doubted(blank) == set(figures(blank))

    def test_a_blank_among_lines_and_the_number_of_a_page_behind_a_figure_are_doubted(self) -> None:
        text = SHORT.strip().replace("\n", "|").split("|")
        del text[text.index("14")]
        text.insert(text.index("4") + 1, "— 7 —")
        found = lines(*text)
        assert doubted(found) == {"disclosed.normative_documents", "received.online"}
        assert figures(found)["closed.in_time"] == "5"

    def test_a_line_a_row_as_it_was_pasted(self) -> None:
        pasted = [row.replace("|", " ") for row in SHORT.strip().split("\n")]
        assert figures(lines(*pasted)) == figures(table(SHORT))
