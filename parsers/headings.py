"""What could be a heading in a report: its words, its number, and how it stands in its paragraph.

The spellings are data (``sections.toml``). Labels of tables that lost their grid look like headings (三、本年度办理结果);
the forms know them, so they are passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from typing import Any

import regex
from rapidfuzz import fuzz, process

from parsers.data import read_toml
from parsers.document import Document
from parsers.forms import forms_of_reports
from parsers.numerals import parse_numeral
from parsers.text import fold, without_numbering

_LONGEST_HEADING = 42
"""Characters; the longest official variant of a heading has 31 with its number."""
_HEADING_MAY_STAND_IN = 120
"""Characters of a paragraph that are looked at: a heading with the template's leftovers behind it."""
_SHORTEST_PLAIN = 4
"""Characters of a heading without a number; 主动公开 has four, and 改进。 is a sentence."""
_ALIKE = 88
"""Likeness in percent from which a misspelt heading is taken for a known one; 主动公开 against 依申请公开 is at 67."""
STYLES = {
    "chapter": r"第?[一二三四五六七八九十]{1,2}(?:部分|章)?\s*[、.．,，:：]|第[一二三四五六七八九十]{1,2}(?:部分|章)",
    "bracket": r"[(（]\s*[一二三四五六七八九十]{1,2}\s*[)）]\s*[、.．]?",
    "arabic": r"\d{1,2}\s*[、.．](?!\d)",
}
_NUMBERING = regex.compile("|".join(f"(?P<{style}>{pattern})" for style, pattern in STYLES.items()))
_INSIDE = regex.compile(rf"(?<=[。；;.!?）)\s])(?:(?P<chapter>{STYLES['chapter']})|(?P<bracket>{STYLES['bracket']}))")
_FIRST_OF_NUMBERING = frozenset("第一二三四五六七八九十")
_PARAGRAPH = regex.compile(r"[^\n]+")
_MARKS = regex.compile(r"[#*>\s]*")
_ENDS_A_CLAUSE = frozenset("。;,:")
_ENDS_SENTENCE = frozenset("。;:")
_UP_TO_STOP = regex.compile(r"[^。:：;；\n]{2,42}(?=[。:：;；])")
_BEHIND_KNOWN = regex.compile("(?:的?情况|方面|工作)")
_FIGURES_OF_ROW = regex.compile(r"[\d./-]{3,}$")
_NO_NUMBER = regex.compile(r"[^\d一二三四五六七八九十]")


@dataclass(frozen=True, slots=True)
class Spelling:
    """A known heading: its key, folded, and folded without the words that come and go. ``weak`` ones head a chapter
    only where it is numbered like the other chapters."""

    key: str
    folded: str
    bare: str
    weak: bool


@dataclass(frozen=True, slots=True)
class Heading:
    """A possible heading. ``style`` is its numbering (``plain`` without); ``inside`` says that it does not begin its
    paragraph, ``whole`` that the paragraph is nothing else."""

    start: int
    end: int
    text: str
    style: str
    number: int | None
    chapter: str | None
    weak: bool
    part: str | None
    inside: bool
    whole: bool


def possible_headings(document: Document) -> tuple[Heading, ...]:
    """Everything that could be a heading, in reading order: outside grids, and the known chapters that a reader of
    plain text took for rows of the table between them."""
    text = document.text
    headings = [
        heading
        for prose in document.prose_spans()
        for paragraph in _PARAGRAPH.finditer(text, prose.start, prose.end)
        for heading in _headings_of(text, paragraph.start(), paragraph.end())
    ]
    for grid in document.grids:
        rows = groupby((cell for cell in grid.cells if cell.text), key=lambda cell: cell.row)
        for first, *others in (list(cells) for _, cells in rows):
            if not others and first.text[0] in _FIRST_OF_NUMBERING:
                found = _headings_of(text, first.span.start, first.span.end)
                headings += [h for h in found if h.chapter and h.whole and not h.weak and h.style == "chapter"]
    return tuple(sorted(headings, key=lambda heading: heading.start))


def _headings_of(text: str, start: int, end: int) -> Iterator[Heading]:
    marks = _MARKS.match(text, start, end)
    first = marks.end() if marks else start
    numbering = _NUMBERING.match(text, first, end)
    style = (numbering.lastgroup or "plain") if numbering else "plain"
    body = numbering.end() if numbering else first
    heading = _heading(text, start, body, end, style, numbering.group() if numbering else "", inside=False)
    if heading is not None:
        yield heading
    for found in _INSIDE.finditer(text, body, end):
        inner = _heading(text, found.start(), found.end(), end, found.lastgroup or "", found.group(), inside=True)
        if inner is not None and (inner.chapter or inner.part):
            yield inner


def _heading(
    text: str, start: int, body: int, end: int, style: str, numbering: str, *, inside: bool
) -> Heading | None:
    """The heading that begins at ``body``, or None when it is a table's label, or neither short nor known."""
    is_short = end - body <= _HEADING_MAY_STAND_IN
    if style == "plain" and not is_short:
        return None  # as most paragraphs are; what follows would come to the same
    line = text[body : min(end, body + _HEADING_MAY_STAND_IN)].strip(" *\t")
    bare = _leftover_at_end().sub("", fold(line)).strip(":;,。.*#")
    # 、 joins the members of a heading (申请行政复议、提起行政诉讼情况); folded, it would look like the end of a clause.
    joined = _leftover_at_end().sub("", fold(line.replace("、", ""))).strip(":;,。.*#")
    whole = is_short and len(bare) <= _LONGEST_HEADING and _ENDS_A_CLAUSE.isdisjoint(joined)
    if style == "plain" and not (whole and len(bare) >= _SHORTEST_PLAIN):
        return None
    if not bare or _is_row(bare):
        return None
    chapter = _known("chapter", bare, whole, inside)
    part = _known("part", bare, whole, inside)
    printed = line if whole else _printed_heading(line, chapter or part)
    if printed is None or (style == "plain" and not (chapter or part)):
        return None
    return Heading(
        start=start,
        end=body + len(printed),
        text=_without_leftovers(printed),
        style=style,
        number=_number(numbering),
        chapter=chapter.key if chapter else None,
        weak=chapter.weak if chapter else False,
        part=part.key if part else None,
        inside=inside,
        whole=whole,
    )


