"""What a report costs in the store: bytes, table by table, and milliseconds to record.

Run with ``python -m benchmarks.store_size [REPORTS]`` (2,000 by default). The reports are synthetic: a whole form of
the 2021 edition with evidence for every cell, mostly zeros as in real reports, a text of about 6,000 characters (form
and prose) that differs from report to report, seven sections, twelve facts in eight sentences, one finding.
"""

from __future__ import annotations

import hashlib
import random
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from decimal import Decimal
from pathlib import Path

from db import Outcome, RunItem, Store
from parsers.document import Box, Span
from parsers.forms import form_of
from parsers.report import (
    Bound,
    Cell,
    CellState,
    Evidence,
    Fact,
    FactKind,
    FactRole,
    Finding,
    Identity,
    Place,
    Report,
    Section,
    Severity,
    Source,
    Versions,
    Whose,
    Witness,
)

VERSIONS = Versions("1", "1", "1", "1")
CHARACTERS = 3_600
"""Length of the prose: the sample report in corpus/ has somewhat less, governments of cities have more."""


def synthetic(number: int) -> Report:
    """Report ``number``: three years of each agency, always the same for the same number."""
    chance = random.Random(number)
    form = form_of("2021")
    assert form is not None
    labels = [
        table.row(key.row).text + table.column(key.column).text for table in form.tables for key in table.cell_keys()
    ]
    # Prose is as hard to compress as text drawn from a vocabulary: words out of the labels, in random order.
    words = [label[i : i + 2] for label in labels for i in range(0, len(label) - 1, 2)]
    text = "".join(chance.choice(words) for _ in range(CHARACTERS // 2))
    for table in form.tables:
        for row in table.rows:
            text += "\n" + row.leaf + "".join(f"\t{_figure(chance)}" for _ in table.columns)
    cells = []
    for index, key in enumerate(form.cell_keys()):
        value = Decimal(_figure(chance))
        start = CHARACTERS + 12 * index
        x, y = 180 + 50.0 * (index % 7), 90.1 + 18.7 * (index // 7 % 36)
        box = Box(2 + index // 120, x, round(y, 1), round(x + 5.2, 1), round(y + 10.5, 1))
        unit = form.table(key.table).unit_of(key)
        cells.append(Cell(key, CellState.NUMBER, value, str(value), unit, Evidence(Span(start, start + 1), box)))
    year, agency = 2021 + number % 3, f"第{number // 3}号市公安局"
    sha256 = hashlib.sha256(str(number).encode()).hexdigest()
    return Report(
        source=Source(f"{agency}{year}年政府信息公开工作年度报告.pdf", sha256, "application/pdf", 6, "pymupdf"),
        identity=Identity(
            agency, agency, year, f"{agency}{year}年政府信息公开工作年度报告", "2021",
            place=Place("640500", "宁夏回族自治区", "中卫市"), level="city", field="police",
            witnesses=tuple(Witness(about, agency, "title", Span(0, 9)) for about in ("agency", "year", "edition")),
        ),
        text=text,
        sections=tuple(Section("overview", "主动公开政府信息情况", 1, Span(500 * i, 500 * i + 500)) for i in range(7)),
        cells=tuple(cells),
        facts=tuple(_fact(chance, text, index, year) for index in range(12)),
        findings=(
            Finding("req.row_sum", Severity.ERROR, Whose.AGENCY, "The total of a row equals the sum of its parts.",
                    ("requests/received.new/total",), Decimal(3), Decimal(2)),
        ),
        versions=VERSIONS,
    )  # fmt: skip


def _figure(chance: random.Random) -> int:
    """A figure as in real reports: four of five are 0."""
    return 0 if chance.random() < 0.8 else chance.randrange(1, 300)


def _fact(chance: random.Random, text: str, index: int, year: int) -> Fact:
    start = 120 * (index * 2 // 3)
    value = Decimal(chance.randrange(1, 5000))
    return Fact(
        "posts", "weibo", None, value, "篇", Bound.EXACT, FactKind.FLOW, FactRole.LEVEL, year, None, f"{value}篇",
        start, start + 5, text[start : start + 45], "主动公开政府信息情况", Box(1, 90.0, 100.0, 130.0, 112.5),
    )  # fmt: skip


def main(count: int) -> None:
    """Records this many reports into a new database and prints what they cost."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "size.db"
        with Store.open(str(path)) as store:
            empty = path.stat().st_size
            run = store.begin_run("benchmark", VERSIONS)
            seconds = 0.0
            for number in range(count):
                report = synthetic(number)
                item = RunItem(f"/data/reports/{number // 1000}/{report.source.name}", Outcome.OK, report.source.sha256,
                               300_000, 10**18 + number, VERSIONS, 0.2)  # fmt: skip
                began = time.process_time()
                store.record(run, item, report)
                seconds += time.process_time() - began
            store.finish_run(run)
            began = time.process_time()
            for entry in list(store.reports())[:200]:
                store.report_by_id(entry.id)
            reading = (time.process_time() - began) / min(count, 200)
        with closing(sqlite3.connect(path)) as connection:
            sizes = connection.execute(
                "SELECT coalesce(m.tbl_name, s.name), sum(s.pgsize) FROM dbstat AS s"
                " LEFT JOIN sqlite_master AS m ON m.name = s.name GROUP BY 1 ORDER BY 2 DESC"
            ).fetchall()
        total = path.stat().st_size
        sys.stdout.write(f"{count} reports: {(total - empty) / count:,.0f} bytes a report in the file\n")
        sys.stdout.write(
            f"record: {1000 * seconds / count:.1f} ms of processor time a report; read back: {1000 * reading:.1f} ms\n"
        )
        for table, size in sizes[:12]:
            sys.stdout.write(f"{size / count:10,.0f}  {table}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
