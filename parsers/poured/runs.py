"""The figures of a table that was poured out, run by run, as they stand among the lines of a text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

import regex

from parsers.align.labels import PIECES, LabelSet, bare, likenesses
from parsers.align.loose import tokens_of
from parsers.align.printed import PrintedCell
from parsers.document import Document, GridKind, Line, Span
from parsers.figures import Content, content_of, read_figure
from parsers.forms.form import Numbers, Table
from parsers.poured.search import Run
from parsers.report import CellState
from parsers.sections import sections_of
from parsers.text import fold, is_numbered

_WORD = regex.compile(r"\S+")
_SHORTEST = 5
"""Signs by which the first line of a label is known that was broken over several."""
_BEHIND_TABLES = ("problems", "other")
"""The chapters behind the tables: figures of theirs that stand on lines of their own were poured out late."""


@dataclass(frozen=True, slots=True)
class Poured:
    """Runs of figures, and the cells in which these are printed, in the order of all runs."""

    runs: tuple[Run, ...]
    cells: tuple[PrintedCell, ...]

    def values(self, figures: Sequence[int]) -> list[int]:
        """What these figures, by their number, say."""
        said = [value for run in self.runs for value in run.values]
        return [said[figure] for figure in figures]


def poured_from(document: Document, matrix: Table, line: Table) -> Iterator[Poured]:
    """What stands behind each place at which the table may begin: the first words of its corner, its banner or its first row."""
    starts: dict[str, int] = {}
    lines = list(_lines_of(document))
    for printed in lines:
        words = printed.span.of(document.text)
        text, first = fold(words), fold("".join(words.split()[:1]))
        for label in _first_labels(matrix):
            if text.startswith(label) or (len(first) >= _SHORTEST and label.startswith(first)):
                starts.setdefault(label, printed.span.start)
    end = next((s.span.start for s in sections_of(document) if s.key in _BEHIND_TABLES), len(document.text))
    counts: set[int] = set()
    for start in sorted(set(starts.values())):
        behind = [printed for printed in lines if printed.span.start >= start]
        poured = _poured(document, behind, matrix, line, end)
        if len(poured.cells) not in counts:  # else no figure stands between this place and the last one
            counts.add(len(poured.cells))
            yield poured


def _lines_of(document: Document) -> Iterator[Line]:
    """The lines of a text, those of its tables too: each row is a line with empty lines around it."""
    for block in document.blocks():
        if isinstance(block, Line):
            yield block
        elif block.kind.is_printout or block.kind is GridKind.DELIMITED:
            start = block.span.start
            for row in block.span.of(document.text).split("\n"):
                yield Line(Span(start, start + len(row)), gap=1)
                start += len(row) + 1


@cache
def _first_labels(matrix: Table) -> tuple[str, ...]:
    return tuple(
        fold(text) for text in (*matrix.corner, *matrix.banners, *matrix.rows[0].spellings) if len(text) >= _SHORTEST
    )


@cache
def labels_of(table: Table) -> tuple[LabelSet, LabelSet]:
    """The labels of the rows and those of the columns of a table."""
    return LabelSet.of([row.spellings for row in table.rows]), LabelSet.of([c.spellings for c in table.columns])


def _poured(document: Document, lines: Sequence[Line], matrix: Table, line: Table, end: int) -> Poured:
    groups = {bare(row.path[0]) for row in line.rows}
    runs: list[list[PrintedCell]] = []
    about: list[Run] = []
    ends: list[set[int]] = []
    words: list[str] = []
    goes_on = attached = below = False
    for number, printed in enumerate(lines):
        if printed.gap:
            goes_on = attached = False
        tokens = list(parted_tokens(printed, document.text))
        if printed.span.start >= end and any(token.content is Content.WORDS for token in tokens):
            goes_on = attached = False
            continue
        for token in tokens:
            if token.content is Content.WORDS:
                below = below or any(group in bare(token.text) for group in groups)
                words.append(token.text)
                goes_on, attached = False, True
            elif _value(token) is not None:
                if not goes_on:
                    runs.append([])
                    about.append(_about(matrix, words if attached else (), below))
                    ends.append(set())
                runs[-1].append(token)
                ends[-1].add(number)
                words, goes_on = [], True
    return Poured(
        tuple(
            replace(its, values=tuple(_value(token) or 0 for token in run), lines=len(on))
            for run, its, on in zip(runs, about, ends, strict=True)
        ),
        tuple(token for run in runs for token in run),
    )


def parted_tokens(line: Line, text: str) -> Iterator[PrintedCell]:
    """The cells that a line seems to consist of, each figure one: two side by side may be one cell elsewhere; here it is their
    places that are looked for."""
    for token in tokens_of(line, text):
        if token.content is Content.WORDS:
            yield token
            continue
        for word in _WORD.finditer(token.text):
            place = Span(token.span.start + word.start(), token.span.start + word.end())
            yield replace(token, text=word[0], span=place, content=content_of(word[0]))


def _value(token: PrintedCell) -> int | None:
    """The number that a cell says, 0 where it says that there is nothing; None for what is no whole number."""
    figure = read_figure(token.text, Numbers.WHOLE, "")
    if figure.state is CellState.DASH:
        return 0
    return int(figure.value) if figure.value is not None and figure.value == int(figure.value) else None


def _about(matrix: Table, words: Sequence[str], is_below: bool) -> Run:
    """What the words right before some figures tell of these."""
    row = column = None
    if words:
        rows, columns = labels_of(matrix)
        alike = likenesses(rows, tuple(words[-PIECES:]))
        over = likenesses(columns, tuple(words[-PIECES:]))
        if 1.0 in over and not is_numbered(fold(words[-1])):
            column = over.index(1.0)
        elif alike.count(1.0) == 1:
            row = alike.index(1.0)
    return Run((), row, column, 0, bool(words), is_below)
