"""Parts that the prose lists of a whole (其中 …) and the whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from parsers.checks.prose import ITEM_ENDS, clause, holds_any, quoted, rounded, words
from parsers.checks.rule import CodeRule, Example
from parsers.checks.subject import Subject
from parsers.forms.grade import Grade
from parsers.report import Bound, Fact, FactRole, Finding, Severity, Whose

MOST_PARTS = 40
"""Longer lists are inventories, and part of their items are sub-items of others."""
LONGEST_NOUN = 2
"""Characters that may follow the word for the rest: 其他信息, 其余文件."""


def find(subject: Subject) -> Iterator[Finding]:
    """One finding for each whole whose parts cannot be right: a warning when they are more than the whole, a hint
    when they are less although the list says that it is complete.

    Only what stands in one sentence, is printed exactly and counts things of one kind is added up. Lists hold
    sub-items of their items, and cut one whole in several ways: where some of the parts make up the whole, all is well.
    """
    for index, whole in enumerate(subject.facts):
        parts = [i for i, fact in enumerate(subject.facts) if fact.part_of == index]
        facts = [subject.facts[i] for i in parts]
        if not parts or len(parts) > MOST_PARTS or not all(_adds(fact, whole) for fact in (whole, *facts)):
            continue
        total = sum((fact.value for fact in facts), Decimal(0))
        if total == whole.value or whole.value in _sums([fact.value for fact in facts]):
            continue
        excess = total > whole.value
        if not excess and not (len(facts) > 1 and _complete(subject, whole, facts)):
            continue
        listed = " + ".join(f"{fact.value:f}" for fact in facts)
        yield Finding(
            rule=RULE.code,
            severity=Severity.WARNING if excess else Severity.HINT,
            whose=Whose.AGENCY,
            message=f"The parts of {whole.surface.strip()} ({quoted(subject, whole)}) add up to {total:f}: {listed}",
            where=(f"fact:{index}", *(f"fact:{i}" for i in parts)),
            expected=whole.value,
            actual=total,
        )


def _adds(fact: Fact, whole: Fact) -> bool:
    """Whether a fact can be added up with others of the whole's kind."""
    known = words()["breakdown"]
    kinds = [kind for kind in (known["pieces"], known["people"]) if whole.unit in kind]
    return (
        fact.role is FactRole.LEVEL
        and fact.bound is Bound.EXACT
        and not rounded(fact)
        and (fact.kind, fact.year, fact.sentence) == (whole.kind, whole.year, whole.sentence)
        and bool(kinds)
        and fact.unit in kinds[0]
    )


def _sums(values: Sequence[Decimal]) -> set[Decimal]:
    """Everything that some of the values can add up to, as long as these are few."""
    sums = {Decimal(0)}
    for value in values:
        if len(sums) > 1 << 12:
            break
        sums |= {each + value for each in sums}
    return sums


def _complete(subject: Subject, whole: Fact, parts: Sequence[Fact]) -> bool:
    """Whether the list says that it is complete: its last part is the rest (其他信息, not 其他重点信息), or it is
    introduced as the whole's division."""
    known = words()["breakdown"]
    item = clause(subject, parts[-1], ITEM_ENDS)
    rest = any(item.startswith(word) and len(item) <= len(word) + LONGEST_NOUN for word in known["rest"])
    return rest or holds_any(subject.prose[whole.end : parts[0].start], known["introductions"])


RULE = CodeRule(
    code="x.parts_text",
    sentence="Parts that a sentence lists of a whole are not more than the whole (a warning), and where the list says that "
    "it is complete (其余, 分别) they are not less (a hint).",
    source="arithmetic; published reports fail it often, as parts overlap or items of another kind are mixed in",
    grade=Grade.PLAUSIBLE,
    find=find,
    holds=Example("2021", {}, prose="公开政府信息80条，其中概况信息7条，公告信息14条，其他信息59条。"),
    breaks=Example("2021", {}, prose="公开政府信息80条，其中概况信息7条，公告信息14条，其他信息49条。"),
    prose_alone=True,
)
