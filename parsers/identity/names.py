"""Agencies' names: what is one, how two spellings of one meet, and how one is cut out of a phrase."""

from __future__ import annotations

from functools import lru_cache
from itertools import chain

import regex

from parsers.gazetteer import field_of, is_national, place_of, place_prefix
from parsers.identity.folding import fold_name
from parsers.identity.words import YEAR, pattern, words

_DATE = regex.compile(r"20\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\d{1,2}:\d\d(?::\d\d)?)?")
NUMBER_OF_DOCUMENT = regex.compile(r"[\[(〔【]20\d\d[\])〕】]\d{1,4}号")
"""What stands in front of a title on paper with a letterhead: 某某文件 某政发〔2022〕3号."""
_SCHOOL_YEAR = regex.compile(r"20\d\d[-—~至]+20\d\d学?年?度?")
_SEPARATORS = regex.compile(r"[>|:»/_\\]|[-—]{1,2}(?=\D)")
_COLUMN = regex.compile(r"(?:【[^【】]{1,12}】|\[[^\[\]]{1,12}\])")
"""The column of the site in front of a title: 【年报】."""
_SIGNS_OF_NAME = regex.compile(r"\p{Han}[\p{Han}()·、a-zA-Z\d—-]*")
_BRACKETS = regex.compile(r"\(([^()]*)\)")
_YEAR_WITHIN = regex.compile(r"20[0-3]\d年")
_ZEROS_OF_CODE = regex.compile("(?:00)+$")
"""320600: the code of a city ends with zeros that stand for all counties in it."""
_LONGEST_NAME = 45
"""Characters; the longest name of an agency read so far has 38 (a joint name of two bodies)."""


@lru_cache(maxsize=4096)
def normalise_agency(name: str) -> str:
    """The spelling of an agency's name under which its years meet.

    Blanks, quotation marks, full-width and traditional forms, remarks such as (本级), and the short forms that mean
    exactly one thing (市政府, 镇政府) are folded; a government's name in the middle of a body's name is left out
    (市人民政府信访局, …区人民政府X街道办事处), but the office of the government keeps it (市人民政府办公室); a bare
    place stands for its government. Nothing that could make two agencies one is done: 发改局 stays 发改局.

    >>> normalise_agency("石狮市人民政府信访局"), normalise_agency("平罗县城关镇")
    ('石狮市信访局', '平罗县城关镇人民政府')
    """
    folded = fold_name(name)
    remarks = words()["agency"]["remarks"]
    folded = _BRACKETS.sub(lambda found: "" if found[1] in remarks else found[0], folded).strip("-—·,.、:")
    for remark in words()["agency"]["own_level"]:
        folded = folded.removesuffix(remark)
    for short, full in words()["agency"]["short_forms"]:
        if folded.endswith(short) and not folded.endswith(full):
            folded = folded.removesuffix(short) + full
    folded = pattern("agency", "short_government").sub(words()["agency"]["government"], folded)
    folded = pattern("agency", "government_of_body").sub("", folded)
    return folded + _what_is_understood(folded)


def _what_is_understood(folded: str) -> str:
    known = words()["agency"]
    bare = known["government"] if folded and place_prefix(folded) == folded else ""
    return str(next((body for end, body in known["understood"] if folded.endswith(end)), bare))


def can_be_name(text: str) -> bool:
    """Whether a folded text in front of 政府信息公开… can be an agency's name. There nearly anything Chinese is one
    (长安大学, 国网…), only words that no name holds are not, years, and the body speaking of itself (本局)."""
    bare = _BRACKETS.sub("", text)
    return (
        2 <= len(bare) <= _LONGEST_NAME
        and _SIGNS_OF_NAME.fullmatch(text) is not None
        and pattern("agency", "noise").search(bare) is None
        and _YEAR_WITHIN.search(bare) is None
        and pattern("agency", "itself").match(bare) is None
    )


def is_agency_name(text: str) -> bool:
    """Whether a folded text can be an agency's name wherever it stands: it also ends like one."""
    bare = _BRACKETS.sub("", text)
    return len(bare) >= 3 and pattern("agency", "endings").search(bare) is not None and can_be_name(text)


def is_relative(name: str) -> bool:
    """Whether a name means something only inside its county or city: 县教育局, 市公安局."""
    return not place_prefix(name) and pattern("agency", "relative").match(name) is not None


def is_whole(name: str) -> bool:
    """Whether a name says where its body belongs: it begins with a place, or with what stands for the country."""
    return (
        bool(place_prefix(name)) or is_national(name) or pattern("agency", "stands_for_place").match(name) is not None
    )


