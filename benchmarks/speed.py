"""How fast we read, against yardsticks from the same run: ``python -m benchmarks.speed FOLDER``.

Processor time over the PDFs of a folder, one process, every file opened anew each time, file by file one after the other
so that a busy machine slows all alike: the words alone by PyMuPDF (a), our whole work (b), and two libraries that find
tables, pdfplumber and PyMuPDF itself (c). Our aims: b ≤ 3 a, and c ≥ 10 b for either library.

The figures are ratios, by the program that made the files, and by whether the first reading was enough: the median of the
files, which each of them counts in, and that of the sums, in which the slow ones count most. Then the start of the
command line, whose aim is 0.3 s.
"""

from __future__ import annotations

import argparse
import importlib
import logging
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any, ClassVar
from unittest.mock import patch

from parsers import parse_report
from parsers.document import Document
from parsers.errors import NianbaoError
from parsers.readers.pdf.again import SecondLook
from parsers.readers.pdf.libraries import FEW_TYPE3

MOST_OF_WORDS = 3
LEAST_OF_TABLES = 10
START_SECONDS = 0.3

ONCE = "read once"


@dataclass(frozen=True, slots=True)
class Cost:
    """What one file took, in seconds of processor time; ``second`` names the second reading that it had, if any."""

    producer: str
    second: str
    pages: int
    words: float
    ours: float
    plumber: float
    mupdf: float


def words(path: Path) -> None:
    """Yardstick (a): the words of every page."""
    with _opened(path) as document:
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
    with _opened(path) as document:
        for page in document:
            for table in page.find_tables().tables:
                table.extract()


def measured(path: Path, repeats: int) -> Cost:
    """What a file takes: of each piece of work the least of as many runs, the pieces taking turns."""
    second = second_reading(path)
    runs = [[seconds(work, path) for work in (words, ours, plumber_tables, mupdf_tables)] for _ in range(repeats)]
    with _opened(path) as document:
        producer, pages = producer_of(document), document.page_count
    return Cost(producer, second, pages, *map(min, zip(*runs, strict=True)))


def seconds(work: Callable[[Path], None], path: Path) -> float:
    """Processor time of one piece of work."""
    start = time.process_time()
    work(path)
    return time.process_time() - start


def producer_of(document: Any) -> str:
    """The program that says it wrote a PDF, without its version, and whether it drew its letters (Type 3 fonts)."""
    name = re.match(r"[A-Za-z]+", (document.metadata or {}).get("producer") or "")
    drawn = sum(font[2] == "Type3" for font in document.get_page_fonts(0)) if document.page_count else 0
    return (name[0] if name else "unnamed") + (", Type 3" if drawn > FEW_TYPE3 else "")


class _Recorded(SecondLook):
    """A second look that says what was asked of it."""

    asked: ClassVar[list[str]] = []

    def tables_by_library(self, pages: Collection[int]) -> Document | None:
        self.asked.append("the other library")
        return super().tables_by_library(pages)

    def tables_by_plumber(self, pages: Collection[int], strategy: str) -> Document | None:
        self.asked.append("pdfplumber")
        return super().tables_by_plumber(pages, strategy)


def second_reading(path: Path) -> str:
    """How a file is read: once, or a second time too, by what. All libraries that it needs are loaded afterwards."""
    _Recorded.asked.clear()
    with patch("parsers.readers.pdf.again.SecondLook", _Recorded):
        ours(path)
    return f"read again by {_Recorded.asked[-1]}" if _Recorded.asked else ONCE


def line(name: str, costs: Sequence[Cost]) -> str:
    """One row of the table: files, time a page, and each ratio by file (median) and in all."""
    base, mine = sum(c.words for c in costs), sum(c.ours for c in costs)
    ratios = (
        (median(c.ours / c.words for c in costs), mine / base),
        (median(c.plumber / c.ours for c in costs), sum(c.plumber for c in costs) / mine),
        (median(c.mupdf / c.ours for c in costs), sum(c.mupdf for c in costs) / mine),
    )
    pages = sum(c.pages for c in costs)
    figures = "".join(f"{one:9.1f} {whole:7.1f}" for one, whole in ratios)
    return f"{name:34}{len(costs):6}{1000 * base / pages:8.1f}{1000 * mine / pages:8.1f}{figures}\n"


def table(costs: Sequence[Cost]) -> Iterable[str]:
    """The table: by producer, by number of readings, all."""
    yield f"{'':34}{'files':>6}{'a':>8}{'b':>8}{'b / a':>17}{'pdfplumber / b':>17}{'PyMuPDF / b':>17}\n"
    yield f"{'':40}{'ms a page':>16}" + f"{'median':>9}{'sums':>8}" * 3 + "\n"
    for of in ("producer", "second"):
        for group in sorted({getattr(cost, of) for cost in costs}):
            yield line(group, [cost for cost in costs if getattr(cost, of) == group])
    yield line("all", costs)


def start_seconds(repeats: int = 5) -> float:
    """Processor time of ``nianbao --help``, the least of several runs; on an idle machine the clock says the same."""
    times = []
    for _ in range(repeats):
        before = os.times()
        subprocess.run([sys.executable, "-m", "pipeline", "--help"], check=True, capture_output=True)
        after = os.times()
        user, system = after.children_user - before.children_user, after.children_system - before.children_system
        times.append(user + system)
    return min(times)


def aims(costs: Sequence[Cost], start: float) -> dict[str, bool]:
    """Each aim, and whether it is met, by the median file."""
    return {
        f"b at most {MOST_OF_WORDS} times a": median(c.ours / c.words for c in costs) <= MOST_OF_WORDS,
        f"pdfplumber at least {LEAST_OF_TABLES} times b": median(c.plumber / c.ours for c in costs)
        >= LEAST_OF_TABLES,
        f"PyMuPDF at least {LEAST_OF_TABLES} times b": median(c.mupdf / c.ours for c in costs) >= LEAST_OF_TABLES,
        f"start within {START_SECONDS} s": start <= START_SECONDS,
    }


def _opened(path: Path) -> Any:
    return importlib.import_module("pymupdf").open(path)


def main(arguments: list[str] | None = None) -> int:
    """Measures and prints; exits with 1 when an aim is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__)
    parser.add_argument("folder", type=Path, help="folder with PDF files")
    parser.add_argument("--only", default="", help="files whose name contains this")
    parser.add_argument("--limit", type=int, help="only the first files")
    parser.add_argument("--repeats", type=int, default=3, help="runs of each; the least counts")
    options = parser.parse_args(arguments)
    paths = sorted(path for path in options.folder.glob("*.pdf") if options.only in path.name)[: options.limit]
    if not paths:
        parser.error(f"{options.folder}: no PDF here whose name contains {options.only!r}")

    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # thousands of warnings on Type 3 fonts
    importlib.import_module("pymupdf").no_recommend_layout()
    measured(paths[0], 1)  # libraries are loaded before the clock counts
    costs = [measured(path, options.repeats) for path in paths]
    start = start_seconds()

    write = sys.stdout.write
    write(f"{len(costs)} files, {sum(cost.pages for cost in costs)} pages; processor time\n")
    for row in table(costs):
        write(row)
    write(f"start of nianbao --help: {start:.2f} s\n")
    verdicts = aims(costs, start)
    for aim, met in verdicts.items():
        write(f"{'met   ' if met else 'missed'}  {aim}\n")
    return 0 if all(verdicts.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
