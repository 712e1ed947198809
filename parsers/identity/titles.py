"""Finds the title of a report: in one line or over several, with the agency, the year and the marks of a correction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain, islice, pairwise

import regex

from parsers.document import Document
from parsers.gazetteer import place_prefix
from parsers.identity.folding import Folded, fold_name
from parsers.identity.names import (
    NUMBER_OF_DOCUMENT,
    can_be_name,
    is_agency_name,
    is_relative,
    is_whole,
    may_be_one,
    trimmed,
)
from parsers.identity.words import YEAR, pattern, words, year_in

HEAD_CHARACTERS = 6000
"""How far a title is looked for: navigation of a web page may stand before it, a whole report hardly does."""
_PARAGRAPHS = 60
_LINES_OF_TITLE = 4
_LINES_OF_LETTERHEAD = 3
_LONGEST_LINE = 120
_LONGEST_METADATA = 300
"""Characters; what is longer is no title."""
_ENDS = frozenset("告报结")
"""With one of these signs the name of every kind of report ends (报告, 年报, 总结)."""
_LINE, _NEAR, _PROSE_BELOW = 60, 8, 5.0
"""Characters of a paragraph that is prose, the paragraphs below a title among which it is looked for, and its weight: more
than all that a title tells, as links name agency and year too."""
_SHORT_PLACE = 0.3
"""What a title loses that begins with the short name of a place: more than a second line costs."""
_AMONG_LINKS = 8.0
"""What a title loses that stands in a list of reports: all that agency and year tell."""
_PRINTED_AGAIN, _ENOUGH = 0.15, 20
"""The weight of each character of a name that the text prints again, and how many count: enough for a name on two lines to
win over its end, and less than prose."""
_PARAGRAPH = regex.compile(r"[^\n]+")
_SENTENCE = regex.compile("[。;!?,]")
_YEAR = regex.compile(YEAR)
_YEAR_IN_BRACKETS = regex.compile(rf"[(\[]?{YEAR}[)\]]?")
_YEAR_BEHIND = regex.compile(rf"[(\[【-]*(?P<year>{YEAR})(?!\d*月|[-/.]\d)")
_QUALIFIED = regex.compile(rf"(?P<name>\p{{Han}}+){YEAR}(?P<again>\p{{Han}}{{2,4}})")
_FIRST_PART = regex.compile(r"\p{Han}{2,8}[-—]{1,2}$")
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
class _Joined:
    """Some paragraphs as one text, with the folded offset of each character."""

    text: str
    places: tuple[int, ...]

    def at(self, start: int, end: int) -> tuple[int, int]:
        return self.places[start], self.places[end - 1] + 1


@cache
def what_it_is_called() -> regex.Pattern[str]:
    """政府信息公开工作年度报告 and its variants: the part of a title that says what kind of report it is."""
    kind = words()["title"]["kind"].replace("YEAR", f"(?P<year>{YEAR})")
    return regex.compile(f"(?P<subject>{words()['title']['subject']})(?P<kind>{kind})")


def find_title(head: Folded, *, of: str | None = None) -> Title | None:
    """The best title among the first paragraphs, or None. One with prose below beats one without, as a link of a site's
    navigation is; then one that names agency and year one that does not; then the one on fewer lines, the earlier. With the
    name of an agency as ``of``, titles of other bodies are passed over."""
    best: tuple[float, Title] | None = None
    for index, lines, joined in _windows(head):
        title = read_title(joined.text, joined)
        if title is None:
            continue
        title = _completed_below(head, title)
        title = _with_first_part(head, _completed_above(head, title))
        if of is not None and title.agency is not None and not may_be_one(title.agency, of):
            continue
        score = _told(title) + _PROSE_BELOW * _has_prose_below(head, title) - 0.2 * lines - 0.02 * index
        score += _PRINTED_AGAIN * _printed_again(head, title) - _AMONG_LINKS * _is_among_links(head, title)
        if best is None or score > best[0]:
            best = score, title
    return best[1] if best is not None else None


def _printed_again(head: Folded, title: Title) -> int:
    """The length of the agency's name where the text below prints it too: of a name that a line break cut in two, the
    whole is longer than the end."""
    agency = title.agency or ""
    return min(len(agency), _ENOUGH) if head.text.find(agency, title.end) >= 0 else 0


def _has_prose_below(head: Folded, title: Title) -> bool:
    """Whether one of the next paragraphs is longer than a line: the preamble, with dates and buttons in front of it. What
    stands below the title of another report is that one's."""
    for start, end in islice(_paragraphs(head, title.end), _NEAR):
        if end - start > _LINE:
            return True
        line = head.text[start:end]
        other = read_title(line)
        agency = other.agency if other is not None else line if is_agency_name(line) else None
        if agency and title.agency and agency not in title.agency and title.agency not in agency:
            return False
        if other is not None and other.year and title.year and other.year != title.year:
            return False
    return False


