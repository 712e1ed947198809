"""From a document to a report: identity, form, cells, sections, facts, findings, in this order and one way."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from functools import cache

from parsers.align import Alignment, align
from parsers.align.reading import COLUMNS_UNCERTAIN, FIGURE_DOUBTFUL, FIGURES_LOST
from parsers.arbiter import (
    LIBRARY,
    doubts_of_place,
    settle,
    sums_confirm_columns,
    sums_confirm_figures,
    sums_keep_rows,
    sums_tell_left_out,
)
from parsers.checks import RULES_VERSION, check, check_prose
from parsers.checks.reading import reading_finding
from parsers.damage import damage_finding, damage_of, require_remains, too_damaged
from parsers.document import Document, Note, Span
from parsers.errors import NotAReport
from parsers.facts import VERSION as LEXICON_VERSION
from parsers.facts import extract_facts, is_endless
from parsers.forms import Form, all_forms, form_of
from parsers.forms.form import Layout, Relation, Table
from parsers.identity import identify, require_report
from parsers.poured import poured_out
from parsers.readers import reader_versions
from parsers.recognised import narrowed, recognised_facts, settled, suspects
from parsers.report import CellKey, CellState, Fact, Finding, Identity, Report, Section, Source, Versions, Whose
from parsers.sections import sections_of
from parsers.told_in_prose import told_in_prose
from parsers.traces import LOST as LOST_SIGNS

PDF = "application/pdf"
FONTS_MENDED, SIGNS_TOLD = ("digits_mended", "codes_lost"), "signs_recognised"
"""The notes of a reader that changed the fonts of a file before it read it, or of a page: whoever reads it again has to do the same."""
PLACED = (FIGURE_DOUBTFUL,)
"""Doubts about single figures, which sums settle."""
ROUGH = (COLUMNS_UNCERTAIN, FIGURES_LOST)
"""Doubts about columns, and about rows, that sums settle too where there is no page to look at a second time."""
WHERE_A_TABLE_MAY_HIDE = ("needs_ocr", "image_table")
"""The notes of a reader that explain why a table was not found."""
NOT_ALL_READ = (*WHERE_A_TABLE_MAY_HIDE, *LOST_SIGNS, "set_aside", "hidden_text", "left_out")
"""The notes of a document that may hold a table which was not seen."""


@cache
def current_versions() -> Versions:
    """What would make a reading today; a stored reading with other versions is stale."""
    forms = " ".join(f"{form.id}:{form.version}" for form in all_forms())
    return Versions(reader_versions(), forms, LEXICON_VERSION, RULES_VERSION)


def report_of(document: Document, data: bytes | None = None) -> Report:
    """The report that a document is. Raises NotAReport when it is something else, and says what it looks like; Unreadable
    when it is so damaged that nothing of a report is left.

    ``data`` are the bytes of the file; with these a PDF is read a second time where the first reading leaves doubts.
    """
    identity, findings = identify(document)
    _require_report(document, identity)
    form = form_of(identity.edition or "")
    alignment, again = _read_twice(document, form, _aligned(document, form), data)
    require_remains(document, identity, alignment.cells)
    sections = sections_of(document)
    prose = _without_tables(document)
    year = identity.year
    facts = extract_facts(prose, report_year=year, sections=sections) if year is not None else []
    told = _told_in_prose(document, form, alignment, sections)
    reading = [
        *_reading_findings(document, form, alignment, told),
        *again,
        *_findings_of_prose(document, prose, facts),
    ]
    if damaged := damage_finding(document, alignment.cells):
        reading.append(damaged)
    if form is None:
        broken = check_prose(facts, prose)
    else:
        # Before the sums are judged: what was misread is not to be laid at the agency's door.
        if suspected := suspects(document, form, alignment.cells):
            reading.append(reading_finding("reading.recognised_sum", "", suspected))
        doubts = {key for finding in reading for key in finding.cells}
        cells = {cell.key: cell for cell in alignment.cells}
        broken = check(form, cells, identity=identity, doubts=doubts, facts=facts, prose=prose)
        broken = _of_longer_lists(form, alignment, narrowed(document, broken, doubts))
    return Report(
        source=Source(document.name, document.sha256, document.media_type, document.page_count, document.reader),
        identity=identity,
        text=document.text,
        sections=sections,
        cells=alignment.cells,
        facts=tuple(_placed(document, fact) for fact in facts),
        findings=(*findings, *reading, *_left_out(document, form, alignment, told), *broken),
        versions=current_versions(),
        notes=document.notes,
    )


def _require_report(document: Document, identity: Identity) -> None:
    """Raises NotAReport for a document that is something else, Unreadable for one too damaged to tell."""
    try:
        require_report(document, identity)
    except NotAReport as error:
        if damage_of(document):
            raise too_damaged(document, str(error).removeprefix(f"{document.name}: ").rstrip(".")) from error
        raise


def _aligned(document: Document, form: Form | None) -> Alignment:
    """The first reading of the form's cells, and what the sums settle of it."""
    if form is None:
        return Alignment((), (), (), ())
    alignment = align(document, form)
    if not document.page_count:
        alignment = poured_out(document, form, alignment)
    alignment = sums_tell_left_out(form, sums_keep_rows(form, alignment))
    if not document.recognised:
        alignment = sums_confirm_figures(form, alignment, PLACED)
        if not document.page_count:
            alignment = sums_confirm_columns(form, alignment, ROUGH)
    return settled(document, form, alignment)


def _findings_of_prose(document: Document, prose: str, facts: Sequence[Fact]) -> list[Finding]:
    """What reading left in doubt of the figures of the prose."""
    findings = []
    if is_endless(prose):
        findings.append(reading_finding("reading.prose_endless", "", ()))
    if unsure := recognised_facts(document, facts):
        findings.append(reading_finding("reading.prose_recognised", "", unsure))
    return findings


