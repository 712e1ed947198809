"""Full-text search over the sections of reports, exact for Chinese words of any length.

Chinese has no blanks between words, and SQLite's tokenizers know either whole stretches or three characters. Here each
pair of neighbouring characters is a word of the index (微博信息: 微博 博信 信息 息), so that a word of two characters is
one look-up and a longer one the intersection of its pairs; a single character is the beginning of a pair. The index
keeps only which sections hold a pair (2 kB a report), and :func:`find` then reads the sections themselves: it is a
filter, and a database that has none (any but SQLite) is searched by reading every report that is asked for.

The index holds prose only: tables are the same words in every report. It is contentless, so that what was put in has
to be given again to be taken out: a change of what :mod:`db.pairs` gives needs a revision that calls :func:`rebuild`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby, islice
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Integer, column, select, text

from db.pairs import OTHER, RUN, STRETCHES, Entry, entries_of, is_chinese, prose_of, stretches_of
from db.reading import chosen
from db.records import SearchHit
from db.schema import AGENCY, REPORT, REPORT_TEXT, SECTION
from db.types import AnyRow, AnySelect
from db.values import inflate
from parsers.document import Span
from parsers.errors import BadInput
from parsers.report import Scope

if TYPE_CHECKING:
    from parsers.identity.folding import Folded

INDEX = "section_index"
BEFORE, BEHIND = 24, 60
"""Characters of a snippet around the first word that is found."""

_OTHER_BEFORE = rf"(?<!{OTHER.pattern})"


def create(connection: Connection) -> None:
    """Makes the index of a SQLite database and fills it from the reports that are stored; does nothing elsewhere."""
    if not _has_index(connection):
        return
    connection.execute(text(f"CREATE VIRTUAL TABLE {INDEX} USING fts5(pairs, content='', detail=none, columnsize=0)"))
    rebuild(connection)


def rebuild(connection: Connection) -> None:
    """Fills the index anew from the reports that are stored."""
    if not _has_index(connection):
        return
    connection.execute(text(f"INSERT INTO {INDEX} ({INDEX}) VALUES ('delete-all')"))
    for (report_id,) in connection.execute(select(REPORT_TEXT.c.report_id)).all():
        _insert(connection, _stored_entries(connection, report_id))


def add(connection: Connection, report_id: int, entries: Sequence[Entry]) -> None:
    """Puts a report with these entries (see :func:`db.pairs.entries_of`) into the index."""
    if _has_index(connection):
        _insert(connection, _numbered(report_id, entries))


def remove(connection: Connection, report_id: int) -> None:
    """Takes a report out of the index, as long as its text and sections are still as they were put in."""
    if _has_index(connection):
        statement = f"INSERT INTO {INDEX} ({INDEX}, rowid, pairs) VALUES ('delete', ?, ?)"
        for entry in _stored_entries(connection, report_id):
            connection.exec_driver_sql(statement, entry)


def find(
    connection: Connection,
    words: str,
    *,
    agency_ids: Collection[int] | None = None,
    years: Collection[int] | None = None,
    limit: int = 20,
) -> Iterator[SearchHit]:
    """Sections of current reports that hold every word, the latest years first, by agency, in the order of the text.

    Words are separated by blanks; upper and lower case, half and full width, blanks and quotation marks in the text
    make no difference. ``agency_ids`` and
    ``years`` keep the reports of these. Raises BadInput when there is no word.
    """
    wanted = [folded for word in words.split() if (folded := _word(word))]
    if not any(RUN.search(word) for word in wanted):
        raise BadInput(f"{words!r}: give one or more words to search for")
    found = connection.execute(_candidates(wanted, agency_ids, years, indexed=_has_index(connection)))
    return islice(_hits(connection, found, wanted), max(limit, 0))


def _has_index(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"


def _candidates(
    wanted: Sequence[str], agency_ids: Collection[int] | None, years: Collection[int] | None, *, indexed: bool
) -> AnySelect:
    """Reports and stretches that may hold the words: by the index, or (stretch NULL) all that are asked for."""
    statement = (
        select(REPORT.c.id, REPORT.c.year, REPORT.c.scope, AGENCY.c.name.label("agency"))
        .join(AGENCY, AGENCY.c.id == REPORT.c.agency_id, isouter=True)
        .where(REPORT.c.is_current == 1, *chosen(agency_ids, years))
        .order_by(REPORT.c.year.desc(), AGENCY.c.name, AGENCY.c.place_code, REPORT.c.scope, REPORT.c.id)
    )
    if not indexed:
        return statement.add_columns(text("NULL AS stretch"))
    index = (
        text(
            f"SELECT rowid / {STRETCHES} AS report_id, rowid % {STRETCHES} AS stretch FROM {INDEX} WHERE {INDEX} MATCH :pairs"
        )
        .bindparams(pairs=_query(wanted))
        .columns(column("report_id", Integer), column("stretch", Integer))
        .subquery("found")
    )
    return statement.join(index, index.c.report_id == REPORT.c.id).add_columns(index.c.stretch).order_by("stretch")


def _hits(connection: Connection, found: Iterator[AnyRow], wanted: Sequence[str]) -> Iterator[SearchHit]:
    from parsers.identity.folding import fold_text

    for report_id, rows in groupby(found, key=lambda row: row.id):
        body, sections = _read(connection, report_id)
        prose = prose_of(body)
        stretches = stretches_of(len(body), [section.start for section in sections])
        for row in rows:
            for number in range(len(stretches)) if row.stretch is None else [row.stretch]:
                span = stretches[number]
                folded = fold_text(prose, span.start, span.end)
                places = _places(folded, wanted)
                if not places:
                    continue
                snippet, marks = _snippet(folded, places)
                section = next((s for s in reversed(sections) if s.start <= span.start), None)
                yield SearchHit(
                    report_id=report_id,
                    agency=row.agency,
                    year=row.year,
                    scope=Scope(row.scope),
                    section=section.key if section is not None else "",
                    heading=section.heading if section is not None else "",
                    snippet=snippet,
                    marks=marks,
                )


def _places(folded: Folded, wanted: Sequence[str]) -> list[tuple[int, int]]:
    """Every place of every word in a folded stretch, in order and apart; none when a word is missing. Numbers and Latin
    words are found by their beginning, as the index has them (183 finds 1839篇, and 839 does not)."""
    lower = _lower(folded.text)
    places: list[tuple[int, int]] = []
    for word in wanted:
        whole = _OTHER_BEFORE if OTHER.match(word) else ""
        found = [(match.start(), match.end()) for match in re.finditer(whole + re.escape(word), lower)]
        if not found:
            return []
        places += found
    apart: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if not apart or start >= apart[-1][1]:
            apart.append((start, end))
    return apart


def _snippet(folded: Folded, places: Sequence[tuple[int, int]]) -> tuple[str, tuple[Span, ...]]:
    """The text around the place that has the most different words behind it, as printed but on one line, and where the
    words stand in it."""
    first, last = max(places, key=lambda place: len(_words_behind(folded.text, places, place)))
    start = max(first - BEFORE, folded.text.rfind("\n", 0, first) + 1)
    line_end = folded.text.find("\n", last)
    end = min(last + BEHIND, len(folded.text) if line_end < 0 else line_end)
    snippet = "…" if start == first - BEFORE and start else ""
    marks: list[Span] = []
    at = folded.offsets[start]
    for begins, ends in places:
        if begins >= start and ends <= end:
            span = folded.span(begins, ends)
            snippet += _one_line(folded.source[at : span.start])
            marked = _one_line(folded.source[span.start : span.end])
            marks.append(Span(len(snippet), len(snippet) + len(marked)))
            snippet += marked
            at = span.end
    snippet += _one_line(folded.source[at : folded.span(start, end).end])
    return snippet + ("…" if end == last + BEHIND and end < len(folded.text) else ""), tuple(marks)


def _words_behind(folded: str, places: Sequence[tuple[int, int]], place: tuple[int, int]) -> set[str]:
    return {folded[start:end] for start, end in places if place[0] <= start and end <= place[1] + BEHIND}


def _one_line(part: str) -> str:
    return re.sub(r"\s+", " ", part)


# ---------------------------------------------------------------- what the index holds


def _stored_entries(connection: Connection, report_id: int) -> list[tuple[int, str]]:
    body, sections = _read(connection, report_id)
    return _numbered(report_id, entries_of(body, [section.start for section in sections]))


def _numbered(report_id: int, entries: Sequence[Entry]) -> list[tuple[int, str]]:
    """The rows of a report: its number and that of the stretch in one, and the stretch's words."""
    return [(report_id * STRETCHES + number, words) for number, words in entries]


