"""The store: a report goes in as a value and comes out as an equal value, and everything is open to SQL.

::

    with Store.open("sqlite:///nianbao.db") as store:
        run = store.begin_run("ingest reports/", versions)
        store.record(run, RunItem(location="reports/a.pdf", outcome=Outcome.OK, sha256=…, …), report)
        store.finish_run(run)
        stored = store.report("中卫市公安局", 2021)

What one call of :meth:`Store.record` or :meth:`Store.record_all` writes is one transaction. One process writes, any number may read.
``docs/data-dictionary.md`` describes every table, column and view.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db.records import (
    Agency,
    Applied,
    Correction,
    FactFigure,
    FormFigure,
    KnownSource,
    Outcome,
    Recorded,
    ReportEntry,
    Run,
    RunItem,
    SearchHit,
    Seen,
    Settled,
    Standing,
    StoredCorrection,
    StoredFact,
    StoredFinding,
    StoredReport,
    Verdict,
)

if TYPE_CHECKING:
    from db.store import Store


def __getattr__(name: str) -> Any:
    """``Store`` is imported when it is asked for: SQLAlchemy is too slow to load for a command that stores nothing."""
    if name == "Store":
        from db.store import Store

        return Store
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = [
    "Agency",
    "Applied",
    "Correction",
    "FactFigure",
    "FormFigure",
    "KnownSource",
    "Outcome",
    "Recorded",
    "ReportEntry",
    "Run",
    "RunItem",
    "SearchHit",
    "Seen",
    "Settled",
    "Standing",
    "Store",
    "StoredCorrection",
    "StoredFact",
    "StoredFinding",
    "StoredReport",
    "Verdict",
]
