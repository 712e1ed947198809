"""Tables as rows of printed cells: one shape for ruled grids, markup, delimited text and lines that fell apart.

A row knows every cell that covers it, those that began further up too, so that the group label of a merged cell
is seen by each of its rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import regex

from parsers.document import Box, Document, Grid, GridKind, Line, Span
from parsers.figures import Content, content_of
from parsers.text import fold, is_numbered

LOOSE = -1
"""The grid number of rows that were put together from lines outside any grid."""
LONGEST_TOKEN = 120
"""A line longer than this is prose, and no label of a table that fell apart (the longest label read had 110)."""


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """A cell as it stands in one row: text, evidence, the grid columns ``first … last - 1`` that it covers, and
    whether it began further up (``inherited``)."""

    text: str
    span: Span
    box: Box | None
    first: int
    last: int
    content: Content
    inherited: bool = False

    @property
    def holds_several(self) -> bool:
        """Whether several figures stand in it: a wall between them was not drawn, or not seen."""
        words = self.text.split()
        return len(words) > 1 and all(content_of(word) is Content.FIGURE for word in words)


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """The cells that cover one row, from left to right; ``grid`` is the number of the grid, or :data:`LOOSE`.

    The first ``label_end`` cells are the row's label, ``labels`` are its words, outermost first (none for a row
    without words); ``has_figures`` tells whether a figure stands behind it. Made by :meth:`of`.
    """

    grid: int
    kind: GridKind
    cells: tuple[PrintedCell, ...]
    label_end: int
    labels: tuple[str, ...]
    has_figures: bool

    @classmethod
    def of(
        cls, grid: int, kind: GridKind, cells: Iterable[PrintedCell], *, label_end: int | None = None
    ) -> PrintedRow:
        """A row of these cells. Where ``label_end`` is not known, the label goes up to the last words before the
        first figure; figures in front of the first words are a running number and belong to it."""
        placed = tuple(cells)
        end = _label_end(placed) if label_end is None else label_end
        return cls(
            grid,
            kind,
            placed,
            end,
            labels=_labels_of(placed[:end]),
            has_figures=any(cell.content is Content.FIGURE and not cell.inherited for cell in placed[end:]),
        )

    @property
    def values(self) -> tuple[PrintedCell, ...]:
        """The cells behind the label, blank ones included."""
        return self.cells[self.label_end :]

    @property
    def words(self) -> tuple[str, ...]:
        """The texts of all cells with words."""
        return tuple(cell.text for cell in self.cells if cell.content is Content.WORDS)

    @property
    def says_none(self) -> bool:
        """Whether signs for none stand in it as figures do: one alone may be anything."""
        return sum(cell.content is Content.DASH for cell in self.cells) > 1

    @property
    def own_words(self) -> tuple[str, ...]:
        """The texts of the cells with words that begin in this row."""
        return tuple(cell.text for cell in self.cells if cell.content is Content.WORDS and not cell.inherited)


def _labels_of(cells: Sequence[PrintedCell]) -> tuple[str, ...]:
    """The words of a label, outermost first. Where the cell of a group is merged over a row too many, it stands behind the row's own."""
    words = [cell for cell in cells if cell.content is Content.WORDS]
    if words and words[-1].inherited:
        words.sort(key=lambda cell: not cell.inherited)
    return tuple([cell.text for cell in words])


def _label_end(cells: Sequence[PrintedCell]) -> int:
    end = 0
    for index, cell in enumerate(cells):
        if cell.content is Content.WORDS:
            end = index + 1
        elif end and cell.content in (Content.FIGURE, Content.DASH) and not _is_of_label(cells, index):
            break
    return end


def _is_of_label(cells: Sequence[PrintedCell], index: int) -> bool:
    """Whether a cell holds a numeral in words of one sign (三) that is a line of a group's label printed upright: the label of
    the row stands right behind it."""
    cell, behind = cells[index], cells[index + 1 : index + 2]
    is_numeral = cell.content is Content.FIGURE and len(cell.text) == 1 and cell.text.isalpha()
    return is_numeral and any(other.content is Content.WORDS for other in behind)


def rows_of(document: Document) -> list[PrintedRow]:
    """The rows of every grid, in reading order."""
    return [row for number, grid in enumerate(document.grids) for row in _rows_of_grid(number, grid)]


