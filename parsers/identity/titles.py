"""Finds the title of a report among the first lines of a text, with the agency and the year that a cover prints around it."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

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
)
from parsers.identity.title import Title, read_title
from parsers.identity.title_lines import LONGEST_LINE, paragraphs, windows
from parsers.identity.words import YEAR, pattern, words, year_in

HEAD_CHARACTERS = 6000
"""How far a title is looked for: navigation of a web page may stand before it, a whole report hardly does."""
_LINES_OF_LETTERHEAD = 3
_LONGEST_METADATA = 300
"""Characters; what is longer is no title."""
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
_YEAR_IN_BRACKETS = regex.compile(rf"[(\[]?{YEAR}[)\]]?")
_FIRST_PART = regex.compile(r"\p{Han}{2,8}[-—]{1,2}$")


def find_title(head: Folded, *, of: str | None = None) -> Title | None:
    """The best title among the first paragraphs, or None. One with prose below beats one without, as a link of a site's
    navigation is; then one that names agency and year one that does not; then the one on fewer lines, the earlier. With the
    name of an agency as ``of``, titles of other bodies are passed over."""
    best: tuple[float, Title] | None = None
    for index, lines, joined in windows(head):
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
    for start, end in islice(paragraphs(head, title.end), _NEAR):
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
    others = (read_title(line) for line in lines if len(line) <= LONGEST_LINE)
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
    for start, end in islice(paragraphs(head, title.end), 3):
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
