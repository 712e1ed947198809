"""Which row of the form an entry is, where its label alone does not tell: several rows have that label, or none has just that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from itertools import groupby

from parsers.align.columns import ALIKE
from parsers.align.labels import bare, likenesses
from parsers.align.listing.entries import Entry
from parsers.align.listing.labels import ListLabels
from parsers.align.matches import CERTAIN

LIKELY = 0.1
"""So much more alike than any other row of the form must a label be to be taken for that of a row."""


def rows_of_entries(entries: Sequence[Entry], labels: ListLabels) -> list[tuple[int, ...]]:
    """The rows of the form that each entry of a list may be: one where it is certain, none where its label is that of no row. Of
    several with the same label it is the one that stands under the last title printed above it, or with the last row, where nothing
    but rows under that title stands between; or the one that its place in the order of the form leaves."""
    told = _told_by_order(_told_by_titles(entries, labels))
    counts = Counter[tuple[int, ...]](own for own in told if len(own) == 1)
    # Two entries cannot both be one row.
    return [entry.named if counts[own] > 1 else own for entry, own in zip(entries, told, strict=True)]


def _told_by_titles(entries: Sequence[Entry], labels: ListLabels) -> list[tuple[int, ...]]:
    told: list[tuple[int, ...]] = []
    title: frozenset[int] = frozenset()
    for entry in entries:
        own = entry.named
        if len(own) > 1:
            beside = [number for number in own if number in entry.under]
            under = beside or [number for number in own if number in title]
            own = tuple(under) if len(under) == 1 else own
        told.append(own)
        if entry.under:
            title = entry.under
        elif len(own) != 1:
            title = frozenset()
        elif own[0] not in title:
            title = labels.siblings[own[0]]
    return told


def _told_by_order(told: Sequence[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """The rows that each entry may be, where all others stand in the form's order: those that would stand out of it left out; and where
    nothing unknown stands between, and a label is printed as often as the form has it, each is the next one."""
    certain = [own[0] for own in told if len(own) == 1]
    if certain != sorted(set(certain)):
        return list(told)
    between = [own if len(own) < 2 else _in_order(told, place) or own for place, own in enumerate(told)]
    runs = [list(run) for _, run in groupby(enumerate(between), key=lambda each: len(each[1]) != 1)]
    for run in runs:
        counts = Counter(own for _, own in run)
        seen = Counter[tuple[int, ...]]()
        for place, own in run:
            if len(own) > 1 and counts[own] == len(own) and not counts[()]:
                between[place] = (own[seen[own]],)
                seen[own] += 1
    return between


def _in_order(told: Sequence[tuple[int, ...]], place: int) -> tuple[int, ...]:
    """Those of the rows that an entry may be that stand between the certain ones above and below it."""
    above = max((own[0] for own in told[:place] if len(own) == 1), default=-1)
    below = [own[0] for own in told[place:] if len(own) == 1]
    return tuple(number for number in told[place] if above < number and (not below or number < min(below)))


def nearly_named(entries: Sequence[Entry], labels: ListLabels, found: Collection[int]) -> dict[int, int]:
    """By row of the form that was not found: the number of the only entry whose label is nearly its own, and nearly that of no other
    row."""
    near: dict[int, list[int]] = {}
    for place, entry in enumerate(entries):
        best, second = sorted(enumerate(_likenesses(entry, labels)), key=lambda each: -each[1])[:2]
        if best[1] >= CERTAIN and best[1] - second[1] >= LIKELY and best[0] not in found:
            near.setdefault(best[0], []).append(place)
    return {number: places[0] for number, places in near.items() if len(places) == 1}


def may_be(entries: Iterable[Entry], labels: ListLabels, missing: Collection[int]) -> set[int]:
    """The missing rows that one of these entries may be: its label is somewhat like theirs, or holds it."""
    strays = [(_likenesses(entry, labels), bare("".join(entry.row.labels))) for entry in entries]
    return {
        number
        for number in missing
        if any(
            alike[number] >= ALIKE or any(spelling in text for spelling in labels.alike.spellings[number])
            for alike, text in strays
        )
    }


def _likenesses(entry: Entry, labels: ListLabels) -> tuple[float, ...]:
    return likenesses(labels.alike, tuple(map(labels.bare, entry.row.labels)))
