"""What a night changed in the store: current reports before and after, compared cell by cell and fact by fact."""

from __future__ import annotations

import gzip
import hashlib
import json
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from pathlib import Path

from db import Store
from db.crawl.nights import Known, NightLog, Standing
from parsers.report import Cell, CellKey, CellState, Fact, Report
from pipeline.files import written
from pipeline.ingest.reading import what_is_missing
from pipeline.names.labels import name_of
from pipeline.nightly.digest import Change, ChangedReport, Figure, NewFinding, NewReport
from pipeline.shown.output import SIGNS, shown


@dataclass(frozen=True, slots=True)
class Before:
    """What stood before: reports by id, and findings by :func:`mark`. ``findings`` is None where they are not known:
    then those of the reports that did not change count as known."""

    reports: frozenset[int]
    findings: frozenset[str] | None = None


def before_now(log: NightLog) -> Before:
    """What stands at this moment."""
    return Before(frozenset(s.report_id for s in log.standing()), frozenset(map(mark, log.findings())))


def mark(finding: Known) -> str:
    """What makes two findings the same, in a few letters: whose report, which rule, what it says."""
    said = f"{finding.agency}|{finding.year}|{finding.scope}|{finding.rule}|{finding.message}"
    return hashlib.blake2b(said.encode("utf-8", "replace"), digest_size=8).hexdigest()


def write_before(path: Path, before: Before) -> None:
    """Keeps what stood before a night in a file, so that a night that was killed still knows it."""
    held = {"reports": sorted(before.reports), "findings": sorted(before.findings or ())}
    written(path, gzip.compress(json.dumps(held).encode()))


def read_before(path: Path) -> Before | None:
    """What :func:`write_before` kept; None when there is no such file, or it was cut off."""
    try:
        held = json.loads(gzip.decompress(path.read_bytes()))
        return Before(frozenset(held["reports"]), frozenset(held["findings"]))
    except (OSError, EOFError, ValueError, KeyError, TypeError):
        return None


@dataclass(frozen=True, slots=True)
class Changes:
    """What is new and what changed; ``findings`` are those that no report had before."""

    new: tuple[NewReport, ...]
    changed: tuple[ChangedReport, ...]
    findings: tuple[NewFinding, ...]


def changes(store: Store, before: Before, first_run: int) -> Changes:
    """What differs between ``before`` and now; re-readings count from the run ``first_run``."""
    log = NightLog(store)
    new: list[NewReport] = []
    changed: list[ChangedReport] = []
    touched: set[tuple[str | None, int | None, str]] = set()
    standing = log.standing()
    for report in standing:
        if report.report_id in before.reports:
            continue
        touched.add((report.agency, report.year, report.scope.value))
        old = next((i for i in log.versions_of(report) if i in before.reports), None)
        if old is None:
            new.append(_new(store, log, report))
        elif (found := _compared(store, log, old, report)) is not None:
            changed.append(found)
    changed += _reread(store, log, first_run, {s.report_id: s for s in standing if s.report_id in before.reports})
    return Changes(tuple(new), tuple(changed), tuple(_findings(log, before, touched)))


def _findings(
    log: NightLog, before: Before, touched: set[tuple[str | None, int | None, str]]
) -> Iterator[NewFinding]:
    for known in log.findings():
        if before.findings is None:
            if (known.agency, known.year, known.scope) not in touched:
                continue
        elif mark(known) in before.findings:
            continue
        yield NewFinding(known.agency, known.year, known.rule, known.severity.value, known.whose.value, known.message)


# -------------------------------------------------------------------- new reports


def _new(store: Store, log: NightLog, standing: Standing) -> NewReport:
    report = store.report_by_id(standing.report_id).report
    cells = {cell.key: cell for cell in report.cells}
    last = store.previous_year(standing.report_id)
    return NewReport(
        standing.report_id,
        standing.agency or report.identity.agency,
        standing.year,
        standing.scope.value,
        report.identity.title,
        tuple(log.places(standing.report_id)),
        tuple(_figures(cells, last[1] if last is not None else None)),
        what_is_missing(report),
    )


def _figures(cells: Mapping[CellKey, Cell], last: Mapping[CellKey, Cell] | None) -> Iterator[Figure]:
    for key, label in key_figures().items():
        if key in cells:
            before = None if last is None else _shown(last.get(key))
            yield Figure(str(key), label, _shown(cells[key]) or SIGNS[CellState.ABSENT], before)


