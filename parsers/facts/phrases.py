"""The governing verb and the head noun of a figure's phrase."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.facts.clauses import Clause, Phrase
from parsers.facts.lexicon import Lexicon, Word

NOUN_REACH = 18
"""How far behind the measure word a noun may start that says what is counted: 个不同主题的系列活动."""
QUALIFIER = 4
"""Characters that may stand between 依申请公开 and its head: 政务信息 has two before the head 信息."""
READING = frozenset({"views", "interactions"})
"""Metrics whose nouns are also verbs: 播放量 is viewed, 播放政策 is put out."""
EXPLAINING = "interpretations"
"""The metric whose verb (解读政策文件7篇) is its noun too (政策解读7篇)."""
ITEM = 8
"""Longest text of an item before its noun: 、配套的重大政策解读."""
JOINT = 4
"""Longest text between two joined nouns: 及配套 is three characters."""

_SEPARATED = re.compile(r"[、和及与]")
_JOINT = re.compile(r"[、和及与并或]")
_JOINED = re.compile(r"[^、和及与][和及与]$")
_LIGHT = frozenset({"period", "total", "cumulative", "adverbs", "counting"})
_BINDERS = frozenset({"", "和", "并", "、", "及", "与", "或", "以及", "后"})


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
        for word in clause.words:
            if known.publishes(word.sense.verb) and word.end < first.start:
                return word  # 公开本局印发文件2份: published, whoever made it
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
        head = next((word for word in clause.words if word.start >= verb.end), None)
        bound = [word for word in clause.words if word.end <= verb.start and verb.start - word.end <= QUALIFIER]
        if head is None or head.start != verb.end or "information" not in head.sense.marks or not bound:
            return False
        between = clause.text[bound[-1].end - clause.start : verb.start - clause.start]
        return bound[-1].sense.verb is not None and between not in _BINDERS
    if not _names_a_topic(verb, known):
        # 公开项目办结清单94条: nothing joins the handling to the publishing.
        before = [word for word in clause.words if word.end <= verb.start and word.sense.verb]
        put_out = before and known.publishes(before[0].sense.verb)
        joined = bool(before) and _JOINT.match(clause.text, before[0].end - clause.start)
        named = any(known.handles(word.sense.noun) for word in clause.words if word.start >= verb.end)
        handling = known.handles(verb.sense.verb)
        return bool(handling and put_out and not joined and not named and before[0].end < verb.start)
    return any(known.publishes(word.sense.verb) for word in clause.words if word.end < verb.start)


def _names_a_topic(verb: Word, known: Lexicon) -> bool:
    """Whether a verb neither publishes nor handles: touching a word for information it only says what that is about
    (招聘信息5条, 审批公告4条)."""
    return not known.publishes(verb.sense.verb) and not known.handles(verb.sense.verb)


def _binds(clause: Clause, left: Word, right: Word) -> bool:
    """Whether nothing but a conjunction stands between two verbs."""
    return clause.text[left.end - clause.start : right.start - clause.start] in _BINDERS


def noun_of(clause: Clause, phrase: Phrase, known: Lexicon) -> tuple[Word | None, bool]:
    """The noun with a metric that a clause's figure counts, and whether the head is a word for information."""
    core = phrase.core if clause is phrase.near else clause.text.rstrip(" ")
    end = clause.start + len(core)
    words = [word for word in clause.words if word.start < end]
    head = words[-1] if words and words[-1].end >= end else None
    unit = phrase.figure.unit
    column = head is not None and unit in known.lists["notices"] and head.text in known.lists["columns"]
    inner = words[-2] if len(words) > 1 else None
    told = inner is not None and "information" in inner.sense.marks and head is not None and inner.end == head.start
    if told and head is not None and _is_done(head, known):
        return None, True  # 调查征集、专题等各类信息采用534条
    if head is not None and (column or "information" in head.sense.marks):
        kept = head if head.sense.noun and known.metrics[head.sense.noun].even_as_information else None
        for word in reversed(words[:-1]):
            seen = word.sense.noun in READING and phrase.figure.unit not in known.lists["notices"]
            if seen and fits(word, phrase.figure.unit, known):
                return word, False
            if word.sense.verb and not word.sense.noun:
                break
            near_head = head.start - word.end <= QUALIFIER
            if word.sense.noun and known.metrics[word.sense.noun].even_as_information and near_head:
                kept = word
        return kept, kept is None
    put_out = False
    for index, word in enumerate(reversed(words)):
        sense = word.sense
        done = sense.noun in READING and sense.verb is not None and word.end < end
        done = done or (sense.noun == "accounts" and put_out)  # 短视频账号发布58个: the account did it
        put_out = put_out or known.publishes(sense.verb)
        if sense.noun and not done and fits(word, phrase.figure.unit, known):
            if not phrase.figure.ratio:
                word = _first_of_list(clause, words[: len(words) - index], word, phrase.figure.unit, known)
            listed = words[: len(words) - index]
            if word.sense.noun != "other" and _in_mixed_list(clause, listed, word, phrase.figure.unit, known):
                return None, True
            return word, False
        if known.publishes(sense.verb) and word.end < end:
            break
    return None, False