def trimmed(phrase: str, *, in_sentence: bool = False) -> tuple[int, int]:
    """Where the agency's name stands in the folded phrase in front of 政府信息公开…: without introducing words,
    years, dates, navigation and the particles behind it. ``start == end`` when nothing is left. In a sentence a dash parts
    no name from navigation (普陀山—朱家尖管理委员会)."""
    start, end = 0, len(phrase)
    for found in chain(_DATE.finditer(phrase), NUMBER_OF_DOCUMENT.finditer(phrase)):
        start = max(start, found.end())
    for found in _SCHOOL_YEAR.finditer(phrase, start):
        # In front of the name, or behind it.
        start, end = (start, found.start()) if found.end() == end else (found.end(), end)
    for found in _SEPARATORS.finditer(phrase, start) if not in_sentence else ():
        # A year and nothing else behind it, as in 某某局：2021年: the name stands in front.
        if found.end() < end and _year_at_start().fullmatch(phrase, found.end(), end) is None:
            start = found.end()
    moved = True
    while moved:
        before = start, end
        start, end = _without_edges(phrase, start, end)
        moved = (start, end) != before
    return start, end


def _without_edges(phrase: str, start: int, end: int) -> tuple[int, int]:
    for before in (_COLUMN, pattern("title", "annex")):
        if (found := before.match(phrase, start, end)) is not None and found.end() < end:
            start = found.end()
    while start < end and phrase[start] in "《【[(,.、。·-—年度的":
        start += 1
    while start < end and phrase[end - 1] in "》】],.、。·-—的《【[(":
        end -= 1
    if phrase.endswith(":", start, end) and is_agency_name(phrase[start : end - 1]):
        end -= 1
    if (year := _year_at_end().search(phrase, start, end)) is not None:
        end = year.start()
    if (year := _year_at_start().match(phrase, start, end)) is not None:
        start = year.end()
    for word in words()["title"]["introducers"]:
        position = phrase.rfind(word, start, end)
        # 公开 and 公布 stand inside names too (公开办), so only the start, or a phrase that ends with them, is cut.
        if position == start or (position > start and len(word) >= 3):
            start = position + len(word)
    for word in words()["title"]["trailers"]:
        if phrase.endswith(word, start, end):
            end -= len(word)
    return start, end


@lru_cache(maxsize=1)
def _year_at_end() -> regex.Pattern[str]:
    return regex.compile(rf"\(?{YEAR}\)?$")


@lru_cache(maxsize=1)
def _year_at_start() -> regex.Pattern[str]:
    return regex.compile(rf"\(?{YEAR}\)?")


def with_shared_word(text: str, start: int, end: int, subject: int) -> int:
    """Where the name ``text[start:end]`` ends, in front of the ``subject`` of a title: the two may share a word (…镇人民|政府信息公开)."""
    before, shared = words()["agency"]["printed_once"]
    return end + len(shared) if text.startswith(shared, subject) and text.endswith(before, start, end) else end


def phrase_start(text: str, end: int) -> int:
    """Where the phrase that ends at ``end`` begins: behind the last mark that no agency's name holds. A bracket
    that was closed again, as in 青龙镇政府(机关), belongs to the phrase."""
    start = max(text.rfind(mark, 0, end) for mark in "\n,。;:、《<>") + 1
    opened = text.rfind("(", start, end)
    return opened + 1 if opened >= 0 and ")" not in text[opened:end] else start


def related(one: str, other: str) -> bool:
    """Whether two normalised names can mean one body: one ends with the other, they differ in the places in front
    or in the wording of one field (市场监管局, 市场监督管理局), or one is the office of the other's government."""
    shorter, longer = sorted((one, other), key=len)
    if shorter in longer or _without_place(shorter) in longer:
        return True
    places = [place_prefix(name) for name in (one, other)]
    same_place = places[0].endswith(places[1]) or places[1].endswith(places[0])
    if field_of(one) not in (None, "government", "general_office", "township", "subdistrict"):
        return same_place and field_of(one) == field_of(other)
    return all(_is_government(name) for name in (one, other))


def is_elsewhere(one: str, other: str) -> bool:
    """Whether two names speak of different places, of which neither lies in the other. The whole country is no place in
    which a body lies."""
    if place_prefix(one) == place_prefix(other):
        return False
    codes = [place_of(normalise_agency(name))[0].code for name in (one, other)]
    inside = [_ZEROS_OF_CODE.sub("", code) for code in codes if code is not None]
    if len(inside) == 1:
        return is_national(one if codes[0] is None else other)
    return len(inside) == 2 and not (inside[0].startswith(inside[1]) or inside[1].startswith(inside[0]))


def may_be_one(one: str, other: str) -> bool:
    """Whether two folded names can mean one body: :func:`related`, and in one place."""
    return related(normalise_agency(one), normalise_agency(other)) and not is_elsewhere(one, other)


def _is_government(name: str) -> bool:
    return (
        words()["agency"]["government"] in name or pattern("title", "offices_of_government").search(name) is not None
    )


def _without_place(name: str) -> str:
    return name[len(place_prefix(name)) :]