@cache
def key_figures() -> Mapping[CellKey, str]:
    """The figures that are shown of a new report, with their short names."""
    data = tomllib.loads(files(__package__).joinpath("digest.toml").read_text(encoding="utf-8"))
    return {CellKey.parse(figure["key"]): figure["short"] for figure in data["figure"]}


# -------------------------------------------------------------------- changed reports


def _compared(store: Store, log: NightLog, old_id: int, standing: Standing) -> ChangedReport | None:
    """How the report that stands now differs from the one that stood before; None when it says the same."""
    old, new = store.report_by_id(old_id).report, store.report_by_id(standing.report_id).report
    replaced = not log.places(old_id)
    cells = tuple(changed_cells({c.key: c for c in old.cells}, {c.key: c for c in new.cells}))
    facts = tuple(changed_facts(old.facts, new.facts)) if replaced else ()
    wording = replaced and _prose(old) != _prose(new)
    if not (cells or facts or wording):
        return None
    why = "replaced" if replaced else "other copy"
    return _changed(log, standing, new.identity.title, why, cells, facts, wording)


def _changed(
    log: NightLog,
    standing: Standing,
    title: str | None,
    why: str,
    cells: tuple[Change, ...],
    facts: tuple[Change, ...] = (),
    wording: bool = False,
) -> ChangedReport:
    places = tuple(log.places(standing.report_id))
    agency, year, scope = standing.agency, standing.year, standing.scope.value
    return ChangedReport(standing.report_id, agency, year, scope, title, places, why, cells, facts, wording)


def changed_cells(old: Mapping[CellKey, Cell], new: Mapping[CellKey, Cell]) -> Iterator[Change]:
    """The cells that say something else, in the order of the form. How a number is spelt does not matter."""
    for key in dict.fromkeys((*new, *old)):
        one, other = old.get(key), new.get(key)
        if (one and (one.state, one.value)) != (other and (other.state, other.value)):
            yield Change(str(key), name_of(key), _shown(one), _shown(other))


def changed_facts(old: Iterable[Fact], new: Iterable[Fact]) -> Iterator[Change]:
    """The figures of the prose that say something else. What is stated once on either side is one change; the rest
    are figures that went and figures that came."""
    gone, come = Counter(map(_said, old)), Counter(map(_said, new))
    gone, come = gone - come, come - gone
    names = dict.fromkeys(name for name, _ in (*gone.elements(), *come.elements()))
    for name in names:
        before = [value for (n, value) in gone.elements() if n == name]
        after = [value for (n, value) in come.elements() if n == name]
        key, label = name[0], " · ".join(part for part in name if part)
        if len(before) == len(after) == 1:
            yield Change(key, label, before[0], after[0])
        else:
            yield from (Change(key, label, value, None) for value in before)
            yield from (Change(key, label, None, value) for value in after)


def _said(fact: Fact) -> tuple[tuple[str, ...], str]:
    name = (fact.metric, fact.channel or "", fact.subject or "", fact.kind.value, fact.role.value, str(fact.year))
    return name, f"{shown(fact.value)} {fact.unit}".rstrip()


def _reread(store: Store, log: NightLog, first_run: int, stood: Mapping[int, Standing]) -> Iterator[ChangedReport]:
    """Reports whose bytes are the same, and which came out otherwise."""
    cells: dict[int, list[Change]] = {}
    for found in log.reread(first_run):
        if found.report_id in stood:
            change = Change(str(found.key), name_of(found.key), _reading(*found.before), _reading(*found.after))
            cells.setdefault(found.report_id, []).append(change)
    for report_id, changed in cells.items():
        title = store.report_by_id(report_id).entry.title
        yield _changed(log, stood[report_id], title, "read anew", tuple(changed))


def _shown(cell: Cell | None) -> str | None:
    return None if cell is None else _reading(cell.state, cell.value)


def _reading(state: CellState | None, value: Decimal | None) -> str | None:
    """A figure, or the sign of a state without one and its word, as the sign alone is easily overlooked; None for no cell."""
    if state is None:
        return None
    return shown(value) if state is CellState.NUMBER else f"{SIGNS[state]} ({state.value})"


def _prose(report: Report) -> list[str]:
    """The words of the sections, without blanks. What surrounds the report on its page is no part of it, and the
    sections of the statutory tables are compared cell by cell."""
    tables = {cell.key.table for cell in report.cells}
    sections = (s for s in report.sections if s.key.partition(".")[0] not in tables)
    return ["".join(section.span.of(report.text).split()) for section in sections]