def _is_done(verb: Word, known: Lexicon) -> bool:
    """Whether a word is nothing but a verb of publishing."""
    sense = verb.sense
    return known.publishes(sense.verb) and not sense.noun and not sense.marks


def _first_of_list(clause: Clause, words: Sequence[Word], last: Word, unit: str, known: Lexicon) -> Word:
    """The first of the nouns that are joined, which says what is counted: 政策文件及配套解读."""
    first = last
    for word in reversed(words[:-1]):
        joint = clause.text[word.end - clause.start : first.start - clause.start]
        if not joint or len(joint) > JOINT or not _SEPARATED.search(joint):
            break
        if word.sense.verb and not word.sense.noun:
            break
        asked = word.sense.noun == "inquiries" and last.sense.noun == "opinions"  # 投诉和建议32件
        if word.sense.noun and (asked or not word.sense.weak) and fits(word, unit, known):
            first = word
    return first


def _in_mixed_list(clause: Clause, words: Sequence[Word], noun: Word, unit: str, known: Lexicon) -> bool:
    """Whether the noun ends a list that starts with something else, so that pieces of information are counted:
    政策法规、政策解读20条."""
    start = max((word.end for word in words if word.sense.verb and not word.sense.noun), default=clause.start)
    listed = clause.text[start - clause.start : noun.start - clause.start].lstrip(" 、和及与")
    first, separator, _ = listed.partition("、")
    last = listed.rpartition("、")[2]
    if not separator and _JOINED.search(text_before := clause.text[start - clause.start : noun.start - clause.start]):
        first, separator, last = text_before.rstrip("和及与"), "及", ""  # 政策法规及解读4条
    if len(last) > ITEM or "等" in last:
        return False  # 通过发布会、访谈等形式解读: the list is not one of what was counted
    if unit not in known.lists["notices"]:
        return False
    if not separator or noun.sense.noun not in ("interpretations", "documents", "proposals", "enforcement"):
        return False
    if known.ends_with(first, "issuers") and last.strip():
        return False  # 水利部、水利厅政策解读: the list is of those who issued them
    return not any(word.sense.noun == noun.sense.noun for word in words if start <= word.start < start + len(first))


def noun_behind(phrase: Phrase, known: Lexicon) -> Word | None:
    """The last noun of the noun phrase behind the measure word: 7起依申请公开案件."""
    found: Word | None = None
    if phrase.figure.unit in ("家", "所") and known.starts_with(phrase.tail.text, "body_nouns"):
        return None  # 28家单位在门户网站的更新
    for word in phrase.tail.words:
        if word.start > phrase.figure.end + NOUN_REACH:
            break
        if word.sense.noun and fits(word, phrase.figure.unit, known):
            if found is not None and word.start - found.end > 1:
                break
            found = word
        elif found is None and word.sense.verb and word.start == phrase.figure.end and not phrase.near.words:
            continue  # 两次举办培训
        elif found is None and word.sense.verb and phrase.tail.text[word.end - phrase.tail.start :].startswith("的"):
            continue  # 3次参加市政府组织的在线访谈
        elif word.sense.verb or word.sense.marks & {
            "information",
            "gained",
            "lost",
            "reaches",
            "compared",
            "all_alike",
            "standing",
        }:
            if "information" in word.sense.marks:
                found = None
                if _is_compound(word, phrase.tail.words):
                    continue
            break
    return found


def _is_compound(word: Word, words: Sequence[Word]) -> bool:
    """Whether a word for information touches a noun behind it and belongs to it: 个信息申请受理点."""
    return any(following.start == word.end and following.sense.noun for following in words)


def fits(word: Word, unit: str, known: Lexicon) -> bool:
    """Whether what the noun names is counted in this measure word."""
    name = str(word.sense.noun)
    if unit in known.lists["people"] and not known.metrics[name].people:
        return False
    metric = known.metrics[name]
    return (not metric.units or unit in metric.units) and unit not in metric.not_units
