"""The report year: the year that the figures are for, never the year of publication, and who says so.

Order of the witnesses: title, the sentence of the statistics period, the majority of years in the text, metadata,
file name. When title and period disagree, the period decides if the text's majority is with it, or the form of the tables.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import regex

from parsers.document import Document
from parsers.identity.announcements import announcements, end_of_preamble
from parsers.identity.editions import covers
from parsers.identity.folding import Folded, fold_name
from parsers.identity.title import Title, read_title
from parsers.identity.titles import title_of_metadata
from parsers.identity.words import YEAR, patterns, year_in
from parsers.report import Finding, Severity, Whose, Witness

_MAJORITY = 3
"""So often a year must be named, and more often than all others together, to speak against a title."""
_YEAR_OF_TEXT = regex.compile(r"(?<![\d〔\[(])20[0-3]\d(?=年(?!版))")
_YEAR_BEFORE = regex.compile(r"上一?年[^\d\n,。;(]{0,8}\(指20[0-3]\d")
"""What a header calls the year before: 上一年项目数量(指2018年事项数)."""
_YEAR_OPENS_CLAUSE = regex.compile(r"(?:^|[\n。;,、:)]|截[止至]到?)20[0-3]\d年(?!以来|起|版|修)")
_TO_ANOTHER_YEAR = regex.compile(rf"\d{{1,2}}月\d{{1,2}}日?起?,?(?:至|到|止|[-—~一])+(?P<to>{YEAR})\d")
_TITLE_OF_PAPER = regex.compile(r"《[^《》]*》")
_YEAR_OF_NAME = regex.compile(rf"{YEAR}(?![〕\])]第?\d+号)")
"""A year that is not the one of a document's number: 〔2015〕81号."""
_YEAR_AS_WORD = regex.compile(rf"{YEAR}(?![\d]|[-_./]?\d|\d*月)")
_ANNOUNCED_IN = 3000
"""Characters behind the title in which the preamble names the report."""
_PERIOD_MAY_STAND_IN = 20_000
"""Characters of the folded text that are searched for the period: it stands in the preamble or at the start of 一."""


@dataclass(frozen=True, slots=True)
class Period:
    """A sentence of the statistics period: the year that it ends in, whether it begins in the same, and its place."""

    year: int
    one_year: bool
    start: int
    end: int


def find_period(text: Folded) -> Period | None:
    """The first sentence of the statistics period, lost characters (201911日起至20191231日) forgiven. Sentences
    that give both ends are looked for first, then those that only name a year."""
    for pattern in patterns("text", "periods"):
        for found in pattern.finditer(text.text, 0, _PERIOD_MAY_STAND_IN):
            groups = found.groupdict()
            first = year_in(groups["from"])
            last = year_in(groups["to"]) if groups.get("to") else _end_of_period(text.text, found) or first
            if first is not None and last is not None:
                return Period(last, first == last, found.start(), found.end())
    return None


def _end_of_period(text: str, found: regex.Match[str]) -> int | None:
    """The other year of a period of which only the start was looked for: 2019年9月1日—2020年8月31日."""
    goes_on = _TO_ANOTHER_YEAR.match(text, found.end())
    return year_in(goes_on["to"]) if goes_on is not None else None


def announced_year(text: str) -> tuple[int, int, int] | None:
    """The year that the preamble gives the report when it names it (现公布…2024年度政府信息公开工作报告), with its
    place."""
    for start, found in announcements(text, min(_ANNOUNCED_IN, end_of_preamble(text))):
        years = list(_YEAR_OF_NAME.finditer(text[: found.end()], start))
        if years and (year := year_in(years[-1].group())) is not None:
            return year, *years[-1].span()
    return None


def majority_year(text: str) -> int | None:
    """The year that a folded text names at least three times and more often than all other years together; not as the year before."""
    counts = Counter(int(found) for found in _YEAR_OF_TEXT.findall(_YEAR_BEFORE.sub("", text)))
    if not counts:
        return None
    year, times = counts.most_common(1)[0]
    return year if times >= _MAJORITY and 2 * times > counts.total() else None


def only_year(text: str) -> int | None:
    """The year that a folded text names when it names no other, and a clause begins with it: 2021年，我局…."""
    named = {int(found) for found in _YEAR_OF_TEXT.findall(_YEAR_BEFORE.sub("", _TITLE_OF_PAPER.sub("", text)))}
    opens = _YEAR_OPENS_CLAUSE.search(text)
    return named.pop() if len(named) == 1 and opens is not None else None


