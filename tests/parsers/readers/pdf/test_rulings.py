"""Lines on paper to cells: what makes a table, and what does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.readers.pdf.page import Mark
from parsers.readers.pdf.ruled.lattice import Lattice, Place, lattice_of
from parsers.readers.pdf.ruled.rulings import Ruling, edges_of, frameworks, joined, rulings_of


def lying(y: float, x0: float, x1: float, thickness: float = 0.5) -> Mark:
    return Mark(x0, y - thickness / 2, x1, y + thickness / 2, outlined=False)


def standing(x: float, y0: float, y1: float, thickness: float = 0.5) -> Mark:
    return Mark(x - thickness / 2, y0, x + thickness / 2, y1, outlined=False)


def lattices(*marks: Mark) -> list[Lattice]:
    return [lattice for framework in frameworks(rulings_of(marks)) if (lattice := lattice_of(framework))]


WINDOW = [*(lying(y, 100, 200) for y in (100, 120, 140)), *(standing(x, 100, 140) for x in (100, 150, 200))]
FOUR_PANES = (Place(0, 0, 1, 1), Place(0, 1, 1, 1), Place(1, 0, 1, 1), Place(1, 1, 1, 1))


class TestEdges:
    def test_a_thin_rectangle_is_one_line_and_an_outlined_one_is_four(self) -> None:
        assert edges_of([Mark(10, 20, 110, 20.75, outlined=False)]) == ([Ruling(20.375, 10, 110)], [])
        lines, posts = edges_of([Mark(10, 20, 110, 60, outlined=True)])
        assert lines == [Ruling(20, 10, 110), Ruling(60, 10, 110)]
        assert posts == [Ruling(10, 20, 60), Ruling(110, 20, 60)]

    def test_a_coloured_background_rules_nothing(self) -> None:
        assert edges_of([Mark(10, 20, 110, 60, outlined=False)]) == ([], [])

    def test_dashes_join_and_a_merged_cell_does_not(self) -> None:
        dashes = [Ruling(50, x, x + 3) for x in range(0, 60, 6)] + [Ruling(50, x, x + 3) for x in range(90, 120, 6)]
        assert joined(dashes) == [Ruling(50, 0, 57), Ruling(50, 90, 117)]

    def test_a_double_line_is_one(self) -> None:
        assert joined([Ruling(50, 0, 100), Ruling(52.5, 0, 100)]) == [Ruling(51.25, 0, 100)]

    def test_two_rows_are_never_so_low_that_they_are_one(self) -> None:
        assert len(joined([Ruling(50, 0, 100), Ruling(57, 0, 100)])) == 2

    def test_a_dot_alone_is_no_line(self) -> None:
        assert joined([Ruling(50, 0, 1.5)]) == []


class TestTables:
    def test_three_lines_across_three_posts_are_four_cells(self) -> None:
        (lattice,) = lattices(*WINDOW)
        assert lattice.columns == (100, 150, 200)
        assert lattice.rows == (100, 120, 140)
        assert lattice.places == FOUR_PANES

    def test_cells_drawn_one_by_one_are_the_same_table(self) -> None:
        boxes = [Mark(x, y, x + 50, y + 20, outlined=True) for x in (100, 150) for y in (100, 120)]
        (lattice,) = lattices(*boxes)
        assert lattice.places == FOUR_PANES

    def test_a_missing_piece_of_wall_merges_two_cells(self) -> None:
        upper_post_gone = [*WINDOW[:4], standing(150, 120, 140), WINDOW[5]]
        (lattice,) = lattices(*upper_post_gone)
        assert lattice.places == (Place(0, 0, 1, 2), Place(1, 0, 1, 1), Place(1, 1, 1, 1))

    def test_two_tables_on_a_page_keep_their_own_columns(self) -> None:
        below = [mark._replace(x0=mark.x0 + 2, x1=mark.x1 + 2, y0=mark.y0 + 200, y1=mark.y1 + 200) for mark in WINDOW]
        upper, lower = lattices(*WINDOW, *below)
        assert upper.columns == (100, 150, 200)
        assert lower.columns == (102, 152, 202)

    def test_outer_borders_may_be_left_away(self) -> None:
        (lattice,) = lattices(*WINDOW[:3], standing(150, 100, 140))
        assert lattice.columns == (100, 150, 200)
        assert lattice.places == FOUR_PANES

    def test_a_row_that_the_page_break_cuts_is_closed_where_its_posts_end(self) -> None:
        (lattice,) = lattices(lying(100, 100, 200), *(standing(x, 100, 118) for x in (100, 150, 200)))
        assert lattice.rows == (100, 118)
        assert lattice.places == (Place(0, 0, 1, 1), Place(0, 1, 1, 1))

    def test_an_underline_inside_a_cell_cuts_nothing(self) -> None:
        (lattice,) = lattices(*WINDOW, lying(112, 110, 140))
        assert lattice.places == FOUR_PANES

    @pytest.mark.parametrize(
        "marks",
        [
            pytest.param([Mark(20, 20, 575, 820, outlined=True)], id="page frame"),
            pytest.param([lying(100, 50, 500)], id="rule under a heading"),
            pytest.param(
                [Mark(100, 100, 200, 140, outlined=True), lying(120, 100, 200)], id="box with a line through it"
            ),
            pytest.param([lying(y, 100, 200) for y in (100, 120, 140)], id="lines without posts"),
        ],
    )
    def test_ornaments_are_no_tables(self, marks: list[Mark]) -> None:
        assert lattices(*marks) == []

    def test_graph_paper_is_no_table(self) -> None:
        lines = [lying(y, 0, 2000) for y in range(0, 2000, 10)]
        posts = [standing(x, 0, 2000) for x in range(0, 2000, 10)]
        assert lattices(*lines, *posts) == []


@st.composite
def merged_tables(draw: st.DrawFn) -> tuple[int, int, frozenset[Place]]:
    """A table cut into rectangles: first whole, then cells cut in two wherever Hypothesis likes."""
    rows, columns = draw(st.integers(1, 5)), draw(st.integers(2, 6))
    places = [Place(0, 0, rows, columns)]
    for _ in range(draw(st.integers(1, 12))):
        place = places.pop(draw(st.integers(0, len(places) - 1)))
        if place.column_span > 1 and (place.row_span == 1 or draw(st.booleans())):
            at = draw(st.integers(1, place.column_span - 1))
            places.append(place._replace(column_span=at))
            places.append(place._replace(column=place.column + at, column_span=place.column_span - at))
        elif place.row_span > 1:
            at = draw(st.integers(1, place.row_span - 1))
            places.append(place._replace(row_span=at))
            places.append(place._replace(row=place.row + at, row_span=place.row_span - at))
        else:
            places.append(place)
    return rows, columns, frozenset(places)


@given(merged_tables(), st.sampled_from([0.25, 0.75, 2.25]), st.booleans())
def test_any_table_is_found_again_however_its_cells_are_merged(
    table: tuple[int, int, frozenset[Place]], thickness: float, one_by_one: bool
) -> None:
    _, _, places = table
    wide, high = 40, 15
    marks = []
    for row, column, row_span, column_span, _ in places:
        x0, y0, x1, y1 = column * wide, row * high, (column + column_span) * wide, (row + row_span) * high
        if one_by_one:
            marks.append(Mark(x0, y0, x1, y1, outlined=True))
        else:
            marks += [lying(y, x0, x1, thickness) for y in (y0, y1)] + [
                standing(x, y0, y1, thickness) for x in (x0, x1)
            ]
    rectangles = {
        (p.column * wide, p.row * high, (p.column + p.column_span) * wide, (p.row + p.row_span) * high)
        for p in places
    }
    found = lattices(*marks)
    if len({p.column for p in places}) < 2:
        assert found == []
    else:
        (lattice,) = found
        read = {tuple(round(edge) for edge in lattice.rectangle_of(place)) for place in lattice.places}
        assert read == rectangles
