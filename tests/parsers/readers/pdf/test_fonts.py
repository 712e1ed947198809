"""Fonts whose maps call the digits something else than they show: read as they are shown."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib import resources
from typing import Any

import pytest

from parsers.readers.pdf import fonts, read_pdf
from parsers.readers.pdf.again import SecondLook
from parsers.readers.pdf.fonts import as_shown, fonts_of
from parsers.readers.pdf.fonts.codes import codes_left_out, doubtful_codes, share_of_frequent
from parsers.readers.pdf.fonts.digits import mend_fonts, read_digits
from parsers.readers.pdf.fonts.glyphs import HEIGHT, WIDTH, digit_of
from parsers.readers.pdf.fonts.maps import map_of, written
from parsers.readers.pdf.fonts.signs import signs_of
from parsers.readers.pdf.fonts.untold import with_one_blank
from parsers.readers.pdf.gather import gathered
from parsers.readers.pdf.libraries import pdfium
from parsers.readers.pdf.page import PageContent, Word
from parsers.text import LOST

pymupdf: Any = pytest.importorskip("pymupdf")

FIGURES = "0123456789"
DRAWN = 50
"""Dots: the size at which pictures of glyphs are drawn."""
IN_ORDER = {f"{0x13 + n:04X}": digit for n, digit in enumerate(FIGURES)}


def file_with(text: str, digits: Mapping[str, str]) -> bytes:
    """A page of figures whose font's map has other characters for some digits than they show."""
    document = pymupdf.open()
    sheet = document.new_page(width=400, height=200)
    sheet.insert_text((40, 40), "申请数量如下表所示", fontname="china-s", fontsize=10)
    writer = pymupdf.TextWriter(sheet.rect)
    writer.append((40, 60), text, font=pymupdf.Font("helv"), fontsize=10)
    writer.write_text(sheet)
    for number, kind in fonts_of(document)[0].items():
        if kind == "Type0" and (map_ := document.xref_get_key(number, "ToUnicode"))[0] == "xref":
            stream = int(map_[1].split()[0])
            codes = map_of(document.xref_stream(stream))
            document.update_stream(stream, written({c: digits.get(to, to) for c, to in codes.items()}))
    return bytes(document.tobytes())


def font_with_map(document: Any) -> tuple[int, int, dict[str, str]]:
    """The numbers of the only font with a map and of the map, and what it says."""
    return next(
        (number, int(value.split()[0]), map_of(document.xref_stream(int(value.split()[0]))))
        for number, kind in fonts_of(document)[0].items()
        if kind == "Type0" and (value := document.xref_get_key(number, "ToUnicode")[1]) != "null"
    )


def picture(text: str, font: str = "tiro") -> list[bytes]:
    document = pymupdf.open()
    sheet = document.new_page(width=80, height=80)
    sheet.insert_text((20, 60), text, fontname=font, fontsize=DRAWN)
    shot = sheet.get_pixmap(colorspace="gray")
    return [bytes(dot < 160 for dot in shot.samples[y * shot.stride : y * shot.stride + 80]) for y in range(80)]


@pytest.mark.parametrize(
    "digits",
    [
        pytest.param({}, id="right"),
        pytest.param({"3": "5", "5": "3"}, id="exchanged"),
        pytest.param(dict.fromkeys(FIGURES, "\ufffd"), id="without a character"),
        pytest.param({digit: chr(0xE030 + int(digit)) for digit in FIGURES}, id="private"),
    ],
)
def test_figures_are_read_as_they_are_shown(digits: dict[str, str]) -> None:
    document = read_pdf(file_with("3517 2096 84", digits), "报告.pdf")
    assert "3517 2096 84" in document.text
    assert [note.code for note in document.notes] == (["digits_mended"] if digits else [])


def test_digits_all_of_which_the_map_calls_letters_are_read_as_they_are_shown() -> None:
    document = pymupdf.open(stream=file_with("3517 2096 84", {}))
    _, stream, codes = font_with_map(document)
    letters = {" ": " ", **dict(zip(FIGURES, "OlZEASGTBg", strict=True))}
    document.update_stream(stream, written({code: letters[text] for code, text in codes.items() if text in letters}))
    assert "3517 2096 84" in read_pdf(bytes(document.tobytes()), "报告.pdf").text


