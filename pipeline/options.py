"""Options that several commands share, and how their values are understood."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Annotated

import typer

from parsers.errors import BadInput
from pipeline import completion
from pipeline.output import Format

if TYPE_CHECKING:
    from db import Store

DEFAULT_DATABASE = "sqlite:///nianbao.db"

Database = Annotated[
    str,
    typer.Option(
        "--db",
        envvar="NIANBAO_DB",
        metavar="URL",
        help="The database: an SQLAlchemy URL, or the path of an SQLite file.",
    ),
]
FormatOption = Annotated[Format, typer.Option("--format", "-f", help="How rows are printed.")]
Agencies = Annotated[
    list[str] | None,
    typer.Option(
        "--agency",
        "-a",
        metavar="NAME",
        help="Only this agency (name, alias, name@place-code), or else all whose name holds the word; may be repeated.",
        autocompletion=completion.agencies,
    ),
]
Rule = Annotated[
    str | None,
    typer.Option("--rule", "-r", help="Only this rule (req.row_sum).", autocompletion=completion.rules),
]
Years = Annotated[
    str | None,
    typer.Option("--years", "--year", "-y", metavar="YEARS", help="Report years: 2021, 2019-2024 or 2019,2021."),
]


def database_url(text: str) -> str:
    """An SQLAlchemy URL as it is; anything else is the path of an SQLite file.

    >>> database_url("reports.db"), database_url("postgresql://host/db")
    ('sqlite:///reports.db', 'postgresql://host/db')
    """
    return text if "://" in text else f"sqlite:///{os.path.expanduser(text)}"


def years_of(text: str | None) -> frozenset[int] | None:
    """The years that an option names; None when it is not given. Raises BadInput.

    >>> sorted(years_of("2019-2021,2024"))
    [2019, 2020, 2021, 2024]
    """
    if text is None:
        return None
    years: set[int] = set()
    for part in text.replace("，", ",").split(","):
        match = re.fullmatch(r"\s*(\d{4})\s*(?:[-–:]\s*(\d{4})\s*)?", part)
        if match is None:
            raise BadInput(f"--years {text}: expected a year (2021), a range (2019-2024) or several with commas")
        first = int(match[1])
        years.update(range(first, int(match[2] or first) + 1))
    if not years:
        raise BadInput(f"--years {text}: the range is empty; the earlier year comes first")
    return frozenset(years)


def open_store(database: str) -> Store:
    """The store at a URL or path, for reading. Raises BadInput when there is no such SQLite file."""
    url = database_url(database)
    path = url.removeprefix("sqlite:///") if url.startswith("sqlite:///") else ""
    if path and not os.path.exists(path):
        raise BadInput(
            f"{path}: no such database; make one with: nianbao ingest FOLDER --db {path} (or set NIANBAO_DB)"
        )
    from db import Store

    return Store.open_readonly(url)
