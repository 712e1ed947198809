"""Which part of a page is the article, and which stands around it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import regex

from parsers.readers.html.style import Display
from parsers.readers.html.tree import Element, Page, text_content
from parsers.readers.words import words

_PARTS = regex.compile(r"[^a-z0-9]+")
_CAMEL = regex.compile(r"(?<=[a-z])(?=[A-Z])")
_OF_TABLES = ("table", "thead", "tbody", "tfoot", "tr", "td", "th")
_BLOCKS_OF_LINKS = frozenset(words("html")["link_blocks"].split())


def article_of(page: Page) -> Element:
    """The element that holds the article: the container that the content system is known to use, the smallest of them
    that has nearly all that any has, provided that it holds at least half of the page's text and leaves no figures
    of a table outside. Else the whole body."""
    body = page.body
    containers = [page.begin] if page.begin else []
    containers += [element for element in page.elements if is_container(element)]
    # Links do not count: a menu may well be longer than a short report.
    best = max((element.text - element.link for element in containers), default=0)
    if best * 2 < body.text - body.link:
        return body
    for element in reversed(containers):  # children come after their parents
        if (element.text - element.link) * 10 >= best * 8 and element.figures + 3 >= body.figures:
            return element
    return body


def is_container(element: Element) -> bool:
    """Whether the id or a class is one that a content system gives to the body of an article."""
    identity, classes = element.attributes.get("id") or "", element.attributes.get("class") or ""
    return bool(identity or classes) and _is_known(identity.lower(), classes.lower())


@lru_cache(maxsize=4096)
def _is_known(identity: str, class_names: str) -> bool:
    known = words("html")
    classes = class_names.split()
    return (
        (identity in known["content_ids"] and bool(identity))
        or any(name in known["content_classes"] for name in classes)
        or any(name.startswith(prefix) for prefix in known["content_prefixes"] for name in (identity, *classes))
    )


def is_set_aside(element: Element, article: Element, *, in_table: bool = False) -> bool:
    """Whether an element within the article is none of its text: hidden, named like what stands around articles, or a
    list of links. What holds a large part of the text is never set aside; figures of a table only when hidden; and in
    a table, where names of classes mean looks, only what has links."""
    if element.text * 2 > article.text:
        return False
    if element.display is Display.NONE:
        return True
    if element.figures > 3:
        return False
    if element.tag in ("nav", "footer", "aside"):
        return True
    if element.links > 2 and element.link * 10 >= element.text * 6 and element.tag in _BLOCKS_OF_LINKS:
        return True
    if (element.text - element.link) * 4 > article.text or (in_table and not element.links):
        return False
    if element.tag not in _BLOCKS_OF_LINKS and element.tag != "header":
        return False
    return element.tag == "header" or _stands_around(
        element.attributes.get("id") or "", element.attributes.get("class") or ""
    )


@lru_cache(maxsize=4096)
def _stands_around(identity: str, classes: str) -> bool:
    around = set(words("html")["around"])
    for name in (identity, *classes.split()):
        parts = set(_PARTS.split(_CAMEL.sub("-", name).lower()))
        # The header of a table that a script builds (el-table__header-wrapper, datagrid-header) is none of the page.
        if (name.lower() in around or not parts.isdisjoint(around)) and parts.isdisjoint(words("html")["of_tables"]):
            return True
    return False


def is_page(element: Element, parent: Element) -> bool:
    """Whether a hidden element is the next page, or a tab, of the article in another child of ``parent``: it is made like one
    that is shown, and holds tables that are not shown; and it does not begin with the first chapter, as the report of
    another year would. Where a style hides all of them until a script shows one, the first is shown."""
    if element.display is not Display.NONE or element.figures <= 3 or element.tag in _OF_TABLES:
        return False
    alike = [child for child in parent.children if isinstance(child, Element) and _are_alike(child, element)]
    shown = [child for child in alike if child.display is not Display.NONE] or alike[:1]
    if any(child is element for child in shown):
        return len(alike) > 1
    tables = _first_rows(element)
    seen = set[str]().union(*map(_first_rows, shown))
    return bool(shown and tables) and tables.isdisjoint(seen) and not _opens_a_report(element)


def _are_alike(one: Element, other: Element) -> bool:
    classes = [set((element.attributes.get("class") or "").split()) for element in (one, other)]
    return one.tag == other.tag and bool(classes[0] & classes[1] or classes[0] == classes[1])


def _opens_a_report(element: Element) -> bool:
    """Whether a text in an element, but for its tables, begins like the first chapter."""
    opening = tuple(words("html")["first_chapter"])
    return any(isinstance(item, str) and item.strip().startswith(opening) for item in _walk(element, but="table"))


def _first_rows(element: Element) -> set[str]:
    """What the first row of each table in an element says."""
    tables = (item for item in _walk(element) if isinstance(item, Element) and item.tag == "table")
    rows = (next((i for i in _walk(t) if isinstance(i, Element) and i.tag == "tr"), None) for t in tables)
    return {"".join(text_content(row).split()) for row in rows if row is not None}


def _walk(element: Element, but: str = "") -> Iterator[Element | str]:
    """An element, and all that it holds, in order, but for what stands in elements of one name."""
    pending: list[Element | str] = [element]
    while pending:
        item = pending.pop()
        yield item
        if isinstance(item, Element) and item.tag != but:
            pending += reversed(item.children)
