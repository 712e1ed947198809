"""The JSON of the parts of a report, as the published contract fixes it (``docs/contract.md``): plain dicts, lists, text,
numbers and None. Extra fields only ever get added.

Offsets count characters of the canonical text; boxes are ``[x0, y0, x1, y1]`` in points from the top left of the page.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from parsers.document import Box, Note
from parsers.forms import form_of
from parsers.report.parts import Cell, Evidence, Fact, Finding, Identity, Section, Source, Versions


def source_json(source: Source) -> dict[str, Any]:
    """The file that the report was read from."""
    return {
        "name": source.name,
        "sha256": source.sha256,
        "media_type": source.media_type,
        "pages": source.pages,
        "reader": source.reader,
    }


def identity_json(identity: Identity) -> dict[str, Any]:
    """Whose report it is and for which year."""
    return {
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
    }


def section_json(section: Section) -> dict[str, Any]:
    """One heading of the prose and what stands below it."""
    return {
        "key": section.key,
        "heading": section.heading,
        "level": section.level,
        "start": section.span.start,
        "end": section.span.end,
    }


def cell_json(cell: Cell, edition: str | None) -> dict[str, Any]:
    """One cell of the form of an edition, with the labels of that."""
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


def fact_json(fact: Fact) -> dict[str, Any]:
    """One figure of the prose."""
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


def finding_json(finding: Finding) -> dict[str, Any]:
    """What one rule found."""
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "whose": finding.whose.value,
        "expected": _number(finding.expected),
        "actual": _number(finding.actual),
        "where": list(finding.where),
        "message": finding.message,
    }


def note_json(note: Note) -> dict[str, Any]:
    """What a reader noted of the file."""
    return {"code": note.code, "message": note.message, "page": note.page}


def versions_json(versions: Versions) -> dict[str, Any]:
    """What made the reading."""
    return {
        "reader": versions.reader,
        "forms": versions.forms,
        "lexicon": versions.lexicon,
        "rules": versions.rules,
    }


def _number(value: Decimal | None) -> int | float | None:
    """A whole number stays one; no figure of a report is beyond what a float holds exactly enough to print again."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
