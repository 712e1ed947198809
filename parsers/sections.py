"""The sections of a report: where each statutory chapter and each of its parts stands in the canonical text.

A heading is known by its words first (data: ``sections.toml``), then by the table that stands under it, then by its
number: real reports miscount, leave headings out and run them into the paragraph. Labels of tables that lost their grid look like
headings (三、本年度办理结果); the forms know them, so they are passed over.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

import regex
from rapidfuzz import fuzz

from parsers.document import Document, Grid, Span
from parsers.forms import all_forms
from parsers.identity.folding import fold_text
from parsers.identity.titles import HEAD_CHARACTERS, find_title
from parsers.report import Section
from parsers.text import fold, without_numbering

_LONGEST_HEADING = 42
"""Characters; the longest official variant of a heading has 31 with its number."""
_SHORTEST_PLAIN = 4
"""Characters of a heading without a number; 主动公开 has four, and 改进。 is a sentence."""
_ALIKE = 88
"""Likeness in percent from which a misspelt heading is taken for a known one; 主动公开 against 依申请公开 is at 67."""
_LABELS_OF_TABLE = 3
"""So many labels of one statutory table make a grid that table."""
_MARKS = r"[#*>\s]*"
_STYLES = {
    "chapter": r"第?[一二三四五六七八九十]{1,2}(?:部分|章)?\s*[、.．,，:：]|第[一二三四五六七八九十]{1,2}(?:部分|章)",
    "bracket": r"[(（]\s*[一二三四五六七八九十]{1,2}\s*[)）]\s*[、.．]?",
    "arabic": r"\d{1,2}\s*[、.．](?!\d)",
}
_NUMBERING = regex.compile("|".join(f"(?P<{style}>{pattern})" for style, pattern in _STYLES.items()))
_INSIDE = regex.compile(
    rf"(?<=[。；;.!?）)\s])(?:(?P<chapter>{_STYLES['chapter']})|(?P<bracket>{_STYLES['bracket']}))"
)
_PARAGRAPH = regex.compile(r"[^\n]+")
_CHINESE = {sign: number for number, sign in enumerate("一二三四五六七八九十", 1)}


@dataclass(frozen=True, slots=True)
class _Spelling:
    key: str
    folded: str
    bare: str
    weak: bool


@dataclass(frozen=True, slots=True)
class _Heading:
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


def sections_of(document: Document) -> tuple[Section, ...]:
    """The sections in reading order, each chapter before its parts.

    Chapters (level 1) cover the canonical text from the line after the title to the end, without gap or overlap; the
    stretch before the first heading is the ``preamble``. Parts (level 2) lie inside their chapter. A document
    without any heading or table of a form is one ``unnamed`` section.
    """
    start = _behind_title(document)
    headings = [heading for heading in _headings(document) if heading.start >= start]
    chapters = _named_by_tables(document, _chapters(document, headings))
    chapters = _named_by_number(chapters)
    ends = [*(chapter.start for chapter in chapters), len(document.text)][1:]
    sections: list[Section] = []
    if not chapters or document.text[start : chapters[0].start].strip():
        end = chapters[0].start if chapters else len(document.text)
        if start < end:
            sections.append(Section("preamble" if chapters else "unnamed", "", 1, Span(start, end)))
    for chapter, end in zip(chapters, ends, strict=True):
        sections.append(Section(chapter.chapter or "unnamed", chapter.text, 1, Span(chapter.start, end)))
        sections.extend(_parts(chapter, end, headings))
    return tuple(sections)


def _behind_title(document: Document) -> int:
    head = fold_text(document.text, 0, HEAD_CHARACTERS)
    title = find_title(head)
    if title is None:
        return 0
    line_end = document.text.find("\n", head.offsets[title.end - 1])
    return line_end + 1 if line_end >= 0 else len(document.text)


def _headings(document: Document) -> Iterator[_Heading]:
    """Everything outside grids that could be a heading, in reading order."""
    for prose in document.prose_spans():
        for paragraph in _PARAGRAPH.finditer(document.text, prose.start, prose.end):
            yield from _headings_of(document.text, paragraph.start(), paragraph.end())


def _headings_of(text: str, start: int, end: int) -> Iterator[_Heading]:
    marks = regex.compile(_MARKS).match(text, start, end)
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
) -> _Heading | None:
    """The heading that begins at ``body``, or None when it is a table's label, or neither short nor known."""
    line = text[body:end].strip(" *\t")
    folded = regex.sub(f"(?:{_data()['leftovers']})$", "", fold(line))
    bare = folded.strip(":;,。.*#")
    if not bare or _is_row(bare):
        return None
    whole = len(bare) <= _LONGEST_HEADING and regex.search("[。;,:]", bare) is None
    chapter = _known(_spellings("chapter"), bare, whole, inside)
    part = _known(_spellings("part"), bare, whole, inside)
    printed = line if whole else _printed_heading(line, chapter or part)
    if printed is None or (style == "plain" and not (whole and len(bare) >= _SHORTEST_PLAIN and (chapter or part))):
        return None
    return _Heading(
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


def _known(spellings: Sequence[_Spelling], folded: str, whole: bool, inside: bool) -> _Spelling | None:
    """The known heading that a folded line is, is nearly, or begins with (longest spelling first)."""
    if whole and not inside:
        bare = _bare(folded)
        exact = next((spelling for spelling in spellings if spelling.bare == bare), None)
        if exact is not None:
            return exact
        if len(bare) >= 6:
            alike = max(spellings, key=lambda spelling: fuzz.ratio(spelling.bare, bare))
            if fuzz.ratio(alike.bare, bare) >= _ALIKE:
                return alike
    return next((spelling for spelling in spellings if folded.startswith(spelling.folded)), None)


def _printed_heading(line: str, known: _Spelling | None) -> str | None:
    """The part of a paragraph that is its heading: up to the first full stop or colon, else the known words."""
    stop = regex.match(r"[^。:：;；\n]{2,42}(?=[。:：;；])", line)
    if stop is not None and not regex.search("[,，]", stop.group()):
        return stop.group()
    if known is None:
        return None
    length = 0
    while length < len(line) and len(fold(line[:length])) < len(known.folded):
        length += 1
    rest = regex.compile("(?:的?情况|方面|工作)").match(line, length)
    return line[: rest.end() if rest else length]


def _chapters(document: Document, headings: Sequence[_Heading]) -> list[_Heading]:
    """The headings of the first level: those numbered like most known chapters, and known ones numbered otherwise
    whose chapter has no heading of that kind."""
    known = [heading for heading in headings if heading.chapter and not heading.weak and not heading.inside]
    kinds = Counter(style for _, style in {(heading.chapter, heading.style) for heading in known})
    style = max((*_STYLES, "plain"), key=lambda s: (kinds[s], s == "chapter")) if kinds else "chapter"
    regular = [h for h in headings if h.style == style and not h.inside and (style == "chapter" or h.chapter)]
    if style in ("arabic", "bracket"):
        regular = [heading for heading in regular if not heading.weak]
    found = {heading.chapter for heading in regular}
    others = [h for h in headings if h.chapter and h.chapter not in found and not h.weak]
    others = [h for h in others if h.style != style or h.inside]
    others = [h for h in others if (h.whole or (h.inside and h.style == "chapter")) and not _is_part(h, regular)]
    chapters = sorted({h.chapter or str(h.start): h for h in reversed(others)}.values(), key=lambda h: h.start)
    return _without_contents(document, sorted([*regular, *chapters], key=lambda heading: heading.start))


def _is_part(heading: _Heading, chapters: Sequence[_Heading]) -> bool:
    """Whether a heading is at home as a part of the chapter that it stands in (存在的主要问题 inside 五)."""
    inside = next((chapter for chapter in reversed(chapters) if chapter.start < heading.start), None)
    part = heading.part or ""
    return inside is not None and inside.chapter is not None and part.startswith(f"{inside.chapter}.")


def _without_contents(document: Document, chapters: list[_Heading]) -> list[_Heading]:
    """The chapters without a table of contents: of two headings of one chapter the one with nothing under it goes;
    later repetitions of a chapter that has its text go too."""
    ends = [*(chapter.start for chapter in chapters), len(document.text)][1:]
    empty = {
        c.start
        for c, end in zip(chapters, ends, strict=True)
        if not document.text[c.end : end].strip(" .…·\n\t*0123456789")
    }
    kept: list[_Heading] = []
    for index, chapter in enumerate(chapters):
        same = [c for c in chapters[index + 1 :] if chapter.chapter and c.chapter == chapter.chapter]
        if chapter.start in empty and same:
            continue
        if chapter.chapter and any(c.chapter == chapter.chapter for c in kept):
            continue
        kept.append(chapter)
    return kept


def _named_by_tables(document: Document, chapters: list[_Heading]) -> list[_Heading]:
    """Chapters with unknown words named by the statutory table in them, and chapters without heading begun at theirs."""
    for grid in document.grids:
        key = table_of_grid(grid)
        if key is None or any(chapter.chapter == key for chapter in chapters):
            continue
        index = next((i for i in reversed(range(len(chapters))) if chapters[i].start < grid.span.start), None)
        if index is not None and chapters[index].chapter is None:
            chapters[index] = replace(chapters[index], chapter=key)
        else:
            chapters.append(
                _Heading(grid.span.start, grid.span.start, "", "table", None, key, False, None, False, True)
            )
            chapters.sort(key=lambda chapter: chapter.start)
    return chapters


def _named_by_number(chapters: list[_Heading]) -> list[_Heading]:
    """Chapters still unknown named by their number, where the outline is the statutory one and the place is free."""
    numbers = {entry["number"]: str(entry["key"]) for entry in _data()["chapter"] if "number" in entry}
    keys = [chapter.chapter for chapter in chapters]
    if len({"proactive", "requests", "review_litigation"}.intersection(key for key in keys if key)) < 2:
        return chapters
    order = list(numbers.values())
    for index, chapter in enumerate(chapters):
        key = numbers.get(chapter.number or 0)
        if chapter.chapter is not None or key is None or key in keys:
            continue
        before = [order.index(k) for k in keys[:index] if k in order]
        after = [order.index(k) for k in keys[index + 1 :] if k in order]
        if all(place < order.index(key) for place in before) and all(place > order.index(key) for place in after):
            keys[index] = key
            chapters[index] = replace(chapter, chapter=key)
    return chapters


def _parts(chapter: _Heading, end: int, headings: Sequence[_Heading]) -> Iterator[Section]:
    """The parts of a chapter: what is numbered in brackets, and known words on a line of their own."""
    style = "arabic" if chapter.style == "bracket" else "bracket"
    inside = [h for h in headings if chapter.end <= h.start < end and (h.style == style or (h.part and h.whole))]
    key = chapter.chapter or "unnamed"
    inside = [h for h in inside if h.style == style or (h.part or "").startswith(f"{key}.")]
    ends = [*(heading.start for heading in inside), end][1:]
    for heading, until in zip(inside, ends, strict=True):
        part = heading.part if heading.part and heading.part.startswith(f"{key}.") else _part_by_words(key, heading)
        yield Section(part or "unnamed", heading.text, 2, Span(heading.start, until))


def _part_by_words(chapter: str, heading: _Heading) -> str | None:
    """The part of a chapter whose words stand somewhere in a longer heading (加强政府信息管理工作)."""
    folded = fold(heading.text)
    longest_first = (s for s in _spellings("part") if s.key.startswith(f"{chapter}.") and len(s.folded) >= 4)
    return next((spelling.key for spelling in longest_first if spelling.folded in folded), None)


def table_of_grid(grid: Grid) -> str | None:
    """The key of the statutory table that a grid is (or is a piece of), by the labels in it; None for any other."""
    labels = _labels_of_tables()
    folded = {without_numbering(fold(cell.text)) for cell in grid.cells}
    counts = Counter(labels[text] for text in folded if text in labels)
    if not counts:
        return None
    key, count = counts.most_common(1)[0]
    return key if count >= _LABELS_OF_TABLE else None


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("parsers").joinpath("sections.toml").read_text(encoding="utf-8"))


