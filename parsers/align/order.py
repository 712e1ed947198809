"""Alignment under order constraints: the one algorithm by which printed rows find their rows of the form.

Two sequences, a score for each pair; the best set of pairs that does not cross. It is the alignment of
Needleman and Wunsch, free at both ends of the printed sequence, since a table stands somewhere in a document.
"""

from __future__ import annotations

from collections.abc import Sequence

FORBIDDEN = float("-inf")
"""The score of a pair that must not be made."""

_NOTHING, _SKIP_PRINTED, _SKIP_EXPECTED, _PAIR, _FIRST_PAIR = range(5)


def align_in_order(
    scores: Sequence[Sequence[float]], *, skip_printed: Sequence[float], skip_expected: float
) -> list[tuple[int, int]]:
    """The pairs (printed, expected), both rising, with the highest sum of scores less the costs of what is skipped.

    ``scores[i][j]`` is what pairing printed ``i`` with expected ``j`` is worth (:data:`FORBIDDEN` for never);
    ``skip_printed[i]`` is what it costs to leave printed ``i`` out between two pairs (nothing before the first and
    behind the last); ``skip_expected`` is what each expected that stays without a partner costs. Time and memory
    are proportional to the number of scores.

    >>> align_in_order([[1, 0], [0, 0], [0, 1]], skip_printed=[0.1] * 3, skip_expected=0.1)
    [(0, 0), (2, 1)]
    """
    if not scores or not scores[0]:
        return []
    width = len(scores[0])
    above = [FORBIDDEN] * (width + 1)
    moves: list[bytearray] = []
    skipped = bytearray([_SKIP_PRINTED] * (width + 1))
    end, end_value = 0, -skip_expected * width
    for i, row in enumerate(scores):
        skip = skip_printed[i]
        if max(row) == FORBIDDEN:  # most rows of a document are none of this table's
            moves.append(skipped)
            above = [value - skip for value in above]
            continue
        here = [FORBIDDEN] * (width + 1)
        move = bytearray(width + 1)
        left = FORBIDDEN
        for j in range(1, width + 1):
            value, step = above[j] - skip, _SKIP_PRINTED
            if left - skip_expected > value:
                value, step = left - skip_expected, _SKIP_EXPECTED
            score = row[j - 1]
            if score != FORBIDDEN:
                first = score - skip_expected * (j - 1)
                if above[j - 1] + score > value:
                    value, step = above[j - 1] + score, _PAIR
                if first > value:
                    value, step = first, _FIRST_PAIR
            here[j] = left = value
            move[j] = step if value != FORBIDDEN else _NOTHING
        moves.append(move)
        above = here
        if here[width] > end_value:
            end, end_value = i + 1, here[width]
    return _walk_back(moves, end, width)


def _walk_back(moves: Sequence[bytearray], i: int, j: int) -> list[tuple[int, int]]:
    pairs: list[tuple[int, int]] = []
    while i and j:
        match moves[i - 1][j]:
            case 1:  # _SKIP_PRINTED
                i -= 1
            case 2:  # _SKIP_EXPECTED
                j -= 1
            case step:
                pairs.append((i - 1, j - 1))
                i, j = i - 1, j - 1
                if step == _FIRST_PAIR:
                    break
    return pairs[::-1]
