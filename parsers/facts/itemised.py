"""Wholes that no word tells: totals that the figures before or behind them add up to, and breakdowns that their sums put right."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from parsers.facts.lexicon import Lexicon
from parsers.facts.record import RECENT, Member
from parsers.report import FactRole

TELLING = 20
"""From this total on, figures behind it that add up to it are its parts although no word says so; small ones add up
by chance."""


def itemised(members: Sequence[Member], known: Lexicon) -> list[tuple[int, int]]:
    """(part, whole) for the lists of a sentence that itemise a total without saying 其中: a total before its parts
    or behind them, known by the sum; an outcome (结果维持461件) behind the total that it is smaller than."""
    found: dict[int, int] = {}
    levels = [member for member in members if member.role is FactRole.LEVEL]
    position = 0
    while position < len(levels):
        parts = _parts_behind(levels, position, known)
        found |= {part.index: levels[position].index for part in parts}
        position += 1 + len(parts)
    for position, member in enumerate(levels):
        if not member.core and known.holds(member.lead, "closing_total"):
            found |= {part.index: member.index for part in _parts_before(levels, position) if part.index not in found}
    total: Member | None = None
    for member in levels:
        if _is_outcome(member, known):
            if total and member.part_of is None and total.is_like(member) and member.value < total.value:
                found.setdefault(member.index, total.index)
        elif member.value or total is None:
            total = member
    return sorted(found.items())


def itemised_anew(members: Sequence[Member], before: Sequence[Member], known: Lexicon) -> list[tuple[int, int]]:
    """(part, whole) where a sentence does nothing but split the total of the sentences ``before`` it: 收到申请1046件。其中
    网络862件、信函184件。公民1030件，法人16件."""
    parts = [one for one in members if one.role is FactRole.LEVEL and not one.ratio and one.part_of is None]
    if len(parts) < 2 or any((one.metric, one.unit) != (parts[0].metric, parts[0].unit) for one in parts):
        return []
    alike = (one for one in reversed(before[-RECENT:]) if (one.metric, one.unit) == (parts[0].metric, parts[0].unit))
    total = next((one for one in alike if one.part_of is None and one.role is FactRole.LEVEL and not one.ratio), None)
    if total is None or total.value < TELLING or sum(one.value for one in parts) != total.value:
        return []
    if any(not one.core or _new_stage(one, total, known) for one in parts):
        return []
    return [(one.index, total.index) for one in parts]


def _is_outcome(member: Member, known: Lexicon) -> bool:
    """Whether the figure says what became of some of the total: 结果维持461件, 可网办2298项,
    对属于本机关办理的92条."""
    if member.lead.endswith("的") and known.holds(member.lead, "definite"):
        return True
    return known.ends_with(member.core, "outcomes") is not None or known.starts_with(member.core, "able") is not None


def _parts_behind(levels: Sequence[Member], position: int, known: Lexicon) -> list[Member]:
    """The figures behind a total that add up to it; empty where they do not."""
    total, parts, left = levels[position], list[Member](), levels[position].value
    said = known.holds(total.lead, "names_total")
    if not said and total.value < TELLING:
        return []
    for member in levels[position + 1 :]:
        if member.bracketed and not total.bracketed:
            continue
        if _new_stage(member, total, known) or (not said and not member.core):
            break
        if left <= 0 or member.part_of is not None or not total.is_like(member):
            break
        left -= member.value
        parts.append(member)
    return parts if left == 0 and len(parts) > 1 and total.part_of is None else []


def _new_stage(member: Member, total: Member, known: Lexicon) -> bool:
    """Whether a figure is another stage of the total (收到100件，办结60件); 共收到30件，各部门收到20件 is the same
    one."""
    return any(match[0] not in total.lead for match in known.lists["stages"].pattern.finditer(member.lead))


def _parts_before(levels: Sequence[Member], position: int) -> list[Member]:
    """The figures in front of a total that add up to it; empty where they do not."""
    total, parts, left = levels[position], list[Member](), levels[position].value
    for member in reversed(levels[:position]):
        if left <= 0 or member.part_of is not None or (total.unit, total.segment) != (member.unit, member.segment):
            break
        left -= member.value
        parts.append(member)
    return parts if left == 0 and len(parts) > 1 else []


def _by_whole(members: Sequence[Member]) -> dict[int, list[Member]]:
    """The parts of each whole, in order."""
    found: dict[int, list[Member]] = {}
    for member in members:
        if member.part_of is not None:
            found.setdefault(member.part_of, []).append(member)
    return found


def proven(members: Sequence[Member], wholes: Sequence[Member]) -> list[tuple[int, int]]:
    """(part, whole) for the figures of a breakdown that were taken for no part and that its sum needs: 236条，其中
    网站27条，公众号198条，回复群众诉求11件. What was hung on one of them is hung on the whole: 624条，其中主动公开556条，
    依申请公开62条，不予公开6条. ``wholes`` are the members of the whole text."""
    found: list[tuple[int, int]] = []
    for whole, parts in _by_whole(members).items():
        left = wholes[whole].value - sum(part.value for part in parts)
        run: list[tuple[int, int]] = []
        behind = parts[0].index + 1 - members[0].index
        for member in members[behind : behind + RECENT]:
            rehangs = any(member.part_of == index for index, _ in run) and member.unit == wholes[whole].unit
            if (
                not (member.part_of is None or rehangs)
                or member.role is not FactRole.LEVEL
                or member.ratio
                or left <= 0
            ):
                continue
            left -= member.value
            run.append((member.index, whole))
        if left == 0 and run and (len(parts) > 1 or (len(run) > 1 and wholes[whole].value >= TELLING)):
            found += run
    return found


def rehung(members: Sequence[Member], wholes: Sequence[Member]) -> list[tuple[int, int | None]]:
    """(part, whole) for a breakdown that its sum shows to be that of an earlier total: 收到3059条，部门1904条，县市
    1155条，其中咨询1160条、投诉1859条、建言40条. What stands behind the last of these parts is no part."""
    found: list[tuple[int, int | None]] = []
    breakdowns = _by_whole(members)
    for place, parts in breakdowns.items():
        if len(parts) < 2 or parts[0].index < place:
            continue
        sums = list(accumulate(member.value for member in parts))
        if sums[-1] <= wholes[place].value:
            continue
        outer = wholes[place].part_of
        if outer is not None:
            taken = sum(member.value for member in breakdowns.get(outer, ()))
            rest = wholes[outer].value - taken
            ends = [sums[-1] - before for before in sums[:-1]]
            if rest in ends:
                # 96条，其中网站41条，其中解读2条，执法6条，部门信息55条: the last one is the other part of the 96
                found += [(part.index, outer) for part in parts[ends.index(rest) + 1 :]]
                continue
        before = place - members[0].index
        for member in members[max(0, before - RECENT) : max(0, before)]:
            if member.is_like(parts[0]) and member.value in sums[1:]:
                last = sums.index(member.value)
                found += [(part.index, member.index if turn <= last else None) for turn, part in enumerate(parts)]
                break
    return found