def _known(kind: str, folded: str, whole: bool, inside: bool) -> Spelling | None:
    """The known heading that a folded line is, is nearly, or begins with (longest spelling first)."""
    if whole and not inside:
        bare = _bare(folded)
        by_bare = _by_bare(kind)
        if bare in by_bare:
            return by_bare[bare]
        if len(bare) >= 6:
            alike = process.extractOne(bare, by_bare.keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE)
            if alike is not None:
                return by_bare[alike[0]]
    if not folded.startswith(_beginnings(kind)):
        return None
    return next(spelling for spelling in spellings(kind) if folded.startswith(spelling.folded))


def _printed_heading(line: str, known: Spelling | None) -> str | None:
    """The part of a paragraph that is its heading: up to the first full stop or colon, else the known words."""
    stop = _UP_TO_STOP.match(line)
    if stop is not None and "," not in stop.group() and "，" not in stop.group():
        return stop.group()
    if known is None:
        return None
    length = 0
    while length < len(line) and len(fold(line[:length])) < len(known.folded):
        length += 1
    rest = _BEHIND_KNOWN.match(line, length)
    return line[: rest.end() if rest else length]


@cache
def heading_words() -> dict[str, Any]:
    """The data file as it stands."""
    return read_toml(__package__, "sections.toml")


@cache
def spellings(kind: str) -> tuple[Spelling, ...]:
    """All spellings of the headings of one ``kind`` (``chapter`` or ``part``), the longest first."""
    found = [
        Spelling(entry["key"], fold(words), _bare(fold(words)), weak)
        for entry in heading_words()[kind]
        for weak, list_of_words in ((False, entry["words"]), (True, entry.get("weak", ())))
        for words in list_of_words
    ]
    return tuple(sorted(found, key=lambda spelling: -len(spelling.folded)))


@cache
def _by_bare(kind: str) -> dict[str, Spelling]:
    """The spellings by their bare form, of several alike the longest."""
    found: dict[str, Spelling] = {}
    for spelling in spellings(kind):
        found.setdefault(spelling.bare, spelling)
    return found


@cache
def _beginnings(kind: str) -> tuple[str, ...]:
    return tuple(spelling.folded for spelling in spellings(kind))


def _bare(folded: str) -> str:
    return _fillers().sub("", folded) or folded


@cache
def _fillers() -> regex.Pattern[str]:
    return regex.compile(heading_words()["fillers"])


@cache
def _leftovers() -> regex.Pattern[str]:
    return regex.compile(f"(?:{heading_words()['leftovers']})*")


@cache
def _leftover_at_end() -> regex.Pattern[str]:
    return regex.compile(f"(?:{heading_words()['leftovers']})$")


@cache
def _above_table() -> regex.Pattern[str]:
    return regex.compile(heading_words()["above_table"])


@lru_cache(maxsize=4096)
def stands_above_table(line: str) -> bool:
    """Whether a line is the title of a statutory table or the heading of its chapter, leads to it, or says who filled it in.

    >>> stands_above_table("表1 主动公开政府信息情况统计表"), stands_above_table("填报单位：徐闻县曲界镇人民政府")
    (True, True)
    >>> stands_above_table("二、主动公开政府信息情况"), stands_above_table("具体情况如下："), stands_above_table("填表")
    (True, True, False)
    """
    folded = fold(line)
    found = _above_table().fullmatch(folded)
    if found is not None:
        return found["chapter"] is None or _bare(found["chapter"]) in _by_bare("chapter")
    chapter = _by_bare("chapter").get(_bare(without_numbering(folded)))
    return (chapter is not None and not chapter.weak) or folded[-1:] in _ENDS_SENTENCE or is_leftover(line)


def is_leftover(text: str) -> bool:
    """Whether a stretch is nothing but what the template left behind (该部分以表格形式报告)."""
    return _leftovers().fullmatch(fold(text)) is not None


def _without_leftovers(printed: str) -> str:
    straight = printed.replace("（", "(").replace("）", ")") if "表格" in printed else printed
    return _leftover_at_end().sub("", straight).strip(" *:：。")


def _number(numbering: str) -> int | None:
    """The number of a heading's numbering: 3 of （三）, 11 of 十一、; None where it has none."""
    number = parse_numeral(_NO_NUMBER.sub("", numbering)) if numbering else None
    return None if number is None else int(number)


def _is_row(folded: str) -> bool:
    """Whether a line is a label of a form, alone or with the figures of its row behind it."""
    labels = _labels()
    if folded in labels or without_numbering(folded) in labels:
        return True
    if _FIGURES_OF_ROW.search(folded) is None:
        return False
    unnumbered = without_numbering(folded)
    return any(unnumbered[:length] in labels for length in range(2, min(len(unnumbered), 40)))


@cache
def _labels() -> frozenset[str]:
    """Every label of the forms, folded, with and without its number: none of them is a heading."""
    labels: set[str] = set()
    for form in forms_of_reports():
        for table in form.tables:
            for label in (*table.rows, *table.columns):
                labels.update((*label.path, *label.aliases))
            labels.update(group.label for group in table.groups)
    folded = {fold(label) for label in labels}
    return frozenset(folded | {without_numbering(label) for label in folded})
