"""A page as an article: title, day, publisher, attachments. They stand in the same few places in every content system."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from urllib.parse import unquote

from parsers.errors import NianbaoError
from parsers.identity.folding import fold_name
from parsers.identity.names import is_agency_name
from parsers.readers.html import read_html
from parsers.readers.html.tree import Element, text_content
from pipeline.crawl.page import Link, Page, date_in_url
from pipeline.crawl.systems.boda import shown_files
from pipeline.crawl.titles import Promise, promise
from pipeline.crawl.urls import extension
from pipeline.crawl.words import pattern, words

_VIEWER = re.compile(r"[?&](?:file|src|url|pdf)=([^&#]+)")
_FILE_NAME_IN_TEXT = re.compile(r"\.(?:pdf|docx?|wps|xlsx?|zip|rar|ofd|et)\s*(?:[)）\]】]|$)", re.IGNORECASE)
MOST_ATTACHMENTS = 60
"""Attachments taken from one page; the largest collection seen had 40."""


@dataclass(frozen=True, slots=True)
class Article:
    """What a page says of itself. ``says_report`` tells whether its text speaks of a report on disclosure at all."""

    title: str
    day: date | None
    publisher: str | None
    attachments: tuple[Link, ...]
    says_report: bool


def article(page: Page, *, called: str = "") -> Article:
    """The article that a page is. ``called`` is what the link to it said; it stands in for a missing title."""
    title, day, publisher = "", None, None
    head = ""
    try:
        document = read_html(page.body, page.url.rpartition("/")[2] or "page.html", charset=page.charset_http)
    except NianbaoError:
        pass
    else:
        told = document.metadata
        title, day, publisher = told.title or "", told.published, told.publisher
        head = document.text[:3000]
    if publisher is None or not is_agency_name(fold_name(publisher)):
        publisher = _publisher_in_cells(page) or publisher
    folded = fold_name(f"{title}{head}")
    says = bool(pattern("titles", "subject").search(folded) and pattern("titles", "annual").search(folded))
    return Article(title or called, day or date_in_url(page.url), publisher, tuple(attachments(page)), says)


def attachments(page: Page) -> list[Link]:
    """The files that an article carries: linked, framed, embedded or shown by a script; each address once. Files whose
    words promise another kind of document are left out."""
    found: dict[str, Link] = {}
    for link in page.links:
        if is_file(link) and not link.aside and _may_belong(link.text):
            found.setdefault(link.url, link)
    for url in (*page.frames, *page.embedded, *shown_files(page)):
        inside = _viewed(url, page)
        if extension(inside) in _documents() or inside in shown_files(page):
            found.setdefault(inside, Link(inside, ""))
    return list(found.values())[:MOST_ATTACHMENTS]


def is_file(link: Link) -> bool:
    """Whether a link leads to a file: by its extension, by an address that downloads, or by words that name a file."""
    suffix = extension(link.url)
    if suffix in _documents():
        return True
    if suffix in words()["links"]["others"]:
        return False
    path = link.url.split("://", 1)[-1].partition("/")[2]
    if pattern("links", "download").search(path):
        return not (suffix in ("htm", "html", "shtml") or (not suffix and path.endswith("/")))
    names_file = _FILE_NAME_IN_TEXT.search(link.text) is not None
    labelled = pattern("links", "attachment_label").search(link.text[:30]) and not pattern("links", "button").search(
        link.text
    )
    return names_file or (bool(labelled) and suffix not in words()["links"]["pages"])


def _may_belong(label: str) -> bool:
    """Whether a file of this name can be a part of a report: not a notice, a guide, a budget or an explanation."""
    folded = fold_name(_FILE_NAME_IN_TEXT.sub("", label))
    if promise(folded) is not Promise.NOTHING:
        return True
    return not (pattern("titles", "about").search(folded) or pattern("titles", "others").search(folded))


def _viewed(url: str, page: Page) -> str:
    """The file that the address of a viewer shows (``viewer.html?file=/x.pdf``); the address itself for any other."""
    found = _VIEWER.search(url)
    if found is None or extension(url) in _documents():
        return url
    return page.address(unquote(found[1])) or url


def _publisher_in_cells(page: Page) -> str | None:
    """The name in the cell behind one that says whose it is."""
    for element in page.tree.elements:
        cells = [child for child in element.children if isinstance(child, Element)]
        for label, value in itertools.pairwise(cells):
            if label.text <= 8 and pattern("articles", "publisher_label").match(text_content(label, 40)):
                name = re.sub(r"\s+", "", text_content(value, 100))
                if is_agency_name(fold_name(name)):
                    return name
    return None


@cache
def _documents() -> frozenset[str]:
    return frozenset(words()["links"]["documents"])
