"""The kind of a figure: what happened, what stands, what added up over years, a change or a rate."""

from __future__ import annotations

import re

from parsers.facts.clauses import Phrase
from parsers.facts.counted import Counted
from parsers.facts.families import AUDIENCE
from parsers.facts.lexicon import Lexicon
from parsers.facts.roles import comes
from parsers.facts.years import LONGEST_VERB, TITLE, years_named
from parsers.report import FactKind, FactRole

_SINCE_START = re.compile(r"自[^，,。；年月日]{0,14}(?:以来|至今)")
"""自开设至今: since a start that is not a date."""
_NEXT_BODY = re.compile(r"[、和及]\d{1,4}[个家所]")
"""组织42个部门、33个乡镇公开: what both did."""
BODY = 7
"""How far behind the start of a body's name its verb may start: 镇街编印发布."""


def kind_of(
    phrase: Phrase, role: FactRole, counted: Counted, dated: bool, inherited: FactKind | None, known: Lexicon
) -> FactKind:
    """The kind of the figure; ``inherited`` is that of its whole, where it has one of the same metric."""
    if role is FactRole.DELTA:
        return FactKind.CHANGE
    if phrase.figure.ratio or phrase.figure.unit == "倍" or role in (FactRole.YOY, FactRole.SHARE):
        return FactKind.RATE
    averaged = known.holds(phrase.near.text, "averaged")
    if not averaged and _is_cumulative(phrase, counted, dated, known):
        return FactKind.CUMULATIVE
    own_period = bool(years_named(phrase.near.text)) or known.holds(phrase.near.text, "period")
    if own_period and inherited is FactKind.CUMULATIVE:
        inherited = None  # 截至年底累计公开356条，2018年公开60条
    taken = inherited is FactKind.CUMULATIVE or not counted.own_verb  # 累计发布120条，其中转发109条: amassed as well
    if not averaged and inherited is not None and taken and not comes(phrase.near.text, known):
        return inherited
    return FactKind.STOCK if _stands(phrase, counted, known) else FactKind.FLOW


def _is_cumulative(phrase: Phrase, counted: Counted, dated: bool, known: Lexicon) -> bool:
    """Whether the figure adds up more than the report's year. ``dated`` says that the sentence names a period, which
    累计 then means."""
    near = phrase.near.text
    since = known.holds(phrase.gap, "since")
    amassed = known.holds(near, "cumulative")
    if _SINCE_START.search(phrase.gap):
        return True
    if not amassed and not (since and counted.metric == "views"):
        return False
    if known.holds(phrase.gap, "since_the_start"):
        return True
    if dated:
        return False
    return counted.metric != "followers" if counted.metric in AUDIENCE else since


def _stands(phrase: Phrase, counted: Counted, known: Lexicon) -> bool:
    """Whether what is counted stands at the end of the year, and did not happen in it."""
    metric = known.metrics[counted.metric]
    near = phrase.near
    standing = known.holds(near.text, "standing")
    if counted.metric == "accounts":
        # 制作专题4个; columns that are kept up to date (更新栏目3个) stand.
        made = counted.own_verb and counted.verb_word is not None and counted.verb_word.text in known.lists["makes"]
        opened = made or counted.verb == "accounts" or comes(near.text, known)
        closed = known.holds(phrase.tail.text, "closures")
        return not ((opened and not standing) or closed)
    if counted.metric == "services":
        handled = counted.verb is not None and counted.own_verb and known.handles(counted.verb)
        if handled and phrase.figure.unit in known.lists["case_units"]:
            return False  # 受理各类服务事项144350件
        return counted.noun is None or counted.noun.text not in metric.flow_nouns
    if counted.metric == "other":
        return _other_stands(phrase, counted, standing, known)
    if counted.metric == "documents":
        return standing
    return metric.kind == "stock"


def _other_stands(phrase: Phrase, counted: Counted, standing: bool, known: Lexicon) -> bool:
    """The same of what has no metric of its own: staff and bodies stand, unless a verb says what they did."""
    around = phrase.near.text[-12:] + phrase.tail.text[:12]
    if comes(phrase.near.text, known) and not standing:
        return False  # 新设查阅点5处
    if standing or (counted.noun is not None and counted.noun.text in known.metrics["other"].stock_nouns):
        return True
    if phrase.figure.unit in known.lists["people"]:
        return known.holds(around, "person_nouns") or phrase.figure.unit == "名"
    head = phrase.tail.text[:12]
    at = known.find(head, "body_nouns")
    if at < 0:
        return False
    after = _NEXT_BODY.sub("", TITLE.sub("", phrase.after))  # 56家单位（含市本级）主动公开
    words = known.words(after, 0, min(len(after), at + BODY + LONGEST_VERB))
    return not any(word.sense.verb not in (None, "other") for word in words if word.start <= at + BODY)
