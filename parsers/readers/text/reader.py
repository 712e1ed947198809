"""Plain text and Markdown: paragraphs, headings, and tables of tabs, pipes or columns.

A table that fell apart to one cell a line stays a run of short lines; whoever knows the form can still read it.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

import regex

from parsers.document import Document, Metadata, Note
from parsers.errors import LimitExceeded, Unreadable
from parsers.readers.blocks import Block, Paragraph, Table, continues, document, text_of
from parsers.readers.canonical import clean, join_wrapped
from parsers.readers.charset import decode
from parsers.readers.text.columns import read_columns
from parsers.readers.text.commas import read_commas
from parsers.readers.text.tables import read_rows
from parsers.text import is_wide

VERSION = 3
MAX_BYTES = 64 * 1024 * 1024
"""The longest report of a province has some 100 KB of text."""

_HEADING = regex.compile(r"\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_BOLD = regex.compile(r"(\*\*|__)(?=\S)([^*_\n]{1,2000}?)(?<=\S)\1")
_ESCAPE = regex.compile(r"\\([-!\"#$%&'()*+,./:;<=>?@\[\]^_`{}~])")
_LINK = regex.compile(r"(!?)\[([^\[\]]{0,500})\]\([^()\s]{0,500}(?:\s[^()]{0,200})?\)")
_ADDRESS = regex.compile(r"<((?:https?://|mailto:)[^<>\s]{1,500})>")
_MARK = regex.compile(r"\s{0,3}(?:(?:```|~~~)[\w-]*\s*|-{3,}|={3,}|\*{3,}|_{3,}|(?:- ){2,}-|\+(?:[-=:]+\+)+)\s*")
_TABLE = regex.compile(r"<table\b.*?</table\s*>", regex.DOTALL | regex.IGNORECASE)
_BOX = regex.compile("[│┃║]")
_BOX_SIGNS = {
    **dict.fromkeys(map(ord, "│┃║"), "|"),
    **dict.fromkeys(map(ord, "─━═"), "-"),
    **dict.fromkeys([*range(0x250C, 0x254C), *range(0x2552, 0x256D)], "+"),
}
_QUOTED = regex.compile(r'(?<![^\t\r\n])"((?:[^"\t]|""){0,400})"(?![^\t\r\n])')
_PROSE = regex.compile(r"[。，；、]")
"""One of these stands in two lines of prose; in two links of a site's navigation, one below the other, none does."""
_STOP = regex.compile(r"[。，；：]")

_FULL = 40  # half-width characters of the narrowest measure in which a text is set
_LONG = 120  # a line as long as this, without an end, is a sentence and no heading


def read_text(data: bytes, name: str, *, media_type: str = "text/plain") -> Document:
    """The document that plain text or Markdown is. Raises :class:`Unreadable` when it holds no text."""
    if len(data) > MAX_BYTES:
        raise LimitExceeded(f"{name}: {len(data) >> 20} MB of text; at most {MAX_BYTES >> 20} MB are read")
    text, notes = decode(data)
    blocks, pictures = blocks_of(text)
    if pictures:
        notes.append(Note("image_table", f"{pictures} pictures in the text; one of them may be a table"))
    if not blocks:
        raise Unreadable(f"{name}: the file holds no text; download it again")
    if not text.endswith(("\n", "\r")) and _is_broken_row(blocks[-1]):
        notes.append(Note("truncated", "The text ends in the middle of a row of a table; what is there was read."))
    # A title set in two headings is one title.
    opening = takewhile(lambda block: isinstance(block, Paragraph) and 0 < block.heading < 3, blocks[:3])
    title = "".join(text_of(opening))
    return document(
        blocks,
        data=data,
        name=name,
        media_type=media_type,
        reader="text",
        metadata=Metadata(title=clean(title) or None),
        notes=notes,
    )


def _is_broken_row(block: Block) -> bool:
    """Whether this is a table whose last row has fewer cells than the one before."""
    if not isinstance(block, Table):
        return False
    last = max(cell.row for cell in block.cells)
    return sum(cell.row == last for cell in block.cells) < sum(cell.row == last - 1 for cell in block.cells)


def blocks_of(text: str) -> tuple[list[Block], int]:
    """The blocks of a text, and how many pictures Markdown shows in it."""
    blocks: list[Block] = []
    at = 0
    for match in _TABLE.finditer(text) if "</table" in text.lower() else ():
        blocks += _blocks_of_lines(text[at : match.start()])
        blocks += _html_table(match[0])
        at = match.end()
    blocks += _blocks_of_lines(text[at:])
    pictures = sum(match[1] == "!" for match in _LINK.finditer(text)) if "![" in text else 0
    return blocks, pictures


