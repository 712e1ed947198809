"""An invented report as a value: who reports what for which year, and everything that decides how it looks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from corpus.gold import Figure, Gold, Slip
from parsers.report import CellKey, Scope


@dataclass(frozen=True, slots=True)
class Agency:
    """An invented body. ``level`` is ``province``, ``city``, ``county`` or ``township``; ``field`` its field of
    work; ``accepted`` are other names by which the title of its report may be understood."""

    name: str
    level: str
    field: str
    scope: Scope = Scope.AGENCY
    accepted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Specimen:
    """An invented report. ``cells`` holds every cell of the edition's form; ``slips`` are the identities that it
    breaks on purpose, ``tolerated`` those about which one may differ; ``traits`` name everything unusual about
    its wording and looks. The same id gives the same document."""

    id: str
    producer: str
    agency: Agency
    year: int
    edition: str
    cells: Mapping[CellKey, Figure]
    slips: frozenset[Slip]
    tolerated: frozenset[Slip]
    traits: frozenset[str]

    @property
    def scope(self) -> Scope:
        """Whom the figures are for."""
        return self.agency.scope

    def gold(self, file: str) -> Gold:
        """What a perfect reader finds in the specimen when it is written to ``file``."""
        return Gold(
            file=file,
            agency=self.agency.name,
            year=self.year,
            edition=self.edition,
            scope=self.scope,
            cells=self.cells,
            accepted=self.agency.accepted,
            slips=self.slips,
            tolerated=self.tolerated,
            producer=self.producer,
            traits=tuple(sorted(self.traits)),
        )
