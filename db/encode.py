"""A report as rows. Pure: what a report *is* in the database; :mod:`db.decode` is the way back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from db.engine import deflate
from db.types import storable
from parsers.document import Box, Span
from parsers.report import Cell, CellKey, CellState, Fact, Finding, Report, Severity, Whose

Row = dict[str, Any]

STATES = {
    CellState.NUMBER: 0,
    CellState.BLANK: 1,
    CellState.DASH: 2,
    CellState.UNREADABLE: 3,
    CellState.ABSENT: 4,
}
"""``cell.state``. The two that most cells have are 0 and 1: SQLite stores these in no byte at all."""

READ = (CellState.NUMBER, CellState.BLANK, CellState.DASH)
"""States in which we know what the page says."""

TENTHS = 10
"""Boxes are kept in tenths of a point (0.035 mm), which fit into two bytes and frame a figure well enough."""


LONGEST_PLAIN = 40
"""Digits up to which a number is written out; nobody prints longer ones, and 1E+999999 would fill the memory."""


def plain(state: CellState, value: Decimal | None) -> str:
    """What is printed when nothing is noted as ``raw``: the number as it is stored, nothing, or a slash.

    >>> plain(CellState.NUMBER, Decimal("12.50")), plain(CellState.DASH, None), plain(CellState.BLANK, None)
    ('12.5', '/', '')
    """
    if value is not None:
        return format(Decimal(str(storable(value))), "f" if abs(value.adjusted()) < LONGEST_PLAIN else "E")
    return "/" if state is CellState.DASH else ""


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
        "cells_read": sum(cell.state in READ for cell in report.cells),
        "cell_count": len(report.cells),
        "errors": sum(finding.severity is Severity.ERROR for finding in report.findings),
        "doubts": sum(f.whose is Whose.READING and f.severity is not Severity.HINT for f in report.findings),
        "reader": report.source.reader,
    }


def cell_rows(cells: Iterable[Cell], numbers: Mapping[CellKey, int], units: Mapping[int, str | None]) -> list[Row]:
    """Rows of ``cell`` in the order of their key. ``units`` are the indicators' own units."""
    rows: list[Row] = []
    for cell in cells:
        number = numbers[cell.key]
        rows.append(
            {
                "indicator_id": number,
                "state": STATES[cell.state],
                "value": cell.value,
                "raw": None if cell.raw == plain(cell.state, cell.value) else cell.raw,
                "unit": None if cell.unit == units[number] else cell.unit or "",
            }
        )
    return sorted(rows, key=_indicator_id)


def evidence_rows(cells: Iterable[Cell], numbers: Mapping[CellKey, int]) -> list[Row]:
    """Rows of ``cell_evidence`` in the order of their key."""
    rows = [
        {"indicator_id": numbers[cell.key], **_span(cell.evidence.span), **_box(cell.evidence.box)}
        for cell in cells
        if cell.evidence is not None
    ]
    return sorted(rows, key=_indicator_id)


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
    return numbers.get(CellKey.parse(place)) if place.count("/") == 2 else None


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


def _indicator_id(row: Row) -> int:
    number: int = row["indicator_id"]
    return number


def _span(span: Span) -> Row:
    return {"start": span.start, "length": span.end - span.start}


def _box(box: Box | None) -> Row:
    if box is None:
        return dict.fromkeys(("page", "x0", "y0", "x1", "y1"))
    return {
        "page": box.page,
        "x0": round(box.x0 * TENTHS),
        "y0": round(box.y0 * TENTHS),
        "x1": round(box.x1 * TENTHS),
        "y1": round(box.y1 * TENTHS),
    }


def changed_cells(old: Iterator[tuple[int, int, Decimal | None]], new: Iterable[Row]) -> list[Row]:
    """Rows of ``cell_change`` between an older reading (number, state, value) and the rows of a newer one."""
    before = {number: (state, value) for number, state, value in old}
    after = {row["indicator_id"]: (row["state"], row["value"]) for row in new}
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