def _html_table(fragment: str) -> list[Block]:
    from parsers.readers.html.flow import blocks_of_fragment

    return blocks_of_fragment(fragment)


def _blocks_of_lines(text: str) -> list[Block]:
    lines = regex.split(r"\r\n|[\n\r\f\v\x85\u2028\u2029]", _in_plain_signs(text))
    blocks: list[Block] = []
    prose: list[str] = []
    index = 0
    while index < len(lines):
        fields, end = read_commas(lines, index)
        if fields:
            blocks += [*_paragraphs(prose), *fields]
            prose, index = [], end
            continue
        heading = _HEADING.fullmatch(lines[index])
        table, end = read_rows(lines, index)
        if table is None and not heading:
            table, end = read_columns(lines, index)
        if table is not None or heading:
            blocks += _paragraphs(prose)
            prose = []
        if table is not None:
            blocks.append(_plain_table(table))
        elif heading:
            end = index + 1
            if plain := clean(_plain(heading[2])):
                blocks.append(Paragraph((plain,), len(heading[1])))
        else:
            end = max(end, index + 1)
            prose += [_plain(line) for line in lines[index:end] if not _MARK.fullmatch(line)]
        index = end
    return blocks + _paragraphs(prose)


def _in_plain_signs(text: str) -> str:
    """The text with tables drawn in box signs drawn in pipes, and with cells that a spreadsheet program copied in quotes,
    because they are broken over lines, on one line."""
    if _BOX.search(text):
        text = text.translate(_BOX_SIGNS)
    if '\t"' in text or '"\t' in text:
        text = _QUOTED.sub(lambda cell: join_wrapped(cell[1].replace('""', '"').split("\n")), text)
    return text


def _plain(text: str) -> str:
    """A line without the marks of Markdown and HTML; blanks in front stay."""
    if "&" in text:
        text = html.unescape(text)
    if "](" in text:
        text = _LINK.sub(lambda match: "" if match[1] else match[2], text)
    if "<" in text:
        text = _ADDRESS.sub(r"\1", text)
    if "**" in text or "__" in text:
        text = _BOLD.sub(r"\2", text)
    return _ESCAPE.sub(r"\1", text) if "\\" in text else text


def _plain_table(table: Block) -> Block:
    if isinstance(table, Paragraph):
        return table
    cells = [replace(cell, text=_plain(cell.text)) for cell in table.cells]
    return replace(table, cells=tuple(cells))


def _paragraphs(lines: Sequence[str]) -> list[Block]:
    """Paragraphs from lines of prose. A line goes on in the next one where it fills the measure of the lines around it;
    over a blank line (a page break, mostly) only where a long sentence has plainly not ended."""
    groups: list[list[str]] = []
    gaps: list[int] = []
    previous = ""
    for above, run in _runs(lines):
        measure = max(map(_width, run))
        for number, line in enumerate(run):
            gap = 0 if number else above
            full = not gap and _width(previous) * 10 >= measure * 9 and continues(previous, line, least=_FULL)
            if groups and ((full and _PROSE.search(previous + line)) or (gap and _is_broken_off(previous, line))):
                groups[-1].append(line)
            else:
                groups.append([line])
                gaps.append(gap)
            previous = line
    return [Paragraph(tuple(group), gap=gap) for group, gap in zip(groups, gaps, strict=True)]


def _runs(lines: Sequence[str]) -> list[tuple[int, list[str]]]:
    """Lines without an empty one between them, and how many empty ones stand above them; lone pipes, left of a table that
    cannot be told, count as nothing."""
    runs: list[tuple[int, list[str]]] = []
    gap, first = 0, True
    for line in lines:
        kept = line.rstrip()
        if kept.endswith("|") and kept.count("|") == 1:
            kept = kept[:-1]
        if clean(kept):
            if gap or first:
                runs.append((gap, []))
            runs[-1][1].append(kept)
            gap, first = 0, False
        elif not line.strip():
            gap += 1
    return runs


def _is_broken_off(previous: str, following: str) -> bool:
    return (
        bool(_STOP.search(previous)) and bool(_STOP.search(following)) and continues(previous, following, least=_LONG)
    )


def _width(line: str) -> int:
    return sum(1 + is_wide(character) for character in line)
