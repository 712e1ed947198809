"""What a figure takes over from those before it: the role and the kind, and the total that it compares itself with."""

from __future__ import annotations

from parsers.facts.clauses import Phrase
from parsers.facts.counted import Counted
from parsers.facts.kinds import role_of
from parsers.facts.lexicon import Lexicon
from parsers.facts.record import Record
from parsers.report import Fact, FactKind, FactRole


def role_among(
    phrase: Phrase, what: Counted, record: Record, known: Lexicon, *, opened: bool, part_of_gain: bool
) -> FactRole:
    """What the figure is to the others: as its phrase says, else like the ratio or the gain that it goes on with. ``opened`` says that
    the figure before is where a change began, ``part_of_gain`` that its whole is a gain counted in the same measure word."""
    role, ratio = role_of(phrase, opened, known), phrase.figure.ratio
    before = record.last()
    if ratio and role is FactRole.LEVEL and before is not None and _continues(phrase, before):
        role = before.role
    if role is FactRole.LEVEL and _is_gained_along(phrase, what, record, known):
        return FactRole.DELTA
    # 新增130条，其中文件25条: the parts were gained too
    return FactRole.DELTA if part_of_gain and role is FactRole.LEVEL and not ratio else role


def _continues(phrase: Phrase, before: Fact) -> bool:
    """Whether nothing but a conjunction stands between this ratio and the one before: 分别增长12%和11.7%."""
    return len(phrase.gap.strip()) == 1 and not phrase.core and before.unit == phrase.figure.unit


def _is_gained_along(phrase: Phrase, what: Counted, record: Record, known: Lexicon) -> bool:
    """Whether the figure is listed behind a gain without a verb of its own, and so was gained too:
    新增政务类栏目4个，服务类栏目2个."""
    told = phrase.near.has("standing", "total", "cumulative", "since", "compared", "gained")
    listed = phrase.gap.lstrip()[:1] in ("，", "、") and not phrase.back
    if told or what.own_verb or not listed or not phrase.core or phrase.core != phrase.near.text:
        return False
    for index in record.back_to(record.first):
        member = record.members[index]
        alike = (member.metric, member.unit) == (what.metric, phrase.figure.unit)
        if member.role is not FactRole.DELTA or not alike:
            return False
        if known.holds(member.lead, "added"):
            return True
    return False


def kind_before(phrase: Phrase, what: Counted, of: Fact | None, record: Record) -> FactKind | None:
    """The kind that a figure takes over: from its whole, or from the member before it in a list with 、."""
    if of is not None:
        closed = what.metric == what.verb == "accounts"  # 其中关停微信号31个、微博22个
        return of.kind if of.metric == what.metric and not closed else None
    before = record.last()
    if before is None or (before.metric, before.role) != (what.metric, FactRole.LEVEL):
        return None
    amassed = before.kind is FactKind.CUMULATIVE and phrase.gap.startswith("，") and before.unit == phrase.figure.unit
    return before.kind if phrase.gap.startswith("、") or amassed else None


def compared_total(phrase: Phrase, record: Record) -> int | None:
    """The index of the total that a comparison at the beginning of a sentence is about, in the sentence before:
    公开信息173条。2010年新增49条."""
    if not phrase.near.has("gained", "lost", "compared"):
        return None
    for index in record.back_to(record.before):
        fact = record.facts[index]
        level = fact.part_of is None and fact.role is FactRole.LEVEL and fact.kind is not FactKind.RATE
        if level and (phrase.figure.ratio or fact.unit == phrase.figure.unit):
            return index
    return None


def amass_total_of(gain: Fact, record: Record, known: Lexicon) -> None:
    """Make the total cumulative, and its parts, of which a gain of the year, the last fact, is told:
    累计公开5928条，其中本年度新增2110条."""
    last = len(record.facts) - 1
    for index in record.back_to(record.before):
        fact = record.facts[index]
        alike = (fact.metric, fact.unit, fact.kind) == (gain.metric, gain.unit, FactKind.FLOW)
        if index == last or not alike or fact.value <= gain.value:
            continue
        if known.holds(record.members[index].lead, "cumulative"):
            record.revise(index, kind=FactKind.CUMULATIVE)
            for part in range(index + 1, last):
                told = record.facts[part]
                if told.part_of == index and told.kind is FactKind.FLOW:
                    record.revise(part, kind=FactKind.CUMULATIVE)
            return
