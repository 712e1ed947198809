"""Which figure another one is a part of: 其中, 包括, brackets, and lists that itemise a total."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import accumulate

from parsers.facts.clauses import Phrase
from parsers.facts.counted import Counted
from parsers.facts.families import AUDIENCE, CASES, INFORMATION
from parsers.facts.lexicon import Lexicon
from parsers.facts.scan import Figure
from parsers.report import Fact, FactRole

_OPENING, _CLOSING = "（(", "）)"
_ALSO = re.compile(r"[，,；;]\s*(?:对|将|把|而)其中")

TELLING = 20
"""From this total on, figures behind it that add up to it are its parts although no word says so; small ones add up
by chance."""

OPENS = 2
"""Characters of a clause that may stand in front of 包括 where it opens the clause: 主要包括."""

RECENT = 40
"""Figures that are looked back at for a whole; the longest breakdown in the reports read has twenty-three parts."""

OUTSIDE = AUDIENCE | {"applications", "reviews", "lawsuits", "accounts", "trainings", "fees"}
"""Metrics that are never a part of what was published: readers of a post are no posts."""

HAPPENINGS = frozenset({"press_events", "events", "enforcement", "opinions"})
"""Metrics that are a part of what was published only where they are counted like it: of 202条 two press
conferences are none."""


@dataclass(frozen=True, slots=True)
class Member:
    """A figure as the search for wholes sees it. ``index`` is its place among the facts."""

    index: int
    metric: str
    unit: str
    value: Decimal
    role: FactRole
    lead: str
    core: str
    segment: int
    part_of: int | None
    sentence: int
    ratio: bool = False
    bracketed: bool = False


DEEPEST = 20
"""Breakdowns inside each other that are kept; the reports read have three."""


@dataclass(slots=True)
class Breakdown:
    """The breakdowns that are open at one point of a text. ``stack`` holds, from the outside in, the index of each
    whole (None where there is no single whole) and what closes it: a full stop, a semicolon or a bracket."""

    stack: list[tuple[int | None, str]] = field(default_factory=list)
    levels: list[Member] = field(default_factory=list)
    of_cases: str | None = None
    """Of a breakdown without a single whole the metric of the totals, where these are cases."""
    first_has_verb: bool | None = None
    """Whether the first part of the breakdown that was opened last has a verb of its own; None before it."""

    left: Decimal = Decimal(-1)
    """What of that whole its parts have left over so far, and how many they are."""
    parts: int = 0

    def whole(self) -> int | None:
        """The index of the whole of the open breakdown; None where none is open, or it has no single whole."""
        return self.stack[-1][0] if self.stack else None

    def about(self) -> str | None:
        """The metric of the totals that the open breakdown is of, where no single one is its whole."""
        return self.of_cases if self.stack and self.stack[-1][0] is None else None

    def is_bare(self) -> bool:
        """Whether a breakdown is open whose first part has no verb: 更新办事指南10条 in its midst governs only itself."""
        return self.whole() is not None and self.first_has_verb is False

    def open(self, entry: tuple[int | None, str]) -> None:
        """Open a breakdown: of which fact (None: of no single one), and what closes it."""
        if len(self.stack) > DEEPEST:
            del self.stack[0]
        self.stack.append(entry)
        last = self.levels[-1] if self.levels else None
        self.of_cases = last.metric if last is not None and entry[0] is None and last.metric in CASES else None
        self.first_has_verb = None
        whole = next((level for level in reversed(self.levels[-RECENT:]) if level.index == entry[0]), None)
        self.left, self.parts = (whole.value if whole is not None else Decimal(-1)), 0

    def exhausted(self) -> bool:
        """Whether the parts so far add up to the whole of the breakdown that was opened last."""
        return self.parts > 1 and self.left == 0

    def take(self, part: Member) -> None:
        """A part of the whole was read."""
        self.left -= part.value
        self.parts += 1

    def in_bracket(self) -> bool:
        """Whether a bracket is open."""
        return any(closing == ")" for _, closing in self.stack)

    def new_sentence(self) -> None:
        """Close every breakdown."""
        self.stack.clear()

    def forget(self) -> None:
        """Forget the totals so far: what follows speaks of something else."""
        self.levels.clear()


def advance(breakdown: Breakdown, phrase: Phrase, known: Lexicon) -> bool:
    """Open and close breakdowns according to the text between the figure before and this one; True if one opens."""
    opened, gap = _follow_signs(breakdown, phrase, known), phrase.gap
    itemising = known.holds(gap, "itemising")
    if breakdown.whole() is not None and _ALSO.search(gap):
        return False  # 对其中一件进行了公开，对其中两件申请进行了部分公开: of the same whole
    if itemising or known.holds(gap, "of_which"):
        closes = ";" if breakdown.stack else "."
        if not itemising and (_set_off(gap, known) or _outgrown(breakdown, phrase, known)):
            breakdown.open((None, closes))
        else:
            anew = gap.lstrip().startswith("其中")
            _open(breakdown, phrase.figure, known, nested_closes=closes, itemising=itemising, anew=anew)
        return True
    total = _taken_apart(breakdown, phrase)
    if total is not None:
        breakdown.open((total.index, ";"))
    return opened or total is not None


def _follow_signs(breakdown: Breakdown, phrase: Phrase, known: Lexicon) -> bool:
    """Open and close breakdowns at the brackets and semicolons in front of a figure; True if one opens."""
    gap, opened = phrase.gap, False
    blank = len(gap) - len(gap.lstrip())
    for position, character in enumerate(gap):
        if character in _OPENING:
            last = breakdown.levels[-1] if breakdown.levels else None
            opened = True
            adjacent = (position <= blank or _explains(gap, position, known)) and last is not None
            breakdown.open((last.index if adjacent and last else breakdown.whole(), ")"))
        elif character in _CLOSING:
            while breakdown.stack and breakdown.stack[-1][1] != ")":
                breakdown.stack.pop()
            if breakdown.stack:
                breakdown.stack.pop()
        elif character in "；;":
            while breakdown.stack and (breakdown.stack[-1][1] == ";" or _starts_anew(breakdown, phrase, known)):
                breakdown.stack.pop()
    return opened


def _taken_apart(breakdown: Breakdown, phrase: Phrase) -> Member | None:
    """The last total, where the figure's clause opens with a word that takes it apart: 包括…, 涉及…."""
    last = breakdown.levels[-1] if breakdown.levels else None
    clause = phrase.near
    including, touching = clause.last("including"), clause.last("touching")
    if including is not None and including.start - clause.start <= OPENS:
        return last
    if last is None or touching is None or touching.start != clause.start or breakdown.stack:
        return None
    return last if last.unit == phrase.figure.unit and last.value > phrase.figure.value else None


