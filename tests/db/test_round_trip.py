"""What goes in comes out: any report that the parsers can make, equal to the last field."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import Outcome, RunItem, Store
from parsers.document import Box, Note, Span
from parsers.errors import StoreError
from parsers.forms import form_of
from parsers.report import (
    Bound,
    Cell,
    CellState,
    Evidence,
    Fact,
    FactKind,
    FactRole,
    Finding,
    Identity,
    Place,
    Report,
    Scope,
    Section,
    Severity,
    Source,
    Versions,
    Whose,
    Witness,
)
from tests.db.conftest import SERVER
from tests.db.examples import BALANCE, VERSIONS, item, report, sha

texts = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0" if SERVER else ""), max_size=12
) | st.sampled_from(["总计", "1,839", "／", "'; --"])
names = texts.filter(bool)
figures = (
    st.integers(-(10**25), 10**25).map(Decimal)
    | st.decimals(allow_nan=False, allow_infinity=False)
    | st.sampled_from([Decimal("0.1"), Decimal("12.50"), Decimal("1E+2"), Decimal(2**63), Decimal("-0.0")])
)
spans = st.tuples(st.integers(0, 10**6), st.integers(0, 10**4)).map(lambda p: Span(p[0], p[0] + p[1]))
tenths = st.integers(-100, 20_000).map(lambda n: n / 10)
boxes = st.builds(Box, st.integers(1, 999), tenths, tenths, tenths, tenths)
years = st.integers(1990, 2100)


@st.composite
def cells(draw: st.DrawFn, edition: str) -> tuple[Cell, ...]:
    """Some cells of an edition's form, in its order."""
    form = form_of(edition)
    assert form is not None
    chosen = []
    for key in draw(st.lists(st.sampled_from(list(form.cell_keys())), unique=True, max_size=12)):
        state = draw(st.sampled_from(CellState))
        value = draw(figures) if state is CellState.NUMBER else None
        evidence = draw(st.none() | st.builds(Evidence, spans, st.none() | boxes))
        unit = draw(st.none() | st.sampled_from(["件", "万元", "元"]))
        chosen.append(Cell(key, state, value, draw(texts), unit, evidence))
    order = list(form.cell_keys())
    return tuple(sorted(chosen, key=lambda cell: order.index(cell.key)))


facts = st.builds(
    Fact,
    metric=names,
    channel=st.none() | names,
    subject=st.none() | texts,
    value=figures,
    unit=texts,
    bound=st.sampled_from(Bound),
    kind=st.sampled_from(FactKind),
    role=st.sampled_from(FactRole),
    year=years,
    part_of=st.none() | st.integers(0, 5),
    surface=texts,
    start=st.just(3),
    end=st.integers(3, 99),
    sentence=texts,
    section=st.none() | texts,
    box=st.none() | boxes,
)
findings = st.builds(
    Finding,
    rule=names,
    severity=st.sampled_from(Severity),
    whose=st.sampled_from(Whose),
    message=texts,
    where=st.lists(st.sampled_from(["requests/received.new/total", "fact:0", "a/b/c", "x"]) | texts, max_size=3).map(
        tuple
    ),
    expected=st.none() | figures,
    actual=st.none() | figures,
)
identities = st.builds(
    Identity,
    agency=st.none() | texts,
    agency_normalised=st.none() | names,
    year=st.none() | years,
    title=st.none() | texts,
    edition=st.sampled_from(["2019", "2021"]),
    scope=st.sampled_from(Scope),
    corrected=st.booleans(),
    published=st.none() | st.dates(date(2008, 1, 1), date(2100, 1, 1)),
    place=st.builds(Place, st.none() | st.just("640500"), st.none() | texts, st.none() | texts, st.none() | texts),
    level=st.none() | names,
    field=st.none() | names,
    witnesses=st.lists(st.builds(Witness, names, texts, names, st.none() | spans), max_size=3).map(tuple),
)


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """Any report."""
    identity = draw(identities)
    return Report(
        source=Source(
            draw(names),
            "",
            draw(names),
            draw(st.integers(0, 99)),
            "mupdf",
        ),
        identity=identity,
        text=draw(texts),
        sections=tuple(draw(st.lists(st.builds(Section, names, texts, st.integers(0, 9), spans), max_size=3))),
        cells=draw(cells(identity.edition or "2021")),
        facts=tuple(draw(st.lists(facts, max_size=3))),
        findings=tuple(draw(st.lists(findings, max_size=3))),
        versions=draw(st.builds(Versions, names, names, names, names)),
        notes=tuple(draw(st.lists(st.builds(Note, names, texts, st.none() | st.integers(1, 9)), max_size=2))),
    )


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(report=reports())
def test_a_report_comes_back_as_it_was_stored(store: Store, report: Report) -> None:
    report = replace(report, source=replace(report.source, sha256=sha(repr(report))))  # other contents, other bytes
    run = store.begin_run("test", VERSIONS)
    file = RunItem("a.pdf", Outcome.OK, report.source.sha256, versions=report.versions)
    recorded = store.record(run, file, report)
    assert recorded.report_id is not None
    assert store.report_by_id(recorded.report_id).report == report


def test_a_whole_form_comes_back_by_agency_and_year(store: Store) -> None:
    given = report(figures={"requests/received.new/total": 3}, findings=(BALANCE,))
    store.record(store.begin_run("test", VERSIONS), item(given), given)
    stored = store.report("中卫市公安局", 2021)
    assert stored.report == given
    assert stored.locations == ("reports/中卫市公安局2021.pdf",)
    assert (stored.entry.cells_read, stored.entry.cell_count, stored.entry.errors) == (200, 200, 1)
    assert store.cells(stored.entry.id).keys() == {cell.key for cell in given.cells}
    (found,) = store.findings(agency_ids=[store.agency("中卫市公安局").id])
    assert found.finding == BALANCE
    assert found.year == 2021


def test_a_report_read_by_a_program_with_other_forms_is_kept(store: Store) -> None:
    given = report()
    odd = replace(given.cells[0], key=given.cells[0].key._replace(row="not_yet_invented"))
    given = replace(given, cells=(*given.cells, odd))
    store.record(store.begin_run("test", VERSIONS), item(given), given)
    assert store.report("中卫市公安局", 2021).report == given


def test_what_is_no_number_is_refused_and_nothing_stays(store: Store) -> None:
    given = report()
    endless = replace(given.cells[0], state=CellState.NUMBER, value=Decimal("Infinity"))
    run = store.begin_run("test", VERSIONS)
    with pytest.raises(StoreError, match="stored"):
        store.record(run, item(given), replace(given, cells=(endless, *given.cells[1:])))
    assert store.known_source(given.source.sha256) is None
    assert list(store.query("SELECT path FROM location")[1]) == []
    store.record(run, item(given), given)
    assert store.report("中卫市公安局", 2021).report == given
