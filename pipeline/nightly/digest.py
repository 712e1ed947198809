"""What is told after a night, as plain values: what is new, what changed, what is wrong, what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

VERSION = 1
"""Of the JSON: fields may be added; a field that changes its meaning raises this."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A key figure of a new report. ``value`` and ``before`` (last year's) are as a person sees them: the number, or the
    sign for a cell without one; ``before`` is None where last year's report is not stored."""

    key: str
    label: str
    value: str
    before: str | None


@dataclass(frozen=True, slots=True)
class NewReport:
    """A report of an agency and year that was not stored before. ``missing`` says what could not be read of it."""

    report_id: int
    agency: str | None
    year: int | None
    scope: str
    title: str | None
    places: tuple[str, ...]
    figures: tuple[Figure, ...]
    missing: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs: a cell by its key and official labels, or a figure of the prose by its metric. None on a
    side where there is none."""

    key: str
    label: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class ChangedReport:
    """A report that says something else than it did. ``why`` is ``replaced`` (other bytes at the same place), ``other
    copy`` (another file of the same report, which says something else, is now the one to go by) or ``read anew``.
    ``wording`` says that sentences changed as well, or only they."""

    report_id: int
    agency: str | None
    year: int | None
    scope: str
    title: str | None
    places: tuple[str, ...]
    why: str
    cells: tuple[Change, ...] = ()
    facts: tuple[Change, ...] = ()
    wording: bool = False


@dataclass(frozen=True, slots=True)
class NewFinding:
    """A finding that was not there before."""

    agency: str | None
    year: int | None
    rule: str
    severity: str
    whose: str
    message: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """A site that failed or went silent, an address that could not be had, a file that could not be read."""

    site: str
    severity: str
    rule: str
    message: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Site:
    """How the visit of a site went."""

    site: str
    outcome: str | None
    requests: int
    entries: int
    reports: int
    fresh: int


@dataclass(frozen=True, slots=True)
class Gap:
    """Report years of an agency that are due and not stored. ``overdue`` are those among them of which the latest
    deadline has passed; ``known`` tells whether any report of the agency is stored."""

    agency: str
    years: tuple[int, ...]
    known: bool


@dataclass(frozen=True, slots=True)
class Coverage:
    """Agencies by the report years that are missing. ``agencies`` counts all that are expected or stored, ``complete``
    those without a gap; ``gaps`` holds the others, the most recent gaps first."""

    agencies: int
    complete: int
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """A night, or a period. ``night`` is the number of its run (None for a period), ``day`` its date, ``since`` the
    first day of a period."""

    day: str
    night: int | None
    since: str | None
    new: tuple[NewReport, ...]
    changed: tuple[ChangedReport, ...]
    findings: tuple[NewFinding, ...]
    troubles: tuple[Trouble, ...]
    sites: tuple[Site, ...]
    coverage: Coverage

    @property
    def alarms(self) -> Iterator[Trouble]:
        """The troubles after which reports may be missing."""
        return (trouble for trouble in self.troubles if trouble.severity == "error")

    @property
    def headline(self) -> str:
        """The digest in one sentence; nothing new is said plainly, and never of sites that could not be seen."""
        counts = [
            f"{number} {one if number == 1 else many}"
            for number, one, many in (
                (len(self.new), "new report", "new reports"),
                (len(self.changed), "changed report", "changed reports"),
                (len(self.findings), "new finding", "new findings"),
            )
            if number
        ]
        alarms = len(list(self.alarms))
        news = ", ".join(counts) or "Nothing new"
        if alarms:
            return f"{news}; {alarms} alarm{'s' if alarms > 1 else ''}: reports may be missing"
        if counts:
            return news
        return f"{news}: {len(self.sites)} site{'' if len(self.sites) == 1 else 's'} visited, all seen in full"

    def to_json(self) -> dict[str, Any]:
        """The digest as JSON knows it: the fields of these classes, and the headline."""
        return {"version": VERSION, "headline": self.headline, **asdict(self)}
