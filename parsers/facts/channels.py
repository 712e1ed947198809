"""The channels that a phrase names: a website, a paper, several together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from parsers.facts.clauses import Clause, Phrase, core_of
from parsers.facts.lexicon import JOINS, Lexicon, Word, between
from parsers.facts.unknown_names import names_a_stranger, unknown_channel

_SEPARATOR = re.compile(rf"[，,{JOINS}]")
_ACCOUNT = re.compile(r"[“「][^”」]*[”」]")

_AT = re.compile(r"在[^，,。；;、\n]*$")
LIST = 80
"""Characters in front of an item of a list in which the verb is looked for."""
SITE = 12
"""Characters from 在 to the channel: 在市人民政府门户网站."""
SEVERAL = "new_media"
"""The channel of what several channels carried together."""
MASS = "media"
"""The channel of papers and stations, and the class that these are in."""


@dataclass(frozen=True, slots=True)
class Place:
    """A channel, or None. ``named`` keeps the printed list where there are several channels; ``handling`` says that the figure
    counts cases that came by the channel, and not what was put out on it."""

    channel: str | None = None
    named: str | None = None
    handling: bool = False


NOWHERE = Place()


def own_place(phrase: Phrase, known: Lexicon, *, tail: bool = False) -> Place:
    """The channels that the phrase itself names. The figure's own clause comes first; clauses before it count
    when it names none, or when they continue its list (通过网站，微博，报刊等公开)."""
    clauses = [phrase.near]
    if not channels_in(phrase.near, known):
        clauses = [clause for clause in phrase.back if channels_in(clause, known) and not _set_off(clause, phrase)]
    else:
        for clause in reversed(phrase.back):
            named = channels_in(clause, known)
            if not named or named[-1].end != clause.end or any(word.sense.verb for word in clause.words):
                break
            clauses.insert(0, clause)
    found = _combined(clauses, known)
    unknown = unknown_channel(phrase.near, known) if found.channel is None else None
    if unknown is not None:
        return Place(unknown)
    if found.channel is None and (tail or _put_out(phrase)):
        return _combined([_first_item(phrase.tail)], known)
    return found


def _put_out(phrase: Phrase) -> bool:
    """Whether the measure word is followed by what was put out, as behind a verb without an object:
    发布2200条微博."""
    last = phrase.near.words[-1] if phrase.near.words else None
    if last is None or last.sense.verb != "posts" or last.end < phrase.near.start + len(phrase.core):
        return False
    return bool(phrase.tail.words) and phrase.tail.words[0].start == phrase.figure.end


def _set_off(clause: Clause, phrase: Phrase) -> bool:
    """Whether a semicolon separates the clause from the figure, so that it tells of something else:
    清理专栏的文件；公开信息2条."""
    return "；" in phrase.gap[clause.end - phrase.gap_start : phrase.near.start - phrase.gap_start]


def _first_item(clause: Clause) -> Clause:
    """The first item of the list behind a measure word: of 个微信公众账号和新浪微博账号 only that was counted."""
    found = _SEPARATOR.search(clause.text)
    end = clause.start + found.start() if found else clause.end
    return Clause(clause.start, end, clause.text[: end - clause.start], between(clause.words, clause.start, end))


def announced_place(words: Sequence[Word], text: str, known: Lexicon) -> Place:
    """The place that a sentence without figures sets for the figures of the next one:
    通过政府网站主动公布财政数据。今年转发15条."""
    for index, word in enumerate(words):
        through = index > 0 and "through" in words[index - 1].sense.marks
        if word.sense.channel and (through or _AT.search(text, max(0, word.start - SITE), word.start)):
            rest = words[index:]
            published = any(known.publishes(later.sense.verb) for later in rest)
            others = {later.sense.channel for later in rest} - {None, word.sense.channel}
            return Place(SEVERAL if others else word.sense.channel) if published else NOWHERE
    return NOWHERE


def channels_in(clause: Clause, known: Lexicon) -> list[Word]:
    """The clause's words for channels; 信息公开目录类信息10条 names a kind of information and no place."""
    return [word for word in clause.words if word.sense.channel and not _is_kind(word, clause, known)]


def _is_kind(word: Word, clause: Clause, known: Lexicon) -> bool:
    """Whether 类 (or, behind a directory, 信息) follows the word, which then names a kind of information: 网站类,
    公开目录信息."""
    directory = known.ends_with(word.text, "directories") is not None
    kinds = ("类", "信息") if directory else ("类",)
    return word.sense.channel == "website" and clause.text.startswith(kinds, word.end - clause.start)


