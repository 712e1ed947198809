"""Two readings of one page: what is taken, what is doubted, and what stays the agency's."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from parsers.align import Alignment, align
from parsers.align.matches import BELOW_LABELS
from parsers.align.reading import Doubt
from parsers.arbiter import Settled, doubts_of_place, settle, sums_confirm_columns, sums_confirm_figures
from parsers.arbiter.broken_figures import joined
from parsers.checks.equations import system_of
from parsers.document import Box, Document, GridKind, Note, Span
from parsers.forms import form_of
from parsers.forms.form import Form
from parsers.readers.canonical import RawCell, TextBuilder
from parsers.report import Cell, CellKey, CellState, Evidence


def the_form() -> Form:
    form = form_of("2021")
    assert form is not None
    return form


FORM = the_form()
REQUESTS = FORM.table("requests")
ROUGH = ("reading.columns_uncertain",)
TOTAL = CellKey("requests", "outcome.total", "total")
NEW = CellKey("requests", "received.new", "natural_person")
NEW_TOTAL = CellKey("requests", "received.new", "total")


def consistent() -> dict[CellKey, str]:
    """A table in which three people asked for something that was granted."""
    printed = dict.fromkeys(REQUESTS.cell_keys(), "0")
    for row in ("received.new", "outcome.granted", "outcome.total"):
        for column in ("natural_person", "total"):
            printed[CellKey("requests", row, column)] = "22693"
    return printed


def document(printed: Mapping[CellKey, str], *, low: Collection[CellKey] = ()) -> Document:
    """The table of requests on one page; the boxes of ``low`` cells are two lines high."""
    builder = TextBuilder()
    cells = [RawCell(0, 3 + n, column.leaf) for n, column in enumerate(REQUESTS.columns)]
    for number, row in enumerate(REQUESTS.rows, 1):
        cells.append(RawCell(number, 2, "".join(row.path)))
        for n, column in enumerate(REQUESTS.columns):
            key = CellKey("requests", row.key, column.key)
            y = 20.0 * number
            box = Box(1, 100.0 + 30 * n, y, 120.0 + 30 * n, y + (21 if key in low else 9))
            cells.append(RawCell(number, 3 + n, printed[key], box=box))
    builder.add_grid(GridKind.RULED, cells)
    return Document("报告.pdf", "0" * 64, "application/pdf", "test", 1, builder.text, (), tuple(builder.grids))


def requests_only(alignment: Alignment) -> Alignment:
    """Without the tables that this page does not print."""
    rest = {key: Cell(key, CellState.BLANK) for key in FORM.cell_keys() if key.table != "requests"}
    return replace(alignment, cells=tuple(rest.get(cell.key, cell) for cell in alignment.cells), absent_tables=())


def settled(
    first: Mapping[CellKey, str], second: Mapping[CellKey, str] | None, **looks: Collection[CellKey]
) -> Settled:
    page = document(first, **looks)
    again = document(second) if second is not None else None
    return settle(page, FORM, requests_only(align(page, FORM)), lambda pages, strategy: again)


def value(verdict: Settled, key: CellKey) -> Decimal | None:
    return next(cell.value for cell in verdict.alignment.cells if cell.key == key)


def rules(verdict: Settled) -> list[str]:
    return [finding.rule for finding in verdict.findings]


def test_nothing_is_read_twice_where_nothing_is_in_doubt() -> None:
    page = document(consistent())

    def never(pages: Collection[int], strategy: str) -> Document | None:
        raise AssertionError("read again")

    alignment = requests_only(align(page, FORM))
    assert settle(page, FORM, alignment, never) == Settled(alignment)


def test_readings_that_agree_leave_a_broken_sum_to_the_agency() -> None:
    slip = {**consistent(), TOTAL: "22694"}
    verdict = settled(slip, slip)
    assert value(verdict, TOTAL) == 22694
    assert not verdict.findings


def test_where_only_a_sum_is_wrong_the_other_library_reads_the_page_and_no_one_else() -> None:
    page = document({**consistent(), TOTAL: "22694"})
    asked: list[str] = []

    def again(pages: Collection[int], strategy: str) -> Document | None:
        asked.append(strategy)
        return page

    settle(page, FORM, requests_only(align(page, FORM)), again)
    assert asked == ["library"]


def test_libraries_that_differ_are_followed_by_pdfplumber() -> None:
    page, other = document({**consistent(), TOTAL: "22694"}), document({**consistent(), TOTAL: "22695"})
    asked: list[str] = []

    def again(pages: Collection[int], strategy: str) -> Document | None:
        asked.append(strategy)
        return other if strategy == "library" else page

    verdict = settle(page, FORM, requests_only(align(page, FORM)), again)
    assert asked == ["library", "lines"]
    assert rules(verdict) == ["reading.second_reading_differs"]


def test_an_unreadable_figure_is_taken_from_the_second_reading_when_sums_confirm_it() -> None:
    verdict = settled({**consistent(), NEW: "22693 45"}, consistent())
    assert value(verdict, NEW) == 22693
    assert rules(verdict) == ["reading.second_reading_used"]
    assert not any(NEW in doubt.cells for doubt in verdict.alignment.doubts)


def test_what_breaks_a_sum_is_not_taken() -> None:
    verdict = settled({**consistent(), NEW: "2 45"}, {**consistent(), NEW: "7"})
    assert value(verdict, NEW) is None
    assert any(NEW in doubt.cells for doubt in verdict.alignment.doubts)


def test_something_printed_never_becomes_a_blank() -> None:
    verdict = settled({**consistent(), NEW: "�"}, {**consistent(), NEW: ""})
    assert value(verdict, NEW) is None
    assert any(NEW in doubt.cells for doubt in verdict.alignment.doubts)


def test_readings_that_differ_are_decided_by_the_sums() -> None:
    verdict = settled({**consistent(), NEW: "2269345"}, consistent())
    assert value(verdict, NEW) == 22693
    assert rules(verdict) == ["reading.second_reading_used"]


def test_readings_that_differ_and_both_break_sums_are_doubted() -> None:
    verdict = settled({**consistent(), NEW: "5"}, {**consistent(), NEW: "6"})
    assert value(verdict, NEW) == 5
    (finding,) = (each for each in verdict.findings if each.rule == "reading.second_reading_differs")
    assert str(NEW) in finding.where
    assert "5 or 6" in finding.message


@pytest.mark.parametrize("printed", ["2269 3", "22,69 3"])
def test_a_figure_broken_over_two_lines_is_one_figure_where_every_sum_says_so(printed: str) -> None:
    keys = [key for key, text in consistent().items() if text == "22693"]
    broken = {**consistent(), **dict.fromkeys(keys, printed)}
    verdict = settled(broken, None, low=keys)
    assert {value(verdict, key) for key in keys} == {Decimal(22693)}


def test_full_width_digits_are_as_wide_as_they_are_high_on_one_line_and_on_two() -> None:
    keys = [key for key, text in consistent().items() if text == "22693"]
    alignment = requests_only(align(document({**consistent(), **dict.fromkeys(keys, "２２６ ９３")}), FORM))
    high = Evidence(Span(0, 1), Box(1, 100.0, 100.0, 136.0, 126.0))
    cells = {cell.key: replace(cell, evidence=high) if cell.key in keys else cell for cell in alignment.cells}
    whole = joined(system_of(FORM), cells)
    assert {key: cell.value for key, cell in whole.items()} == dict.fromkeys(keys, Decimal(22693))


@pytest.mark.parametrize("printed", ["22,69 3", "22,6 93"])
def test_a_group_of_three_digits_that_a_line_break_cut_is_one_whatever_the_sums_say(printed: str) -> None:
    """No figure ends with a comma and two digits, so that the slip of the agency is its own and not the reading's."""
    verdict = settled({**consistent(), NEW: printed}, None, low=[NEW])
    assert value(verdict, NEW) == Decimal(printed.replace(" ", "").replace(",", ""))


