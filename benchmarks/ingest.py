"""What ``nianbao ingest`` costs: ``python -m benchmarks.ingest --count 300``.

Ratios from one run on one machine, start-up included in all: time with one worker over time with several (aim: close to
the number of workers), a run over the unchanged folder over the first run (aim: below 0.02), and what the writer does for
a report, without and with the workers' share. On a machine that does other work as well the clock says little; what
several workers cost more than one by processor time, and the share of it that the one writer has, say what more workers
would give. ``--flat N`` reads N and ten times as many small files, each different,
and compares the memory of the process that writes (aim: the same), when they are new and when they are unchanged.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

from corpus.specimens import build
from db import Outcome, RunItem, Store
from db.encode import rows_of
from parsers import parse_report
from pipeline.ingest.workers import processors

MOST_OF_FIRST = 0.02
TOGETHER = 8
"""Reports in one transaction, as when workers are faster than the writer."""
SMALL = (".txt", ".md", ".html", ".htm")

PROGRAM = """
import sys, time
from pathlib import Path
from pipeline.cli import run
status = run(sys.argv[1:])
peak = Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]
print(time.process_time(), peak, file=sys.stderr)
sys.exit(status)
"""
"""The command as a person runs it; then what it took itself, workers left out: processor seconds, and the peak of its
memory in KB (Linux)."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds on the clock, seconds of processors (workers' and all; and of them those of the process that writes), and
    the peak of the memory of the process that writes in MB."""

    seconds: float
    work: float
    writer: float
    memory: float


def ingest(folder: Path, database: Path, jobs: int) -> Cost:
    """What one ingest costs."""
    command = [
        *(sys.executable, "-c", PROGRAM, "ingest", str(folder), "--db", str(database)),
        *("--jobs", str(jobs), "--quiet"),
    ]
    started, worked = time.perf_counter(), _worked()
    done = subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit(f"an ingest failed: {done.stderr}")
    writer, peak = done.stderr.split()[-2:]
    return Cost(time.perf_counter() - started, _worked() - worked, float(writer), int(peak) / 1024)


def _worked() -> float:
    """Processor seconds of all processes that this one started and that have ended."""
    times = os.times()
    return times.children_user + times.children_system


def writing(folder: Path, database: Path) -> tuple[float, float]:
    """Processor seconds a report: what the writer does, and what a worker does to prepare it."""
    files = [path for path in sorted(folder.iterdir()) if path.suffix in SMALL]
    reports = [parse_report(path) for path in files]
    started = time.process_time()
    given = [
        (RunItem(str(path), Outcome.OK, each.source.sha256, 1, 2, each.versions), rows_of(each))
        for path, each in zip(files, reports, strict=True)
    ]
    prepared = time.process_time()
    with Store.open(str(database)) as store:
        run = store.begin_run("benchmark", given[0][1].versions)
        opened = time.process_time()
        for start in range(0, len(given), TOGETHER):
            store.record_all(run, given[start : start + TOGETHER])
        stored = time.process_time()
    return (stored - opened) / len(given), (prepared - started) / len(given)


def multiply(models: list[Path], folder: Path, count: int) -> None:
    """Fills a folder with copies of small files, each with other bytes and of another agency."""
    folder.mkdir()
    for number, model in enumerate(islice(cycle(models), count)):
        content = model.read_text("utf-8")
        (folder / f"{number:06}{model.suffix}").write_text(content.replace("局", f"局第{number}所"), "utf-8")


def _is_utf8(path: Path) -> bool:
    content = path.read_bytes()
    try:
        return b"\0" not in content and bool(content.decode("utf-8"))
    except UnicodeDecodeError:
        return False


def flat(folder: Path, count: int, jobs: int) -> None:
    """Prints the memory for ``count`` files and for ten times as many."""
    models = [path for path in sorted(folder.iterdir()) if path.suffix in SMALL and _is_utf8(path)]
    for files in (count, 10 * count):
        copies, database = folder.parent / str(files), folder.parent / f"{files}.db"
        multiply(models, copies, files)
        first, again = ingest(copies, database, jobs), ingest(copies, database, jobs)
        (copies / "zz.txt").write_text("one more", "utf-8")
        more = ingest(copies, database, jobs)
        print(  # noqa: T201
            f"{files} files: {first.seconds:.1f} s; memory of the writer {first.memory:.0f} MB, unchanged "
            f"{again.memory:.0f} MB ({again.seconds:.2f} s), with one new file {more.memory:.0f} MB ({more.seconds:.2f} s)"
        )


def main() -> None:
    """Prints the times and the ratios."""
    parser = argparse.ArgumentParser(description="Scaling of ingest, the cost of a second run, memory.")
    parser.add_argument("--count", type=int, default=300, help="specimens (web pages, DOCX, text)")
    parser.add_argument("--jobs", type=int, default=processors())
    parser.add_argument("--flat", type=int, default=0, metavar="N", help="compare the memory for N and 10 N files")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "reports"
        build(folder, seed=1, count=given.count)
        one = ingest(folder, Path(name) / "one.db", 1)
        several = ingest(folder, Path(name) / "several.db", given.jobs)
        again = min(
            (ingest(folder, Path(name) / "several.db", given.jobs) for _ in range(3)), key=lambda c: c.seconds
        )
        size = sum(path.stat().st_size for path in Path(name).glob("several.db*"))
        stores, prepares = writing(folder, Path(name) / "written.db")
        print(  # noqa: T201
            f"{given.count} files: {one.seconds:.1f} s with 1 worker, {several.seconds:.1f} s with {given.jobs} "
            f"({one.seconds / several.seconds:.2f}x)"
        )
        share = several.writer / several.work
        print(  # noqa: T201
            f"by processor time: {several.work / one.work:.2f} times the work of 1 worker; {share:.0%} of it the writer's, "
            f"which keeps up with {(1 - share) / share:.1f} workers"
        )
        print(  # noqa: T201
            f"second run: {again.seconds:.2f} s, {again.seconds / one.seconds:.1%} of the first with 1 worker, "
            f"{again.seconds / several.seconds:.1%} with {given.jobs}; by processor time {again.work / several.work:.1%} "
            f"(aim {MOST_OF_FIRST:.0%})"
        )
        print(f"a report: {1000 * stores:.1f} ms in the writer, {1000 * prepares:.1f} ms to prepare in a worker")  # noqa: T201
        print(f"database: {size / given.count / 1024:.1f} KB a report")  # noqa: T201
        if given.flat:
            flat(folder, given.flat, given.jobs)


if __name__ == "__main__":
    main()