def _is_among_links(head: Folded, title: Title) -> bool:
    """Whether the paragraph above or below is the title of another body's report: both are links, or the own title stands
    below a list of them."""
    if title.agency is None:
        return False
    lines = (
        _line_that_ends_at(head, title.start - 1),
        head.text[title.end + 1 : head.text.find("\n", title.end + 1)],
    )
    others = (read_title(line) for line in lines if len(line) <= _LONGEST_LINE)
    return any(
        other is not None
        and other.year is not None
        and other.agency is not None
        and other.agency not in title.agency
        and title.agency not in other.agency
        for other in others
    )


def _line_that_ends_at(head: Folded, end: int) -> str:
    return head.text[head.text.rfind("\n", 0, max(end, 0)) + 1 : max(end, 0)]


def _told(title: Title) -> float:
    """How much a title tells. An agency that begins with a place is whole; one that does not, or with what is the name of a
    place only in short (巴彦塔拉苏木), may have lost its beginning to the line above, one like 市公安局 surely has."""
    agency = 0.0
    if title.agency is not None:
        agency = 3 if is_relative(title.agency) else 4.6 if is_whole(title.agency) else 4
        place = place_prefix(title.agency)
        agency -= _SHORT_PLACE if place and not pattern("agency", "ends_like_a_place").search(place) else 0
    return agency + 3 * (title.year is not None)


def title_of_metadata(document: Document) -> Title | None:
    """The title of a report in what the file says of itself (HTML ``<title>``, PDF and Word properties)."""
    return read_title(fold_name((document.metadata.title or "")[:_LONGEST_METADATA]))


def _completed_below(head: Folded, title: Title) -> Title:
    """The title with what a cover page prints under it: (2021年度), and the agency on a line of its own."""
    goes_on = head.text[title.end : title.end + 1] not in ("", "\n")  # what stands below is the rest of a broken line
    above = ""
    for start, end in islice(_paragraphs(head, title.end), 3):
        line, label = head.text[start:end], above.rstrip(":")
        above = line
        if label in words()["title"]["publishers"]:
            continue
        if title.year is None and _YEAR_IN_BRACKETS.fullmatch(line):
            title = replace(title, year=year_in(line.lstrip("([")), year_at=(start, end))
        elif title.agency is None and not goes_on:
            if line.startswith("(") and line.endswith(")"):
                start, end = start + 1, end - 1
            if is_agency_name(name := head.text[start:end]):
                title = replace(title, agency=name, agency_at=(start, end))
    return title


def _with_first_part(head: Folded, title: Title) -> Title:
    """The title whose agency has a dash in its name (普陀山—朱家尖管理委员会), as a sentence of the text prints it."""
    if title.agency is None or title.agency_at is None:
        return title
    start, end = title.agency_at
    found = _FIRST_PART.search(head.text, head.text.rfind("\n", 0, start) + 1, start)
    if (
        found is None
        or head.text.find(name := head.text[found.start() : end], title.end) < 0
        or not can_be_name(name)
    ):
        return title
    return replace(title, agency=name, agency_at=(found.start(), end), start=min(title.start, found.start()))