def test_of_a_picture_within_a_page_no_places_are_known_and_sums_alone_say_that_a_figure_is_one() -> None:
    keys = [key for key, text in consistent().items() if text == "22693"]
    alignment = requests_only(align(document({**consistent(), **dict.fromkeys(keys, "2269 3")}), FORM))
    cells = {cell.key: replace(cell, evidence=None) for cell in alignment.cells}
    assert joined(system_of(FORM), cells) == {}
    whole = joined(system_of(FORM), cells, in_pictures=True)
    assert {key: cell.value for key, cell in whole.items()} == dict.fromkeys(keys, Decimal(22693))


def test_two_figures_side_by_side_are_never_joined() -> None:
    verdict = settled({**consistent(), NEW: "2269 3"}, None)
    assert value(verdict, NEW) is None


def test_digits_set_apart_are_one_figure_where_every_sum_says_so() -> None:
    keys = [key for key, text in consistent().items() if text == "22693"]
    verdict = settled({**consistent(), **dict.fromkeys(keys, "2 2 6 9 3")}, None)
    assert {value(verdict, key) for key in keys} == {Decimal(22693)}


def test_single_digits_side_by_side_that_no_sum_confirms_stay_unreadable() -> None:
    verdict = settled({**consistent(), NEW: "1 2"}, None)
    assert value(verdict, NEW) is None


