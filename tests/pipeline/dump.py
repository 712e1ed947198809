"""What a database says, as one text a table: for comparing two databases that should say the same."""

from __future__ import annotations

from pathlib import Path

from db import Store

OF_THE_RUN = {"run", "run_item"}
"""Tables that tell when and how long, not what."""


def dump(path: Path) -> dict[str, list[str]]:
    """The rows of every table but those of the runs, sorted."""
    with Store.open_readonly(f"sqlite:///{path}") as store:
        tables = [name for name in store.table_names() if name not in OF_THE_RUN]
        return {name: sorted(map(repr, store.iter_rows(name)[1])) for name in tables}


def outcomes(path: Path) -> dict[str, str]:
    """The outcome of each location, by its last part."""
    with Store.open_readonly(f"sqlite:///{path}") as store:
        return {Path(location).name: seen.outcome.value for location, seen in store.seen_files().items()}