def _completed_above(head: Folded, title: Title) -> Title:
    """The title with the agency of the letterhead in front of it: 某某局文件, with a number below. A running head without
    one may be another body's."""
    if title.agency is not None:
        return title
    end = title.start
    for _ in range(_LINES_OF_LETTERHEAD):
        start = head.text.rfind("\n", 0, end) + 1
        found = pattern("title", "letterhead").match(head.text, start, end)
        if found is not None and can_be_name(found["name"]):
            numbered = NUMBER_OF_DOCUMENT.search(head.text, found.end("name"), title.start) is not None
            return replace(title, agency=found["name"], agency_at=found.span("name")) if numbered else title
        if not start:
            break
        end = start - 1
    return title


def read_title(text: str, joined: _Joined | None = None) -> Title | None:
    """The title that a folded text without line breaks is (or ends with, behind navigation), or None when it is
    a sentence or something else."""
    joined = joined or _Joined(text, tuple(range(len(text))))
    all_found = list(what_it_is_called().finditer(text))
    if not all_found:
        return None
    found = all_found[-1]
    rest = text[found.end() :].removeprefix("》")
    if pattern("title", "after").match(rest) is None or _SENTENCE.search(text[: found.start()]) or "。" in rest:
        return None
    label = _LABEL.search(text, endpos=found.start())
    if label and not (label[1].endswith(tuple(words()["title"]["title_labels"])) or is_agency_name(label[1])):
        return None  # 组配分类:政府信息公开年报
    remark = _REMARK.match(rest)
    start, end = trimmed(text[: found.start()])
    if text.startswith("政府", found.start()) and text.endswith("人民", start, end):
        end += len("政府")  # …镇人民|政府信息公开: the word belongs to both
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


def _windows(head: Folded) -> Iterator[tuple[int, int, _Joined]]:
    """One to four paragraphs in a row that may be a title, joined: (index of the first, how many, text)."""
    paragraphs = list(islice(_paragraphs(head), _PARAGRAPHS))
    may_end = [not _ENDS.isdisjoint(head.text[start:end]) for start, end in paragraphs]
    bare_year = [_YEAR.fullmatch(head.text, start, end) is not None for start, end in paragraphs]
    # A list of years, with a tab for each, is no part of a title.
    listed = [here and above for here, above in zip(bare_year, [False, *bare_year], strict=False)]
    for index in range(len(paragraphs)):
        for last in range(index, min(index + _LINES_OF_TITLE, len(paragraphs))):
            if listed[last]:
                break
            start, end = paragraphs[last]
            if end - start > _LONGEST_LINE:
                break
            if not may_end[last]:
                continue
            window = paragraphs[index : last + 1]
            if len(window) > 1 and not _goes_on(head, window):
                break
            places = tuple(chain.from_iterable(range(start, end) for start, end in window))
            yield index, len(window), _Joined(_text_of(head, window), places)


def _goes_on(head: Folded, window: Sequence[tuple[int, int]]) -> bool:
    """Whether a title may run from the window's first paragraph into the next: not when the next names its own
    agency in full and the first is a whole name too (a site's name above the title), unless the text below prints
    the two as one name (国家税务总局|绩溪县税务局)."""
    first = head.text[slice(*window[0])]
    if what_it_is_called().search(first) or _SENTENCE.search(first) or len(first) > 50:
        return False
    if not is_agency_name(first):
        return True
    title = read_title(_text_of(head, window[1:]))
    if title is None or title.agency is None:
        return True
    if head.text.find(first + title.agency, window[-1][1]) >= 0:
        return True
    whole = pattern("agency", "ends_like_a_place").search(place_prefix(title.agency)) is not None
    return not whole and pattern("agency", "ends_like_a_place").search(first) is not None


def _text_of(head: Folded, window: Sequence[tuple[int, int]]) -> str:
    return "".join(head.text[start:end] for start, end in window)


def _paragraphs(head: Folded, start: int = 0) -> Iterator[tuple[int, int]]:
    """Where the paragraphs stand of which nothing lies in front of ``start``."""
    for found in _PARAGRAPH.finditer(head.text, start):
        if not start or head.text[found.start() - 1] == "\n":
            yield found.span()
