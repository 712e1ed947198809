"""What a person should look at, cell by cell, worst first; a cell that somebody has settled is not asked for again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from db.records import ReportEntry, Standing, StoredCorrection, StoredFinding, StoredReport, Verdict
from parsers.document import Box, Span
from parsers.report import Cell, CellKey, CellState, Finding, Report, Severity, Whose
from pipeline.names.labels import labels_of
from pipeline.review.crops import Crop, crop_of
from pipeline.shown.output import SIGNS, shown

if TYPE_CHECKING:
    from db import Store

AROUND = 40
"""Characters of the canonical text shown on each side of a figure that stands in no row of a table."""

LONGEST_ROW = 200
"""Characters of a table's row up to which it is shown whole: the widest of the forms has some sixty."""

MOST_OF_A_SUM = 4
"""Cells of one finding that are listed: as many as its message names one by one. A sum of outcomes has 24, mostly blank."""

REPORTS_AT_HAND = 32
"""Reports kept while doubts are listed: neighbours in the order are often of the same report."""

DISAGREES = "review.reading_disagrees"
"""The rule of a cell that a person confirmed and that is now read otherwise."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A cell that may be wrong, or for trouble that concerns no cell, the report. ``key`` and ``cell`` are None for
    the latter, ``cell`` also where the report lacks the cell; ``around`` is the text where the figure stands, the
    figure in 【】, and ``crop`` the rows of its table there; ``locations`` are the places where the bytes of ``sha256`` were
    found, and ``media_type`` is what these are; ``folded`` counts the other cells of
    the finding that are not listed."""

    report_id: int
    agency: str | None
    year: int | None
    sha256: str
    file: str
    locations: tuple[str, ...]
    finding: Finding
    key: CellKey | None = None
    cell: Cell | None = None
    row_label: str = ""
    column_label: str = ""
    around: str = ""
    crop: Crop | None = None
    media_type: str = ""
    folded: int = 0

    @property
    def box(self) -> Box | None:
        """The place on the page, where there is one."""
        return self.cell.evidence.box if self.cell is not None and self.cell.evidence is not None else None


def doubts(
    store: Store,
    *,
    agency_ids: Collection[int] | None = None,
    years: Collection[int] | None = None,
    rule: str | None = None,
    limit: int = 50,
    every_cell: bool = False,
) -> list[Doubt]:
    """The worst doubts about current reports, at most ``limit``; 0 for all.

    Of a finding about many cells (a sum), those that are most probably at fault are listed, unless ``every_cell`` asks for all.

    The order: what a person confirmed and is now read otherwise; severity; trouble of our reading before the agency's;
    the size of the difference; how many cells are concerned; then agency and year. A cell is listed once, for the
    worst that is said of it.
    """
    given = store.corrections()
    settled: dict[int, set[CellKey]] = {}
    for stored in given:
        if stored.settles and stored.report_id is not None:
            settled.setdefault(stored.report_id, set()).add(stored.correction.key)
    found = [
        found for found in store.findings(agency_ids=agency_ids, years=years, rule=rule) if _concerns(found.finding)
    ]
    if rule in (None, DISAGREES):
        for finding, entry in _disagreements(store, given):
            if (agency_ids is None or entry.agency_id in agency_ids) and (years is None or entry.year in years):
                found.append(StoredFinding(entry.id, entry.agency, entry.year, entry.scope, "review", finding))
    found.sort(key=_badness)
    return list(islice(_expanded(store, found, settled, every_cell=every_cell), limit or None))


def place_of(doubt: Doubt) -> str:
    """Where to look: the page and the box on it in points, else the text around the figure."""
    box = doubt.box
    if box is None:
        return doubt.around
    return f"page {box.page}, {box.x0:.0f} {box.y0:.0f} {box.x1:.0f} {box.y1:.0f}"


def _concerns(finding: Finding) -> bool:
    """Whether there is something to look at on a page: a cell, or a doubt about the report as a whole."""
    return finding.whose is Whose.READING or bool(finding.cells)


