"""Reports as plain text: copied, converted, or fallen apart."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from textwrap import wrap

from corpus.specimens.render.flat import Flat, flat_rows, with_lost_group
from corpus.specimens.render.producer import CUT_SHARES, NEVER_BLANK, Producer, Task, one_by_one
from corpus.specimens.sheet import Heading, Paragraph, SheetCell, SheetTable, Title
from parsers.text import is_wide

_ENCODINGS = {"gbk_text": "gb18030", "utf8_bom": "utf-8-sig", "utf16_text": "utf-16"}
"""Trait → encoding, as the text editors of different decades save."""

_FILE_SHARES = {"gbk_text": 0.15, "utf8_bom": 0.1, "utf16_text": 0.05, "crlf": 0.3}


def _document(task: Task, write_table: Callable[[SheetTable], str], *, markdown: bool = False) -> bytes:
    parts = []
    for block in task.sheet.blocks:
        match block:
            case Title(lines):
                parts += [f"# {line}" if markdown else line for line in lines]
            case Heading(text):
                parts.append(f"## {text}" if markdown else text)
            case Paragraph(text):
                parts.append(text)
            case SheetTable():
                parts.append(_with_furniture(task, write_table(block)))
    text = "\n\n".join(parts) + "\n"
    if "crlf" in task.traits:
        text = text.replace("\n", "\r\n")
    encoding = next((name for trait, name in _ENCODINGS.items() if trait in task.traits), "utf-8")
    return text.encode(encoding)


def _with_furniture(task: Task, table: str) -> str:
    """The table's lines with a page number and the running title between two of them, where pages were."""
    lines = table.split("\n")
    if "page_furniture" not in task.traits or len(lines) < 20:
        return table
    at = Random(task.specimen.id).randrange(8, len(lines) - 4)
    return "\n".join([*lines[:at], "— 3 —", task.sheet.title, *lines[at:]])


def _tabs(task: Task) -> bytes:
    """Rows of cells parted by tabs, ragged; in some the last row of a group has slipped to the left."""
    flat = Random(task.specimen.id).choice((Flat.RAGGED, Flat.RAGGED, Flat.PADDED))

    def table(block: SheetTable) -> str:
        rows = flat_rows(block, flat)
        if "lost_group" in task.traits:
            rows = with_lost_group(block, rows)
        return "\n".join("\t".join(row) for row in rows)

    return _document(task, table, markdown="markdown_headings" in task.traits)


def _pipes(task: Task) -> bytes:
    """Markdown tables; merged cells leave empty ones."""

    def table(block: SheetTable) -> str:
        rows = [
            "| " + " | ".join(text.replace("|", "\\|") for text in row) + " |"
            for row in flat_rows(block, Flat.PADDED)
        ]
        rule = "|" + " --- |" * len(flat_rows(block, Flat.PADDED)[0])
        return "\n".join([rows[0], rule, *rows[1:]])

    return _document(task, table, markdown=True)


def _cells(task: Task) -> bytes:
    """A table that fell apart: one cell a line, nothing to tell rows by."""
    return _document(task, lambda block: "\n".join(cell.text for row in block.rows for cell in row if cell.text))


def _dump(task: Task) -> bytes:
    """What web-page savers leave of a table: a bar at the end of every cell."""
    return _document(
        task, lambda block: "\n".join("|\n" + "\n".join(f"{cell.text} |" for cell in row) for row in block.rows)
    )


def _columns(task: Task) -> bytes:
    """Columns lined up with blanks, long labels wrapped, as converters write the pages of a PDF."""

    def table(block: SheetTable) -> str:
        edges = [0]
        for width in block.widths:
            edges.append(edges[-1] + 2 + 2 * max(4, int(8 * width)))
        return "\n".join(line for row in block.placed() for line in _set_row(row, edges))

    return _document(task, table)


def _set_row(row: list[tuple[int, SheetCell]], edges: list[int]) -> list[str]:
    """The printed lines of a row: every cell wrapped into its own columns (two narrow signs a wide one), the
    figures on the first line, the rest of long labels below."""
    lines: list[str] = []
    for column, cell in row:
        room = (edges[column + cell.column_span] - edges[column] - 2) // 2
        for index, piece in enumerate(wrap(cell.text, room)):
            if index == len(lines):
                lines.append("")
            lines[index] += " " * (edges[column] - _width(lines[index])) + piece
    return lines


def _width(text: str) -> int:
    return sum(2 if is_wide(sign) else 1 for sign in text)


_TABS = {**_FILE_SHARES, **CUT_SHARES, "lost_group": 0.5, "page_furniture": 0.15}

PRODUCERS = (
    Producer("text-tabs", ".txt", one_by_one(_tabs), shares=_TABS),
    Producer("text-tabs-markdown", ".md", one_by_one(_tabs), shares={**_TABS, "markdown_headings": 1}),
    Producer("text-pipes", ".md", one_by_one(_pipes), shares={**_FILE_SHARES, **CUT_SHARES}),
    Producer("text-cells", ".txt", one_by_one(_cells), shares={**_FILE_SHARES, **NEVER_BLANK}),
    Producer("text-dump", ".txt", one_by_one(_dump), shares=_FILE_SHARES),
    Producer(
        "text-columns", ".txt", one_by_one(_columns), shares={**_FILE_SHARES, **NEVER_BLANK, "page_furniture": 0.3}
    ),
)
