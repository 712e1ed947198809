"""The parts of a report: cells, facts, findings, identity, sections, and the words that name them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from parsers.document import Box, Span
from parsers.forms.grade import Severity
from parsers.forms.key import CellKey


class CellState(StrEnum):
    """What stands in a cell of a statutory form. Only ``NUMBER`` has a value; a blank never becomes a 0."""

    NUMBER = "number"
    BLANK = "blank"
    """The cell is there, and empty."""
    DASH = "dash"
    """The page says that there is nothing: ``/``, ``—``, 无, 不适用."""
    UNREADABLE = "unreadable"
    """Something is printed that could not be read as one number."""
    ABSENT = "absent"
    """The document has no such row or column."""

    @property
    def is_known(self) -> bool:
        """Whether we know what the page says there, be it that there is nothing."""
        return self not in (CellState.UNREADABLE, CellState.ABSENT)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a figure was read: characters of the canonical text, and the place on the page where there are pages."""

    span: Span
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure of a statutory form. ``value`` is exact and in ``unit`` (the form's own unit; None where the
    form prints none and the page neither); ``raw`` is what is printed, unaltered."""

    key: CellKey
    state: CellState
    value: Decimal | None = None
    raw: str = ""
    unit: str | None = None
    evidence: Evidence | None = None

    def __post_init__(self) -> None:
        if (self.value is not None) != (self.state is CellState.NUMBER):
            raise ValueError(f"{self.key}: a cell has a value exactly when its state is number")


class Whose(StrEnum):
    """Whose trouble a finding is: the page really says so (``agency``), or we may have misread it (``reading``)."""

    AGENCY = "agency"
    READING = "reading"


FILE_DAMAGED = "reading.file_damaged"
"""The rule of the finding that the file of a report is damaged: such a report does not replace one that is whole."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a person should know. ``where`` names what it is about: cell keys as ``table/row/column``,
    or ``fact:<index>``. ``expected`` and ``actual`` are the two sides of a broken rule, where it has two."""

    rule: str
    severity: Severity
    whose: Whose
    message: str
    where: tuple[str, ...] = ()
    expected: Decimal | None = None
    actual: Decimal | None = None

    @property
    def cells(self) -> tuple[CellKey, ...]:
        """The cells among what it is about."""
        return tuple(CellKey.parse(place) for place in self.where if CellKey.is_written(place))


class Bound(StrEnum):
    """How exact the printed figure says it is: 约 → about, 余/多/超 → over, 近/不足 → under."""

    EXACT = "exact"
    ABOUT = "about"
    OVER = "over"
    UNDER = "under"


class FactKind(StrEnum):
    """Happened in the year, stands at its end, since the start, gained or lost, or a percentage."""

    FLOW = "flow"
    STOCK = "stock"
    CUMULATIVE = "cumulative"
    CHANGE = "change"
    RATE = "rate"


class FactRole(StrEnum):
    """The plain figure, an end of 从…到…, an amount of change, 同比, or 占."""

    LEVEL = "level"
    FROM = "from"
    TO = "to"
    DELTA = "delta"
    YOY = "yoy"
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure that the prose states. ``start`` and ``end`` are offsets of ``surface`` in the text that was
    given; ``part_of`` is the index, in the same list, of the fact whose figure this one is a part of;
    ``section`` is the heading that it stands under and ``sentence`` the sentence."""

    metric: str
    channel: str | None
    subject: str | None
    value: Decimal
    unit: str
    bound: Bound
    kind: FactKind
    role: FactRole
    year: int
    part_of: int | None
    surface: str
    start: int
    end: int
    sentence: str = ""
    section: str | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of the report under one heading. ``key`` is one of the statutory sections (``preamble``,
    ``overview``, ``proactive``, ``requests``, ``review_litigation``, ``problems``, ``other``), one of the older
    outlines (``fees``, ``response``, …), a part of one (``overview.platform``; ``sections.toml`` has them all), or
    ``unnamed``; ``heading`` is as printed, without its number; ``span`` covers heading and body in the canonical text."""

    key: str
    heading: str
    level: int
    span: Span


class Scope(StrEnum):
    """Whom the figures are for: the body itself, or the whole area that it governs. Never to be added up."""

    AGENCY = "agency"
    AREA = "area"


@dataclass(frozen=True, slots=True)
class Witness:
    """One piece of evidence for an item of identity: what (``agency``, ``year``, ``edition``, ``scope``), the
    value that it speaks for, where it was found (``title``, ``preamble``, ``period``, ``text``, ``signature``,
    ``metadata``, ``file_name``, ``labels``, ``notice``, ``manifest``), and its span where it stands in the canonical text."""

    about: str
    value: str
    source: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where an agency belongs. ``code`` is the six-digit division code; each part is None where unknown."""

    code: str | None = None
    province: str | None = None
    city: str | None = None
    county: str | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose report for which year. ``agency`` is the name as printed, ``agency_normalised`` the spelling under
    which the years of one agency meet; ``level`` is ``national``, ``province``, ``city``, ``county`` or
    ``township``; ``field`` the field of work (``police``, ``education``, …). None where the document does not tell."""

    agency: str | None
    agency_normalised: str | None
    year: int | None
    title: str | None
    edition: str | None
    scope: Scope = Scope.AGENCY
    corrected: bool = False
    published: date | None = None
    place: Place = Place()
    level: str | None = None
    field: str | None = None
    witnesses: tuple[Witness, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """The file that a report was read from; ``sha256`` in hexadecimal, ``pages`` 0 in formats without pages."""

    name: str
    sha256: str
    media_type: str
    pages: int
    reader: str


@dataclass(frozen=True, slots=True)
class Versions:
    """What made a reading. Each is a short text; when one differs from today's, the reading is stale."""

    reader: str
    forms: str
    lexicon: str
    rules: str
