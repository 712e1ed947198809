"""Reads a text sentence by sentence and keeps what one figure passes on to the next."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from parsers.facts.belonging import OUTSIDE, belongs, ends_breakdown, is_along_a_way, is_enclosed
from parsers.facts.breakdown import Breakdown, advance
from parsers.facts.channels import NOWHERE, SEVERAL, Place, announced_place
from parsers.facts.clauses import Phrase, Sentence, phrases
from parsers.facts.context import reasons_aside
from parsers.facts.counted import Counted, Memory
from parsers.facts.families import CASES, HELD
from parsers.facts.itemised import itemised, itemised_anew, proven, rehung
from parsers.facts.kinds import kind_of, names_year_first, year_of
from parsers.facts.lexicon import Lexicon, Word
from parsers.facts.lists import spread
from parsers.facts.metric import counted
from parsers.facts.phrases import verb_behind
from parsers.facts.places import is_column, is_elsewhere, is_told_by_others, is_total_of_several, passed_on, place_of
from parsers.facts.plans import HEADING, planned
from parsers.facts.record import RECENT, Member, Record
from parsers.facts.scan import Figure
from parsers.facts.subjects import subject_of
from parsers.facts.taken_over import amass_total_of, compared_total, kind_before, role_among
from parsers.report import Fact, FactKind, FactRole
from parsers.text import in_simplified_signs

TOPICS = CASES | {"opinions"}
"""Metrics whose verbs (受理, 答复, 办结) say nothing without them: the last one named holds on."""

_AGAINST = re.compile(r"[比较与][去上]年")
"""比上年提高0.6个百分点 names no period of what is counted before it."""
_COMPARES = frozenset({FactRole.SHARE, FactRole.YOY, FactRole.DELTA})


@dataclass(frozen=True, slots=True)
class _Line:
    """What holds along one sentence: its text and period, the place and the year of the figure before."""

    text: str
    dated: bool
    place: Place
    year: int
    opened: bool = False
    segment: int = 0
    site: Place = NOWHERE


class Reader:
    """Reads one text. ``facts`` grows with every sentence that is read; the sentences come in order. ``printed`` is the
    text in the signs of the page, which the facts quote."""

    def __init__(self, text: str, report_year: int, known: Lexicon, *, printed: str) -> None:
        self._text, self._report_year, self._known = text, report_year, known
        self._printed = printed
        self._record = Record()
        self._breakdown = Breakdown()
        self._memory = Memory()
        self._outer_verb: str | None = None  # of the list that a bracket interrupts
        self._announced = NOWHERE
        self._said: Sequence[Figure] = ()
        self._heading: str | None = None

    @property
    def facts(self) -> list[Fact]:
        """The facts so far."""
        return self._record.facts

    def enter(self, heading: str) -> None:
        """A section begins: its heading says what the verbs of handling are about."""
        self._heading = heading
        plain = in_simplified_signs(heading)
        self._speak_of(self._known.words(plain, 0, len(plain)), heading=True)

    def read(self, sentence: Sentence) -> None:
        """Read the next sentence."""
        self._breakdown.close()
        if not sentence.figures:
            self._read_words(sentence)
            return
        self._record.new_sentence()
        self._memory = replace(self._memory, metric=None, verb=None, compared=None)
        plain = _AGAINST.sub("", sentence.text)
        dated = self._known.holds(plain, "period") or names_year_first(sentence.text)
        quoted = self._printed[sentence.start : sentence.end].strip()
        line = _Line(quoted, dated, self._announced, self._report_year, site=self._site())
        self._announced = NOWHERE
        found = self._counting(sentence)
        for phrase, items in zip(found, spread(found, self._known), strict=True):
            line = self._enter_phrase(phrase, line)
            for item in items:
                line = self._figure(item, line)
        self._look_back()

    def _read_words(self, sentence: Sentence) -> None:
        """Read a sentence without figures: it may say where, or of what, the next one tells."""
        self._announced = announced_place(sentence.words, self._text, self._known)
        self._speak_of(sentence.words, heading=sentence.end - sentence.start <= HEADING)
        # A line without figures, and a paragraph that opens without, speak of something else than the totals before.
        if "\n" in (self._text[sentence.end - 1], self._text[sentence.start - 1 : sentence.start]):
            self._breakdown.forget()

    def _enter_phrase(self, phrase: Phrase, line: _Line) -> _Line:
        """Open and close breakdowns in front of a phrase, and take up again what a bracket interrupted."""
        enclosed, around = self._breakdown.in_bracket(), self._breakdown.whole()
        opened = advance(self._breakdown, phrase, self._known)
        if enclosed and around is not None and not self._breakdown.in_bracket():
            line = replace(line, place=self._record.places[around])
            self._memory = replace(self._memory, verb=self._outer_verb)
        if opened and not enclosed:
            self._outer_verb = self._memory.verb
        if opened:
            self._memory = replace(self._memory, verb=None)
        if "；" in phrase.gap:
            line = replace(line, place=NOWHERE, segment=line.segment + 1)
        return line

    def _look_back(self) -> None:
        """What the whole sentence shows of its figures: what they were published as, and of which wholes they are parts."""
        record = self._record
        for index in self._among_information():
            record.revise(index, metric=str(record.told[index].verb))
        members = record.members[record.first :]
        before = record.members[max(0, record.first - RECENT) : record.first]
        for found in (
            itemised(members, self._known),
            itemised_anew(members, before, self._known),
            rehung(members, record.members),
            proven(members, record.members),
        ):
            for index, whole in found:
                record.revise(index, part_of=whole)

    def _among_information(self) -> list[int]:
        """The facts of documents that open a list of pieces of information and are counted as these:
        公开应急预案2条、预警信息175条."""
        record, found = self._record, []
        for index in range(record.first, len(record.facts)):
            fact, what = record.facts[index], record.told[index]
            notices = fact.unit in self._known.lists["notices"]
            published = what.own_verb and self._known.publishes(what.verb)
            if fact.metric != "documents" or not notices or not published:
                continue
            for other, told in zip(record.facts[index + 1 :], record.told[index + 1 :], strict=True):
                if told.own_verb or (other.unit, other.part_of) != (fact.unit, fact.part_of):
                    break
                if other.metric == what.verb:
                    found.append(index)
                    break
        return found

    def _counting(self, sentence: Sentence) -> list[Phrase]:
        """The phrases of the figures that are facts; a figure set aside is only a word of the next one's phrase."""
        found = phrases(self._text, sentence)
        reasons = reasons_aside(found, planned(self._text, sentence), self._said)
        self._said = sentence.figures
        if not any(reasons):
            return found
        kept = tuple(figure for figure, reason in zip(sentence.figures, reasons, strict=True) if reason is None)
        return phrases(self._text, replace(sentence, figures=kept))

    def _figure(self, phrase: Phrase, line: _Line) -> _Line:
        """Read the figure of a phrase to a fact. ``line`` is what holds along the sentence up to here; what holds for the next figure
        is returned."""
        known, figure, record = self._known, phrase.figure, self._record
        compared = compared_total(phrase, record) if record.opens() else None
        if compared is not None:
            self._memory = replace(self._memory, compared=record.facts[compared].metric)
        what, whole = self._counted_of(phrase)
        of = record.facts[whole] if whole is not None else None
        whole_place = record.places[whole] if whole is not None else NOWHERE
        place = self._place(phrase, what, line, whole_place, compared)
        apart = "；" in phrase.gap or (what.own_verb and phrase.gap.lstrip("）) ").startswith("，"))
        if of is not None and apart and is_elsewhere(what, place, whole_place):
            self._breakdown.close()
            whole = of = None
        if is_told_by_others(what, place, phrase, known):
            what = replace(what, metric="media_coverage")
        part_of_gain = of is not None and of.role is FactRole.DELTA and of.unit == figure.unit
        role = role_among(phrase, what, record, known, opened=line.opened, part_of_gain=part_of_gain)
        year = year_of(phrase, role, known, self._report_year, line.year)
        kind = kind_of(phrase, role, what, line.dated, kind_before(phrase, what, of, record), known)
        if line.opened and role is FactRole.TO:
            opening = record.facts[-1]
            what, kind, place = replace(what, metric=opening.metric), opening.kind, record.places[-1]
        place = replace(place, handling=known.handles(what.metric))
        part_of = None if (role in _COMPARES and not part_of_gain) or kind is FactKind.RATE else whole
        record.facts.append(
            Fact(
                metric=what.metric,
                channel=place.channel,
                subject=self._subject(phrase, what, place, role),
                value=figure.value,
                unit=figure.unit,
                bound=figure.bound,
                kind=kind,
                role=role,
                year=year,
                part_of=part_of,
                surface=self._printed[figure.start : figure.end],
                start=figure.start,
                end=figure.end,
                sentence=line.text,
                section=self._heading,
            )
        )
        if role is FactRole.DELTA:
            amass_total_of(record.facts[-1], record, known)
        self._remember(phrase, what, place, line.segment)
        place = passed_on(phrase, what, place, line.place, known)
        return replace(line, place=place, year=year, opened=role is FactRole.FROM)

    def _place(self, phrase: Phrase, what: Counted, line: _Line, whole: Place, compared: int | None) -> Place:
        """Where what the figure counts happened: as the phrase says, else where the whole, or the total it is compared with, did."""
        if is_total_of_several(phrase, what, self._record):
            return Place(SEVERAL)
        place = place_of(phrase, what, line.place, whole, self._known)
        if compared is not None and place is NOWHERE and what == Counted(self._record.facts[compared].metric):
            place = self._record.places[compared]
        return line.site if place is NOWHERE and is_column(what, self._known) else place

    def _subject(self, phrase: Phrase, what: Counted, place: Place, role: FactRole) -> str | None:
        """The report's words for what is counted; a comparison that has none of its own has those of the figure before."""
        subject = self._as_printed(subject_of(phrase, what, place, self._known), phrase)
        before = self._record.last()
        if before is None or role in (FactRole.LEVEL, FactRole.FROM) or what.noun is not None:
            return subject
        repeats = subject is None or phrase.near.has("compared") or role is FactRole.TO
        return before.subject if repeats else subject

    def _as_printed(self, subject: str | None, phrase: Phrase) -> str | None:
        """What is counted in the signs of the page, where it stands in the phrase in one piece."""
        if subject is None or self._printed is self._text:
            return subject
        at = self._text.find(subject, phrase.gap_start, phrase.figure.end + len(phrase.after))
        return self._printed[at : at + len(subject)] if at >= 0 else subject

    def _counted_of(self, phrase: Phrase) -> tuple[Counted, int | None]:
        """What the phrase's figure counts, and the fact of the open breakdown that it is a part of. A figure that is
        none closes the breakdown, if it tells something new."""
        known, breakdown = self._known, self._breakdown
        whole = breakdown.whole()
        of = self._record.facts[whole] if whole is not None else None
        about = of.metric if of else breakdown.about()
        what = counted(phrase, replace(self._memory, whole=about), known)
        if of is None:
            return what, None
        if breakdown.first_has_verb is None:
            breakdown.first_has_verb = what.own_verb
        if ends_breakdown(phrase, what, of, breakdown, known):
            breakdown.close()
            return what, None
        if is_enclosed(phrase, of, breakdown, known) or belongs(what, phrase, of, known):
            return what, whole
        anew = "；" in phrase.gap and known.holds(phrase.near.text, "carried_over")
        if anew or (what.own_verb and what.verb_word is not what.noun and not is_along_a_way(phrase)):
            breakdown.close()
        return counted(phrase, self._memory, known), None

    def _site(self) -> Place:
        """The place of the last figure when that is a website: the columns of the next sentence are on it."""
        last = self._record.places[-1] if self._record.places else NOWHERE
        return last if last.channel == "website" else NOWHERE

    def _remember(self, phrase: Phrase, what: Counted, place: Place, segment: int) -> None:
        """Keep what the fact that was just made tells the figures behind it."""
        record, memory, known = self._record, self._memory, self._known
        fact = record.facts[-1]
        member = Member(
            index=len(record.facts) - 1,
            metric=fact.metric,
            unit=fact.unit,
            value=fact.value,
            role=fact.role,
            lead=phrase.near.text,
            core=phrase.core,
            segment=segment,
            part_of=fact.part_of,
            sentence=record.first,
            ratio=phrase.figure.ratio,
            bracketed=self._breakdown.in_bracket(),
        )
        record.told.append(what)
        record.places.append(place)
        record.members.append(member)
        if member.part_of is not None and member.part_of == self._breakdown.whole():
            self._breakdown.take(member)
        gained = phrase.near.last("gained")
        added = gained is not None and gained.text in known.lists["added"] and not phrase.near.has("compared")
        # 新增50条。其中机构类20条，内有领导10条: a part of a gain has parts.
        added = added or fact.part_of is not None
        if fact.kind is not FactKind.RATE and (fact.role in (FactRole.LEVEL, FactRole.TO) or added):
            self._breakdown.levels.append(member)
        nothing = fact.metric in CASES and not fact.value and memory.metric in CASES
        self._memory = replace(
            memory,
            # 行政复议10件，行政诉讼0件，维持2件: nothing came of none.
            metric=memory.metric if nothing else what.metric,
            verb=self._verb_behind(phrase, what),
            published=what.metric if known.publishes(what.metric) else memory.published,
            topic=what.metric if what.metric in TOPICS else memory.topic,
            activity=what.metric if what.metric in HELD else memory.activity,
        )

    def _verb_behind(self, phrase: Phrase, what: Counted) -> str | None:
        """The verb that governs the figures behind this one, where they have none of their own."""
        before = self._memory.verb
        if self._known.publishes(before) and not what.own_verb and what.metric in OUTSIDE:
            return None  # a list of publications ends with a figure of another kind
        if before is None and self._breakdown.is_bare():
            return None
        return before if before and verb_behind(phrase, what.verb_word) else what.verb or before

    def _speak_of(self, words: Sequence[Word], *, heading: bool) -> None:
        """Take over what words without figures say that the next figures are about. In a sentence, weak words
        (回应关切) say nothing in passing."""
        named = [word.sense.noun for word in words if word.sense.noun in TOPICS and (heading or not word.sense.weak)]
        if named:
            self._memory = replace(self._memory, topic=named[-1])
