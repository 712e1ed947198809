"""Printed lines to paragraphs, as a reader of the page would put them together."""

from __future__ import annotations

import pytest

from parsers.readers.pdf.lines import PrintedLine, lines_of
from parsers.readers.pdf.page import Rectangle, Word
from parsers.readers.pdf.prose import PlacedLine, continues, layout_of, running_lines

LEFT, SIZE, LEADING, PER_LINE = 80.0, 10.0, 18.0, 40


def line(text: str, row: int, *, indent: float = 0, size: float = SIZE) -> PrintedLine:
    x0, y0 = LEFT + indent * size, 100 + row * LEADING
    width = sum(size if character > "\u2e7f" else size / 2 for character in text)
    return PrintedLine(text, Rectangle(x0, y0, x0 + width, y0 + size), size)


FULL = "一" * PER_LINE
PAGE = [line("二" * (PER_LINE - 2), 0, indent=2), line(FULL, 1), line(FULL, 2), line("末行。", 3)]


def joined(first: PrintedLine, second: PrintedLine, *, pages: tuple[int, int] = (1, 1)) -> bool:
    return continues(PlacedLine(pages[0], first), PlacedLine(pages[1], second), layout_of(PAGE))


class TestParagraphs:
    def test_a_full_line_goes_on_in_the_next(self) -> None:
        assert joined(line(FULL, 1), line("其余", 2))

    def test_a_short_line_ends_its_paragraph(self) -> None:
        assert not joined(line("短行", 1), line("其余", 2))

    def test_an_indent_begins_a_paragraph(self) -> None:
        assert not joined(line(FULL, 1), line("新的一段", 2, indent=2))

    def test_a_numbered_line_begins_a_paragraph(self) -> None:
        assert not joined(line(FULL, 1), line("（二）依申请公开情况。", 2))

    def test_a_distance_between_lines_ends_a_paragraph(self) -> None:
        assert not joined(line(FULL, 1), line("其余", 3))

    def test_a_paragraph_goes_on_on_the_next_page(self) -> None:
        assert joined(line(FULL, 30), line("其余", 0), pages=(1, 2))

    def test_a_line_is_full_when_the_next_figure_did_not_fit(self) -> None:
        assert joined(line(FULL[:35] + "：", 1), line("0955-7067517，邮编", 2))
        assert not joined(line(FULL[:20], 1), line("0955-7067517，邮编", 2))

    def test_a_heading_is_larger_and_stands_alone(self) -> None:
        title, text = line("年度报告", 0, size=18), line("一、总体情况", 2)
        layout = layout_of([title, *PAGE])
        assert (layout.heading(title), layout.heading(text)) == (1, 0)
        assert not continues(PlacedLine(1, title), PlacedLine(1, text), layout)


class TestRunningLines:
    PAGES = tuple(
        (842.0, [line("示例市公安局年报", -4), *PAGE[2:], line(number, 38)]) for number in ("— 1 —", "— 2 —", "— 3 —")
    )

    def test_page_numbers_and_repeated_headers_are_set_aside(self) -> None:
        running = running_lines(self.PAGES)
        assert sorted({placed.line.text for placed in running}) == ["— 1 —", "— 2 —", "— 3 —", "示例市公安局年报"]

    @pytest.mark.parametrize("number", ["第 3 页", "第3页 共10页", "- 3 -", "3/10", "Page 3 of 10", "－３－"])
    def test_page_numbers_come_in_many_dresses(self, number: str) -> None:
        assert {placed.line.text for placed in running_lines([(842.0, [line(number, 38)])])} == {number}

    def test_bare_numbers_are_page_numbers_only_if_they_count_the_pages(self) -> None:
        counting = [(842.0, [line(number, 38)]) for number in ("7", "8", "9")]
        assert len(running_lines(counting)) == 3
        assert running_lines([(842.0, [line("2021", 38)]), (842.0, [line("35671", 38)])]) == set()

    def test_a_figure_in_the_middle_of_a_page_is_no_page_number(self) -> None:
        assert running_lines([(842.0, [line("— 3 —", 15)])]) == set()


class TestWordsToLines:
    def test_a_blank_stands_where_the_page_has_one(self) -> None:
        words = [Word(0, 0, 20, 10, "2021"), Word(22.5, 0, 32.5, 10, "年"), Word(33, 0, 43, 10, "度")]
        assert [line.text for line in lines_of(words)] == ["2021 年度"]

    def test_a_spread_title_is_read_without_blanks_and_two_columns_are_not(self) -> None:
        spread = [Word(x, 0, x + 10, 10, text) for x, text in ((0, "公"), (18, "告"))]
        assert [line.text for line in lines_of(spread)] == ["公告"]
        apart = [Word(x, 0, x + 10, 10, text) for x, text in ((0, "公"), (40, "告"))]
        assert [line.text for line in lines_of(apart)] == ["公 告"]

    def test_a_superscript_stays_on_its_line(self) -> None:
        assert len(lines_of([Word(0, 0, 20, 10, "面积"), Word(21, -1, 24, 5, "2")])) == 1


@pytest.mark.parametrize(
    ("signs", "read"),
    [
        ("4,920", "4,920"),
        ("71,689", "71,689"),
        ("1,071,689", "1,071,689"),
        ("28837.316", "28837.316"),
        ("4,92", "4, 92"),
    ],
)
def test_signs_placed_alone_leave_the_comma_the_room_of_a_digit(signs: str, read: str) -> None:
    """A comma is half as wide as the room that the program gives it; the gap behind it is no blank."""
    placed = [Word(5 * n, 0, 5 * n + (2 if sign in ",." else 5), 10, sign) for n, sign in enumerate(signs)]
    assert [line.text for line in lines_of(placed)] == [read]
