"""The canonical text as every reader writes it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.document import Box, Document, GridKind
from parsers.readers.canonical import RawCell, TextBuilder, clean, join_wrapped
from tests.parsers.readers.invariants import check


def _document(builder: TextBuilder) -> Document:
    return check(Document("a", "0" * 64, "x/y", "r", 0, builder.text, tuple(builder.lines), tuple(builder.grids)))


def test_a_paragraph_of_two_printed_lines_is_one_line_of_text() -> None:
    builder = TextBuilder()
    builder.add_paragraph([("本机关收到 12", Box(1, 0, 0, 9, 9)), ("3 件", Box(1, 0, 10, 9, 19))])
    builder.add_line("　 ")
    builder.add_line("二、")
    assert _document(builder).text == "本机关收到 12 3 件\n二、\n"


def test_a_table_is_a_row_a_line_and_its_cells_may_come_in_any_order() -> None:
    builder = TextBuilder()
    builder.add_line("一、")
    builder.add_grid(
        GridKind.MARKUP, [RawCell(1, 1, "0"), RawCell(0, 0, " 规\u3000章 ", row_span=2), RawCell(0, 1, "")]
    )
    builder.add_grid(GridKind.MARKUP, [])
    document = _document(builder)
    assert document.text == "一、\n规 章\t\n0\n"
    assert (document.grids[0].row_count, document.grids[0].column_count) == (2, 2)


def test_the_radical_that_a_font_draws_with_the_same_glyph_is_the_common_sign() -> None:
    assert clean("师宗县⼈⺠政府⻔⼾⽹站 12 件") == "师宗县人民政府门户网站 12 件"
    builder = TextBuilder()
    builder.add_line("退役军⼈事务局")
    builder.add_grid(GridKind.MARKUP, [RawCell(0, 0, "⾃然⼈"), RawCell(0, 1, "1")])
    assert _document(builder).text == "退役军人事务局\n自然人\t1\n"


def test_figures_never_become_one_at_a_break() -> None:
    assert join_wrapped(["50705", "8"]) == "50705 8"
    assert join_wrapped(["本年", " 制发 ", "", "件数2"]) == "本年制发件数2"


def test_a_sign_that_does_not_show_leaves_no_double_blank() -> None:
    assert clean("公开 \x07 \u200b12\x00条\x1f") == "公开 12条"


@settings(deadline=None)
@given(st.text(st.sampled_from(" \t\n\x00\x1f\u200b\u3000\ue000甲a")))
def test_clean_text_stays_as_it_is(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert not {"\n", "\t", "\u3000", "\ufeff"} & set(cleaned)


_TEXTS = st.lists(st.text(max_size=8), max_size=4)


@settings(deadline=None)
@given(st.lists(st.one_of(_TEXTS, st.lists(_TEXTS, max_size=4)), max_size=6))
def test_invariants_hold_for_whatever_is_added(blocks: list[list[str] | list[list[str]]]) -> None:
    builder = TextBuilder()
    for block in blocks:
        if any(isinstance(item, list) for item in block):
            builder.add_grid(
                GridKind.DELIMITED,
                [RawCell(row, column, text) for row, texts in enumerate(block) for column, text in enumerate(texts)],
            )
        else:
            builder.add_paragraph([(str(text), None) for text in block])
    _document(builder)