def _rows_of_grid(number: int, grid: Grid) -> Iterator[PrintedRow]:
    covering: list[list[PrintedCell]] = [[] for _ in range(grid.row_count)]
    for cell in grid.cells:
        printed = PrintedCell(
            cell.text,
            cell.span,
            cell.box,
            cell.column,
            cell.column + cell.column_span,
            content_of(cell.text),
        )
        covering[cell.row].append(printed)
        if cell.row_span > 1:
            below = replace(printed, inherited=True)
            for row in range(cell.row + 1, min(cell.row + cell.row_span, grid.row_count)):
                covering[row].append(below)
    rows = [PrintedRow.of(number, grid.kind, sorted(cells, key=lambda cell: cell.first)) for cells in covering]
    if rows and [cell.text for cell in rows[0].cells[:3]] == ["", "A", "B"]:
        rows = _without_names(rows)
    if grid.kind is GridKind.RULED and any(row.labels and not row.own_words for row in rows):
        rows = _without_frames(rows)
    yield from with_empty_ends(rows) if _has_a_place_for_each_cell(rows) else rows


def _without_names(rows: Sequence[PrintedRow]) -> list[PrintedRow]:
    """The rows of a table without the names of its columns (A, B, C) and the numbers of its rows, which spreadsheet programs can
    print at its edges; all of them where these edges hold anything else."""
    names, numbers = rows[0].cells[1:], [row.cells[0].text for row in rows[1:] if row.cells]
    first = numbers[0] if numbers else ""
    if not first.isdecimal() or numbers != [str(int(first) + n) for n in range(len(numbers))]:
        return list(rows)
    if any(not (cell.text.isascii() and cell.text.isupper()) for cell in names):
        return list(rows)
    return [PrintedRow.of(row.grid, row.kind, row.cells[1:]) for row in rows[1:] if row.cells]


def _without_frames(rows: Sequence[PrintedRow]) -> list[PrintedRow]:
    """The rows of a table, those as one that the frames inside its cells cut: all their labels are the same cells, and no two of them
    print something in one column."""
    whole: list[PrintedRow] = []
    for row in rows:
        joined = _as_one(whole[-1], row) if whole and row.labels and not row.own_words else None
        if joined is None:
            whole.append(row)
        else:
            whole[-1] = joined
    return whole


def _as_one(above: PrintedRow, below: PrintedRow) -> PrintedRow | None:
    """The row that two rows with the same label are; None where they are rows of their own."""
    labels = [[c.span for c in row.cells[: row.label_end] if c.content is Content.WORDS] for row in (above, below)]
    places = [[(cell.first, cell.last) for cell in row.cells] for row in (above, below)]
    if labels[0] != labels[1] or places[0] != places[1]:
        return None
    pairs = list(zip(above.cells, below.cells, strict=True))
    if any(a.text and b.text and a.span != b.span for a, b in pairs):
        return None
    return PrintedRow.of(above.grid, above.kind, [a if a.text or not b.text else b for a, b in pairs])


def _has_a_place_for_each_cell(rows: Sequence[PrintedRow]) -> bool:
    """Whether a table of plain text has empty cells where cells are merged: most labels stand behind those of their groups,
    and a row whose label stands further to the left is as long as the others."""
    labelled = [row for row in rows if row.kind is GridKind.DELIMITED and row.labels and row.has_figures]
    behind = sum(row.cells[0].content is Content.BLANK for row in labelled)
    deepest, width = (
        max((row.label_end for row in labelled), default=0),
        max((len(row.cells) for row in labelled), default=0),
    )
    return 2 * behind >= len(labelled) > 0 and any(
        row.label_end < deepest and len(row.cells) == width for row in labelled
    )


def cuts_empty_ends(rows: Sequence[PrintedRow]) -> bool:
    """Whether a table of plain text has empty cells, and none of them at the end of a row: there they were left out."""
    return (
        bool(rows)
        and all(row.kind is GridKind.DELIMITED and row.cells[-1].content is not Content.BLANK for row in rows)
        and any(cell.content is Content.BLANK for row in rows for cell in row.cells)
    )