def test_a_broken_figure_that_no_sum_confirms_stays_unreadable() -> None:
    verdict = settled({**consistent(), NEW: "1269 3"}, None, low=[NEW])
    assert value(verdict, NEW) is None


def test_a_text_that_runs_over_a_line_doubts_the_cells_it_touches_until_both_readings_agree() -> None:
    page = document(consistent())
    crossed = replace(page, notes=(Note("crossed_ruling", "", 1, (Box(1, 60, 22, 105, 28),)),))
    doubted = doubts_of_place(crossed, requests_only(align(crossed, FORM)))
    assert [doubt for doubt in doubted.doubts if doubt.rule == "reading.text_crosses"] == [
        Doubt("reading.text_crosses", (NEW,), "a text runs over the line beside the cell")
    ]
    again = document(consistent())
    assert not settle(crossed, FORM, doubted, lambda pages, strategy: again).alignment.doubts


def test_a_text_that_meets_two_cells_may_be_one_figure_whatever_a_second_reading_says() -> None:
    """Both readings find the wall at the same place, and cut 138 there; only sums tell, and noughts tell nothing."""
    cut = {**consistent(), CellKey("requests", "outcome.partial", "business"): "13"}
    page = document(cut)
    crossed = replace(page, notes=(Note("crossed_ruling", "", 1, (Box(1, 132, 82, 185, 88),)),))
    doubted = doubts_of_place(crossed, requests_only(align(crossed, FORM)))
    again = document(cut)
    doubts = settle(crossed, FORM, doubted, lambda pages, strategy: again).alignment.doubts
    assert {(doubt.rule, *doubt.cells) for doubt in doubts} == {
        ("reading.columns_uncertain", CellKey("requests", "outcome.partial", column))
        for column in ("business", "research_institute")
    }


def test_a_row_that_the_edge_of_the_page_cuts_is_doubted_whatever_a_second_reading_says() -> None:
    page = document(consistent())
    cut = replace(page, notes=(Note("cut_by_edge", "", 1, (Box(1, 60, 22, 105, 28),)),))
    doubted = doubts_of_place(cut, requests_only(align(cut, FORM)))
    doubts = settle(cut, FORM, doubted, lambda pages, strategy: document(consistent())).alignment.doubts
    assert [(doubt.rule, doubt.cells) for doubt in doubts] == [("reading.row_not_whole", (NEW,))]


def test_no_figure_is_trusted_where_digits_look_like_others() -> None:
    page = document({**consistent(), TOTAL: "22698"})
    verdict = settle(page, FORM, requests_only(align(page, FORM)), lambda pages, strategy: None, lambda: False)
    (doubt,) = (doubt for doubt in verdict.alignment.doubts if doubt.rule == "reading.digits_differ")
    assert NEW in doubt.cells


def test_a_page_of_signs_that_nobody_can_read_is_settled_too() -> None:
    page = document(dict.fromkeys(REQUESTS.cell_keys(), "�"))
    verdict = settle(page, FORM, requests_only(align(page, FORM)), lambda pages, strategy: None, lambda: False)
    assert all(value(verdict, key) is None for key in REQUESTS.cell_keys())


def test_columns_of_a_table_without_lines_are_certain_where_sums_confirm_the_figures() -> None:
    page = document(consistent())
    blank = CellKey("requests", "carried_forward", "total")
    page = document({**consistent(), blank: ""})
    alignment = requests_only(align(page, FORM))
    unsure = replace(alignment, doubts=(Doubt("reading.columns_uncertain", (NEW, blank), "no lines"),))
    verdict = settle(page, FORM, unsure, lambda pages, strategy: None)
    assert [doubt.cells for doubt in verdict.alignment.doubts] == [(blank,)]


