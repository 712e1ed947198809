"""A fetched page as the presets read it: its text, its links with the words around them, its scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from parsers.days import WRITTEN, first_day_in
from parsers.errors import NianbaoError
from parsers.readers.charset import declared_charset, decode
from parsers.readers.html.content import is_container
from parsers.readers.html.tree import Element, parse, text_content
from parsers.readers.html.tree import Page as Tree
from parsers.readers.words import words as reader_words
from pipeline.crawl.titles import says_nothing
from pipeline.crawl.urls import absolute

_BASE = re.compile(r"<base\b[^<>]*?\bhref\s*=\s*[\"']?([^\"'<>\s]+)", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_SCRIPT = re.compile(r"<script\b[^<>]*>(.*?)</script\s*>", re.IGNORECASE | re.DOTALL)
_FRAME = re.compile(r"<i?frame\b[^<>]*?\bsrc\s*=\s*[\"']?([^\"'<>\s]+)", re.IGNORECASE)
_EMBEDDED = re.compile(r"<(?:embed|object)\b[^<>]*?\b(?:src|data)\s*=\s*[\"']?([^\"'<>\s]+)", re.IGNORECASE)
_REFRESH = re.compile(
    r"<meta\b[^<>]*http-equiv\s*=\s*[\"']?refresh[^<>]*?content\s*=\s*[\"']?\s*(\d+)[^\"'<>]*?;\s*url\s*=\s*[\"']?([^\"'<>]+)",
    re.IGNORECASE,
)
_MOVED = re.compile(
    r"(?:window|document|self|top|parent)?\.?\blocation(?:\.href)?\s*(?:=|\.(?:replace|assign)\()\s*[\"']([^\"'<>]+)[\"']"
)
_OPENED = re.compile(
    r"[\"']((?:https?://|\.{0,2}/)[^\"'<>\s]+|[\w./-]+\.(?:s?html?|jsp|pdf|docx?)(?:\?[^\"'<>\s]*)?)[\"']",
    re.IGNORECASE,
)
_DATE_IN_URL = re.compile(
    r"/art/((?:19|20)\d\d)/(\d{1,2})/(\d{1,2})/|/t((?:19|20)\d\d)(\d\d)(\d\d)_\d|/((?:20)\d\d)(\d\d)(\d\d)/"
)
_ROWS = frozenset(["li", "tr", "dd", "dl", "p"])
_LONGEST_ROW = 300
"""Characters of a row around a link; what is longer is a paragraph or the page."""
SCRIPTED_REFRESH_SECONDS = 15
"""A refresh after more seconds is a page that renews itself, not a way elsewhere."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a page: the address, its own words (the longer of text and ``title``), those of the row it stands in,
    the day printed in that row, and whether it stands in a menu, a footer or the like."""

    url: str
    text: str
    row: str = ""
    day: date | None = None
    aside: bool = False
    rel: str = ""
    names: str = ""

    @property
    def title(self) -> str:
        """What the link is about: its words, or those of its row where they say nothing."""
        return self.row if says_nothing(self.text) else self.text


@dataclass(frozen=True)
class Page:
    """A page at ``url``, decoded and parsed when asked. ``charset_http`` is what the header declared."""

    url: str
    body: bytes
    charset_http: str | None = None

    @cached_property
    def html(self) -> str:
        """The text of the page."""
        return decode(self.body, self.charset_http)[0]

    @property
    def charset(self) -> str:
        """The character set in which the queries of its links are written."""
        return declared_charset(self.body, self.charset_http) or "utf-8"

    @cached_property
    def base(self) -> str:
        """The address that its links start from."""
        found = _BASE.search(_COMMENT.sub("", self.html[:20_000]))
        return (absolute(found[1], self.url) or self.url) if found else self.url

    @cached_property
    def tree(self) -> Tree:
        """The page's tree; an empty one for a page built to exhaust a parser."""
        try:
            return parse(self.html, self.url)
        except NianbaoError:
            return parse("", self.url)

    @cached_property
    def scripts(self) -> str:
        """The contents of its scripts."""
        return "\n".join(found[1] for found in _SCRIPT.finditer(self.html))

    @cached_property
    def text(self) -> str:
        """What a visitor reads, the beginning of it."""
        return re.sub(r"\s+", " ", text_content(self.tree.body, 20_000)).strip()

    @cached_property
    def heading(self) -> str:
        """What the page says it is: window title, the name of the column, and the first heading."""
        column = self.tree.meta.get("columnname", "")
        first = next((text_content(e, 200) for e in self.tree.elements if e.tag in ("h1", "h2", "h3") and e.text), "")
        return " ".join(filter(None, (self.tree.title or "", column, first)))

    def address(self, href: str) -> str | None:
        """The absolute address of a link on this page."""
        return absolute(href, self.base, self.charset)

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Every link, in the order of the page."""
        return tuple(links_in(self.tree.body, self))

    @property
    def frames(self) -> list[str]:
        """Addresses of its frames."""
        found = (self.address(f[1].replace("&amp;", "&")) for f in _FRAME.finditer(_COMMENT.sub("", self.html)))
        return [url for url in found if url is not None]

    @property
    def embedded(self) -> list[str]:
        """Addresses of documents that it shows inside itself."""
        found = (self.address(f[1].replace("&amp;", "&")) for f in _EMBEDDED.finditer(_COMMENT.sub("", self.html)))
        return [url for url in found if url is not None]

    @property
    def moved_to(self) -> str | None:
        """Where the page sends its visitor by meta refresh or by a plain script; None for a page with a text of its own."""
        html = _COMMENT.sub("", self.html[:50_000])
        found = _REFRESH.search(html)
        if found is not None and int(found[1]) <= SCRIPTED_REFRESH_SECONDS:
            return self.address(found[2].strip().replace("&amp;", "&"))
        if len(self.text) < 200 and len(self.links) < 5 and (script := _MOVED.search(self.scripts)) is not None:
            return self.address(script[1])
        return None


def links_in(root: Element, page: Page) -> Iterator[Link]:
    """The links in an element, each with its row."""
    pending: list[tuple[Element, Element | None, bool]] = [(root, None, False)]
    while pending:
        element, row, aside = pending.pop()
        if element.tag in _ROWS:
            row = element
        aside = aside or stands_aside(element)
        if element.tag in ("a", "area") and (href := _href(element)):
            link = _link(element, href, row, aside, page)
            if link is not None:
                yield link
        pending += [(child, row, aside) for child in reversed(element.children) if isinstance(child, Element)]


def _href(element: Element) -> str | None:
    """The address of a link; where a script opens it, the address in the script's call."""
    href = element.attributes.get("href") or ""
    if href.strip() and not href.strip().lower().startswith(("javascript:", "#")):
        return href
    called = _OPENED.search(f"{element.attributes.get('onclick') or ''} {href}")
    return called[1] if called else None