def _read_twice(
    document: Document, form: Form | None, alignment: Alignment, data: bytes | None
) -> tuple[Alignment, tuple[Finding, ...]]:
    """The alignment that counts once a PDF with doubts was read a second time, and what that found."""
    if form is None or document.media_type != PDF:
        return alignment, ()
    alignment = doubts_of_place(document, alignment)
    if data is None:
        return alignment, ()
    from parsers.readers.pdf.again import SecondLook

    mended = any(note.code in FONTS_MENDED for note in document.notes)
    told = {note.page for note in document.notes if note.code == SIGNS_TOLD and note.page is not None}
    with SecondLook(data, document.name, mended=mended, told=told) as look:

        def read_again(pages: Collection[int], strategy: str) -> Document | None:
            by_library = strategy == LIBRARY
            return look.tables_by_library(pages) if by_library else look.tables_by_plumber(pages, strategy)

        verdict = settle(document, form, alignment, read_again, look.digits_look_right)
    return verdict.alignment, verdict.findings


def _placed(document: Document, fact: Fact) -> Fact:
    """The fact with the place of its figure on the page, where there are pages."""
    return replace(fact, box=document.box_of(Span(fact.start, fact.end))) if document.page_count else fact


def _without_tables(document: Document) -> str:
    """The canonical text with every table blanked out, offsets unchanged: facts are figures of the prose."""
    pieces: list[str] = []
    end = 0
    for grid in document.grids:
        pieces += (document.text[end : grid.span.start], "\n" * (grid.span.end - grid.span.start))
        end = grid.span.end
    return "".join([*pieces, document.text[end:]])


def _told_in_prose(
    document: Document, form: Form | None, alignment: Alignment, sections: Sequence[Section]
) -> Collection[str]:
    """The tables that the report has prose for. A whole report has others, and nothing of it is lost or a picture."""
    absent = [table for table in form.tables if table.key in alignment.absent_tables] if form is not None else []
    codes = {note.code for note in document.notes}
    if not absent or form is None or len(absent) == len(form.tables):
        return ()
    if document.recognised or damage_of(document) or not codes.isdisjoint(NOT_ALL_READ):
        return ()
    return told_in_prose(document, sections, absent)


def _reading_findings(
    document: Document, form: Form | None, alignment: Alignment, told: Collection[str]
) -> list[Finding]:
    """What reading left in doubt, each doubt naming its cells, and what no row or column of the form claimed; nothing of the tables
    ``told`` in prose."""
    if form is None:
        return []
    findings = [
        reading_finding(doubt.rule, _with_labels(form, doubt.reason, doubt.cells), doubt.cells)
        for doubt in alignment.doubts
    ]
    findings += [reading_finding(rule, printed) for rule, printed in alignment.left_over]
    missing = [cell for cell in alignment.cells if cell.state is CellState.ABSENT]
    left_out = _sure_to_be_left_out(document, alignment)
    for table in form.tables:
        absent = [cell.key for cell in missing if cell.key.table == table.key]
        if table.key in told:
            continue
        if table.key in alignment.absent_tables:
            findings.append(reading_finding("reading.table_absent", _why(table.label, document.notes), absent))
        elif absent := [key for key in absent if key not in left_out]:
            findings.append(reading_finding("reading.row_absent", _rows(table, absent), absent))
    return findings


def _left_out(document: Document, form: Form | None, alignment: Alignment, told: Collection[str]) -> list[Finding]:
    """What the page itself leaves out: tables, and rows of others; a list may be shorter than the form's."""
    if form is None:
        return []
    gone = _sure_to_be_left_out(document, alignment)
    whole = [table for table in form.tables if table.key in told]
    fixed = [table for table in form.tables if table.layout is not Layout.LIST]
    tables = [(table, [key for key in table.cell_keys() if key in gone]) for table in fixed]
    return [
        *(reading_finding("table.left_out", table.label, table.cell_keys()) for table in whole),
        *(reading_finding("table.row_left_out", _rows(table, keys), keys) for table, keys in tables if keys),
    ]


def _sure_to_be_left_out(document: Document, alignment: Alignment) -> Collection[CellKey]:
    """The absent cells of rows in whose place their table has no row. On a scan, or in a damaged file, one may have been lost."""
    if not alignment.left_out or document.recognised or damage_of(document):
        return ()
    return {cell.key for cell in alignment.cells if cell.state is CellState.ABSENT} & alignment.left_out


def _of_longer_lists(form: Form, alignment: Alignment, broken: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings about sums, those with a row behind which a list has one of its own as doubts of the reading: that may be a term,
    too. What is no more than another row is not so for the lack of a term."""
    own = set(map(str, alignment.followed))
    codes = {each.code for each in form.identities if each.relation is not Relation.AT_MOST}
    return tuple(
        replace(each, whose=Whose.READING) if each.rule in codes and not own.isdisjoint(each.where) else each
        for each in broken
    )


def _rows(table: Table, keys: Iterable[CellKey]) -> str:
    """The labels of the rows that cells stand in."""
    return ", ".join(dict.fromkeys(table.row(key.row).text for key in keys))


def _why(table: str, notes: Iterable[Note]) -> str:
    reasons = [note.message for note in notes if note.code in WHERE_A_TABLE_MAY_HIDE]
    return "; ".join([table, *reasons])


def _with_labels(form: Form, reason: str, cells: tuple[CellKey, ...]) -> str:
    """The reason, behind the labels of the row (and of the column, for a single cell) that it is about."""
    row, column = form.labels_of(cells[0])
    return f"{row}, {column}: {reason}" if len(cells) == 1 else f"{row}: {reason}"
