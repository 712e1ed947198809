"""Small reports for tests: an agency, a year, and the figures that matter; all the others are printed as 0."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from db import Outcome, RunItem, Store
from parsers.document import Span
from parsers.forms import form_of
from parsers.report import (
    Cell,
    CellKey,
    CellState,
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
)
from pipeline.ingest.years import check_years

VERSIONS = Versions("r1", "f1", "l1", "c1")
PLACE = Place("640500", "宁夏回族自治区", "中卫市", None)
SLIP = Finding(
    "req.row_sum",
    Severity.ERROR,
    Whose.AGENCY,
    "总计 is 5, but the parts add up to 4",
    ("requests/received.new/total",),
    Decimal(4),
    Decimal(5),
)
SIGNS = {"": CellState.BLANK, "/": CellState.DASH, "?": CellState.UNREADABLE}


def small_report(
    agency: str,
    year: int,
    printed: Mapping[str, int | str],
    *,
    scope: Scope = Scope.AGENCY,
    findings: tuple[Finding, ...] = (),
    units: Mapping[str, str | None] | None = None,
    place: Place = PLACE,
    corrected: bool = False,
    edition: str | None = None,
) -> Report:
    """A report in the form of its year, or of an ``edition``; ``printed`` gives figures, or ``""``, ``/`` and ``?``, by key, and
    ``units`` those that the page prints (None: it prints none) where they are not the form's."""
    units = units or {}
    edition = edition or ("2021" if year >= 2021 else "2019")
    form = form_of(edition)
    assert form is not None
    cells = tuple(
        replace(_cell(key, printed.get(str(key), 0)), unit=units.get(str(key), form.table(key.table).unit_of(key)))
        for key in form.cell_keys()
    )
    name = f"{agency}{year}{scope}.html" if place is PLACE else f"{agency}{place.code}{year}{scope}.html"
    sha256 = hashlib.sha256(f"{name}{sorted(printed.items())}".encode()).hexdigest()
    return Report(
        source=Source(name, sha256, "text/html", 0, "html"),
        identity=Identity(
            agency,
            agency,
            year,
            f"{agency}{year}年政府信息公开工作年度报告",
            edition,
            scope,
            corrected=corrected,
            place=place,
        ),
        text="一、总体情况\n",
        sections=(Section("overview", "总体情况", 1, Span(0, 7)),),
        cells=cells,
        facts=(),
        findings=findings,
        versions=VERSIONS,
    )


def stored(path: Path, *reports: Report) -> Path:
    """A database that holds these reports, the years compared."""
    with Store.open(f"sqlite:///{path}") as store:
        run = store.begin_run("test", VERSIONS)
        for report in reports:
            source = report.source
            item = RunItem(f"/reports/{source.name}", Outcome.OK, source.sha256, 1, 2, VERSIONS)
            store.record(run, item, report)
        check_years(store, store.agencies_of_run(run))
        store.finish_run(run)
    return path


def _cell(key: CellKey, printed: int | str) -> Cell:
    if isinstance(printed, int):
        return Cell(key, CellState.NUMBER, Decimal(printed), str(printed))
    return Cell(key, SIGNS[printed], raw=printed)