def stands_aside(element: Element) -> bool:
    """Whether an element is a menu, a footer, a row of friendly links: named so, or tagged so."""
    if element.tag in ("nav", "footer", "aside"):
        return True
    if is_container(element):
        return False
    around = reader_words("html")["around"]
    return any(part in around for name in element.names for part in (name, *re.split(r"[^a-z0-9]+", name)))


def _link(element: Element, href: str, row: Element | None, aside: bool, page: Page) -> Link | None:
    url = page.address(href)
    if url is None:
        return None
    text = re.sub(r"\s+", " ", text_content(element, 500)).strip()
    hint = re.sub(r"\s+", " ", element.attributes.get("title") or "").strip()
    around = re.sub(r"\s+", " ", text_content(row, _LONGEST_ROW)).strip() if row is not None else ""
    day = first_day_in(around.replace(text, " ")) or date_in_url(url)
    words_of_row = WRITTEN.sub("", around)[:_LONGEST_ROW].strip(" []()（）")
    names = " ".join(element.names)
    return Link(
        url,
        hint if len(hint) > len(text) or not text else text,
        words_of_row,
        day,
        aside,
        element.attributes.get("rel") or "",
        names,
    )


def date_in_url(url: str) -> date | None:
    """The day of publication that the content systems write into addresses.

    >>> date_in_url("http://a.cn/art/2024/1/24/art_1_2.html"), date_in_url("http://a.cn/x/202201/t20220119_161.html")
    (datetime.date(2024, 1, 24), datetime.date(2022, 1, 19))
    """
    found = _DATE_IN_URL.search(url)
    if found is None:
        return None
    year, month, day = (int(group) for group in found.groups() if group is not None)
    try:
        return date(year, month, day)
    except ValueError:
        return None