def _starts_anew(breakdown: Breakdown, phrase: Phrase, known: Lexicon) -> bool:
    """Whether something counted otherwise is published behind a semicolon, which is no part of what was published
    before it: 发布信息9895条，其中政务动态5396条；发布文件38件."""
    of = next((level for level in reversed(breakdown.levels[-RECENT:]) if level.index == breakdown.whole()), None)
    verb = next((word.sense.verb for word in phrase.near.words if word.sense.verb), None)
    return (
        of is not None
        and of.unit != phrase.figure.unit
        and breakdown.stack[-1][1] == "."
        and verb is not None
        and known.publishes(verb)
    )


NAMED = 10
"""Characters of the noun between a figure and the bracket that tells its parts: 93个区级部门（包括18个乡镇）."""


def _explains(gap: str, position: int, known: Lexicon) -> bool:
    """Whether a bracket tells the parts of the figure before it: nothing but the noun stands between, and the
    bracket begins with a word for parts (93个区级部门（包括18个乡镇）)."""
    noun, told = gap[:position], gap[position + 1 :]
    parts = known.starts_with(told, "including") or known.starts_with(told, "of_which")
    return len(noun) <= NAMED and not any(mark in noun for mark in "，,；;、。：") and parts is not None


def _set_off(gap: str, known: Lexicon) -> bool:
    """Whether a semicolon stands before the clause of 其中, which then speaks of what that clause tells, and of no
    figure: 发布信息1816条；在各级媒体开展宣传报道，其中…."""
    lead = gap[: known.find(gap, "of_which")]
    _, semicolon, told = lead.replace(";", "；").rpartition("；")
    return bool(semicolon) and len(told.strip("，, ")) > 1


def _outgrown(breakdown: Breakdown, phrase: Phrase, known: Lexicon) -> bool:
    """Whether 其中 speaks of another whole than the last total: it stands behind words of its own, and its figure
    fills that total (网站发布85条。充分运用公众号，其中公众号发布85条)."""
    lead = phrase.gap[: known.find(phrase.gap, "of_which")].strip("，, ：:（()）")
    if not lead or breakdown.stack or not breakdown.levels:
        return False
    last = breakdown.levels[-1]
    return last.unit == phrase.figure.unit and 0 < last.value <= phrase.figure.value


