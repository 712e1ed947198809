"""The data dictionary, made from the schema: ``python -m db.dictionary`` writes ``docs/data-dictionary.md``."""

from __future__ import annotations

import re
import sys
from importlib.resources import files
from pathlib import Path

from sqlalchemy import Column, Table
from sqlalchemy.dialects import sqlite

from db.schema import METADATA
from db.types import Figure
from db.views import View, all_views

TARGET = Path(__file__).parent.parent / "docs" / "data-dictionary.md"


def markdown() -> str:
    """The whole page."""
    parts = [files(__package__).joinpath("dictionary.md").read_text(encoding="utf-8").strip()]
    parts += ["## Views", *(_view(view) for view in all_views())]
    parts += ["## Tables", *(_table(table) for table in METADATA.tables.values())]
    return "\n\n".join(parts) + "\n"


def _view(view: View) -> str:
    rows = [f"| `{name}` | {_cell(meaning)} |" for name, meaning in view.columns.items()]
    return "\n".join([f"### `{view.name}`", "", view.comment, "", "| column | meaning |", "| --- | --- |", *rows])


def _table(table: Table) -> str:
    rows = [f"| `{c.name}` | {_type(c)} | {_key(c)} | {_cell(c.comment or '')} |" for c in table.columns]
    header = ["| column | type | key | meaning |", "| --- | --- | --- | --- |"]
    return "\n".join([f"### `{table.name}`", "", table.comment or "", "", *header, *rows])


def _type(column: Column[object]) -> str:
    name = "number" if isinstance(column.type, Figure) else column.type.compile(dialect=sqlite.dialect()).lower()
    return f"{name}, may be NULL" if column.nullable else name


def _key(column: Column[object]) -> str:
    references = [f"→ `{key.target_fullname}`" for key in column.foreign_keys]
    return " ".join(["primary"] * column.primary_key + sorted(references))


def _cell(text: str) -> str:
    return re.sub(r"\s+", " ", text).replace("|", "\\|")


def main() -> None:
    """Writes the page."""
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(markdown(), encoding="utf-8")
    sys.stdout.write(f"{TARGET}\n")


if __name__ == "__main__":
    main()
