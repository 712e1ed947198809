"""The head noun of a figure's phrase, in front of the figure or behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.facts.clauses import Clause, Phrase
from parsers.facts.lexicon import CONJUNCTIONS, JOINS, Lexicon, Word
from parsers.facts.verbs import QUALIFIER, READING

NOUN_REACH = 18
"""How far behind the measure word a noun may start that says what is counted: 个不同主题的系列活动."""
ITEM = 8
"""Longest text of an item before its noun: 、配套的重大政策解读."""
JOINT = 4
"""Longest text between two joined nouns: 及配套 is three characters."""
_SEPARATED = re.compile(rf"[{JOINS}]")
_JOINED = re.compile(rf"[^{JOINS}][{CONJUNCTIONS}]$")


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
        kept = _noun_of_information(words, head, unit, known)
        return kept, kept is None
    return _last_noun(clause, words, end, phrase, known)


def _noun_of_information(words: Sequence[Word], head: Word, unit: str, known: Lexicon) -> Word | None:
    """The noun that counts even in front of ``head``, a word for information and the last of its clause; None where pieces of
    information are counted."""
    kept = head if _counts_information(head, known) else None
    for word in reversed(words[:-1]):
        seen = word.sense.noun in READING and unit not in known.lists["notices"]
        if seen and fits(word, unit, known):
            return word
        if word.sense.verb and not word.sense.noun:
            break
        if _counts_information(word, known) and head.start - word.end <= QUALIFIER:
            kept = word
    return kept


def _counts_information(word: Word, known: Lexicon) -> bool:
    """Whether a noun is counted even as information: 解读信息."""
    return word.sense.noun is not None and known.metrics[word.sense.noun].even_as_information


def _last_noun(
    clause: Clause, words: Sequence[Word], end: int, phrase: Phrase, known: Lexicon
) -> tuple[Word | None, bool]:
    """The last noun of a clause that is counted in the figure's measure word, the first of those that are joined to it; or that
    it ends a list of kinds of information."""
    unit, put_out = phrase.figure.unit, False
    for count in range(len(words), 0, -1):
        word = words[count - 1]
        sense = word.sense
        done = sense.noun in READING and sense.verb is not None and word.end < end
        done = done or (sense.noun == "accounts" and put_out)  # 短视频账号发布58个: the account did it
        put_out = put_out or known.publishes(sense.verb)
        if sense.noun and not done and fits(word, unit, known):
            if not phrase.figure.ratio:
                word = _first_of_list(clause, words[:count], word, unit, known)
            if word.sense.noun != "other" and _in_mixed_list(clause, words[:count], word, unit, known):
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
    listed = clause.text[start - clause.start : noun.start - clause.start].lstrip(f" {JOINS}")
    first, separator, _ = listed.partition("、")
    last = listed.rpartition("、")[2]
    if not separator and _JOINED.search(text_before := clause.text[start - clause.start : noun.start - clause.start]):
        first, separator, last = text_before.rstrip(CONJUNCTIONS), "及", ""  # 政策法规及解读4条
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
