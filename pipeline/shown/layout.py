"""A report as a person would read it: the forms laid out as printed, states visible, findings marked at their cells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any, TextIO

from db.records import Settled, Standing, StoredCorrection, StoredFinding
from parsers.forms import form_of
from parsers.forms.form import Label, Layout, Table
from parsers.report import Cell, CellKey, CellState, Fact, Finding, Report, Severity
from pipeline.shown.output import (
    SIGNS,
    SIGNS_EXPLAINED,
    Format,
    counted,
    marked,
    plain,
    print_rows,
    print_title,
    shown,
    shown_reading,
)

LEGEND = f"{SIGNS_EXPLAINED}   [n] see finding or correction n"

Marks = Mapping[str, Sequence[int]]
Judged = tuple[Finding, Settled | None]


def print_report(
    report: Report,
    out: TextIO,
    form: Format = Format.TABLE,
    stored: Sequence[StoredFinding] | None = None,
    corrections: Sequence[StoredCorrection] = (),
) -> None:
    """Prints identity, tables, facts, findings, what people said of its cells, and sections of a report.

    ``stored`` are its findings in the store, which know what people settled, and those over the years; without them
    the report's own are printed. Where a correction speaks of a cell, its figure is shown in the table.
    """
    _print_identity(report, out)
    findings = (
        [(finding, None) for finding in report.findings]
        if stored is None
        else [(each.finding, each.settled) for each in stored]
    )
    marks = _marks(findings)
    for number, each in enumerate(corrections, len(findings) + 1):
        marks[str(each.correction.key)].append(number)
    as_read = {cell.key: cell for cell in report.cells}
    said = {each.correction.key: each.correction for each in corrections}
    cells = {
        key: replace(cell, state=said[key].state, value=said[key].value) if key in said else cell
        for key, cell in as_read.items()
    }
    known = form_of(report.identity.edition or "")
    for table in known.tables if known is not None else ():
        print_title(f"\n{table.label}（单位：{table.unit}）", out)
        for columns, rows in _grids(table, cells, marks):
            print_rows(columns, rows, form, to=out)
            out.write("\n")
    if cells:
        out.write(LEGEND + "\n")
    if report.facts:
        print_title(f"\nFacts ({len(report.facts)})", out)
        if form is Format.TABLE:
            _print_sentences(report.facts, out)
        facts = [(f.metric, f.channel, f.value, f.unit, f.role, f.year, f.surface) for f in report.facts]
        print_rows(("metric", "channel", "value", "unit", "role", "year", "surface"), facts, form, to=out)
    print_findings(findings, out)
    if corrections:
        _print_corrections(corrections, len(findings) + 1, as_read, out)
    if report.sections:
        print_title("\nSections", out)
        sections = [(s.key, "  " * (s.level - 1) + s.heading, s.span.end - s.span.start) for s in report.sections]
        print_rows(("section", "heading", "characters"), sections, form, to=out)


def print_findings(findings: Sequence[Judged], out: TextIO) -> None:
    """The findings by number, each with what people's corrections made of it."""
    print_title(f"\nFindings ({len(findings)})", out)
    for number, (finding, settled) in enumerate(findings, 1):
        mark = f" · {settled}" if settled else ""
        out.write(f"[{number}] {finding.severity} · {finding.whose}{mark} · {finding.rule}: {finding.message}\n")
    if not findings:
        out.write("none\n")


def _print_corrections(
    corrections: Sequence[StoredCorrection], first: int, as_read: Mapping[CellKey, Cell], out: TextIO
) -> None:
    print_title(f"\nCorrections ({len(corrections)})", out)
    for number, stored in enumerate(corrections, first):
        c = stored.correction
        seen = SIGNS.get(c.state) or shown(c.value)
        stale = "" if stored.standing is Standing.IN_FORCE else f" ({stored.standing})"
        read = "" if stored.agrees or c.key not in as_read else f", read as {shown_reading(as_read[c.key])}"
        out.write(f"[{number}] {c.verdict}{stale} · the page prints {seen}{read} · {c.who}, {c.when}: {c.why}\n")


def correction_json(stored: StoredCorrection) -> dict[str, Any]:
    """A correction as ``show --format json`` gives it."""
    c = stored.correction
    return {
        "table": c.key.table,
        "row": c.key.row,
        "column": c.key.column,
        "state": c.state.value,
        "value": plain(c.value),
        "printed": c.printed,
        "verdict": c.verdict.value,
        "who": c.who,
        "when": c.when.isoformat(),
        "why": c.why,
        "standing": stored.standing.value,
    }


