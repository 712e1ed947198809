"""Files into the store: find, skip what is unchanged, read in workers, write in one place, compare the years.

Whatever happens, the next run goes on from here: a file is stored whole or not at all (those that are ready together,
in one transaction), and what a run that was killed may have left undone (the comparison of years) is done again by the
next.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from db.records import Outcome, RunItem, Seen, Standing
from parsers.errors import BadInput, NianbaoError
from parsers.readers import MAX_BYTES
from parsers.report import Scope, Versions
from pipeline.ingest.archived import archived_as
from pipeline.ingest.beside import Beside
from pipeline.ingest.corrections import CorrectionFile, read_file
from pipeline.ingest.discover import Found, discover
from pipeline.ingest.interruption import Interruption
from pipeline.ingest.reading import Reading, Task, outcome_of, prepared, warm_up
from pipeline.ingest.summary import Summary
from pipeline.ingest.workers import Job, Limits, Workers

if TYPE_CHECKING:
    from db import Store


@dataclass(frozen=True, slots=True)
class Options:
    """How to ingest. ``force`` reads every file again, ``stale`` those that another version of the program read;
    ``corrections`` are applied as well as those that lie beside the files."""

    jobs: int = 1
    force: bool = False
    stale: bool = False
    limits: Limits = field(default_factory=Limits)
    corrections: tuple[CorrectionFile, ...] = ()


@dataclass(slots=True)
class _Pass:
    """The state of one ingest. The run's row is written with the first file that has something to record."""

    store: Store
    options: Options
    command: str
    summary: Summary = field(default_factory=Summary)
    run_id: int | None = None
    versions: Versions | None = None
    beside: Beside = field(default_factory=Beside)
    reread: set[bytes] = field(default_factory=set)
    """With ``force``: bytes read in this run, of which a second place is a copy, not a reason to read once more; half of
    their hashes, which tells as much and takes a third of the memory."""
    under_way: set[str] = field(default_factory=set)
    """Hashes of the bytes that workers have at the moment, and of those that are read and not recorded yet."""
    left: set[tuple[str, Scope]] = field(default_factory=set)
    """Agencies, and scopes, that a report left for another: what its years said of each other is to be said anew."""
    copies: dict[str, Task] = field(default_factory=dict)
    """By location: files that wait for what becomes of the same bytes under way."""

    def current_versions(self) -> Versions:
        if self.versions is None:
            from parsers.assemble import current_versions  # slow to import, and not needed when nothing changed

            self.versions = current_versions()
        return self.versions

    def run(self) -> int:
        if self.run_id is None:
            self.run_id = self.store.begin_run(self.command, self.current_versions())
        return self.run_id


def ingest(
    store: Store,
    paths: Iterable[str],
    options: Options | None = None,
    *,
    command: str = "ingest",
    told: Callable[[str], None] = lambda _: None,
    find: Callable[[Iterable[str], Callable[[str], None]], Iterator[Found]] = discover,
) -> Summary:
    """Reads the files that the paths name into the store; ``told`` hears of each file that is done. ``find`` gives the
    files of the paths; it is told whom to tell what it passes over.

    On Ctrl-C the write in hand is finished and the summary so far is given, marked as interrupted. Raises BadInput
    for paths and manifests that cannot be used, StoreError when the database fails.
    """
    options = options or Options()
    state = _Pass(store, options, command)
    with Interruption() as interruption:
        try:
            with Workers(prepared, options.jobs, options.limits, warm_up) as workers:
                for results in workers.batches(_jobs(state, find, paths, told)):
                    done = list(_settled(state, workers, results))
                    with interruption.held():
                        _record(state, done)
                    for found, _ in done:
                        told(found.location)
        except KeyboardInterrupt:
            state.summary.interrupted = True
        state.summary.passed_over = state.beside.others
        try:
            with interruption.held():
                _finish(state)
        except KeyboardInterrupt:  # all is done, but whoever called is to stop
            state.summary.interrupted = True
    return state.summary


