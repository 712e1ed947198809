"""What the prose says of figures that the form holds too: the words are data (``prose.toml``).

The prose has many ways to count something narrower than the form does, and real reports use them all. A claim is held
against the form only when its clause says nothing that narrows it, none of the figures that it may rightly mean is
what it says, and no other sentence gives the form's figure: silence is better than a false alarm.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fnmatch import fnmatchcase
from functools import cache, partial
from typing import Any

from parsers.checks.rule import CodeRule, Example
from parsers.checks.subject import Subject
from parsers.data import read_toml
from parsers.forms.form import Form
from parsers.forms.grade import Grade
from parsers.report import Bound, CellKey, CellState, Fact, FactKind, FactRole, Finding, Scope, Severity

CLAUSE_ENDS = re.compile(r"[。；;，,！!？?：:（）()\n]|\.(?!\d)")
ITEM_ENDS = re.compile(r"[。；;，,、！!？?：:（）()\n]|\.(?!\d)")
"""What ends a clause, and what ends an item of a list in it."""
REACH = 60
"""Characters on each side of a figure in which its clause is looked for."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A kind of sentence and the figures of the form that it may mean; see ``prose.toml``."""

    rule: str
    metric: str
    words: tuple[str, ...]
    needs: tuple[str, ...]
    unless: tuple[str, ...]
    sentence: tuple[str, ...]
    years: tuple[int, ...]
    parts: bool
    cells: tuple[tuple[str, ...], ...]


@cache
def words() -> Mapping[str, Any]:
    """The whole of ``prose.toml``."""
    return read_toml(__package__, "prose.toml")


@cache
def claims(rule: str) -> tuple[Claim, ...]:
    """The claims of a rule, in the order of the file."""
    return tuple(
        Claim(
            rule=entry["rule"],
            metric=entry["metric"],
            words=tuple(entry["words"]),
            needs=tuple(entry.get("needs", ())),
            unless=tuple(entry.get("unless", ())),
            sentence=tuple(entry.get("sentence", ())),
            years=tuple(entry.get("years", (0,))),
            parts=entry.get("parts", False),
            cells=tuple(map(tuple, entry["cells"])),
        )
        for entry in words()["claim"]
        if entry["rule"] == rule
    )


def rule_of_claims(
    code: str, sentence: str, source: str, grade: Grade, *, holds: Example, breaks: Example
) -> CodeRule:
    """The rule that holds the claims of this code against the form. It gives at most one finding a claim: the prose states
    another figure, and nowhere the form's."""
    find = partial(contradictions, rule=code, severity=grade.severity)
    return CodeRule(code, sentence, source, grade, find, holds, breaks)


def contradictions(subject: Subject, rule: str, severity: Severity) -> Iterator[Finding]:
    """A finding for each claim of a rule that the form contradicts."""
    year = subject.identity.year if subject.identity is not None else None
    if year is None:
        return
    for claim in claims(rule):
        stated = [index for index in range(len(subject.facts)) if _makes(subject, index, claim, year)]
        if not stated:
            continue
        meanings = [sum_of(subject, terms) for terms in claim.cells]
        if meanings[0] is None or not _filled_in(subject, claim.cells[0]):
            continue
        known = [meaning[0] for meaning in meanings if meaning is not None]
        if any(subject.facts[index].value in known for index in stated):
            continue
        expected, keys = meanings[0]
        fact = subject.facts[stated[0]]
        yield Finding(
            rule=rule,
            severity=severity,
            whose=subject.whose(keys),
            message=f"The prose says {fact.surface.strip()} ({quoted(subject, fact)}), the form says {expected:f} "
            f"({' + '.join(dict.fromkeys(subject.name(key) for key in keys[:3]))}{' …' if len(keys) > 3 else ''})",
            where=(f"fact:{stated[0]}", *map(str, keys)),
            expected=expected,
            actual=fact.value,
        )


@cache
def cells_named(form: Form, term: str) -> tuple[CellKey, ...]:
    """The cells of the form that a term names; ``*`` stands for any rest of a key."""
    return tuple(key for key in form.cell_keys() if fnmatchcase(str(key), term))


