"""What is named beside a figure: the noun that it counts, or that pieces of information are counted, whatever they are about."""

from __future__ import annotations

from dataclasses import dataclass, replace

from parsers.facts.clauses import Phrase
from parsers.facts.counted import Memory
from parsers.facts.families import HAVE_OUTCOMES
from parsers.facts.lexicon import Lexicon, Word
from parsers.facts.phrases import noun_behind, noun_of, opens_clause


@dataclass(frozen=True, slots=True)
class Named:
    """The noun that names what is counted. ``information``: the head of the noun phrase is a word for pieces of information;
    ``from_tail``: it stands behind the figure."""

    noun: Word | None
    information: bool
    from_tail: bool = False


def named_beside(phrase: Phrase, own_verb: Word | None, known: Lexicon, *, is_kind: bool) -> Named:
    """What is named beside the figure, in front of it or behind. ``own_verb`` is the verb in its phrase; ``is_kind`` says
    that the phrase names a kind of information."""
    columns = _columns_behind(phrase, known)
    if columns is not None:
        return Named(columns, information=False, from_tail=True)
    if is_kind:
        return Named(None, information=True)
    noun, information = noun_of(phrase.near, phrase, known)
    if noun is not None and own_verb is not None and _is_volume(noun, own_verb, phrase):
        noun = None
    if not information and (noun is None or phrase.near.text.rstrip(" ").endswith("等")):
        after = noun_behind(phrase, known)
        if after is not None:
            return Named(after, information=False, from_tail=True)
    return Named(noun, information)


def named_elsewhere(named: Named, phrase: Phrase, known: Lexicon) -> Named:
    """What touches the figure of a ratio from behind (文件100%解读), or what the clauses before name where its own says nothing."""
    if phrase.figure.ratio and phrase.tail.words and phrase.tail.words[0].start == phrase.figure.end:
        named = replace(named, noun=phrase.tail.words[0]) if phrase.tail.words[0].sense.noun else named
    if phrase.core or named.noun is not None or named.information:
        return named
    noun, information = None, False
    for clause in reversed(phrase.back):
        noun, information = noun_of(clause, phrase, known)
        if noun or information or clause.words:
            break
    return Named(noun, information, named.from_tail)


def case_of(noun: Word, phrase: Phrase, memory: Memory, known: Lexicon) -> str | None:
    """The kind of case that a word for letters, files or matters is about: that which it touches
    (依申请公开主办件16件), or that of the figure before (交办件6件). None for another noun."""
    if noun.text not in known.lists["letters"] | known.lists["case_files"] | known.lists["matters"]:
        return None
    around = (*phrase.near.words, *phrase.tail.words)
    touching = [word.sense.noun for word in around if word.end == noun.start and word.sense.noun]
    if noun.text in known.lists["matters"]:
        touching = [metric for metric in touching if metric in HAVE_OUTCOMES]
    before = memory.metric if memory.metric in HAVE_OUTCOMES and noun.text in known.lists["case_files"] else None
    return touching[0] if touching else before


def _columns_behind(phrase: Phrase, known: Lexicon) -> Word | None:
    """The word for columns that touches the measure word behind a list of their names:
    设立指南、年报、依申请公开四个板块."""
    first = phrase.tail.words[0] if phrase.tail.words else None
    touches = first is not None and first.start == phrase.tail.start and first.text in known.lists["columns"]
    return first if touches and "、" in phrase.near.text and phrase.figure.unit in known.lists["bodies"] else None


def _is_volume(noun: Word, verb: Word, phrase: Phrase) -> bool:
    """Whether the noun only names a column, and what is counted was put out in it: “建议提案办理”发布量30条."""
    between = phrase.near.text[max(0, noun.end - phrase.near.start) : max(0, verb.start - phrase.near.start)]
    return "”" in between and phrase.near.text.startswith("量", verb.end - phrase.near.start)


def is_kind_of_disclosure(phrase: Phrase) -> bool:
    """Whether 公开 names a kind of information behind what it is about (其中党务公开7条, 会议情况公开8条), and no
    deed as in 官网公开20条."""
    words, end = phrase.near.words, phrase.near.start + len(phrase.core)
    headed = len(words) > 1 and "information" in words[-1].sense.marks and words[-1].start == words[-2].end
    if headed and phrase.gap.startswith("、") and words[-1].end >= end:
        words, end = words[:-1], words[-1].start  # 公告68条、预决算公开信息11条
    last = words[-1] if words else None
    if last is None or last.sense.verb != "disclosures" or last.end < end:
        return False
    named = any(word.sense.channel for word in phrase.near.words)
    return last.start > phrase.near.start and not named and not opens_clause(phrase, last)


def is_topic(verb: Word, phrase: Phrase, known: Lexicon) -> bool:
    """Whether a verb inside an item of information only says what the item is about:
    659条信息，其中…社区建设经费12条."""
    if known.publishes(verb.sense.verb) or known.handles(verb.sense.verb):
        return False
    last = phrase.near.words[-1] if phrase.near.words else verb
    headed = "information" in last.sense.marks and last.end >= phrase.near.start + len(phrase.core)
    acts = opens_clause(phrase, verb) and not headed  # 组织机构类信息3条 organises nothing
    return phrase.figure.unit in known.lists["notices"] and not acts
