"""The governing verb of a figure's phrase."""

from __future__ import annotations

import re

from parsers.facts.clauses import Clause, Phrase
from parsers.facts.lexicon import JOINS, Lexicon, Word

QUALIFIER = 4
"""Characters that may stand between 依申请公开 and its head: 政务信息 has two before the head 信息."""
READING = frozenset({"views", "interactions"})
"""Metrics whose nouns are also verbs: 播放量 is viewed, 播放政策 is put out."""
EXPLAINING = "interpretations"
"""The metric whose verb (解读政策文件7篇) is its noun too (政策解读7篇)."""
_JOINT = re.compile(rf"[{JOINS}并或]")
_LIGHT = frozenset({"period", "total", "cumulative", "adverbs", "counting"})
_BINDERS = frozenset({"", *JOINS, "并", "或", "以及", "后"})


def verb_of(phrase: Phrase, known: Lexicon) -> tuple[Word | None, bool]:
    """The governing verb: the nearest group of verbs before the figure, and of that group the first (主动公开和转发
    is 主动公开). The flag says whether it stands in the figure's own clause or in one since the figure before."""
    for clause in phrase.clauses:
        found = _verb_group(clause, phrase, known)
        if found is not None:
            return found, True
    return None, False


def opens_clause(phrase: Phrase, verb: Word | None) -> bool:
    """Whether nothing but words of time, number and manner stands before the verb in its clause: 全年共发布, and not
    公共资源配置类."""
    for clause in phrase.clauses:
        if verb is not None and clause.start <= verb.start < clause.end:
            before = clause.text[: verb.start - clause.start]
            light = [word for word in clause.words if word.start < verb.start and word.sense.marks & _LIGHT]
            return sum(len(word.text) for word in light) == len(before.strip())
    return False


def verb_behind(phrase: Phrase, verb: Word | None) -> bool:
    """Whether the verb stands behind its object (动态信息更新120条) and so governs no more than its own figure."""
    near = phrase.near
    if verb is None or verb.start <= near.start or verb.end != near.start + len(phrase.core):
        return False
    return any(
        word.end <= verb.start and (word.sense.noun or "information" in word.sense.marks) for word in near.words
    )


def _verb_group(clause: Clause, phrase: Phrase, known: Lexicon) -> Word | None:
    """The first verb of the last group of verbs in a clause; None where it has none that governs the figure."""
    first: Word | None = None
    end = clause.start + len(phrase.core) if clause is phrase.near else clause.end
    last = clause.words[-1] if clause.words else None
    headed = last.start if last is not None and last.end >= end and "information" in last.sense.marks else None
    for word in reversed(clause.words):
        topical = word.end == headed or (headed is not None and phrase.figure.unit in known.lists["notices"])
        if word.sense.verb and topical and _names_a_topic(word, known):
            continue
        if word.sense.verb and first is None and _is_of_what(word, clause, phrase, known):
            continue
        if word.sense.verb and word.end == end and word.start > clause.start and _is_nominal(word, phrase, known):
            continue
        if word.sense.verb is None or (first is None and _stands_as_noun(word, end)):
            if first is not None and not _binds(clause, word, first):
                break
            continue
        if first is not None and (not _binds(clause, word, first) or _is_light(word, first, known)):
            break
        first = word
    if first is not None and first.sense.verb == "documents":
        put_out = (w for w in clause.words if known.publishes(w.sense.verb) and w.end < first.start)
        return next(put_out, first)  # 公开本局印发文件2份: published, whoever made it
    return first


def _is_light(left: Word, right: Word, known: Lexicon) -> bool:
    """Whether the left verb says only that the right one was done: 组织发布新闻通稿."""
    return left.text in known.lists["light_verbs"] and left.end == right.start


def _stands_as_noun(word: Word, end: int) -> bool:
    """Whether a word that is noun and verb is the noun of its clause, as 检查 and 培训 are; 播放 with an object
    behind it is its verb."""
    if word.sense.noun in READING or word.sense.verb == EXPLAINING:
        return word.end >= end
    return word.sense.noun is not None and not word.sense.weak


def _is_nominal(verb: Word, phrase: Phrase, known: Lexicon) -> bool:
    """Whether a verb behind its object names a column of the site, as it does where pieces of information are
    counted: 人事调整1条, 资料下载1条."""
    if "information" in verb.sense.marks:
        return True
    return phrase.figure.unit in known.lists["notices"] and _names_a_topic(verb, known)


def _is_of_what(verb: Word, clause: Clause, phrase: Phrase, known: Lexicon) -> bool:
    """Whether a verb belongs to what was put out, as behind a verb of publishing: 发布水质监测结果32条,
    发布法定主动公开内容5条, 公开项目办结清单94条."""
    if phrase.figure.unit not in known.lists["notices"]:
        return False
    if verb.sense.verb == "disclosures":
        return _tells_what_information(verb, clause)
    if known.handles(verb.sense.verb):
        return _is_handling_that_is_told_of(verb, clause, known)
    put_out = any(known.publishes(word.sense.verb) for word in clause.words if word.end < verb.start)
    return put_out and not known.publishes(verb.sense.verb)


def _tells_what_information(verb: Word, clause: Clause) -> bool:
    """Whether 公开 touches a word for information and stands apart from the verb before it: 发布法定主动公开内容5条."""
    head = next((word for word in clause.words if word.start >= verb.end), None)
    before = [word for word in clause.words if word.end <= verb.start and verb.start - word.end <= QUALIFIER]
    if head is None or head.start != verb.end or "information" not in head.sense.marks or not before:
        return False
    between = clause.text[before[-1].end - clause.start : verb.start - clause.start]
    return before[-1].sense.verb is not None and between not in _BINDERS


def _is_handling_that_is_told_of(verb: Word, clause: Clause, known: Lexicon) -> bool:
    """Whether nothing joins a verb of handling to the verb of publishing in front of it, and no case is named behind it:
    公开项目办结清单94条."""
    first = next((word for word in clause.words if word.sense.verb), verb)
    if first.end >= verb.start or not known.publishes(first.sense.verb):
        return False
    joined = _JOINT.match(clause.text, first.end - clause.start) is not None
    return not joined and not any(known.handles(word.sense.noun) for word in clause.words if word.start >= verb.end)


def _names_a_topic(verb: Word, known: Lexicon) -> bool:
    """Whether a verb neither publishes nor handles: touching a word for information it only says what that is about
    (招聘信息5条, 审批公告4条)."""
    return not known.publishes(verb.sense.verb) and not known.handles(verb.sense.verb)


def _binds(clause: Clause, left: Word, right: Word) -> bool:
    """Whether nothing but a conjunction stands between two verbs."""
    return clause.text[left.end - clause.start : right.start - clause.start] in _BINDERS
