"""The sections of a report: where each statutory chapter and each of its parts stands in the canonical text.

A heading is known by its words first (data: ``sections.toml``), then by the table that stands under it, then by its
number: real reports miscount, leave headings out and run them into the paragraph.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from parsers.document import Document, Grid, Span
from parsers.forms import forms_of_reports
from parsers.headings import STYLES, Heading, heading_words, is_leftover, possible_headings, spellings
from parsers.identity.opening import opening_of
from parsers.report import Section
from parsers.text import fold, without_numbering

_NO_HEADING = "none"
"""The style of a chapter that no heading announces."""
_LABELS_OF_TABLE = 3
"""So many labels of one statutory table make a grid that table."""


def sections_of(document: Document) -> tuple[Section, ...]:
    """The sections in reading order, each chapter before its parts.

    Chapters (level 1) cover the canonical text from the line after the title to the end, without gap or overlap; the
    stretch before the first heading is the ``preamble``. Parts (level 2) lie inside their chapter. A document
    without any heading or table of a form is one ``unnamed`` section.
    """
    start = _behind_title(document)
    headings = [heading for heading in possible_headings(document) if heading.start >= start]
    chapters = _named_by_tables(document, _chapters(document, headings))
    chapters = _told_by_parts(_named_by_number(chapters), headings)
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
    opening = opening_of(document.text)
    if opening.title is None:
        return 0
    line_end = document.text.find("\n", opening.behind_title - 1)
    return line_end + 1 if line_end >= 0 else len(document.text)


def _chapters(document: Document, headings: Sequence[Heading]) -> list[Heading]:
    """The headings of the first level: those numbered like most known chapters, and known ones numbered otherwise
    whose chapter has no heading of that kind."""
    known = [heading for heading in headings if heading.chapter and not heading.weak and not heading.inside]
    kinds = Counter(style for _, style in {(heading.chapter, heading.style) for heading in known})
    style = max((*STYLES, "plain"), key=lambda s: (kinds[s], s == "chapter")) if kinds else "chapter"
    first = {heading.style: heading.start for heading in reversed(known)}
    if style in ("bracket", "arabic") and kinds["chapter"] > 1 and first["chapter"] < first[style]:
        style = "chapter"  # 一、总体情况 with the old outline inside it, (一) to (四): its parts are no chapters
    regular = [h for h in headings if h.style == style and not h.inside and (style == "chapter" or h.chapter)]
    if style in ("arabic", "bracket"):
        regular = [heading for heading in regular if not heading.weak]
    found = {heading.chapter for heading in regular}
    others = [h for h in headings if h.chapter and h.chapter not in found and not h.weak]
    others = [h for h in others if h.style != style or h.inside]
    others = [h for h in others if (h.whole or (h.inside and h.style == "chapter")) and not _is_part(h, regular)]
    others = [h for h in others if not _goes_on_counting(h, headings, regular)]
    chapters = sorted({h.chapter or str(h.start): h for h in reversed(others)}.values(), key=lambda h: h.start)
    return _without_contents(document, sorted([*regular, *chapters], key=lambda heading: heading.start))


def _is_part(heading: Heading, chapters: Sequence[Heading]) -> bool:
    """Whether a heading is at home as a part of the chapter that it stands in (存在的主要问题 inside 五). One that goes on
    counting where the chapter's number stopped is the next chapter, run into the paragraph (一、总体情况。…二、主动公开…)."""
    inside = next((chapter for chapter in reversed(chapters) if chapter.start < heading.start), None)
    if inside is not None and heading.style == inside.style and (heading.number or 0) > (inside.number or 0):
        return False
    part = heading.part or ""
    return inside is not None and inside.chapter is not None and part.startswith(f"{inside.chapter}.")


def _goes_on_counting(heading: Heading, headings: Sequence[Heading], chapters: Sequence[Heading]) -> bool:
    """Whether a heading in brackets is the next of those in its chapter: (三)收费情况 behind (二) in 总体情况 is a part, too."""
    if heading.style != "bracket" or heading.number is None:
        return False
    start = max((chapter.start for chapter in chapters if chapter.start < heading.start), default=None)
    return start is not None and any(
        h.style == "bracket" and h.number == heading.number - 1 and start < h.start < heading.start for h in headings
    )


def _without_contents(document: Document, chapters: list[Heading]) -> list[Heading]:
    """The chapters without a table of contents: of two headings of one chapter the one with nothing under it goes;
    later repetitions of a chapter that has its text go too."""
    ends = [*(chapter.start for chapter in chapters), len(document.text)][1:]
    empty = {
        c.start
        for c, end in zip(chapters, ends, strict=True)
        if not document.text[c.end : end].strip(" .…·\n\t*0123456789")
    }
    kept: list[Heading] = []
    for index, chapter in enumerate(chapters):
        same = [c for c in chapters[index + 1 :] if chapter.chapter and c.chapter == chapter.chapter]
        if chapter.start in empty and same:
            continue
        if chapter.chapter and any(c.chapter == chapter.chapter for c in kept):
            continue
        kept.append(chapter)
    return kept


