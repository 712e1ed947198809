"""Documents that look like an annual report and are none: guides, notices, news, parts of a year, empty forms.

A real report must never be refused, so a title decides only where no filled statutory table speaks against it.
"""

from __future__ import annotations

from itertools import islice, pairwise

import regex

from parsers.document import Document
from parsers.errors import NotAReport
from parsers.forms import forms_of_reports
from parsers.identity.announcements import announcements, end_of_preamble
from parsers.identity.editions import DECISIVE, labels_found
from parsers.identity.folding import fold_name
from parsers.identity.opening import Opening, opening_of
from parsers.identity.words import pattern, words
from parsers.identity.years import find_period
from parsers.report import Identity
from parsers.text import fold, is_numbered

_FIGURE = regex.compile(r"[+-]?\d[\d,.]*")
_SENTENCE = frozenset("。,;")
_LONGEST_TITLE = 80
_HEAD_LINES = 8
"""Lines in which a document's own title is looked for."""
_FILLED = 3
"""So many figures in grids, and a form is filled in: an example of how to fill it has one or two."""


def require_report(document: Document, identity: Identity) -> None:
    """Returns when the document is an annual report on disclosure (``identity`` is what :func:`identify` found in
    it); raises NotAReport, with the reason, when it is something else."""
    reason = _why_not(document, identity, opening_of(document.text))
    if reason is not None:
        raise NotAReport(f"{document.name}: {reason}.")


def _why_not(document: Document, identity: Identity, opening: Opening) -> str | None:
    head = opening.head.text
    title = fold_name(identity.title or "")
    in_title = next((line for line in _title_lines(head) if title and title in line), title)
    if (reason := _look_alike(in_title, always_only=True)) is not None:
        return reason
    if has_filled_form(document):
        return None
    if not head.strip():
        return "there is no text in it"
    if pattern("look_alike", "subject_words").search(head) is None:
        return "it says nothing about the disclosure of government information"
    chapters = len({found["words"] for found in pattern("look_alike", "chapters").finditer(head)})
    complete = bool(title) and identity.agency is not None and identity.year is not None
    if not (complete and chapters >= DECISIVE):
        own_title = fold_name((document.metadata.title or "")[:_LONGEST_TITLE])
        for line in (own_title, *_title_lines(head)):
            if line != title and (reason := _look_alike(line)) is not None:
                return reason
    if identity.agency is None and identity.year is None:
        return "it names no agency and no year; an empty template, perhaps"
    if not title and chapters < DECISIVE and not _says_what_it_is(opening):
        return "it has neither the title nor the sections of an annual report"
    return None


def _says_what_it_is(opening: Opening) -> bool:
    """Whether the text calls itself a report: 所列数据的统计期限自…年1月1日起至12月31日止, or 现公布…年度报告 in its preamble."""
    text = opening.body.text
    period = find_period(opening.body)
    if period is not None and period.one_year:
        sentence = text[max(text.rfind("。", 0, period.start), text.rfind("\n", 0, period.start)) + 1 : period.end]
        if pattern("look_alike", "period_of_data").search(sentence):
            return True
    return any(
        pattern("look_alike", "publishes").search(text[start : found.start()])
        or pattern("look_alike", "consists_of").match(text, found.end())
        for start, found in announcements(text, end_of_preamble(text))
    )


def has_filled_form(document: Document) -> bool:
    """Whether a table with figures that is part of a report stands in the document."""
    cells = [fold(cell.text) for grid in document.grids for cell in grid.cells]
    figures = (cell for cell in cells if _FIGURE.fullmatch(cell) is not None)
    if len(list(islice(figures, _FILLED))) < _FILLED:
        return False
    joined = "\n".join(cells)
    return any(labels_found(form.recognise.labels, joined) >= DECISIVE for form in reversed(forms_of_reports()))


def _look_alike(line: str, *, always_only: bool = False) -> str | None:
    """The reason why a document with this title is no report, or None."""
    for entry in words()["look_alike"]["titles"]:
        if (entry.get("always") or not always_only) and regex.search(entry["pattern"], line):
            return str(entry["reason"])
    return None


def _title_lines(head: str) -> list[str]:
    """The short lines at the start, and each with its next: a title may run over two. What is numbered is the heading of
    a part, as (一)健全公开制度."""
    lines = [line for line in head.split("\n")[:_HEAD_LINES] if line and len(line) <= _LONGEST_TITLE]
    lines = [line for line in lines if _SENTENCE.isdisjoint(line) and not is_numbered(line)]
    return [*lines, *map("".join, pairwise(lines))]
