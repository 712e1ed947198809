"""A page as a light tree: elements with what is needed to choose the article and read it, invisible parts gone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import regex
from selectolax.lexbor import LexborHTMLParser, LexborNode

from parsers.errors import LimitExceeded
from parsers.readers.html.style import Display, display_of, is_unseen, shows_background, style_sheet
from parsers.readers.words import words

MAX_DEPTH = 150
"""Elements nested deeper are hung on the last level. Pages pasted from Word reach about 40."""
MAX_OPEN = 4_000
"""Elements of one name that may be open at once. The parser's time grows with the square of the depth: 200,000 nested
``<div>`` took it two minutes, 4,000 two seconds at worst."""
_MAX_FORMATTING = 60  # open <b> and <font> that the parser repeats in every paragraph; more are taken out

_FEW = 2_000  # a page of fewer tags cannot do harm, however they are nested

SKIPPED = frozenset(words("html")["skipped_elements"].split())
_FRAMES = frozenset(words("html")["frames"].split())
_VOID = frozenset(words("html")["void_elements"].split())
_POPPED = frozenset(words("html")["popped_elements"].split())
_FORMATTING = "b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u"
_TAG = regex.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:]*+)")
_FORMATTING_TAG = regex.compile(rf"</?(?:{_FORMATTING})(?:\s[^<>]*+)?+>", regex.IGNORECASE)
_STRUCK = ("s", "strike")
_MAX_STRUCK = 60  # characters; an <s> that is never closed strikes the rest of the page
_SPACE = regex.compile(r"\s+")
_FIGURE = regex.compile(r"\s*[-+]?\d[\d.,]{0,12}\s*")


@dataclass(slots=True)
class Element:
    """An element: its tag (lower case), attributes, children (elements and texts), and what stands in it:
    ``text`` and ``link`` characters that are no blanks, in all and inside links, the number of ``links``, and of
    table cells that hold nothing but a figure, and of ``frames``: other pages, drawings and pictures behind empty elements, which
    are not read."""

    tag: str
    attributes: dict[str, str | None]
    display: Display | None = None
    children: list[Element | str] = field(default_factory=list)
    text: int = 0
    link: int = 0
    links: int = 0
    figures: int = 0
    frames: int = 0

    @property
    def names(self) -> list[str]:
        """The element's id and classes, lower case."""
        classes = (self.attributes.get("class") or "").lower().split()
        return [*classes, identity.lower()] if (identity := self.attributes.get("id")) else classes


@dataclass(frozen=True, slots=True)
class Page:
    """A parsed page. ``elements`` are all of ``body``, parents before children; ``begin`` stands before the article where
    a comment says so; ``deleted`` tells whether tracked deletions were left out."""

    title: str | None
    meta: dict[str, str]
    body: Element
    elements: list[Element]
    begin: Element | None
    deleted: bool


def parse(html: str, name: str) -> Page:
    """The tree of a page's visible part. Raises :class:`LimitExceeded` for a page built to exhaust a parser."""
    parser = LexborHTMLParser(_defused(html, name))
    displays: dict[str, Display] = {}
    for node in parser.css("style"):
        displays |= style_sheet(node.text(deep=True))
    meta: dict[str, str] = {}
    for node in parser.css("meta[content]"):
        attributes = node.attributes
        key = attributes.get("name") or attributes.get("property")
        if key and (content := (attributes.get("content") or "").strip()):
            meta.setdefault(key.lower(), content)
    heading = parser.css_first("head title") or parser.css_first("title")
    title = heading.text(deep=True).strip() if heading else ""
    body, elements, begin, deleted = _tree(parser.body or parser.root, displays)
    _weigh(elements)
    return Page(title or None, meta, body, elements, begin, deleted)


def _defused(html: str, name: str) -> str:
    """The page without what makes an HTML parser's time or memory explode."""
    if html.count("<") < _FEW:
        return html
    open_now: Counter[str] = Counter()
    highest: Counter[str] = Counter()
    for tag in _TAG.finditer(html):
        element = tag[2].lower()
        if tag[1]:
            if open_now[element]:
                open_now[element] -= 1
        else:
            open_now[element] += 1
            highest[element] = max(highest[element], open_now[element])
    for element, count in highest.items():
        if count > MAX_OPEN and element not in _VOID and element not in _POPPED:
            raise LimitExceeded(
                f"{name}: {count} <{element}> stand inside one another (at most {MAX_OPEN} are read); "
                "this is no page of a report, or it is damaged: save it again from a browser"
            )
    if sum(highest[element] for element in _FORMATTING.split("|")) > _MAX_FORMATTING:
        return _FORMATTING_TAG.sub("", html)
    return html


