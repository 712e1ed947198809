"""Excel workbooks: cells as they are shown, tables as they are laid out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.styles import Border, Side
from openpyxl.worksheet.worksheet import Worksheet

from parsers import parse_report
from parsers.document import Document
from parsers.errors import Encrypted, LimitExceeded, NeedsOcr, NianbaoError, Unreadable
from parsers.readers import read
from parsers.readers.sheets import layout
from parsers.readers.sheets.shown import BUILT_IN, general, shown
from tests.parsers.readers.invariants import check

DATA = Path(__file__).parent / "data" / "sheets"
FRAME = Border(*(Side("thin"),) * 4)


def _bytes(fill: Callable[[Worksheet], object]) -> bytes:
    book = Workbook()
    fill(book.active)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _read(fill: Callable[[Worksheet], object]) -> Document:
    return check(read(_bytes(fill), "附表.xlsx"))


def _table(sheet: Worksheet, rows: list[list[object]], top: int = 1, *, framed: bool = True) -> None:
    for row, values in enumerate(rows, top):
        for column, value in enumerate(values, 1):
            cell = sheet.cell(row, column, value)
            if framed:
                cell.border = FRAME


class TestWhatACellShows:
    @pytest.mark.parametrize(
        ("value", "code", "expected"),
        [
            (12.0, "General", "12"),
            (0.1 + 0.2, "General", "0.3"),
            (12.0, "0_ ", "12"),
            (-3.0, "0_ ;[Red]-0_ ", "-3"),
            (1234567.0, "#,##0", "1,234,567"),
            (0.0, BUILT_IN[41], "-"),
            (0.0, BUILT_IN[43], "-"),
            (5.0, BUILT_IN[41], "5"),
            (0.0, "#,###", ""),
            (0.0, "0;-0;;@", ""),
            (7.0, "0;-0;;@", "7"),
            (0.0, '0;-0;"/"', "/"),
            (5.0, ";;;", ""),
            (12.345, "0.00", "12.35"),
            (0.125, "0.0%", "12.5%"),
            (12.0, '0"件"', "12件"),
            (-0.2, "0", "0"),
            (44561.0, 'yyyy"年"m"月"d"日"', "2021-12-31"),
        ],
    )
    def test_a_number_is_shown_as_its_format_says(self, value: float, code: str, expected: str) -> None:
        assert shown(value, code) == expected

    @pytest.mark.parametrize("code", [r"0\.0,", "# ?/?", "0.00E+00", "[>3]0;0"])
    def test_a_format_that_is_not_understood_leaves_no_figure(self, code: str) -> None:
        with pytest.raises(ValueError, match="could not convert"):
            float(shown(12345.0, code))

    @given(st.integers(-(10**12), 10**12))
    def test_whole_numbers_are_whole(self, value: int) -> None:
        assert general(float(value)) == shown(value, "0") == shown(value, "@") == str(value)

    @given(st.floats(allow_nan=False, allow_infinity=False), st.text('0#?.,;"-_*[]%@/E+年aymd', max_size=12))
    def test_any_format_shows_something(self, value: float, code: str) -> None:
        assert isinstance(shown(value, code), str)


class TestLayout:
    def test_titles_prose_and_tables_of_one_sheet(self) -> None:
        def fill(sheet: Worksheet) -> None:
            sheet["A1"] = "云溪县水利局2021年政府信息公开工作年度报告"
            sheet.merge_cells("A1:C1")
            sheet["A2"] = "一、总体情况"
            sheet["A3"] = "主动公开信息31条。\n受理申请2件。"
            sheet["A4"] = "二、主动公开政府信息情况"
            _table(sheet, [["信息内容", "本年制发件数", "现行有效件数"], ["规章", 0, 3], ["规范性文件", None, 5]], 5)
            sheet["A8"] = "三、收到和处理政府信息公开申请情况"
            _table(sheet, [["", "自然人", "总计"], ["一、本年新收", 2, 2]], 9)

        document = _read(fill)
        assert document.text.splitlines()[:5] == [
            "云溪县水利局2021年政府信息公开工作年度报告",
            "一、总体情况",
            "主动公开信息31条。",
            "受理申请2件。",
            "二、主动公开政府信息情况",
        ]
        assert [[cell.text for cell in grid.cells] for grid in document.grids] == [
            ["信息内容", "本年制发件数", "现行有效件数", "规章", "0", "3", "规范性文件", "", "5"],
            ["", "自然人", "总计", "一、本年新收", "2", "2"],
        ]

    def test_empty_rows_part_tables_without_borders(self) -> None:
        def fill(sheet: Worksheet) -> None:
            _table(sheet, [["甲", "乙"], [1, 2]], framed=False)
            _table(sheet, [["丙", "丁"], [3, 4]], 4, framed=False)

        assert [grid.row_count for grid in _read(fill).grids] == [2, 2]

    def test_merged_cells_are_one(self) -> None:
        def fill(sheet: Worksheet) -> None:
            _table(sheet, [["办理结果", "予以公开", 1], [None, "部分公开", 2], ["总计", None, 3]])
            sheet.merge_cells("A1:A2")
            sheet.merge_cells("A3:B3")

        (grid,) = _read(fill).grids
        assert [(cell.text, cell.row_span, cell.column_span) for cell in grid.cells] == [
            ("办理结果", 2, 1),
            ("予以公开", 1, 1),
            ("1", 1, 1),
            ("部分公开", 1, 1),
            ("2", 1, 1),
            ("总计", 1, 2),
            ("3", 1, 1),
        ]

    def test_a_framed_row_without_figures_is_a_row_of_the_table(self) -> None:
        (grid,) = _read(lambda sheet: _table(sheet, [["结果维持", "结果纠正", "总计"], [None, None, None]])).grids
        assert [cell.text for cell in grid.cells][:3] == ["结果维持", "结果纠正", "总计"]

    def test_what_is_hidden_is_left_out_and_said(self) -> None:
        def fill(sheet: Worksheet) -> None:
            _table(sheet, [["类别", "上年", "今年"], ["草稿", 8, 9], ["规章", 1, 2]])
            sheet.row_dimensions[2].hidden = True
            sheet.column_dimensions["B"].hidden = True
            sheet.merge_cells("A3:B3")
            book = sheet.parent
            book.create_sheet("旧表").append(["不是这张", 77])
            book["旧表"].sheet_state = "hidden"

        document = _read(fill)
        assert [[cell.text for cell in grid.cells] for grid in document.grids] == [["类别", "今年", "规章", "2"]]
        assert [note.code for note in document.notes] == ["hidden_text", "hidden_text"]

    def test_zeros_that_the_sheet_does_not_show_are_blank(self) -> None:
        def fill(sheet: Worksheet) -> None:
            _table(sheet, [["规章", "规范性文件"], [0, 4]])
            sheet.sheet_view.showZeros = False

        assert [cell.text for cell in _read(fill).grids[0].cells] == ["规章", "规范性文件", "", "4"]

    def test_a_formula_without_a_result_is_no_figure_and_no_blank(self) -> None:
        document = _read(lambda sheet: _table(sheet, [["自然人", "总计"], [3, "=A2+0"]]))
        assert document.grids[0].cells[-1].text == "=A2+0"


def _with_sheet(xml: str, strings: str = "") -> bytes:
    """A workbook of one sheet, written by hand."""
    stream = io.BytesIO()
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{main}" xmlns:r="{relations}"><sheets><sheet name="a" r:id="r1"/></sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels", '<Relationships><Relationship Id="r1" Target="a.xml"/></Relationships>'
        )
        archive.writestr("xl/a.xml", f'<worksheet xmlns="{main}">{xml}</worksheet>')
        archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{main}">{strings}</sst>')
    return stream.getvalue()


class TestFiles:
    def test_results_of_formulas_runs_and_reading_aids(self) -> None:
        data = _with_sheet(
            '<sheetData><row><c t="s"><v>0</v></c><c><f>1+1</f><v>2</v></c><c t="str"><f>x</f><v>无</v></c>'
            '<c t="e"><v>#REF!</v></c><c t="s"><v>9</v></c></row></sheetData>',
            "<si><r><t>自然</t></r><r><t>人</t></r><rPh sb='0' eb='1'><t>ziran</t></rPh></si>",
        )
        assert [cell.text for cell in check(read(data, "a.xlsx")).grids[0].cells] == [
            "自然人",
            "2",
            "无",
            "#REF!",
            "[text 9 is missing]",
        ]

    def test_merges_beyond_all_bounds_cost_nothing(self) -> None:
        merges = "".join(f'<mergeCell ref="A{n}:XFD1048576"/>' for n in range(1, 300))
        data = _with_sheet(
            '<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="20000"><c r="B20000"><v>2</v></c></row>'
            f"</sheetData><mergeCells>{merges}</mergeCells>"
        )
        document = check(read(data, "a.xlsx"))
        assert document.text == "1\n"
        assert document.notes[0].code == "hidden_text"

    def test_more_cells_than_a_report_has(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("parsers.readers.sheets.xlsx.MAX_TEXTS", 3)
        with pytest.raises(LimitExceeded, match="cells"):
            read(_bytes(lambda sheet: sheet.append([1, 2, 3, 4])), "a.xlsx")

    def test_nothing_to_read(self) -> None:
        with pytest.raises(Unreadable, match="shows no text"):
            read(_bytes(lambda sheet: None), "a.xlsx")

    def test_a_workbook_of_nothing_but_pictures_needs_ocr(self) -> None:
        stream = io.BytesIO(_with_sheet(""))
        with zipfile.ZipFile(stream, "a") as archive:
            archive.writestr("xl/media/scan.png", b"x")
        with pytest.raises(NeedsOcr):
            read(stream.getvalue(), "a.xlsx")

    @pytest.mark.parametrize("suffix", ["xls", "xlsx"])
    def test_a_report_of_each_format_has_all_its_cells(self, suffix: str) -> None:
        report = parse_report(DATA / f"report-2021.{suffix}")
        assert report.source.reader == suffix
        assert report.identity.edition == "2021"
        assert [str(cell.key) for cell in report.cells if cell.state.value != "number"] == []
        figures = {str(cell.key): cell.value for cell in report.cells}
        expected = {
            str(cell.key): cell.value for cell in parse_report(DATA.parent / "pdf" / "report-2021.html").cells
        }
        assert figures == expected

    @settings(deadline=None, max_examples=60)
    @given(st.sampled_from(["xls", "xlsx"]), st.data())
    def test_damaged_workbooks_have_an_outcome(self, suffix: str, data: st.DataObject) -> None:
        content = bytearray((DATA / f"report-2021.{suffix}").read_bytes())
        for place in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=8)):
            content[place] = data.draw(st.integers(0, 255))
        with suppress(NianbaoError):
            check(read(bytes(content), f"a.{suffix}"))


def test_a_sheet_too_wide_for_a_table_is_read_as_lines() -> None:
    sheet = layout.Sheet(texts={(row, column): f"{row}-{column}" for row in range(2) for column in range(300)})
    blocks, hidden = layout.blocks_of(sheet)
    assert len(blocks) == 600
    assert hidden == 0


def _ods(content: str, manifest: str = "<manifest/>") -> bytes:
    uri = "urn:oasis:names:tc:opendocument:xmlns"
    spaces = " ".join(f'xmlns:{name}="{uri}:{name}:1.0"' for name in ("office", "table", "text", "style", "manifest"))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        encrypted = not content.startswith("<")
        whole = content if encrypted else f"<office:document-content {spaces}>{content}</office:document-content>"
        archive.writestr("content.xml", whole)
        archive.writestr("META-INF/manifest.xml", manifest)
    return stream.getvalue()


class TestOpenDocument:
    def test_spans_repeats_and_what_is_hidden(self) -> None:
        content = (
            '<office:automatic-styles><style:style style:name="off"><style:table-properties table:display="false"/>'
            '</style:style></office:automatic-styles><office:body><office:spreadsheet><table:table table:name="年报">'
            '<table:table-column table:number-columns-repeated="3"/><table:table-column table:visibility="collapse"/>'
            '<table:table-row><table:table-cell table:number-columns-spanned="3"><text:p>某县水利局2021年政府信息公开'
            "<text:s/>年度报告</text:p></table:table-cell><table:covered-table-cell/></table:table-row><table:table-row/>"
            '<table:table-header-rows><table:table-row><table:table-cell table:number-rows-spanned="2"><text:p>信息</text:p>'
            "<text:p>内容</text:p></table:table-cell><table:table-cell table:number-columns-repeated='2'><text:p>件数</text:p>"
            "</table:table-cell><table:table-cell><text:p>9</text:p></table:table-cell></table:table-row></table:table-header-rows>"
            "<table:table-row><table:covered-table-cell/><table:table-cell><text:p>1,839</text:p></table:table-cell>"
            "<table:table-cell><office:annotation><text:p>注</text:p></office:annotation><text:p>0</text:p></table:table-cell>"
            "</table:table-row><table:table-row table:number-rows-repeated='1048570'><table:table-cell "
            "table:number-columns-repeated='16384'/></table:table-row></table:table>"
            '<table:table table:style-name="off"><table:table-row><table:table-cell><text:p>旧</text:p></table:table-cell>'
            "</table:table-row></table:table></office:spreadsheet></office:body>"
        )
        document = check(read(_ods(content), "附表.ods"))
        assert document.text.splitlines() == [
            "某县水利局2021年政府信息公开 年度报告",
            "信息内容\t件数\t件数",
            "1,839\t0",
        ]
        assert [note.code for note in document.notes] == ["hidden_text", "hidden_text"]

    def test_a_password_is_told_as_one(self) -> None:
        with pytest.raises(Encrypted):
            read(_ods("\1\2", "<manifest><file-entry><encryption-data/></file-entry></manifest>"), "附表.ods")
