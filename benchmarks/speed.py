"""How fast we read, against yardsticks from the same run: ``python -m benchmarks.speed FOLDER``.

Processor time over the PDFs of a folder, one process, files opened anew each time: the words alone by PyMuPDF (a),
our whole work (b), and two libraries that find tables, pdfplumber and PyMuPDF itself (c). Our aims: b ≤ 3 a, and
10 b ≤ c. Then the start of the command line, whose aim is 0.3 s.
"""

from __future__ import annotations

import argparse
import importlib
import logging
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from parsers import parse_report
from parsers.errors import NianbaoError

MOST_OF_WORDS = 3
LEAST_OF_TABLES = 10
START_SECONDS = 0.3


def words(path: Path) -> None:
    """Yardstick (a): the words of every page."""
    pymupdf = importlib.import_module("pymupdf")
    with pymupdf.open(path) as document:
        for page in document:
            page.get_text("words")


def ours(path: Path) -> None:
    """Our work (b): from the file to the report."""
    try:
        parse_report(path)
    except NianbaoError as error:
        sys.stderr.write(f"{path.name}: {error}\n")


def plumber_tables(path: Path) -> None:
    """Yardstick (c): the tables of every page by pdfplumber."""
    import pdfplumber

    with pdfplumber.open(path) as document:
        for page in document.pages:
            page.extract_tables()


def mupdf_tables(path: Path) -> None:
    """Yardstick (c): the tables of every page by PyMuPDF."""
    pymupdf = importlib.import_module("pymupdf")
    with pymupdf.open(path) as document:
        for page in document:
            for table in page.find_tables().tables:
                table.extract()


def processor_seconds(work: Callable[[Path], None], paths: Sequence[Path], repeats: int) -> float:
    """The least processor time of several runs over all files; libraries are imported before the clock starts."""
    work(paths[0])
    times = []
    for _ in range(repeats):
        start = time.process_time()
        for path in paths:
            work(path)
        times.append(time.process_time() - start)
    return min(times)


def start_seconds(repeats: int = 5) -> float:
    """Median wall time of ``nianbao --help``."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-m", "pipeline", "--help"], check=True, capture_output=True)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main(arguments: list[str] | None = None) -> int:
    """Measures and prints; exits with 1 when an aim is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__)
    parser.add_argument("folder", type=Path, help="folder with PDF files")
    parser.add_argument("--only", default="", help="files whose name contains this")
    parser.add_argument("--limit", type=int, help="only the first files")
    parser.add_argument("--repeats", type=int, default=3, help="runs of (a) and (b); the least counts")
    options = parser.parse_args(arguments)
    paths = sorted(path for path in options.folder.glob("*.pdf") if options.only in path.name)[: options.limit]
    if not paths:
        parser.error(f"{options.folder}: no PDF here whose name contains {options.only!r}")

    pymupdf = importlib.import_module("pymupdf")
    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # thousands of warnings on Type 3 fonts
    pymupdf.no_recommend_layout()
    pages = 0
    for path in paths:
        with pymupdf.open(path) as document:
            pages += document.page_count
    base = processor_seconds(words, paths, options.repeats)
    mine = processor_seconds(ours, paths, options.repeats)
    plumber = processor_seconds(plumber_tables, paths, 1)
    mupdf = processor_seconds(mupdf_tables, paths, 1)
    start = start_seconds()

    write = sys.stdout.write
    write(f"{len(paths)} files, {pages} pages; processor time\n")
    write(f"{'':38}{'seconds':>9}{'ms/page':>9}{'/ (a)':>8}{'/ (b)':>8}\n")
    for name, seconds in (
        ("(a) words, PyMuPDF", base),
        ("(b) parse_report", mine),
        ("(c) extract_tables, pdfplumber", plumber),
        ("(c) find_tables, PyMuPDF", mupdf),
    ):
        rates = f"{seconds:9.2f}{1000 * seconds / pages:9.1f}{seconds / base:8.1f}{seconds / mine:8.1f}"
        write(f"{name:38}{rates}\n")
    write(f"{'start of nianbao --help, wall time':38}{start:9.2f}\n")
    met = mine <= MOST_OF_WORDS * base and LEAST_OF_TABLES * mine <= min(plumber, mupdf) and start <= START_SECONDS
    write("all aims met\n" if met else "an aim was missed\n")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
