"""What a query was likely to mean: names of the schema that are near one that is not in it, signs that SQL does not know; and
names of its own columns."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from functools import cache

from db.schema import INTERNAL, METADATA
from db.views import all_views

_NO_TABLE = re.compile(r'no such table: (?:main\.)?(\S+)|relation "([^"]+)" does not exist')
_NO_COLUMN = re.compile(r'no such column: (\S+)|column "?([^" ]+)"? does not exist')
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_SHOW = re.compile(r"\s*(show|describe|desc)\b", re.IGNORECASE)
MOST = 3


def suggestion(message: str, sql: str) -> str:
    """What to say behind a database's message about a table or column that is not there; empty for any other message.

    A column is looked for in the tables and views that the query names, then in all others. Who writes Chinese types its
    signs by mistake, which SQL takes for letters.
    """
    if sign := next((sign for sign in _QUOTED.sub("", sql) if _typed_for(sign)), None):
        return f"; {sign} is no sign of SQL, type {_typed_for(sign)}"
    if _SHOW.match(sql):
        return "; what there is: SELECT type, name FROM sqlite_master, and docs/data-dictionary.md"
    if (missing := _name(_NO_TABLE, message)) is not None:
        return _said(near(missing, _columns()), "tables and views: docs/data-dictionary.md")
    if (missing := _name(_NO_COLUMN, message)) is None:
        return ""
    if not missing.isascii():
        return f"; a text stands between single quotes: '{missing}'"
    named = [name for name in _columns() if re.search(rf"\b{name}\b", sql)]
    here = dict.fromkeys(column for name in named for column in _columns()[name])
    if found := near(missing, here):
        return _said(found, "")
    elsewhere = [
        f"{column} in {name}" for name, columns in _columns().items() for column in near(missing, columns, 0.8)
    ]
    all_here = "; ".join(f"{name} has {', '.join(_columns()[name])}" for name in named)
    return _said(elsewhere[:MOST], all_here)


def near(missing: str, names: Iterable[str], least: float = 0.65) -> list[str]:
    """The names that look like one that is missing, the nearest first; those that begin like it, or that it is a part of, too.

    >>> near("granted_partly", ["granted", "granted_in_part", "year"])
    ['granted_in_part', 'granted']
    """
    folded = missing.lower()
    known = list(names)
    close = get_close_matches(folded, known, n=MOST, cutoff=least)
    parts = [n for n in known if len(folded) > MOST and (folded in n or n.startswith(folded[: MOST + 1]))]
    return list(dict.fromkeys((*close, *parts)))[:MOST]


def _typed_for(sign: str) -> str:
    """The sign of SQL that was meant by one of Chinese writing; empty for every other character.

    >>> _typed_for("，"), _typed_for("‘"), _typed_for(","), _typed_for("年")
    (',', "'", '', '')
    """
    category = unicodedata.category(sign)
    if sign.isascii() or category[0] not in "PS":
        return ""
    if category in ("Pi", "Pf"):
        return "'"
    plain = unicodedata.normalize("NFKC", sign)
    return plain if plain.isascii() else ""


def told_apart(names: Sequence[str]) -> list[str]:
    """Column names of which none is there twice: the second of a name gets ``_2``, and so on.

    >>> told_apart(["a", "a", "b", "a"])
    ['a', 'a_2', 'b', 'a_3']
    """
    given: list[str] = []
    for name in names:
        free = name
        number = 1
        while free in given or (free != name and free in names):
            number += 1
            free = f"{name}_{number}"
        given.append(free)
    return given


def _name(pattern: re.Pattern[str], message: str) -> str | None:
    found = pattern.search(message)
    return None if found is None else next(part for part in found.groups() if part).rpartition(".")[2]


def _said(names: Sequence[str], otherwise: str) -> str:
    if names:
        return f"; did you mean {' or '.join(names)}?"
    return f" ({otherwise})" if otherwise else ""


@cache
def _columns() -> Mapping[str, Sequence[str]]:
    """The columns of every view and table that people query, by its name; views first."""
    tables = {name: [column.name for column in table.columns] for name, table in METADATA.tables.items()}
    return {view.name: list(view.columns) for view in all_views()} | {
        name: columns for name, columns in tables.items() if name not in INTERNAL
    }
