"""Reports as web pages: clean, in old character sets, inside content management systems, out of Word."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from random import Random

from corpus.specimens.data import data
from corpus.specimens.render.flat import Flat, flat_rows, with_lost_group
from corpus.specimens.render.markup import block_markup, body_markup, flat_table_markup, page_markup
from corpus.specimens.render.producer import CUT_SHARES, Producer, Task, one_by_one
from corpus.specimens.sheet import Heading, Paragraph, SheetCell, SheetTable, Title

_CELL = re.compile(r"<td([^>]*)>(.*?)</td>", re.DOTALL)
_BLANKS = {"nbsp_blanks": "&nbsp;", "wide_blanks": "\u3000"}


def _body(task: Task, *, repeat_header: bool = False) -> str:
    """The sheet's markup, empty cells filled as the trait asks, cells in paragraphs of their own where it does."""
    body = body_markup(task.sheet, repeat_header=repeat_header)
    for trait, blank in _BLANKS.items():
        if trait in task.traits:
            body = body.replace("></td>", f">{blank}</td>")
    if "paragraph_cells" in task.traits:
        body = _CELL.sub(r'<td\1><p align="center"><span style="font-size:14px">\2</span></p></td>', body)
    return body


def _clean(task: Task) -> bytes:
    return page_markup(task.sheet.title, _body(task, repeat_header=True)).encode()


def _gbk(declared: str | None) -> Callable[[Task], bytes]:
    def write(task: Task) -> bytes:
        page = page_markup(task.sheet.title, _body(task), charset=declared or "x")
        if declared is None:
            page = page.replace('<meta charset="x">\n', "")
        return page.encode("gb18030")

    return write


def _flattened(task: Task) -> bytes:
    flat = Random(task.specimen.id).choice((Flat.PADDED, Flat.RAGGED, Flat.BARE))
    blocks = []
    for block in task.sheet.blocks:
        if isinstance(block, SheetTable):
            rows = flat_rows(block, flat)
            if "lost_group" in task.traits and flat is not Flat.BARE:
                rows = with_lost_group(block, rows)
            blocks.append(flat_table_markup(rows))
        else:
            blocks.append(block_markup(block))
    return page_markup(task.sheet.title, "".join(blocks)).encode()


def _nested(task: Task) -> bytes:
    rows = "".join(f"<tr><td>{block_markup(block)}</td></tr>\n" for block in task.sheet.blocks)
    layout = (
        f'<table width="960" cellpadding="0"><tr><td width="10"></td><td><table>\n{rows}</table></td></tr></table>\n'
    )
    return page_markup(task.sheet.title, layout).encode()


def _system(name: str) -> Callable[[Task], bytes]:
    """The page of a content management system: the report in one element, navigation and scripts around it."""

    def write(task: Task) -> bytes:
        page = data("sites")[name]
        published = f"{task.specimen.year + 1}-01-{Random(task.specimen.id).randint(5, 28):02}"
        for place, text in {
            "{title}": escape(task.sheet.title),
            "{agency}": escape(task.specimen.agency.name),
            "{date}": published,
            "{content}": _body(task),
        }.items():
            page = page.replace(place, text)
        return str(page).encode()

    return write


def _word(task: Task) -> bytes:
    """What Word saves as a filtered web page, and what editors get when it is pasted."""
    parts = []
    for block in task.sheet.blocks:
        match block:
            case Title(lines):
                parts += [
                    _mso(line, "text-align:center", "font-size:22.0pt;mso-bidi-font-weight:bold") for line in lines
                ]
            case Heading(text) | Paragraph(text):
                parts.append(_mso(text, "text-indent:32.0pt;mso-char-indent-count:2.0", "font-size:16.0pt"))
            case SheetTable(rows=rows):
                body = "".join(
                    "<tr style='mso-yfti-irow:0'>" + "".join(map(_mso_cell, row)) + "</tr>\n" for row in rows
                )
                parts.append(
                    "<table class=MsoNormalTable border=1 cellspacing=0 cellpadding=0 "
                    f"style='border-collapse:collapse;mso-table-layout-alt:fixed'>\n{body}</table>\n"
                )
    head = '<meta name=Generator content="Microsoft Word 15 (filtered)">\n'
    body = f"<div class=WordSection1 style='layout-grid:15.6pt'>{''.join(parts)}</div>"
    charset = "gb2312" if "word_gbk" in task.traits else "utf-8"
    page = page_markup(task.sheet.title, body, charset=charset, style="p.MsoNormal {margin:0cm;}", head=head)
    page = page.replace("<!DOCTYPE html>\n", "").replace(
        '<html lang="zh-CN">',
        '<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">',
    )
    return page.encode("gb18030" if charset == "gb2312" else "utf-8")


def _mso(text: str, paragraph: str, run: str) -> str:
    """A paragraph as Word writes it: Latin letters and digits in spans of their own."""
    pieces = []
    for is_narrow, piece in _runs(text):
        language = " lang=EN-US" if is_narrow else ""
        pieces.append(f"<span{language} style='{run};font-family:仿宋_GB2312'>{escape(piece)}</span>")
    return f"<p class=MsoNormal style='{paragraph}'>{''.join(pieces)}<span lang=EN-US><o:p></o:p></span></p>\n"


def _mso_cell(cell: SheetCell) -> str:
    spans = f" rowspan={cell.row_span}" * (cell.row_span > 1) + f" colspan={cell.column_span}" * (
        cell.column_span > 1
    )
    if not cell.text:
        inner = "<p class=MsoNormal><span lang=EN-US><o:p>&nbsp;</o:p></span></p>"
    elif cell.vertical:
        inner = "".join(_mso(sign, "text-align:center", "font-size:10.5pt") for sign in cell.text)
    else:
        inner = _mso(cell.text, "text-align:center", "font-size:10.5pt;mso-bidi-font-size:11.0pt")
    return f"<td{spans} style='border:solid windowtext 1.0pt;padding:0cm 5.4pt'>\n  {inner}\n  </td>"


def _runs(text: str) -> list[tuple[bool, str]]:
    """The text cut where narrow and wide characters meet."""
    runs: list[tuple[bool, str]] = []
    for sign in text:
        if runs and runs[-1][0] == sign.isascii():
            runs[-1] = (sign.isascii(), runs[-1][1] + sign)
        else:
            runs.append((sign.isascii(), sign))
    return runs


_SHARES = {**CUT_SHARES, "nbsp_blanks": 0.4, "wide_blanks": 0.1, "paragraph_cells": 0.3}

PRODUCERS = (
    Producer("html-clean", ".html", one_by_one(_clean), shares=_SHARES),
    Producer("html-gbk", ".html", one_by_one(_gbk("gb2312")), shares=_SHARES),
    Producer("html-gbk-undeclared", ".html", one_by_one(_gbk(None)), shares=_SHARES),
    Producer("html-gbk-mislabelled", ".html", one_by_one(_gbk("utf-8")), shares=_SHARES),
    Producer("html-trs", ".html", one_by_one(_system("trs")), shares=_SHARES),
    Producer("html-hanweb", ".html", one_by_one(_system("hanweb")), shares=_SHARES),
    Producer("html-boda", ".htm", one_by_one(_system("boda")), shares=_SHARES),
    Producer("html-word", ".htm", one_by_one(_word), shares={**CUT_SHARES, "word_gbk": 0.4}),
    Producer("html-nested", ".html", one_by_one(_nested)),
    Producer("html-flattened", ".html", one_by_one(_flattened), shares={"lost_group": 0.3, "vertical_group": 0}),
)