def _jobs(
    state: _Pass,
    find: Callable[[Iterable[str], Callable[[str], None]], Iterator[Found]],
    paths: Iterable[str],
    told: Callable[[str], None],
) -> Iterator[Job[Found, Task, Reading]]:
    """A job for every file that has to be read, and for every file that cannot be."""
    summary = state.summary
    for found in find(paths, state.beside.passed_over):
        state.beside.found(found.location)
        archived = archived_as(found.location)
        if archived is not None and state.store.is_no_report(archived):
            summary.no_reports += 1
            told(found.location)
            continue
        before = state.store.seen(found.location)
        if before is not None and _is_unchanged(state, found, before):
            summary.unchanged += 1
            if before.outcome is Outcome.FAILED:
                summary.count_failed_before(found.location, state.store.reason(found.location))
            summary.of_another_version += before.versions != state.current_versions()
            told(found.location)
        elif found.problem is not None:
            yield Job(found, found.location, ready=found.problem)
        else:
            yield _job(state, found, before)


def _is_unchanged(state: _Pass, found: Found, before: Seen) -> bool:
    if state.options.force or (before.size, before.mtime_ns) != (found.size, found.stamp):
        return False
    return not (state.options.stale and before.versions != state.current_versions())


def _job(state: _Pass, found: Found, before: Seen | None) -> Job[Found, Task, Reading]:
    """What is to be done with a file: nothing where only its time has changed, or where it is a copy, else read it. With a
    manifest, then or now, it must be read: what the manifest says may have changed."""
    content: bytes | None = None
    if found.read is not None:
        try:
            content = found.read()
        except NianbaoError as error:
            return Job(found, found.location, ready=error)
    task = Task(found.location, found.name, found.path, content, found.entry)
    weight = len(content or b"")
    manifest_then = before is not None and before.mtime_ns is not None and before.mtime_ns % 2 == 1
    sha256 = None if manifest_then or found.entry is not None else _hash_of(task)
    if sha256 is None:
        return Job(found, found.location, task, weight=weight)
    known_here = before is not None and before.sha256 == sha256
    if known_here and not state.options.stale and not state.options.force:
        return Job(found, found.location, ready=Reading(sha256, None))
    if sha256 in state.under_way:
        state.copies[found.location] = task
        return Job(found, found.location, ready=Reading(sha256, Outcome.DUPLICATE), weight=weight)
    if (state.options.force or not known_here) and _has_report(state, sha256):
        return Job(found, found.location, ready=Reading(sha256, Outcome.DUPLICATE))
    state.under_way.add(sha256)
    return Job(found, found.location, task, weight=weight)


def _hash_of(task: Task) -> str | None:
    """The hash of a file's bytes; None for one that cannot be read, or is too large to be: what is wrong with it, the worker
    says."""
    if task.path is None:
        return hashlib.sha256(task.content or b"").hexdigest()
    try:
        if task.path.stat().st_size > MAX_BYTES:
            return None
        with task.path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None


def _has_report(state: _Pass, sha256: str | None) -> bool:
    """Whether these bytes gave a report that need not be read again."""
    if sha256 is None:
        return False
    if state.options.force:
        return _half(sha256) in state.reread
    known = state.store.known_source(sha256)
    if known is None or known.report_id is None or known.outcome not in {Outcome.OK, Outcome.PARTIAL}:
        return False
    return known.versions == state.current_versions()


def _half(sha256: str) -> bytes:
    return bytes.fromhex(sha256)[:16]


def _settled(
    state: _Pass, workers: Workers[Task, Reading], results: Iterable[tuple[Found, Reading | NianbaoError]]
) -> Iterator[tuple[Found, Reading | NianbaoError]]:
    """The results, with what becomes of copies. A copy of bytes that gave no report is read after all: its name, or what lies
    beside it, may say more."""
    with_report: set[str | None] = set()
    for found, result in results:
        task = state.copies.pop(found.location, None)
        hashed = result.sha256 if isinstance(result, Reading) else None
        if task is not None and hashed not in with_report and not _has_report(state, hashed):
            ((_, result),) = workers.run([Job(found, found.location, task)])
        if isinstance(result, Reading) and result.report is not None:
            with_report.add(result.sha256)
        yield found, result


