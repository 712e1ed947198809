"""The JSON of a report, as the published contract fixes it (``docs/contract.md``). Extra fields only ever get added."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from parsers.document import Box
from parsers.forms import form_of
from parsers.report import Cell, Evidence, Fact, Finding, Report


def report_json(report: Report) -> dict[str, Any]:
    """The object that ``nianbao parse --json`` prints: plain dicts, lists, text, numbers and None.

    Offsets count characters of ``text``; boxes are ``[x0, y0, x1, y1]`` in points from the top left of the page.
    """
    identity, source = report.identity, report.source
    return {
        "source": {
            "name": source.name,
            "sha256": source.sha256,
            "media_type": source.media_type,
            "pages": source.pages,
            "reader": source.reader,
        },
        "agency": identity.agency,
        "agency_normalised": identity.agency_normalised,
        "year": identity.year,
        "edition": identity.edition,
        "title": identity.title,
        "scope": identity.scope.value,
        "corrected": identity.corrected,
        "published": identity.published.isoformat() if identity.published else None,
        "level": identity.level,
        "field": identity.field,
        "place": {
            "code": identity.place.code,
            "province": identity.place.province,
            "city": identity.place.city,
            "county": identity.place.county,
        },
        "sections": [
            {
                "key": section.key,
                "heading": section.heading,
                "level": section.level,
                "start": section.span.start,
                "end": section.span.end,
            }
            for section in report.sections
        ],
        "cells": [_cell(cell, identity.edition) for cell in report.cells],
        "facts": [_fact(fact) for fact in report.facts],
        "findings": [_finding(finding) for finding in report.findings],
        "notes": [{"code": note.code, "message": note.message, "page": note.page} for note in report.notes],
        "versions": {
            "reader": report.versions.reader,
            "forms": report.versions.forms,
            "lexicon": report.versions.lexicon,
            "rules": report.versions.rules,
        },
    }


def _cell(cell: Cell, edition: str | None) -> dict[str, Any]:
    form = form_of(edition or "")
    row_label, column_label = form.labels_of(cell.key) if form else ("", "")
    return {
        "table": cell.key.table,
        "row": cell.key.row,
        "column": cell.key.column,
        "row_label": row_label,
        "column_label": column_label,
        "value": _number(cell.value),
        "state": cell.state.value,
        "raw": cell.raw,
        "unit": cell.unit,
        "evidence": _evidence(cell.evidence),
    }


def _evidence(evidence: Evidence | None) -> dict[str, Any] | None:
    if evidence is None:
        return None
    return {**_place(evidence.box), "start": evidence.span.start, "end": evidence.span.end}


def _place(box: Box | None) -> dict[str, Any]:
    if box is None:
        return {"page": None, "box": None}
    return {"page": box.page, "box": [box.x0, box.y0, box.x1, box.y1]}


def _fact(fact: Fact) -> dict[str, Any]:
    return {
        "metric": fact.metric,
        "channel": fact.channel,
        "subject": fact.subject,
        "value": _number(fact.value),
        "unit": fact.unit,
        "bound": fact.bound.value,
        "kind": fact.kind.value,
        "role": fact.role.value,
        "year": fact.year,
        "part_of": fact.part_of,
        "surface": fact.surface,
        "start": fact.start,
        "end": fact.end,
        "section": fact.section,
        "sentence": fact.sentence,
        **_place(fact.box),
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "whose": finding.whose.value,
        "expected": _number(finding.expected),
        "actual": _number(finding.actual),
        "where": list(finding.where),
        "message": finding.message,
    }


def _number(value: Decimal | None) -> int | float | None:
    """A whole number stays one; no figure of a report is beyond what a float holds exactly enough to print again."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
