"""What a document says, once read: identity, sections, cells, facts, findings.

The shapes follow the published contract (``docs/contract.md``). A :class:`Report` is a value: equal bytes give
an equal report, and nothing in it is ever changed afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from parsers.document import Note
from parsers.forms.grade import Severity
from parsers.forms.key import CellKey
from parsers.report import as_json
from parsers.report.parts import (
    FILE_DAMAGED,
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
    Scope,
    Section,
    Source,
    Versions,
    Whose,
    Witness,
)


@dataclass(frozen=True, slots=True)
class Report:
    """An annual report as read. ``text`` is the canonical text that all offsets refer to; ``cells`` holds every
    cell of the edition's form, in the form's order (none when the edition has no form)."""

    source: Source
    identity: Identity
    text: str
    sections: tuple[Section, ...]
    cells: tuple[Cell, ...]
    facts: tuple[Fact, ...]
    findings: tuple[Finding, ...]
    versions: Versions
    notes: tuple[Note, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The object of the published contract, which ``nianbao parse --json`` prints; see :mod:`.as_json`."""
        edition = self.identity.edition
        return {
            "source": as_json.source_json(self.source),
            **as_json.identity_json(self.identity),
            "sections": [as_json.section_json(section) for section in self.sections],
            "cells": [as_json.cell_json(cell, edition) for cell in self.cells],
            "facts": [as_json.fact_json(fact) for fact in self.facts],
            "findings": [as_json.finding_json(finding) for finding in self.findings],
            "notes": [as_json.note_json(note) for note in self.notes],
            "versions": as_json.versions_json(self.versions),
        }


__all__ = [
    "FILE_DAMAGED",
    "Bound",
    "Cell",
    "CellKey",
    "CellState",
    "Evidence",
    "Fact",
    "FactKind",
    "FactRole",
    "Finding",
    "Identity",
    "Place",
    "Report",
    "Scope",
    "Section",
    "Severity",
    "Source",
    "Versions",
    "Whose",
    "Witness",
]
