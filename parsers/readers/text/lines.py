"""The lines of a text without HTML to blocks: paragraphs, headings, and tables of tabs, pipes or columns."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import replace

import regex

from parsers.readers.blocks import Block, Paragraph, continues
from parsers.readers.canonical import clean, join_wrapped
from parsers.readers.text.columns import read_columns
from parsers.readers.text.commas import read_commas
from parsers.readers.text.copied import with_empty_cells_joined, with_tabs_behind_cells
from parsers.readers.text.pages import without_page_numbers
from parsers.readers.text.rules import read_under_rule
from parsers.readers.text.tables import read_rows
from parsers.text import is_wide

LINK = regex.compile(r"(!?)\[([^\[\]]{0,500})\]\([^()\s]{0,500}(?:\s[^()]{0,200})?\)")
_HEADING = regex.compile(r"\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_BOLD = regex.compile(r"(\*\*|__)(?=\S)([^*_\n]{1,2000}?)(?<=\S)\1")
_ESCAPE = regex.compile(r"\\([-!\"#$%&'()*+,./:;<=>?@\[\]^_`{}~])")
_ADDRESS = regex.compile(r"<((?:https?://|mailto:)[^<>\s]{1,500})>")
_MARK = regex.compile(r"\s{0,3}(?:(?:```|~~~)[\w-]*\s*|-{3,}|={3,}|\*{3,}|_{3,}|(?:- ){2,}-|\+(?:[-=:]+\+)+)\s*")
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


def blocks_of_lines(text: str) -> list[Block]:
    """The blocks of a text in the order in which they stand."""
    lines = without_page_numbers(regex.split(r"\r\n|[\n\r\f\v\x85\u2028\u2029]", _in_plain_signs(text)))
    if "\t" in text:
        lines = with_empty_cells_joined(with_tabs_behind_cells(lines))
    blocks: list[Block] = []
    prose: list[str] = []
    index = 0
    while index < len(lines):
        fields, end_of_fields = read_commas(lines, index)
        table, end = read_rows(lines, index)
        if fields and end <= end_of_fields:
            blocks += [*_paragraphs(prose), *fields]
            prose, index = [], end_of_fields
            continue
        heading = _HEADING.fullmatch(lines[index])
        if table is None and not heading:
            table, end = read_under_rule(lines, index)
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
        text = LINK.sub(lambda match: "" if match[1] else match[2], text)
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