def _open(
    breakdown: Breakdown, figure: Figure, known: Lexicon, nested_closes: str, *, itemising: bool, anew: bool
) -> None:
    """Open a breakdown of the last total, or of no single one where several stand side by side."""
    levels, value, unit = (
        [level for level in breakdown.levels[-RECENT:] if not level.bracketed],
        figure.value,
        figure.unit,
    )
    if len(levels) > 1 and not levels[-1].value and value:
        levels = levels[:-1]  # 不合格0个。其中微博2个: nothing is a part of none
    if not levels:
        breakdown.open((None, nested_closes))
        return
    last = levels[-1]
    if last.unit != unit:
        # 发布会191场，出席25人次。其中疫情发布会151场: the whole is counted like its part.
        near = [level for level in levels[-3:] if level.sentence == last.sentence]
        last = next((level for level in reversed(near) if level.unit == unit), last)
    while last.part_of is not None and (itemising or (not breakdown.stack and value > last.value)):
        # 其中公开8件，不予公开2件。从渠道看，邮件3件: what is itemised anew is the total, and not its last part.
        above = next((level for level in levels if level.index == last.part_of), None)
        if above is None:
            break
        last = above
    if breakdown.stack and last.part_of is None and last.index == breakdown.stack[0][0]:
        return
    single = last.index == levels[-1].index and not _parallel(levels, known)
    single = single and not (anew and _abreast(levels))
    breakdown.open((last.index if single or last.index != levels[-1].index else None, nested_closes))


def _parallel(levels: Sequence[Member], known: Lexicon) -> bool:
    """Whether the last two totals are of one kind, so that neither is the whole: 新收317件，上年结转3件。其中…."""
    if len(levels) < 2:
        return False
    last, before = levels[-1], levels[-2]
    if (last.metric, last.unit) != (before.metric, before.unit) or last.part_of is not None:
        return False
    if before.part_of is not None:
        return False  # 新收60件，其中公民55件；上年结转7件，其中公民6件: each has its own
    return _carried(last, known) or (_carried(before, known) and known.holds(last.lead, "received"))


def _abreast(levels: Sequence[Member]) -> bool:
    """Whether the last two totals stand in one sentence, of both of which 其中 speaks behind the full stop:
    网站754条，新媒体2808条。其中…."""
    last, before = levels[-1], levels[-2] if len(levels) > 1 else None
    if before is None or before.part_of is not None or last.part_of is not None:
        return False
    return _alike(last, before) and last.sentence == before.sentence


def _carried(member: Member, known: Lexicon) -> bool:
    """Whether cases of another year are counted: 上年结转."""
    return known.holds(member.lead, "carried_over")


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
            if total and member.part_of is None and _alike(total, member) and member.value < total.value:
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


def _alike(one: Member, other: Member) -> bool:
    """Whether two figures count the same in one stretch of a sentence."""
    return (one.unit, one.metric, one.segment) == (other.unit, other.metric, other.segment)


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
        if left <= 0 or member.part_of is not None or not _alike(total, member):
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
            if _alike(member, parts[0]) and member.value in sums[1:]:
                last = sums.index(member.value)
                found += [(part.index, member.index if turn <= last else None) for turn, part in enumerate(parts)]
                break
    return found


def belongs(what: Counted, phrase: Phrase, whole: Fact, known: Lexicon) -> bool:
    """Whether a figure can be a part of ``whole``: not behind a verb of another kind, not when it
    counts what is never a kind of information."""
    of = whole.metric
    if known.starts_with(phrase.near.text, "besides"):
        return False
    if known.holds(phrase.near.text, "carried_over") and not any(bracket in phrase.gap for bracket in _OPENING):
        return False
    if known.holds(phrase.near.text, "cumulative") and known.holds(phrase.gap, "since"):
        return False  # 新增51件（历年累计4142件）
    if phrase.figure.ratio:
        return True
    informs = of in INFORMATION
    if of == "documents" and what.metric != of and phrase.figure.unit != whole.unit:
        return False  # 文件100件，其中规范性文件16件，政府公报6期
    happened = what.metric in HAPPENINGS and (what.own_verb or what.metric != "enforcement")
    if informs and happened and phrase.figure.unit != whole.unit:
        return False
    cases = known.lists["cases"]
    told_alike = what.metric == of in CASES and phrase.figure.unit in cases and whole.unit in cases
    times = known.lists["times"]
    came_alike = what.metric == of and phrase.figure.unit in times and whole.unit in times
    if not informs and phrase.figure.unit != whole.unit and not told_alike and not came_alike:
        return False
    if what.metric == of:
        return True
    if not informs or what.metric in OUTSIDE:
        return False
    if not what.own_verb or what.verb is None or any(known.publishes(word.sense.verb) for word in phrase.near.words):
        return True  # 制定并发布规范性文件7件
    apart = is_along_a_way(phrase) or (what.verb_word is not None and what.verb_word.text in known.lists["received"])
    return known.handles(what.verb) and phrase.figure.unit == whole.unit and not apart


def is_along_a_way(phrase: Phrase) -> bool:
    """Whether a way is named that leads to the figure (通过热线回应…): 其中，通过网站发布…，通过热线回应…，通过微信发布…."""
    return any(clause.has("through") for clause in phrase.clauses)
