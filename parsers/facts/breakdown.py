"""The breakdowns that are open at a figure: 其中, 包括, brackets and semicolons open and close them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from parsers.facts.clauses import Phrase
from parsers.facts.families import CASES
from parsers.facts.lexicon import Lexicon
from parsers.facts.record import RECENT, Member
from parsers.facts.scan import Figure

_ALSO = re.compile(r"[，；]\s*(?:对|将|把|而)其中")
OPENS = 2
"""Characters of a clause that may stand in front of 包括 where it opens the clause: 主要包括."""
DEEPEST = 20
"""Breakdowns inside each other that are kept; the reports read have three."""
NAMED = 10
"""Characters of the noun between a figure and the bracket that tells its parts: 93个区级部门（包括18个乡镇）."""


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

    def close(self) -> None:
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
        if character == "（":
            last = breakdown.levels[-1] if breakdown.levels else None
            opened = True
            adjacent = (position <= blank or _explains(gap, position, known)) and last is not None
            breakdown.open((last.index if adjacent and last else breakdown.whole(), ")"))
        elif character == "）":
            while breakdown.stack and breakdown.stack[-1][1] != ")":
                breakdown.stack.pop()
            if breakdown.stack:
                breakdown.stack.pop()
        elif character == "；":
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


def _explains(gap: str, position: int, known: Lexicon) -> bool:
    """Whether a bracket tells the parts of the figure before it: nothing but the noun stands between, and the
    bracket begins with a word for parts (93个区级部门（包括18个乡镇）)."""
    noun, told = gap[:position], gap[position + 1 :]
    parts = known.starts_with(told, "including") or known.starts_with(told, "of_which")
    return len(noun) <= NAMED and not any(mark in noun for mark in "，；、。：") and parts is not None


def _set_off(gap: str, known: Lexicon) -> bool:
    """Whether a semicolon stands before the clause of 其中, which then speaks of what that clause tells, and of no
    figure: 发布信息1816条；在各级媒体开展宣传报道，其中…."""
    lead = gap[: known.find(gap, "of_which")]
    _, semicolon, told = lead.rpartition("；")
    return bool(semicolon) and len(told.strip("， ")) > 1


def _outgrown(breakdown: Breakdown, phrase: Phrase, known: Lexicon) -> bool:
    """Whether 其中 speaks of another whole than the last total: it stands behind words of its own, and its figure
    fills that total (网站发布85条。充分运用公众号，其中公众号发布85条)."""
    lead = phrase.gap[: known.find(phrase.gap, "of_which")].strip("， ：（）")
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
    return last.is_like(before) and last.sentence == before.sentence


def _carried(member: Member, known: Lexicon) -> bool:
    """Whether cases of another year are counted: 上年结转."""
    return known.holds(member.lead, "carried_over")
