# ruff: noqa: E501 (comments of columns stand in one line)
"""The crawler's tables: its log with all that a night after needs, visits, judgements, alarms; a view back to the source."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.types import BIG, INTEGER, REAL_NUMBER, TEXT

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

VIEWS = "c4a282eeafaefc0d"
"""Digest of the views that go with this revision."""


def upgrade() -> None:
    """Makes the tables. The log of the first schema was never written to: it is made anew."""
    op.drop_table("fetch")
    op.create_table(
        "fetch",
        sa.Column("id", INTEGER, nullable=False, comment="Number of the row."),
        sa.Column("run_id", INTEGER, nullable=False, comment="The night's run."),
        sa.Column("site", TEXT, nullable=False, comment="Name of the site in sources.toml."),
        sa.Column(
            "kind", TEXT, nullable=False, comment="robots, list, article or attachment: what it was asked for as."
        ),
        sa.Column("url", TEXT, nullable=False, comment="Address asked for."),
        sa.Column("form", TEXT, nullable=True, comment="Body of a POST; NULL for a GET."),
        sa.Column("moment", TEXT, nullable=False, comment="Moment of the request, UTC."),
        sa.Column("status", INTEGER, nullable=True, comment="HTTP status; NULL when there was no answer."),
        sa.Column(
            "failure",
            TEXT,
            nullable=True,
            comment="Why there is no content: not_found, firewall, rate_limited, server_error, tls, timeout, connection, dns, challenge, empty_shell, too_large, damaged, off_site, private_address, robots, robots_unreachable, loop, other.",
        ),
        sa.Column(
            "final_url",
            TEXT,
            nullable=True,
            comment="Address that the answer sent on to (a redirection is a row of its own).",
        ),
        sa.Column("media_type", TEXT, nullable=True, comment="Content type as declared."),
        sa.Column("file_name", TEXT, nullable=True, comment="Name that the server gave the file."),
        sa.Column("etag", TEXT, nullable=True, comment="ETag, for the next conditional request."),
        sa.Column("last_modified", TEXT, nullable=True, comment="Last-Modified, for the next conditional request."),
        sa.Column(
            "size", BIG, nullable=True, comment="Bytes received after decoding; 0 for an answer that nothing changed."
        ),
        sa.Column("seconds", REAL_NUMBER, nullable=True, comment="How long it took."),
        sa.Column("tries", INTEGER, nullable=False, comment="Requests that it took."),
        sa.Column(
            "sha256",
            TEXT,
            nullable=True,
            comment="SHA-256 of the bytes, also where the answer was that nothing changed.",
        ),
        sa.Column("title", TEXT, nullable=True, comment="Title of the page, or the words of the link."),
        sa.Column("published", TEXT, nullable=True, comment="Day of publication (YYYY-MM-DD) by page or list."),
        sa.Column("publisher", TEXT, nullable=True, comment="Publisher by the page's source line or the list."),
        sa.Column("parent", TEXT, nullable=True, comment="Address of the page that led here."),
        sa.Column("entries", INTEGER, nullable=True, comment="Entries of a list."),
        sa.Column("error", TEXT, nullable=True, comment="What went wrong, in a sentence."),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_fetch_run_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fetch")),
        comment="The crawler's log: one row an address asked for in a night (retries are counted, not repeated). Bytes are found in the archive by their SHA-256, in source by the same once they were ingested.",
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )
    op.create_index(op.f("ix_fetch_run_id_site"), "fetch", ["run_id", "site"], unique=False)
    op.create_index(op.f("ix_fetch_sha256"), "fetch", ["sha256"], unique=False)
    op.create_index(op.f("ix_fetch_url"), "fetch", ["url"], unique=False)
    op.create_table(
        "visit",
        sa.Column("run_id", INTEGER, nullable=False, comment="The night's run."),
        sa.Column("site", TEXT, nullable=False, comment="Name of the site in sources.toml."),
        sa.Column("started", TEXT, nullable=False, comment="Moment of the start, UTC."),
        sa.Column(
            "finished", TEXT, nullable=True, comment="Moment of the end, UTC; NULL while it runs, and after a kill."
        ),
        sa.Column(
            "outcome",
            TEXT,
            nullable=True,
            comment="done, budget (something was left for another night), blocked or failed.",
        ),
        sa.Column("requests", INTEGER, nullable=False, comment="Requests sent."),
        sa.Column("bytes", BIG, nullable=False, comment="Bytes received."),
        sa.Column("entries", INTEGER, nullable=False, comment="Entries on its lists."),
        sa.Column("reports", INTEGER, nullable=False, comment="Sources of reports seen."),
        sa.Column("fresh", INTEGER, nullable=False, comment="Of these, bytes that no night before had brought."),
        sa.Column("unchanged", INTEGER, nullable=False, comment="Requests answered 304."),
        sa.Column("failures", INTEGER, nullable=False, comment="Addresses that could not be had."),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_visit_run_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("run_id", "site", name=op.f("pk_visit")),
        comment="A site in a night: how it went.",
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "judgement",
        sa.Column("id", INTEGER, nullable=False, comment="Number of the row."),
        sa.Column("run_id", INTEGER, nullable=False, comment="The night in which these bytes were first seen there."),
        sa.Column("site", TEXT, nullable=False, comment="Name of the site in sources.toml."),
        sa.Column("url", TEXT, nullable=False, comment="Address of the bytes."),
        sa.Column("sha256", TEXT, nullable=False, comment="SHA-256 of the bytes."),
        sa.Column(
            "verdict",
            TEXT,
            nullable=False,
            comment="report: page or file that is one; part: belongs to one; not_a_report; unreadable.",
        ),
        sa.Column("agency", TEXT, nullable=True, comment="The agency, as the best witness names it."),
        sa.Column(
            "agency_by",
            TEXT,
            nullable=True,
            comment="Who names it: document, page (its source line or title) or sources.",
        ),
        sa.Column("year", INTEGER, nullable=True, comment="Report year."),
        sa.Column("title", TEXT, nullable=True, comment="Title."),
        sa.Column("published", TEXT, nullable=True, comment="Day of publication (YYYY-MM-DD)."),
        sa.Column("parent", TEXT, nullable=True, comment="Address of the page that led here."),
        sa.Column("reason", TEXT, nullable=True, comment="Why it is no report, or what could not be read."),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_judgement_run_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judgement")),
        sa.UniqueConstraint("url", "sha256", name=op.f("uq_judgement_url_sha256")),
        comment="What the bytes at an address were judged to be: whose report, for which year, or none.",
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )
    op.create_index(op.f("ix_judgement_run_id"), "judgement", ["run_id"], unique=False)
    op.create_index(op.f("ix_judgement_sha256"), "judgement", ["sha256"], unique=False)
    op.create_index(op.f("ix_judgement_site"), "judgement", ["site"], unique=False)
    op.create_table(
        "alarm",
        sa.Column("id", INTEGER, nullable=False, comment="Number of the row."),
        sa.Column("run_id", INTEGER, nullable=False, comment="The night's run."),
        sa.Column("site", TEXT, nullable=False, comment="Name of the site in sources.toml."),
        sa.Column("rule", TEXT, nullable=False, comment="Code of the rule."),
        sa.Column(
            "severity", TEXT, nullable=False, comment="error: reports may be missing; warning: unexpected; hint: odd."
        ),
        sa.Column("message", TEXT, nullable=False, comment="The sentence for a person."),
        sa.Column("url", TEXT, nullable=True, comment="Address concerned."),
        sa.Column("expected", INTEGER, nullable=True, comment="What was expected, where it is a number."),
        sa.Column("actual", INTEGER, nullable=True, comment="What came."),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_alarm_run_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alarm")),
        comment="What a person should look at after a night: sites that failed, went silent or shrank, reports that vanished.",
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )
    op.create_index(op.f("ix_alarm_run_id"), "alarm", ["run_id"], unique=False)
    op.create_index(op.f("ix_alarm_site"), "alarm", ["site"], unique=False)
