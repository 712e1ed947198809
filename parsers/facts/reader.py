"""Reads a text sentence by sentence and keeps what one figure passes on to the next."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from parsers.facts.channels import MASS, NOWHERE, SEVERAL, Place, announced_place, is_column, place_of
from parsers.facts.clauses import Phrase, Sentence, phrases
from parsers.facts.context import reasons_aside
from parsers.facts.counted import Counted, Memory
from parsers.facts.families import AUDIENCE, CASES, HELD
from parsers.facts.kinds import kind_of, names_year_first, role_of, year_of
from parsers.facts.lexicon import Lexicon, Word
from parsers.facts.lists import spread
from parsers.facts.metric import counted
from parsers.facts.phrases import opens_clause, verb_behind
from parsers.facts.plans import HEADING, planned
from parsers.facts.scan import Figure
from parsers.facts.subjects import subject_of
from parsers.facts.wholes import (
    OUTSIDE,
    RECENT,
    Breakdown,
    Member,
    advance,
    belongs,
    is_along_a_way,
    itemised,
    itemised_anew,
    proven,
    rehung,
)
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
        self.facts: list[Fact] = []
        self._text, self._report_year, self._known = text, report_year, known
        self._printed = printed
        self._members: list[Member] = []
        self._places: list[Place] = []
        self._outer_verb: str | None = None  # of the list that a bracket interrupts
        self._before = self._first = 0  # where the facts of the sentence before and of this one start
        self._told: list[Counted] = []
        self._breakdown = Breakdown()
        self._memory = Memory()
        self._announced = NOWHERE
        self._said: Sequence[Figure] = ()
        self._heading: str | None = None

    def enter(self, heading: str) -> None:
        """A section begins: its heading says what the verbs of handling are about."""
        self._heading = heading
        plain = in_simplified_signs(heading)
        self._speak_of(self._known.words(plain, 0, len(plain)), heading=True)

    def read(self, sentence: Sentence) -> None:
        """Read the next sentence."""
        self._breakdown.new_sentence()
        if not sentence.figures:
            self._announced = announced_place(sentence.words, self._text, self._known)
            self._speak_of(sentence.words, heading=sentence.end - sentence.start <= HEADING)
            # A line without figures, and a paragraph that opens without, speak of something else than the totals before.
            if "\n" in (self._text[sentence.end - 1], self._text[sentence.start - 1 : sentence.start]):
                self._breakdown.forget()
            return
        first = len(self.facts)
        self._memory = replace(self._memory, metric=None, verb=None, compared=None)
        self._before, self._first = self._first, first
        plain = _AGAINST.sub("", sentence.text)
        dated = self._known.holds(plain, "period") or names_year_first(sentence.text)
        quoted = self._printed[sentence.start : sentence.end].strip()
        line = _Line(quoted, dated, self._announced, self._report_year, site=self._site())
        self._announced = NOWHERE
        found = self._counting(sentence)
        for phrase, items in zip(found, spread(found, self._known), strict=True):
            enclosed, around = self._breakdown.in_bracket(), self._breakdown.whole()
            opened = advance(self._breakdown, phrase, self._known)
            if enclosed and around is not None and not self._breakdown.in_bracket():
                line = replace(line, place=self._places[around])
                self._memory = replace(self._memory, verb=self._outer_verb)
            if opened and not enclosed:
                self._outer_verb = self._memory.verb
            if opened:
                self._memory = replace(self._memory, verb=None)
            if "；" in phrase.gap or ";" in phrase.gap:
                line = replace(line, place=NOWHERE, segment=line.segment + 1)
            for item in items:
                line = self._figure(item, line, first)
        for index in self._among_information(first):
            self.facts[index] = replace(self.facts[index], metric=str(self._told[index].verb))
        members, before = self._members[first:], self._members[max(0, first - RECENT) : first]
        self._hang(itemised(members, self._known))
        self._hang(itemised_anew(members, before, self._known))
        self._hang(rehung(members, self._members))
        self._hang(proven(members, self._members))

    def _hang(self, found: Sequence[tuple[int, int | None]]) -> None:
        """Give facts the wholes that were found for them."""
        for index, whole in found:
            self.facts[index] = replace(self.facts[index], part_of=whole)

    def _among_information(self, first: int) -> list[int]:
        """The facts of documents that open a list of pieces of information and are counted as these:
        公开应急预案2条、预警信息175条."""
        found = []
        for index, (fact, what) in enumerate(zip(self.facts[first:], self._told[first:], strict=True), start=first):
            notices = fact.unit in self._known.lists["notices"]
            published = what.own_verb and self._known.publishes(what.verb)
            if fact.metric != "documents" or not notices or not published:
                continue
            for other, told in zip(self.facts[index + 1 :], self._told[index + 1 :], strict=True):
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

    def _figure(self, phrase: Phrase, line: _Line, first: int) -> _Line:
        """Read the figure of a phrase to a fact. ``line`` is what holds along the sentence up to here, ``first`` the
        index of the sentence's first fact; what holds for the next figure is returned."""
        known, figure = self._known, phrase.figure
        compared = self._compared(phrase) if len(self.facts) == first else None
        if compared is not None:
            self._memory = replace(self._memory, compared=self.facts[compared].metric)
        what, whole = self._counted_of(phrase)
        of = self.facts[whole] if whole is not None else None
        whole_place = self._places[whole] if whole is not None else NOWHERE
        place = self._place(phrase, what, line, whole_place, compared, first)
        apart = "；" in phrase.gap or (what.own_verb and phrase.gap.lstrip("）) ").startswith("，"))
        if of is not None and apart and _elsewhere(what, place, whole_place):
            self._breakdown.new_sentence()
            whole = of = None
        if what.metric == "posts" and place.channel in known.channel_classes[MASS] and not _own_paper(phrase, known):
            what = replace(what, metric="media_coverage")  # in papers and on the air, a post is coverage
        part_of_gain = of is not None and of.role is FactRole.DELTA and of.unit == figure.unit
        role = self._role(phrase, what, line, part_of_gain, first)
        year = year_of(phrase, role, known, self._report_year, line.year)
        kind = kind_of(phrase, role, what, line.dated, self._inherited(phrase, what, of, first), known)
        opening = self.facts[-1] if line.opened and role is FactRole.TO else None
        if opening is not None:
            what, kind, place = replace(what, metric=opening.metric), opening.kind, self._places[-1]
        place = replace(place, handling=known.handles(what.metric))
        subject = self._as_printed(subject_of(phrase, what, place, known), phrase)
        compares = role not in (FactRole.LEVEL, FactRole.FROM) and what.noun is None and len(self.facts) > first
        if compares and (subject is None or phrase.near.has("compared") or role is FactRole.TO):
            subject = self.facts[-1].subject
        part_of = None if (role in _COMPARES and not part_of_gain) or kind is FactKind.RATE else whole
        self.facts.append(
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
                surface=self._printed[figure.start : figure.end],
                start=figure.start,
                end=figure.end,
                sentence=line.text,
                section=self._heading,
            )
        )
        if role is FactRole.DELTA and len(self.facts) > 1:
            self._amass(self._before)
        self._told.append(what)
        self._remember(phrase, what, place, line.segment, first)
        return replace(line, place=self._carried(phrase, what, place, line), year=year, opened=role is FactRole.FROM)

    def _place(
        self, phrase: Phrase, what: Counted, line: _Line, whole: Place, compared: int | None, first: int
    ) -> Place:
        """Where what the figure counts happened: as the phrase says, else where the whole, or the total it is compared with, did."""
        if self._sums_up(phrase, what, first):
            return Place(SEVERAL)
        place = place_of(phrase, what, line.place, whole, self._known)
        if compared is not None and place is NOWHERE and what == Counted(self.facts[compared].metric):
            place = self._places[compared]
        return line.site if place is NOWHERE and is_column(what, self._known) else place

    def _role(self, phrase: Phrase, what: Counted, line: _Line, part_of_gain: bool, first: int) -> FactRole:
        """What the figure is to the others: as its phrase says, else like the ratio or the gain that it goes on with."""
        role, ratio = role_of(phrase, line.opened, self._known), phrase.figure.ratio
        if ratio and role is FactRole.LEVEL and self._continues(phrase, first):
            role = self.facts[-1].role
        if role is FactRole.LEVEL and self._gained_along(phrase, what, first):
            return FactRole.DELTA
        # 新增130条，其中文件25条: the parts were gained too
        return FactRole.DELTA if part_of_gain and role is FactRole.LEVEL and not ratio else role

    def _as_printed(self, subject: str | None, phrase: Phrase) -> str | None:
        """What is counted in the signs of the page, where it stands in the phrase in one piece."""
        if subject is None or self._printed is self._text:
            return subject
        at = self._text.find(subject, phrase.gap_start, phrase.figure.end + len(phrase.after))
        return self._printed[at : at + len(subject)] if at >= 0 else subject

    def _sums_up(self, phrase: Phrase, what: Counted, first: int) -> bool:
        """Whether the figure is the total of what was seen on the several channels of the list before it:
        微博发布120条，抖音发布90条，总阅读量860万次."""
        total = phrase.near.words[0] if phrase.near.words else None
        opens = total is not None and total.start == phrase.near.start and total.text.startswith("总")
        if not opens or what.metric not in AUDIENCE or any(word.sense.channel for word in phrase.near.words):
            return False
        recent = reversed(self.facts[max(first, len(self.facts) - RECENT) :])
        put_out = {fact.channel for fact in takewhile(lambda fact: fact.metric in ("posts", "disclosures"), recent)}
        return len(put_out - {None}) > 1

    def _counted_of(self, phrase: Phrase) -> tuple[Counted, int | None]:
        """What the phrase's figure counts, and the fact of the open breakdown that it is a part of. A figure that is
        none closes the breakdown, if it tells something new."""
        known = self._known
        whole = self._breakdown.whole()
        of = self.facts[whole] if whole is not None else None
        about = of.metric if of else self._breakdown.about()
        what = counted(phrase, replace(self._memory, whole=about), known)
        if of is None:
            return what, None
        if self._turns_away(phrase, what) or self._begins_anew(phrase, of) or self._is_complete(phrase, what, of):
            self._breakdown.new_sentence()
            return what, None
        if self._enclosed(phrase, of) or belongs(what, phrase, of, known):
            return what, whole
        anew = "；" in phrase.gap and known.holds(phrase.near.text, "carried_over")
        if anew or (what.own_verb and what.verb_word is not what.noun and not is_along_a_way(phrase)):
            self._breakdown.new_sentence()
        return counted(phrase, self._memory, known), None

    def _carried(self, phrase: Phrase, what: Counted, place: Place, line: _Line) -> Place:
        """The place that the next member of the sentence inherits."""
        if what.metric == "media_coverage" and not any(word.sense.channel for word in phrase.near.words):
            return line.place  # 网站更新动态397条，媒体报道264条，专栏92条: the last are the site's again
        listed = phrase.gap.startswith("、") and not self._known.metrics[what.metric].has_channel
        if listed and place.channel is None:
            return line.place  # 网站公开信息61条、行政复议决定书20份、文件5项: the site's list goes on
        if what.verb_word is not None and what.verb_word.text in self._known.lists["interviews"]:
            return NOWHERE  # 接受媒体采访3次，政策解读11条: what others did says nothing of the next
        return place

    def _compared(self, phrase: Phrase) -> int | None:
        """The index of the total that a comparison at the beginning of a sentence is about, in the sentence before:
        公开信息173条。2010年新增49条."""
        if not phrase.near.has("gained", "lost", "compared"):
            return None
        for index in range(len(self.facts) - 1, max(self._before, len(self.facts) - RECENT) - 1, -1):
            fact = self.facts[index]
            level = fact.part_of is None and fact.role is FactRole.LEVEL and fact.kind is not FactKind.RATE
            if level and (phrase.figure.ratio or fact.unit == phrase.figure.unit):
                return index
        return None

    def _site(self) -> Place:
        """The place of the last figure when that is a website: the columns of the next sentence are on it."""
        last = self._places[-1] if self._places else NOWHERE
        return last if last.channel == "website" else NOWHERE

    def _turns_away(self, phrase: Phrase, what: Counted) -> bool:
        """Whether the figure tells something new, and ends the open breakdown: behind a semicolon a verb does where
        the parts have none (公开430条，其中市本级43条；全年发布…), and so does a figure greater than the whole."""
        breakdown = self._breakdown
        if breakdown.first_has_verb is None:
            breakdown.first_has_verb = what.own_verb
        split = "；" in phrase.gap or ";" in phrase.gap
        whole = breakdown.whole()
        exceeds = whole is not None and not phrase.figure.ratio and phrase.figure.value > self.facts[whole].value
        if exceeds and (
            split or (what.own_verb and (is_along_a_way(phrase) or opens_clause(phrase, what.verb_word)))
        ):
            return True  # 1692条，其中目录204条，网站1488条；微博、微信推送1810条: more than the whole
        if what.verb_word is not None and what.verb_word.text in self._known.lists["telling_verbs"]:
            return False  # 559条，其中动态176条；转发防疫信息9条: what was passed on is a part too
        return split and not breakdown.first_has_verb and opens_clause(phrase, what.verb_word)

    def _is_complete(self, phrase: Phrase, what: Counted, of: Fact) -> bool:
        """Whether the parts add up and a verb tells something else:
        公开115条，其中通知30条、文件85条；通过服务网公布25条. Cases may be itemised once more (予以公开8件), and
        that by the same whole."""
        if self._breakdown.in_bracket() or phrase.figure.ratio or not self._breakdown.exhausted():
            return False
        return of.metric not in CASES and what.own_verb

    def _enclosed(self, phrase: Phrase, of: Fact) -> bool:
        """Whether the figure stands in a bracket behind its whole, which holds nothing but parts:
        公开54条（其中办理提案29条、通知25条）."""
        amassed = phrase.near.has("cumulative") or self._known.holds(phrase.gap, "since")
        inside = self._breakdown.in_bracket() and phrase.figure.unit == of.unit and not amassed
        return inside and 0 < phrase.figure.value < of.value

    def _amass(self, first: int) -> None:
        """Make the total cumulative of which a gain of the year is told: 累计公开5928条，其中本年度新增2110条.
        ``first`` is where the search for it begins."""
        gain = self.facts[-1]
        for index in range(len(self.facts) - 2, max(first, len(self.facts) - RECENT) - 1, -1):
            fact, lead = self.facts[index], self._members[index].lead
            alike = (fact.metric, fact.unit, fact.kind) == (gain.metric, gain.unit, FactKind.FLOW)
            if alike and self._known.holds(lead, "cumulative") and fact.value > gain.value:
                self.facts[index] = replace(fact, kind=FactKind.CUMULATIVE)
                for part in range(index + 1, len(self.facts) - 1):
                    told = self.facts[part]
                    if told.part_of == index and told.kind is FactKind.FLOW:
                        self.facts[part] = replace(told, kind=FactKind.CUMULATIVE)
                return

    def _begins_anew(self, phrase: Phrase, of: Fact) -> bool:
        """Whether the figure is another total, as large as the whole: 468件，其中电话339件，转办件共计468件."""
        value = phrase.figure.value
        return not phrase.figure.ratio and value >= of.value > 0 and phrase.near.has("total")

    def _continues(self, phrase: Phrase, first: int) -> bool:
        """Whether nothing but a conjunction stands between this ratio and the one before: 分别增长12%和11.7%."""
        joined = len(phrase.gap.strip()) == 1 and not phrase.core
        return joined and len(self.facts) > first and self.facts[-1].unit == phrase.figure.unit

    def _gained_along(self, phrase: Phrase, what: Counted, first: int) -> bool:
        """Whether the figure is listed behind a gain without a verb of its own, and so was gained too:
        新增政务类栏目4个，服务类栏目2个."""
        told = phrase.near.has("standing", "total", "cumulative", "since", "compared", "gained")
        if (
            told
            or what.own_verb
            or phrase.back
            or not phrase.core
            or phrase.core != phrase.near.text
            or phrase.gap.lstrip()[:1] not in ("，", "、")
        ):
            return False
        for member in reversed(self._members[max(first, len(self._members) - RECENT) :]):
            alike = (member.metric, member.unit) == (what.metric, phrase.figure.unit)
            if member.role is not FactRole.DELTA or not alike:
                return False
            if self._known.holds(member.lead, "added"):
                return True
        return False

    def _inherited(self, phrase: Phrase, what: Counted, of: Fact | None, first: int) -> FactKind | None:
        """The kind that a figure takes over: from its whole, or from the member before it in a list with 、."""
        if of is not None:
            closed = what.metric == what.verb == "accounts"  # 其中关停微信号31个、微博22个
            return of.kind if of.metric == what.metric and not closed else None
        before = self.facts[-1] if len(self.facts) > first else None
        amassed = before is not None and before.kind is FactKind.CUMULATIVE and phrase.gap.startswith("，")
        amassed = amassed and before is not None and before.unit == phrase.figure.unit
        if before is None or not (phrase.gap.startswith("、") or amassed):
            return None
        return before.kind if (before.metric, before.role) == (what.metric, FactRole.LEVEL) else None

    def _remember(self, phrase: Phrase, what: Counted, place: Place, segment: int, first: int) -> None:
        """Keep what the fact that was just made tells the figures behind it."""
        fact, memory, known = self.facts[-1], self._memory, self._known
        member = Member(
            index=len(self.facts) - 1,
            metric=fact.metric,
            unit=fact.unit,
            value=fact.value,
            role=fact.role,
            lead=phrase.near.text,
            core=phrase.core,
            segment=segment,
            part_of=fact.part_of,
            sentence=first,
            ratio=phrase.figure.ratio,
            bracketed=self._breakdown.in_bracket(),
        )
        self._members.append(member)
        if member.part_of is not None and member.part_of == self._breakdown.whole():
            self._breakdown.take(member)
        self._places.append(place)
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


def _own_paper(phrase: Phrase, known: Lexicon) -> bool:
    """Whether a paper of one's own is named, which is a channel like a website and no outside media:
    编辑校报11期."""
    return any(word.text in known.lists["own_papers"] for word in phrase.near.words)


def _elsewhere(what: Counted, place: Place, whole: Place) -> bool:
    """Whether the figure was put out on another channel than the whole, and so is no part of it:
    网站发布5300条，其中基本信息3529条；微信发布1175条."""
    told = what.metric in ("posts", "disclosures") and place.channel not in (None, "other", SEVERAL)
    return told and whole.channel not in (None, "other", MASS, SEVERAL, place.channel)
