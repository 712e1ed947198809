"""Rows recovered and time spent, ours beside other programs that find tables: ``python -m benchmarks.peers FOLDER``.

Over the PDFs of a folder made by ``python -m corpus.specimens``, one process, files opened anew. A row of a form counts as
recovered when its figures are found in order in one row of a table: blanks are left out on both sides, since the
others have no columns of the form. Ours are judged by the same rule, on the cells that we read. Time is that of processors,
programs that a library starts (Java) included.

pdfplumber and PyMuPDF come with the project. ``pip install camelot-py tabula-py img2table`` adds the others (tabula
needs Java); one that is not installed is told so and left out.
"""

from __future__ import annotations

import argparse
import importlib
import logging
import os
import sys
import warnings
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


def camelot(flavor: str) -> Callable[[Path], Rows]:
    """The rows of camelot's tables, found by ruling lines (``lattice``) or by blanks (``stream``)."""

    def rows(path: Path) -> Rows:
        found = importlib.import_module("camelot").read_pdf(str(path), pages="all", flavor=flavor)
        return [_printed(row) for table in found for row in table.df.astype(str).values.tolist()]

    return rows


def tabula(path: Path) -> Rows:
    """The rows of tabula's tables, ways of finding them left to it."""
    as_text = {"header": None, "dtype": str}
    found = importlib.import_module("tabula").read_pdf(str(path), pages="all", pandas_options=as_text, silent=True)
    return [_printed(row) for table in found for row in table.fillna("").astype(str).values.tolist()]


def img2table(path: Path) -> Rows:
    """The rows of img2table's tables: lines found in the picture of the page, text taken from the file."""
    document = importlib.import_module("img2table.document").PDF(str(path), pdf_text_extraction=True)
    pages = document.extract_tables(implicit_rows=False, borderless_tables=False)
    tables = [table for found in pages.values() for table in found]
    return [_printed(cell.value for cell in row) for table in tables for row in table.content.values()]


PEERS: dict[str, tuple[str, Callable[[Path], Rows]]] = {
    "ours": ("parsers", ours),
    "pdfplumber": ("pdfplumber", plumber),
    "PyMuPDF find_tables": ("pymupdf", mupdf),
    "camelot lattice": ("camelot", camelot("lattice")),
    "camelot stream": ("camelot", camelot("stream")),
    "tabula": ("tabula", tabula),
    "img2table": ("img2table", img2table),
}
"""Each with the library that it needs."""


def _worked() -> float:
    """Processor seconds of this process and of those that it started."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


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
    sys.stdout.write(f"{len(golds)} files\n{'':22}{'rows':>8}{'of':>8}{'%':>8}{'seconds':>10}{'failed':>8}\n")
    for name, (library, work) in PEERS.items():
        try:
            importlib.import_module(library)
        except ImportError as error:
            sys.stdout.write(f"{name:22}not installed ({error})\n")
            continue
        found = wanted = failed = 0
        seconds = 0.0
        for gold in golds:
            rows: Rows = []
            start = _worked()
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    rows = work(options.folder / gold.file)
            except Exception:  # a file that another program does not survive is one that it did not read
                failed += 1
            seconds += _worked() - start
            some, all_ = recovered(gold, rows)
            found, wanted = found + some, wanted + all_
        sys.stdout.write(
            f"{name:22}{found:8}{wanted:8}{100 * found / max(wanted, 1):8.1f}{seconds:10.1f}{failed:8}\n"
        )
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