def with_empty_ends(rows: Sequence[PrintedRow]) -> list[PrintedRow]:
    """The rows of a table, those that are shorter than the longest filled up with empty cells at the end."""
    width = max((len(row.cells) for row in rows), default=0)
    return [replace(row, cells=(*row.cells, *_empty_cells(row, width))) for row in rows]


def has_guessed_cells(row: PrintedRow) -> bool:
    """Whether blank cells of a row are told by nothing but empty lines between its figures, or by its being shorter than others."""
    if row.kind is not GridKind.DELIMITED:
        return False
    if row.grid == LOOSE:
        return any(cell.content is Content.BLANK for cell in row.values)
    return len(row.cells) > 1 and row.cells[-1].span == Span(row.cells[-2].span.end, row.cells[-2].span.end)


def _empty_cells(row: PrintedRow, width: int) -> Iterator[PrintedCell]:
    for column in range(len(row.cells), width):
        end = row.cells[-1].span.end
        yield PrintedCell("", Span(end, end), None, column, column + 1, Content.BLANK)


def loose_rows_of(document: Document) -> list[PrintedRow]:
    """The rows of the document when its lines are looked at too: grids as they are, and between them every run of
    words followed by figures, however many lines it takes (a table that fell apart to one cell a line, or a
    printout whose columns are blanks)."""
    rows: list[PrintedRow] = []
    grids = {grid.span.start: number for number, grid in enumerate(document.grids)}
    spacing = _spacing(document)
    pending: list[PrintedCell] = []
    above: list[PrintedCell] = []
    for block in document.blocks():
        if isinstance(block, Line):
            tokens = list(tokens_of(block, document.text))
            if len(tokens) > 1 and _is_row(above) and all(token.content in _FIGURES for token in tokens):
                # Below a label with its figures: the other halves of these, or of those below, and no more figures.
                rows += _gathered(pending)
                pending = []
            # Where several cells stand on a line, empty lines are no cells.
            pending += _blank_cells(block, spacing) if len(tokens) == 1 >= len(above) else ()
            pending += tokens
            above = tokens
        else:
            rows += _gathered(pending)
            pending = []
            rows += _rows_of_grid(grids[block.span.start], block)
    return rows + list(_gathered(pending))


_FIGURES = (Content.FIGURE, Content.DASH)


def _is_row(tokens: Sequence[PrintedCell]) -> bool:
    """Whether a line is a label with several figures behind it."""
    return len(tokens) > 2 and tokens[0].content is Content.WORDS and tokens[-1].content in _FIGURES


_LEAST_PAIRS = 3
_LEAST_SHARE = 20
"""A distance between a figure and the line above it is one between cells where it is found three times, and once in
twenty: the least of these stands between two cells, a greater one over blank cells."""


def _spacing(document: Document) -> int:
    """How many empty lines stand between two cells of a table that fell apart to one cell a line."""
    gaps = Counter[int]()
    above = -1
    for line in document.lines:
        if line.span.start == above + 1 and content_of(line.span.of(document.text)) in _FIGURES:
            gaps[line.gap] += 1
        above = line.span.end
    least = max(_LEAST_PAIRS, gaps.total() / _LEAST_SHARE)
    return min((gap for gap, count in gaps.items() if count >= least), default=0)


