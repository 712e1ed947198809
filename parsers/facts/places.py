"""Where a figure was published or counted: on the channels that its phrase names, or where the figures before it were."""

from __future__ import annotations

from itertools import takewhile

from parsers.facts.channels import MASS, NOWHERE, SEVERAL, Place, channels_in, own_place
from parsers.facts.clauses import Phrase
from parsers.facts.counted import Counted
from parsers.facts.families import AUDIENCE
from parsers.facts.lexicon import Lexicon
from parsers.facts.record import Record

STAGES = frozenset({"broadcast", "website", "wechat", "douyin", "wechat_video", "newspaper"})
"""Channels on which a press event takes place, and is not only told of."""


def place_of(phrase: Phrase, counted: Counted, carried: Place, whole: Place, known: Lexicon) -> Place:
    """The place of the phrase's figure. ``carried`` is that of the member before it in the same stretch,
    ``whole`` that of the figure that it is a part of."""
    if counted.metric == "media_coverage":
        return _place_of_coverage(phrase, counted, carried, whole, known)
    if counted.metric == "gazettes":
        return Place("gazette")
    own = own_place(phrase, known, tail=counted.from_tail or counted.metric == "accounts")
    if _names_a_kind(phrase, counted, carried, known):
        own = NOWHERE
    publishing = known.publishes(counted.verb)
    if counted.metric == "proposals" and publishing and phrase.figure.unit in known.lists["notices"]:
        return whole if whole.channel else own if own.channel else carried  # 网站发布建议提案办理情况62条
    if not known.metrics[counted.metric].has_channel:
        stage = _stage(counted, own, carried, known)
        return whole if whole.channel and stage.channel is None else stage
    if own.channel is not None and _takes_channel(counted, publishing, own, phrase):
        return own
    if phrase.figure.ratio and own.channel is None and carried.channel is not None:
        return carried
    if whole.channel is not None:
        return carried if carried.channel is not None and _goes_on(phrase, known) else whole
    return carried if own.channel is None and _stays(phrase, counted, carried, known) else NOWHERE


def _place_of_coverage(phrase: Phrase, counted: Counted, carried: Place, whole: Place, known: Lexicon) -> Place:
    """The place of what others told: always the media, named in the phrase, or before it, or of the whole."""
    mass = known.channel_classes[MASS]
    found = own_place(phrase, known, tail=counted.from_tail)
    named = found if found.channel else carried if carried.channel in mass else whole
    return named if named.channel in mass else Place(MASS, named.named)


def _stage(counted: Counted, own: Place, carried: Place, known: Lexicon) -> Place:
    """The place of a press event where it is one that shows it (网站开展在线访谈6次); other things without a channel have none."""
    if counted.metric != "press_events":
        return NOWHERE
    if own.channel is None and not counted.own_verb and _is_online(counted, known):
        own = carried
    return own if counted.noun is not None and own.channel in STAGES else NOWHERE


def _stays(phrase: Phrase, counted: Counted, carried: Place, known: Lexicon) -> bool:
    """Whether what names no place of its own happened where the figure before it did, ``carried``."""
    if carried.channel is None or counted.metric in ("other", "trainings", "events", "fees", "services"):
        return False
    verb = counted.verb_word.text if counted.own_verb and counted.verb_word is not None else ""
    if verb in known.lists["makes"] or verb in known.lists["reports_up"]:
        return False  # 网站发布16条，上报区政府80条
    if known.holds(phrase.near.text, "face_to_face"):
        return False  # 网上咨询165人次，现场接待67人次
    publishing = known.publishes(counted.verb)
    if not counted.own_verb or publishing or known.publishes(counted.metric):
        return not carried.handling or (not publishing and counted.noun is None)
    return known.handles(counted.verb) and carried.handling and counted.noun is None


def _goes_on(phrase: Phrase, known: Lexicon) -> bool:
    """Whether 、 joins the figure to the part before it, so that both stand on that part's channel: of parts on
    several channels, 信用网发布处罚信息20条、许可信息30条."""
    rest = known.ends_with(phrase.near.text, "rest") is not None
    return "、" in phrase.gap and not rest and not any(mark in phrase.gap for mark in "，；。（）")


