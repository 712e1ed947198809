"""How long people wait for answers: ``python -m benchmarks.questions DATABASE --reports 20000``.

A copy of a database (of specimens, say) is filled up to so many reports, by agencies that it does not have with reports of
six years each, copied row by row from those of the editions of these years. Then every question of the README, and every
view, is asked of it as ``nianbao sql`` would: in full, for a year, for an indicator, for an agency. Processor seconds.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

from db import Store

README = Path(__file__).parent.parent / "README.md"
EDITIONS = {2019: "2019", 2020: "2019", 2021: "2021", 2022: "2021", 2023: "2021", 2024: "2021"}
PARTS = ("cell", "cell_evidence", "section", "sentence", "fact", "witness", "note")
"""Tables of which a report's rows are copied as they are; its findings are numbered anew."""
INDICATOR = "indicator = 'requests/received.new/total'"
LONGEST = 600.0


def main() -> None:
    """Prints a line a question: how many rows it has, and how long they take."""
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("database", type=Path)
    arguments.add_argument("--reports", type=int, default=20_000)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "many.db"
        shutil.copy(given.database, path)
        with closing(sqlite3.connect(path)) as connection:
            agency = fill(connection, given.reports)
            connection.commit()
        with Store.open_readonly(str(path)) as store:
            print(f"{given.reports} reports, {path.stat().st_size / 2**20:.0f} MB\n\n   seconds      rows  question")  # noqa: T201
            for name, sql in questions(store, agency):
                seconds, rows = asked(store, sql)
                print(f"{seconds:10.2f}{rows:10}  {name}", flush=True)  # noqa: T201


def questions(store: Store, agency: str) -> Iterator[tuple[str, str]]:
    """The README's questions by their first line, then the views with and without conditions."""
    for number, sql in enumerate(re.findall(r"```sql\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL), 1):
        yield f"README {number}: {sql.splitlines()[0]}", sql.strip().rstrip(";")
    conditions = {"agency": f"agency = '{agency}'", "year": "year = 2022", "indicator": INDICATOR}
    for view in store.view_names():
        columns, _ = store.query(f"SELECT * FROM {view} LIMIT 0")
        for column, condition in conditions.items():
            if column in columns:
                yield f"{view} WHERE {condition}", f"SELECT * FROM {view} WHERE {condition}"
        yield f"{view}, counted", f"SELECT COUNT(*) FROM {view}"
        yield f"{view}, in full", f"SELECT * FROM {view}"


def asked(store: Store, sql: str) -> tuple[float, int]:
    """Processor seconds, and rows."""
    started = time.process_time()
    rows = sum(1 for _ in store.query(sql, limit_seconds=LONGEST)[1])
    return time.process_time() - started, rows


def fill(connection: sqlite3.Connection, reports: int) -> str:
    """Adds agencies until the database has so many reports; the name of the last one."""
    models = {edition: _models(connection, edition) for edition in set(EDITIONS.values())}
    agencies = connection.execute("SELECT province, city, county, level, field, place_code FROM agency").fetchall()
    (stored,) = connection.execute("SELECT COUNT(*) FROM report").fetchone()
    name, number = "", 0
    while stored + number < reports:
        name = f"第{number:06d}号机关"
        connection.execute(
            "INSERT INTO agency (name, province, city, county, level, field, place_code) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (name, *agencies[number % len(agencies)]),
        )
        (agency,) = connection.execute("SELECT MAX(id) FROM agency").fetchone()
        for year, edition in islice(EDITIONS.items(), reports - stored - number):
            number += 1
            model = models[edition][number * 7 % len(models[edition])]
            _copy(connection, model, agency, year, hashlib.sha256(str(number).encode()).hexdigest())
    return name


def _models(connection: sqlite3.Connection, edition: str) -> list[int]:
    """Reports to be copied: current ones of the bodies themselves."""
    wanted = "SELECT id FROM report WHERE edition = ? AND is_current = 1 AND scope = 'agency'"
    return [report for (report,) in connection.execute(wanted, (edition,))]


def _copy(connection: sqlite3.Connection, model: int, agency: int, year: int, sha256: str) -> None:
    source = _inserted(connection, "source", "(SELECT source_id FROM report WHERE id = ?)", model, sha256=sha256)
    report = _inserted(connection, "report", "?", model, source_id=source, agency_id=agency, year=year)
    for table in PARTS:
        names = [name for name in _columns(connection, table) if name != "report_id"]
        columns = ", ".join(f'"{name}"' for name in names)
        connection.execute(
            f"INSERT INTO {table} (report_id, {columns}) SELECT ?, {columns} FROM {table} WHERE report_id = ?",
            (report, model),
        )
    for (finding,) in connection.execute("SELECT id FROM finding WHERE report_id = ?", (model,)).fetchall():
        made = _inserted(connection, "finding", "?", finding, report_id=report)
        connection.execute(
            "INSERT INTO finding_place SELECT ?, position, indicator_id, place FROM finding_place WHERE finding_id = ?",
            (made, finding),
        )


def _inserted(connection: sqlite3.Connection, table: str, which: str, key: int, **other: object) -> int:
    """The number of a copy of a row, with other values in some columns."""
    names = [name for name in _columns(connection, table) if name not in {"id", *other}]
    columns, places = ", ".join(f'"{name}"' for name in names), ", ".join("?" * len(other))
    cursor = connection.execute(
        f"INSERT INTO {table} ({', '.join(other)}, {columns}) SELECT {places}, {columns} FROM {table} WHERE id = {which}",
        (*other.values(), key),
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]


if __name__ == "__main__":
    main()
