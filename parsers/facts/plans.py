"""Figures of what is only intended: 计划举办培训4期, 下一步…不少于6次, 力争发布1000条, 要求各单位更新3条.

An intention is known by a verb of intending in its grammatical place (计划举办, and not 按计划 or 工作计划3条), or by
words that turn to the time to come (下一步，…; a heading 下一步工作打算). It reaches as far as its clause, its sentence or
its paragraph, and ends where something is said to have been done (实际, 已, 共, 完成, 全年).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from parsers.facts.clauses import PIECE, QUOTE, Sentence
from parsers.facts.lexicon import Lexicon, Sense, lexicon

HEADING = 30
"""Characters of the longest sentence that is taken for a heading; （二）政府信息依申请公开情况。 has sixteen."""
REACH = 24
"""Characters behind a word of intending in which its verb is looked for: 计划2022年上半年组织开展."""
PREPOSITION = 16
"""Characters in front of 计划 in which 按 or 制定 makes a noun of it: 按照年初制定的工作计划."""

DISPOSAL = 60
"""Characters behind 将 in which the verb stands that makes a preposition of it: 将…事项录入系统."""
LONGEST_CLAUSE = 1000
"""Characters of the longest clause that is searched for intentions; nobody writes more without a comma."""

_MARKS = re.compile(
    r"[\s（(]{0,4}(?:[一二三四五六七八九十\d]{1,3}(?:[）)、.．]|是)|第[一二三四五六七八九十][，,])?\s?"
)
_CHAPTER = re.compile(r"\s{0,4}[一二三四五六七八九十]{1,3}、")
_NUMBERED = re.compile(r"\s{0,4}(?:[（(][一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}、)")
_TIME = re.compile(r"(?:20\d\d年)?(?:\d{1,2}月)?(?:[底初末前]|上半年|下半年)?")
_TO_DATE = re.compile(r"[到在于至]?(?:20\d\d年|明年|年)(?:\d{1,2}月)?[底初末前]?")
"""力争到2022年底，粉丝达到5万人: what is striven for stands in the next clause."""


def with_prospects(text: str, sentences: Iterable[Sentence]) -> Iterator[Sentence]:
    """The sentences, ``prospective`` where a heading or the sentence that opens their paragraph turns to the future.

    A heading (（三）下一步工作打算) holds up to the next of its kind or a chapter, a sentence (下一步，…) to the end of its
    paragraph, and where it announces a list (做好以下工作) to the end of the chapter.
    """
    known = lexicon()
    ends: re.Pattern[str] | None = None
    only_paragraph = False
    for sentence in sentences:
        if ends is not None and ends.match(sentence.text):
            ends = None
        if _is_prospect(sentence, known):
            ends, only_paragraph = _NUMBERED if _NUMBERED.match(sentence.text) else _CHAPTER, False
        elif _opens_forward(sentence.text, known) and (ends is None or only_paragraph):
            ends, only_paragraph = _CHAPTER, not known.holds(sentence.text, "announces_list")
        yield sentence if ends is None else replace(sentence, prospective=True)
        if only_paragraph and text[sentence.end - 1] == "\n":
            ends = None


def planned(text: str, sentence: Sentence) -> list[bool]:
    """For each figure of the sentence whether it is only intended. Linear in the length of the sentence."""
    known = lexicon()
    plain = QUOTE.sub(lambda match: " " * len(match[0]), text[sentence.start : sentence.end])
    found: list[bool] = []
    # What holds when a clause begins: to the end of the sentence, and up to the next ；.
    forward, intends = sentence.prospective, False
    for start, end in _clauses(plain):
        clause = plain[start:end]
        if start and plain[start - 1] in "；;":
            intends = False
        forward = forward or _opens_forward(clause, known)
        word, lasting = _intention(clause, known)
        if word is not None and known.starts_with(clause[word:], "wishes"):
            forward = True  # 希望大家努力，全年报送50条以上
        if plain[end : end + 1] in ("：", ":") and known.ends_with(clause, "aims"):
            forward = True  # 目标：一是…，二是…
        own: list[bool] = []
        while len(found) < len(sentence.figures) and sentence.figures[len(found)].start < sentence.start + end:
            at = sentence.figures[len(found)].start - sentence.start - start
            own.append(_is_planned(clause[: max(at, 0)], word, forward, intends, known))
            found.append(own[-1])
        if word is not None:
            intends = lasting or any(own)
        elif known.holds(clause, "closes_plan"):
            intends = False
        if known.holds(clause, "settled"):
            forward = intends = False
    return found


def _is_planned(before: str, word: int | None, forward: bool, intends: bool, known: Lexicon) -> bool:
    """Whether the figure behind ``before`` in its clause is only intended. ``word`` is where an intention of the
    clause stands; ``forward`` and ``intends`` say what holds from the sentence and from the clauses before."""
    if word is not None and word < len(before):
        return not known.holds(before[word:], "settled")
    if known.holds(before, "settled"):
        return False
    return forward or (intends and not known.holds(before, "closes_plan"))


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    """Where the clauses of a sentence begin and end."""
    start = 0
    for match in PIECE.finditer(text):
        yield start, match.start()
        start = match.end()
    yield start, len(text)


def _intention(clause: str, known: Lexicon) -> tuple[int | None, bool]:
    """Where the first intention of a clause stands, and whether it holds on in the clauses behind it anyway."""
    if len(clause) > LONGEST_CLAUSE:
        return None, False
    for match in known.lists["intentions"].pattern.finditer(clause):
        word = match[0]
        if word in known.lists["wishes"] and clause[: match.start()].strip():
            continue  # 公开群众希望了解的信息
        if word in known.lists["urges"] or word in known.lists["strives"]:
            return match.start(), _TO_DATE.fullmatch(clause, match.end()) is not None
        if word in known.lists["intends"] and _governs(clause, match.start(), match.end(), known):
            return match.start(), True
    floor = known.find(clause, "ensures")
    if floor >= 0 and known.holds(clause[floor:], "floors"):
        return floor, False  # 确保全年公开不少于200条; 确保办结率100% tells what was reached
    return None, False


def _governs(clause: str, start: int, end: int, known: Lexicon) -> bool:
    """Whether a word that may be a noun or a preposition (计划, 将) stands before the verb that it intends."""
    if known.holds(clause[max(0, start - PREPOSITION) : start], "makes_noun"):
        return False  # 按照年初计划举办
    rest = clause[end : end + REACH]
    also_preposition = clause[start:end] in known.lists["also_prepositions"]
    ahead = False
    while rest:
        time = _TIME.match(rest)
        dated = time[0] if time else ""
        skipped = dated or known.starts_with(rest, "before_intended")
        if not skipped:
            break
        ahead = ahead or skipped in known.lists["points_ahead"] or bool(dated and not also_preposition)
        rest = rest[len(skipped) :]
    words = known.words(rest, 0, len(rest))
    verb = words[0].sense if words and words[0].start == 0 and words[0].sense.verb else None
    if verb is None and not also_preposition:
        verb = _shorter_verb(rest, known)  # 计划公开事项120项
    ahead = ahead or known.starts_with(rest, "intended") is not None
    if also_preposition:
        if known.holds(clause[end + 1 : end + DISPOSAL], "disposals") and not known.starts_with(rest, "disposals"):
            return False  # 将公开事项录入系统
        return ahead or (verb is not None and verb.noun is None)
    if verb is not None and known.holds(clause[end : end + DISPOSAL], "announcements"):
        return ahead or known.publishes(verb.verb)  # 拟审批公示信息19条 names a kind of information
    return verb is not None or ahead


def _shorter_verb(text: str, known: Lexicon) -> Sense | None:
    """The verb that ``text`` starts with although its first word is longer, and a noun: 公开事项."""
    first = next(iter(known.words(text, 0, len(text))), None)
    if first is None or first.start:
        return None
    senses = (known.senses.get(first.text[:length]) for length in range(len(first.text) - 1, 1, -1))
    return next((sense for sense in senses if sense is not None and sense.verb), None)


def _opens_forward(clause: str, known: Lexicon) -> bool:
    """Whether a clause, behind its numbering, opens with words that turn to the time to come: 下一步."""
    marks = _MARKS.match(clause)
    return known.starts_with(clause[marks.end() if marks else 0 :][:8], "forward") is not None


def _is_prospect(sentence: Sentence, known: Lexicon) -> bool:
    """Whether a sentence is a heading under which plans stand: 下一步工作打算, and not 存在的问题及下一步打算."""
    short = not sentence.figures and len(sentence.text) <= HEADING
    if not short or "，" in sentence.text:
        return False
    return known.holds(sentence.text, "prospects") and not known.holds(sentence.text, "retrospects")