def _tree(
    root: LexborNode | None, displays: dict[str, Display]
) -> tuple[Element, list[Element], Element | None, bool]:
    body = Element("body", {})
    elements = [body]
    begin: Element | None = None
    deleted = False
    marker = words("html")["content_comments"][0]
    # Each entry: the next node to read, the element that it hangs on, the depth of that element.
    pending: list[tuple[LexborNode, Element, int]] = []
    if root is not None and root.first_child is not None:
        pending.append((root.first_child, body, 0))
    while pending:
        node, parent, depth = pending.pop()
        if (following := node.next) is not None:
            pending.append((following, parent, depth))
        tag = node.tag or ""
        if tag == "-text":
            if text := node.text_content:
                parent.children.append(text)
            continue
        if tag.startswith(("-", "!")):
            if begin is None and tag == "-comment" and marker in (node.comment_content or ""):
                begin = parent
            continue
        if tag in SKIPPED or tag.startswith(("w:", "x:", "m:")):
            parent.frames += tag in _FRAMES
            deleted = deleted or (tag == "del" and bool(node.text(deep=True).strip()))
            continue
        attributes = node.attributes
        style = (attributes.get("style") or "").lower()
        if (tag in _STRUCK or "line-through" in style) and len(node.text(deep=True).strip()) <= _MAX_STRUCK:
            deleted = True  # a line goes through it: it is withdrawn, as if it had been deleted
            continue
        display = Display.NONE if is_unseen(style) and not _has_elements(node) else None
        element = Element(tag, attributes, display or _display(tag, attributes, style, displays))
        element.frames = int(shows_background(style) and not node.text(deep=True).strip())
        parent.children.append(element)
        elements.append(element)
        if (child := node.first_child) is not None:
            pending.append((child, element if depth < MAX_DEPTH else parent, min(depth + 1, MAX_DEPTH)))
    return body, elements, begin, deleted


def _has_elements(node: LexborNode) -> bool:
    """Whether an element holds others: text of no size is that of a container whose children have sizes of their own."""
    child = node.first_child
    while child is not None:
        if not (child.tag or "").startswith("-"):
            return True
        child = child.next
    return False


def _display(tag: str, attributes: dict[str, str | None], style: str, displays: dict[str, Display]) -> Display | None:
    if "hidden" in attributes:
        return Display.NONE
    if style and (found := display_of(style)):
        return found
    if not displays:
        return None
    if identity := attributes.get("id"):
        for selector in (f"#{identity.lower()}", f"{tag}#{identity.lower()}"):
            if found := displays.get(selector):
                return found
    for name in (attributes.get("class") or "").lower().split():
        for selector in (f"{tag}.{name}", f".{name}"):
            if found := displays.get(selector):
                return found
    return displays.get(tag)


def _weigh(elements: list[Element]) -> None:
    for element in reversed(elements):
        linked = element.tag == "a" and bool(element.attributes.get("href"))
        for child in element.children:
            if isinstance(child, str):
                element.text += len(child) if child.isalnum() else len(_SPACE.sub("", child))
            else:
                element.text += child.text
                element.link += child.link
                element.links += child.links
                element.figures += child.figures
                element.frames += child.frames
        if linked:
            element.link = element.text
            element.links += 1
        if element.tag in ("td", "th") and 0 < element.text < 14 and not element.figures:
            element.figures = int(bool(_FIGURE.fullmatch(text_content(element))))


def shown(page: Page) -> Iterator[Element]:
    """The elements of a page but those that it hides, and what these hold."""
    hidden: set[int] = set()
    for element in page.elements:
        if element.display is Display.NONE or id(element) in hidden:
            hidden.update(id(child) for child in element.children if isinstance(child, Element))
        else:
            yield element


def text_content(element: Element, limit: int = 100_000) -> str:
    """The texts in an element, a blank between any two, up to about ``limit`` characters."""
    if len(element.children) == 1 and isinstance(only := element.children[0], str):
        return only
    pieces: list[str] = []
    length = 0
    pending: list[Element | str] = [element]
    while pending and length < limit:
        item = pending.pop()
        if isinstance(item, str):
            pieces.append(item)
            length += len(item)
        else:
            pending += reversed(item.children)
    return " ".join(pieces)
