"""Tables in plain text under a line of dashes, one stretch of them for each column, as converters of documents write them.

The stretches tell where each column begins, so a blank cell is one. Where a row takes several lines, empty lines stand between
the rows; a line of dashes ends the table, else an empty line does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

import regex

from parsers.readers.blocks import MAX_COLUMNS, Block, delimited
from parsers.readers.canonical import join_wrapped
from parsers.text import is_wide

_RULE = regex.compile(r"\s*[-=]{2,}(?:\s+[-=]{2,})+\s*")
_EDGE = regex.compile(r"\s*[-=]{10,}\s*")
_MOST_LINES, _MOST_HEAD = 1000, 12
_PIECE = regex.compile(r"\S+(?: \S+)*")
_STRETCH = regex.compile(r"[-=]+")


def read_under_rule(lines: Sequence[str], start: int) -> tuple[Block | None, int]:
    """The table that begins at ``lines[start]`` with such a line, or with a head above one, and the index of the line behind it; None
    and ``start`` when there is none."""
    rule = _rule_of(lines, start)
    if rule is None:
        return None, start
    columns = [stretch.start() for stretch in _STRETCH.finditer(lines[rule])]
    end = _end_of(lines, rule)
    if len(columns) > MAX_COLUMNS or end <= rule + 1:
        return None, start
    rows = [_row(part, columns) for part in _parts(lines[rule + 1 : end])]
    if start < rule and (head := [line for line in lines[start:rule] if not _EDGE.fullmatch(line)]):
        rows.insert(0, _row(head, columns))
    return (delimited(rows), end) if len(rows) > 1 else (None, start)


def _rule_of(lines: Sequence[str], start: int) -> int | None:
    """The line of dashes that begins at ``start``, or stands below the head that does."""
    if _RULE.fullmatch(lines[start]):
        return start
    if _EDGE.fullmatch(lines[start]):
        for index in range(start + 1, min(start + _MOST_HEAD, len(lines))):
            if _RULE.fullmatch(lines[index]):
                return index
            if not lines[index].strip():
                return None
        return None
    below = start + 1
    is_head = below < len(lines) and lines[start].strip() and _RULE.fullmatch(lines[below])
    return below if is_head else None


def _end_of(lines: Sequence[str], rule: int) -> int:
    """The index behind the last line of the table: behind a closing line of dashes, else at an empty line."""
    last = min(rule + _MOST_LINES, len(lines))
    closing = (n for n in range(rule + 1, last) if _RULE.fullmatch(lines[n]) or _EDGE.fullmatch(lines[n]))
    end = next((n for n in closing if n + 1 == len(lines) or not lines[n + 1].strip()), None)
    empty = next((n for n in range(rule + 1, last) if not lines[n].strip()), last)
    if end is None or any(not line[:2].isspace() for line in lines[empty:end] if line.strip() and line[0] != "-"):
        return empty
    return end + 1


def _parts(lines: Sequence[str]) -> Iterator[list[str]]:
    """The lines of each row: every line is one, unless empty lines stand between the rows."""
    kept = [line for line in lines if not (_RULE.fullmatch(line) or _EDGE.fullmatch(line))]
    while kept and not kept[-1].strip():
        kept.pop()
    if all(line.strip() for line in kept):
        yield from ([line] for line in kept)
        return
    for is_text, part in groupby(kept, key=lambda line: bool(line.strip())):
        if is_text:
            yield list(part)


def _row(lines: Sequence[str], columns: Sequence[int]) -> tuple[str, ...]:
    """The cells of a row, the pieces of each put together from its lines."""
    pieces: list[list[str]] = [[] for _ in columns]
    for line in lines:
        for piece in _PIECE.finditer(line):
            left = _width(line[: piece.start()])
            right = left + _width(piece[0])
            pieces[_column(left, right, columns)].append(piece[0])
    return tuple(map(join_wrapped, pieces))


def _column(left: int, right: int, columns: Sequence[int]) -> int:
    """The column that a piece stands in, for the most part."""
    ends = [*columns[1:], right + 1]
    shared = [min(right, end) - max(left, start) for start, end in zip(columns, ends, strict=True)]
    return shared.index(max(shared))


def _width(text: str) -> int:
    return sum(1 + is_wide(sign) for sign in text)
