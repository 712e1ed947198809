"""Corrections: a layer over the cells, which no reading touches and which touches no reading."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from db import Applied, Correction, Settled, Standing, Store, StoredCorrection, Verdict
from parsers.report import CellKey, CellState, Finding, Report, Severity, Whose
from tests.db.examples import NEWER, item, report

NEW = CellKey("requests", "received.new", "total")
PERSON = CellKey("requests", "received.new", "natural_person")
BALANCE = (
    str(NEW),
    "requests/received.carried_over/total",
    "requests/outcome.total/total",
    "requests/carried_forward/total",
)
DOUBT = Finding("reading.doubtful", Severity.WARNING, Whose.READING, "Is it 3?", (str(NEW), str(PERSON)))
GIVEN = report(figures={str(NEW): 3}, findings=(DOUBT,))
FILE, OTHER = "/reports/corrections.csv", "/mine/corrections.csv"


def said(value: int | None, key: CellKey = NEW, **more: object) -> Correction:
    """A correction of the example's cell."""
    state = CellState.BLANK if value is None else CellState.NUMBER
    figure = None if value is None else Decimal(value)
    made = Correction(
        GIVEN.source.sha256, key, Verdict.CORRECTED, state, figure, "", "李敏", date(2024, 3, 1), "a smudge"
    )
    return replace(made, **more)  # type: ignore[arg-type]


def apply(store: Store, *corrections: Correction, path: str = FILE) -> Applied:
    return store.apply_corrections(path, "0" * 64, corrections)


def record(store: Store, given: Report = GIVEN, location: str | None = None) -> None:
    store.record(store.begin_run("test", given.versions), item(given, location), given)


def one(store: Store) -> StoredCorrection:
    (stored,) = store.corrections()
    return stored


def values(store: Store, sql: str) -> list[tuple[object, ...]]:
    return list(store.query(sql)[1])


CELL = f"SELECT value_as_read, value, doubtful FROM cell_detail WHERE row_key = '{NEW.row}' AND column_key = '{NEW.column}'"
DOUBTS = "SELECT doubts, corrections FROM report_overview"


def test_the_reading_stays_and_the_correction_stands_beside_it(store: Store) -> None:
    record(store)
    assert values(store, CELL) == [(3, 3, 1)]
    assert apply(store, said(8)) == Applied(added=1)
    assert values(store, CELL) == [(3, 8, 0)]
    assert values(store, "SELECT value_as_read, value, who, agrees FROM cell_corrected") == [(3, 8, "李敏", 0)]
    assert store.report("中卫市公安局", 2021).report == GIVEN
    assert store.cells(one(store).report_id or 0)[NEW].value == 8
    assert (one(store).correction, one(store).standing, one(store).settles) == (said(8), Standing.IN_FORCE, True)


def test_a_finding_counts_as_a_doubt_until_each_of_its_cells_is_settled(store: Store) -> None:
    record(store)
    for given, doubts in [
        ([said(8)], 1),
        # read as blank: this confirms something else, and the two figures do not balance with the rest of the form
        ([said(8), said(8, PERSON, verdict=Verdict.CONFIRMED)], 2),
        ([said(8), said(None, PERSON, verdict=Verdict.CONFIRMED)], 0),
        ([said(3, verdict=Verdict.AGENCY_ERROR), said(None, PERSON)], 0),
        ([], 1),
    ]:
        apply(store, *given)
        assert values(store, DOUBTS) == [(doubts, len(given))]


@pytest.mark.parametrize("first", ["correction", "report"])
def test_corrections_survive_what_happens_to_the_report(store: Store, first: str) -> None:
    if first == "correction":
        apply(store, said(8))
        assert one(store).standing is Standing.NOT_INGESTED
    record(store)
    if first == "report":
        apply(store, said(8))
    record(store, replace(GIVEN, versions=NEWER))
    assert values(store, CELL) == [(3, 8, 0)]
    assert apply(store, said(8)) == Applied(kept=1)


def test_no_other_document_is_touched_and_other_bytes_make_it_stale(store: Store) -> None:
    record(store, location="report.pdf")
    record(store, report("中卫市教育局", figures={str(NEW): 3}))
    apply(store, said(8))
    assert sorted(values(store, CELL)) == [(3, 3, 0), (3, 8, 0)]
    record(store, report(content="new", figures={str(NEW): 4}, findings=(DOUBT,)), location="report.pdf")
    assert (one(store).standing, one(store).settles) == (Standing.STALE, False)
    assert values(store, "SELECT standing, is_current FROM cell_corrected") == [("stale", 0)]
    assert sorted(values(store, CELL)) == [(3, 3, 0), (4, 4, 1)]
    record(store, location="copy.pdf")
    assert one(store).standing is Standing.IN_FORCE, "the bytes are somewhere again"


