"""One figure, or a run of figures, for several things: 各N条, 均为0件, 分别为A、B."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from parsers.facts.clauses import Clause, Phrase, core_of
from parsers.facts.lexicon import JOINS, Lexicon, Word, between

_SEPARATOR = re.compile(rf"以及|[{JOINS}]")
_RECENT = re.compile(r"近[两二三四五]年")
LINK = 3
"""Longest text between two members of a list of figures: 、约, 和近."""
MOST = 20
"""Items of the longest list that 各 or 分别 refers to; the reports read have at most nine."""
_YEAR = re.compile(r"(?:19|20)\d\d年?度?")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing of a list, by its place in the text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Parallel:
    """A 分别 that is being worked off: the clause it stands in, its items, and whose turn it is."""

    clause: Clause
    items: tuple[Item, ...]
    turn: int


def spread(phrases: Sequence[Phrase], known: Lexicon) -> list[list[Phrase]]:
    """For each phrase the phrases that it stands for: usually itself; one for each thing named before 各 or 均为;
    the one whose turn it is behind 分别. A phrase made here keeps only its own item of the list, at its place."""
    found: list[list[Phrase]] = []
    parallel: Parallel | None = None
    phrases = _dated(phrases)
    for index, phrase in enumerate(phrases):
        near = phrase.near
        mark = _mark(near, "respectively")
        if mark is not None:
            items = _items(near, mark, years=True)
            if len(items) < 2 and parallel is not None and len(parallel.items) > 1:
                items = ()
                parallel = Parallel(_joined(parallel, near), parallel.items, 0)
            elif len(items) < 2 and len(run := _run_before(phrases, index)) > 1:
                parallel = Parallel(_gathered(run, near), tuple(_item_of(member) for member in run), 0)
            else:
                parallel = Parallel(near, items, 0)
        elif parallel is not None and (phrase.core or phrase.figure.start < parallel.clause.end):
            parallel = None
        if parallel is not None and parallel.turn < len(parallel.items) > 1:
            found.append([_only(phrase, parallel.clause, parallel.items, parallel.turn, known)])
            parallel = replace(parallel, turn=parallel.turn + 1)
            continue
        shared = _mark(near, "each") or (None if phrase.figure.ratio else _mark(near, "all_alike"))
        items = _items(near, shared, acts=True) if shared is not None else ()
        if len(items) > 1:
            found.append([_only(phrase, near, items, turn, known) for turn in range(len(items))])
        else:
            found.append([phrase])
    return found


def _dated(phrases: Sequence[Phrase]) -> list[Phrase]:
    """The phrases, with the years that 近三年…分别为A、B、C deals to the figures: the last is for the report's
    year."""
    dated = list(phrases)
    for first, phrase in enumerate(phrases):
        if _mark(phrase.near, "respectively") and _RECENT.search(phrase.gap):
            last = first
            while last + 1 < len(phrases) and not phrases[last + 1].core and len(phrases[last + 1].gap) <= LINK:
                last += 1
            for index in range(first, last + 1):
                dated[index] = replace(phrases[index], years_back=last - index)
    return dated


def _mark(clause: Clause, name: str) -> Word | None:
    return clause.last(name)


def _items(clause: Clause, mark: Word, *, years: bool = False, acts: bool = False) -> tuple[Item, ...]:
    """The items of the list before the mark, if each names a channel, a metric, a year (behind 分别) or an act
    (修订、废止文件各2件)."""
    items = []
    at = clause.start
    listed = clause.text[: mark.start - clause.start]
    for match in [*_SEPARATOR.finditer(listed), None]:
        end = clause.start + (match.start() if match else len(listed))
        if end > at:
            items.append(Item(at, end))
        at = clause.start + match.end() if match else end
    if len(items) > MOST:
        return ()
    if items:
        items[-1] = _trimmed(items[-1], clause)
    for item in items:
        inside = between(clause.words, item.start, item.end)
        named = any(word.sense.channel or word.sense.noun or (acts and word.sense.verb) for word in inside)
        if not named and not (
            years and _YEAR.search(clause.text[item.start - clause.start : item.end - clause.start])
        ):
            return ()
    return tuple(items)


def _trimmed(item: Item, clause: Clause) -> Item:
    """The last item without what all share: of 微信、微博粉丝分别为 only 微博, of 2021年、2022年申请 only 2022年."""
    year = _YEAR.search(clause.text, item.start - clause.start, item.end - clause.start)
    if year is not None:
        return Item(item.start, clause.start + year.end())
    for word in between(clause.words, item.start, item.end):
        shared = any(other.sense.noun for other in between(clause.words, word.end, item.end))
        if word.sense.channel and (not word.sense.noun or (word.sense.weak and shared)):
            return Item(item.start, word.end)
    return item


def _joined(parallel: Parallel, near: Clause) -> Clause:
    """The clause of a second 分别 with the list of the first: in 视频号、抖音号分别发布64条、118条，播放量分别为…
    what is counted is new, and the list is that of before."""
    first = parallel.items[0].start
    text = parallel.clause.text[first - parallel.clause.start : parallel.items[-1].end - parallel.clause.start]
    gap = " " * (near.start - first - len(text))
    words = (*between(parallel.clause.words, first, parallel.items[-1].end), *near.words)
    return Clause(first, near.end, text + gap + near.text, words)


def _run_before(phrases: Sequence[Phrase], index: int) -> list[Phrase]:
    """The phrases before ``index`` that are one list (政务微博218个、微信公众号346个，合格率分别为…), if each names its thing."""
    start = index - 1
    while start > 0 and phrases[start].gap.startswith("、") and index - start < MOST:
        start -= 1
    run = list(phrases[max(start, 0) : index])
    named = all(any(word.sense.channel for word in member.near.words) and member.core for member in run)
    return run if named and "，" in phrases[index].gap else []


def _item_of(phrase: Phrase) -> Item:
    """The phrase of a figure without its counting words, as an item of a list."""
    return Item(phrase.near.start, phrase.near.start + len(phrase.core))


def _gathered(run: Sequence[Phrase], near: Clause) -> Clause:
    """The things of a list, without its figures, and the clause of 分别, each at its place."""
    first = run[0].near.start
    text, words = "", list[Word]()
    for clause in (*(member.near for member in run), near):
        text += " " * (clause.start - first - len(text)) + clause.text
        words += clause.words
    return Clause(first, near.end, text, tuple(words))


def _only(phrase: Phrase, clause: Clause, items: Sequence[Item], turn: int, known: Lexicon) -> Phrase:
    """The phrase with one item of its list; the others are blanked, so that offsets stay."""
    text = clause.text
    kept = items[turn]
    words = list(clause.words)
    for item in items:
        if item is not kept:
            start, end = item.start - clause.start, item.end - clause.start
            text = text[:start] + " " * (end - start) + text[end:]
            words = [word for word in words if not item.start <= word.start < item.end]
    start, end = kept.end - clause.start, items[-1].end - clause.start
    text = text[:start] + " " * (end - start) + text[end:] if end > start else text
    own = Clause(clause.start, clause.end, text, tuple(words))
    back = phrase.back if clause is phrase.near else ()
    return replace(phrase, near=own, back=back, core=core_of(text, known))
