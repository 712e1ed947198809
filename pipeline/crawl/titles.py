"""What the words of a link promise, before anything is fetched: a report, a list of reports, perhaps, or nothing."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

import regex

from parsers.identity.folding import fold_name
from parsers.identity.names import is_agency_name
from parsers.identity.title import read_title, what_it_is_called
from parsers.identity.words import words as identity_words
from pipeline.crawl.words import pattern

_BRACKETS = regex.compile(r"\([^()]*\)")
"""Remarks like (汇总) say that a report covers an area; without brackets the word means a collection."""


class Promise(StrEnum):
    """What a link's words promise."""

    REPORT = "report"
    """A report: page and attachments are fetched."""
    COLLECTION = "collection"
    """A page that gathers reports: it is fetched for its links."""
    COLUMN = "column"
    """The name of reports without agency and year: a column of the site, or a report with a terse title."""
    PERHAPS = "perhaps"
    """An annual report of an unknown kind, or a title that was cut off: the page is fetched and looked at."""
    NOTHING = "nothing"


@lru_cache(maxsize=8192)
def promise(title: str, about: str = "") -> Promise:
    """What a link with these words promises. ``about`` is the heading of the page that it stands on: where that is
    about disclosure, a plain 年报 means more than elsewhere, and where it is about reports on it, so do bare years and
    agencies' names.

    >>> promise("澜平市公安局2021年政府信息公开工作年度报告"), promise("澜平市政府信息公开指南")
    (<Promise.REPORT: 'report'>, <Promise.NOTHING: 'nothing'>)
    """
    folded = fold_name(title)
    if len(folded) < 2 or len(folded) > 200:
        return Promise.NOTHING
    cut = pattern("titles", "cut_off").search(folded)
    folded = folded[: cut.start()] if cut else folded
    called = what_it_is_called().search(folded) is not None
    annual = pattern("titles", "annual").search(folded) is not None
    if called and annual and pattern("titles", "collection").search(_BRACKETS.sub("", folded)):
        foreign = pattern("titles", "about").search(folded) or pattern("titles", "others").search(folded)
        return Promise.NOTHING if foreign else Promise.COLLECTION
    read = read_title(folded)
    if read is not None and read.agency is not None and read.year is not None:
        return Promise.NOTHING if _looks_alike(folded, always_only=True) else Promise.REPORT
    if _looks_alike(folded) or pattern("titles", "about").search(folded):
        return Promise.NOTHING
    if read is not None:
        return Promise.COLUMN if read.agency is None and read.year is None else Promise.REPORT
    if pattern("titles", "others").search(folded):
        return Promise.NOTHING
    subject = pattern("titles", "subject")
    if (cut and subject.search(folded)) or (annual and (called or subject.search(about))):
        return Promise.PERHAPS
    return _beside_reports(folded) if is_about_reports(about) else Promise.NOTHING


def _beside_reports(folded: str) -> Promise:
    """What a link promises that stands on a page about reports and does not speak of any: a bare year, an agency's name."""
    if pattern("titles", "bare_year").match(folded):
        return Promise.PERHAPS
    return Promise.COLUMN if is_agency_name(folded) else Promise.NOTHING


@lru_cache(maxsize=1024)
def is_about_reports(heading: str) -> bool:
    """Whether a page with this heading or title is about reports of our kind.

    >>> is_about_reports("政府信息公开年报_澜平市人民政府门户网站")
    True
    """
    folded = fold_name(heading)
    return bool(pattern("titles", "annual").search(folded) and pattern("titles", "subject").search(folded))


def says_nothing(words_of_link: str) -> bool:
    """Whether a link's own words tell nothing (查看, 下载): then the row around it is its title."""
    return pattern("titles", "empty").match(words_of_link.strip().lower()) is not None


def named_in(title: str) -> tuple[str | None, int | None]:
    """Agency and report year that a title names, each None where it does not.

    >>> named_in("澜平市公安局2021年政府信息公开工作年度报告")
    ('澜平市公安局', 2021)
    """
    read = read_title(fold_name(title))
    return (read.agency, read.year) if read is not None else (None, None)


@lru_cache(maxsize=8192)
def _looks_alike(folded: str, *, always_only: bool = False) -> bool:
    """Whether the parsers would refuse a document of this title unless it held a filled form; with ``always_only``
    whatever it held."""
    entries = identity_words()["look_alike"]["titles"]
    return any(regex.search(e["pattern"], folded) for e in entries if e.get("always") or not always_only)
