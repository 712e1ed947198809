"""A table on a terminal that is narrower than it: columns of long text are folded; where that would leave shreds, each row is
written as a block, a line a column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

BETWEEN = 2
"""Blanks between columns."""
LEAST = 12
"""Columns of a terminal to which a text is folded at most: six Chinese characters, under which words fall apart."""


def width(text: str) -> int:
    """Columns that a text takes in a terminal.

    >>> width("公安 ok")
    7
    """
    if text.isascii():
        return len(text)
    from parsers.text import is_wide  # loads what many commands do without

    return sum(2 if is_wide(character) else 1 for character in text)


def fitted(widths: Sequence[int], rigid: Sequence[bool], terminal: int) -> list[int] | None:
    """The widths with which columns fit a terminal; None when they cannot without shreds.

    ``rigid`` columns (figures) keep theirs. Of the others the widest give way, all to the same width.

    >>> fitted([4, 60, 20], [True, False, False], 60)
    [4, 32, 20]
    """
    room = terminal - BETWEEN * (len(widths) - 1)
    if sum(widths) <= room:
        return list(widths)
    most = max((w for w, is_rigid in zip(widths, rigid, strict=True) if not is_rigid), default=0)
    for cap in range(most - 1, LEAST - 1, -1):
        cut = [w if is_rigid else min(w, cap) for w, is_rigid in zip(widths, rigid, strict=True)]
        if sum(cut) <= room:
            return cut
    return None


def folded(text: str, columns: int) -> list[str]:
    """The lines of a text that is folded to a width: behind a blank or a slash where one is near, else anywhere.

    >>> folded("三、本年度办理结果/（一）予以公开", 20)
    ['三、本年度办理结果/', '（一）予以公开']
    """
    lines = []
    while width(text) > columns:
        end = _reach(text, columns)
        near = max(text.rfind(" ", 0, end + 1), text.rfind("/", 0, end) + 1)
        if near > end // 2:
            end = near
        lines.append(text[:end].rstrip())
        text = text[end:].lstrip()
    return [*lines, text]


def blocks(columns: Sequence[str], rows: Sequence[Sequence[str]], terminal: int) -> Iterator[str]:
    """The lines of the rows as blocks, each with the names of the columns that hold something; a blank line between blocks."""
    names = max(map(width, columns))
    room = max(terminal - names - BETWEEN, LEAST)
    for number, row in enumerate(rows):
        if number:
            yield ""
        for name, value in zip(columns, row, strict=True):
            for place, line in enumerate(folded(value, room) if value else []):
                label = "" if place else name
                yield f"{label}{' ' * (names - width(label) + BETWEEN)}{line}"


def _reach(text: str, columns: int) -> int:
    """How many characters of a text fit a width; one at least."""
    taken = 0
    for index, character in enumerate(text):
        taken += width(character)
        if taken > columns:
            return max(index, 1)
    return len(text)
