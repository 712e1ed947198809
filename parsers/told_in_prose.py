"""Tables that a report leaves out because its prose tells what they would: 本年度没有发生行政复议 where the form has a table."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import cache
from itertools import pairwise

import regex

from parsers.document import Document, Line, Span
from parsers.forms.form import Table
from parsers.headings import heading_words
from parsers.report import Section
from parsers.traces import half_is_printed

CLOSE = 3.0
"""Lines of a page, in heights of the upper one, that stand no further apart leave no room for a table between them."""
_SENTENCE_END = "。！；"
_FIGURES_ALONE = regex.compile(r"[\d\s,.，．/—–-]+")


def told_in_prose(document: Document, sections: Iterable[Section], absent: Iterable[Table]) -> Collection[str]:
    """The keys of those ``absent`` tables, which were not found, that the document certainly does not have: their chapter stands
    there, holds sentences and nothing else, and none of these says that a table is somewhere."""
    chapters = {section.key: section for section in sections if section.level == 1}
    return {
        table.key
        for table in absent
        if (chapter := chapters.get(table.key)) is not None
        and chapter.heading
        and _is_prose(document.text, chapter)
        and not half_is_printed(table, document.text)
        and not any(grid.span.overlaps(chapter.span) for grid in document.grids)
        and _are_close(_lines_to_next(document.lines, chapter.span))
    }


def _is_prose(text: str, chapter: Section) -> bool:
    """Whether a chapter is sentences, at least one; neither a figure alone on its line nor a word for a table is among them."""
    first, *others = chapter.span.of(text).strip().split("\n")
    body = [first.partition(chapter.heading)[2], *others]
    lines = [line.strip() for line in body if line.strip()]
    return (
        any(line[-1] in _SENTENCE_END for line in lines)
        and not any(_FIGURES_ALONE.fullmatch(line) for line in lines)
        and not any(_elsewhere().search(line) for line in lines)
    )


@cache
def _elsewhere() -> regex.Pattern[str]:
    return regex.compile(heading_words()["elsewhere"])


def _lines_to_next(lines: Sequence[Line], span: Span) -> list[Line]:
    """The lines of a chapter, and the one behind it."""
    inside = [index for index, line in enumerate(lines) if line.span.overlaps(span)]
    return list(lines[inside[0] : inside[-1] + 2]) if inside else []


def _are_close(lines: Sequence[Line]) -> bool:
    """Whether lines follow each other on one page; always where there are no pages. A table may be drawn without any text."""
    boxes = [line.box for line in lines if line.box is not None]
    return all(
        above.page == below.page and below.y0 - above.y1 <= CLOSE * (above.y1 - above.y0)
        for above, below in pairwise(boxes)
    )
