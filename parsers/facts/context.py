"""Figures that only their sentence shows to be no facts: structure, scope, back-references."""

from __future__ import annotations

from collections.abc import Sequence

from parsers.facts.clauses import Phrase
from parsers.facts.families import AUDIENCE
from parsers.facts.lexicon import Lexicon, lexicon
from parsers.facts.names import Reason
from parsers.facts.scan import Figure

NOUN_REACH = 10
"""How far behind a measure word its noun may end: 个基层政务公开试点领域 is ten characters."""

RECENT = 12
"""Figures that are looked back at for one that is said again."""


def reasons_aside(
    phrases: Sequence[Phrase], intended: Sequence[bool], said: Sequence[Figure] = ()
) -> list[Reason | None]:
    """For each phrase of a sentence the reason why its figure is no fact, or None when it counts. ``intended`` says
    which figures are only planned, ``said`` are the figures of the sentence before."""
    known = lexicon()
    given = [*said, *(phrase.figure for phrase in phrases)]
    reasons = [
        _reason(phrase, known) or _restated(phrase, given[max(0, at - RECENT) : at], known)
        for at, phrase in enumerate(phrases, start=len(said))
    ]
    for index in range(len(phrases) - 1, 0, -1):
        # 6大类30条109项任务: figures that touch share their fate.
        if not phrases[index].gap.strip() and reasons[index] is Reason.STRUCTURE:
            reasons[index - 1] = Reason.STRUCTURE
    for index in range(1, len(phrases)):
        # 涉及13个区县、10个处室; 8大板块、42个子栏目: what the first is, the second is too.
        before = reasons[index - 1]
        carries = before is Reason.SCOPE or (
            before is Reason.STRUCTURE and phrases[index].figure.unit in known.lists["things"]
        )
        pair = phrases[index - 1 : index + 1]
        if reasons[index] is None and carries and _goes_on(pair, alike=before is Reason.SCOPE):
            reasons[index] = before
    for index, following in enumerate(phrases[1:]):
        if reasons[index] is None and not phrases[index].figure.ratio and _in_subject(phrases[index], following):
            reasons[index] = Reason.IN_SUBJECT
    return [
        Reason.PLAN if planned and reason is None else reason
        for planned, reason in zip(intended, reasons, strict=True)
    ]


def _goes_on(pair: Sequence[Phrase], *, alike: bool) -> bool:
    """Whether nothing but the noun of the first figure and 、 stands between two figures, in one measure word where
    they must be ``alike``."""
    first, second = pair
    gap = second.gap.rstrip()
    joined = gap.endswith("、") and gap.count("、") == 1 and "，" not in gap and len(gap) <= NOUN_REACH
    return joined and (not alike or first.figure.unit == second.figure.unit)


def _reason(phrase: Phrase, known: Lexicon) -> Reason | None:
    """Why the figure of a phrase is no fact, as far as its phrase tells; None where it counts."""
    near, tail, unit = phrase.near.text, phrase.tail.text, phrase.figure.unit
    if known.ends_with(near, "negated"):
        return Reason.NEGATED
    often = unit in known.lists["times"] and known.holds(near, "frequencies")
    if often or known.ends_with(near, "frequencies"):
        return Reason.INDEFINITE  # 每月5条, 每月开展1次巡查
    if known.ends_with(near, "back_before") and not phrase.figure.ratio:
        # 电话339件、信箱36件、其它93件: the rest of a list, and not the others of before.
        # 剩余26件结转下年度办理: what is left over is told by what becomes of it.
        left = known.starts_with(tail, "carried_over") is not None
        rest = left or (known.ends_with(near, "rest") is not None and not tail.strip())
        return None if rest else Reason.BACK_REFERENCE
    if known.starts_with(tail, "suffices"):
        return Reason.STRUCTURE  # 点击3次即可看到: how little it takes
    if _repeats(phrase, known):
        return Reason.BACK_REFERENCE
    if near.endswith("的") and (tail.startswith("中") or (tail.endswith("中") and len(tail) <= NOUN_REACH)):
        return Reason.BACK_REFERENCE
    return _of_things(phrase, known) if unit in known.lists["things"] else None


def _of_things(phrase: Phrase, known: Lexicon) -> Reason | None:
    """Why a figure of things (个, 项, 家 …) is no fact: it counts parts of a text or a plan, or the bodies that an activity reaches."""
    near, tail = phrase.near.text, phrase.tail.text
    made = any(word.sense.verb == "documents" for word in phrase.near.words)
    if phrase.figure.chinese and known.starts_with(tail, "slogans") and not made:
        return Reason.STRUCTURE  # 落实三项制度
    if known.ends_with(phrase.core, "tasks"):
        return Reason.STRUCTURE  # 细化工作任务27项, 落实措施15条
    head = tail[:NOUN_REACH]
    structure = known.find(head, "structure_nouns")
    bodies = 0 <= known.find(head, "body_nouns") < structure  # 16个村每季度公开财务: who did it
    if structure >= 0 and not bodies and not _counted(phrase, structure):
        return Reason.STRUCTURE
    area = known.ends_with(near, "areas") or ""
    if known.ends_with(near.removesuffix(area), "scope_before") and (
        known.holds(head, "scope_nouns") or known.holds(head, "body_nouns")
    ):
        return Reason.SCOPE
    listed = "、" in near and not any(word.sense.verb for word in phrase.near.words)
    if listed and (phrase.figure.chinese or near.endswith("等")) and phrase.figure.unit in ("个", "家"):
        return Reason.IN_SUBJECT
    return None


def _in_subject(phrase: Phrase, following: Phrase) -> bool:
    """Whether the next figure counts what belongs to the things that this one counts: 41条短视频播放量超2300万."""
    touching = (
        following.gap_start + len(following.gap) == phrase.tail.end or following.near.start <= phrase.figure.end + 1
    )
    return touching and any(word.sense.noun in AUDIENCE for word in phrase.tail.words)


def _counted(phrase: Phrase, structure: int) -> bool:
    """Whether a noun that the lexicon counts starts no later than the word for structure: 个热点问题."""
    for word in phrase.tail.words:
        if word.start > phrase.tail.start + structure:
            return False
        if word.sense.noun and word.sense.noun not in ("other", "events"):
            return True
    return False


def _restated(phrase: Phrase, said: Sequence[Figure], known: Lexicon) -> Reason | None:
    """A back-reference where a figure of just before is said again, in front of what became of it:
    收到申请9件。9件申请均已答复."""
    figure = phrase.figure
    if phrase.near.text or not any((other.value, other.unit) == (figure.value, figure.unit) for other in said):
        return None
    subject = next((word for word in phrase.tail.words if "all_alike" in word.sense.marks), None)
    named = subject is not None and any(word.sense.noun for word in phrase.tail.words if word.end <= subject.start)
    became = known.find(phrase.tail.text, "became")
    named = named or (0 < became <= NOUN_REACH)
    return Reason.BACK_REFERENCE if named else None


def _repeats(phrase: Phrase, known: Lexicon) -> bool:
    """Whether a figure is only said again, as the subject of its clause: 来看，2件均为…."""
    return not phrase.near.text and known.starts_with(phrase.tail.text, "alike") is not None
