"""Folded texts know their way back to the canonical text, whatever was dropped, widened or run together."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from parsers.identity.folding import fold_name, fold_text
from parsers.identity.opening import opening_of
from tests.parsers.documents import document_of

SIGNS = st.text(st.sampled_from("云溪縣水利局２０２２年 　\n\t*“”㎡⑩ﷺ（）"), max_size=40)


def test_a_sign_that_becomes_several_keeps_its_place() -> None:
    folded = fold_text("面积 30㎡，第⑩条")
    assert folded.text == "面积30m2,第10条"
    assert folded.printed(4, 6) == "㎡"
    assert folded.span(8, 10).of(folded.source) == "⑩"


@given(SIGNS)
def test_every_folded_sign_comes_from_the_sign_at_its_offset(text: str) -> None:
    folded = fold_text(text)
    assert len(folded.text) == len(folded.offsets)
    for sign, offset in zip(folded.text, folded.offsets, strict=True):
        assert sign in fold_text(text[offset]).text
    assert folded.text.replace("\n", "") == fold_name(text)


@given(SIGNS, st.integers(0, 40), st.integers(0, 40))
def test_a_part_of_a_folded_text_is_that_part_folded(text: str, start: int, length: int) -> None:
    assert fold_text(text).part(start, start + length) == fold_text(text, start, start + length)


def test_the_body_begins_behind_the_title() -> None:
    document = document_of("云溪县水利局", "2022年政府信息公开工作年度报告", "一、总体情况")
    opening = opening_of(document.text)
    assert opening.title is not None
    assert document.text[opening.behind_title :] == "\n一、总体情况\n"
    assert opening.body.text == "\n一、总体情况\n"
    assert opening_of("一、总体情况").behind_title == 0