def _read(connection: Connection, report_id: int) -> tuple[str, Sequence[AnyRow]]:
    """A report's canonical text and its sections in the order of the text."""
    body = connection.execute(select(REPORT_TEXT.c.body).where(REPORT_TEXT.c.report_id == report_id)).scalar()
    of_report = select(SECTION.c.key, SECTION.c.heading, SECTION.c.start).where(SECTION.c.report_id == report_id)
    return inflate(body) or "", connection.execute(of_report.order_by(SECTION.c.start, SECTION.c.position)).all()


def _insert(connection: Connection, entries: list[tuple[int, str]]) -> None:
    if entries:
        connection.exec_driver_sql(f"INSERT INTO {INDEX} (rowid, pairs) VALUES (?, ?)", entries)


def _query(wanted: Sequence[str]) -> str:
    """The words as FTS5 asks for them: ``"微博" AND "信息" AND "息公" AND "公开"``."""
    asked: dict[str, None] = {}
    for word in wanted:
        for match in RUN.finditer(word):
            run = match[0]
            if is_chinese(run) and len(run) > 1:
                asked |= dict.fromkeys(f'"{run[i : i + 2]}"' for i in range(len(run) - 1))
            else:
                asked[f'"{run}"*'] = None
    return " AND ".join(asked)


def _word(word: str) -> str:
    """A word as it is compared."""
    from parsers.identity.folding import fold_name

    return _lower(fold_name(word))


def _lower(folded: str) -> str:
    """Lower case, character by character: a few letters would become two, and offsets wrong."""
    lower = folded.lower()
    return lower if len(lower) == len(folded) else "".join(c.lower() if len(c.lower()) == 1 else c for c in folded)