def year_of_file_name(name: str) -> int | None:
    """The year that a file's name gives as a word of its own (…-2021.md, 2021年…), not one inside a number or date."""
    stem = fold_name(name.rsplit(".", 1)[0])
    title = read_title(stem)
    if title is not None and title.year is not None:
        return title.year
    years = {year_in(found.group()) for found in _YEAR_AS_WORD.finditer(stem)}
    return years.pop() if len(years) == 1 else None


def decide_year(
    document: Document, head: Folded, body: Folded, title: Title | None, labelled: str | None
) -> tuple[int | None, tuple[Witness, ...], tuple[Finding, ...]]:
    """The report year with its witnesses and what they disagree about. ``head`` is where title and preamble stand,
    ``body`` the text behind the title, ``labelled`` the edition whose labels the tables have."""
    witnesses: list[Witness] = []
    titled = title.year if title is not None else None
    if title is not None and title.year is not None and title.year_at is not None:
        witnesses.append(Witness("year", str(title.year), "title", head.span(*title.year_at)))
    period = find_period(body)
    if period is not None:
        witnesses.append(Witness("year", str(period.year), "period", body.span(period.start, period.end)))
    stated = period.year if period is not None and period.one_year else None
    announced = announced_year(body.text)
    if announced is not None:
        witnesses.append(Witness("year", str(announced[0]), "preamble", body.span(*announced[1:])))
    told = majority_year(body.text)
    if told is not None:
        witnesses.append(Witness("year", str(told), "text"))
    metadata = title_of_metadata(document)
    if metadata is not None and metadata.year is not None:
        witnesses.append(Witness("year", str(metadata.year), "metadata"))
    named = year_of_file_name(document.name)
    if named is not None:
        witnesses.append(Witness("year", str(named), "file_name"))

    # Where the text names no year more often than all others, the name of the report in the preamble speaks for it.
    meant = told if told is not None or announced is None else announced[0]
    doubted = titled is not None and stated is not None and stated != titled
    against_title = doubted and (meant == stated or _fits(labelled, stated) > _fits(labelled, titled))
    candidates = (titled, stated, announced and announced[0], told, metadata.year if metadata else None, named)
    year = stated if against_title else next((candidate for candidate in candidates if candidate), None)
    if year is None:
        around = body.text if period is None else body.text[: period.start] + body.text[period.end :]
        year = only_year(around)
        if year is not None and period is None:
            return year, (Witness("year", str(year), "text"),), (_told_by_text_alone(year),)
    if year is None and period is not None:
        year = period.year
    return year, tuple(witnesses), tuple(_findings(year, witnesses, period))


def _fits(labelled: str | None, year: int | None) -> bool:
    """Whether tables with the labels of an edition can be those of a report for a year: a title with the year of its
    publication may name one that had another form."""
    return labelled is not None and year is not None and covers(labelled, year)


def _told_by_text_alone(year: int) -> Finding:
    message = (
        f"No title, statistics period or file name tells the report year; read as {year}, as the text names no other."
    )
    return Finding("identity.year_missing", Severity.WARNING, Whose.READING, message)


def _findings(year: int | None, witnesses: list[Witness], period: Period | None) -> list[Finding]:
    if year is None:
        message = "The report year is not in the title, the statistics period, the text or the file's name."
        return [Finding("identity.year_missing", Severity.ERROR, Whose.READING, message)]
    findings = []
    for witness in witnesses:
        if witness.value != str(year):
            weak = witness.source in ("metadata", "file_name", "text")
            severity = Severity.HINT if weak else Severity.WARNING
            whose = Whose.READING if witness.source in ("metadata", "file_name") else Whose.AGENCY
            message = f"Read as the report for {year}, but the {_CALLED[witness.source]} says {witness.value}."
            findings.append(Finding("identity.year_disagrees", severity, whose, message))
    if period is not None and not period.one_year:
        message = f"The statistics period begins and ends in different years; read as the report for {year}."
        findings.append(Finding("identity.year_disagrees", Severity.WARNING, Whose.AGENCY, message))
    return findings


_CALLED = {
    "title": "title",
    "period": "sentence of the statistics period",
    "preamble": "report's name in the preamble",
    "text": "majority of the years named in the text",
    "metadata": "title in the file's metadata",
    "file_name": "file's name",
}
