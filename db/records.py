"""What goes into the store beside reports, and what comes out of it: plain values, no SQL."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from parsers.document import Span
from parsers.report import CellKey, CellState, Fact, Finding, Place, Report, Scope, Versions


class Outcome(StrEnum):
    """What became of a file."""

    OK = "ok"
    PARTIAL = "partial"
    """Read, with cells that could not be read or are absent."""
    NOT_A_REPORT = "not_a_report"
    DUPLICATE = "duplicate"
    """The same bytes as a source that is stored already; the place was added to it."""
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class RunItem:
    """One file's outcome in a run. ``location`` names the place (a path, or archive and member, or a URL; any
    text that is the same the next time); ``sha256`` is None when the bytes could not be read at all; ``size`` in
    bytes and ``mtime_ns`` as the file system gives them; ``seconds`` is how long the reading took; ``reason`` is
    a sentence for a person where the outcome is ``failed``, ``not_a_report`` or ``partial``; for a duplicate the store
    says of which file it is a copy. ``stated`` says that a person named agency, year or scope of this file: it is no
    mere copy of the same bytes elsewhere, of which nobody did."""

    location: str
    outcome: Outcome
    sha256: str | None = None
    size: int | None = None
    mtime_ns: int | None = None
    versions: Versions | None = None
    seconds: float = 0.0
    reason: str | None = None
    stated: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of a location. ``outcome`` and ``versions`` are of the last reading of the bytes that were
    found there, wherever they were read."""

    size: int | None
    mtime_ns: int | None
    sha256: str | None
    outcome: Outcome
    versions: Versions | None


@dataclass(frozen=True, slots=True)
class KnownSource:
    """Bytes that were read before: the outcome and versions of the last reading, and the report, where there is one."""

    sha256: str
    outcome: Outcome
    versions: Versions | None
    report_id: int | None


@dataclass(frozen=True, slots=True)
class Recorded:
    """What :meth:`Store.record` did. ``outcome`` is the item's, or ``duplicate`` where the store found that it is
    one; ``is_current`` tells whether the report is the current one of its agency, year and scope; ``reread`` whether
    it replaced an older reading of the same bytes, and ``cells_changed`` in how many cells the two differ. ``left`` are
    the agencies (handles), with the scope, that a report was of before it was another's."""

    outcome: Outcome
    report_id: int | None = None
    is_current: bool = False
    reread: bool = False
    cells_changed: int = 0
    left: frozenset[tuple[str, Scope]] = frozenset()


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a command that writes. ``finished`` is None while it runs, and for ever when it was killed;
    ``skipped`` counts files that were unchanged and have no item; ``outcomes`` counts the items."""

    id: int
    command: str
    started: datetime
    finished: datetime | None
    skipped: int
    outcomes: dict[Outcome, int]


def handle_of(name: str, place_code: str | None) -> str:
    """The name that finds one agency and no other: ``name@code``, ``name@`` where the place is not known."""
    return f"{name}@{place_code or ''}"


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency: its name and place code make it one (``code`` None is a place of its own: unknown). ``reports``
    counts current reports; the years are the first and the last of them."""

    id: int
    name: str
    place: Place
    level: str | None
    field: str | None
    reports: int = 0
    first_year: int | None = None
    last_year: int | None = None
    aliases: tuple[str, ...] = ()

    @property
    def handle(self) -> str:
        """See :func:`handle_of`."""
        return handle_of(self.name, self.place.code)


@dataclass(frozen=True, slots=True)
class ReportEntry:
    """One stored report without its contents. ``version`` counts from 1 in the order that
    :mod:`db.currency` defines, the current one being the highest; ``cells_read`` of ``cell_count`` cells are number,
    blank or dash; ``doubts`` counts findings about our own reading, ``errors`` those of severity error."""

    id: int
    agency_id: int | None
    agency: str | None
    year: int | None
    scope: Scope
    edition: str | None
    title: str | None
    version: int
    is_current: bool
    sha256: str
    name: str
    cells_read: int
    cell_count: int
    errors: int
    doubts: int
    handle: str | None = None
    """The agency's handle (``name@code``), which finds it even where other places have one of this name."""


@dataclass(frozen=True, slots=True)
class StoredReport:
    """A report as stored: the entry, the places where its bytes stand, and the report itself."""

    entry: ReportEntry
    locations: tuple[str, ...]
    report: Report