def test_letters_that_look_like_digits_are_letters_beside_digits_and_without_all_of_a_year() -> None:
    assert "12 Ol 0" in read_pdf(file_with("12 Ol 0", {}), "报告.pdf").text
    assert "OlO BOlS" in read_pdf(file_with("OlO BOlS", {}), "报告.pdf").text


def test_digits_that_the_map_leaves_out_are_read_as_they_are_shown() -> None:
    document = pymupdf.open(stream=file_with("3517 2096 84", {}))
    number, stream, codes = font_with_map(document)
    used = {code: text for code, text in codes.items() if text in FIGURES}
    descendant = int(document.xref_get_key(number, "DescendantFonts")[1].strip("[]").split()[0])
    document.xref_set_key(descendant, "W", "[" + "".join(f"{int(code, 16)}[556]" for code in used) + "]")
    document.update_stream(stream, written({code: text for code, text in codes.items() if code not in used}))
    assert "3517 2096 84" in read_pdf(bytes(document.tobytes()), "报告.pdf").text


def test_digits_that_the_map_calls_blanks_are_read_as_they_are_shown() -> None:
    """Else a cell in which a figure is printed looks as if it were blank."""
    data = file_with("3517 2096 84", dict.fromkeys(FIGURES, " "))
    assert "3517 2096 84" in read_pdf(data, "报告.pdf").text


def test_digits_of_a_font_without_a_map_are_read_as_they_are_shown() -> None:
    document = pymupdf.open(stream=file_with("3517 2096 84", {}))
    for number, kind in fonts_of(document)[0].items():
        stream = document.xref_get_key(number, "ToUnicode")[1]
        if kind == "Type0" and stream != "null":
            codes = {
                code for code, text in map_of(document.xref_stream(int(stream.split()[0]))).items() if text in FIGURES
            }
            descendant = int(document.xref_get_key(number, "DescendantFonts")[1].strip("[]").split()[0])
            document.xref_set_key(descendant, "W", "[" + "".join(f"{int(code, 16)}[556]" for code in codes) + "]")
            document.xref_set_key(number, "ToUnicode", "null")
    text = read_pdf(bytes(document.tobytes()), "报告.pdf").text
    assert [digit for digit in text if digit in FIGURES] == list("3517209684")


def test_the_number_of_a_glyph_that_counts_as_a_blank_is_none() -> None:
    """Else the cell of a figure whose font tells no characters looks as if it were blank."""
    words = pdfium.read_page(pdfium.open_pdf(file_with("3 8 4", {"8": "\x1c"})), 0).words
    assert [word.text for word in words][-3:] == ["3", "\ufffd", "4"]
    content = PageContent(1, 400, 500, [Word(100, 100, 106, 110, "\x1c")], [], [], tuple)
    assert [line.text for line in gathered(content, "pymupdf").lines] == ["\ufffd"]


def test_codes_that_a_simple_font_leaves_out_of_its_map_are_no_characters() -> None:
    document = pymupdf.open()
    document.new_page().insert_text((40, 40), "123", fontname="helv")
    font = next(iter(fonts_of(document)[0]))
    document.xref_set_key(font, "Encoding", "null")
    document.xref_set_key(font, "FirstChar", "48")
    document.xref_set_key(font, "LastChar", "57")
    assert codes_left_out(document, font, {"31": "1", "33": "3"}, thoroughly=False) == [
        "30", "32", "34", "35", "36", "37", "38", "39",
    ]  # fmt: skip


def test_a_file_that_claims_millions_of_objects_is_mended_in_memory_and_not_written() -> None:
    right = file_with("3517 2096 84", {"3": "5", "5": "3"})
    claims = right[: right.rindex(b"startxref")] + b"6553659 0 obj\n<<>>\nendobj\nstartxref\n0\n%%EOF"
    with pymupdf.open(stream=claims) as source:
        assert as_shown(source, claims).data is None
    assert "3517 2096 84" in read_pdf(claims, "报告.pdf").text


def test_the_second_reading_gets_the_same_characters() -> None:
    data = file_with("3517 2096 84", {"3": "5", "5": "3"})
    with pymupdf.open(stream=data) as source, pymupdf.open(stream=as_shown(source, data).data) as document:
        assert "3517 2096 84" in document[0].get_text()
    right = file_with("3517 2096 84", {})
    with pymupdf.open(stream=right) as source:
        assert as_shown(source, right).data is right


