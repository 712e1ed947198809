# ruff: noqa: E501 (comments of columns stand in one line)
"""The first schema: every table; the views follow from db/views."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.types import BIG, BLOB, INTEGER, REAL_NUMBER, TEXT, Figure

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

VIEWS = "49e1e3ce2e050e66"
"""Digest of the views that go with this revision."""


def upgrade() -> None:
    """Makes the tables, and says whose database this is."""
    op.create_table(
        "agency",
        sa.Column("id", INTEGER, nullable=False, comment="Number of the row."),
        sa.Column("name", TEXT, nullable=False, comment="Normalised name."),
        sa.Column(
            "place_code",
            TEXT,
            nullable=False,
            comment="Six-digit code of the administrative division; empty where unknown.",
        ),
        sa.Column("province", TEXT, nullable=True, comment="Province, autonomous region or municipality."),
        sa.Column("city", TEXT, nullable=True, comment="Prefecture-level city."),
        sa.Column("county", TEXT, nullable=True, comment="County, district or county-level city."),
        sa.Column("level", TEXT, nullable=True, comment="national, province, city, county or township."),
        sa.Column("field", TEXT, nullable=True, comment="Field of work (police, education, …)."),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency")),
        sa.UniqueConstraint("name", "place_code", name=op.f("uq_agency_name_place_code")),
        comment="An agency: a normalised name at a place; with the province and city in front, or without, as its first report has it. Two agencies of one name in two places are two rows; so is the name with an unknown place, because to put it with one of the others would be a guess. An alias joins them.",
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )
    op.create_table(
        "formula",
        sa.Column("key", TEXT, nullable=False, comment="Name of the derived indicator."),
        sa.Column("chinese", TEXT, nullable=False, comment="Name in Chinese."),
        sa.Column("english", TEXT, nullable=False, comment="What it says, in English."),
        sa.Column("is_ratio", INTEGER, nullable=False, comment="1: numerator / denominator; 0: the numerator alone."),
        sa.Column("position", INTEGER, nullable=False, comment="Order for display."),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_formula")),
        comment="Derived indicators: numerator over denominator, or an amount.",
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "indicator",
        sa.Column(
            "id", INTEGER, autoincrement=False, nullable=False, comment="Number of the indicator, made from its key."
        ),
        sa.Column("key", TEXT, nullable=False, comment="table/row/column."),
        sa.Column("table_key", TEXT, nullable=False, comment="Table of the form."),
        sa.Column("row_key", TEXT, nullable=False, comment="Row."),
        sa.Column("column_key", TEXT, nullable=False, comment="Column."),
        sa.Column(
            "row_label", TEXT, nullable=False, comment="Official labels of the row, from the outermost group inwards."
        ),
        sa.Column("column_label", TEXT, nullable=False, comment="Official labels of the column."),
        sa.Column("english", TEXT, nullable=False, comment="Row and column in English."),
        sa.Column("unit", TEXT, nullable=True, comment="Unit of the form; fixed for ever, as cells refer to it."),
        sa.Column(
            "kind", TEXT, nullable=True, comment="flow: happened in the year; stock: stands at its end; change."
        ),
        sa.Column("position", INTEGER, nullable=False, comment="Order for display."),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator")),
        sa.UniqueConstraint("key", name=op.f("uq_indicator_key")),
        sa.UniqueConstraint(
            "table_key", "row_key", "column_key", name=op.f("uq_indicator_table_key_row_key_column_key")
        ),
        comment="The dictionary: one row a quantity, the same in every edition that asks for it. The number follows from the key, so it is the same in every database and never changes.",
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )
    op.create_table(
        "meta",
        sa.Column(
            "name",
            TEXT,
            nullable=False,
            comment="application: whose database this is; dictionary: digest of the indicator dictionary stored.",
        ),
        sa.Column("value", TEXT, nullable=False, comment="The value."),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_meta")),
        comment="What the program notes about the database itself.",
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "version_set",
        sa.Column("id", INTEGER, nullable=False, comment="Number of the row."),
        sa.Column("reader", TEXT, nullable=False, comment="Version of the readers."),
        sa.Column("forms", TEXT, nullable=False, comment="Version of the form files."),
        sa.Column("lexicon", TEXT, nullable=False, comment="Version of the lexicon of the prose."),
        sa.Column("rules", TEXT, nullable=False, comment="Version of the checks."),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_version_set")),
        sa.UniqueConstraint(
            "reader", "forms", "lexicon", "rules", name=op.f("uq_version_set_reader_forms_lexicon_rules")
        ),
        comment="The versions of the program's parts that made a reading. A reading is stale when they differ from today's.",
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )
    op.create_table(
        "agency_alias",
        sa.Column("alias", TEXT, nullable=False, comment="The other name."),
        sa.Column("place_code", TEXT, nullable=False, comment="Only for reports of this division; empty: for all."),
        sa.Column("agency_id", INTEGER, nullable=False, comment="The agency meant."),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name=op.f("fk_agency_alias_agency_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("alias", "place_code", name=op.f("pk_agency_alias")),
        comment="Other normalised names under which an agency's reports appear.",
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_agency_alias_agency_id"), "agency_alias", ["agency_id"], unique=False)
    op.create_table(
        "formula_term",
        sa.Column("formula_key", TEXT, nullable=False, comment="The derived indicator."),
        sa.Column("side", TEXT, nullable=False, comment="numerator or denominator."),
        sa.Column("indicator_id", INTEGER, nullable=False, comment="A quantity that is printed."),
        sa.Column("weight", INTEGER, nullable=False, comment="1: added; -1: taken away."),
        sa.ForeignKeyConstraint(
            ["formula_key"], ["formula.key"], name=op.f("fk_formula_term_formula_key"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name=op.f("fk_formula_term_indicator_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("formula_key", "side", "indicator_id", name=op.f("pk_formula_term")),
        comment="What the numerator and the denominator of a derived indicator are the sums of.",
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_formula_term_indicator_id"), "formula_term", ["indicator_id"], unique=False)
    op.create_table(
        "indicator_edition",
        sa.Column("edition", TEXT, nullable=False, comment="Edition of the form."),
        sa.Column("indicator_id", INTEGER, nullable=False, comment="The quantity."),
        sa.Column("summed", INTEGER, nullable=False, comment="0: printed; 1: not printed, the sum of its terms."),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name=op.f("fk_indicator_edition_indicator_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("edition", "indicator_id", name=op.f("pk_indicator_edition")),
        comment="In which editions a quantity is printed, and in which it is the sum of others.",
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_indicator_edition_indicator_id"), "indicator_edition", ["indicator_id"], unique=False)
    op.create_table(
        "indicator_term",
        sa.Column("indicator_id", INTEGER, nullable=False, comment="The sum."),
        sa.Column("term_id", INTEGER, nullable=False, comment="One of its terms."),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name=op.f("fk_indicator_term_indicator_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["term_id"], ["indicator.id"], name=op.f("fk_indicator_term_term_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("indicator_id", "term_id", name=op.f("pk_indicator_term")),
        comment="What a quantity that is not printed is the sum of (terms that an edition lacks are left out).",
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_indicator_term_term_id"), "indicator_term", ["term_id"], unique=False)
    op.create_table(
        "run",
        sa.Column("id", INTEGER, nullable=False, comment="Number of the row."),
        sa.Column("command", TEXT, nullable=False, comment="The command as it was given."),
        sa.Column("started", TEXT, nullable=False, comment="Moment of the start, UTC."),
        sa.Column(
            "finished",
            TEXT,
            nullable=True,
            comment="Moment of the end, UTC; NULL while it runs, and after it was killed.",
        ),
        sa.Column("interrupted", INTEGER, nullable=False, comment="1 when a person broke it off."),
        sa.Column("skipped", INTEGER, nullable=False, comment="Files that were unchanged and have no item."),
        sa.Column("version_set_id", INTEGER, nullable=False, comment="Versions of the program."),
        sa.ForeignKeyConstraint(
            ["version_set_id"], ["version_set.id"], name=op.f("fk_run_version_set_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run")),
        comment="One run of a command that writes.",
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )
    op.create_table(
        "source",
        sa.Column("id", INTEGER, nullable=False, comment="Number of the row."),
        sa.Column("sha256", TEXT, nullable=False, comment="SHA-256 of the bytes, in hexadecimal."),
        sa.Column("size", BIG, nullable=True, comment="Bytes."),
        sa.Column("name", TEXT, nullable=True, comment="Name of the file that was read, without its folder."),
        sa.Column("media_type", TEXT, nullable=True, comment="What the bytes are, as read."),
        sa.Column("page_count", INTEGER, nullable=True, comment="Pages; 0 in formats without pages."),
        sa.Column(
            "outcome",
            TEXT,
            nullable=False,
            comment="Outcome of the last reading: ok, partial, not_a_report or failed.",
        ),
        sa.Column("version_set_id", INTEGER, nullable=True, comment="Versions of the last reading."),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_source_sha256")),
        sa.ForeignKeyConstraint(
            ["version_set_id"], ["version_set.id"], name=op.f("fk_source_version_set_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
        sa.UniqueConstraint("sha256", name=op.f("uq_source_sha256")),
        comment="A file by its contents: equal bytes are one source, wherever they lie.",
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )
    op.create_table(
        "fetch",
        sa.Column("id", INTEGER, nullable=False, comment="Number of the row."),
        sa.Column("run_id", INTEGER, nullable=False, comment="The run."),
        sa.Column("url", TEXT, nullable=False, comment="Address asked for."),
        sa.Column("moment", TEXT, nullable=False, comment="Moment of the request, UTC."),
        sa.Column("status", INTEGER, nullable=True, comment="HTTP status; NULL when there was no answer."),
        sa.Column("final_url", TEXT, nullable=True, comment="Address after redirections, where it differs."),
        sa.Column("media_type", TEXT, nullable=True, comment="Content type as declared."),
        sa.Column("etag", TEXT, nullable=True, comment="ETag, for the next conditional request."),
        sa.Column("last_modified", TEXT, nullable=True, comment="Last-Modified, for the next conditional request."),
        sa.Column("size", BIG, nullable=True, comment="Bytes received."),
        sa.Column("seconds", REAL_NUMBER, nullable=True, comment="How long it took."),
        sa.Column("source_id", INTEGER, nullable=True, comment="The bytes, where they were kept."),
        sa.Column("error", TEXT, nullable=True, comment="Why there was no answer."),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_fetch_run_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_fetch_source_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fetch")),
        comment="The crawler's log: one row a request.",
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )
    op.create_index(op.f("ix_fetch_run_id"), "fetch", ["run_id"], unique=False)
    op.create_index(op.f("ix_fetch_source_id"), "fetch", ["source_id"], unique=False)
    op.create_index(op.f("ix_fetch_url"), "fetch", ["url"], unique=False)
    op.create_table(
        "report",
        sa.Column("id", INTEGER, nullable=False, comment="Number of the row."),
        sa.Column("source_id", INTEGER, nullable=False, comment="The file that it was read from."),
        sa.Column("agency_id", INTEGER, nullable=True, comment="The agency; NULL where the document names none."),
        sa.Column("year", INTEGER, nullable=True, comment="Report year: the year that the figures are for."),
        sa.Column(
            "scope",
            TEXT,
            nullable=False,
            comment="agency: the body's own figures; area: those of all bodies that it governs. Never add them up.",
        ),
        sa.Column("edition", TEXT, nullable=True, comment="Edition of the statutory form."),
        sa.Column("title", TEXT, nullable=True, comment="Title as printed."),
        sa.Column(
            "version",
            INTEGER,
            nullable=False,
            comment="Place in the order of the reports of one agency, year and scope, from 1; the last is current.",
        ),
        sa.Column(
            "is_current",
            INTEGER,
            nullable=False,
            comment="1 for the report to use; 0 for one that another replaces, or that was retracted.",
        ),
        sa.Column(
            "retracted",
            INTEGER,
            nullable=False,
            comment="1 when a later reading of the same bytes found that they are no report.",
        ),
        sa.Column(
            "corrected", INTEGER, nullable=False, comment="1 when the title says that it is a corrected edition."
        ),
        sa.Column(
            "published", TEXT, nullable=True, comment="Day of publication (YYYY-MM-DD), where the document tells."
        ),
        sa.Column("agency_printed", TEXT, nullable=True, comment="The agency's name as printed."),
        sa.Column(
            "agency_normalised", TEXT, nullable=True, comment="The agency's name normalised, before any alias."
        ),
        sa.Column("place_code", TEXT, nullable=True, comment="Six-digit code of the administrative division."),
        sa.Column("province", TEXT, nullable=True, comment="Province as read."),
        sa.Column("city", TEXT, nullable=True, comment="City as read."),
        sa.Column("county", TEXT, nullable=True, comment="County as read."),
        sa.Column("level", TEXT, nullable=True, comment="Level as read."),
        sa.Column("field", TEXT, nullable=True, comment="Field of work as read."),
        sa.Column("cells_read", INTEGER, nullable=False, comment="Cells that are number, blank or dash."),
        sa.Column("cell_count", INTEGER, nullable=False, comment="Cells of the form."),
        sa.Column("errors", INTEGER, nullable=False, comment="Findings of severity error in the report itself."),
        sa.Column("doubts", INTEGER, nullable=False, comment="Findings about our own reading, hints left aside."),
        sa.Column("reader", TEXT, nullable=False, comment="The reader that read it."),
        sa.Column("version_set_id", INTEGER, nullable=False, comment="Versions that made the reading."),
        sa.CheckConstraint("scope IN ('agency', 'area')", name=op.f("ck_report_scope")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_report_agency_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_report_source_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["version_set_id"], ["version_set.id"], name=op.f("fk_report_version_set_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sa.UniqueConstraint("source_id", name=op.f("uq_report_source_id")),
        comment="A report as read from one source. Of the reports of an agency, year and scope exactly one is current.",
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )
    op.create_index(
        op.f("ix_report_agency_id_year_scope_version"),
        "report",
        ["agency_id", "year", "scope", "version"],
        unique=False,
    )
    op.create_index(op.f("ix_report_agency_normalised"), "report", ["agency_normalised"], unique=False)
    op.create_index(
        "ix_report_one_current",
        "report",
        ["agency_id", "year", "scope"],
        unique=True,
        sqlite_where=sa.text("is_current = 1"),
        postgresql_where=sa.text("is_current = 1"),
    )
    op.create_index(op.f("ix_report_year"), "report", ["year"], unique=False)
    op.create_table(
        "cell",
        sa.Column("report_id", INTEGER, nullable=False, comment="The report."),
        sa.Column("indicator_id", INTEGER, nullable=False, comment="The quantity."),
        sa.Column(
            "state",
            INTEGER,
            nullable=False,
            comment="0 number, 1 blank, 2 dash, 3 unreadable, 4 absent (the document has no such row or column).",
        ),
        sa.Column(
            "value",
            Figure(),
            nullable=True,
            comment="The figure as printed, in the unit; NULL in every state but number: a blank is not a 0.",
        ),
        sa.Column(
            "raw",
            TEXT,
            nullable=True,
            comment="What is printed, where it is not the plain value (number), nothing (blank, unreadable, absent) or / (dash).",
        ),
        sa.Column("unit", TEXT, nullable=True, comment="Unit, where it is not the indicator's; empty: unknown."),
        sa.CheckConstraint("state BETWEEN 0 AND 4 AND (state = 0) = (value IS NOT NULL)", name=op.f("ck_cell_value")),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name=op.f("fk_cell_indicator_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_cell_report_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report_id", "indicator_id", name=op.f("pk_cell")),
        comment="The figures of the statutory forms: every cell of the edition's form, also those without a figure.",
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "finding",
        sa.Column("id", INTEGER, nullable=False, comment="Number of the row."),
        sa.Column("report_id", INTEGER, nullable=False, comment="The report."),
        sa.Column(
            "origin",
            TEXT,
            nullable=False,
            comment="report: found in the report alone; store: by comparing it with others.",
        ),
        sa.Column(
            "position", INTEGER, nullable=False, comment="Place among the report's findings of this origin, from 0."
        ),
        sa.Column("rule", TEXT, nullable=False, comment="Code of the rule."),
        sa.Column(
            "severity", TEXT, nullable=False, comment="error: a contradiction; warning: unexpected; hint: odd."
        ),
        sa.Column(
            "whose", TEXT, nullable=False, comment="agency: the page really says so; reading: we may have misread it."
        ),
        sa.Column("message", TEXT, nullable=False, comment="The sentence for a person."),
        sa.Column("expected", Figure(), nullable=True, comment="What the rule asks for."),
        sa.Column("actual", Figure(), nullable=True, comment="What is there."),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_finding_report_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
        sa.UniqueConstraint("report_id", "origin", "position", name=op.f("uq_finding_report_id_origin_position")),
        comment="What a person should look at.",
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )
    op.create_index(op.f("ix_finding_rule"), "finding", ["rule"], unique=False)
    op.create_table(
        "location",
        sa.Column("id", INTEGER, nullable=False, comment="Number of the row."),
        sa.Column("path", TEXT, nullable=False, comment="Path, archive and member, or address."),
        sa.Column("size", BIG, nullable=True, comment="Bytes."),
        sa.Column("mtime_ns", BIG, nullable=True, comment="Time of the last change, nanoseconds since 1970."),
        sa.Column(
            "source_id",
            INTEGER,
            nullable=True,
            comment="The bytes found there last; NULL when they could not be read.",
        ),
        sa.Column("report_id", INTEGER, nullable=True, comment="The report found there last."),
        sa.Column("outcome", TEXT, nullable=False, comment="Outcome of the last visit."),
        sa.Column("version_set_id", INTEGER, nullable=True, comment="Versions of the last visit."),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name=op.f("fk_location_report_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["source.id"], name=op.f("fk_location_source_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["version_set_id"], ["version_set.id"], name=op.f("fk_location_version_set_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_location")),
        sa.UniqueConstraint("path", name=op.f("uq_location_path")),
        comment="A place where a file was found; unchanged size and time let the next run skip it.",
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )
    op.create_index(op.f("ix_location_report_id"), "location", ["report_id"], unique=False)
    op.create_index(op.f("ix_location_source_id"), "location", ["source_id"], unique=False)
    op.create_table(
        "note",
        sa.Column("report_id", INTEGER, nullable=False, comment="The report."),
        sa.Column(
            "position",
            INTEGER,
            autoincrement=False,
            nullable=False,
            comment="Place among the report's notes, from 0.",
        ),
        sa.Column("code", TEXT, nullable=False, comment="Stable code (needs_ocr, truncated, …)."),
        sa.Column("message", TEXT, nullable=False, comment="The sentence for a person."),
        sa.Column("page", INTEGER, nullable=True, comment="Page, from 1."),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_note_report_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report_id", "position", name=op.f("pk_note")),
        comment="What the reader saw in the file that may matter to whoever trusts the text.",
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "report_text",
        sa.Column("report_id", INTEGER, nullable=False, comment="The report."),
        sa.Column(
            "body",
            BLOB,
            nullable=False,
            comment="UTF-8, compressed by zlib; nianbao sql has inflate(body), exports hold it as text.",
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name=op.f("fk_report_text_report_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("report_id", name=op.f("pk_report_text")),
        comment="The canonical text that all offsets refer to, once a report.",
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )
    op.create_table(
        "section",
        sa.Column("report_id", INTEGER, nullable=False, comment="The report."),
        sa.Column(
            "position",
            INTEGER,
            autoincrement=False,
            nullable=False,
            comment="Place among the report's sections, from 0.",
        ),
        sa.Column(
            "key",
            TEXT,
            nullable=False,
            comment="preamble, overview, proactive, requests, review_litigation, problems, other or unnamed.",
        ),
        sa.Column("heading", TEXT, nullable=False, comment="Heading as printed, without its number."),
        sa.Column("level", INTEGER, nullable=False, comment="Level of the heading, 1 the highest."),
        sa.Column("start", INTEGER, nullable=False, comment="First character in the canonical text, from 0."),
        sa.Column("length", INTEGER, nullable=False, comment="Number of characters, heading and body."),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_section_report_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report_id", "position", name=op.f("pk_section")),
        comment="Stretches of a report under one heading.",
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sentence",
        sa.Column("report_id", INTEGER, nullable=False, comment="The report."),
        sa.Column(
            "position",
            INTEGER,
            autoincrement=False,
            nullable=False,
            comment="Place among the report's sentences with figures, from 0.",
        ),
        sa.Column("body", TEXT, nullable=False, comment="The sentence."),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_sentence_report_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report_id", "position", name=op.f("pk_sentence")),
        comment="Sentences of the prose that state figures.",
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "witness",
        sa.Column("report_id", INTEGER, nullable=False, comment="The report."),
        sa.Column(
            "position",
            INTEGER,
            autoincrement=False,
            nullable=False,
            comment="Place among the report's witnesses, from 0.",
        ),
        sa.Column("about", TEXT, nullable=False, comment="agency, year, edition or scope."),
        sa.Column("value", TEXT, nullable=False, comment="What it speaks for."),
        sa.Column(
            "source",
            TEXT,
            nullable=False,
            comment="title, period, text, metadata, file_name, labels, notice or manifest.",
        ),
        sa.Column(
            "start",
            INTEGER,
            nullable=True,
            comment="First character in the canonical text; NULL when it stands elsewhere.",
        ),
        sa.Column("length", INTEGER, nullable=True, comment="Number of characters."),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_witness_report_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report_id", "position", name=op.f("pk_witness")),
        comment="Where agency, year, edition and scope of a report were found, the witnesses that disagree included.",
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "cell_evidence",
        sa.Column("report_id", INTEGER, nullable=False, comment="The report."),
        sa.Column("indicator_id", INTEGER, nullable=False, comment="The quantity."),
        sa.Column("start", INTEGER, nullable=False, comment="First character in the canonical text, from 0."),
        sa.Column("length", INTEGER, nullable=False, comment="Number of characters."),
        sa.Column("page", INTEGER, nullable=True, comment="Page, from 1; NULL in formats without pages."),
        sa.Column("x0", INTEGER, nullable=True, comment="Left edge in tenths of a point from the left of the page."),
        sa.Column("y0", INTEGER, nullable=True, comment="Upper edge in tenths of a point from the top of the page."),
        sa.Column("x1", INTEGER, nullable=True, comment="Right edge in tenths of a point."),
        sa.Column("y1", INTEGER, nullable=True, comment="Lower edge in tenths of a point."),
        sa.ForeignKeyConstraint(
            ["report_id", "indicator_id"],
            ["cell.report_id", "cell.indicator_id"],
            name=op.f("fk_cell_evidence_report_id_indicator_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("report_id", "indicator_id", name=op.f("pk_cell_evidence")),
        comment="Where each cell was read.",
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "fact",
        sa.Column("report_id", INTEGER, nullable=False, comment="The report."),
        sa.Column(
            "position",
            INTEGER,
            autoincrement=False,
            nullable=False,
            comment="Place among the report's facts, from 0.",
        ),
        sa.Column("metric", TEXT, nullable=False, comment="What is counted."),
        sa.Column("channel", TEXT, nullable=True, comment="Where it was published or counted."),
        sa.Column("subject", TEXT, nullable=True, comment="The report's own phrase, where it narrows the metric."),
        sa.Column("value", Figure(), nullable=False, comment="The figure, 万 and 亿 multiplied out."),
        sa.Column("unit", TEXT, nullable=False, comment="Measure word."),
        sa.Column("bound", TEXT, nullable=False, comment="exact, about, over or under."),
        sa.Column("kind", TEXT, nullable=False, comment="flow, stock, cumulative, change or rate."),
        sa.Column("role", TEXT, nullable=False, comment="level, from, to, delta, yoy or share."),
        sa.Column("year", INTEGER, nullable=False, comment="Year that the figure is for."),
        sa.Column("part_of", INTEGER, nullable=True, comment="Position of the fact that this one is a part of."),
        sa.Column("surface", TEXT, nullable=False, comment="The figure as printed."),
        sa.Column(
            "start", INTEGER, nullable=False, comment="First character of the figure in the canonical text, from 0."
        ),
        sa.Column("length", INTEGER, nullable=False, comment="Number of characters."),
        sa.Column("section", TEXT, nullable=True, comment="Heading that it stands under."),
        sa.Column(
            "sentence", INTEGER, nullable=True, comment="Position of its sentence in sentence; NULL: not kept."
        ),
        sa.Column("page", INTEGER, nullable=True, comment="Page, from 1; NULL in formats without pages."),
        sa.Column("x0", INTEGER, nullable=True, comment="Left edge in tenths of a point from the left of the page."),
        sa.Column("y0", INTEGER, nullable=True, comment="Upper edge in tenths of a point from the top of the page."),
        sa.Column("x1", INTEGER, nullable=True, comment="Right edge in tenths of a point."),
        sa.Column("y1", INTEGER, nullable=True, comment="Lower edge in tenths of a point."),
        sa.ForeignKeyConstraint(
            ["report_id", "sentence"],
            ["sentence.report_id", "sentence.position"],
            name=op.f("fk_fact_report_id_sentence"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_fact_report_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report_id", "position", name=op.f("pk_fact")),
        comment="The figures of the prose.",
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_fact_metric_channel"), "fact", ["metric", "channel"], unique=False)
    op.create_table(
        "finding_place",
        sa.Column("finding_id", INTEGER, nullable=False, comment="The finding."),
        sa.Column("position", INTEGER, autoincrement=False, nullable=False, comment="Order, from 0."),
        sa.Column("indicator_id", INTEGER, nullable=True, comment="The cell, where it is one of the dictionary's."),
        sa.Column("place", TEXT, nullable=True, comment="Anything else: fact:<position>, a row that no form has, …"),
        sa.CheckConstraint("(indicator_id IS NULL) <> (place IS NULL)", name=op.f("ck_finding_place_one")),
        sa.ForeignKeyConstraint(
            ["finding_id"], ["finding.id"], name=op.f("fk_finding_place_finding_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name=op.f("fk_finding_place_indicator_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("finding_id", "position", name=op.f("pk_finding_place")),
        comment="What a finding is about: cells, or other parts of the report.",
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "run_item",
        sa.Column("id", INTEGER, nullable=False, comment="Number of the row."),
        sa.Column("run_id", INTEGER, nullable=False, comment="The run."),
        sa.Column("location_id", INTEGER, nullable=False, comment="The place."),
        sa.Column("source_id", INTEGER, nullable=True, comment="The bytes; NULL when they could not be read."),
        sa.Column("report_id", INTEGER, nullable=True, comment="The report that it gave or belongs to."),
        sa.Column("outcome", TEXT, nullable=False, comment="ok, partial, not_a_report, duplicate or failed."),
        sa.Column("reason", TEXT, nullable=True, comment="Why, in a sentence."),
        sa.Column("seconds", REAL_NUMBER, nullable=False, comment="How long the reading took."),
        sa.Column("version_set_id", INTEGER, nullable=True, comment="Versions that read it."),
        sa.Column(
            "reread", INTEGER, nullable=False, comment="1 when it replaced an older reading of the same bytes."
        ),
        sa.Column(
            "cells_changed",
            INTEGER,
            nullable=False,
            comment="In how many cells the new reading differs from the older one.",
        ),
        sa.CheckConstraint(
            "outcome IN ('ok', 'partial', 'not_a_report', 'duplicate', 'failed')", name=op.f("ck_run_item_outcome")
        ),
        sa.ForeignKeyConstraint(
            ["location_id"], ["location.id"], name=op.f("fk_run_item_location_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name=op.f("fk_run_item_report_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_run_item_run_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["source_id"], ["source.id"], name=op.f("fk_run_item_source_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["version_set_id"], ["version_set.id"], name=op.f("fk_run_item_version_set_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run_item")),
        comment="What became of a file in a run.",
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )
    op.create_index(op.f("ix_run_item_location_id"), "run_item", ["location_id"], unique=False)
    op.create_index(op.f("ix_run_item_report_id"), "run_item", ["report_id"], unique=False)
    op.create_index(op.f("ix_run_item_run_id"), "run_item", ["run_id"], unique=False)
    op.create_index(op.f("ix_run_item_source_id"), "run_item", ["source_id"], unique=False)
    op.create_table(
        "cell_change",
        sa.Column("run_item_id", INTEGER, nullable=False, comment="The re-reading."),
        sa.Column("indicator_id", INTEGER, nullable=False, comment="The quantity."),
        sa.Column("old_state", INTEGER, nullable=True, comment="State before, as in cell; NULL: no such cell."),
        sa.Column("old_value", Figure(), nullable=True, comment="Value before."),
        sa.Column("new_state", INTEGER, nullable=True, comment="State now; NULL: no such cell."),
        sa.Column("new_value", Figure(), nullable=True, comment="Value now."),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name=op.f("fk_cell_change_indicator_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["run_item_id"], ["run_item.id"], name=op.f("fk_cell_change_run_item_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("run_item_id", "indicator_id", name=op.f("pk_cell_change")),
        comment="Cells that came out otherwise when the same bytes were read again.",
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.execute("INSERT INTO meta (name, value) VALUES ('application', 'nianbao')")