def _combined(clauses: Sequence[Clause], known: Lexicon) -> Place:
    """The place that the channels of the clauses are together: one of them, the media, or several."""
    found: list[Word] = []
    for clause in clauses:
        found += _specific(clause, known)
    if not found:
        return NOWHERE
    kinds = list(dict.fromkeys(str(word.sense.channel) for word in found))
    named = _printed_list(clauses, found)
    strangers = names_a_stranger(clauses, found, known)
    if set(kinds) <= known.channel_classes[MASS] and (MASS in kinds or len(kinds) > 1):
        return Place(MASS, named)
    if len(kinds) > 1 or (strangers and kinds[0] != MASS):
        return Place(SEVERAL, named)
    return Place(kinds[0], named if kinds[0] in (SEVERAL, MASS) else None)


def _specific(clause: Clause, known: Lexicon) -> list[Word]:
    """The channel words of a clause; of two that touch or stand in one item, the general one (平台, 公众号, 专栏)
    only says what the other is."""
    kept: list[Word] = []
    for word in channels_in(clause, known):
        if _is_listed_kind(word, clause, known):
            continue
        general = word.text in known.lists["generic_channels"]
        if kept and word.sense.channel == "gazette" and _is_object(word, kept[-1], clause, known):
            continue  # 网站发布政府公报、文件等信息
        also = kept and clause.text[: word.start - clause.start].endswith("等")
        if also and word.text in known.lists["other_ways"]:
            continue  # 通过新闻媒体等其他方式
        plural = word.sense.channel != SEVERAL and general
        if plural and known.ends_with(clause.text[: word.start - clause.start], "unspecified"):
            continue  # 通过各种公开平台
        if kept:
            between = _ACCOUNT.sub("", clause.text[kept[-1].end - clause.start : word.start - clause.start])
            if not _SEPARATOR.search(between) and len(between) <= 12:
                if general and not (between.endswith("等") and word.sense.channel == SEVERAL):
                    continue
                if kept[-1].text in known.lists["generic_channels"] or _is_on(word, kept[-1]):
                    kept[-1] = word
                    continue
        kept.append(word)
    if len(kept) > 1 and _is_put_out(kept[-1], kept[-2], clause, known):
        return kept[-1:]
    return kept


def _is_put_out(word: Word, host: Word, clause: Clause, known: Lexicon) -> bool:
    """Whether the last channel of a clause is what was put out on the one before it: 热线新媒体发布微信426条."""
    last = word.end - clause.start >= len(core_of(clause.text, known))
    return last and word.sense.channel != "gazette" and _is_object(word, host, clause, known)


def _is_listed_kind(word: Word, clause: Clause, known: Lexicon) -> bool:
    """Whether papers or stations are a field of work in a list of what was put out:
    发布文化活动、广播电视、市场监管等各类信息252条."""
    at = word.start - clause.start
    listed = at and clause.text[at - 1] == "、" and clause.text.startswith(("、", "等"), word.end - clause.start)
    if not listed or word.sense.channel not in known.channel_classes[MASS]:
        return False
    before = between(clause.words, max(clause.start, word.start - LIST), word.start)
    put_out = [w for w in before if known.publishes(w.sense.verb)]
    return bool(put_out) and "在" not in clause.text[put_out[-1].end - clause.start : at]


def _is_object(word: Word, host: Word, clause: Clause, known: Lexicon) -> bool:
    """Whether a verb of publishing stands between a channel and ``word``, which then is what was put out there."""
    return any(
        known.publishes(between.sense.verb) for between in clause.words if host.end <= between.start < word.start
    )


def _is_on(word: Word, host: Word) -> bool:
    """Whether the second place is part of the first, a website, and alone is meant: 政府网站“县长信箱”."""
    return host.sense.channel == "website" and word.sense.channel in ("mailbox", "hotline")


def _printed_list(clauses: Sequence[Clause], found: Sequence[Word]) -> str | None:
    """The list of channels as printed, without the names of accounts in quotation marks."""
    parts = []
    for clause in clauses:
        inside = [word for word in found if clause.start <= word.start < clause.end]
        if inside:
            opening = max((word.end for word in clause.words if "through" in word.sense.marks), default=clause.start)
            start = opening if opening <= inside[0].start else inside[0].start
            parts.append(clause.text[start - clause.start : inside[-1].end - clause.start])
    return _ACCOUNT.sub("", "、".join(parts)).strip() or None
