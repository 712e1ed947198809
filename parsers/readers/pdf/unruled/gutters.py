"""The gutters between columns of labels: those of rows, and those of their groups left of them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import regex

from parsers.readers.pdf.page import Word, text_of
from parsers.readers.pdf.unruled import vocabulary
from parsers.readers.pdf.unruled.columns import TOUCHING
from parsers.readers.pdf.unruled.runs import BLANK_IN_TEXT

SMALLEST_GUTTER = 0.15
"""Two labels on one line stand at least this part of its height apart; a narrow gap counts only when another line has it
too, in the same place."""
FEWEST_NUMBERED, IN_LINE = 2, 1.5
"""So many labels with numbers, whose left edges differ by no more points, stand one below the other."""
_NUMBERED = regex.compile(r"\d{1,2}[.．、]")
_NUMBER_OF_GROUP = regex.compile(r"[（(][一二三四五六七八九十]+[)）]")
"""A blank may stand behind it, and is no gutter: in all groups it stands in the same place."""


def gutters_of(lines: Sequence[Sequence[Word]]) -> list[float]:
    """The x between columns of labels, from the gaps between labels on one line; gaps that overlap are one gutter."""
    gaps = sorted(
        (a.x1, b.x0, b.x0 - a.x1 > BLANK_IN_TEXT * a.height and vocabulary.rows().begins(a.text))
        for line in lines
        for a, b in pairwise(line)
        if b.x0 - a.x1 > (BLANK_IN_TEXT if _are_one_label(a, b) else SMALLEST_GUTTER) * a.height
    )
    gutters: list[tuple[float, float, int]] = []
    for left, right, wide in gaps:
        seen = 2 if wide else 1
        if gutters and left < gutters[-1][1]:
            gutters[-1] = (max(left, gutters[-1][0]), min(right, gutters[-1][1]), gutters[-1][2] + seen)
        else:
            gutters.append((left, right, seen))
    found = [
        (left + right) / 2 for left, right, seen in gutters if seen > 1 or _ends_label((left + right) / 2, lines)
    ]
    edge = _left_of_numbered([word for line in lines for word in line])
    return sorted([*found, edge[1]]) if edge and not any(edge[0] <= gutter <= edge[1] for gutter in found) else found


def _are_one_label(before: Word, after: Word) -> bool:
    """Whether a blank may stand between two words of one label: behind the number of a group, or between letters that are spread."""
    return _NUMBER_OF_GROUP.fullmatch(before.text) is not None or len(before.text) == len(after.text) == 1


def _ends_label(edge: float, lines: Sequence[Sequence[Word]]) -> bool:
    """Whether the lines left of an ``edge``, which no word of theirs crosses, are a label of several lines, beside one of which another
    label stands: that of a group with a single row."""
    left = [[word for word in line if word.x1 <= edge] for line in lines]
    crossed = [any(word.x0 < edge < word.x1 for word in line) for line in lines]
    beside = [bool(words) and len(words) < len(line) for words, line in zip(left, lines, strict=True)]
    texts = [text_of(words) for words in left]
    return any(
        any(beside[first:end]) and all(texts[first:end]) and not any(crossed[first:end])
        for first, end in vocabulary.labels_in(texts)
    )


def _left_of_numbered(labels: Sequence[Word]) -> tuple[float, float] | None:
    """From where to where nothing stands between the labels with numbers (1. 2. 3.), which begin one below the other or have
    their middles there, and those of their groups: lines of the two need not stand side by side. None where there are no groups
    beside them."""
    numbered = [word for word in labels if _NUMBERED.match(word.text)]
    if len(numbered) < FEWEST_NUMBERED:
        return None
    edge = min(word.x0 for word in numbered)
    below = [word for word in numbered if word.x0 - edge < IN_LINE]
    if len(below) < max(FEWEST_NUMBERED, len(numbered) / 2):
        middles = sorted(word.x0 + word.x1 for word in numbered)
        below = [word for word in numbered if abs(word.x0 + word.x1 - middles[len(middles) // 2]) < 2 * IN_LINE]
    if len(below) < max(FEWEST_NUMBERED, len(numbered) / 2):
        return None
    top, bottom = min(word.y0 for word in below), max(word.y1 for word in below)
    groups = [word.x1 for word in labels if word.x1 <= edge + TOUCHING and word.y1 > top and word.y0 < bottom]
    return (max(groups), edge) if groups else None
