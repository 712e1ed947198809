"""What sites declare and what their bytes are."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.readers.charset import decode

PAGE = '<html><head><meta http-equiv="Content-Type" content="text/html; charset={0}"></head><body>' + (
    "<p>本机关2021年收到政府信息公开申请12件，均已按时答复。</p>" * 20
)


def _codes(data: bytes, http: str | None = None) -> tuple[str, list[str]]:
    text, notes = decode(data, http)
    return text, [note.code for note in notes]


@pytest.mark.parametrize(
    ("declared", "written", "codes"),
    [
        ("utf-8", "utf-8", []),
        ("gb2312", "gbk", []),
        ("gb2312", "gb18030", []),
        ("gb2312", "utf-8", ["charset_wrong"]),
        ("utf-8", "gbk", ["charset_wrong"]),
        ("iso-8859-1", "gbk", []),
        ("euc-kr", "gbk", ["charset_wrong"]),
        ("nonsense", "gbk", []),
    ],
)
def test_the_bytes_go_before_the_declaration(declared: str, written: str, codes: list[str]) -> None:
    page = PAGE.format(declared)
    assert _codes(page.encode(written)) == (page, codes)


def test_the_header_goes_before_the_page() -> None:
    page = PAGE.format("utf-8")
    assert _codes(page.encode("gbk"), "GBK") == (page, [])


def test_traditional_characters_in_big5() -> None:
    page = "<p>本機關於二零二一年收到政府資訊公開申請，均已按時答覆。</p>" * 10
    assert _codes(page.encode("big5")) == (page, [])


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_with_and_without_a_mark(codec: str) -> None:
    page = PAGE.format("gb2312").replace("charset=", "x=")
    assert _codes(page.encode(codec)) == (page, [])


def test_utf_16_of_chinese_alone() -> None:
    text = "本机关收到政府信息公开申请，均已按时答复。\n" * 9
    assert _codes(text.encode("utf-16-le")) == (text, [])


@pytest.mark.parametrize("codec", ["utf-8", "gbk"])
def test_one_broken_byte_does_not_turn_the_page(codec: str) -> None:
    data = bytearray(PAGE.format(codec).encode(codec))
    place = data.index("申请".encode(codec), len(data) // 2)
    data[place] = 0xFF
    text, codes = _codes(bytes(data))
    assert codes == ["characters_lost"]
    assert text.count("收到政府信息公开申请12件") == 19
    assert text.count("12件") == 20


def test_a_page_with_a_damaged_stretch_keeps_its_set() -> None:
    damage = bytes(range(128, 256)) * 3
    text, codes = _codes(PAGE.format("gb2312").encode() + damage + "二、情况".encode())
    assert text.count("本机关") == 20
    assert text.endswith("二、情况")
    assert "characters_lost" in codes


def test_a_page_cut_off_inside_a_character() -> None:
    text, codes = _codes(PAGE.format("utf-8").encode()[:-5])
    assert codes == ["characters_lost"]
    assert text.count("本机关") == 20


def test_figures_outlive_a_broken_byte_before_them() -> None:
    text, _ = decode("本机关收到政府信息公开申请".encode("gbk") * 20 + b"\xc1507058</td>")
    assert text.endswith("507058</td>")


@settings(deadline=None)
@given(st.text(max_size=300))
def test_whatever_is_written_in_utf_8_is_read_back(text: str) -> None:
    written = text.lstrip("\ufeff")
    if "\0" not in written and "\ufffd" not in written:  # the sign of a lost character is nothing that anyone wrote
        assert decode(written.encode("utf-8", "replace"))[0] == written.encode("utf-8", "replace").decode()


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_some_text(data: bytes) -> None:
    text, _ = decode(data)
    text.encode()