@dataclass(frozen=True, slots=True)
class StoredFinding:
    """A finding with the report that it is about. ``origin`` is ``report`` (found in the report alone) or
    ``correction`` (found in it once people had corrected it), or ``store`` (found by comparing it with others);
    ``settled`` says what people's corrections made of it. Confirmed findings are the agency's. ``place_code`` is the
    agency's division, ``file`` the name of the report's file."""

    report_id: int
    agency: str | None
    year: int | None
    scope: Scope
    origin: str
    finding: Finding
    settled: Settled | None = None
    place_code: str | None = None
    file: str | None = None


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A section of a current report that holds the words. ``section`` is its key and ``heading`` its heading (empty
    before the first one); ``snippet`` is the text around the first of the words on one line, and ``marks`` are the
    places of the words in the snippet."""

    report_id: int
    agency: str | None
    year: int | None
    scope: Scope
    section: str
    heading: str
    snippet: str
    marks: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class StoredFact:
    """A figure of the prose with the current report that states it; ``position`` is its place among the report's facts
    (what ``fact:<position>`` in a finding means), ``year`` the report year."""

    report_id: int
    agency: str | None
    year: int | None
    scope: Scope
    position: int
    fact: Fact


@dataclass(frozen=True, slots=True)
class FactFigure:
    """A row of the view ``fact_figure``: what a current report's prose says of a metric and channel, nothing counted
    twice. ``counts`` is ``people``, ``money`` or ``things``; ``figures`` says how many figures there are, and ``exact``
    whether all of them are exact. ``value`` is None where several figures do not add up."""

    report_id: int
    kind: str
    counts: str
    value: Decimal | None
    unit: str
    figures: int
    exact: bool
    named: bool = False
    """Whether a finding names a fact of this metric and channel."""


@dataclass(frozen=True, slots=True)
class FormFigure:
    """What a current report's form prints of a quantity, as people corrected it. ``unit`` is None where neither form nor
    page tell one; ``named`` says that a finding which stands names the cell, ``replaced`` that a person's reading counts
    in it instead of the program's."""

    state: CellState
    value: Decimal | None
    unit: str | None
    named: bool
    replaced: bool


class Settled(StrEnum):
    """What people's corrections made of a finding."""

    CONFIRMED = "confirmed"
    """They looked at each of its cells, and it stands: the page itself says so."""
    RESOLVED = "resolved"
    """With the figures that they saw it is gone."""


class Verdict(StrEnum):
    """What a person says of a cell after a look at the page."""

    CONFIRMED = "confirmed"
    """It was read right."""
    CORRECTED = "corrected"
    """It was misread; the correction says what the page prints."""
    AGENCY_ERROR = "agency_error"
    """It was read right, and what the page prints is wrong. It stays as it is printed."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A person's verdict on one cell of one document, which is its bytes: other bytes are another document.

    ``state`` and ``value`` are what the page prints by the person's eyes (``value`` is None for every state but number)
    and ``printed`` is that to the letter, where it was noted; then who said so, on which day, and why."""

    sha256: str
    key: CellKey
    verdict: Verdict
    state: CellState
    value: Decimal | None
    printed: str
    who: str
    when: date
    why: str

    def __post_init__(self) -> None:
        if (self.value is not None) != (self.state is CellState.NUMBER):
            raise ValueError(f"{self.key}: a correction has a value exactly when its state is number")


class Standing(StrEnum):
    """Whether a correction says anything of what is stored."""

    IN_FORCE = "in_force"
    STALE = "stale"
    """The place where these bytes were found holds others now: somebody must look again."""
    NOT_INGESTED = "not_ingested"
    """No report of these bytes is stored (yet)."""


@dataclass(frozen=True, slots=True)
class StoredCorrection:
    """A correction as stored: the file of corrections that it came from, its standing, and the report of its bytes and
    the name of their file, where they are stored. ``agrees`` tells whether the program reads what the person says;
    None where there is nothing to compare."""

    correction: Correction
    origin: str
    standing: Standing
    report_id: int | None
    file: str | None
    agrees: bool | None

    @property
    def settles(self) -> bool:
        """Whether the cell is in no doubt any more: a reading that is said to be confirmed must be the one confirmed."""
        return self.standing is Standing.IN_FORCE and (
            bool(self.agrees) or self.correction.verdict is Verdict.CORRECTED
        )


@dataclass(frozen=True, slots=True)
class Applied:
    """What storing a file of corrections did: lines that are new, lines that are as they were, corrections that the
    file no longer holds, and lines that another file overrules (it says otherwise of the cell, and was decided later)."""

    added: int = 0
    kept: int = 0
    withdrawn: int = 0
    overruled: int = 0
