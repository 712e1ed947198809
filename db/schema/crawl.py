"""What was fetched from sites, and what was made of it."""

from __future__ import annotations

from sqlalchemy import (
    Index,
    UniqueConstraint,
)

from db.schema.table import column, numbered, table
from db.types import BIG, INTEGER, REAL_NUMBER, TEXT

FETCH = table(
    "fetch",
    "The crawler's log: one row an address asked for in a night (retries are counted, not repeated). Bytes are found in "
    "the archive by their SHA-256, in source by the same once they were ingested.",
    numbered(),
    column("run_id", INTEGER, "The night's run.", to="run.id", ondelete="CASCADE"),
    column("site", TEXT, "Name of the site in sources.toml."),
    column("kind", TEXT, "robots, list, article or attachment: what it was asked for as."),
    column("url", TEXT, "Address asked for."),
    column("form", TEXT, "Body of a POST; NULL for a GET.", null=True),
    column("moment", TEXT, "Moment of the request, UTC."),
    column("status", INTEGER, "HTTP status; NULL when there was no answer.", null=True),
    column(
        "failure",
        TEXT,
        "Why there is no content: not_found, firewall, rate_limited, server_error, tls, timeout, connection, dns, "
        "challenge, empty_shell, too_large, damaged, off_site, private_address, robots, robots_unreachable, loop, other.",
        null=True,
    ),
    column("final_url", TEXT, "Address that the answer sent on to (a redirection is a row of its own).", null=True),
    column("media_type", TEXT, "Content type as declared.", null=True),
    column("file_name", TEXT, "Name that the server gave the file.", null=True),
    column("etag", TEXT, "ETag, for the next conditional request.", null=True),
    column("last_modified", TEXT, "Last-Modified, for the next conditional request.", null=True),
    column("size", BIG, "Bytes received after decoding; 0 for an answer that nothing changed.", null=True),
    column("seconds", REAL_NUMBER, "How long it took.", null=True),
    column("tries", INTEGER, "Requests that it took."),
    column("sha256", TEXT, "SHA-256 of the bytes, also where the answer was that nothing changed.", null=True),
    column("title", TEXT, "Title of the page, or the words of the link.", null=True),
    column("published", TEXT, "Day of publication (YYYY-MM-DD) by page or list.", null=True),
    column("publisher", TEXT, "Publisher by the page's source line or the list.", null=True),
    column("parent", TEXT, "Address of the page that led here.", null=True),
    column("entries", INTEGER, "Entries of a list.", null=True),
    column("error", TEXT, "What went wrong, in a sentence.", null=True),
    Index(None, "run_id", "site"),
    Index(None, "url"),
    Index(None, "sha256"),
)
VISIT = table(
    "visit",
    "A site in a night: how it went.",
    column("run_id", INTEGER, "The night's run.", key=True, to="run.id", ondelete="CASCADE"),
    column("site", TEXT, "Name of the site in sources.toml.", key=True),
    column("started", TEXT, "Moment of the start, UTC."),
    column("finished", TEXT, "Moment of the end, UTC; NULL while it runs, and after a kill.", null=True),
    column("outcome", TEXT, "done, budget (something was left for another night), blocked or failed.", null=True),
    column("requests", INTEGER, "Requests sent."),
    column("bytes", BIG, "Bytes received."),
    column("entries", INTEGER, "Entries on its lists."),
    column("reports", INTEGER, "Sources of reports seen."),
    column("fresh", INTEGER, "Of these, bytes that no night before had brought."),
    column("unchanged", INTEGER, "Requests answered 304."),
    column("failures", INTEGER, "Addresses that could not be had."),
    rowid=False,
)
JUDGEMENT = table(
    "judgement",
    "What the bytes at an address were judged to be: whose report, for which year, or none.",
    numbered(),
    column(
        "run_id", INTEGER, "The night in which these bytes were first seen there.", to="run.id", ondelete="CASCADE"
    ),
    column("site", TEXT, "Name of the site in sources.toml."),
    column("url", TEXT, "Address of the bytes."),
    column("sha256", TEXT, "SHA-256 of the bytes."),
    column("verdict", TEXT, "report: page or file that is one; part: belongs to one; not_a_report; unreadable."),
    column("agency", TEXT, "The agency, as the best witness names it.", null=True),
    column("agency_by", TEXT, "Who names it: document, page (its source line or title) or sources.", null=True),
    column("year", INTEGER, "Report year.", null=True),
    column("title", TEXT, "Title.", null=True),
    column("published", TEXT, "Day of publication (YYYY-MM-DD).", null=True),
    column("parent", TEXT, "Address of the page that led here.", null=True),
    column("reason", TEXT, "Why it is no report, or what could not be read.", null=True),
    UniqueConstraint("url", "sha256"),
    Index(None, "run_id"),
    Index(None, "sha256"),
    Index(None, "site"),
)
ALARM = table(
    "alarm",
    "What a person should look at after a night: sites that failed, went silent or shrank, reports that vanished.",
    numbered(),
    column("run_id", INTEGER, "The night's run.", to="run.id", ondelete="CASCADE"),
    column("site", TEXT, "Name of the site in sources.toml."),
    column("rule", TEXT, "Code of the rule."),
    column("severity", TEXT, "error: reports may be missing; warning: unexpected; hint: odd."),
    column("message", TEXT, "The sentence for a person."),
    column("url", TEXT, "Address concerned.", null=True),
    column("expected", INTEGER, "What was expected, where it is a number.", null=True),
    column("actual", INTEGER, "What came.", null=True),
    Index(None, "run_id"),
    Index(None, "site"),
)
