"""Sentences, and the phrase that each figure of a sentence stands in.

A phrase has three parts: ``back``, the clauses since the figure before; ``near``, the clause that ends at the
figure; ``tail``, what follows the figure up to the next mark of punctuation.

    利用政府网站专栏，有效解答网民留言 [1779条]；开展在线访谈 [23场次]。
    └── back ──────┘ └── near ──────┘            └── near ─┘
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from parsers.facts.lexicon import CONJUNCTIONS, JOINS, Lexicon, Word, between, lexicon
from parsers.facts.scan import Figure

PIECE = re.compile(r"[，,；;：:？?\n\t]+")
_FULL_WIDTH = str.maketrans(",;:()", "，；：（）")
"""Some write these narrow; what joins two figures is looked at in one spelling."""
_TAIL_END = re.compile(r"[，,；;：:、。（()）！？!?\n\t]")
QUOTE = re.compile(r"[“「\"][^“”「」\"\n]{1,24}[”」\"]|《[^《》\n]{1,120}》")
_BRACKET = re.compile(r"[（(）)]")
_CLOSED_BRACKET = re.compile(r"[（(](?:[^（()）\n]|[（(][^（()）\n]{0,20}[)）]){0,60}[)）]")


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of one sentence with the lexicon's words that count in it."""

    start: int
    end: int
    text: str
    words: Sequence[Word] = ()

    def has(self, *marks: str) -> bool:
        """Whether a word of the clause bears one of the grammatical marks."""
        return any(not word.sense.marks.isdisjoint(marks) for word in self.words)

    def last(self, mark: str) -> Word | None:
        """The last word that bears the grammatical mark."""
        return next((word for word in reversed(self.words) if mark in word.sense.marks), None)


@dataclass(frozen=True, slots=True)
class Phrase:
    """What belongs to one figure. ``gap`` is all the text since the figure before (or the sentence's start)."""

    figure: Figure
    back: tuple[Clause, ...]
    near: Clause
    tail: Clause
    gap: str
    gap_start: int
    after: str = ""
    """What follows the figure up to the end of its clause, other figures included."""
    years_back: int | None = None
    """How many years before the report's the figure is for, where only its place in a list tells (近三年分别为)."""
    core: str = field(default="")
    """``near`` without the counting words at its end: 信息更新总量为 → 信息更新."""

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """``near`` and then the clauses before it, nearest first."""
        return (self.near, *reversed(self.back))


@dataclass(frozen=True, slots=True)
class Sentence:
    """``text[start:end]`` is a sentence, its full stop included; ``words`` are all its words of the lexicon."""

    start: int
    end: int
    text: str
    words: tuple[Word, ...]
    figures: tuple[Figure, ...]
    prospective: bool = False
    """Whether what stands before it says that it tells of the time to come (下一步工作打算)."""


def sentences(text: str, figures: Sequence[Figure]) -> Iterator[Sentence]:
    """The sentences of ``text`` with the figures in them."""
    known = lexicon()
    index = 0
    for start, end in _cuts(text):
        first = index
        while index < len(figures) and figures[index].start < end:
            index += 1
        inside = tuple(figures[first:index])
        yield Sentence(start, end, text[start:end].strip(), tuple(known.words(text, start, end)), inside)


def _cuts(text: str) -> Iterator[tuple[int, int]]:
    """Where the sentences of a text begin and end, full stops and line breaks included."""
    start = 0
    for match in re.finditer(r"[。！？!?\n]+|(?<=[\u4e00-\u9fff])[.](?=[\u4e00-\u9fff2])", text):
        if text[start : match.end()].strip():
            yield start, match.end()
        start = match.end()
    if text[start:].strip():
        yield start, len(text)


def phrases(text: str, sentence: Sentence) -> list[Phrase]:
    """One phrase for each figure of the sentence, in order."""
    known = lexicon()
    words = _counting_words(text, sentence, known)
    found = []
    previous_end = sentence.start
    for index, figure in enumerate(sentence.figures):
        following = sentence.figures[index + 1].start if index + 1 < len(sentence.figures) else sentence.end
        stop = _TAIL_END.search(text, figure.end, following)
        tail = _clause(text, figure.end, stop.start() if stop else following, words)
        pieces = _pieces(text, _outside(text, previous_end, figure.start), figure.start, words)
        if len(pieces) > 1 and previous_end > sentence.start and pieces[0].start == previous_end:
            pieces = pieces[1:]  # the tail of the figure before
        near = pieces.pop() if pieces else Clause(figure.start, figure.start, "")
        if index and tail.text and near.start == previous_end and text[near.end - 1] in JOINS:
            near = Clause(figure.start, figure.start, "")  # 1件行政复议、1件行政诉讼: each before its noun
        found.append(
            Phrase(
                figure,
                tuple(pieces),
                near,
                tail,
                text[previous_end : figure.start].translate(_FULL_WIDTH),
                previous_end,
                _rest_of_clause(text, figure.end, sentence.end),
                core=core_of(near.text, known),
            )
        )
        previous_end = figure.end
    return found