def test_nothing_is_left_on_the_file_by_looking_at_it() -> None:
    with pymupdf.open(stream=file_with("0123456789", {"1": "7", "7": "1"})) as document:
        mended = mend_fonts(document, list(fonts_of(document)[0]))
        assert (mended.fonts, mended.digits, document.page_count) == (1, 2, 1)


def test_digits_that_are_all_called_the_next_one_are_noticed_when_sums_break() -> None:
    shifted = dict(zip(FIGURES, "123456789:", strict=True))
    assert not digits_look_right(file_with("1023456788", shifted))
    assert digits_look_right(file_with("1023456789", {}))


def test_a_sign_that_nothing_is_known_of_contradicts_no_figure_where_it_looks_like_a_digit() -> None:
    """The lost sign is read as no digit, whatever it shows; what the map calls something else is another matter."""
    data = file_with("1023456789", {"1": LOST})
    with pymupdf.open(stream=data) as document:
        mended = mend_fonts(document, list(fonts_of(document)[0]))
    assert (mended.digits, mended.contradicted) == (1, 0)
    with pymupdf.open(stream=file_with("1023456789", {"1": "7", "7": "1"})) as document:
        assert mend_fonts(document, list(fonts_of(document)[0])).contradicted == 2


def test_digits_in_order_are_looked_at_where_another_font_of_the_file_exchanges_its_own() -> None:
    """The numbers of the pages are set in a font of their own, with the digits of a few pages in order."""
    shifted = dict(zip(FIGURES, "123456789:", strict=True))
    with (
        pymupdf.open(stream=file_with("3517 2096 84", {"3": "5", "5": "3"})) as document,
        pymupdf.open(stream=file_with("1023 45678", shifted)) as page_numbers,
    ):
        document.insert_pdf(page_numbers)
        data = bytes(document.tobytes())
    text = read_pdf(data, "报告.pdf").text
    assert "3517 2096 84" in text
    assert "1023 45678" in text
    assert digits_look_right(data)


def digits_look_right(data: bytes) -> bool:
    mended = any(note.code == "digits_mended" for note in read_pdf(data, "报告.pdf").notes)
    with SecondLook(data, "报告.pdf", mended=mended) as look:
        return look.digits_look_right()


def test_digits_in_order_are_not_looked_at() -> None:
    assert doubtful_codes(IN_ORDER) == []
    assert len(doubtful_codes(IN_ORDER, in_order=True)) == 10, "unless asked for"
    assert doubtful_codes({"0003": "7", "0004": "0"}, in_order=True) == [], "these were looked at"
    assert set(doubtful_codes({**IN_ORDER, "0020": "\ue004"})) == {*IN_ORDER, "0020"}
    assert doubtful_codes({"0003": "7", "0004": "0"}) == ["0003", "0004"]
    whole = {f"{code:04X}": "\ue004" for code in range(0x1000, 0x1100)}
    assert doubtful_codes({**whole, "0003": "7", "0004": "0"}) == ["0003", "0004"], (
        "signs of a whole script hide no digits"
    )
    assert doubtful_codes({**whole, **IN_ORDER}) == []


def test_two_glyphs_of_one_digit_are_lost_rather_than_read_wrong() -> None:
    said = {"01": "3", "02": "5", "03": "7", "04": "1"}
    shows = [picture(digit) for digit in "5571"]
    assert read_digits(said, shows) == {}, "one strange digit is a strange typeface"
    shows = [picture(digit) for digit in "5511"]
    assert read_digits(said, shows) == dict.fromkeys(said, LOST)


def test_the_box_of_signs_that_a_font_has_not_is_no_digit() -> None:
    box = picture("0")
    said = {"30": "0", "31": "1", "00": LOST, "01": LOST}
    assert read_digits(said, [picture("0", "helv"), picture("1", "helv"), box, box]) == {}
    assert read_digits({"30": LOST, "31": "1"}, [picture("0"), picture("1")]) == {"30": "0"}


@pytest.mark.parametrize("font", ["helv", "tiro", "cour", "china-s", "tibo"])
def test_digits_are_told_by_their_shape(font: str) -> None:
    assert [digit_of(tuple(picture(digit, font))) for digit in FIGURES] == list(FIGURES)


