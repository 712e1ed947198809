"""The store: a report goes in as a value and comes out as an equal value, and everything is open to SQL.

::

    with Store.open("sqlite:///nianbao.db") as store:
        run = store.begin_run("ingest reports/", versions)
        store.record(run, RunItem(location="reports/a.pdf", outcome=Outcome.OK, sha256=…, …), report)
        store.finish_run(run)
        stored = store.report("中卫市公安局", 2021)

What one call of :meth:`Store.record` or :meth:`Store.record_all` writes is one transaction. One process at a time
writes, any number may read.
``docs/data-dictionary.md`` describes every table, column and view.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
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
    from db.store import Store

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


def __getattr__(name: str) -> Any:
    """What the package offers is loaded when it is asked for: a command that stores nothing has no time for SQLAlchemy, nor one
    that finds nothing new for what is stored."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("db.store" if name == "Store" else "db.records"), name)
