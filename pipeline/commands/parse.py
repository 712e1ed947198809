"""``nianbao parse``: one file, no database."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from parsers.errors import BadInput

MOST_NAMED = 5
"""Documents of an archive that a message names."""


def command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A PDF, HTML, Word, Excel, text or Markdown file.")],
    json: Annotated[bool, typer.Option("--json", help="Print everything that was read, as one JSON object.")] = False,
    full: Annotated[bool, typer.Option("--full", help="Print the forms as `nianbao show` does.")] = False,
    timeout: Annotated[float, typer.Option("--timeout", min=1, help="Seconds that the file may take.")] = 60,
    memory: Annotated[int, typer.Option("--memory", min=512, help="Megabytes that the file may take.")] = 4096,
) -> None:
    """Read one file, without a database.

    A summary for people, or with --json everything that was read. An archive is read when it holds one document.

    \b
    Examples:
      nianbao parse 年报.pdf
      nianbao parse 年报.pdf --json > 年报.json
    """
    if not file.is_file():
        other = "neither a file nor a folder" if file.exists() else "no such file"
        raise BadInput(f"{file}: {'a folder; use nianbao ingest' if file.is_dir() else other}")
    from pipeline.ingest.archives import SUFFIXES, is_archive
    from pipeline.ingest.reading import parse_within
    from pipeline.ingest.workers import Limits

    try:
        content, path = (
            _only_document(file)
            if file.suffix.lower() in SUFFIXES and is_archive(file)
            else (file.read_bytes(), file)
        )
    except OSError as error:
        raise BadInput(f"{file}: cannot be opened ({error.strerror}); check the path and its permissions") from error
    report = parse_within(content, path, Limits(timeout, memory * 2**20))
    if json:
        from json import dump

        dump(report.to_json(), sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
        return
    from pipeline.shown.layout import print_report, print_summary

    (print_report if full else print_summary)(report, sys.stdout)


def _only_document(archive: Path) -> tuple[bytes, Path]:
    """The one document of an archive, and what to call it; raises BadInput, naming what there is, when it holds several."""
    from pipeline.ingest.discover import discover

    documents: list[str] = []
    content: bytes | None = None
    for found in discover([str(archive)]):
        documents.append(found.location.rpartition("!/")[2] or found.name)
        if len(documents) == 1:
            if found.problem is not None:
                raise found.problem
            content = found.read() if found.read is not None else None
    if content is None or len(documents) > 1:
        listed = ", ".join(documents[:MOST_NAMED]) + (", …" if len(documents) > MOST_NAMED else "")
        raise BadInput(
            f"{archive}: an archive of {len(documents)} documents ({listed}); nianbao ingest reads them all into a database"
        )
    return content, archive.with_name(documents[0].rpartition("/")[2])