def test_what_a_file_no_longer_says_is_withdrawn_and_remembered(store: Store) -> None:
    apply(store, said(8))
    assert apply(store, said(9, why="no, a nine")) == Applied(added=1)
    assert one(store).correction.value == 9
    assert apply(store) == Applied(withdrawn=1)
    assert store.corrections() == []
    history = "SELECT value, withdrawn IS NOT NULL FROM correction ORDER BY id"
    assert values(store, history) == [(8, 1), (9, 1)]


def test_of_two_files_the_later_decision_is_in_force(store: Store) -> None:
    later = said(9, when=date(2024, 4, 1))
    apply(store, said(8))
    assert apply(store, later, path=OTHER) == Applied(added=1)
    assert apply(store, said(8)) == Applied(overruled=1)
    assert (one(store).correction, one(store).origin) == (later, OTHER)
    assert store.correction_files().keys() == {FILE, OTHER}


def test_a_folder_that_was_moved_takes_its_corrections_along(store: Store) -> None:
    apply(store, said(8))
    assert apply(store, said(8), path=OTHER) == Applied(kept=1)
    assert apply(store, path=OTHER) == Applied(withdrawn=1)


BALANCED = {"requests/received.new/total": 8, "requests/outcome.granted/total": 8, "requests/outcome.total/total": 8}
IN_EVERY_VIEW = [
    ("SELECT received, replaced FROM report_overview", 2),
    ("SELECT received, replaced FROM requests_by_applicant WHERE applicant = 'total'", 1),
    ("SELECT total, replaced FROM requests_by_outcome WHERE outcome = 'received.new'", 2),
    ("SELECT value, value_as_read FROM indicator_value WHERE indicator = 'requests/received.new/total'", 3),
    ("SELECT n, replaced FROM derived_indicator WHERE indicator = 'share.applicant.natural_person'", 1),
    ("SELECT value, replaced FROM year_over_year WHERE indicator = 'requests/received.new/total'", 1),
    ("SELECT value, value_as_read FROM cell_detail WHERE row_key = 'received.new' AND column_key = 'total'", 3),
]


@pytest.mark.parametrize(("sql", "beside"), IN_EVERY_VIEW, ids=lambda value: str(value).rpartition("FROM ")[2][:24])
def test_the_figure_that_a_person_saw_counts_in_every_view(store: Store, sql: str, beside: int) -> None:
    """Beside it stands how many figures of the row a person's reading replaced, or the figure that was read."""
    record(store)
    record(store, report(year=2020, figures={str(NEW): 5}))
    apply(store, said(8), said(2, CellKey("requests", "received.new", "business")))
    of_2021 = sql + (" AND" if "WHERE" in sql else " WHERE") + " year = 2021"
    assert values(store, of_2021) == [(8, beside)]


def test_a_sum_that_was_only_misread_is_no_contradiction_any_more(store: Store) -> None:
    broken = Finding("req.balance", Severity.ERROR, Whose.AGENCY, "3 is not 8", BALANCE)
    given = report(figures=BALANCED | {str(NEW): 3}, findings=(broken,))
    record(store, given)
    apply(store, said(8, sha256=given.source.sha256))
    assert list(store.findings()) == []
    assert [(f.finding, f.settled) for f in store.findings(resolved=True)] == [(broken, Settled.RESOLVED)]
    assert values(store, "SELECT errors, doubts FROM report_overview") == [(0, 0)]
    apply(store)
    assert [(f.finding, f.settled) for f in store.findings()] == [(broken, None)]


def test_a_sum_that_the_page_prints_wrong_is_the_agencys_once_people_have_looked(store: Store) -> None:
    misread = Finding("req.balance", Severity.ERROR, Whose.READING, "3 is not 8", BALANCE)
    given = report(figures=BALANCED | {str(NEW): 3}, findings=(misread,))
    record(store, given)
    cells = {cell.key: cell for cell in given.cells}
    looked = [
        replace(said(None, CellKey.parse(place), verdict=Verdict.CONFIRMED), state=cell.state, value=cell.value)
        for place in BALANCE
        for cell in [cells[CellKey.parse(place)]]
    ]
    apply(store, *(replace(correction, sha256=given.source.sha256) for correction in looked))
    (found,) = store.findings()
    assert (found.finding.whose, found.settled) == (Whose.AGENCY, Settled.CONFIRMED)
    assert values(store, "SELECT errors, doubts FROM report_overview") == [(1, 0)]
    assert values(store, "SELECT whose, settled FROM finding_detail") == [("agency", "confirmed")]


def test_a_correction_that_breaks_a_sum_is_told(store: Store) -> None:
    given = report(figures=BALANCED)
    record(store, given)
    apply(store, said(80, sha256=given.source.sha256))
    found = [f for f in store.findings() if f.finding.rule == "req.balance"]
    assert [(f.origin, f.finding.expected, f.finding.actual) for f in found] == [
        ("correction", Decimal(8), Decimal(80))
    ]
    record(store, replace(given, versions=NEWER))
    assert [f for f in store.findings() if f.finding.rule == "req.balance"] == found, "also when it is read again"