def _outside(text: str, start: int, end: int) -> int:
    """Where the text begins that is outside of any bracket which closes in ``text[start:end]`` and was opened before
    it: in 4条（其中1条视频解读）、征集1条 behind the bracket."""
    depth = 0
    for match in _BRACKET.finditer(text, start, end):
        depth += 1 if match[0] in "（(" else -1
        if depth < 0:
            start, depth = match.end(), 0
    return start


def _rest_of_clause(text: str, start: int, end: int) -> str:
    """What stands from ``start`` to the end of the clause, some characters of it at most."""
    return PIECE.split(text[start : min(end, start + REST)], maxsplit=1)[0]


REST = 60
"""How many characters behind a figure are looked at for what was done: 到七个县区、22个部门和单位检查了."""


def _pieces(text: str, start: int, end: int, words: Sequence[Word]) -> list[Clause]:
    """The clauses of ``text[start:end]``, the last of them even where it is empty."""
    pieces = []
    at = start
    for match in PIECE.finditer(text, start, end):
        pieces.append(_clause(text, at, match.start(), words))
        at = match.end()
    pieces.append(_clause(text, at, end, words))
    last = pieces[-1]
    return [piece for piece in pieces[:-1] if piece.text] + [last]


def _clause(text: str, start: int, end: int, words: Sequence[Word]) -> Clause:
    """``text[start:end]`` as a clause, without the signs and conjunctions at its beginning and the blanks at its
    end."""
    while start < end and (text[start] in "、，,；;：: \t）)”" or _joins(text, start, end)):
        start += 1
    while end > start and text[end - 1] in " \t":
        end -= 1
    return Clause(start, end, text[start:end], between(words, start, end))


COUNTING = 20
"""Counting words that are taken off the end of a clause; more of them in a row count nothing."""

_JOINS = re.compile(rf"[{CONJUNCTIONS}](?![时谐平])")


def _joins(text: str, start: int, end: int) -> bool:
    """Whether a conjunction stands at ``start``, behind a figure or a comma; 及时 and 和谐 are words."""
    return _JOINS.match(text, start, end) is not None


def core_of(near: str, known: Lexicon) -> str:
    """``near`` without the counting words and bounds at its end."""
    core = near.rstrip(" 　:：")
    for _ in range(COUNTING):
        word = known.ends_with(core, "counting")
        if word is None:
            break
        shorter = core.removesuffix(word).rstrip(" 　:：")
        # 质量, 中国, 方针: the end of a longer word is no counting word.
        if len(word) == 1 and known.ends_with(core, "whole_words"):
            break
        core = shorter
    return core


def _counting_words(text: str, sentence: Sentence, known: Lexicon) -> list[Word]:
    """The sentence's words without those that only stand in a name: titles, brackets, the name of an account."""
    names = _names_in(text, sentence, known)
    kept = []
    index = 0
    for word in sentence.words:
        while index < len(names) and names[index][1] <= word.start:
            index += 1
        inside = index < len(names) and names[index][0] <= word.start
        if not inside or _counts_inside(word, *names[index], text):
            kept.append(word)
    return kept


def _names_in(text: str, sentence: Sentence, known: Lexicon) -> list[tuple[int, int, bool]]:
    """(start, end, whole) of the quotations of a sentence and of its brackets without figures, in order. One that is ``whole`` is a
    title, a bracket or the name of an account: no word in it counts but the channel that it ends with."""
    found: list[tuple[int, int, bool]] = []
    for match in QUOTE.finditer(text, sentence.start, sentence.end):
        after = text[match.end() : match.end() + 12]
        named = any(known.senses[word].channel for word in _prefixes(after, known))
        found.append((match.start(), match.end(), named or match[0][0] == "《"))
    for match in _CLOSED_BRACKET.finditer(text, sentence.start, sentence.end):
        first = bisect_left(sentence.figures, match.start(), key=lambda figure: figure.start)
        if first == len(sentence.figures) or sentence.figures[first].start >= match.end():
            found.append((match.start(), match.end(), True))
    return sorted(found)


def _counts_inside(word: Word, start: int, end: int, whole: bool, text: str) -> bool:
    """Whether a word counts although it stands in the name ``text[start:end]``."""
    if not whole:
        return bool(word.sense.channel or word.sense.noun)
    titled = word.sense.channel == "website" and text[start] == "《"
    return word.end >= end - 1 and (titled or word.sense.channel in ("newspaper", "gazette"))


def _prefixes(text: str, known: Lexicon) -> Iterator[str]:
    """The beginnings of a text that are words of the lexicon, the longest first."""
    for length in range(min(len(text), 12), 0, -1):
        if text[:length] in known.senses:
            yield text[:length]
