"""What a document says, confirmed by a person or known because we made it: the measure of every reading.

One shape for published reports (``expected.json``) and for specimens (a line of ``gold.jsonl``). In JSON a cell is
``"table/row/column": [state, value, raw]``, value a decimal number as text or null, and an identity that the page
really breaks is ``[code, line]``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from parsers.report import CellKey, CellState, Scope


@dataclass(frozen=True, slots=True)
class Figure:
    """What stands in one cell: its state, its value in the form's unit (None for all but a number), and the text
    as printed."""

    state: CellState
    value: Decimal | None = None
    raw: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Slip:
    """An identity that the page itself breaks: its code, and the row key (or column key, for an identity that
    holds in every column) in which it is broken."""

    code: str
    line: str


@dataclass(frozen=True, slots=True)
class Gold:
    """The truth about one document.

    ``file`` is its name, ``agency`` the name as printed in the title, ``accepted`` other names that a careful
    reader could give it. ``slips`` are the identities that the page breaks and that have to be reported;
    ``tolerated`` those about which reasonable people differ (a total left blank, a figure nobody can read).
    ``producer`` and ``traits`` say how a specimen was made; both are empty for published reports.
    """

    file: str
    agency: str
    year: int
    edition: str
    scope: Scope
    cells: Mapping[CellKey, Figure]
    accepted: tuple[str, ...] = ()
    slips: frozenset[Slip] = frozenset()
    tolerated: frozenset[Slip] = frozenset()
    producer: str = ""
    traits: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The object that :func:`gold_from_json` reads back."""
        return {
            "file": self.file,
            "producer": self.producer,
            "agency": self.agency,
            "accepted": list(self.accepted),
            "year": self.year,
            "edition": self.edition,
            "scope": self.scope.value,
            "traits": list(self.traits),
            "slips": [[slip.code, slip.line] for slip in sorted(self.slips)],
            "tolerated": [[slip.code, slip.line] for slip in sorted(self.tolerated)],
            "cells": {str(key): _figure_to_json(figure) for key, figure in self.cells.items()},
        }


def gold_from_json(data: Mapping[str, Any], *, file: str | None = None) -> Gold:
    """The gold that an object describes; ``file`` names the document when the object does not.

    Raises KeyError or ValueError when the object has another shape.
    """
    return Gold(
        file=file or data["file"],
        agency=data["agency"],
        year=data["year"],
        edition=data["edition"],
        scope=Scope(data["scope"]),
        cells={CellKey.parse(key): _figure_from_json(entry) for key, entry in data["cells"].items()},
        accepted=tuple(data.get("accepted", ())),
        slips=_slips(data.get("slips", ())),
        tolerated=_slips(data.get("tolerated", ())),
        producer=data.get("producer", ""),
        traits=tuple(data.get("traits", ())),
    )


def read_gold(path: Path) -> Iterator[Gold]:
    """The lines of a ``gold.jsonl``, in order."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield gold_from_json(json.loads(line))


def write_gold(path: Path, entries: Iterable[Gold]) -> None:
    """Writes a ``gold.jsonl``, one document a line."""
    lines = (json.dumps(entry.to_json(), ensure_ascii=False) + "\n" for entry in entries)
    path.write_text("".join(lines), encoding="utf-8")


def _figure_to_json(figure: Figure) -> list[str | None]:
    return [figure.state.value, None if figure.value is None else str(figure.value), figure.raw]


def _figure_from_json(entry: list[str | None]) -> Figure:
    state, value, raw = entry
    return Figure(CellState(state or ""), None if value is None else Decimal(value), raw or "")


def _slips(entries: Iterable[list[str]]) -> frozenset[Slip]:
    return frozenset(Slip(code, line) for code, line in entries)