@pytest.mark.parametrize("digit", FIGURES)
def test_a_digit_of_every_typeface_that_is_known_is_told(digit: str) -> None:
    """The 4 of some is as high and wide in its middle as a plus sign."""
    shapes = tomllib.loads(resources.files(fonts).joinpath("digits.toml").read_text("utf-8"))[digit]
    for dots in (f"{int(shape, 16):0{WIDTH * HEIGHT}b}" for shape in shapes):
        lines = [dots[start : start + WIDTH] for start in range(0, len(dots), WIDTH)]
        assert digit_of(tuple(bytes(map(int, line)) for line in lines)) == digit, "\n".join(lines)


@pytest.mark.parametrize("sign", ["", "-", "%", "E", "W", "政", "口", "○", "个", "上", "不", "主", "土", "千"])
def test_other_signs_are_no_digits(sign: str) -> None:
    assert digit_of(tuple(picture(sign, "china-s"))) is None


@pytest.mark.parametrize("thick", [1, 2, 4])
def test_a_plus_sign_is_no_one(thick: int) -> None:
    """In a thin typeface it has few dots that a 1 has not."""
    bar = range(12 - thick // 2, 12 - thick // 2 + thick)
    plus = tuple(bytes(1 if row in bar or column in bar else 0 for column in range(24)) for row in range(24))
    assert digit_of(plus) is None


def test_maps_are_read_in_all_their_spellings() -> None:
    text = b"""2 beginbfchar <01> <0030> <02> <00660069> endbfchar
    2 beginbfrange <03> <05> <0031> <06> <07> [<4E00> <4E8C>] endbfrange"""
    codes = map_of(text)
    assert codes == {"01": "0", "02": "fi", "03": "1", "04": "2", "05": "3", "06": "一", "07": "二"}
    assert map_of(written(codes)) == codes


def page_whose_font_tells(told: str, text: str, *, whole: bool = False) -> bytes:
    """A page of lines in one font, the map of which has no other signs than those that it is said to tell; the font has those that
    are printed, or is embedded as a ``whole``."""
    document = pymupdf.open()
    sheet = document.new_page(width=500, height=300)
    writer = pymupdf.TextWriter(sheet.rect)
    for number, line in enumerate(text.splitlines()):
        writer.append((40, 40 + 20 * number), line, font=pymupdf.Font("china-s"), fontsize=10)
    writer.write_text(sheet)
    if not whole:
        document.subset_fonts()
    for number, kind in fonts_of(document)[0].items():
        if kind == "Type0" and (map_ := document.xref_get_key(number, "ToUnicode"))[0] == "xref":
            stream = int(map_[1].split()[0])
            codes = map_of(document.xref_stream(stream))
            used = {code: to for code, to in codes.items() if to in set(text)}
            document.update_stream(stream, written({code: to if to in told else LOST for code, to in used.items()}))
    return bytes(document.tobytes())


@pytest.mark.parametrize("told", [pytest.param("规章行政许可件数其他", id="some"), pytest.param("", id="none")])
def test_signs_that_a_font_does_not_tell_are_recognised(told: str) -> None:
    pytest.importorskip("rapidocr")
    text = "中卫市公安局年度报告\n其他法律行政法规禁止公开 35671 件\n行政许可 2098 / 4"
    document = read_pdf(page_whose_font_tells(told, text), "报告.pdf")
    assert "".join(document.text.split()) == "".join(text.split())
    assert "signs_recognised" in [note.code for note in document.notes]


def test_signs_as_wide_as_most_that_the_map_leaves_out_are_recognised() -> None:
    """A font does not state their width one by one, so that only the page tells that they are printed."""
    pytest.importorskip("rapidocr")
    text = "中卫市公安局年度报告\n行政许可 2098 / 4"
    with pymupdf.open(stream=page_whose_font_tells("行政许可局年度", text)) as document:
        (font,) = fonts_of(document)[0]
        descendant = int(document.xref_get_key(font, "DescendantFonts")[1].strip("[]").split()[0])
        document.xref_set_key(descendant, "W", "[]")
        stream = int(document.xref_get_key(font, "ToUnicode")[1].split()[0])
        codes = map_of(document.xref_stream(stream))
        document.update_stream(stream, written({code: to for code, to in codes.items() if to != LOST}))
        data = bytes(document.tobytes())
    assert "中卫市公安局年度报告" in read_pdf(data, "报告.pdf").text


def test_of_a_font_that_is_embedded_whole_those_signs_are_recognised_that_are_printed() -> None:
    pytest.importorskip("rapidocr")
    text = "中卫市公安局年度报告\n行政许可 2098 / 4"
    document = read_pdf(page_whose_font_tells("", text, whole=True), "报告.pdf")
    assert "".join(document.text.split()) == "".join(text.split())


def test_a_map_that_names_other_signs_than_its_font_shows_is_not_believed() -> None:
    """Each sign is called one that stands a little behind it in the order of all: 政 would be read as 敧, 2 as O."""
    pytest.importorskip("rapidocr")
    lines = ["中卫市公安局年度报告", "其他法律行政法规禁止公开 35671 件", "第一项加第二项之和等于第三项加第四项之和"]
    text = "\n".join([*lines, "本年新收政府信息公开申请数量 2098"])
    with pymupdf.open(stream=page_whose_font_tells(text, text)) as document:
        (font,) = fonts_of(document)[0]
        stream = int(document.xref_get_key(font, "ToUnicode")[1].split()[0])
        codes = map_of(document.xref_stream(stream))
        document.update_stream(stream, written({code: chr(ord(to) + 29) for code, to in codes.items()}))
        data = bytes(document.tobytes())
    read = "".join(read_pdf(data, "报告.pdf").text.split())
    assert "中卫市公安局年度报告其他法律行政法规禁止公开35671件" in read
    assert "本年新收政府信息公开申请数量2098" in read


def test_chinese_signs_that_a_map_calls_latin_ones_are_recognised() -> None:
    """A program that wrote the file anew lost a byte of some: 公 is called a letter, and 关 a digit."""
    pytest.importorskip("rapidocr")
    text = "中卫市公安局年度报告\n本机关不掌握相关政府信息 2098 / 4\n行政许可 35671"
    lost = {"公": "\xff", "安": "|", "关": "7", "政": "q"}
    with pymupdf.open(stream=page_whose_font_tells(text, text)) as document:
        (font,) = fonts_of(document)[0]
        stream = int(document.xref_get_key(font, "ToUnicode")[1].split()[0])
        codes = map_of(document.xref_stream(stream))
        document.update_stream(stream, written({code: lost.get(to, to) for code, to in codes.items()}))
        data = bytes(document.tobytes())
    assert "".join(read_pdf(data, "报告.pdf").text.split()) == "".join(text.split())


def test_most_signs_of_a_text_are_frequent_ones() -> None:
    def told(text: str) -> float | None:
        return share_of_frequent({f"{n:04X}": sign for n, sign in enumerate(text)})

    prose = "本报告由总体情况主动公开政府信息收到和处理申请行政复议诉讼存在的主要问题及改进其他需要事项等部分组成统计期限为"
    assert (told(prose) or 0) > 0.8
    assert (told("".join(chr(ord(sign) + 29) for sign in prose)) or 0) < 0.1
    assert told("政府信息公开") is None


def test_brackets_are_no_digits() -> None:
    pytest.importorskip("rapidocr")
    assert not {"1", "0"} & set(signs_of([picture(sign, "china-s") for sign in "〔〕〈〉（）。、"], DRAWN))


def test_what_may_be_a_figure_or_a_dash_is_not_told() -> None:
    """The numeral one is a bar, as a dash is: a cell without cases would have one."""
    pytest.importorskip("rapidocr")
    shown = {sign: signs_of([picture(sign, "china-s")], DRAWN)[0] for sign in "一—-/17政"}
    assert shown.pop("—") in ("—", None)
    assert shown == {"一": None, "-": "-", "/": "/", "1": "1", "7": "7", "政": "政"}


def test_a_glyph_without_ink_is_no_second_blank() -> None:
    """It may be a minus that the font lacks: -6 must not become 6."""
    assert with_one_blank({"01": " ", "02": LOST}, {"02": " ", "03": "政"}) == {"03": "政"}
    assert with_one_blank({"02": LOST}, {"02": " ", "03": "政", "04": None}) == {"02": " ", "03": "政"}
