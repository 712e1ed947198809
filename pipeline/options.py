"""Options that several commands share, and how their values are understood."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Annotated

import typer

from parsers.errors import BadInput
from pipeline import completion
from pipeline.shown.output import Format

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
    list[str] | None,
    typer.Option(
        "--years",
        "--year",
        "-y",
        metavar="YEARS",
        help="Report years: 2021, 2019-2024 or 2019,2021; may be repeated.",
    ),
]


def years_of(texts: Iterable[str] | None) -> frozenset[int] | None:
    """The years that an option names; None when it is not given. Raises BadInput.

    >>> sorted(years_of(["2019-2021,2024", "2015"]))
    [2015, 2019, 2020, 2021, 2024]
    """
    if not texts:
        return None
    text = ",".join(texts)
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
