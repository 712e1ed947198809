"""Words whose font claims to be several times as high as its signs."""

from __future__ import annotations

from parsers.readers.pdf.heights import claimed_heights, lowered
from parsers.readers.pdf.lines import lines_of
from parsers.readers.pdf.page import Word


def two_lines(height: float) -> list[Word]:
    """The label of a row on two lines, the second one wider, in letters of 9.5 points; beside it a figure in the same font."""
    first = Word(156, 445, 183, 445 + height, "4.保护")
    second = Word(136, 456, 203, 456 + height, "第三方合法权益")
    return [first, second, Word(300, 450, 310, 450 + height, "12")]


def test_lines_that_cover_each_other_by_the_boxes_of_their_font_stay_lines() -> None:
    words = two_lines(27.1)
    assert [line.text for line in lines_of(words)] != ["4.保护", "12", "第三方合法权益"]
    words = lowered(words, claimed_heights(words))
    assert [line.text for line in lines_of(words[:2])] == ["4.保护", "第三方合法权益"]
    assert {round(word.height, 1) for word in words} == {13.9}


def test_the_middles_of_words_stay_where_they_are() -> None:
    words = two_lines(27.1)
    middles = [word.y0 + word.y1 for word in lowered(words, claimed_heights(words))]
    assert middles == [word.y0 + word.y1 for word in words]


def test_fonts_of_usual_height_and_narrow_digits_claim_nothing() -> None:
    assert claimed_heights([*two_lines(13.8), Word(0, 0, 20, 12, "35671")]) == {}


def test_words_that_run_up_the_page_claim_nothing() -> None:
    assert claimed_heights([Word(0, 0, 13, 66, "第三方合法权益")]) == {}
