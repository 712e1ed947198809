"""How ``nianbao ingest`` scales, and what a second run costs: ``python -m benchmarks.ingest --count 300``.

Ratios from one run on one machine: time with one worker over time with several (aim: close to the number of workers),
and a run over the unchanged folder over the first run (aim: below 0.02), start-up included in all.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from corpus.specimens import build

MOST_OF_FIRST = 0.02


def seconds(folder: Path, database: Path, jobs: int) -> float:
    """Time on the clock of one ingest, as a person runs it."""
    command = [
        sys.executable,
        "-m",
        "pipeline",
        "ingest",
        str(folder),
        "--db",
        str(database),
        "--jobs",
        str(jobs),
        "-q",
    ]
    started = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def main() -> None:
    """Prints the times and the two ratios."""
    parser = argparse.ArgumentParser(description="Scaling of ingest, and the cost of a second run.")
    parser.add_argument("--count", type=int, default=300, help="specimens (web pages, DOCX, text)")
    parser.add_argument("--jobs", type=int, default=2)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "reports"
        build(folder, seed=1, count=given.count)
        one = seconds(folder, Path(name) / "one.db", 1)
        several = seconds(folder, Path(name) / "several.db", given.jobs)
        again = min(seconds(folder, Path(name) / "several.db", given.jobs) for _ in range(3))
        size = sum(path.stat().st_size for path in Path(name).glob("several.db*"))
    print(f"{given.count} files: {one:.1f} s with 1 worker, {several:.1f} s with {given.jobs} ({one / several:.2f}x)")  # noqa: T201
    print(f"second run: {again:.2f} s, {again / several:.1%} of the first (aim {MOST_OF_FIRST:.0%})")  # noqa: T201
    print(f"database: {size / given.count / 1024:.1f} KB a report")  # noqa: T201


if __name__ == "__main__":
    main()
