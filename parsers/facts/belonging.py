"""Whether a figure behind a whole is a part of it, or tells something new and ends the breakdown."""

from __future__ import annotations

from parsers.facts.breakdown import Breakdown
from parsers.facts.clauses import Phrase
from parsers.facts.counted import Counted
from parsers.facts.families import AUDIENCE, CASES, INFORMATION
from parsers.facts.lexicon import Lexicon
from parsers.facts.phrases import opens_clause
from parsers.report import Fact

OUTSIDE = AUDIENCE | {"applications", "reviews", "lawsuits", "accounts", "trainings", "fees"}
"""Metrics that are never a part of what was published: readers of a post are no posts."""
HAPPENINGS = frozenset({"press_events", "events", "enforcement", "opinions"})
"""Metrics that are a part of what was published only where they are counted like it: of 202条 two press
conferences are none."""


def belongs(what: Counted, phrase: Phrase, whole: Fact, known: Lexicon) -> bool:
    """Whether a figure can be a part of ``whole``: not behind a verb of another kind, not when it
    counts what is never a kind of information."""
    of = whole.metric
    if known.starts_with(phrase.near.text, "besides"):
        return False
    if known.holds(phrase.near.text, "carried_over") and "（" not in phrase.gap:
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


def is_enclosed(phrase: Phrase, whole: Fact, breakdown: Breakdown, known: Lexicon) -> bool:
    """Whether the figure stands in a bracket behind its whole, which holds nothing but parts:
    公开54条（其中办理提案29条、通知25条）."""
    amassed = phrase.near.has("cumulative") or known.holds(phrase.gap, "since")
    inside = breakdown.in_bracket() and phrase.figure.unit == whole.unit and not amassed
    return inside and 0 < phrase.figure.value < whole.value


def ends_breakdown(phrase: Phrase, what: Counted, whole: Fact, breakdown: Breakdown, known: Lexicon) -> bool:
    """Whether the figure tells something new behind the parts of a whole."""
    return (
        _turns_away(phrase, what, whole, breakdown, known)
        or _begins_anew(phrase, whole)
        or _is_complete(phrase, what, whole, breakdown)
    )


def _turns_away(phrase: Phrase, what: Counted, whole: Fact, breakdown: Breakdown, known: Lexicon) -> bool:
    """Whether behind a semicolon a verb opens the clause where the parts have none
    (公开430条，其中市本级43条；全年发布…), or a figure greater than the whole is told."""
    split = "；" in phrase.gap
    if not phrase.figure.ratio and phrase.figure.value > whole.value:
        acts = what.own_verb and (is_along_a_way(phrase) or opens_clause(phrase, what.verb_word))
        if split or acts:
            return True  # 1692条，其中目录204条，网站1488条；微博、微信推送1810条: more than the whole
    if what.verb_word is not None and what.verb_word.text in known.lists["telling_verbs"]:
        return False  # 559条，其中动态176条；转发防疫信息9条: what was passed on is a part too
    return split and not breakdown.first_has_verb and opens_clause(phrase, what.verb_word)


def _begins_anew(phrase: Phrase, whole: Fact) -> bool:
    """Whether the figure is another total, as large as the whole: 468件，其中电话339件，转办件共计468件."""
    value = phrase.figure.value
    return not phrase.figure.ratio and value >= whole.value > 0 and phrase.near.has("total")


def _is_complete(phrase: Phrase, what: Counted, whole: Fact, breakdown: Breakdown) -> bool:
    """Whether the parts add up and a verb tells something else:
    公开115条，其中通知30条、文件85条；通过服务网公布25条. Cases may be itemised once more (予以公开8件), and
    that by the same whole."""
    if breakdown.in_bracket() or phrase.figure.ratio or not breakdown.exhausted():
        return False
    return whole.metric not in CASES and what.own_verb
