"""From the prose of a report to its facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from parsers.facts.channels import MASS, NOWHERE, Place, announced_place, place_of
from parsers.facts.clauses import Phrase, Sentence, phrases, sentences
from parsers.facts.context import reasons_aside
from parsers.facts.kinds import kind_of, names_year_first, role_of, year_of
from parsers.facts.lexicon import Lexicon, Word, lexicon
from parsers.facts.lists import spread
from parsers.facts.metrics import Counted, Memory, counted
from parsers.facts.names import Name
from parsers.facts.scan import scan
from parsers.facts.subjects import subject_of
from parsers.facts.wholes import Breakdown, Member, advance, itemised
from parsers.report import Fact, FactKind, FactRole, Section

TOPICS = frozenset({"applications", "inquiries", "proposals", "reviews", "lawsuits", "opinions"})
"""Metrics whose verbs (受理, 答复, 办结) say nothing without them: the last one named holds on."""

ACTIVITIES = frozenset({"trainings", "events", "press_events"})
"""Metrics that people come to: 30余人参会 counts for the training that was just named."""


OUTSIDE = frozenset(
    {"applications", "reviews", "lawsuits", "followers", "views", "interactions", "accounts", "trainings", "fees"}
)
"""Metrics that are never a part of what was published: readers of a post are no posts."""


@dataclass(slots=True)
class _State:
    """What is carried from figure to figure, and from sentence to sentence."""

    facts: list[Fact] = field(default_factory=list)
    members: list[Member] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    breakdown: Breakdown = field(default_factory=Breakdown)
    topic: str | None = None
    activity: str | None = None
    pending: Place = NOWHERE
    published: str | None = None


def extract_facts(text: str, *, report_year: int, sections: Sequence[Section] = ()) -> list[Fact]:
    """The facts that ``text`` states, in the order of their figures.

    ``report_year`` is the year that figures are for unless their sentence names another. ``sections`` are the
    sections of the text, with spans in it: their headings tell what 受理2件 is. Without them, headings are looked
    for in the text itself. Offsets of the facts are characters of ``text``; ``part_of`` is an index into the
    returned list. Pure, and linear in the length of ``text``.

    >>> [(f.metric, f.channel, int(f.value)) for f in extract_facts("发布微博1839篇、微信3739篇。", report_year=2021)]
    [('posts', 'weibo', 1839), ('posts', 'wechat', 3739)]
    """
    known = lexicon()
    found = scan(text)
    state = _State()
    starts = sorted(sections, key=lambda section: section.span.start)
    at = 0
    heading: str | None = None
    for sentence in sentences(text, found.figures):
        while at < len(starts) and starts[at].span.start < sentence.end:
            heading = starts[at].heading
            state.topic = _topic(tuple(known.words(heading, 0, len(heading)))) or state.topic
            at += 1
        _read(text, sentence, state, report_year, heading, known)
    return state.facts


def set_aside(text: str) -> list[Name]:
    """The numerals of ``text`` that are no facts, each with its reason, in order.

    Together with the facts they are all of its numerals; only Chinese numerals that are part of a word (统一) are
    in neither.

    >>> [(name.reason.name, "根据第711号令，3起申请均已答复"[name.start:name.end]) for name in set_aside("根据第711号令，这3起申请")]
    [('DOCUMENT_NUMBER', '第711号令'), ('BACK_REFERENCE', '3起')]
    """
    found = scan(text)
    names = list(found.names)
    for sentence in sentences(text, found.figures):
        names += (
            Name(figure.start, figure.end, reason)
            for figure, reason in zip(sentence.figures, reasons_aside(phrases(text, sentence)), strict=True)
            if reason is not None
        )
    return sorted(names, key=lambda name: name.start)


def _topic(words: Sequence[Word]) -> str | None:
    named = [word.sense.noun for word in words if word.sense.noun in TOPICS and not word.sense.weak]
    return named[-1] if named else None


def _read(
    text: str, sentence: Sentence, state: _State, report_year: int, heading: str | None, known: Lexicon
) -> None:
    if not sentence.figures:
        state.pending = announced_place(sentence.words, known)
        state.topic = _topic(sentence.words) or state.topic
        state.breakdown.new_sentence()
        if text[sentence.end - 1] == "\n":
            state.breakdown.forget()
        return
    found = phrases(text, sentence)
    state.breakdown.new_sentence()
    first = len(state.facts)
    memory = Memory(topic=state.topic, activity=state.activity, published=state.published)
    place, opened, year = state.pending, False, report_year
    state.pending = NOWHERE
    kept = tuple(f for f, reason in zip(sentence.figures, reasons_aside(found), strict=True) if reason is None)
    if len(kept) < len(sentence.figures):
        found = phrases(text, replace(sentence, figures=kept))
    segment = 0
    dated = known.holds(sentence.text, "period") or names_year_first(sentence.text)
    for phrase, items in zip(found, spread(found, known), strict=True):
        if advance(state.breakdown, phrase, known):
            memory = replace(memory, verb=None)
        if "；" in phrase.gap or ";" in phrase.gap:
            place = NOWHERE
            segment += 1
        for item in items:
            whole = state.breakdown.whole()
            memory = replace(memory, whole=state.facts[whole].metric if whole is not None else None)
            what = counted(item, memory, known)
            if known.starts_with(item.near.text, "besides"):
                whole = None
            if whole is not None and not _belongs(what, item, state.facts[whole], known):
                if what.own_verb and what.verb_word is not what.noun:
                    state.breakdown.new_sentence()
                whole = None
            whole_place = state.places[whole] if whole is not None else NOWHERE
            place = place_of(item, what, place, whole_place, known)
            place = replace(place, handling=known.metrics[what.metric].handling)
            if what.metric == "posts" and place.channel in known.channel_classes[MASS]:
                what = replace(what, metric="media_coverage")  # in papers and on the air, a post is coverage
            role = role_of(item, opened, known)
            year = year_of(item, role, known, report_year, year)
            inherited = (
                state.facts[whole].kind if whole is not None and state.facts[whole].metric == what.metric else None
            )
            kind = kind_of(item, role, what, dated, inherited, known)
            if role in (FactRole.SHARE, FactRole.YOY, FactRole.DELTA) or kind is FactKind.RATE:
                part_of = None
            else:
                part_of = whole
            if role is FactRole.TO and opened:
                opening = state.facts[-1]
                what, kind = replace(what, metric=opening.metric), opening.kind
                place = state.places[-1]
            subject = subject_of(item, what, place, known)
            compares = role not in (FactRole.LEVEL, FactRole.FROM) and what.noun is None
            if compares and len(state.facts) > first:
                subject = state.facts[-1].subject
            figure = item.figure
            state.facts.append(
                Fact(
                    metric=what.metric,
                    channel=place.channel,
                    subject=subject,
                    value=figure.value,
                    unit=figure.unit,
                    bound=figure.bound,
                    kind=kind,
                    role=role,
                    year=year,
                    part_of=part_of,
                    surface=text[figure.start : figure.end],
                    start=figure.start,
                    end=figure.end,
                    sentence=sentence.text,
                    section=heading,
                )
            )
            state.places.append(place)
            member = Member(
                len(state.facts) - 1,
                what.metric,
                figure.unit,
                figure.value,
                role,
                item.near.text,
                item.core,
                segment,
                part_of,
            )
            state.members.append(member)
            if kind is not FactKind.RATE and role in (FactRole.LEVEL, FactRole.TO):
                state.breakdown.levels.append(member)
            opened = role is FactRole.FROM
            memory = replace(memory, metric=what.metric, verb=_carried_verb(what, memory))
            if known.metrics[what.metric].publishing:
                state.published = what.metric
            if what.metric in TOPICS:
                state.topic = what.metric
                memory = replace(memory, topic=what.metric)
            if what.metric in ACTIVITIES:
                state.activity = what.metric
                memory = replace(memory, activity=what.metric)
    for index, whole in itemised(state.members[first:], known):
        state.facts[index] = replace(state.facts[index], part_of=whole)


def _carried_verb(what: Counted, memory: Memory) -> str | None:
    """The verb that holds for the next member of a list: one of publishing ends with a figure of another kind."""
    return None if not what.own_verb and what.metric in OUTSIDE else what.verb or memory.verb


def _belongs(what: Counted, phrase: Phrase, whole: Fact, known: Lexicon) -> bool:
    """Whether a figure can be a part of a whole that counts ``of``: not behind a verb of another kind, not when it
    counts what is never a kind of information."""
    of = whole.metric
    if phrase.figure.ratio:
        return True
    informs = known.metrics[of].publishing or of in ("documents", "interpretations")
    if not informs and phrase.figure.unit != whole.unit:
        return False
    if what.metric == of:
        return True
    verb = known.metrics[what.verb] if what.own_verb and what.verb is not None else None
    if informs:
        return what.metric not in OUTSIDE and (verb is None or verb.publishing)
    return False