def _record(state: _Pass, done: Iterable[tuple[Found, Reading | NianbaoError]]) -> None:
    """Writes the outcomes of files, in one transaction, and counts them."""
    written = [(found, result, item) for found, given in done for result, item in _outcome(state, found, given)]
    if not written:
        return
    recorded = state.store.record_all(state.run(), [(item, result.report) for _, result, item in written])
    state.under_way.difference_update(result.sha256 for _, result, _ in written if result.sha256)
    for (found, result, _), each in zip(written, recorded, strict=True):
        state.summary.count(found.location, result, each)
        state.left |= each.left


def _outcome(state: _Pass, found: Found, result: Reading | NianbaoError) -> Iterator[tuple[Reading, RunItem]]:
    """What is to be recorded of a file; nothing where only its time had changed."""
    if isinstance(result, NianbaoError):
        result = Reading(None, outcome_of(result), None, str(result))
    if state.options.force and (sha256 := result.sha256) is not None:
        if _half(sha256) in state.reread and not found.is_stated:
            result = Reading(sha256, Outcome.DUPLICATE)
        elif result.report is not None:
            state.reread.add(_half(sha256))
    if result.outcome is None:
        state.store.touch(found.location, size=found.size, mtime_ns=found.stamp)
        state.summary.unchanged += 1
        return
    yield (
        result,
        RunItem(
            location=found.location,
            outcome=result.outcome,
            sha256=result.sha256,
            size=found.size,
            mtime_ns=found.stamp,
            versions=state.current_versions(),
            seconds=round(result.seconds, 3),
            reason=result.reason,
            stated=found.is_stated,
        ),
    )


def _finish(state: _Pass) -> None:
    """Applies the corrections; compares the years of every agency that this run touched, or a run before it that was
    killed; then closes those runs. Until then they count as unfinished, so that a kill in here is made good by the
    next run. One that was not killed but still goes on is opened again by the next file that it records."""
    from pipeline.ingest.years import check_years

    store = state.store
    corrected = _correct(state)
    killed = [run.id for run in store.runs() if run.finished is None and run.id != state.run_id]
    mine = [] if state.run_id is None else [state.run_id]
    subjects = {subject for run_id in (*killed, *mine) for subject in store.agencies_of_run(run_id)}
    subjects |= state.left
    if corrected or killed:
        subjects.update(store.corrected_agencies())
    state.summary.years_findings = check_years(store, subjects)
    for run_id in killed:
        store.finish_run(run_id, interrupted=True)
    for run_id in mine:
        store.finish_run(run_id, skipped=state.summary.unchanged, interrupted=state.summary.interrupted)


def _correct(state: _Pass) -> bool:
    """Applies the files of corrections, and tells whether any is another than before. They are a layer over what is
    read, so it is all one when that happens; the run then is unfinished until the years were compared with them."""
    summary = state.summary
    given = list(state.options.corrections)
    for path in state.beside.paths:
        try:
            given.append(read_file(path))
        except BadInput as error:
            summary.refused.append(str(error))
    before = state.store.correction_files()
    changed = any(before.get(file.path) != file.sha256 for file in given)
    if changed:
        state.run()
    for file in {file.path: file for file in given}.values():
        applied = state.store.apply_corrections(file.path, file.sha256, file.corrections)
        summary.corrections += applied.added + applied.kept
    summary.stale = stale_files(state.store)
    return changed


def stale_files(store: Store) -> list[str]:
    """The names of files that corrections speak of, where other bytes have taken their place."""
    stale = (stored.file or "" for stored in store.corrections() if stored.standing is Standing.STALE)
    return sorted(set(stale))
