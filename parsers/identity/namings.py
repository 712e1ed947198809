"""Who names an agency, and by which name: the title, the preamble, the signature, the page's metadata, the file's name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import regex

from parsers.document import Document
from parsers.identity.announcements import announcements
from parsers.identity.folding import Folded, fold_name, fold_text
from parsers.identity.names import is_agency_name, trimmed, with_shared_word
from parsers.identity.title import Title, read_title
from parsers.identity.titles import title_of_metadata
from parsers.identity.words import YEAR, pattern, patterns
from parsers.report import Witness

PREAMBLE_CHARACTERS = 3000
"""How much of the text behind the title is searched: preamble and the first sentences of section 一."""
TAIL_CHARACTERS = 400
"""A signature stands within so many characters of the end."""
_SHORTEST_SIGNATURE = 4
_LINE_OF_SIGNATURE = regex.compile(rf"(?<=\n)[^\n]{{{_SHORTEST_SIGNATURE},}}")
_DATE_AT_END = regex.compile(rf"{YEAR}?(?:\d+月\d+日)?$")


@dataclass(frozen=True, slots=True)
class Named:
    """A name that somebody gives: the witness, and the name as the page prints it without blanks. A witness that
    names the report's own body outright is ``firm``; one that names a body in passing is not."""

    name: str
    folded: str
    witness: Witness
    firm: bool = True


def in_title(head: Folded, title: Title | None) -> Iterator[Named]:
    """The name in front of the title, or on its cover."""
    if title is not None and title.agency is not None and title.agency_at is not None:
        yield named_at(head, *title.agency_at, "title", printed_as=title.agency)


def behind_title(head: Folded, title: Title | None) -> Iterator[Named]:
    """2022年政府信息公开工作年度报告-某某局: the name behind a title, where one in front of it is missing. It may be
    that of the site, so the others are heard first."""
    if title is None or title.agency is not None:
        return
    found = pattern("title", "name_behind").match(head.text, title.end)
    if found is not None and is_agency_name(found["name"]):
        yield named_at(head, *found.span("name"), "title")


def in_preamble(body: Folded) -> Iterator[Named]:
    """The name in front of 政府信息公开工作年度报告 in a sentence: 《…》, 现公布…, 编制…; then 由…编制."""
    text = body.text[:PREAMBLE_CHARACTERS]
    for start, found in announcements(text, len(text)):
        first, last = trimmed(text[start : found.start()], in_sentence=True)
        first, last = start + first, with_shared_word(text, start + first, start + last, found.start())
        if is_agency_name(text[first:last]):
            yield named_at(body, first, last, "text")
    yield from _by_patterns(body, "compiled")


def in_text(body: Folded) -> Iterator[Named]:
    """Names in passing: in front of a bracket (以下简称…), of a telephone number, of what the body did in the year."""
    for key in ("abbreviated", "contact", "opening", "guide"):
        yield from (replace(named, firm=False) for named in _by_patterns(body, key))


def _by_patterns(body: Folded, key: str) -> Iterator[Named]:
    for expression in patterns("text", key):
        for found in expression.finditer(body.text, 0, PREAMBLE_CHARACTERS):
            first, last = trimmed(found["name"], in_sentence=True)
            start, end = found.start("name") + first, found.start("name") + last
            if key in ("contact", "compiled"):
                end = start + len(_without_its_office(body.text[start:end]))
            name = body.text[start:end].replace("\n", "", 1)  # a printout's line may end inside
            if is_agency_name(name):
                yield named_at(body, start, end, "text", printed_as=name)


def _without_its_office(name: str) -> str:
    """平阳县公安局办公室 → 平阳县公安局, …政府办公室信息公开领导小组办公室 → …政府办公室: the room to be asked is not
    the agency; a government's office is."""
    if pattern("agency", "offices").search(name):
        return name
    return pattern("agency", "room").sub("", pattern("agency", "group").sub("", name))


def in_signature(document: Document, tail: Folded) -> Iterator[Named]:
    """A line near the end that is nothing but a name, with or without a date behind it. A cell among others is none."""
    tables = [grid.span for grid in document.grids if grid.column_count > 1]
    for found in _LINE_OF_SIGNATURE.finditer(tail.text):
        line = _DATE_AT_END.sub("", found.group())
        if len(line) >= _SHORTEST_SIGNATURE and is_agency_name(line):
            place = tail.span(found.start(), found.end())
            if any(table.overlaps(place) for table in tables):
                continue
            yield named_at(tail, found.start(), found.start() + len(line), "signature")


def in_metadata(document: Document) -> Iterator[Named]:
    """The name in the title that the file gives itself."""
    title = title_of_metadata(document)
    if title is not None and title.agency is not None:
        yield _beside(document.metadata.title or "", title.agency, "metadata")


def in_publisher(document: Document, head: Folded) -> Iterator[Named]:
    """Who published the page, as its content system says or as the page prints it."""
    said = (document.metadata.publisher or "")[:100]
    if is_agency_name(publisher := fold_name(said)):
        yield _beside(said, publisher, "metadata")
    for expression in patterns("text", "published_by"):
        for found in expression.finditer(head.text):
            if is_agency_name(found["name"]):
                yield named_at(head, *found.span("name"), "metadata")


def in_site(document: Document) -> Iterator[Named]:
    """Whose site it is."""
    for site in document.metadata.sites:
        name = pattern("text", "site_suffixes").sub("", fold_name(site))
        if is_agency_name(name):
            yield replace(_beside(site, name, "metadata"), firm=False)


def in_file_name(document: Document) -> Iterator[Named]:
    """The name that the file itself has, with a title or alone."""
    stem = fold_name(document.name.rsplit(".", 1)[0])
    title = read_title(stem)
    name = title.agency if title is not None else stem
    name = pattern("agency", "not_in_file_name").sub("", name or "")
    if is_agency_name(name):
        yield _beside(document.name, name, "file_name")


def _beside(around: str, name: str, source: str) -> Named:
    """A folded name that something beside the text gives (``around``), spelt as it is there."""
    folded = fold_text(" ".join(around.split()))
    start = folded.text.find(name)
    printed = folded.printed(start, start + len(name)) if start >= 0 else name
    return Named(printed, name, Witness("agency", printed, source))


def named_at(folded: Folded, start: int, end: int, source: str, *, printed_as: str | None = None) -> Named:
    """The name at ``folded.text[start:end]``; ``printed_as`` is its folded text where that was put together of several lines."""
    printed = folded.printed(start, end)
    # A title over two lines may hold a line break's worth of other signs; then the folded name is the better one.
    name = printed if printed_as is None or len(printed) == len(printed_as) else printed_as
    return Named(name, printed_as or folded.text[start:end], Witness("agency", name, source, folded.span(start, end)))