def _blank_cells(line: Line, spacing: int) -> Iterator[PrintedCell]:
    """The blank cells that the empty lines above a line are, when ``spacing`` empty lines stand between two cells."""
    for _ in range((line.gap + 1) // (spacing + 1) - 1):
        place = Span(line.span.start, line.span.start)
        yield PrintedCell("", place, line.box, 0, 0, Content.BLANK)


# What separates the cells of a line: tabs, pipes, two or more blanks, and quotation marks that a program set apart from their words.
_SEPARATOR = regex.compile(r"\s*[\t|｜]\s*|\s{2,}|(?:(?<=\s)|^)[“”]+(?:\s+[“”]+)*(?=\s|$)", regex.MULTILINE)
_BLANK = regex.compile(r"\s+")
_GLUED = regex.compile(r"(?<=\p{Han}\p{Han}[）)”\"]?)[+-]?\d[\d,.]*(?<=\d)$")
"""The first figure of a row whose label no blank parts from it."""
_LISTED = regex.compile(
    r"(?<=\p{Han}[）)”\"]?)\s*[：:]\s*(?<figure>[+-]?\d[\d.]*|[/／—-]+|无)(?:\s*[，、；;]\s*(?<figure>[+-]?\d[\d.]*|[/／—-]+|无))*$"
)
"""The figures of a row that is written as a sentence, a colon behind its label."""


def tokens_of(line: Line, text: str) -> Iterator[PrintedCell]:
    """The cells that a line seems to consist of: pieces that tabs, pipes or wide gaps separate, and the figures at
    the end of a piece, which a single blank separates, or nothing from the label before them; figures listed behind a
    colon. Two figures and nothing else may be one cell (12 3)."""
    for start, end in _pieces(_SEPARATOR, text, line.span.start, line.span.end):
        if listed := _LISTED.search(text, pos=start, endpos=end):
            yield _token(text, start, listed.start(), line)
            yield from (_token(text, *place, line) for place in listed.spans("figure"))
            continue
        words = list(_pieces(_BLANK, text, start, end))
        figures = _figures_at_end(words, text)
        if len(words) == len(figures) == 2:
            yield _token(text, start, end, line)
            continue
        if not figures or start < figures[0][0]:
            label_end = max(last for _, last in words if not figures or last <= figures[0][0])
            if glued := _GLUED.search(text, pos=start, endpos=label_end):
                yield _token(text, start, glued.start(), line)
                yield _token(text, *glued.span(), line)
            else:
                yield _token(text, start, label_end, line)
        for place in figures:
            yield _token(text, *place, line)


def _figures_at_end(words: Sequence[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """Where the figures at the end of a line stand; a blank may part one from its sign or its unit (增 3, 559 件)."""
    figures: list[tuple[int, int]] = []
    end = len(words)
    while end:
        for size in (3, 2, 1):
            place = words[max(0, end - size)][0], words[end - 1][1]
            whole = text[slice(*place)]
            if size <= end and (size == 1 or _is_one_figure(whole)) and content_of(whole) in _FIGURES:
                figures.append(place)
                end -= size
                break
        else:
            break
    return figures[::-1]


def _is_one_figure(text: str) -> bool:
    """Whether a text of several words has digits in one of them only, the others being a sign or a unit."""
    return sum(any(map(str.isdigit, word)) or content_of(word) in _FIGURES for word in text.split()) == 1


def _pieces(separators: regex.Pattern[str], text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for separator in separators.finditer(text, pos=start, endpos=end):
        if start < separator.start():
            yield start, separator.start()
        start = separator.end()
    if start < end:
        yield start, end


def _token(text: str, start: int, end: int, line: Line) -> PrintedCell:
    return PrintedCell(text[start:end], Span(start, end), line.box, 0, 0, content_of(text[start:end]))


def _gathered(tokens: Iterable[PrintedCell]) -> Iterator[PrintedRow]:
    """Rows from a stream of cells: a row ends where words follow figures; prose ends a row and belongs to none."""
    row: list[PrintedCell] = []
    for token in _numbering_told(list(tokens)):
        starts = token.content is Content.WORDS and row and row[-1].content is not Content.WORDS
        prose = token.content is Content.WORDS and len(token.text) > LONGEST_TOKEN
        if starts or prose:
            if row:
                yield _loose_row(row)
            row = []
        if not prose:
            row.append(token)
    if row:
        yield _loose_row(row)


_BEHIND_NUMBER = "."
"""What parts a number from its label, and no label goes on with in its next line, as it may with a comma or a bracket."""


def _numbering_told(tokens: Sequence[PrintedCell]) -> Iterator[PrintedCell]:
    """The cells, those told to be words whose numeral numbers the label that goes on below: a label set one sign a line,
    or begun in another font."""
    for token, following in pairwise([*tokens, None]):
        if token is None:
            break
        if token.content is Content.FIGURE and following is not None and following.content is Content.WORDS:
            number, label = fold(token.text), fold(following.text)
            parted = label.startswith(_BEHIND_NUMBER) or not number[-1].isdecimal()
            if not is_numbered(label) and is_numbered(number + label) and parted:
                token = replace(token, content=Content.WORDS)
        yield token


def _loose_row(tokens: Sequence[PrintedCell]) -> PrintedRow:
    cells = [replace(token, first=column, last=column + 1) for column, token in enumerate(tokens)]
    return PrintedRow.of(LOOSE, GridKind.DELIMITED, cells)
