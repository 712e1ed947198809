"""The views, one SQL file each: a comment on the view, a comment on every column, then the SELECT.

::

    -- What a row of the view is.
    --   name: what the column holds
    SELECT …

The SELECTs keep to SQL that SQLite and PostgreSQL share. The files' names begin with a number that gives their
order: a view may use those before it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class View:
    """A view: its name, what a row is, what its columns hold, and its SELECT."""

    name: str
    comment: str
    columns: dict[str, str]
    select: str

    @property
    def create(self) -> str:
        """The statement that makes the view, its columns named as they are documented."""
        names = ", ".join(f'"{name}"' for name in self.columns)
        return f'CREATE VIEW "{self.name}" ({names}) AS\n{self.select}'


@cache
def all_views() -> tuple[View, ...]:
    """Every view of this folder, in the order in which they are made."""
    entries = sorted((e for e in files(__name__).iterdir() if e.name.endswith(".sql")), key=lambda entry: entry.name)
    return tuple(_view(entry.name, entry.read_text(encoding="utf-8")) for entry in entries)


def digest() -> str:
    """What the views are, in a few letters: every revision of the schema names the views that go with it."""
    return hashlib.sha256("\n".join(view.create for view in all_views()).encode()).hexdigest()[:16]


def _view(file_name: str, content: str) -> View:
    comment: list[str] = []
    columns: dict[str, str] = {}
    lines = content.splitlines()
    while lines and lines[0].startswith("--"):
        line = lines.pop(0).removeprefix("--")
        if line.startswith("   "):
            name, _, meaning = line.strip().partition(": ")
            columns[name] = meaning
        else:
            comment.append(line.strip())
    name = file_name.removesuffix(".sql").partition("_")[2]
    return View(name, " ".join(comment), columns, "\n".join(lines).strip())
