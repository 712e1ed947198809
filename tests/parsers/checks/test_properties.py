"""Any consistent form passes, any one slip is found by just the sums that hold it, and the crossing names it."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from hypothesis import assume, given
from hypothesis import strategies as st

from parsers.checks import check
from parsers.checks.equations import system_of
from parsers.forms.form import Relation, matching
from parsers.report import Cell, CellKey, CellState, Whose
from tests.parsers.checks.tables import form, is_arithmetic, sums

Cells = dict[CellKey, Cell]


def number(key: CellKey, value: int) -> Cell:
    return Cell(key, CellState.NUMBER, Decimal(value), str(value))


def whole(cells: Cells, key: CellKey) -> int:
    return int(cells[key].value or 0)


@st.composite
def consistent(draw: st.DrawFn, edition: str) -> Cells:
    """A filled-in form of which every sum holds: leaves are drawn, totals are worked out."""
    the_form = form(edition)
    figures = st.one_of(st.just(0), st.integers(0, 30))
    cells = {key: number(key, 0) for key in the_form.cell_keys()}
    rows = [row.key for row in the_form.table("requests").rows]
    columns = [column.key for column in the_form.table("requests").columns]
    outcomes = matching(next(i.right for i in the_form.identities if i.code == "req.outcome_sum"), rows)
    for column in columns[:-1]:
        leaves = draw(st.lists(figures, min_size=len(outcomes), max_size=len(outcomes)))
        forward, carried = draw(figures), draw(figures)
        carried = min(carried, sum(leaves) + forward)
        printed = dict(zip(outcomes, leaves, strict=True))
        printed["outcome.total"], printed["carried_forward"] = sum(leaves), forward
        printed["received.carried_over"], printed["received.new"] = carried, sum(leaves) + forward - carried
        cells.update({key: number(key, v) for row, v in printed.items() if (key := CellKey("requests", row, column))})
    for row in rows:
        total = sum(whole(cells, CellKey("requests", row, column)) for column in columns[:-1])
        cells[CellKey("requests", row, "total")] = number(CellKey("requests", row, "total"), total)
    for label in the_form.table("review_litigation").rows:
        results = [CellKey("review_litigation", label.key, c) for c in ("upheld", "corrected", "other", "pending")]
        cells.update({key: number(key, draw(figures)) for key in results})
        total_key = results[0]._replace(column="total")
        cells[total_key] = number(total_key, sum(whole(cells, key) for key in results))
    return cells


editions = st.sampled_from(["2019", "2021"])


@given(editions.flatmap(lambda edition: st.tuples(st.just(edition), consistent(edition))), st.randoms())
def test_a_consistent_form_passes_whether_zeros_are_printed_or_left_blank(
    drawn: tuple[str, Cells], random: Random
) -> None:
    edition, cells = drawn
    assert check(form(edition), cells) == ()
    blank = {key for key, cell in cells.items() if cell.value == 0 and random.random() < 0.5}
    blanks = {key: Cell(key, CellState.BLANK) if key in blank else cell for key, cell in cells.items()}
    found = [finding for finding in check(form(edition), blanks) if finding.rule != "table.blank"]
    assert found == []


@given(editions.flatmap(lambda e: st.tuples(st.just(e), consistent(e))), st.data())
def test_one_slip_breaks_the_sums_that_hold_it_and_is_named_by_them(
    drawn: tuple[str, Cells], data: st.DataObject
) -> None:
    edition, cells = drawn
    system = system_of(form(edition))
    tables = ("requests", "review_litigation")
    key = data.draw(st.sampled_from([key for key in cells if key.table in tables]))
    slip = data.draw(st.integers(0, 60).filter(lambda value: value != whole(cells, key)))
    findings = check(form(edition), {**cells, key: number(key, slip)})
    holding = [system.equations[index] for index in system.equations_of[system.position[key]]]
    assert sums(edition, findings) == {
        (e.identity.code, e.line) for e in holding if e.identity.relation is Relation.EQUAL
    }
    assert all(is_arithmetic(edition, finding) and finding.whose is Whose.AGENCY for finding in findings)
    assert all(str(key) in finding.where for finding in findings)
    if key.table == "requests":
        assert all(finding.where[0] == str(key) for finding in findings)
        assert all(f"is probably {whole(cells, key)}, not {slip}" in finding.message for finding in findings)


@given(editions.flatmap(lambda e: st.tuples(st.just(e), consistent(e))), st.data())
def test_two_slips_apart_are_both_found_and_both_among_the_suspects(
    drawn: tuple[str, Cells], data: st.DataObject
) -> None:
    edition, cells = drawn
    leaves = [key for key in cells if key.table == "requests" and "." in key.row and key.column != "total"]
    one, other = data.draw(st.lists(st.sampled_from(leaves), min_size=2, max_size=2, unique=True))
    assume(one.row != other.row and one.column != other.column)
    more = data.draw(st.tuples(st.integers(1, 9), st.integers(1, 9)))
    slips = {key: number(key, whole(cells, key) + by) for key, by in zip((one, other), more, strict=True)}
    findings = [finding for finding in check(form(edition), {**cells, **slips}) if is_arithmetic(edition, finding)]
    assert all(finding.whose is Whose.AGENCY for finding in findings)
    for key in (one, other):
        named = [finding for finding in findings if str(key) in finding.where[:4]]
        assert len(named) >= 2


@given(editions.flatmap(lambda e: st.tuples(st.just(e), consistent(e))), st.data())
def test_a_slip_in_a_doubtful_cell_is_the_readings_and_the_doubt_comes_first(
    drawn: tuple[str, Cells], data: st.DataObject
) -> None:
    edition, cells = drawn
    key = data.draw(st.sampled_from([key for key in cells if key.table != "proactive"]))
    findings = check(form(edition), {**cells, key: number(key, whole(cells, key) + 1)}, doubts=[key])
    assert findings
    assert all(finding.whose is Whose.READING and finding.where[0] == str(key) for finding in findings)
