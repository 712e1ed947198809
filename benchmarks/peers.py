"""Rows recovered and time spent, ours beside other programs that find tables: ``python -m benchmarks.peers FOLDER``.

Over the PDFs of a folder made by ``python -m corpus.specimens``, one process, files opened anew. A row of a form counts as
recovered when its figures are found in order in one row of a table: blanks are left out on both sides, since the
others have no columns of the form. Ours are judged by the same rule, on the cells that we read.
"""

from __future__ import annotations

import argparse
import importlib
import logging
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from corpus.gold import Gold, read_gold
from parsers import parse_report
from parsers.errors import NianbaoError
from parsers.forms import form_of
from parsers.forms.form import Layout

Rows = list[tuple[str, ...]]


def ours(path: Path) -> Rows:
    """The rows of our cells."""
    rows: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    try:
        for cell in parse_report(path).cells:
            rows[cell.key.table, cell.key.row].append(cell.raw)
    except NianbaoError:
        return []
    return [_printed(row) for row in rows.values()]


def plumber(path: Path) -> Rows:
    """The rows of pdfplumber's tables."""
    import pdfplumber

    with pdfplumber.open(path) as document:
        return [_printed(row) for page in document.pages for table in page.extract_tables() for row in table]


def mupdf(path: Path) -> Rows:
    """The rows of PyMuPDF's own table finder."""
    pymupdf = importlib.import_module("pymupdf")
    with pymupdf.open(path) as document:
        return [_printed(row) for page in document for table in page.find_tables().tables for row in table.extract()]


def _printed(row: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(text for cell in row if (text := "".join((cell or "").split())))


def _wanted(gold: Gold) -> Iterator[tuple[str, ...]]:
    """The figures of each row of the form's tables that have labels at the left, as printed; rows without any are left out."""
    form = form_of(gold.edition)
    for table in form.tables if form is not None else ():
        if table.layout is Layout.LINE:
            continue
        rows: defaultdict[str, list[str]] = defaultdict(list)
        for key, figure in gold.cells.items():
            if key.table == table.key:
                rows[key.row].append(figure.raw)
        yield from (row for figures in rows.values() if (row := _printed(figures)))


def recovered(gold: Gold, rows: Sequence[tuple[str, ...]]) -> tuple[int, int]:
    """How many rows of the form were recovered, of how many. Each row found counts once."""
    left = list(rows)
    wanted = list(_wanted(gold))
    count = 0
    for figures in wanted:
        found = next((row for row in left if row[-len(figures) :] == figures), None)
        if found is not None:
            left.remove(found)
            count += 1
    return count, len(wanted)


def main(arguments: list[str] | None = None) -> int:
    """Measures and prints."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--limit", type=int, help="only the first files")
    options = parser.parse_args(arguments)
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    importlib.import_module("pymupdf").no_recommend_layout()
    golds = [gold for gold in read_gold(options.folder / "gold.jsonl") if gold.file.endswith(".pdf")][: options.limit]
    peers: dict[str, Callable[[Path], Rows]] = {"ours": ours, "pdfplumber": plumber, "PyMuPDF find_tables": mupdf}
    sys.stdout.write(f"{len(golds)} files\n{'':22}{'rows':>8}{'of':>8}{'%':>8}{'seconds':>10}\n")
    for name, work in peers.items():
        found = wanted = 0
        seconds = 0.0
        for gold in golds:
            start = time.process_time()
            rows = work(options.folder / gold.file)
            seconds += time.process_time() - start
            some, all_ = recovered(gold, rows)
            found, wanted = found + some, wanted + all_
        sys.stdout.write(f"{name:22}{found:8}{wanted:8}{100 * found / max(wanted, 1):8.1f}{seconds:10.1f}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
