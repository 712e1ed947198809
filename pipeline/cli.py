"""The command line. Each verb is a thin module of :mod:`pipeline.commands` over a function that scripts can use too.

Only what ``--help`` needs is imported here; a command imports what it works with when it runs.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from parsers.errors import BadInput, NianbaoError
from pipeline.commands import (
    alias,
    check,
    compare,
    export,
    facts,
    indicators,
    ingest,
    nightly,
    parse,
    review,
    scrape,
    search,
    show,
    sources,
    sql,
    status,
)
from pipeline.shown.output import say

app = typer.Typer(
    name="nianbao",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
for verb in (
    ingest,
    parse,
    show,
    sql,
    compare,
    facts,
    search,
    check,
    review,
    alias,
    export,
    indicators,
    scrape,
    nightly,
    status,
):
    app.command(verb.__name__.rpartition(".")[2])(verb.command)
app.add_typer(sources.app, name="sources")


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"nianbao {version('nianbao')}")
        raise typer.Exit


@app.callback()
def options(
    debug: Annotated[
        bool, typer.Option("--debug", help="Show where an error comes from (may stand anywhere).")
    ] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Annual reports on government information disclosure (政府信息公开工作年度报告), read into a database.

    Each command explains itself with an example: nianbao ingest --help

    \b
    Exit status: 0 done · 1 something failed, or was found · 2 wrong usage
    """


def run(arguments: Sequence[str]) -> int:
    """Runs one command line and gives its exit status; errors become one line on standard error."""
    debug = "--debug" in arguments
    try:
        app([argument for argument in arguments if argument != "--debug"], prog_name="nianbao")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except NianbaoError as error:
        if debug:
            raise
        say(f"nianbao: {error}")
        return 2 if isinstance(error, BadInput) else 1
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader has gone: say nothing more
        return 1
    except Exception as error:
        if debug:
            raise
        say(f"nianbao: unexpected {type(error).__name__}: {error}; run again with --debug and report it, please")
        return 1
    return 0


def main() -> None:
    """The entry point of the command ``nianbao``."""
    sys.exit(run(sys.argv[1:]))
