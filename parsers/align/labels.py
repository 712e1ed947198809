"""How alike a printed label is to the labels of a form: by its words, never by its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import regex
from rapidfuzz.fuzz import ratio
from rapidfuzz.process import extract

from parsers.text import LOST, fold, is_numbered, without_numbering

_FOOTNOTE = regex.compile(r"(?:\[\d{1,2}\]|\*+)$")
"""A mark behind a label that points to a note below the table."""
_EXPLANATION = regex.compile(r"(?<=[^()])\([^()]*\)?$")
_CLOSES = regex.compile(r"[^()]*\)")
PIECES = 6
"""A label may be broken into this many pieces (the vertical 三、本年度办理结果 takes five); more are other labels."""
LONGEST_LABEL = 120
"""Characters; the longest official label has 38, with an explanation in brackets up to 110 were read."""
UNLIKE = 0.3
"""A likeness below this is chance (two labels that share 其他 or 公开), and counts as none."""
SHORTEST_BEGINNING = 3
"""Characters; two begin several labels."""
BEGINNING = 0.75
"""The likeness of a label to one that it is the beginning of (本年新 for 本年新制作数量, its second half lost)."""

MOST_SIGNS = 0.7
"""The part of a label whose signs could be decoded."""
LONG_BEGINNING, LONE_BEGINNING = 5, 0.95
"""The likeness of a label to the only one that begins with it, from so many characters on: a page break cut off the rest."""


@lru_cache(maxsize=65536)
def bare(text: str) -> str:
    """A label folded, without its numbering and without the explanation in brackets behind it."""
    folded = fold(text)
    if LOST in folded:
        folded = _with_brackets(folded)
    folded = _FOOTNOTE.sub("", without_numbering(folded))
    return _EXPLANATION.sub("", folded) or folded


def _with_brackets(folded: str) -> str:
    """A label some signs of which are lost, with the brackets that open what others close: each is the first lost sign behind
    the bracket before.

    >>> _with_brackets("\ufffd二)部分公开\ufffd只计这\ufffd情形)")
    '(二)部分公开(只计这\ufffd情形)'
    """
    *parts, rest = folded.split(")")
    return "".join(f"{part if '(' in part else part.replace(LOST, '(', 1)})" for part in parts) + rest


@dataclass(frozen=True, slots=True, eq=False)
class LabelSet:
    """The labels that may stand in one table of a form, each with all its spellings, ready to be compared.

    ``spellings[i]`` are the ways to write label ``i``: its leaf and aliases, and its path joined from each group
    inwards (a flattened table prints group and leaf as one). Compared by identity: one is made a form and table.
    """

    spellings: tuple[tuple[str, ...], ...]
    _exact: dict[str, tuple[int, ...]] = field(default_factory=dict)
    _flat: tuple[str, ...] = ()
    _owner: tuple[int, ...] = ()

    @classmethod
    def of(cls, labels: Sequence[Sequence[str]]) -> LabelSet:
        """From the spellings as the form prints them."""
        spellings = tuple(tuple(dict.fromkeys(bare(text) for text in label)) for label in labels)
        exact: dict[str, list[int]] = {}
        for index, texts in enumerate(spellings):
            for text in texts:
                exact.setdefault(text, []).append(index)
        flat = [(text, index) for index, texts in enumerate(spellings) for text in texts]
        return cls(
            spellings,
            {text: tuple(indices) for text, indices in exact.items()},
            tuple(text for text, _ in flat),
            tuple(index for _, index in flat),
        )


@lru_cache(maxsize=16384)
def likenesses(labels: LabelSet, printed: tuple[str, ...]) -> tuple[float, ...]:
    """How alike a row of printed label cells (outermost first) is to each label of the set.

    The innermost cell counts, or the last few of them together, since labels are broken over cells and lines. Where
    the printed words are exactly those of a label, or but for signs that were lost, no other label is considered. The beginning
    of a label is like it.

    >>> labels = LabelSet.of([["（三）不予公开"], ["本年新制作数量"]])
    >>> likenesses(labels, ("不予 公开",)), likenesses(labels, ("本年新",))
    ((1.0, 0.0), (0.0, 0.75))
    """
    pieces = [text for text in printed if len(text) <= LONGEST_LABEL][-PIECES:]
    joined = [bare("".join(pieces[start:])) for start in range(len(pieces))]
    scores = [0.0] * len(labels.spellings)
    for text in reversed(joined):
        if text in labels._exact:
            for index in labels._exact[text]:
                scores[index] = 1.0
            return tuple(scores)
        if LOST in text and (only := _with_lost_signs(labels, text)) is not None:
            scores[only] = 1.0
            return tuple(scores)
    for text in joined:
        began = {owner for flat, owner in zip(labels._flat, labels._owner, strict=True) if flat.startswith(text)}
        beginning = LONE_BEGINNING if len(began) == 1 and len(text) >= LONG_BEGINNING else BEGINNING
        for official, alike, place in extract(
            text, labels._flat, scorer=ratio, score_cutoff=100 * UNLIKE, limit=None
        ):
            index = labels._owner[place]
            begins = len(text) >= SHORTEST_BEGINNING and official.startswith(text)
            scores[index] = max(scores[index], alike / 100, beginning if begins else 0.0)
    return tuple(scores)


def _with_lost_signs(labels: LabelSet, text: str) -> int | None:
    """The only label that a text is, whatever stands for its signs that could not be decoded, or one that is not compared
    (a quotation mark); most of them are there. Behind a whole label an explanation may stand whose brackets are among the lost."""
    if len(text) - text.count(LOST) < max(SHORTEST_BEGINNING, MOST_SIGNS * len(text)):
        return None
    told = regex.compile(regex.escape(text).replace(LOST, ".?"))
    owners = {owner for official, owner in zip(labels._flat, labels._owner, strict=True) if told.fullmatch(official)}
    label = text.split(LOST, 1)[0]
    if not owners and text.endswith(LOST) and len(label) >= SHORTEST_BEGINNING:
        owners = set(labels._exact.get(label, ()))
    return owners.pop() if len(owners) == 1 else None


def named_by(labels: LabelSet, printed: tuple[str, ...], expected: int) -> int:
    """How many of the label cells it takes to name label ``expected`` exactly; all of them where none do.

    What is printed behind them in words is no label: a remark in place of a figure (见附件).
    """
    for end in range(1, len(printed)):
        if likenesses(labels, printed[:end])[expected] == 1.0:
            return end + remark_goes_on(printed[end - 1 :])
    return len(printed)


def remark_goes_on(texts: Sequence[str]) -> int:
    """How many texts behind the first one hold the rest of the remark in brackets that it opens, and does not close.

    >>> remark_goes_on(["（二）部分公开（区分处理的，只计这一情", "形，不计其他情形）", "3"])
    1
    """
    first, *behind = [fold(text) for text in texts[: PIECES + 1]]
    if first.count("(") <= first.count(")"):
        return 0
    end = next((number for number, text in enumerate(behind, 1) if "(" in text or ")" in text), 0)
    return end if end and _CLOSES.match(behind[end - 1]) and not is_numbered(behind[end - 1]) else 0