def _names_a_kind(phrase: Phrase, counted: Counted, carried: Place, known: Lexicon) -> bool:
    """Whether the channel that is named in a list of what was put out is a kind of information, and no place:
    通知公告88条、政府公报4条, where the gazette is one of the kinds, or 法治建设专栏2条, which counts what fills a
    column."""
    listed = phrase.figure.unit in known.lists["notices"] and not counted.own_verb and not phrase.near.has("through")
    words = channels_in(phrase.near, known)
    if not listed or not words or words[-1].end < phrase.near.start + len(phrase.core):
        return False
    gazette = words[-1].sense.channel == "gazette" and carried.channel is None
    return gazette or (words[-1].text in known.lists["columns"] and words[-1].start > phrase.near.start)


def _takes_channel(counted: Counted, publishing: bool, own: Place, phrase: Phrase) -> bool:
    """Whether what is counted has the place that its phrase names. Trainings, meetings and money have none, whatever the
    sentence says of a website."""
    if counted.metric in ("opinions", "documents") and phrase.near.has("through"):
        return True
    if counted.metric in ("trainings", "events", "fees", "services", "enforcement", "documents", "opinions"):
        return publishing
    if counted.metric == "other":
        return own.channel in ("noticeboard", "mailbox") and any(
            word.sense.channel and word.sense.noun for word in (*phrase.near.words, *phrase.tail.words)
        )
    return True


def is_column(counted: Counted, known: Lexicon) -> bool:
    """Whether columns are counted, which nothing but a website has."""
    return counted.metric == "accounts" and counted.noun is not None and counted.noun.text in known.lists["columns"]


def _is_online(counted: Counted, known: Lexicon) -> bool:
    """Whether an interview or a broadcast on line is counted, which is held on the channel of the list it stands in
    (通过网站回应热点7条，在线访谈6次); a press conference is not."""
    return counted.noun is not None and counted.noun.text in known.lists["online"]


def is_total_of_several(phrase: Phrase, what: Counted, record: Record) -> bool:
    """Whether the figure is the total of what was seen on the several channels of the list before it:
    微博发布120条，抖音发布90条，总阅读量860万次."""
    total = phrase.near.words[0] if phrase.near.words else None
    opens = total is not None and total.start == phrase.near.start and total.text.startswith("总")
    if not opens or what.metric not in AUDIENCE or any(word.sense.channel for word in phrase.near.words):
        return False
    recent = (record.facts[index] for index in record.back_to(record.first))
    put_out = {fact.channel for fact in takewhile(lambda fact: fact.metric in ("posts", "disclosures"), recent)}
    return len(put_out - {None}) > 1


def is_told_by_others(what: Counted, place: Place, phrase: Phrase, known: Lexicon) -> bool:
    """Whether what was put out stands in papers or on the air, and so is coverage; a paper of one's own is a channel like a website
    and no outside media: 编辑校报11期."""
    own = any(word.text in known.lists["own_papers"] for word in phrase.near.words)
    return what.metric == "posts" and place.channel in known.channel_classes[MASS] and not own


def is_elsewhere(what: Counted, place: Place, whole: Place) -> bool:
    """Whether the figure was put out on another channel than the whole, and so is no part of it:
    网站发布5300条，其中基本信息3529条；微信发布1175条."""
    told = what.metric in ("posts", "disclosures") and place.channel not in (None, "other", SEVERAL)
    return told and whole.channel not in (None, "other", MASS, SEVERAL, place.channel)


def passed_on(phrase: Phrase, what: Counted, place: Place, before: Place, known: Lexicon) -> Place:
    """The place that the next member of the sentence inherits from a figure at ``place``, ``before`` which it was another."""
    if what.metric == "media_coverage" and not any(word.sense.channel for word in phrase.near.words):
        return before  # 网站更新动态397条，媒体报道264条，专栏92条: the last are the site's again
    listed = phrase.gap.startswith("、") and not known.metrics[what.metric].has_channel
    if listed and place.channel is None:
        return before  # 网站公开信息61条、行政复议决定书20份、文件5项: the site's list goes on
    if what.verb_word is not None and what.verb_word.text in known.lists["interviews"]:
        return NOWHERE  # 接受媒体采访3次，政策解读11条: what others did says nothing of the next
    return place
