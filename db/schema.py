"""Every table of the database, each column with its comment: the one source of the data dictionary.

Values that can only be 0 or 1 are integers, days and moments are ISO 8601 text (UTC), and closed sets are their
words, so that the same SQL reads every database; only ``cell.state`` is a number, because there are hundreds of
millions of them. Parts of a report are keyed by the report and their position in it and vanish with it.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    MetaData,
    Table,
    UniqueConstraint,
    text,
)
from sqlalchemy.types import TypeEngine

from db.types import BIG, BLOB, INTEGER, REAL_NUMBER, TEXT, Figure

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _column(
    name: str,
    kind: TypeEngine[Any],
    comment: str,
    *,
    null: bool = False,
    key: bool = False,
    to: str = "",
    **more: str,
) -> Column[Any]:
    """One column: NOT NULL unless ``null``; ``to`` is the column that it refers to, ``ondelete`` what then happens."""
    reference = [ForeignKey(to, ondelete=more.get("ondelete", "RESTRICT"))] if to else []
    return Column(name, kind, *reference, primary_key=key, nullable=null, comment=comment)


def _table(
    name: str,
    comment: str,
    *parts: Column[Any] | CheckConstraint | ForeignKeyConstraint | UniqueConstraint | Index,
    rowid: bool = True,
) -> Table:
    """One table; ``rowid=False`` stores the rows in the primary key itself (small rows, found by that key)."""
    return Table(name, METADATA, *parts, comment=comment, sqlite_strict=True, sqlite_with_rowid=rowid)


def _id() -> Column[Any]:
    return _column("id", INTEGER, "Number of the row.", key=True)


def _report_id() -> Column[Any]:
    return _column("report_id", INTEGER, "The report.", key=True, to="report.id", ondelete="CASCADE")


def _position(of: str) -> Column[Any]:
    return Column(
        "position", INTEGER, primary_key=True, autoincrement=False, comment=f"Place among the report's {of}, from 0."
    )


def _box() -> list[Column[Any]]:
    return [
        _column("page", INTEGER, "Page, from 1; NULL in formats without pages.", null=True),
        _column("x0", INTEGER, "Left edge in tenths of a point from the left of the page.", null=True),
        _column("y0", INTEGER, "Upper edge in tenths of a point from the top of the page.", null=True),
        _column("x1", INTEGER, "Right edge in tenths of a point.", null=True),
        _column("y1", INTEGER, "Lower edge in tenths of a point.", null=True),
    ]


META = _table(
    "meta",
    "What the program notes about the database itself.",
    _column(
        "name",
        TEXT,
        "application: whose database this is; dictionary: digest of the indicator dictionary stored.",
        key=True,
    ),
    _column("value", TEXT, "The value."),
    rowid=False,
)

VERSION_SET = _table(
    "version_set",
    "The versions of the program's parts that made a reading. A reading is stale when they differ from today's.",
    _id(),
    _column("reader", TEXT, "Version of the readers."),
    _column("forms", TEXT, "Version of the form files."),
    _column("lexicon", TEXT, "Version of the lexicon of the prose."),
    _column("rules", TEXT, "Version of the checks."),
    UniqueConstraint("reader", "forms", "lexicon", "rules"),
)

SOURCE = _table(
    "source",
    "A file by its contents: equal bytes are one source, wherever they lie.",
    _id(),
    _column("sha256", TEXT, "SHA-256 of the bytes, in hexadecimal."),
    _column("size", BIG, "Bytes.", null=True),
    _column("name", TEXT, "Name of the file that was read, without its folder.", null=True),
    _column("media_type", TEXT, "What the bytes are, as read.", null=True),
    _column("page_count", INTEGER, "Pages; 0 in formats without pages.", null=True),
    _column("outcome", TEXT, "Outcome of the last reading: ok, partial, not_a_report or failed."),
    _column("version_set_id", INTEGER, "Versions of the last reading.", null=True, to="version_set.id"),
    UniqueConstraint("sha256"),
    CheckConstraint("length(sha256) = 64", name="sha256"),
)

AGENCY = _table(
    "agency",
    "An agency: a normalised name at a place; with the province and city in front, or without, as its first report has "
    "it. Two agencies of one name in two places are two rows; so is the name with an unknown place, because to put it "
    "with one of the others would be a guess. An alias joins them.",
    _id(),
    _column("name", TEXT, "Normalised name."),
    _column("place_code", TEXT, "Six-digit code of the administrative division; empty where unknown."),
    _column("province", TEXT, "Province, autonomous region or municipality.", null=True),
    _column("city", TEXT, "Prefecture-level city.", null=True),
    _column("county", TEXT, "County, district or county-level city.", null=True),
    _column("level", TEXT, "national, province, city, county or township.", null=True),
    _column("field", TEXT, "Field of work (police, education, …).", null=True),
    UniqueConstraint("name", "place_code"),
)

AGENCY_ALIAS = _table(
    "agency_alias",
    "Other normalised names under which an agency's reports appear.",
    _column("alias", TEXT, "The other name.", key=True),
    _column("place_code", TEXT, "Only for reports of this division; empty: for all.", key=True),
    _column("agency_id", INTEGER, "The agency meant.", to="agency.id", ondelete="CASCADE"),
    Index(None, "agency_id"),
    rowid=False,
)

RUN = _table(
    "run",
    "One run of a command that writes.",
    _id(),
    _column("command", TEXT, "The command as it was given."),
    _column("started", TEXT, "Moment of the start, UTC."),
    _column("finished", TEXT, "Moment of the end, UTC; NULL while it runs, and after it was killed.", null=True),
    _column("interrupted", INTEGER, "1 when a person broke it off."),
    _column("skipped", INTEGER, "Files that were unchanged and have no item."),
    _column("version_set_id", INTEGER, "Versions of the program.", to="version_set.id"),
)

REPORT = _table(
    "report",
    "A report as read from one source. Of the reports of an agency, year and scope exactly one is current.",
    _id(),
    _column("source_id", INTEGER, "The file that it was read from.", to="source.id"),
    _column("agency_id", INTEGER, "The agency; NULL where the document names none.", null=True, to="agency.id"),
    _column("year", INTEGER, "Report year: the year that the figures are for.", null=True),
    _column(
        "scope", TEXT, "agency: the body's own figures; area: those of all bodies that it governs. Never add them up."
    ),
    _column("edition", TEXT, "Edition of the statutory form.", null=True),
    _column("title", TEXT, "Title as printed.", null=True),
    _column(
        "version",
        INTEGER,
        "Place in the order of the reports of one agency, year and scope, from 1; the last is current.",
    ),
    _column(
        "is_current", INTEGER, "1 for the report to use; 0 for one that another replaces, or that was retracted."
    ),
    _column("retracted", INTEGER, "1 when a later reading of the same bytes found that they are no report."),
    _column("corrected", INTEGER, "1 when the title says that it is a corrected edition."),
    _column("published", TEXT, "Day of publication (YYYY-MM-DD), where the document tells.", null=True),
    _column("agency_printed", TEXT, "The agency's name as printed.", null=True),
    _column("agency_normalised", TEXT, "The agency's name normalised, before any alias.", null=True),
    _column("place_code", TEXT, "Six-digit code of the administrative division.", null=True),
    _column("province", TEXT, "Province as read.", null=True),
    _column("city", TEXT, "City as read.", null=True),
    _column("county", TEXT, "County as read.", null=True),
    _column("level", TEXT, "Level as read.", null=True),
    _column("field", TEXT, "Field of work as read.", null=True),
    _column("cells_read", INTEGER, "Cells that are number, blank or dash."),
    _column("cell_count", INTEGER, "Cells of the form."),
    _column("errors", INTEGER, "Findings of severity error in the report itself."),
    _column("doubts", INTEGER, "Findings about our own reading, hints left aside."),
    _column("reader", TEXT, "The reader that read it."),
    _column("version_set_id", INTEGER, "Versions that made the reading.", to="version_set.id"),
    UniqueConstraint("source_id"),
    Index(None, "agency_id", "year", "scope", "version"),
    Index(
        "ix_report_one_current",
        "agency_id",
        "year",
        "scope",
        unique=True,
        sqlite_where=text("is_current = 1"),
        postgresql_where=text("is_current = 1"),
    ),
    Index(None, "year"),
    Index(None, "agency_normalised"),
    CheckConstraint("scope IN ('agency', 'area')", name="scope"),
)

LOCATION = _table(
    "location",
    "A place where a file was found; unchanged size and time let the next run skip it.",
    _id(),
    _column("path", TEXT, "Path, archive and member, or address."),
    _column("size", BIG, "Bytes.", null=True),
    _column("mtime_ns", BIG, "Time of the last change, nanoseconds since 1970.", null=True),
    _column(
        "source_id",
        INTEGER,
        "The bytes found there last; NULL when they could not be read.",
        null=True,
        to="source.id",
    ),
    _column("report_id", INTEGER, "The report found there last.", null=True, to="report.id", ondelete="SET NULL"),
    _column("outcome", TEXT, "Outcome of the last visit."),
    _column("version_set_id", INTEGER, "Versions of the last visit.", null=True, to="version_set.id"),
    UniqueConstraint("path"),
    Index(None, "source_id"),
    Index(None, "report_id"),
)

RUN_ITEM = _table(
    "run_item",
    "What became of a file in a run.",
    _id(),
    _column("run_id", INTEGER, "The run.", to="run.id", ondelete="CASCADE"),
    _column("location_id", INTEGER, "The place.", to="location.id", ondelete="CASCADE"),
    _column("source_id", INTEGER, "The bytes; NULL when they could not be read.", null=True, to="source.id"),
    _column(
        "report_id", INTEGER, "The report that it gave or belongs to.", null=True, to="report.id", ondelete="SET NULL"
    ),
    _column("outcome", TEXT, "ok, partial, not_a_report, duplicate or failed."),
    _column("reason", TEXT, "Why, in a sentence.", null=True),
    _column("seconds", REAL_NUMBER, "How long the reading took."),
    _column("version_set_id", INTEGER, "Versions that read it.", null=True, to="version_set.id"),
    _column("reread", INTEGER, "1 when it replaced an older reading of the same bytes."),
    _column("cells_changed", INTEGER, "In how many cells the new reading differs from the older one."),
    Index(None, "run_id"),
    Index(None, "location_id"),
    Index(None, "source_id"),
    Index(None, "report_id"),
    CheckConstraint("outcome IN ('ok', 'partial', 'not_a_report', 'duplicate', 'failed')", name="outcome"),
)

INDICATOR = _table(
    "indicator",
    "The dictionary: one row a quantity, the same in every edition that asks for it. The number follows from the "
    "key, so it is the same in every database and never changes.",
    Column(
        "id", INTEGER, primary_key=True, autoincrement=False, comment="Number of the indicator, made from its key."
    ),
    _column("key", TEXT, "table/row/column."),
    _column("table_key", TEXT, "Table of the form."),
    _column("row_key", TEXT, "Row."),
    _column("column_key", TEXT, "Column."),
    _column("row_label", TEXT, "Official labels of the row, from the outermost group inwards."),
    _column("column_label", TEXT, "Official labels of the column."),
    _column("english", TEXT, "Row and column in English."),
    _column("unit", TEXT, "Unit of the form; fixed for ever, as cells refer to it.", null=True),
    _column("kind", TEXT, "flow: happened in the year; stock: stands at its end; change.", null=True),
    _column("position", INTEGER, "Order for display."),
    UniqueConstraint("key"),
    UniqueConstraint("table_key", "row_key", "column_key"),
)

INDICATOR_EDITION = _table(
    "indicator_edition",
    "In which editions a quantity is printed, and in which it is the sum of others.",
    _column("edition", TEXT, "Edition of the form.", key=True),
    _column("indicator_id", INTEGER, "The quantity.", key=True, to="indicator.id", ondelete="CASCADE"),
    _column("summed", INTEGER, "0: printed; 1: not printed, the sum of its terms."),
    Index(None, "indicator_id"),
    rowid=False,
)

INDICATOR_TERM = _table(
    "indicator_term",
    "What a quantity that is not printed is the sum of (terms that an edition lacks are left out).",
    _column("indicator_id", INTEGER, "The sum.", key=True, to="indicator.id", ondelete="CASCADE"),
    _column("term_id", INTEGER, "One of its terms.", key=True, to="indicator.id", ondelete="CASCADE"),
    Index(None, "term_id"),
    rowid=False,
)

FORMULA = _table(
    "formula",
    "Derived indicators: numerator over denominator, or an amount.",
    _column("key", TEXT, "Name of the derived indicator.", key=True),
    _column("chinese", TEXT, "Name in Chinese."),
    _column("english", TEXT, "What it says, in English."),
    _column("is_ratio", INTEGER, "1: numerator / denominator; 0: the numerator alone."),
    _column("position", INTEGER, "Order for display."),
    rowid=False,
)

FORMULA_TERM = _table(
    "formula_term",
    "What the numerator and the denominator of a derived indicator are the sums of.",
    _column("formula_key", TEXT, "The derived indicator.", key=True, to="formula.key", ondelete="CASCADE"),
    _column("side", TEXT, "numerator or denominator.", key=True),
    _column("indicator_id", INTEGER, "A quantity that is printed.", key=True, to="indicator.id", ondelete="CASCADE"),
    _column("weight", INTEGER, "1: added; -1: taken away."),
    Index(None, "indicator_id"),
    rowid=False,
)

CELL = _table(
    "cell",
    "The figures of the statutory forms: every cell of the edition's form, also those without a figure.",
    _report_id(),
    _column("indicator_id", INTEGER, "The quantity.", key=True, to="indicator.id"),
    _column(
        "state",
        INTEGER,
        "0 number, 1 blank, 2 dash, 3 unreadable, 4 absent (the document has no such row or column).",
    ),
    _column(
        "value",
        Figure(),
        "The figure as printed, in the unit; NULL in every state but number: a blank is not a 0.",
        null=True,
    ),
    _column(
        "raw",
        TEXT,
        "What is printed, where it is not the plain value (number), nothing (blank, unreadable, absent) or / (dash).",
        null=True,
    ),
    _column("unit", TEXT, "Unit, where it is not the indicator's; empty: unknown.", null=True),
    CheckConstraint("state BETWEEN 0 AND 4 AND (state = 0) = (value IS NOT NULL)", name="value"),
    rowid=False,
)

CELL_EVIDENCE = _table(
    "cell_evidence",
    "Where each cell was read.",
    _column("report_id", INTEGER, "The report.", key=True),
    _column("indicator_id", INTEGER, "The quantity.", key=True),
    _column("start", INTEGER, "First character in the canonical text, from 0."),
    _column("length", INTEGER, "Number of characters."),
    *_box(),
    ForeignKeyConstraint(["report_id", "indicator_id"], ["cell.report_id", "cell.indicator_id"], ondelete="CASCADE"),
    rowid=False,
)

CELL_CHANGE = _table(
    "cell_change",
    "Cells that came out otherwise when the same bytes were read again.",
    _column("run_item_id", INTEGER, "The re-reading.", key=True, to="run_item.id", ondelete="CASCADE"),
    _column("indicator_id", INTEGER, "The quantity.", key=True, to="indicator.id"),
    _column("old_state", INTEGER, "State before, as in cell; NULL: no such cell.", null=True),
    _column("old_value", Figure(), "Value before.", null=True),
    _column("new_state", INTEGER, "State now; NULL: no such cell.", null=True),
    _column("new_value", Figure(), "Value now.", null=True),
    rowid=False,
)

REPORT_TEXT = _table(
    "report_text",
    "The canonical text that all offsets refer to, once a report.",
    _report_id(),
    _column("body", BLOB, "UTF-8, compressed by zlib; nianbao sql has inflate(body), exports hold it as text."),
)

SECTION = _table(
    "section",
    "Stretches of a report under one heading.",
    _report_id(),
    _position("sections"),
    _column("key", TEXT, "preamble, overview, proactive, requests, review_litigation, problems, other or unnamed."),
    _column("heading", TEXT, "Heading as printed, without its number."),
    _column("level", INTEGER, "Level of the heading, 1 the highest."),
    _column("start", INTEGER, "First character in the canonical text, from 0."),
    _column("length", INTEGER, "Number of characters, heading and body."),
    rowid=False,
)

SENTENCE = _table(
    "sentence",
    "Sentences of the prose that state figures.",
    _report_id(),
    _position("sentences with figures"),
    _column("body", TEXT, "The sentence."),
    rowid=False,
)

FACT = _table(
    "fact",
    "The figures of the prose.",
    _report_id(),
    _position("facts"),
    _column("metric", TEXT, "What is counted."),
    _column("channel", TEXT, "Where it was published or counted.", null=True),
    _column("subject", TEXT, "The report's own phrase, where it narrows the metric.", null=True),
    _column("value", Figure(), "The figure, 万 and 亿 multiplied out."),
    _column("unit", TEXT, "Measure word."),
    _column("bound", TEXT, "exact, about, over or under."),
    _column("kind", TEXT, "flow, stock, cumulative, change or rate."),
    _column("role", TEXT, "level, from, to, delta, yoy or share."),
    _column("year", INTEGER, "Year that the figure is for."),
    _column("part_of", INTEGER, "Position of the fact that this one is a part of.", null=True),
    _column("surface", TEXT, "The figure as printed."),
    _column("start", INTEGER, "First character of the figure in the canonical text, from 0."),
    _column("length", INTEGER, "Number of characters."),
    _column("section", TEXT, "Heading that it stands under.", null=True),
    _column("sentence", INTEGER, "Position of its sentence in sentence; NULL: not kept.", null=True),
    *_box(),
    ForeignKeyConstraint(["report_id", "sentence"], ["sentence.report_id", "sentence.position"], ondelete="CASCADE"),
    Index(None, "metric", "channel"),
    rowid=False,
)

FINDING = _table(
    "finding",
    "What a person should look at.",
    _id(),
    _column("report_id", INTEGER, "The report.", to="report.id", ondelete="CASCADE"),
    _column(
        "origin",
        TEXT,
        "report: found in the report alone; correction: in the report with people's corrections; store: by comparing it with others.",
    ),
    _column("position", INTEGER, "Place among the report's findings of this origin, from 0."),
    _column("rule", TEXT, "Code of the rule."),
    _column("severity", TEXT, "error: a contradiction; warning: unexpected; hint: odd."),
    _column("whose", TEXT, "agency: the page really says so; reading: we may have misread it."),
    _column("message", TEXT, "The sentence for a person."),
    _column("expected", Figure(), "What the rule asks for.", null=True),
    _column("actual", Figure(), "What is there.", null=True),
    _column(
        "settled",
        TEXT,
        "confirmed: people looked at each of its cells, and it stands; resolved: with the figures that they saw it is gone; NULL: open.",
        null=True,
    ),
    UniqueConstraint("report_id", "origin", "position"),
    Index(None, "rule"),
)

FINDING_PLACE = _table(
    "finding_place",
    "What a finding is about: cells, or other parts of the report.",
    _column("finding_id", INTEGER, "The finding.", key=True, to="finding.id", ondelete="CASCADE"),
    Column("position", INTEGER, primary_key=True, autoincrement=False, comment="Order, from 0."),
    _column("indicator_id", INTEGER, "The cell, where it is one of the dictionary's.", null=True, to="indicator.id"),
    _column("place", TEXT, "Anything else: fact:<position>, a row that no form has, …", null=True),
    CheckConstraint("(indicator_id IS NULL) <> (place IS NULL)", name="one"),
    rowid=False,
)

CORRECTION_FILE = _table(
    "correction_file",
    "A file of corrections, as it was when it last changed.",
    _id(),
    _column("path", TEXT, "Its path."),
    _column("sha256", TEXT, "SHA-256 of its bytes."),
    _column("read", TEXT, "Moment of that, UTC."),
    UniqueConstraint("path"),
)

CORRECTION = _table(
    "correction",
    "What people say of cells after a look at the page: a layer of its own, bound to the document's bytes. The cell stays "
    "as it was read. Of a document's cell at most one correction is in force (withdrawn is NULL); former ones stay.",
    _id(),
    _column("sha256", TEXT, "SHA-256 of the document's bytes; the document need not be stored yet."),
    _column("indicator_id", INTEGER, "The quantity.", to="indicator.id"),
    _column(
        "verdict",
        TEXT,
        "confirmed: read right; corrected: misread; agency_error: read right, and the page is wrong.",
    ),
    _column("state", INTEGER, "State by the person's eyes, as in cell."),
    _column("value", Figure(), "Figure by the person's eyes; NULL in every state but number.", null=True),
    _column("printed", TEXT, "What the page prints, to the letter, where it was noted; else empty."),
    _column("who", TEXT, "Who said so."),
    _column("decided", TEXT, "Day on which they said so (YYYY-MM-DD)."),
    _column("why", TEXT, "Why."),
    _column("file_id", INTEGER, "The file of corrections that holds it.", to="correction_file.id"),
    _column("added", TEXT, "Moment of the storing, UTC."),
    _column("withdrawn", TEXT, "Moment when its file no longer held it, UTC; NULL while it does.", null=True),
    Index(
        "ix_correction_one_in_force",
        "sha256",
        "indicator_id",
        unique=True,
        sqlite_where=text("withdrawn IS NULL"),
        postgresql_where=text("withdrawn IS NULL"),
    ),
    Index(None, "indicator_id"),
    Index(None, "file_id"),
    CheckConstraint("state BETWEEN 0 AND 4 AND (state = 0) = (value IS NOT NULL)", name="value"),
    CheckConstraint("verdict IN ('confirmed', 'corrected', 'agency_error')", name="verdict"),
    CheckConstraint("length(sha256) = 64", name="sha256"),
)

CELL_CORRECTION = _table(
    "cell_correction",
    "The corrections that are in force at the cells of stored reports: made from correction, by report, for the views.",
    _column("report_id", INTEGER, "The report.", key=True),
    _column("indicator_id", INTEGER, "The quantity.", key=True),
    _column("state", INTEGER, "State by the person's eyes, as in cell."),
    _column("value", Figure(), "Figure by the person's eyes; NULL in every state but number.", null=True),
    _column("verdict", TEXT, "confirmed, corrected or agency_error, as in correction."),
    _column("replaces", INTEGER, "1 when it is another figure than the one that was read; 0 when it is the same."),
    ForeignKeyConstraint(["report_id", "indicator_id"], ["cell.report_id", "cell.indicator_id"], ondelete="CASCADE"),
    rowid=False,
)

WITNESS = _table(
    "witness",
    "Where agency, year, edition and scope of a report were found, the witnesses that disagree included.",
    _report_id(),
    _position("witnesses"),
    _column("about", TEXT, "agency, year, edition or scope."),
    _column("value", TEXT, "What it speaks for."),
    _column("source", TEXT, "title, period, text, metadata, file_name, labels, notice or manifest."),
    _column("start", INTEGER, "First character in the canonical text; NULL when it stands elsewhere.", null=True),
    _column("length", INTEGER, "Number of characters.", null=True),
    rowid=False,
)

NOTE = _table(
    "note",
    "What the reader saw in the file that may matter to whoever trusts the text.",
    _report_id(),
    _position("notes"),
    _column("code", TEXT, "Stable code (needs_ocr, truncated, …)."),
    _column("message", TEXT, "The sentence for a person."),
    _column("page", INTEGER, "Page, from 1.", null=True),
    rowid=False,
)

FETCH = _table(
    "fetch",
    "The crawler's log: one row an address asked for in a night (retries are counted, not repeated). Bytes are found in "
    "the archive by their SHA-256, in source by the same once they were ingested.",
    _id(),
    _column("run_id", INTEGER, "The night's run.", to="run.id", ondelete="CASCADE"),
    _column("site", TEXT, "Name of the site in sources.toml."),
    _column("kind", TEXT, "robots, list, article or attachment: what it was asked for as."),
    _column("url", TEXT, "Address asked for."),
    _column("form", TEXT, "Body of a POST; NULL for a GET.", null=True),
    _column("moment", TEXT, "Moment of the request, UTC."),
    _column("status", INTEGER, "HTTP status; NULL when there was no answer.", null=True),
    _column(
        "failure",
        TEXT,
        "Why there is no content: not_found, firewall, rate_limited, server_error, tls, timeout, connection, dns, "
        "challenge, empty_shell, too_large, damaged, off_site, private_address, robots, robots_unreachable, loop, other.",
        null=True,
    ),
    _column("final_url", TEXT, "Address that the answer sent on to (a redirection is a row of its own).", null=True),
    _column("media_type", TEXT, "Content type as declared.", null=True),
    _column("file_name", TEXT, "Name that the server gave the file.", null=True),
    _column("etag", TEXT, "ETag, for the next conditional request.", null=True),
    _column("last_modified", TEXT, "Last-Modified, for the next conditional request.", null=True),
    _column("size", BIG, "Bytes received after decoding; 0 for an answer that nothing changed.", null=True),
    _column("seconds", REAL_NUMBER, "How long it took.", null=True),
    _column("tries", INTEGER, "Requests that it took."),
    _column("sha256", TEXT, "SHA-256 of the bytes, also where the answer was that nothing changed.", null=True),
    _column("title", TEXT, "Title of the page, or the words of the link.", null=True),
    _column("published", TEXT, "Day of publication (YYYY-MM-DD) by page or list.", null=True),
    _column("publisher", TEXT, "Publisher by the page's source line or the list.", null=True),
    _column("parent", TEXT, "Address of the page that led here.", null=True),
    _column("entries", INTEGER, "Entries of a list.", null=True),
    _column("error", TEXT, "What went wrong, in a sentence.", null=True),
    Index(None, "run_id", "site"),
    Index(None, "url"),
    Index(None, "sha256"),
)

VISIT = _table(
    "visit",
    "A site in a night: how it went.",
    _column("run_id", INTEGER, "The night's run.", key=True, to="run.id", ondelete="CASCADE"),
    _column("site", TEXT, "Name of the site in sources.toml.", key=True),
    _column("started", TEXT, "Moment of the start, UTC."),
    _column("finished", TEXT, "Moment of the end, UTC; NULL while it runs, and after a kill.", null=True),
    _column("outcome", TEXT, "done, budget (something was left for another night), blocked or failed.", null=True),
    _column("requests", INTEGER, "Requests sent."),
    _column("bytes", BIG, "Bytes received."),
    _column("entries", INTEGER, "Entries on its lists."),
    _column("reports", INTEGER, "Sources of reports seen."),
    _column("fresh", INTEGER, "Of these, bytes that no night before had brought."),
    _column("unchanged", INTEGER, "Requests answered 304."),
    _column("failures", INTEGER, "Addresses that could not be had."),
    rowid=False,
)

JUDGEMENT = _table(
    "judgement",
    "What the bytes at an address were judged to be: whose report, for which year, or none.",
    _id(),
    _column(
        "run_id", INTEGER, "The night in which these bytes were first seen there.", to="run.id", ondelete="CASCADE"
    ),
    _column("site", TEXT, "Name of the site in sources.toml."),
    _column("url", TEXT, "Address of the bytes."),
    _column("sha256", TEXT, "SHA-256 of the bytes."),
    _column("verdict", TEXT, "report: page or file that is one; part: belongs to one; not_a_report; unreadable."),
    _column("agency", TEXT, "The agency, as the best witness names it.", null=True),
    _column("agency_by", TEXT, "Who names it: document, page (its source line or title) or sources.", null=True),
    _column("year", INTEGER, "Report year.", null=True),
    _column("title", TEXT, "Title.", null=True),
    _column("published", TEXT, "Day of publication (YYYY-MM-DD).", null=True),
    _column("parent", TEXT, "Address of the page that led here.", null=True),
    _column("reason", TEXT, "Why it is no report, or what could not be read.", null=True),
    UniqueConstraint("url", "sha256"),
    Index(None, "run_id"),
    Index(None, "sha256"),
    Index(None, "site"),
)

ALARM = _table(
    "alarm",
    "What a person should look at after a night: sites that failed, went silent or shrank, reports that vanished.",
    _id(),
    _column("run_id", INTEGER, "The night's run.", to="run.id", ondelete="CASCADE"),
    _column("site", TEXT, "Name of the site in sources.toml."),
    _column("rule", TEXT, "Code of the rule."),
    _column("severity", TEXT, "error: reports may be missing; warning: unexpected; hint: odd."),
    _column("message", TEXT, "The sentence for a person."),
    _column("url", TEXT, "Address concerned.", null=True),
    _column("expected", INTEGER, "What was expected, where it is a number.", null=True),
    _column("actual", INTEGER, "What came.", null=True),
    Index(None, "run_id"),
    Index(None, "site"),
)

INTERNAL = frozenset({"meta", "alembic_version"})
"""Tables that an export leaves out."""
