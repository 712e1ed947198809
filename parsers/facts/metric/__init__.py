"""What a figure counts: the noun wins where it has a metric of its own, else the verb, else what was said before."""

from __future__ import annotations

from parsers.facts.clauses import Phrase
from parsers.facts.counted import Counted, Memory
from parsers.facts.families import HAVE_OUTCOMES, INFORMATION
from parsers.facts.lexicon import Lexicon, Word
from parsers.facts.metric.applications import APPLICATIONS, are_applications
from parsers.facts.metric.by_information import metric_of_information
from parsers.facts.metric.by_noun import metric_by_noun, only_informs
from parsers.facts.metric.by_verb import metric_by_verb
from parsers.facts.metric.evidence import Evidence
from parsers.facts.metric.naming import case_of, is_kind_of_disclosure, is_topic, named_beside, named_elsewhere
from parsers.facts.metric.people import metric_of_people
from parsers.facts.phrases import NOUN_REACH, noun_of, verb_of


def counted(phrase: Phrase, memory: Memory, known: Lexicon) -> Counted:
    """The metric of the phrase's figure."""
    unit = phrase.figure.unit
    if not phrase.gap.strip() and memory.metric and not phrase.figure.ratio:
        return Counted(memory.metric, verb=memory.verb)  # 公开任免信息10批次71条162人次: counted in three ways
    if unit in known.metrics["gazettes"].units and any(word.sense.channel == "gazette" for word in phrase.near.words):
        return Counted("gazettes")
    if unit in known.lists["money"]:
        return Counted("fees", noun_of(phrase.near, phrase, known)[0])
    if _taken(phrase, known):
        return Counted("media_coverage", from_tail=True)
    verb_word, own = verb_of(phrase, known)
    informing = memory.whole in INFORMATION or (phrase.gap.startswith("、") and memory.verb == "posts")
    is_kind = verb_word is not None and informing and is_kind_of_disclosure(phrase)
    if is_kind or (verb_word is not None and memory.whole in INFORMATION and is_topic(verb_word, phrase, known)):
        verb_word, own = None, False
    verb = verb_word.sense.verb if verb_word else memory.verb
    named = named_beside(phrase, verb_word if own else None, known, is_kind=is_kind)
    if named.noun is not None and (case := case_of(named.noun, phrase, memory, known)) is not None:
        return Counted(case, named.noun, verb, verb_word, own)
    named = named_elsewhere(named, phrase, known)
    if named.noun is None and not named.information and (metric := _carried_on(phrase, memory, own, known)):
        return Counted(metric, verb=verb)
    evidence = Evidence(phrase, memory, named.noun, verb, verb_word, own, named.from_tail, known)
    metric = _metric(evidence, information=named.information)
    return Counted(metric, named.noun, verb, verb_word, own, named.from_tail)


def _taken(phrase: Phrase, known: Lexicon) -> bool:
    """Whether others took over what is counted: 2条信息被“杭州发布”录用."""
    taken = phrase.after.find("被")
    return 0 <= taken <= NOUN_REACH and known.holds(phrase.after[taken:], "taken")


def _carried_on(phrase: Phrase, memory: Memory, own: bool, known: Lexicon) -> str | None:
    """The metric said before, of a figure that names none: it compares (增加12条), or is an outcome (撤销2件)."""
    about = memory.metric or memory.compared
    if not own and about and phrase.near.has("gained", "lost", "compared"):
        return about
    if memory.metric in HAVE_OUTCOMES and known.ends_with(phrase.core, "outcomes") is not None:
        return memory.whole or memory.metric
    return None


def _metric(evidence: Evidence, *, information: bool) -> str:
    """The metric; ``information`` says that the head of the noun phrase is a word for pieces of information."""
    phrase, memory, known = evidence.phrase, evidence.memory, evidence.known
    if phrase.figure.ratio:
        verb = evidence.verb if evidence.own and phrase.near.words else None
        answered = known.handles(verb)
        if _are_inquiries(evidence):
            return "inquiries"  # 12345热线接通率98%
        return _of_ratio(_told_noun(evidence), memory, (memory.topic or verb) if answered else verb)
    if are_applications(evidence):
        return APPLICATIONS
    if evidence.unit in known.lists["people"]:
        return metric_of_people(phrase, memory, evidence.noun, known)
    if not information and _are_inquiries(evidence):
        return "inquiries"
    if not information and evidence.noun is not None:
        information = only_informs(evidence, evidence.noun)
        named = None if information else metric_by_noun(evidence, evidence.noun)
        if named is not None:
            return named
    return metric_of_information(evidence) if information else metric_by_verb(evidence)


def _of_ratio(noun: Word | None, memory: Memory, verb: str | None) -> str:
    """The metric of a rate or share: that of its noun, else of the figure before it, else of its verb."""
    if noun is not None and not (noun.sense.weak and memory.metric) and noun.sense.noun != "other":
        return str(noun.sense.noun)
    return memory.metric or (noun.sense.noun if noun else None) or verb or "other"


def _told_noun(evidence: Evidence) -> Word | None:
    """The noun; where it belongs to no metric, the noun before it that does: 所有建议提案走访率、满意率."""
    if evidence.noun is None or evidence.noun.sense.noun != "other":
        return evidence.noun
    named = [word for word in evidence.phrase.near.words if word.sense.noun not in (None, "other")]
    return named[0] if named and not named[0].sense.weak else evidence.noun


def _are_inquiries(evidence: Evidence) -> bool:
    """Whether inquiries are counted, as what came by a letter box or a hotline is (局长信箱办理事项5件) unless
    it is published there."""
    asked = {"mailbox", "hotline"} & {word.sense.channel for word in evidence.phrase.near.words}
    strong = evidence.noun is not None and not evidence.noun.sense.weak
    letters = evidence.noun is not None and evidence.noun.text in evidence.known.lists["letters"]
    letters = letters and evidence.unit not in evidence.known.lists["notices"]  # 领导信箱公开信件6件
    published = evidence.own and evidence.publishing and not letters
    return bool(asked) and not strong and not published and evidence.unit != "个"