def test_a_blank_within_a_figure_is_no_doubt_where_its_sums_hold() -> None:
    """1 234 may be two figures; the sum of its row and that of its column say that it is one."""
    printed = {key: "22 693" if text == "22693" else text for key, text in consistent().items()}
    doubtful = align(document(printed), FORM)
    assert {doubt.rule for doubt in requests_only(doubtful).doubts} == {"reading.figure_doubtful"}
    assert requests_only(sums_confirm_figures(FORM, doubtful, ("reading.figure_doubtful",))).doubts == ()

    other = align(document({**printed, TOTAL: "22 963"}), FORM)
    left = requests_only(sums_confirm_figures(FORM, other, ("reading.figure_doubtful",))).doubts
    assert TOTAL in {key for doubt in left for key in doubt.cells}


def uncertain(printed: Mapping[CellKey, str], reason: str = "made") -> set[CellKey]:
    """The cells of the first row that stay doubted, where all of them were."""
    alignment = align(document(printed), FORM)
    row = tuple(key for key in REQUESTS.cell_keys() if key.row == "received.new")
    doubtful = replace(alignment, doubts=(Doubt("reading.columns_uncertain", row, reason),))
    return {key for doubt in sums_confirm_columns(FORM, doubtful, ROUGH).doubts for key in doubt.cells}


def of_all_columns() -> dict[CellKey, str]:
    """A table in which each kind of applicant asked for something that was granted; nothing else is filled in."""
    printed = dict.fromkeys(REQUESTS.cell_keys(), "")
    for row in ("received.new", "outcome.granted", "outcome.total"):
        printed |= {CellKey("requests", row, column.key): "5" for column in REQUESTS.columns}
        printed[CellKey("requests", row, "total")] = "30"
    return printed


def test_figures_in_all_columns_leave_no_other_for_any_of_them() -> None:
    assert uncertain(of_all_columns()) == set()


def test_a_whole_column_of_figures_may_stand_beside_its_own_where_no_label_tells() -> None:
    """It breaks no sum."""
    printed = {key: text if key.column in ("natural_person", "total") else "" for key, text in consistent().items()}
    assert {NEW, NEW_TOTAL} <= uncertain(printed)
    assert uncertain(printed, BELOW_LABELS) == set()


def test_sums_say_nothing_of_a_nought_in_an_uncertain_column() -> None:
    printed = of_all_columns()
    for row in ("received.new", "outcome.granted", "outcome.total"):
        printed[CellKey("requests", row, "business")] = "0"
        printed[CellKey("requests", row, "total")] = "25"
    printed[CellKey("requests", "received.carried_over", "business")] = "7"
    printed[CellKey("requests", "received.carried_over", "total")] = "7"
    printed[CellKey("requests", "carried_forward", "business")] = "7"
    printed[CellKey("requests", "carried_forward", "total")] = "7"
    assert uncertain(printed) == {CellKey("requests", "received.new", "business")}


def test_a_table_without_any_figure_does_not_tell_that_its_cells_are_blank() -> None:
    """All its noughts may stand in a column that was not found, and no sum would miss them."""
    blank = dict.fromkeys(REQUESTS.cell_keys(), "")
    assert uncertain(blank) == {key for key in REQUESTS.cell_keys() if key.row == "received.new"}


def test_the_sum_of_a_row_alone_says_nothing_of_the_columns() -> None:
    """All figures of one group under another keep their sum; only a sum across tells."""
    keys = [key for key in FORM.table("review_litigation").cell_keys() if key.row == "review"]
    values = dict(zip(keys, (1, 2, 3, 4, 10), strict=True))
    cells = tuple(Cell(key, CellState.NUMBER, Decimal(value), str(value)) for key, value in values.items())
    doubtful = Alignment(cells, (Doubt("reading.columns_uncertain", tuple(keys), "made"),), (), ())
    assert sums_confirm_figures(FORM, doubtful, ROUGH).doubts == ()
    assert sums_confirm_columns(FORM, doubtful, ROUGH).doubts == doubtful.doubts
