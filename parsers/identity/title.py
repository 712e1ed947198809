"""What a text says as the title of a report: the agency, the year, the marks of a correction."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import regex

from parsers.identity.names import can_be_name, is_agency_name, trimmed, with_shared_word
from parsers.identity.words import YEAR, pattern, words, year_in

SENTENCE = regex.compile("[。;!?,]")
_YEAR = regex.compile(YEAR)
_YEAR_BEHIND = regex.compile(rf"[(\[【-]*(?P<year>{YEAR})(?!\d*月|[-/.]\d)")
_QUALIFIED = regex.compile(rf"(?P<name>\p{{Han}}+){YEAR}(?P<again>\p{{Han}}{{2,4}})")
_CRUMBS = regex.compile("[>|»]")
_LABEL = regex.compile(r"(\p{Han}+):$")
_REMARK = regex.compile(r"[(\[【]((?:[^()\[\]【】]|\([^()]*\))*)[)\]】]?")


@dataclass(frozen=True, slots=True)
class Title:
    """A title found in a folded text. ``start`` and ``end`` are offsets there; ``agency_at`` and ``year_at`` too,
    None where the title does not tell. ``agency`` is folded; the page's own spelling is behind ``agency_at``."""

    text: str
    start: int
    end: int
    agency: str | None
    agency_at: tuple[int, int] | None
    year: int | None
    year_at: tuple[int, int] | None
    corrected: bool


@dataclass(frozen=True, slots=True)
class Joined:
    """Some paragraphs as one text, with the folded offset of each character."""

    text: str
    places: tuple[int, ...]

    def at(self, start: int, end: int) -> tuple[int, int]:
        """Where ``text[start:end]`` begins and ends in the folded text."""
        return self.places[start], self.places[end - 1] + 1


@cache
def what_it_is_called() -> regex.Pattern[str]:
    """政府信息公开工作年度报告 and its variants: the part of a title that says what kind of report it is."""
    kind = words()["title"]["kind"].replace("YEAR", f"(?P<year>{YEAR})")
    return regex.compile(f"(?P<subject>{words()['title']['subject']})(?P<kind>{kind})")


def read_title(text: str, joined: Joined | None = None) -> Title | None:
    """The title that a folded text without line breaks is (or ends with, behind navigation), or None when it is
    a sentence or something else."""
    joined = joined or Joined(text, tuple(range(len(text))))
    all_found = list(what_it_is_called().finditer(text))
    if not all_found:
        return None
    found = all_found[-1]
    rest = text[found.end() :].removeprefix("》")
    if pattern("title", "after").match(rest) is None or SENTENCE.search(text[: found.start()]) or "。" in rest:
        return None
    label = _LABEL.search(text, endpos=found.start())
    if label and not (label[1].endswith(tuple(words()["title"]["title_labels"])) or is_agency_name(label[1])):
        return None  # 组配分类:政府信息公开年报
    remark = _REMARK.match(rest)
    start, end = trimmed(text[: found.start()])
    end = with_shared_word(text, start, end, found.start())
    end = start + _without_qualifier(text[start:end])
    if remark and is_agency_name(remark[1]) and not can_be_name(text[start:end]):
        start, end = (len(text) - len(rest) + place for place in remark.span(1))
    name = text[start:end]
    year_at = _year_at(text, found)
    if year_at is None and not can_be_name(name) and _CRUMBS.search(text):
        return None  # 首页>政府信息公开>政府信息公开年报: the way through a site, which names no report
    between = (text[one.end() : other.start()] for one, other in pairwise(all_found))
    if any(_is_of_another(text[: all_found[0].end()], phrase) for phrase in between):
        return None  # links to the reports of several bodies in one line
    in_order = [place for place in ((start, end) if name else None, year_at) if place]
    first = min([place[0] for place in in_order] + [found.start()])
    last = found.end() + (remark.end() if remark else 0)
    last = max(last, year_at[1] if year_at else 0)
    return Title(
        text=text[first:last],
        start=joined.at(first, last)[0],
        end=joined.at(first, last)[1],
        agency=name if can_be_name(name) else None,
        agency_at=joined.at(start, end) if can_be_name(name) else None,
        year=year_in(text[year_at[0] : year_at[1]]) if year_at else None,
        year_at=joined.at(*year_at) if year_at else None,
        corrected=pattern("title", "corrected").search(text[max(first - 6, 0) : last]) is not None,
    )


def _is_of_another(text: str, phrase: str) -> bool:
    """Whether a folded text ends with the title of a report, with its year, of another body than the one that ``phrase``
    names."""
    name = phrase[slice(*trimmed(phrase))]
    if not is_agency_name(name) or name in text:
        return False
    title = read_title(text)
    return title is not None and title.year is not None and not (title.agency and title.agency in name)


def _without_qualifier(name: str) -> int:
    """海关总署2010年海关|信息公开…: how long the name is without the year and the word of it that is said again behind it."""
    found = _QUALIFIED.fullmatch(name)
    return len(found["name"]) if found is not None and found["again"] in found["name"] else len(name)


def is_title_of_its_own(folded: str, place: int) -> bool:
    """Whether the line of a folded text in which ``place`` stands is nothing but a title: a link to another report."""
    start, end = folded.rfind("\n", 0, place) + 1, folded.find("\n", place)
    return read_title(folded[start : end if end >= 0 else None]) is not None


def _year_at(text: str, found: regex.Match[str]) -> tuple[int, int] | None:
    """Where the title's year stands: inside the name of the report, nearest in front of it, or behind it."""
    if found["year"]:
        return found.span("year")
    years = list(_YEAR.finditer(text[: found.start()]))
    if years:
        return years[-1].span()
    behind = _YEAR_BEHIND.match(text, found.end())
    return behind.span("year") if behind else None