def sum_of(subject: Subject, terms: Sequence[str]) -> tuple[Decimal, tuple[CellKey, ...]] | None:
    """The sum of the cells that the terms name, and their keys; None when the form has none of them or one is not known."""
    total = Decimal(0)
    named: list[CellKey] = []
    for term in terms:
        keys = cells_named(subject.form, term.removeprefix("-"))
        if not keys:
            return None
        for key in keys:
            value = subject.value(key)
            if value is None:
                return None
            total += -value if term.startswith("-") else value
        named += keys
    return total, tuple(named)


def clause(subject: Subject, fact: Fact, ends: re.Pattern[str] = CLAUSE_ENDS) -> str:
    """The words around a figure, up to the nearest signs that end a clause on both sides, without blanks."""
    before = ends.split(subject.prose[max(fact.start - REACH, 0) : fact.start])[-1]
    behind = ends.split(subject.prose[fact.end : fact.end + REACH])[0]
    return re.sub(r"\s+", "", before + behind)


def quoted(subject: Subject, fact: Fact) -> str:
    """The clause of a figure with the figure, for a message."""
    before = CLAUSE_ENDS.split(subject.prose[max(fact.start - REACH, 0) : fact.start])[-1]
    behind = CLAUSE_ENDS.split(subject.prose[fact.end : fact.end + REACH])[0]
    return re.sub(r"\s+", "", before + fact.surface + behind)


def holds_any(text: str, wanted: Sequence[str]) -> bool:
    """Whether one of the words stands in the text."""
    return any(word in text for word in wanted)


def rounded(fact: Fact) -> bool:
    """Whether a figure is printed in ten thousands: rounded as a rule, it says nothing about the last digit."""
    return holds_any(fact.surface, words()["rounded"])


def plain_level(fact: Fact) -> bool:
    """Whether a fact is an exact, plain figure of what happened in the year."""
    return (
        fact.role is FactRole.LEVEL and fact.kind is FactKind.FLOW and fact.bound is Bound.EXACT and not rounded(fact)
    )


def _makes(subject: Subject, index: int, claim: Claim, year: int) -> bool:
    """Whether a fact makes a claim, and says nothing that makes it count something else."""
    fact = subject.facts[index]
    if fact.metric != claim.metric or not plain_level(fact) or fact.year - year not in claim.years:
        return False
    if fact.channel is not None or fact.unit not in words()["units"]:
        return False
    item, wide = clause(subject, fact, ITEM_ENDS), clause(subject, fact)
    if claim.words and not holds_any(item, claim.words):
        return False
    if (claim.needs and not holds_any(wide, claim.needs)) or holds_any(wide, claim.unless):
        return False
    if claim.sentence and not holds_any(fact.sentence, claim.sentence):
        return False
    if claim.words and any(
        holds_any(item, other.words) for other in claims(claim.rule) if other is not claim and other.words
    ):
        return False
    return _counts_all(subject, wide, claim) and (
        fact.part_of is None or (claim.parts and _counts_all_requests(subject, fact.part_of))
    )


def _counts_all(subject: Subject, wide: str, claim: Claim) -> bool:
    """Whether no word of the clause narrows or widens what is counted; the claim's own words do not."""
    rest = wide
    for word in (*claim.words, *claim.needs, *claim.sentence, *(words()["within"] if claim.parts else ())):
        rest = rest.replace(word, "")
    area = subject.identity is not None and subject.identity.scope is Scope.AREA
    return not holds_any(rest, words()["narrower"]) and (area or not holds_any(rest, words()["wider"]))


def _counts_all_requests(subject: Subject, index: int) -> bool:
    """Whether a whole is all the requests of the form, so that its parts are the form's outcomes."""
    whole = subject.facts[index]
    received = claims("x.received_text")[0]
    meanings = [sum_of(subject, terms) for terms in received.cells]
    return whole.part_of is None and whole.value in [meaning[0] for meaning in meanings if meaning is not None]


def _filled_in(subject: Subject, terms: Sequence[str]) -> bool:
    """Whether the page states what the terms name: a figure, or a dash; blanks alone state nothing."""
    keys = [key for term in terms for key in cells_named(subject.form, term.removeprefix("-"))]
    states = {subject.state(subject.system.position[key]) for key in keys}
    return bool(states & {CellState.NUMBER, CellState.DASH})
