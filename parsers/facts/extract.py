"""From the prose of a report to its facts."""

from __future__ import annotations

from collections.abc import Sequence

from parsers.facts.clauses import phrases, sentences
from parsers.facts.context import reasons_aside
from parsers.facts.lexicon import lexicon
from parsers.facts.names import Name
from parsers.facts.plans import planned, with_prospects
from parsers.facts.reader import Reader
from parsers.facts.scan import Figure, scan
from parsers.report import Fact, Section
from parsers.text import in_simplified_signs


def extract_facts(text: str, *, report_year: int, sections: Sequence[Section] = ()) -> list[Fact]:
    """The facts that ``text`` states, in the order of their figures.

    ``report_year`` is the year that figures are for unless their sentence names another. ``sections`` are the
    sections of the text, with spans in it: their headings tell what 受理2件 is. Headings that stand in the text
    as sentences of their own (（二）依申请公开情况。) are understood without them. Offsets of the facts are
    characters of ``text``; ``part_of`` is an index into the returned list, always of a fact before or after in the
    same or the preceding sentence, never in a circle. Pure, and linear in the length of ``text``.

    >>> [(f.metric, f.channel, int(f.value)) for f in extract_facts("发布微博1839篇、微信3739篇。", report_year=2021)]
    [('posts', 'weibo', 1839), ('posts', 'wechat', 3739)]
    """
    plain = in_simplified_signs(text)
    reader = Reader(plain, report_year, lexicon(), printed=text if plain != text else plain)
    headings = sorted(sections, key=lambda section: section.span.start)
    at = 0
    for sentence in with_prospects(plain, sentences(plain, scan(plain).figures)):
        while at < len(headings) and headings[at].span.start < sentence.end:
            reader.enter(headings[at].heading)
            at += 1
        reader.read(sentence)
    return reader.facts


def set_aside(text: str) -> list[Name]:
    """The numerals of ``text`` that are no facts, each with its reason, in order.

    Together with the facts they are all of its numerals; only Chinese numerals that are part of a word (统一) are
    in neither.

    >>> sentence = "根据第711号令，这3起申请均已答复。"
    >>> [(sentence[name.start : name.end], name.reason.name) for name in set_aside(sentence)]
    [('第711号令', 'DOCUMENT_NUMBER'), ('3起', 'BACK_REFERENCE')]
    """
    text = in_simplified_signs(text)
    found = scan(text)
    names = list(found.names)
    said: Sequence[Figure] = ()
    for sentence in with_prospects(text, sentences(text, found.figures)):
        if not sentence.figures:
            continue
        reasons = reasons_aside(phrases(text, sentence), planned(text, sentence), said)
        said = sentence.figures
        names += (
            Name(figure.start, figure.end, reason)
            for figure, reason in zip(sentence.figures, reasons, strict=True)
            if reason is not None
        )
    return sorted(names, key=lambda name: name.start)