def _disagreements(store: Store, given: Iterable[StoredCorrection]) -> Iterator[tuple[Finding, ReportEntry]]:
    """Cells of current reports that a person confirmed, and that the program now reads otherwise."""
    for stored in given:
        correction = stored.correction
        if stored.report_id is None or stored.standing is not Standing.IN_FORCE or stored.agrees is not False:
            continue
        if correction.verdict is Verdict.CORRECTED:
            continue
        said = SIGNS.get(correction.state) or shown(correction.value)
        message = f"{correction.who} saw {said} here on {correction.when}; the program reads something else"
        entry = store.report_by_id(stored.report_id).entry
        if entry.is_current:
            yield Finding(DISAGREES, Severity.ERROR, Whose.READING, message, (str(correction.key),)), entry


def _badness(stored: StoredFinding) -> tuple[object, ...]:
    finding = stored.finding
    return (
        finding.rule != DISAGREES,
        finding.severity.rank,
        finding.whose is not Whose.READING,
        -_difference(finding),
        -len(finding.where),
        stored.agency or "",
        stored.year or 0,
        stored.report_id,
    )


def _difference(finding: Finding) -> Decimal:
    if finding.expected is None or finding.actual is None:
        return Decimal(0)
    return abs(finding.expected - finding.actual)


def _expanded(
    store: Store, found: list[StoredFinding], settled: dict[int, set[CellKey]], *, every_cell: bool
) -> Iterator[Doubt]:
    """A doubt for each cell of each finding, unless it is settled, was listed before, or is folded into the first."""
    report_of = lru_cache(REPORTS_AT_HAND)(store.report_by_id)
    listed: set[tuple[int, CellKey]] = set()
    for stored in found:
        finding, number = stored.finding, stored.report_id
        if not finding.cells:
            yield _doubt(report_of(number), finding, None)
        done = settled.get(number, set())
        open_cells = [key for key in dict.fromkeys(finding.cells) if key not in done and (number, key) not in listed]
        many = len(open_cells) > MOST_OF_A_SUM and not every_cell
        named = _probable(report_of(number).report, finding, open_cells) if many else open_cells
        for position, key in enumerate(named):
            listed.add((number, key))
            folded = 0 if position else len(open_cells) - len(named)
            yield replace(_doubt(report_of(number), finding, key), folded=folded)


def _probable(report: Report, finding: Finding, keys: Sequence[CellKey]) -> Sequence[CellKey]:
    """The cells of a finding about many to look at: those in which something is printed, and the first in any case. Of a sum, whose first
    cell is the one at fault where the sums single one out, zeros are left aside too, and the cells are few."""
    is_sum = finding.expected is not None
    printed = {
        cell.key
        for cell in report.cells
        if cell.state is CellState.UNREADABLE or (cell.value if is_sum else cell.value is not None)
    }
    return [keys[0], *[key for key in keys[1:] if key in printed][: MOST_OF_A_SUM - 1 if is_sum else None]]


def _doubt(stored: StoredReport, finding: Finding, key: CellKey | None) -> Doubt:
    entry, report = stored.entry, stored.report
    cell = next((cell for cell in report.cells if cell.key == key), None)
    evidence = cell.evidence if cell is not None else None
    row_label, column_label = ("", "") if key is None else labels_of(key)
    return Doubt(
        report_id=entry.id,
        agency=entry.agency,
        year=entry.year,
        sha256=entry.sha256,
        file=entry.name,
        locations=stored.locations,
        finding=finding,
        key=key,
        cell=cell,
        row_label=row_label,
        column_label=column_label,
        around=_around(report.text, evidence.span) if evidence is not None else "",
        crop=crop_of(report.text, evidence.span) if evidence is not None else None,
        media_type=report.source.media_type,
    )


def _around(text: str, span: Span) -> str:
    """The line of the text that the figure stands in, a row of a table whole, any other cut to what is near it."""
    start, end = text.rfind("\n", 0, span.start) + 1, text.find("\n", span.end)
    before, after = text[start : span.start], text[span.end : end if end >= 0 else len(text)]
    if "\t" not in before + after or len(before) + len(after) > LONGEST_ROW:
        before, after = before[-AROUND:], after[:AROUND]
    return f"{before}【{span.of(text)}】{after}".replace("\t", " | ").strip()
