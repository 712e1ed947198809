"""What the crawler writes down, as plain values: fetches, visits, judgements, alarms. No SQL, so that it loads at once."""

from __future__ import annotations

from dataclasses import dataclass

OF_REPORTS = ("report", "part")
"""Verdicts on bytes that are, or belong to, a report."""


@dataclass(frozen=True, slots=True)
class Fetch:
    """One address asked for in a night; the fields are the columns of the table ``fetch``. ``moment`` is ISO 8601, UTC;
    ``published`` a day; ``sha256`` is set whenever the bytes are in the archive, also for a 304."""

    run_id: int
    site: str
    kind: str
    url: str
    moment: str
    form: str | None = None
    status: int | None = None
    failure: str | None = None
    final_url: str | None = None
    media_type: str | None = None
    file_name: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    size: int | None = None
    seconds: float | None = None
    tries: int = 1
    sha256: str | None = None
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    parent: str | None = None
    entries: int | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """A site in a night; the fields are the columns of the table ``visit``."""

    run_id: int
    site: str
    started: str
    finished: str | None = None
    outcome: str | None = None
    requests: int = 0
    bytes: int = 0
    entries: int = 0
    reports: int = 0
    fresh: int = 0
    unchanged: int = 0
    failures: int = 0


@dataclass(frozen=True, slots=True)
class Judgement:
    """What bytes at an address were judged to be; the fields are the columns of the table ``judgement``."""

    run_id: int
    site: str
    url: str
    sha256: str
    verdict: str
    agency: str | None = None
    agency_by: str | None = None
    year: int | None = None
    title: str | None = None
    published: str | None = None
    parent: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something that a person should look at after a night; the fields are the columns of the table ``alarm``."""

    run_id: int
    site: str
    rule: str
    severity: str
    message: str
    url: str | None = None
    expected: int | None = None
    actual: int | None = None