def _named_by_tables(document: Document, chapters: list[Heading]) -> list[Heading]:
    """Chapters with unknown words named by the statutory table in them, and chapters without heading begun at theirs."""
    for grid in document.grids:
        key = table_of_grid(grid)
        if key is None or any(chapter.chapter == key for chapter in chapters):
            continue
        index = next((i for i in reversed(range(len(chapters))) if chapters[i].start < grid.span.start), None)
        if index is not None and chapters[index].chapter is None and chapters[index].style != _NO_HEADING:
            chapters[index] = replace(chapters[index], chapter=key)
        else:
            chapters.append(_without_heading(grid.span.start, key))
            # Prose behind a table that has no heading is not known to be about it.
            behind = _last_of_table(document, grid, key)
            if not any(grid.span.start < chapter.start <= behind for chapter in chapters):
                chapters.append(_without_heading(behind, None))
            chapters.sort(key=lambda chapter: chapter.start)
    return _without_empty(document, chapters)


def _without_heading(start: int, key: str | None) -> Heading:
    return Heading(start, start, "", _NO_HEADING, None, key, False, None, False, True)


def _last_of_table(document: Document, first: Grid, key: str) -> int:
    """Where the last piece of a table ends that begins with ``first`` and goes on with nothing but its pieces."""
    end = first.span.end
    for grid in document.grids:
        if grid.span.start >= end and not document.text[end : grid.span.start].strip() and table_of_grid(grid) == key:
            end = grid.span.end
    return min(end + 1, len(document.text))


def _without_empty(document: Document, chapters: list[Heading]) -> list[Heading]:
    """Without the stretches behind tables that hold nothing."""
    ends = [*(chapter.start for chapter in chapters), len(document.text)][1:]
    return [
        chapter
        for chapter, end in zip(chapters, ends, strict=True)
        if chapter.chapter or chapter.style != _NO_HEADING or not is_leftover(document.text[chapter.start : end])
    ]


def _told_by_parts(chapters: list[Heading], headings: Sequence[Heading]) -> list[Heading]:
    """总体情况 without a heading of its own begins with the first of its parts that stands before every chapter."""
    if any(chapter.chapter == "overview" for chapter in chapters):
        return chapters
    first = next((h for h in headings if h.style == "bracket" and (h.part or "").startswith("overview.")), None)
    if first is None or any(chapter.start <= first.start for chapter in chapters):
        return chapters
    return [_without_heading(first.start, "overview"), *chapters]


def _named_by_number(chapters: list[Heading]) -> list[Heading]:
    """Chapters still unknown named by their number, where the outline is the statutory one and the place is free."""
    numbers = {entry["number"]: str(entry["key"]) for entry in heading_words()["chapter"] if "number" in entry}
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


def _parts(chapter: Heading, end: int, headings: Sequence[Heading]) -> Iterator[Section]:
    """The parts of a chapter: what is numbered in brackets, and known words on a line of their own."""
    style = "arabic" if chapter.style == "bracket" else "bracket"
    inside = [h for h in headings if chapter.end <= h.start < end and (h.style == style or (h.part and h.whole))]
    key = chapter.chapter or "unnamed"
    inside = [h for h in inside if h.style == style or (h.part or "").startswith(f"{key}.")]
    ends = [*(heading.start for heading in inside), end][1:]
    for heading, until in zip(inside, ends, strict=True):
        part = heading.part if heading.part and heading.part.startswith(f"{key}.") else _part_by_words(key, heading)
        yield Section(part or "unnamed", heading.text, 2, Span(heading.start, until))


def _part_by_words(chapter: str, heading: Heading) -> str | None:
    """The part of a chapter whose words stand somewhere in a longer heading (加强政府信息管理工作)."""
    folded = fold(heading.text)
    longest_first = (s for s in spellings("part") if s.key.startswith(f"{chapter}.") and len(s.folded) >= 4)
    return next((spelling.key for spelling in longest_first if spelling.folded in folded), None)


def table_of_grid(grid: Grid) -> str | None:
    """The key of the statutory table that a grid is (or is a piece of), by the labels in it; None for any other."""
    labels = _labels_of_tables()
    folded = {without_numbering(fold(text)) for text in {cell.text for cell in grid.cells}}
    counts = Counter(labels[text] for text in folded if text in labels)
    if not counts:
        return None
    key, count = counts.most_common(1)[0]
    return key if count >= _LABELS_OF_TABLE else None


@cache
def _labels_of_tables() -> dict[str, str]:
    """Folded labels without numbers that occur in one table only, with that table's key."""
    tables: dict[str, set[str]] = {}
    for form in forms_of_reports():
        for table in form.tables:
            spellings = [s for label in (*table.rows, *table.columns) for s in (*label.path, *label.aliases)]
            for spelling in spellings:
                tables.setdefault(without_numbering(fold(spelling)), set()).add(table.key)
    return {label: keys.pop() for label, keys in tables.items() if len(keys) == 1}
