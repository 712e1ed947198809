"""Which edition of the statutory form a report is in: its tables' labels first, then the notice that it quotes, then
the year. The labels and notices of an edition are data of its form."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import regex

from parsers.document import Document
from parsers.forms import Form, all_forms, form_of, forms_of_reports
from parsers.identity.folding import Folded
from parsers.identity.words import words
from parsers.report import Finding, Severity, Whose, Witness
from parsers.text import fold, without_numbering

DECISIVE = 2
"""So many labels of one edition decide (a single one occurs in prose about the form)."""
_SHORT_LINE = 24
"""Characters of a folded line up to which it can be a table's label that lost its table; the longest has 40, but is
found by its parts too."""
_BETWEEN_CELLS = regex.compile(r"[\s|｜]+")
PROSE_EDITION = "legacy"
"""Reports for years in which no form was part of them, without one that is attached."""


def labels_found(labels: tuple[str, ...], folded_text: str) -> int:
    """How many of the labels stand in a folded text."""
    return sum(label in folded_text for label in _folded(labels))


@lru_cache(maxsize=64)
def _folded(labels: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(fold, labels))


def edition_of_labels(document: Document) -> str | None:
    """The edition whose own labels stand in the grids, or, where grids have none, in short lines; None without. What is attached
    to a report tells only where no table of the report does."""
    grids = "\n".join(fold(cell.text) for grid in document.grids for cell in grid.cells)
    own, attached = forms_of_reports(), tuple(form for form in all_forms() if form.attached)
    if (found := _by_labels(grids, own)) is not None:
        return found
    if (found := _by_labels(_short_lines(document), own) or _by_labels(grids, attached)) is not None:
        return found
    return _by_labels(_cells_of_lines(document, attached), attached)


def edition_of_notices(head: Folded) -> str | None:
    """The newest edition whose notice the text quotes; brackets and 年 may be lost (〔202130号)."""
    prefix = regex.escape(words()["edition"]["notice"])
    for form in reversed(forms_of_reports()):
        for notice in form.recognise.notices:
            year, number = notice.split()
            if regex.search(rf"{prefix}\D{{0,3}}{year}\D{{0,3}}{number}号", head.text):
                return form.edition
    return None


def edition_of_year(year: int) -> str:
    """The edition in force for a report year; before the first form of a report, one in prose: a year does not tell whether
    anything is attached."""
    forms = [form for form in forms_of_reports() if form.first_year <= year]
    return forms[-1].edition if forms else PROSE_EDITION


def decide_edition(
    head: Folded, year: int | None, labelled: str | None
) -> tuple[str | None, tuple[Witness, ...], tuple[Finding, ...]]:
    """The edition with its witnesses, and a finding when it is not the one of the report year.

    ``labelled`` is what the labels of the tables say. Without them the newer of what notice and year say is taken: an
    old notice quoted from last year's text is a frequent slip.
    """
    noticed = edition_of_notices(head)
    by_year = edition_of_year(year) if year is not None else None
    witnesses = [
        Witness("edition", edition, source)
        for edition, source in ((labelled, "labels"), (noticed, "notice"))
        if edition is not None
    ]
    if labelled is not None:
        edition: str | None = labelled
    else:
        edition = max((e for e in (noticed, by_year) if e is not None), key=_age, default=None)
    return edition, tuple(witnesses), tuple(_findings(edition, year))


def _by_labels(folded_text: str, forms: Sequence[Form]) -> str | None:
    """The edition of which most labels are found, and enough of them; the newest of several."""
    counts = {form.edition: labels_found(form.recognise.labels, folded_text) for form in reversed(forms)}
    best = max(counts, key=lambda edition: counts[edition], default=None)
    return best if best is not None and counts[best] >= DECISIVE else None


def _short_lines(document: Document) -> str:
    """The lines that may be cells of a table that fell apart, run together, so that a label over two lines is whole."""
    lines = (fold(line.span.of(document.text)) for line in document.lines)
    return "".join(line if len(line) <= _SHORT_LINE else "\n" for line in lines)


def _cells_of_lines(document: Document, forms: Sequence[Form]) -> str:
    """The labels of these forms that lines are, or that stand in one between blanks: what sentences name (收到申请数为3件) is no
    table."""
    labels = {label for form in forms for label in _folded(form.recognise.labels)}
    pieces = (piece for line in document.lines for piece in _BETWEEN_CELLS.split(line.span.of(document.text)))
    texts = (without_numbering(fold(piece)).partition("(")[0].rpartition(":")[2] for piece in pieces)
    return "\n".join(dict.fromkeys(text for text in texts if text in labels))


def _age(edition: str) -> int:
    form = form_of(edition)
    return form.first_year if form is not None else 0


def _findings(edition: str | None, year: int | None) -> list[Finding]:
    if year is None or edition is None or covers(edition, year):
        return []
    expected = edition_of_year(year)
    message = (
        f"The report for {year} is in the form of edition {edition}; the form of that year is edition {expected}."
    )
    return [Finding("identity.edition_of_another_year", Severity.WARNING, Whose.AGENCY, message)]


def covers(edition: str, year: int) -> bool:
    """Whether a report for a year can be in an edition."""
    form = form_of(edition)
    if form is None:
        return edition_of_year(year) == PROSE_EDITION
    return form.first_year <= year and (form.last_year is None or year <= form.last_year)
