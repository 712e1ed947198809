"""A report as rows. Pure: what a report *is* in the database; :mod:`db.decode` is the way back.

The one process that writes should do little else, so :func:`rows_of` runs where the report was read; what it gives is
small, quickly sent to another process, and free of anything that only a database knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Any

from db.pairs import Entry, entries_of
from db.values import deflate, storable
from parsers.document import Box, Span
from parsers.errors import StoreError
from parsers.report import (
    Cell,
    CellKey,
    CellState,
    Fact,
    Finding,
    Identity,
    Report,
    Severity,
    Source,
    Versions,
    Whose,
)

Row = dict[str, Any]
CellRow = tuple[str, int, Decimal | None, str | None, str | None]
EvidenceRow = tuple[str, int, int, int | None, int | None, int | None, int | None, int | None]
Edges = tuple[int, int, int, int, int]

STATES = {
    CellState.NUMBER: 0,
    CellState.BLANK: 1,
    CellState.DASH: 2,
    CellState.UNREADABLE: 3,
    CellState.ABSENT: 4,
}
"""``cell.state``. The two that most cells have are 0 and 1: SQLite stores these in no byte at all."""
STATE_OF = {number: state for state, number in STATES.items()}
"""The way back."""

TENTHS = 10
"""Boxes are kept in tenths of a point (0.035 mm), which fit into two bytes and frame a figure well enough."""


LONGEST_PLAIN = 40
"""Digits up to which a number is written out; nobody prints longer ones, and 1E+999999 would fill the memory."""


@lru_cache(1 << 16)
def plain(state: CellState, value: Decimal | None) -> str:
    """What is printed when nothing is noted as ``raw``: the number as it is stored, nothing, or a slash.

    >>> plain(CellState.NUMBER, Decimal("12.50")), plain(CellState.DASH, None), plain(CellState.BLANK, None)
    ('12.5', '/', '')
    """
    if value is not None:
        return format(Decimal(str(storable(value))), "f" if abs(value.adjusted()) < LONGEST_PLAIN else "E")
    return "/" if state is CellState.DASH else ""


@dataclass(frozen=True, slots=True)
class ReportRows:
    """A report, ready to be written. ``identity`` is without its witnesses, which are among the ``parts``: the rows of
    the tables that hold no cells and no findings, by table. ``entries`` are what the search looks in."""

    source: Source
    identity: Identity
    versions: Versions
    report: Row
    cells: list[CellRow]
    evidence: list[EvidenceRow]
    parts: dict[str, list[Row]]
    entries: list[Entry]
    findings: tuple[Finding, ...]


def rows_of(report: Report) -> ReportRows:
    """The rows of a report, in the order in which it has them. Raises StoreError for what no database can hold."""
    try:
        return ReportRows(
            source=report.source,
            identity=replace(report.identity, witnesses=()),
            versions=report.versions,
            report=report_row(report),
            cells=[cell_row(cell) for cell in report.cells],
            evidence=[evidence_row(cell) for cell in report.cells if cell.evidence is not None],
            parts=part_rows(report),
            entries=entries_of(report.text, [section.span.start for section in report.sections]),
            findings=report.findings,
        )
    except (ValueError, OverflowError) as error:  # a figure that is no number, a place that is nowhere
        raise StoreError(f"{report.source.name}: its report cannot be stored ({error})") from error


def report_row(report: Report) -> Row:
    """The columns of ``report`` that the report itself gives (no ids, no version)."""
    identity = report.identity
    return {
        "year": identity.year,
        "scope": identity.scope.value,
        "edition": identity.edition,
        "title": identity.title,
        "corrected": int(identity.corrected),
        "published": identity.published.isoformat() if identity.published else None,
        "agency_printed": identity.agency,
        "agency_normalised": identity.agency_normalised,
        "place_code": identity.place.code,
        "province": identity.place.province,
        "city": identity.place.city,
        "county": identity.place.county,
        "level": identity.level,
        "field": identity.field,
        "cells_read": sum(cell.state.is_known for cell in report.cells),
        "cell_count": len(report.cells),
        "errors": sum(finding.severity is Severity.ERROR for finding in report.findings),
        "doubts": sum(f.whose is Whose.READING and f.severity is not Severity.HINT for f in report.findings),
        "reader": report.source.reader,
    }


def cell_row(cell: Cell) -> CellRow:
    """Key, state, value, what is printed (None: the plain value) and unit of a cell."""
    raw = None if cell.raw == plain(cell.state, cell.value) else cell.raw
    return str(cell.key), STATES[cell.state], cell.value, raw, cell.unit


def evidence_row(cell: Cell) -> EvidenceRow:
    """Key and place of a cell: start and length in the text, then page and box in tenths of a point."""
    assert cell.evidence is not None
    span, box = cell.evidence.span, cell.evidence.box
    return str(cell.key), span.start, span.end - span.start, *(_NOWHERE if box is None else _edges(box))


def part_rows(report: Report) -> dict[str, list[Row]]:
    """The rows of the report's other parts, by table; all of them keyed by position."""
    sentences = list(dict.fromkeys(fact.sentence for fact in report.facts if fact.sentence))
    return {
        "report_text": [{"body": deflate(report.text)}],
        "section": _numbered(
            {"key": s.key, "heading": s.heading, "level": s.level, **_span(s.span)} for s in report.sections
        ),
        "sentence": _numbered({"body": sentence} for sentence in sentences),
        "fact": _numbered(_fact(fact, sentences) for fact in report.facts),
        "witness": _numbered(
            {
                "about": witness.about,
                "value": witness.value,
                "source": witness.source,
                **(_span(witness.span) if witness.span else {"start": None, "length": None}),
            }
            for witness in report.identity.witnesses
        ),
        "note": _numbered({"code": n.code, "message": n.message, "page": n.page} for n in report.notes),
    }


