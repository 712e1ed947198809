"""A sheet as HTML: the building blocks that the web producers and the printers share."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from corpus.specimens.looks import RULES, look_style
from corpus.specimens.sheet import Block, Heading, Paragraph, Sheet, SheetCell, SheetTable, Title

_FIGURE = re.compile(r'(<td class="figure"[^>]*>)([^<]*)')
FONTS = {"type3_font": "Noto Serif CJK SC", "truetype_font": "WenQuanYi Zen Hei"}
"""Trait → font. Chromium embeds the first, an OpenType/CFF font, as Type 3; the second as TrueType."""


def table_markup(table: SheetTable, *, repeat_header: bool = False, attributes: str = 'border="1"') -> str:
    """The table with its spans; ``repeat_header`` puts the header into a ``thead``, which printers repeat."""
    rows = ["<tr>" + "".join(map(cell_markup, row)) + "</tr>\n" for row in table.rows]
    head = table.header_rows if repeat_header else 0
    parts = f"<thead>{''.join(rows[:head])}</thead>" if head else ""
    total = sum(table.widths)
    columns = "".join(f'<col style="width:{100 * width / total:.1f}%">' for width in table.widths)
    name = f'class="form{" wide" if table.landscape else ""}"'
    return f"<table {name} {attributes}><colgroup>{columns}</colgroup>{parts}<tbody>{''.join(rows[head:])}</tbody></table>\n"


def cell_markup(cell: SheetCell) -> str:
    """A ``td``; a vertical cell has one sign a line."""
    spans = f' rowspan="{cell.row_span}"' * (cell.row_span > 1) + f' colspan="{cell.column_span}"' * (
        cell.column_span > 1
    )
    text = "<br>".join(map(escape, cell.text)) if cell.vertical else escape(cell.text)
    kind = ' class="figure"' * (cell.key is not None)
    return f"<td{kind}{spans}>{text}</td>"


def flat_table_markup(rows: Iterable[Iterable[str]]) -> str:
    """A table without any span."""
    body = "".join("<tr>" + "".join(f"<td>{escape(text)}</td>" for text in row) + "</tr>\n" for row in rows)
    return f'<table border="1"><tbody>\n{body}</tbody></table>\n'


def block_markup(block: Block, *, repeat_header: bool = False) -> str:
    """One block of a sheet in plain, well-formed HTML."""
    match block:
        case Title(lines):
            return "<h1>" + "<br>".join(map(escape, lines)) + "</h1>\n"
        case Heading(text):
            return f"<h2>{escape(text)}</h2>\n"
        case Paragraph(text):
            return f"<p>{escape(text)}</p>\n"
        case SheetTable():
            return table_markup(block, repeat_header=repeat_header)


def body_markup(sheet: Sheet, *, repeat_header: bool = False) -> str:
    """The whole sheet, one block after another."""
    return "".join(block_markup(block, repeat_header=repeat_header) for block in sheet.blocks)


def page_markup(title: str, body: str, *, charset: str = "utf-8", style: str = "", head: str = "") -> str:
    """A complete document around a body."""
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="{charset}">\n<title>{escape(title)}</title>\n'
        f"{head}<style>{style}</style>\n</head>\n<body>\n{body}</body>\n</html>\n"
    )


def print_style(title: str, traits: frozenset[str]) -> str:
    """The style sheet of a page that will be printed, by the traits of its looks."""
    font = next((name for trait, name in FONTS.items() if trait in traits), FONTS["truetype_font"])
    margins = ['@bottom-center { content: "— " counter(page) " —"; }'] * ("page_numbers" in traits)
    if "running_header" in traits:
        margins.append(f'@top-center {{ content: "{title}"; font-size: 8pt; }}')
    size = "8pt" if "small_print" in traits else "10.5pt"
    padding = "0 1px" if "narrow" in traits else "2px 4px"
    collapse = "separate" if "separate_borders" in traits else "collapse"
    line = "0.25pt solid #888" if "hairlines" in traits else "0.75pt solid black"
    rows = "auto" if "split_rows" in traits else "avoid"
    return (
        f"@page {{ size: A4; margin: 2.2cm 2cm; {' '.join(margins)} }}\n"
        "@page sideways { size: A4 landscape; }\n"
        f"body {{ font-family: '{font}'; font-size: {size}; line-height: 1.5; }}\n"
        "h1 { text-align: center; font-size: 18pt; } h2 { font-size: 14pt; } p { text-indent: 2em; }\n"
        f"table.form {{ border-collapse: {collapse}; border-spacing: 2px; width: 100%; table-layout: fixed; }}\n"
        f"table.form td {{ border: {line}; padding: {padding}; text-align: center; overflow-wrap: anywhere; }}\n"
        f"table.form tr {{ break-inside: {rows}; }}\n"
        f"{'table.form { page: sideways; }' if 'sideways' in traits else ''}\n"
        "table.wide { page: sideways; }\n"
        f"{look_style(traits)}\n"
    )


def _digits_apart(body: str) -> str:
    """Every digit of every figure as a text of its own, as programs that place each sign by itself leave it."""
    return _FIGURE.sub(
        lambda found: found[1] + "".join(f'<span class="sign">{c}</span>' if c.isdigit() else c for c in found[2]),
        body,
    )


def printed_page(sheet: Sheet, traits: frozenset[str]) -> str:
    """The page that the printers print."""
    body = body_markup(sheet, repeat_header="repeated_header" in traits)
    if traits & set(RULES):
        body = body.replace(' border="1">', ">")
    if "single_digits" in traits:
        body = _digits_apart(body)
    return page_markup(sheet.title, body, style=print_style(sheet.title, traits))
