"""What a page says of itself: its title, when and by whom it was published, the site that it stands on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import regex

from parsers.days import first_day_in
from parsers.document import Metadata
from parsers.readers.blocks import Block, Paragraph
from parsers.readers.canonical import clean
from parsers.readers.html.tree import Page, shown, text_content
from parsers.readers.words import words
from parsers.text import fold

HEAD = 20_000  # characters of a page in which date and source are looked for
_OUTRIGHT = 6  # labels of the publisher that name a body; the others name a source, which may be another site
_FOOT = 2000  # characters at the foot of a page in which it says whose site it is
_PARTS_OF_TITLE = regex.compile(r"\s*[-_|—–>·]+\s*")


def metadata_of(page: Page, blocks: list[Block]) -> Metadata:
    """What a page says of itself, in its head and around its article (``blocks``): title, day, publisher, site."""
    known = words("html")
    title = next((page.meta[key] for key in known["title_names"] if page.meta.get(key)), None)
    if title is None:
        heads = [block.text for block in blocks if isinstance(block, Paragraph) and block.heading == 1]
        heads += [
            text_content(element)
            for element in shown(page)
            if element.tag == "h1" and element.link * 2 < element.text
        ]
        title = next((head for head in heads if clean(head)), None) or _shown_title(page)
    around = clean(text_content(page.body, HEAD))[:HEAD]
    published = next(
        (found for key in known["published_names"] if (found := first_day_in(page.meta.get(key, "")))), None
    ) or _labelled_date(around, known["published_labels"])
    publisher = _labelled(around, known["publisher_labels"][:_OUTRIGHT])
    publisher = publisher or next((page.meta[key] for key in known["publisher_names"] if page.meta.get(key)), None)
    publisher = publisher or _labelled(around, known["publisher_labels"])
    return Metadata(
        clean(title) or None if title else None,
        published,
        clean(publisher)[:100] or None if publisher else None,
        tuple(dict.fromkeys(_sites(page))),
    )


def _sites(page: Page) -> Iterator[str]:
    """What the page calls the site that it stands on: outright, in the title of the window, at its foot."""
    known = words("html")
    yield from (clean(page.meta[key])[:100] for key in known["site_names"] if page.meta.get(key))
    yield from (part for part in _PARTS_OF_TITLE.split(clean(page.title or "")[:200]) if part)
    foot = clean(text_content(page.body))[-_FOOT:]
    yield from (name for label in known["site_labels"] if (name := _labelled(foot, [label])))


def _shown_title(page: Page) -> str | None:
    """The title of the window; or what of it stands on the page by itself, the name of the site left out."""
    if not page.title:
        return None
    whole = fold(page.title)
    texts = [
        text
        for element in shown(page)
        if 6 <= element.text <= len(page.title) and element.link * 2 < element.text
        if fold(text := clean(text_content(element))) in whole
    ]
    return max(texts, key=len, default=page.title)


def _labelled_date(text: str, labels: list[str]) -> date | None:
    for label in labels:
        for match in regex.finditer(rf"{label}\s?[:：\]】]\s?(.{{8,24}})", text):
            if found := first_day_in(match[1][:16]):
                return found
    return None


def _labelled(text: str, labels: list[str]) -> str | None:
    for label in labels:
        name = r"([^\s：:|｜【\[（(]{2,40}(?:（[^\s（）]{2,30}）)?)(?=[\s|｜【\[（(]|$)"
        if match := regex.search(rf"{label}\s?(?:[:：]\s?|\s){name}", text):
            return match[1]
    return None