def finding_row(finding: Finding) -> Row:
    """The row of ``finding`` without its report, origin and position."""
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "whose": finding.whose.value,
        "message": finding.message,
        "expected": finding.expected,
        "actual": finding.actual,
    }


def finding_place_rows(finding: Finding, numbers: Mapping[CellKey, int]) -> list[Row]:
    """The rows of ``finding_place``: cells of the dictionary by number, anything else as it is written."""
    return _numbered(
        {"indicator_id": number, "place": place if number is None else None}
        for place in finding.where
        for number in [_number_of_place(place, numbers)]
    )


def _number_of_place(place: str, numbers: Mapping[CellKey, int]) -> int | None:
    return numbers.get(CellKey.parse(place)) if CellKey.is_written(place) else None


def _fact(fact: Fact, sentences: list[str]) -> Row:
    return {
        "metric": fact.metric,
        "channel": fact.channel,
        "subject": fact.subject,
        "value": fact.value,
        "unit": fact.unit,
        "bound": fact.bound.value,
        "kind": fact.kind.value,
        "role": fact.role.value,
        "year": fact.year,
        "part_of": fact.part_of,
        "surface": fact.surface,
        **_span(Span(fact.start, fact.end)),
        "section": fact.section,
        "sentence": sentences.index(fact.sentence) if fact.sentence else None,
        **_box(fact.box),
    }


def _numbered(rows: Iterable[Row]) -> list[Row]:
    return [{"position": position, **row} for position, row in enumerate(rows)]


def _span(span: Span) -> Row:
    return {"start": span.start, "length": span.end - span.start}


_PLACE = ("page", "x0", "y0", "x1", "y1")
_NOWHERE = (None, None, None, None, None)


def _box(box: Box | None) -> Row:
    return dict(zip(_PLACE, _NOWHERE if box is None else _edges(box), strict=True))


def _edges(box: Box) -> Edges:
    return (
        box.page,
        round(box.x0 * TENTHS),
        round(box.y0 * TENTHS),
        round(box.x1 * TENTHS),
        round(box.y1 * TENTHS),
    )


def changed_cells(
    old: Iterable[tuple[int, int, Decimal | None]], new: Iterable[tuple[int, int, Decimal | None]]
) -> list[Row]:
    """Rows of ``cell_change`` between an older reading and a newer one: number, state and value of each cell."""
    before = {number: (state, value) for number, state, value in old}
    after = {number: (state, value) for number, state, value in new}
    nothing = (None, None)
    return [
        {
            "indicator_id": number,
            "old_state": before.get(number, nothing)[0],
            "old_value": before.get(number, nothing)[1],
            "new_state": after.get(number, nothing)[0],
            "new_value": after.get(number, nothing)[1],
        }
        for number in sorted(before.keys() | after.keys())
        if before.get(number, nothing) != after.get(number, nothing)
    ]
