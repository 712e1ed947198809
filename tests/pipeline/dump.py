"""What a database says, as sorted lines a table: for comparing two databases that should say the same."""

from __future__ import annotations

from pathlib import Path

from db import Store

OF_THE_RUN = {"run", "run_item"}
"""Tables that tell when and how long, not what."""
NUMBERS_OF_FINDINGS = {"finding": "id", "finding_place": "finding_id", "finding_detail": "finding_id"}
"""Columns that number the findings, which get new numbers when they are found again."""


def dump(path: Path) -> dict[str, list[str]]:
    """The rows of every table but those of the runs, and of the view that joins findings to their places."""
    with Store.open_readonly(f"sqlite:///{path}") as store:
        names = [name for name in (*store.table_names(), "finding_detail") if name not in OF_THE_RUN]
        return {name: _lines(store, name) for name in names}


def outcomes(path: Path) -> dict[str, str]:
    """What became of the bytes of each location, by its last part."""
    with Store.open_readonly(f"sqlite:///{path}") as store:
        _, rows = store.query(
            "SELECT l.path, coalesce(s.outcome, l.outcome) FROM location AS l LEFT JOIN source AS s ON s.id = l.source_id"
        )
        return {Path(path).name: outcome for path, outcome in rows}


def _lines(store: Store, name: str) -> list[str]:
    columns, rows = store.iter_rows(name)
    left_out = NUMBERS_OF_FINDINGS.get(name)
    return sorted(repr({c: v for c, v in zip(columns, row, strict=True) if c != left_out}) for row in rows)
