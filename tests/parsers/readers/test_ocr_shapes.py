"""The look of a digit beside all others of its page."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from parsers.readers.ocr.rulings import Area
from parsers.readers.ocr.shapes import Figure, has_lost_sign, looks_like


def page_of(texts: list[str], noise: float = 6.0) -> tuple[np.ndarray, np.ndarray, list[Area]]:
    """Figures one below the other: the grey page, its ink, and where they are."""
    grey = np.full((40 * len(texts), 160), 235, np.uint8)
    for row, text in enumerate(texts):
        cv2.putText(grey, text, (20, 40 * row + 30), cv2.FONT_HERSHEY_COMPLEX, 0.8, 30, 1, cv2.LINE_AA)
    grey = (grey + np.random.default_rng(3).normal(0, noise, grey.shape)).clip(0, 255).astype(np.uint8)
    ink = (cv2.GaussianBlur(grey, (3, 3), 0) < 190).astype(np.uint8)
    areas = []
    for row in range(len(texts)):
        rows, columns = np.nonzero(ink[40 * row : 40 * row + 40])
        areas.append(Area(columns.min(), 40 * row + rows.min(), columns.max() + 1, 40 * row + rows.max() + 1))
    return grey, ink, areas


def looks(printed: list[str], read: list[str], certain: bool = True) -> list[str]:
    grey, ink, areas = page_of(printed)
    figures = [Figure(area, text, certain) for area, text in zip(areas, read, strict=True)]
    return [look.text for look in looks_like(grey, ink, figures)]


def test_a_figure_is_confirmed_by_others_with_the_same_digits() -> None:
    printed = ["0", "10", "0", "201", "0", "12", "0", "0"]
    assert looks(printed, printed)[:5] == ["0", "10", "0", "", "0"]  # only two others have a 2


def test_a_digit_that_was_read_as_another_one_does_not_look_like_it() -> None:
    printed = ["8", "8", "8", "8", "3", "0", "0", "0", "0"]
    read = ["8", "8", "8", "8", "8", "0", "0", "0", "0"]
    assert looks(printed, read) == ["8", "8", "8", "8", "", "0", "0", "0", "0"]


def test_what_was_not_read_with_certainty_is_no_example() -> None:
    assert looks(["0", "0", "0", "0"], ["0", "0", "0", "0"], certain=False) == [""] * 4


@pytest.mark.parametrize(
    ("printed", "read", "look"), [("/", "1", "/"), ("1", "1", ""), ("-", "-", "-"), ("GH", "-", "")]
)
def test_a_slash_leans_and_a_dash_lies(printed: str, read: str, look: str) -> None:
    assert looks([printed], [read]) == [look]


@pytest.mark.parametrize(("wide", "look"), [(24, "/"), (28, "/"), (40, "")])
def test_a_full_width_slash_is_one_whatever_it_is_read_as(wide: int, look: str) -> None:
    ink = np.zeros((40, 80), np.uint8)
    cv2.line(ink, (20, 33), (20 + wide, 8), 1, 2)
    area = Area(19, 7, 22 + wide, 35)
    found, *_ = looks_like(255 - 200 * ink, ink, [Figure(area, "-", False)])
    assert (found.text, {"-", "1", ""} <= found.mistaken) == (look, bool(look))


def strokes(*sizes: tuple[int, int]) -> tuple[np.ndarray, list[Area]]:
    """The ink of flat strokes one below the other, so wide and so high."""
    ink = np.zeros((40 * len(sizes), 100), np.uint8)
    areas = [Area(40, 40 * row + 15, 40 + wide, 40 * row + 15 + high) for row, (wide, high) in enumerate(sizes)]
    for x0, y0, x1, y1 in areas:
        ink[y0:y1, x0:x1] = 1
    return ink, areas


def test_a_stroke_of_few_pixels_is_a_dash_where_others_of_its_size_were_read_as_one() -> None:
    sizes = [(7, 4), (7, 4), (6, 4), (7, 5), (7, 4), (14, 9), (4, 4)]
    ink, areas = strokes(*sizes)
    read = ["-", "-", "-", "", "", "", ""]
    figures = [Figure(area, text, False) for area, text in zip(areas, read, strict=True)]
    assert [look.text for look in looks_like(255 - 200 * ink, ink, figures)] == ["-"] * 5 + ["", ""]


def test_the_dashes_of_a_table_in_smaller_type_are_dashes_too() -> None:
    sizes = [(11, 5)] * 9 + [(7, 4)] * 4
    ink, areas = strokes(*sizes)
    read = ["-"] * 9 + ["-", "", "-", "-"]
    figures = [Figure(area, text, False) for area, text in zip(areas, read, strict=True)]
    assert [look.text for look in looks_like(255 - 200 * ink, ink, figures)] == ["-"] * 13


@pytest.mark.parametrize(("count", "look"), [(8, "-"), (7, "")])
def test_many_flat_strokes_of_one_size_are_no_dust_though_none_was_read(count: int, look: str) -> None:
    ink, areas = strokes(*[(7, 4)] * count, (12, 5))
    figures = [Figure(area, "", False) for area in areas]
    assert [found.text for found in looks_like(255 - 200 * ink, ink, figures)] == [look] * count + [""]


def test_strokes_that_were_never_read_as_dashes_are_none() -> None:
    ink, areas = strokes(*[(7, 4)] * 6)
    figures = [Figure(area, text, False) for area, text in zip(areas, ["-", "-", "", "", "", ""], strict=True)]
    assert [look.text for look in looks_like(255 - 200 * ink, ink, figures)] == [""] * 6


@pytest.mark.parametrize(
    ("others", "decisive"), [(["1", "1"], True), (["0", "8"], True), (["2810"], True), (["2", "5"], False)]
)
def test_a_slash_leans_more_than_the_upright_digits_of_its_page(others: list[str], decisive: bool) -> None:
    grey, ink, areas = page_of(["/", *others])
    read = [Figure(areas[0], "1", False), *(Figure(*each, True) for each in zip(areas[1:], others, strict=True))]
    assert looks_like(grey, ink, read)[0] == ("/", frozenset("1/") if decisive else frozenset())


@pytest.mark.parametrize(("high", "wide", "mistaken"), [(26, 11, "/17"), (17, 7, "/1")])
def test_a_slash_is_higher_than_digits_which_a_7_that_lost_its_bar_is_not(
    high: int, wide: int, mistaken: str
) -> None:
    grey, ink, areas = page_of(["1", "0", "8"])
    slash = np.zeros((40, 160), np.uint8)
    cv2.line(slash, (20, 4 + high), (20 + wide, 5), 1, 2)
    rows, columns = np.nonzero(slash)
    area = Area(columns.min(), 120 + rows.min(), columns.max() + 1, 120 + rows.max() + 1)
    ink, grey = np.vstack([ink, slash]), np.vstack([grey, 235 - 200 * slash])
    read = [*(Figure(*each, True) for each in zip(areas, "108", strict=True)), Figure(area, "7", False)]
    assert looks_like(grey, ink, read)[-1] == ("/", frozenset(mistaken))


def test_slashes_that_were_all_read_as_ones_do_not_tell_how_upright_digits_are() -> None:
    grey, ink, areas = page_of(["/", "/", "8", "0"])
    read = [Figure(area, digits, True) for area, digits in zip(areas, "1180", strict=True)]
    assert looks_like(grey, ink, read)[:2] == [("/", frozenset("1/"))] * 2


def test_a_punch_hole_that_was_read_as_a_0_does_not_tell_how_upright_digits_are() -> None:
    grey, ink, areas = page_of(["/", "8", "0", "1"])
    hole = np.zeros((80, 160), np.uint8)
    cv2.ellipse(hole, (60, 40), (34, 14), -50, 0, 360, 1, -1)
    rows, columns = np.nonzero(hole)
    area = Area(columns.min(), 160 + rows.min(), columns.max() + 1, 160 + rows.max() + 1)
    ink, grey = np.vstack([ink, hole]), np.vstack([grey, 235 - 200 * hole])
    read = [Figure(each, digit, at > 0) for at, (each, digit) in enumerate(zip([*areas, area], "18010", strict=True))]
    assert looks_like(grey, ink, read)[0] == ("/", frozenset("1/"))


@pytest.mark.parametrize(("printed", "read", "lost"), [("-2", "2", True), ("-2", "-2", False), ("12", "12", False)])
def test_a_sign_that_is_seen_and_was_not_read_is_lost(printed: str, read: str, lost: bool) -> None:
    _, ink, (area,) = page_of([printed])
    assert has_lost_sign(ink, area, read) == lost