@cache
def _spellings(kind: str) -> tuple[_Spelling, ...]:
    found = [
        _Spelling(entry["key"], fold(words), _bare(fold(words)), weak)
        for entry in _data()[kind]
        for weak, list_of_words in ((False, entry["words"]), (True, entry.get("weak", ())))
        for words in list_of_words
    ]
    return tuple(sorted(found, key=lambda spelling: -len(spelling.folded)))


def _bare(folded: str) -> str:
    return regex.sub(_data()["fillers"], "", folded) or folded


def _without_leftovers(printed: str) -> str:
    return regex.sub(
        f"(?:{_data()['leftovers']})$",
        "",
        printed.replace("（", "(").replace("）", ")") if "表格" in printed else printed,
    ).strip(" *:：。")


def _number(numbering: str) -> int | None:
    digits = regex.sub(r"[^\d一二三四五六七八九十]", "", numbering)
    return int(digits) if digits.isdecimal() else _CHINESE.get(digits)


def _is_row(folded: str) -> bool:
    """Whether a line is a label of a form, alone or with the figures of its row behind it."""
    labels = _labels()
    if folded in labels or without_numbering(folded) in labels:
        return True
    if regex.search(r"[\d./-]{3,}$", folded) is None:
        return False
    unnumbered = without_numbering(folded)
    return any(unnumbered[:length] in labels for length in range(2, min(len(unnumbered), 40)))


@cache
def _labels() -> frozenset[str]:
    """Every label of the forms, folded, with and without its number: none of them is a heading."""
    labels: set[str] = set()
    for form in all_forms():
        for table in form.tables:
            for label in (*table.rows, *table.columns):
                labels.update((*label.path, *label.aliases))
            labels.update(group.label for group in table.groups)
    folded = {fold(label) for label in labels}
    return frozenset(folded | {without_numbering(label) for label in folded})


@cache
def _labels_of_tables() -> dict[str, str]:
    """Folded labels without numbers that occur in one table only, with that table's key."""
    tables: dict[str, set[str]] = {}
    for form in all_forms():
        for table in form.tables:
            spellings = [s for label in (*table.rows, *table.columns) for s in (*label.path, *label.aliases)]
            for spelling in spellings:
                tables.setdefault(without_numbering(fold(spelling)), set()).add(table.key)
    return {label: keys.pop() for label, keys in tables.items() if len(keys) == 1}