def print_summary(report: Report, out: TextIO) -> None:
    """A few lines: whose report it is, how much of the form was read, and what a person should look at."""
    _print_identity(report, out)
    states = {state: sum(cell.state is state for cell in report.cells) for state in CellState}
    counts = ", ".join(f"{count} {state}" for state, count in states.items() if count)
    out.write(f"cells     {len(report.cells)}: {counts}\n" if report.cells else "cells     none\n")
    out.write(f"facts     {len(report.facts)}\n")
    serious = sum(finding.severity is Severity.ERROR for finding in report.findings)
    out.write(f"findings  {len(report.findings)}, of them {counted(serious, 'error')}\n")
    if report.findings:
        print_findings([(finding, None) for finding in report.findings], out)


def _print_identity(report: Report, out: TextIO) -> None:
    identity, source = report.identity, report.source
    print_title(f"{identity.agency or 'agency not found'} · {identity.year or 'year not found'}", out)
    place = " ".join(part for part in (identity.place.province, identity.place.city, identity.place.county) if part)
    pages = f", {source.pages} pages" if source.pages else ""
    lines = {
        "title": identity.title,
        "edition": identity.edition,
        "scope": identity.scope.value,
        "place": place,
        "source": f"{source.name} ({source.media_type}{pages}), read by {source.reader}",
    }
    for name, value in lines.items():
        if value:
            out.write(f"{name:<10}{value}\n")


def _print_sentences(facts: Sequence[Fact], out: TextIO) -> None:
    """Each sentence that states figures, under its heading, with the figures marked."""
    heading: str | None = None
    for sentence, stated in groupby(facts, key=lambda fact: fact.sentence):
        first, *others = stated
        if first.section and first.section != heading:
            heading = first.section
            out.write(f"{heading}\n")
        spans: list[tuple[int, int]] = []
        at = 0
        for fact in (first, *others):
            start = sentence.find(fact.surface, at)
            if start >= 0:
                at = start + len(fact.surface)
                spans.append((start, at))
        out.write(f"  {marked(sentence, spans, out)}\n")
    out.write("\n")


def _marks(findings: Sequence[Judged]) -> dict[str, list[int]]:
    marks: dict[str, list[int]] = defaultdict(list)
    for number, (finding, _) in enumerate(findings, 1):
        for place in dict.fromkeys(finding.where):
            marks[place].append(number)
    return marks


def _grids(table: Table, cells: Mapping[CellKey, Cell], marks: Marks) -> Iterator[tuple[list[str], list[list[str]]]]:
    """Header and rows of each grid that the form prints for a table."""
    if table.layout is Layout.BLOCKS:
        for block in table.blocks:
            rows = [table.row(key) for key in block.rows]
            yield _grid(table, block.label, rows, [table.column(key) for key in block.columns], cells, marks, 1)
    else:
        yield _grid(table, "", table.rows, table.columns, cells, marks, 0)


def _grid(
    table: Table,
    corner: str,
    rows: Sequence[Label],
    columns: Sequence[Label],
    cells: Mapping[CellKey, Cell],
    marks: Marks,
    outermost: int,
) -> tuple[list[str], list[list[str]]]:
    lines: list[list[str]] = []
    above: tuple[str, ...] = ()
    for row in rows:
        path = row.path[outermost:]
        for depth, label in enumerate(path[:-1]):
            if path[: depth + 1] != above[: depth + 1]:
                lines.append(["  " * depth + label, *[""] * len(columns)])
        above = path
        figures = [_figure(cells.get(CellKey(table.key, row.key, column.key)), marks) for column in columns]
        unit = f"（{row.unit}）" if row.unit else ""
        lines.append(["  " * (len(path) - 1) + path[-1] + unit, *figures])
    return [corner, *(column.leaf for column in columns)], lines


def _figure(cell: Cell | None, marks: Marks) -> str:
    if cell is None:
        return SIGNS[CellState.ABSENT]
    text = SIGNS.get(cell.state) or shown(cell.value)
    numbers = marks.get(str(cell.key))
    return f"{text} [{','.join(map(str, numbers))}]" if numbers else text
