"""``nianbao parse``: one file, no database."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from parsers.errors import BadInput


def command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A PDF, HTML, Word, Excel, text or Markdown file.")],
    json: Annotated[bool, typer.Option("--json", help="Print everything that was read, as one JSON object.")] = False,
    full: Annotated[bool, typer.Option("--full", help="Print the forms as `nianbao show` does.")] = False,
    timeout: Annotated[float, typer.Option("--timeout", min=1, help="Seconds that the file may take.")] = 60,
    memory: Annotated[int, typer.Option("--memory", min=512, help="Megabytes that the file may take.")] = 4096,
) -> None:
    """Read one file, without a database.

    A summary for people, or with --json everything that was read.

    \b
    Examples:
      nianbao parse 年报.pdf
      nianbao parse 年报.pdf --json > 年报.json
    """
    if not file.is_file():
        raise BadInput(f"{file}: {'a folder; use nianbao ingest' if file.is_dir() else 'no such file'}")
    from pipeline.reading import parse_within
    from pipeline.workers import Limits

    try:
        content = file.read_bytes()
    except OSError as error:
        raise BadInput(f"{file}: cannot be opened ({error.strerror}); check the path and its permissions") from error
    report = parse_within(content, file, Limits(timeout, memory * 2**20))
    if json:
        from json import dump

        dump(report.to_json(), sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
        return
    from pipeline.layout import print_report, print_summary

    (print_report if full else print_summary)(report, sys.stdout)
