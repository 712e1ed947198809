"""Tables with labels at the left and on top: every row has every column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial

from parsers.align.columns import ALIKE, Header
from parsers.align.counted import with_counted, with_runs_parted
from parsers.align.doubts import doubts_about, stray_rows
from parsers.align.headers import doubtful_columns, headers_of, nameless_columns
from parsers.align.labels import LabelSet, likenesses
from parsers.align.left_out import DRAWN, WRITTEN, left_out
from parsers.align.matches import (
    CERTAIN,
    SKIP_LABEL,
    SKIP_ROW_OF_FIGURES,
    Matched,
    columns_differ,
    ends_in_label,
    holds_another,
    name_ended,
    names_another,
)
from parsers.align.mend import mended, separated, without_group_pieces
from parsers.align.order import FORBIDDEN, align_in_order
from parsers.align.printed import LOOSE, PrintedRow
from parsers.align.reading import COLUMNS_UNCERTAIN, LABEL_DOUBTFUL, ReadingBuilder, TableReading
from parsers.align.values import Placed, place_values
from parsers.forms.form import Table as FormTable

UNLABELLED = 0.2
"""What a row of figures without a label is worth in the only gap that it fits."""


@dataclass(frozen=True, slots=True, eq=False)
class _Labels:
    rows: LabelSet
    columns: LabelSet
    groups: LabelSet
    banners: LabelSet


@cache
def _labels(table: FormTable) -> _Labels:
    return _Labels(
        rows=LabelSet.of([(*row.spellings, *_paths(row.path)) for row in table.rows]),
        columns=LabelSet.of([(*column.spellings, *_paths(column.path)) for column in table.columns]),
        groups=LabelSet.of([(group.label, *group.aliases) for group in table.groups]),
        banners=LabelSet.of([(text,) for text in (*table.banners, *table.corner)]),
    )


def _paths(path: Sequence[str]) -> list[str]:
    """The label path joined, from each of its groups inwards."""
    return ["".join(path[start:]) for start in range(len(path) - 1)]


def column_labels(table: FormTable) -> tuple[LabelSet, LabelSet]:
    """What may stand above the figures of a table: the labels of its columns, and its banners."""
    labels = _labels(table)
    return labels.columns, labels.banners


def align_matrix(table: FormTable, rows: Sequence[PrintedRow]) -> TableReading:
    """The rows of the document that are the rows of the table, and their figures by column."""
    labels = _labels(table)
    named = match_matrix(table, rows)
    if named is None:
        return TableReading(table.key)
    pairs = named.pairs
    matched = Matched(table, named.rows, with_counted(named.rows, pairs, len(table.columns)))
    headers = headers_of(matched, labels.columns, labels.banners)
    placed = _placed(matched, headers)
    strays = stray_rows(matched)
    builder = ReadingBuilder(table.key)
    _add_rows(builder, matched, placed, labels.rows)
    _add_rows_left_out(builder, matched, labels)
    builder.doubts += doubts_about(matched, placed, strays)
    builder.doubts += doubtful_columns(matched, headers, labels.columns)
    builder.doubts += nameless_columns(matched, headers, placed)
    builder.left_over += (
        ("left_over.column", text) for header in headers.values() if header is not None for text in header.extra
    )
    builder.left_over += (
        ("left_over.row", " ".join(cell.text for cell in matched.rows[number].cells if cell.text))
        for number in strays
        if pairs[0][0] < number < pairs[-1][0]
    )
    return builder.finished(len(pairs) / len(table.rows))


def match_matrix(table: FormTable, rows: Sequence[PrintedRow]) -> Matched | None:
    """The rows of the document that are those of the table by their labels; None where none is."""
    labels = _labels(table)
    rows = without_group_pieces(separated(rows, labels.rows), labels.rows, labels.groups)
    rows = mended(rows, labels.rows, (labels.columns, labels.groups, labels.banners))
    pairs = _matched_rows(rows, labels, len(table.columns))
    if not any(rows[printed].labels for printed, _ in pairs):
        return None
    rows, pairs = with_runs_parted(_named(rows, pairs, labels.rows), pairs, len(table.rows), len(table.columns))
    return Matched(table, rows, pairs)


def is_named(matched: Matched, printed: int, expected: int) -> bool:
    """Whether a printed row has just the label of its row of the form."""
    return likenesses(_labels(matched.table).rows, matched.rows[printed].labels)[expected] == 1.0


def _placed(matched: Matched, headers: Mapping[int, Header | None]) -> list[Placed]:
    """The figures of each matched row by column."""
    rows = [matched.rows[printed] for printed, _ in matched.pairs]
    depths = [len(matched.table.rows[expected].path) for _, expected in matched.pairs]
    return place_values(
        rows,
        [headers.get(row.grid) for row in rows],
        len(matched.table.columns),
        settled=[_stands_in_place(row, depth) for row, depth in zip(rows, depths, strict=True)],
    )


def _add_rows(builder: ReadingBuilder, matched: Matched, placed: Sequence[Placed], labels: LabelSet) -> None:
    """Collect the figures of the matched rows, with the doubts that each row leaves by itself."""
    missing = set(range(len(matched.table.rows))) - {expected for _, expected in matched.pairs}
    for (printed, expected), values in zip(matched.pairs, placed, strict=True):
        row, keys = matched.rows[printed], matched.keys(expected)
        builder.add_row(keys, row, values)
        if reason := columns_differ(row, len(keys)):
            builder.doubt(COLUMNS_UNCERTAIN, keys, reason)
        alike = likenesses(labels, row.labels)[expected] if row.labels else 0.0
        bare = row.kind.is_placed and not row.has_figures
        another = names_another(row, labels, missing) if alike < 1.0 else holds_another(row, labels, missing)
        unlike = alike < CERTAIN and not ends_in_label(row, matched.table.rows[expected].leaf)
        if unlike or (alike < 1.0 and bare) or another:
            reason = f"the label reads {''.join(row.labels)}" if row.labels else "the row has no label"
            builder.doubt(LABEL_DOUBTFUL, keys, reason)


def _add_rows_left_out(builder: ReadingBuilder, matched: Matched, labels: _Labels) -> None:
    """Collect the cells of the rows of the form that the table does not have."""
    rows = matched.rows

    def is_group(row: PrintedRow) -> bool:
        return not row.has_figures and 1.0 in likenesses(labels.groups, row.labels[-1:])

    for kinds, keys in ((DRAWN, builder.left_out), (WRITTEN, builder.passed_over)):
        gone = left_out(rows, matched.pairs, partial(is_named, matched), is_group, kinds)
        keys.update(key for expected in gone for key in matched.keys(expected))


def _matched_rows(rows: Sequence[PrintedRow], labels: _Labels, columns: int) -> list[tuple[int, int]]:
    scores: list[Sequence[float]] = []
    nowhere = [FORBIDDEN] * len(labels.rows.spellings)
    unlabelled = [UNLABELLED] * len(labels.rows.spellings)
    for row in rows:
        if row.labels:
            alike = likenesses(labels.rows, row.labels)
            best = max(alike)
            names_group = best < 1.0 and 1.0 in likenesses(labels.groups, row.labels[-1:])
            if best < ALIKE or names_group or _names_columns(row, labels):
                scores.append(nowhere)
            else:
                scores.append([score if score >= ALIKE else FORBIDDEN for score in alike])
        else:
            scores.append(unlabelled if row.has_figures and len(row.values) == columns else nowhere)
    costs = [SKIP_ROW_OF_FIGURES if row.has_figures else 0.0 for row in rows]
    return align_in_order(scores, skip_printed=costs, skip_expected=SKIP_LABEL)


def _names_columns(row: PrintedRow, labels: _Labels) -> bool:
    """Whether a row is labels to its end, several of them those of columns: the last one, 总计, is that of a row too."""
    ends = row.labels if row.label_end == len(row.cells) else ()
    return sum(1.0 in likenesses(labels.columns, (text,)) for text in ends) > 1


def _named(rows: list[PrintedRow], pairs: Sequence[tuple[int, int]], labels: LabelSet) -> list[PrintedRow]:
    """The rows, those that were found with the end of their label known."""
    named = list(rows)
    for printed, expected in pairs:
        named[printed] = name_ended(rows[printed], labels, expected)
    return named


def _stands_in_place(row: PrintedRow, depth: int) -> bool:
    """Whether the row's own label stands in the column in which the form has a label of this depth of groups."""
    return row.grid != LOOSE and row.label_end == depth
