"""What people's corrections make of a report: which figures count, and which of its findings stand.

The cells stay as they were read, with the corrections in force beside them (``cell_correction``). The findings of the
reading stay too; a mark on each says what became of it once people looked. With the figures that they saw the form's
rules are tried again, so that a sum that was only misread is no contradiction any more, one that is printed wrong is
known to be, and a correction that breaks a sum shows. Everything here follows from cells, findings and corrections:
it is done anew when any of these change, in the same transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Connection, delete, select, update

from db import corrections
from db.decode import read_report
from db.encode import STATES, Row, finding_place_rows, finding_row, plain
from db.inserts import insert_many, insert_one
from db.records import Correction, Settled, StoredCorrection, Verdict
from db.schema import CELL_CORRECTION, CORRECTION, FINDING, FINDING_PLACE, REPORT, SOURCE
from db.vocabulary import numbers
from parsers.report import Cell, CellKey, Finding, Report, Whose

ORIGIN = "correction"
"""``finding.origin`` of what only the figures that people saw give."""

_Place = tuple[str, frozenset[str]]


def settle_documents(connection: Connection, hashes: Iterable[str]) -> None:
    """Settles the reports that were read from these bytes."""
    for sha256 in sorted(set(hashes)):
        of_bytes = select(REPORT.c.id).join(SOURCE, SOURCE.c.id == REPORT.c.source_id)
        for report_id in connection.execute(of_bytes.where(SOURCE.c.sha256 == sha256)).scalars().all():
            settle(connection, report_id)


def settle_all(connection: Connection) -> None:
    """Settles every report that corrections speak of: after a migration, which cannot know the rules."""
    settle_documents(connection, connection.execute(select(CORRECTION.c.sha256).distinct()).scalars())


def settle(connection: Connection, report_id: int) -> None:
    """Marks which findings of a report its corrections settle, and stores what the figures that people saw break."""
    of_report = FINDING.c.report_id == report_id
    connection.execute(delete(FINDING).where(of_report, FINDING.c.origin == ORIGIN))
    connection.execute(update(FINDING).where(of_report, FINDING.c.settled.is_not(None)).values(settled=None))
    connection.execute(delete(CELL_CORRECTION).where(CELL_CORRECTION.c.report_id == report_id))
    # Who speaks of a cell that the report does not have says nothing of it: without a row in ``cell_correction`` no
    # finding is settled, and the counts of findings that stand on the report itself hold (view ``finding_count``).
    given = [stored for stored in corrections.stored(connection, report_id) if stored.agrees is not None]
    report = read_report(connection, report_id) if given else None
    if report is None:
        return
    known = numbers(connection)
    insert_many(connection, CELL_CORRECTION, list(_rows(given, known)), report_id=report_id)
    marks, broken = judged(report, given)
    for position, mark in marks.items():
        this = of_report & (FINDING.c.origin == "report") & (FINDING.c.position == position)
        connection.execute(update(FINDING).where(this).values(settled=mark.value))
    for position, finding in enumerate(broken):
        row = {"report_id": report_id, "origin": ORIGIN, "position": position, **finding_row(finding)}
        finding_id = insert_one(connection, FINDING, row)
        insert_many(connection, FINDING_PLACE, finding_place_rows(finding, known), finding_id=finding_id)


def _rows(given: Iterable[StoredCorrection], known: Mapping[CellKey, int]) -> Iterator[Row]:
    """Rows of ``cell_correction``."""
    for stored in given:
        said = stored.correction
        yield {
            "indicator_id": known[said.key],
            "state": STATES[said.state],
            "value": said.value,
            "verdict": said.verdict.value,
            "replaces": int(not stored.agrees),
        }


def judged(report: Report, given: Sequence[StoredCorrection]) -> tuple[Mapping[int, Settled], list[Finding]]:
    """The findings of a report (by position) that corrections settle, and how; then the findings that only they give."""
    said = {stored.correction.key: stored.correction for stored in given}
    looked_at = {s.correction.key for s in given if s.agrees or s.correction.verdict is Verdict.CORRECTED}
    settled = set(map(str, looked_at))
    as_read = {cell.key: cell for cell in report.cells}
    counting = with_corrections(as_read, said)
    doubts = {place for finding in report.findings if finding.whose is Whose.READING for place in finding.cells}
    before = _checked(report, as_read, doubts)
    after = before if counting == as_read else _checked(report, counting, doubts - looked_at)
    marks: dict[int, Settled] = {}
    for position, finding in enumerate(report.findings):
        place = _place(finding)
        if place in before and place not in after:
            marks[position] = Settled.RESOLVED
        elif finding.where and settled.issuperset(finding.where):
            stands = place in after or finding.whose is Whose.AGENCY
            marks[position] = Settled.CONFIRMED if stands else Settled.RESOLVED
    return marks, [finding for place, finding in after.items() if place not in before]


def with_corrections(cells: Mapping[CellKey, Cell], said: Mapping[CellKey, Correction]) -> dict[CellKey, Cell]:
    """The cells with the figures that people saw, which count, in place of those that were read."""
    return {key: _seen(cell, said[key]) if key in said else cell for key, cell in cells.items()}


def _seen(cell: Cell, said: Correction) -> Cell:
    if (cell.state, cell.value) == (said.state, said.value):
        return cell
    return replace(cell, state=said.state, value=said.value, raw=said.printed or plain(said.state, said.value))


def _checked(report: Report, cells: Mapping[CellKey, Cell], doubts: Iterable[CellKey]) -> dict[_Place, Finding]:
    """What the form's rules find in these cells. The prose is not looked at: no correction speaks of it."""
    from parsers.checks import check
    from parsers.forms import form_of

    form = form_of(report.identity.edition or "")
    if form is None:
        return {}
    found = check(form, cells, identity=report.identity, doubts=set(doubts))
    return {_place(finding): finding for finding in found}


def _place(finding: Finding) -> _Place:
    """What makes two findings the same: the rule, and the cells concerned."""
    return finding.rule, frozenset(finding.where)
