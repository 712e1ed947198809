"""Word files, written here as the XML that Word writes."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.document import Document
from parsers.errors import LimitExceeded, NeedsOcr, NianbaoError, Unreadable
from parsers.readers.docx import read_docx
from parsers.readers.docx.numbering import numeral
from tests.parsers.readers.invariants import check, places, read_twice, texts

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
MANY = "<w:p><w:r><w:t>本机关公开信息。</w:t></w:r></w:p>"


def _package(body: str, **parts: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>")
        for name, content in parts.items():
            folder = "docProps" if name == "core" else "word"
            archive.writestr(f"{folder}/{name}.xml", content)
    return stream.getvalue()


def _read(body: str, **parts: str) -> Document:
    return read_twice(read_docx, _package(body, **parts), "年报.docx")


def _lines(body: str, **parts: str) -> list[str]:
    return _read(body, **parts).text.splitlines()


def _p(text: str, properties: str = "", run: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def _tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{_p(text)}</w:tc>"


def _tbl(*rows: str) -> str:
    return "<w:tbl>" + "".join(row if row.startswith("<w:tr") else f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def _codes(document: Document) -> list[str]:
    return [note.code for note in document.notes]


def test_paragraphs_and_tables_in_the_order_of_the_body() -> None:
    table = _tbl(_tc("规章") + _tc("0"), _tc("许可") + _tc("35671"))
    assert _lines(_p("二、情况") + table + _p("三、情况")) == ["二、情况", "规章\t0", "许可\t35671", "三、情况"]


def test_merged_cells_are_one_over_rows_and_columns() -> None:
    (grid,) = _read(
        _tbl(
            _tc("三、办理结果", '<w:vMerge w:val="restart"/>') + _tc("（一）", '<w:gridSpan w:val="2"/>') + _tc("2"),
            _tc("", "<w:vMerge/>") + _tc("（三）", '<w:vMerge w:val="restart"/>') + _tc("1.国家秘密") + _tc("4"),
            _tc("", "<w:vMerge/>") + _tc("", "<w:vMerge/>") + _tc("2.其他") + _tc("5"),
            '<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>'
            + _tc("总计", '<w:gridSpan w:val="2"/>')
            + _tc("11")
            + "</w:tr>",
        )
    ).grids
    assert places(grid) == {
        "三、办理结果": (0, 0, 3, 1),
        "（一）": (0, 1, 1, 2),
        "2": (0, 3, 1, 1),
        "（三）": (1, 1, 2, 1),
        "1.国家秘密": (1, 2, 1, 1),
        "4": (1, 3, 1, 1),
        "2.其他": (2, 2, 1, 1),
        "5": (2, 3, 1, 1),
        "总计": (3, 1, 1, 2),
        "11": (3, 3, 1, 1),
    }


def test_cells_merged_in_the_old_way() -> None:
    (grid,) = _read(
        _tbl(_tc("表", '<w:hMerge w:val="restart"/>') + _tc("", "<w:hMerge/>"), _tc("规章") + _tc("0"))
    ).grids
    assert places(grid)["表"] == (0, 0, 1, 2)


def test_tracked_changes_are_accepted() -> None:
    document = _read(
        "<w:p><w:r><w:t>受理</w:t></w:r><w:del><w:r><w:delText>3</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>2</w:t></w:r></w:ins><w:r><w:t>件</w:t></w:r></w:p>"
        + _p("上半句", "<w:rPr><w:del/></w:rPr>")
        + _p("下半句")
        + _tbl(
            _tc("规章") + _tc("0"),
            "<w:tr><w:trPr><w:del/></w:trPr>" + _tc("旧") + _tc("9") + "</w:tr>",
            _tc("许可") + _tc("1"),
        )
    )
    assert document.text.splitlines() == ["受理2件", "上半句下半句", "规章\t0", "许可\t1"]
    assert _codes(document) == ["tracked_changes"]


def test_hidden_text_and_rows_are_left_out() -> None:
    styles = f'<w:styles {NAMESPACES}><w:style w:styleId="x"><w:name w:val="内部"/><w:rPr><w:vanish/></w:rPr></w:style></w:styles>'
    document = _read(
        _p("公开", run="")
        + _p("批注", run="<w:vanish/>")
        + _p("内部", '<w:pStyle w:val="x"/>')
        + _p("可见", run='<w:vanish w:val="0"/>')
        + _tbl(
            _tc("规章") + _tc("0"),
            "<w:tr><w:trPr><w:hidden/></w:trPr>" + _tc("模板") + _tc("9") + "</w:tr>",
            _tc("许可") + _tc("1"),
        ),
        styles=styles,
    )
    assert document.text.splitlines() == ["公开", "可见", "规章\t0", "许可\t1"]
    assert _codes(document) == ["hidden_text"]


def test_a_text_box_is_read_once() -> None:
    box = f"<w:txbxContent>{_p('填报单位')}</w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>一、</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
        f"{box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    assert _lines(body) == ["一、", "填报单位"]


def test_fields_controls_and_links_show_their_results() -> None:
    body = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>=SUM(ABOVE)</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>859</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
        "<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>件</w:t></w:r></w:sdtContent></w:sdt>"
        "<w:hyperlink><w:r><w:t>附件</w:t></w:r></w:hyperlink></w:p>"
        f"<w:sdt><w:sdtContent>{_p('三、')}</w:sdtContent></w:sdt>"
    )
    assert _lines(body) == ["859件附件", "三、"]


def test_a_footnote_sign_does_not_lengthen_a_figure() -> None:
    sign = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>1</w:t></w:r>'
    assert _lines(f"<w:p><w:r><w:t>507058</w:t></w:r>{sign}</w:p>") == ["507058¹"]


def test_struck_figures_are_withdrawn() -> None:
    struck = "<w:r><w:rPr><w:strike/></w:rPr><w:t>12</w:t></w:r>"
    plain = '<w:r><w:rPr><w:strike w:val="0"/></w:rPr><w:t>7</w:t></w:r>'
    assert _lines(f"<w:p>{struck}{plain}</w:p>") == ["7"]


def test_a_control_that_nobody_filled_in_shows_no_text() -> None:
    prompt = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>单击输入</w:t></w:r></w:sdtContent></w:sdt>"
    assert _lines(f"<w:p><w:r><w:t>规章</w:t></w:r>{prompt}</w:p>") == ["规章"]


def test_headings_by_style_name_level_and_inheritance() -> None:
    styles = (
        f"<w:styles {NAMESPACES}>"
        '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="标题 2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="3"><w:name w:val="公文标题"/><w:basedOn w:val="2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="4"><w:name w:val="x"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="5"><w:name w:val="y"/><w:basedOn w:val="5"/></w:style></w:styles>'
    )
    body = "".join(_p(style, f'<w:pStyle w:val="{style}"/>') for style in "12345") + _p(
        "6", '<w:outlineLvl w:val="0"/>'
    )
    assert [line.heading for line in _read(body, styles=styles).lines] == [1, 2, 2, 3, 0, 1]


def test_numbers_that_word_makes_are_part_of_the_text() -> None:
    form = '<w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:suff w:val="nothing"/>'
    numbering = (
        f'<w:numbering {NAMESPACES}><w:abstractNum w:abstractNumId="0">'
        f'<w:lvl w:ilvl="0">{form}<w:lvlText w:val="%1、"/></w:lvl><w:lvl w:ilvl="1">{form}<w:lvlText w:val="（%2）"/></w:lvl>'
        '<w:lvl w:ilvl="2"><w:numFmt w:val="bullet"/><w:lvlText w:val="●"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )

    def item(level: int, text: str) -> str:
        return _p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="7"/></w:numPr>')

    body = (
        item(0, "总体情况") + item(1, "主动公开") + item(1, "平台") + item(2, "点") + item(0, "情况") + item(1, "甲")
    )
    assert _lines(body, numbering=numbering) == [
        "一、总体情况",
        "（一）主动公开",
        "（二）平台",
        "点",
        "二、情况",
        "（一）甲",
    ]


@pytest.mark.parametrize(
    ("count", "form", "text"),
    [
        (10, "chineseCounting", "十"),
        (21, "japaneseCounting", "二十一"),
        (3, "decimalEnclosedCircleChinese", "③"),
        (9, "upperRoman", "IX"),
    ],
)
def test_numbering_counts_in_each_kind_of_numerals(count: int, form: str, text: str) -> None:
    assert numeral(count, form) == text


def test_a_table_in_a_frame_and_a_figure_in_a_tiny_table() -> None:
    inner = _tbl(_tc("规章") + _tc("0"), _tc("许可") + f"<w:tc>{_tbl(_tc('5'))}<w:p/></w:tc>")
    document = _read(_tbl(f"<w:tc>{_p('二、情况')}{inner}<w:p/></w:tc>"))
    assert document.text.splitlines() == ["二、情况", "规章\t0", "许可\t5"]


def test_lines_broken_by_hand_within_a_cell() -> None:
    (grid,) = _read(
        _tbl(
            "<w:tc><w:p><w:r><w:t>商业</w:t><w:br/><w:t>企业</w:t></w:r></w:p></w:tc>" + _tc("0"), _tc("a") + _tc("1")
        )
    ).grids
    assert texts(grid)[0] == ["商业企业", "0"]


PICTURE = '<w:p><w:r><w:drawing><wp:inline><wp:extent cx="5000000" cy="3000000"/><a:blip/></wp:inline></w:drawing></w:r></w:p>'


def test_a_wide_picture_may_be_a_table_and_a_small_one_is_none() -> None:
    assert _codes(_read(_p("二、") + PICTURE)) == ["image_table"]
    assert _codes(_read(_p("二、") + PICTURE.replace('000000"', '00000"'))) == []
    with pytest.raises(NeedsOcr):
        _read(PICTURE)


def test_a_wide_picture_beside_text_is_noted_as_not_read() -> None:
    """A table may be a picture in the paragraph of a sentence; then nobody can say that the report has none."""
    beside = PICTURE.replace("<w:p>", "<w:p><w:r><w:t>没有发生行政复议。</w:t></w:r>")
    assert _codes(_read(beside)) == ["set_aside"]


def test_the_title_of_the_file() -> None:
    core = '<c:p xmlns:c="x" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title> 2021年年报 </dc:title></c:p>'
    assert _read(MANY, core=core).metadata.title == "2021年年报"


def test_entities_are_never_expanded() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(
            "word/document.xml",
            f'<!DOCTYPE d [<!ENTITY f SYSTEM "file:///etc/hostname"><!ENTITY b "bbbbbbbb">]><w:document {NAMESPACES}>'
            "<w:body><w:p><w:r><w:t>甲&f;</w:t><w:t>&b;乙</w:t></w:r></w:p></w:body></w:document>",
        )
    assert read_docx(stream.getvalue(), "a.docx").text in ("甲\n", "甲乙\n")


def test_archives_made_to_burst_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("parsers.readers.docx.package.MAX_PART", 10_000)
    with pytest.raises(LimitExceeded, match="unpacks to more"):
        _read(" " * 20_000)


def test_a_body_that_is_cut_off_is_read_as_far_as_it_goes_and_noted() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {NAMESPACES}><w:body>{MANY}<w:p><w:r><w:t>下")
    document = check(read_docx(stream.getvalue(), "a.docx"))
    assert document.text.startswith("本机关公开信息。")
    assert _codes(document) == ["damaged"]


@pytest.mark.parametrize("data", [b"PK\x03\x04", _package(MANY)[:-30], _package("")], ids=["start", "cut", "empty"])
def test_a_file_that_cannot_be_read_is_named(data: bytes) -> None:
    with pytest.raises(Unreadable, match=r"年报\.docx"):
        read_docx(data, "年报.docx")


@settings(deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 255))
def test_a_changed_byte_has_an_outcome(place: int, value: int) -> None:
    data = bytearray(_package(_tbl(_tc("规章") + _tc("0"), _tc("许可") + _tc("1")) + MANY))
    data[place % len(data)] = value
    with suppress(NianbaoError):
        check(read_docx(bytes(data), "a.docx"))


_MERGES = ["", "<w:vMerge/>", '<w:vMerge w:val="restart"/>', '<w:gridSpan w:val="3"/>', "<w:hMerge/>"]
_CELLS = st.tuples(
    st.sampled_from(["0", "规章", ""]), st.sampled_from([*_MERGES, '<w:gridSpan w:val="2"/><w:vMerge/>'])
)


@settings(deadline=None)
@given(st.lists(st.lists(_CELLS, min_size=1, max_size=5), min_size=1, max_size=6))
def test_invariants_hold_for_any_merges(rows: list[list[tuple[str, str]]]) -> None:
    body = _tbl(*("".join(_tc(text, properties) for text, properties in row) for row in rows))
    with suppress(Unreadable):
        check(read_docx(_package(body), "a.docx"))


def test_a_page_that_was_put_into_the_file_whole_is_read_where_it_stands() -> None:
    stream = io.BytesIO(_package(f'{_p("前")}<w:altChunk xmlns:r="urn:r" r:id="c1"/>{_p("后")}'))
    page = "<html><body><p>一、总体情况</p><table><tr><td>规章</td><td>0</td></tr><tr><td>许可</td><td>5</td></tr></table></body></html>"
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("word/page.htm", page)
        archive.writestr("word/_rels/document.xml.rels", '<R><R Id="c1" Target="page.htm"/></R>')
    document = read_twice(read_docx, stream.getvalue(), "年报.docx")
    assert [line.span.of(document.text) for line in document.lines] == ["前", "一、总体情况", "后"]
    assert texts(document.grids[0]) == [["规章", "0"], ["许可", "5"]]
