"""HTML: pages of agencies' sites in any character set, fragments of them, and what Word saves as a web page."""

from __future__ import annotations

import email
import email.policy

import regex

from parsers.document import Document, Note
from parsers.errors import LimitExceeded, Unreadable
from parsers.readers.blocks import Block, Paragraph, document, text_of
from parsers.readers.canonical import clean
from parsers.readers.charset import decode
from parsers.readers.html.content import article_of
from parsers.readers.html.flow import Flow, blocks_of_article
from parsers.readers.html.metadata import HEAD, metadata_of
from parsers.readers.html.pictures import PagePictures
from parsers.readers.html.torn import is_torn
from parsers.readers.html.tree import Element, Page, parse, text_content
from parsers.readers.sniff import Format, is_mhtml
from parsers.readers.words import words
from parsers.text import fold

VERSION = 9
MAX_BYTES = 32 * 1024 * 1024
"""Pages with the tables of a whole county have some 3 MB; Word's pages with pictures inside, 10."""

_TABLE_OR_END = regex.compile(r"</?table\b|</body\b|</html\b", regex.IGNORECASE)
_NEAR = 600  # characters at the head of the article in which its title may stand


def read_html(data: bytes, name: str, *, charset: str | None = None) -> Document:
    """The document that a page is: its article, without what stands around it.

    ``charset`` is what the HTTP header declared. Raises :class:`Unreadable` when the page shows no text at all and
    :class:`LimitExceeded` when it is too large or nested too deeply.
    """
    if len(data) > MAX_BYTES:
        raise LimitExceeded(f"{name}: a page of {len(data) >> 20} MB; at most {MAX_BYTES >> 20} MB are read")
    text, notes = _text(data, charset)
    if _ends_in_a_table(text):
        notes.append(Note("truncated", "The page ends in the middle of a table; what is there was read."))
    elif is_torn(text):
        notes.append(Note("damaged", "The markup of the page's tables is torn; what is there was read."))
    page = parse(text, name)
    article = article_of(page)
    pictures = PagePictures(data, name)
    blocks, flow = blocks_of_article(article, pictures.blocks_at)
    if article is not page.body and not blocks:
        article = page.body
        blocks, flow = blocks_of_article(article, pictures.blocks_at)
    blocks = [block for block in blocks if not _is_around(block)]
    if not blocks and not flow.pictures:
        raise Unreadable(f"{name}: the page shows no text; it may be filled in by a script: save it from a browser")
    metadata = metadata_of(page, blocks)
    if (
        metadata.title
        and article is not page.body
        and _lacks(blocks, metadata.title)
        and _is_stated(page, metadata.title)
    ):
        blocks.insert(0, Paragraph((metadata.title,), 1))
    notes += _notes(page, article, flow) + pictures.notes()
    return document(
        blocks, data=data, name=name, media_type=Format.HTML.value, reader="html", metadata=metadata, notes=notes
    )


def blocks_of_page(data: bytes, name: str) -> list[Block]:
    """The blocks of a page that is a part of another document: all that it shows."""
    return blocks_of_article(parse(_text(data, None)[0], name).body)[0]


def _text(data: bytes, charset: str | None) -> tuple[str, list[Note]]:
    if is_mhtml(data[:2000].decode("latin-1")):
        message = email.message_from_bytes(data, policy=email.policy.compat32)
        for part in message.walk():
            if part.get_content_type() == "text/html":
                content = part.get_payload(decode=True)
                if isinstance(content, bytes):
                    return decode(content, charset or part.get_content_charset())
    return decode(data, charset)


def _ends_in_a_table(text: str) -> bool:
    """Whether a page breaks off: a table is not closed, and neither is what holds it."""
    tags = [tag.lower() for tag in _TABLE_OR_END.findall(text)]
    return bool(tags) and "table" in tags[-1] and tags.count("<table") > tags.count("</table")


def _is_around(block: Block) -> bool:
    """Whether a line belongs to the page, like the path that leads to it, and not to the article."""
    if not isinstance(block, Paragraph) or block.heading:
        return False
    text = clean(block.text)
    return len(text) <= 80 and text.startswith(tuple(words("html")["around_lines"]))


def _notes(page: Page, article: Element, flow: Flow) -> list[Note]:
    notes = []
    if flow.pictures:
        notes.append(
            Note(
                "image_table",
                f"{len(flow.pictures)} pictures in the article, the first {_named(flow.pictures[0])}",
            )
        )
    if article.frames or flow.beside:
        message = f"{article.frames} frames, drawings or pictures behind the page, and {flow.beside} pictures beside text, were not read"
        notes.append(Note("set_aside", message))
    if flow.hidden:
        notes.append(Note("hidden_text", f"{flow.hidden} characters that the page hides were left out"))
    if page.deleted:
        notes.append(Note("tracked_changes", "the page shows deleted text; it was left out"))
    return notes


def _named(address: str) -> str:
    return "within the page" if address.startswith("data:") else address or "unnamed"


def _lacks(blocks: list[Block], title: str) -> bool:
    return fold(title) not in fold("".join(text_of(blocks[:12]))[:_NEAR])


def _is_stated(page: Page, title: str) -> bool:
    """Whether the title stands on the page or in its description of the article, and not in the window's title alone."""
    return title != clean(page.title or "") or fold(title) in fold(text_content(page.body, HEAD))
