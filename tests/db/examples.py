"""Reports for the tests of the store, made by hand: small where that is enough, whole where the form matters."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from db import Outcome, RunItem
from parsers.document import Box, Span
from parsers.forms import form_of
from parsers.report import (
    Bound,
    Cell,
    CellKey,
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

VERSIONS = Versions(reader="1", forms="1", lexicon="1", rules="1")
NEWER = replace(VERSIONS, reader="2")

TEXT = "中卫市公安局2021年政府信息公开工作年度报告\n一、总体情况\n全年通过官方微博发布信息1839篇，其中原创500篇。\n"
"""The canonical text of the example; its offsets are found, not counted."""


def span(part: str) -> Span:
    """Where a part of the text stands."""
    start = TEXT.index(part)
    return Span(start, start + len(part))


def sha(text: str) -> str:
    """A hash that stands for some bytes."""
    return hashlib.sha256(text.encode()).hexdigest()


def form_cells(edition: str, figures: Mapping[str, int], rest: CellState = CellState.BLANK) -> tuple[Cell, ...]:
    """Every cell of an edition's form: these figures, and nothing in the other cells (or ``rest``)."""
    form = form_of(edition)
    assert form is not None
    cells = []
    for index, key in enumerate(form.cell_keys()):
        evidence = Evidence(Span(index, index + 1), Box(3, 50.5, 100.1, 61.0, 112.4))
        unit = form.table(key.table).unit_of(key)
        if str(key) in figures:
            value = Decimal(figures[str(key)])
            cells.append(Cell(key, CellState.NUMBER, value, str(value), unit, evidence))
        else:
            cells.append(Cell(key, rest, None, "", unit, evidence))
    return tuple(cells)


def report(
    agency: str | None = "中卫市公安局",
    year: int | None = 2021,
    *,
    content: str = "",
    code: str | None = "640500",
    scope: Scope = Scope.AGENCY,
    figures: Mapping[str, int] | None = None,
    rest: CellState = CellState.BLANK,
    corrected: bool = False,
    findings: tuple[Finding, ...] = (),
    versions: Versions = VERSIONS,
) -> Report:
    """A report of these figures. ``content`` stands for what else is in the file: other content, other bytes."""
    edition = "2019" if year in (2019, 2020) else "2021"
    level, field = "city", "police"
    place = Place(code, "宁夏回族自治区", "中卫市", None) if code else Place()
    cells = form_cells(edition, figures or {}, rest)
    sentence = "全年通过官方微博发布信息1839篇，其中原创500篇。"
    fact = Fact(
        metric="posts",
        channel="weibo",
        subject=None,
        value=Decimal(1839),
        unit="篇",
        bound=Bound.EXACT,
        kind=FactKind.FLOW,
        role=FactRole.LEVEL,
        year=year or 2021,
        part_of=None,
        surface="1839篇",
        start=span("1839篇").start,
        end=span("1839篇").end,
        sentence=sentence,
        section="总体情况",
    )
    part = replace(fact, subject="原创", value=Decimal(500), part_of=0, surface="500篇")
    part = replace(part, start=span("500篇").start, end=span("500篇").end)
    return Report(
        source=Source(
            f"{agency}{year}{content}.pdf",
            sha(f"{agency}{year}{scope}{code}{content}"),
            "application/pdf",
            6,
            "mupdf",
        ),
        identity=Identity(
            agency=agency,
            agency_normalised=agency,
            year=year,
            title=TEXT.splitlines()[0],
            edition=edition,
            scope=scope,
            corrected=corrected,
            place=place,
            level=level,
            field=field,
            witnesses=(Witness("year", str(year), "title", span("2021年")), Witness("year", "2020", "file_name")),
        ),
        text=TEXT,
        sections=(Section("overview", "总体情况", 1, Span(span("一、").start, len(TEXT))),),
        cells=cells,
        facts=(fact, part),
        findings=findings,
        versions=versions,
    )


def item(report: Report, location: str | None = None, *, mtime_ns: int = 1, outcome: Outcome = Outcome.OK) -> RunItem:
    """The outcome of reading a report from a place (by default, named after the file)."""
    return RunItem(
        location=location or f"reports/{report.source.name}",
        outcome=outcome,
        sha256=report.source.sha256,
        size=1000,
        mtime_ns=mtime_ns,
        versions=report.versions,
        seconds=0.2,
    )


BALANCE = Finding(
    rule="req.balance",
    severity=Severity.ERROR,
    whose=Whose.AGENCY,
    message="Received and carried over do not make up outcomes and carried forward.",
    where=(str(CellKey("requests", "received.new", "total")), "fact:0", "requests/no_such_row/total"),
    expected=Decimal(3),
    actual=Decimal("2.5"),
)
"""A finding as a check gives it, about a cell, a fact, and a row that no form has."""
