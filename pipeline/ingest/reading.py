"""What a worker process does with one file: hash it, read it, say what became of it. Runs without a database."""

from __future__ import annotations

import contextlib
import hashlib
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from db.records import Outcome
from parsers.errors import NianbaoError, NotAReport, Unreadable
from parsers.readers import check_size
from parsers.report import FILE_DAMAGED, CellState, Finding, Identity, Report, Severity, Whose, Witness
from pipeline.ingest.convert import parse
from pipeline.ingest.manifest import Entry
from pipeline.ingest.workers import Job, Limits, Workers

if TYPE_CHECKING:
    from db.encode import ReportRows


@dataclass(frozen=True, slots=True)
class Task:
    """One file for a worker: a path, or the content of an archive's member."""

    location: str
    name: str
    path: Path | None = None
    content: bytes | None = None
    entry: Entry | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of a file. ``outcome`` is None when nothing was read, as the bytes are what they were. ``reason`` is a
    sentence for outcomes other than ``ok``; ``seconds`` is time on the clock. A report that goes to another process goes as rows."""

    sha256: str | None
    outcome: Outcome | None
    report: Report | ReportRows | None = None
    reason: str | None = None
    seconds: float = 0.0


_SMALL_REPORT = "<h1>云溪县水利局2022年政府信息公开工作年度报告</h1><h2>一、总体情况</h2><p>主动公开信息31条。</p>"


def warm_up() -> None:
    """Loads what reading needs (libraries, forms, dictionaries), so that no file is charged for it: a small report goes
    all the way once. Loading takes longer than reading most files does."""
    from db.encode import rows_of
    from parsers import parse_report
    from parsers.readers.pdf import read_pdf

    rows_of(parse_report(_SMALL_REPORT.encode(), name="report.html"))
    with contextlib.suppress(NianbaoError):
        read_pdf(b"%PDF-", "report.pdf")


def read(task: Task) -> Reading:
    """Reads one file; errors that we raise on purpose become its outcome."""
    started = time.perf_counter()
    sha256: str | None = None
    try:
        content = task.content if task.content is not None else _bytes_of(task)
        sha256 = hashlib.sha256(content).hexdigest()
        report = stated(_parsed(content, task.name, task.path), task.entry)
    except NianbaoError as error:
        return Reading(sha256, outcome_of(error), None, str(error), time.perf_counter() - started)
    except MemoryError:
        reason = f"{task.name}: needs more memory than one file may have (--memory allows more)"
        return Reading(sha256, Outcome.FAILED, None, reason, time.perf_counter() - started)
    missing = what_is_missing(report)
    outcome = Outcome.PARTIAL if missing else Outcome.OK
    return Reading(sha256, outcome, report, missing, time.perf_counter() - started)


def prepared(task: Task) -> Reading:
    """As :func:`read`, the report as the rows that it is stored as: what a worker can do, the one writer need not."""
    from db.encode import rows_of

    reading = read(task)
    if not isinstance(reading.report, Report):
        return reading
    try:
        return replace(reading, report=rows_of(reading.report))
    except NianbaoError as error:
        return Reading(reading.sha256, outcome_of(error), None, str(error), reading.seconds)


def parse_within(content: bytes, path: Path, limits: Limits) -> Report:
    """As :func:`pipeline.ingest.convert.parse`, with the pictures that lie beside a page, in a process of its own with these
    limits; raises what that raises, and LimitExceeded or Unreadable for a file that takes too much, or ends the process."""
    job: Job[str, tuple[bytes, Path], Report] = Job(path.name, path.name, (content, path), weight=len(content))
    with Workers(_parsed_file, 1, limits, warm_up) as workers:
        ((_, result),) = workers.run([job])
    if isinstance(result, NianbaoError):
        raise result
    return result


def _parsed_file(given: tuple[bytes, Path]) -> Report:
    content, path = given
    return _parsed(content, path.name, path)


def _parsed(content: bytes, name: str, path: Path | None) -> Report:
    from parsers.readers.ocr.pictures import pictures_in_folder_of

    with pictures_in_folder_of(path):
        return parse(content, name)


def outcome_of(error: NianbaoError) -> Outcome:
    """The outcome that an error stands for."""
    return Outcome.NOT_A_REPORT if isinstance(error, NotAReport) else Outcome.FAILED


def what_is_missing(report: Report) -> str | None:
    """Why a report is only partly read, as a sentence; None when everything is there."""
    identity = report.identity
    missing = [name for name in ("agency", "year", "edition") if getattr(identity, name) is None]
    parts = [f"{' and '.join(missing)} not found"] if missing else []
    for state in (CellState.UNREADABLE, CellState.ABSENT):
        count = sum(cell.state is state for cell in report.cells)
        if count:
            parts.append(f"{count} of {len(report.cells)} cells {state}")
    if not report.cells:
        parts.append("no form found")
    if parts and any(finding.rule == FILE_DAMAGED for finding in report.findings):
        parts.insert(0, "the file is damaged")
    return "; ".join(parts) or None


def stated(report: Report, entry: Entry | None) -> Report:
    """The report with what the manifest says of it, which wins; where the document says otherwise, a finding."""
    if entry is None or (entry.agency is None and entry.year is None and entry.scope is None):
        return report
    read_as = report.identity
    identity = read_as
    witnesses: list[Witness] = []
    findings: list[Finding] = []
    said = {"agency": entry.agency, "year": entry.year, "scope": entry.scope}
    for about, value in said.items():
        if value is None:
            continue
        witnesses.append(Witness(about, str(value), "manifest"))
        found = getattr(read_as, about)
        if _differ(about, value, found):
            message = f"the manifest says {about} {value}, the document {found}; the manifest wins"
            findings.append(Finding("identity.manifest_disagrees", Severity.WARNING, Whose.READING, message))
    if entry.agency is not None:
        identity = _with_agency(identity, entry.agency)
    identity = replace(
        identity,
        year=entry.year if entry.year is not None else identity.year,
        scope=entry.scope or identity.scope,
        witnesses=(*identity.witnesses, *witnesses),
    )
    return replace(report, identity=identity, findings=(*report.findings, *findings))


def _bytes_of(task: Task) -> bytes:
    assert task.path is not None
    try:
        check_size(task.path.stat().st_size, task.name)
        return task.path.read_bytes()
    except OSError as error:
        raise Unreadable(f"{task.location}: {error.strerror or error}") from error


def _differ(about: str, said: object, found: object) -> bool:
    if about == "agency":
        return found is not None and _name(str(said)) != _name(str(found))
    return found is not None and said != found


def _name(agency: str) -> str:
    """An agency's name as names are compared."""
    from parsers.identity.names import normalise_agency

    return normalise_agency(agency)


def _with_agency(identity: Identity, agency: str) -> Identity:
    """The identity under another agency's name, with that agency's place, level and field."""
    from parsers.gazetteer import field_of, place_of

    name = _name(agency)
    if name == identity.agency_normalised:
        return replace(identity, agency=agency)
    place, level = place_of(name, year=identity.year)
    return replace(identity, agency=agency, agency_normalised=name, place=place, level=level, field=field_of(name))
