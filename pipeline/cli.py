"""The command line. Each verb is a thin module of :mod:`pipeline.commands` over a function that scripts can use too.

Only what ``--help`` needs is imported here; a command imports what it works with when it runs.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from typing import Annotated, Any

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
from pipeline.extras import extra_of
from pipeline.shown.output import say

USAGE_ERROR: type[Exception] = typer.BadParameter.__mro__[1]
"""Every error of usage; typer gives no name to it."""
_NUMBERS = {"a valid int range": "a whole number", "a valid float range": "a number", "a valid int": "a whole number"}
"""What programmers call numbers, and what everybody does."""

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
        status = _status([argument for argument in arguments if argument != "--debug"])
        sys.stdout.flush()  # what cannot be printed shows here, while it can be told
        return status
    except BrokenPipeError:  # the reader has gone: say nothing more
        _print_no_more()
        return 1
    except Exception as error:
        if isinstance(error, OSError) and error.filename is None:
            _print_no_more()
        if debug:
            traceback.print_exception(error)
        say(f"nianbao: {_sentence(error)}")
        return 2 if isinstance(error, BadInput) else 1


def _status(arguments: list[str]) -> int:
    """The exit status of a command line that raised no error."""
    try:
        status = app(arguments, prog_name="nianbao", standalone_mode=False)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except USAGE_ERROR as error:
        return _tell_usage(error)
    return status if isinstance(status, int) else 0


def _tell_usage(error: Any) -> int:
    """Says what is wrong with a command line and where to look, or gives the whole help where nothing was asked; the status
    for that."""
    said: str = error.format_message().rstrip(".")
    if "\n" not in said:
        path = error.ctx.command_path if error.ctx is not None else "nianbao"
        for theirs, ours in _NUMBERS.items():
            said = said.replace(theirs, ours)
        said = f"nianbao: {said} ({path} --help)"
    say(said)
    return 2


def _sentence(error: Exception) -> str:
    """What a person is told of an error."""
    if isinstance(error, NianbaoError):
        return str(error)
    if isinstance(error, ModuleNotFoundError) and (extra := extra_of(error.name or "")):
        return f"this needs {error.name}, which is not installed: pip install 'nianbao[{extra}]'"
    if isinstance(error, UnicodeEncodeError):
        return f"the output is written in {error.encoding}, which lacks {error.object[error.start]}; run again with PYTHONUTF8=1 set"
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename or 'the output'}: {error.strerror}; mend that and run the command again"
    return f"unexpected {type(error).__name__}: {error}; run again with --debug and report it, please"


def _print_no_more() -> None:
    """Standard output goes nowhere from here on, so that nothing fails there again when Python ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def main() -> None:
    """The entry point of the command ``nianbao``."""
    sys.exit(run(sys.argv[1:]))
