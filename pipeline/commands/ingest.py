"""``nianbao ingest``: files, folders and archives into the database."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.database import DEFAULT_DATABASE, database_url
from pipeline.options import Database
from pipeline.shown.output import counted, print_rows, print_title, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db import Outcome
    from pipeline.ingest.beside import PassedOver
    from pipeline.ingest.corrections import CorrectionFile
    from pipeline.ingest.summary import Summary

MOST_SHOWN = 20
"""Failed files shown with their reasons; the rest are rows of file_outcome, one query away."""
NO_REPORTS = "passed over (page of a site, no report)"


def command(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH...", help="Files, folders, .zip or .rar archives or globs.")
    ],
    db: Database = DEFAULT_DATABASE,
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", "-j", min=1, help="Worker processes; as many as processors when not given."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Read unchanged files again as well.")] = False,
    stale: Annotated[bool, typer.Option("--stale", help="Read again what another version of nianbao read.")] = False,
    corrections: Annotated[
        list[str] | None,
        typer.Option(
            "--corrections", metavar="FILE", help="Corrections to apply, besides each corrections.csv that is found."
        ),
    ] = None,
    timeout: Annotated[float, typer.Option("--timeout", min=1, help="Seconds that one file may take.")] = 60,
    memory: Annotated[int, typer.Option("--memory", min=512, help="Megabytes that one file may take.")] = 4096,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="No progress bar, and no summary when all is well.")
    ] = False,
) -> None:
    """Read reports into the database.

    Every figure is stored with its evidence, every file with its outcome. Files that have not
    changed since the last time are skipped. A run may be stopped or killed at any moment: the same command goes on
    from there. A manifest.csv beside the files (columns file, agency, year, scope) wins over what is read in them.
    A corrections.csv beside them says what people saw in single cells (nianbao review); it is shown beside what is read.

    \b
    Examples:
      nianbao ingest reports/
      nianbao ingest 2021.zip 'downloads/**/*.pdf' --db reports.db --jobs 4
      nianbao ingest reports/ --stale
    """
    from pipeline.ingest.discover import check_paths
    from pipeline.ingest.unchanged import unchanged

    check_paths(paths)
    given = _read(corrections) if corrections else ()
    nothing_new = None if force or stale or given else unchanged(database_url(db), paths)
    if nothing_new is not None:
        if not quiet or nothing_new.failed_before:
            counts = [("unchanged", nothing_new.files), (NO_REPORTS, nothing_new.no_reports)]
            print_counts(counts, nothing_new.passed_over)
            print_unchanged(nothing_new.failed_before, nothing_new.of_another_version)
            print_failed(nothing_new.failed)
        raise typer.Exit(1 if nothing_new.failed_before else 0)
    from db import Store
    from pipeline.ingest.progress import progress_of
    from pipeline.ingest.run import Options, ingest
    from pipeline.ingest.workers import Limits, processors

    limits = Limits(timeout, memory * 2**20)
    with Store.open(database_url(db)) as store, progress_of(paths, quiet=quiet) as told:
        options = Options(jobs or processors(), force=force, stale=stale, limits=limits, corrections=given)
        summary = ingest(store, paths, options, command=shlex.join(["ingest", *paths]), told=told)
    if not (quiet and summary.is_clean):
        print_summary(summary)
    if summary.interrupted:
        say(f"Stopped; everything read so far is stored. To go on: {_again()}")
        raise typer.Exit(1)
    raise typer.Exit(0 if summary.is_clean else 1)


def _read(corrections: list[str]) -> tuple[CorrectionFile, ...]:
    from pipeline.ingest.corrections import read_file

    return tuple(read_file(Path(path)) for path in corrections)


def print_counts(counts: list[tuple[str, int]], passed_over: PassedOver, *, interrupted: bool = False) -> None:
    """Files by what became of them."""
    found = [(outcome, count) for outcome, count in counts if count]
    others = [("passed over (no document)", passed_over.files)] if passed_over.files else []
    if not found and interrupted:
        say("Interrupted before the first file was read.")
    elif not found:
        say(
            "No document was found there: nianbao reads PDF, HTML, Word, WPS, Excel, text, Markdown and archives of them."
        )
    if found or others:
        print_rows(("outcome", "files"), [*found, *others])
    if others:
        more = ", …" if passed_over.files > len(passed_over.first) else ""
        say(f"passed over: {', '.join(passed_over.first)}{more} (give one by its name, and it is read)")


def print_unchanged(failed_before: int, of_another_version: int) -> None:
    """What may be worth to be read again of the files that were skipped."""
    if failed_before:
        say(f"{failed_before} of the unchanged files failed before; --force reads them again")
    if of_another_version:
        say(
            f"{of_another_version} of the unchanged files were read by another version of nianbao; {_again('--stale')} reads them again"
        )


def _again(*options: str) -> str:
    """The command as it was given, with more options."""
    return f"nianbao {shlex.join([*sys.argv[1:], *options])}"


def print_summary(summary: Summary) -> None:
    """What a run did: files by outcome, reports by edition and year, findings, and which files failed."""
    counts = [(outcome.value, count) for outcome, count in sorted(summary.outcomes.items(), key=_by_order)]
    others = [("unchanged", summary.unchanged), (NO_REPORTS, summary.no_reports)]
    print_counts([*counts, *others], summary.passed_over, interrupted=summary.interrupted)
    print_unchanged(summary.failed_before, summary.of_another_version)
    if summary.reports:
        print_title("")
        print_rows(("edition", "year", "reports"), [(*key, count) for key, count in sorted(summary.reports.items())])
    if summary.findings:
        print_title("")
        rows = [(*key, count) for key, count in sorted(summary.findings.items())]
        print_rows(("severity", "whose", "findings"), rows)
    if summary.years_findings:
        say(f"{counted(summary.years_findings, 'finding')} between years (nianbao check)")
    if summary.corrections:
        say(f"{counted(summary.corrections, 'correction')} in force (cell_corrected)")
    for message in summary.refused:
        say(f"corrections not used: {message}")
    if summary.stale:
        names = ", ".join(summary.stale[:MOST_SHOWN]) + (" …" if len(summary.stale) > MOST_SHOWN else "")
        say(f"stale corrections, as the bytes changed: {names} (look again: nianbao review)")
    print_failed(summary.failed)


def print_failed(failed: Sequence[tuple[str, str]]) -> None:
    """Which files failed, now or before, and why."""
    for location, reason in failed[:MOST_SHOWN]:
        say(f"failed: {_placed(reason, location)}")
    if len(failed) > MOST_SHOWN:
        say("… and more: nianbao sql \"SELECT path, reason FROM file_outcome WHERE outcome = 'failed'\"")


def _placed(reason: str, location: str) -> str:
    """The reason with the place that it speaks of: a reader knows a file by its name alone, and many folders hold one of
    that name.

    >>> _placed("年报.pdf: the file is empty", "reports/a/年报.pdf"), _placed("not a PDF", "a.pdf")
    ('reports/a/年报.pdf: the file is empty', 'a.pdf: not a PDF')
    >>> _placed("a/manifest.csv, line 5: no file 1.pdf beside the manifest", "a/manifest.csv#5")
    'a/manifest.csv, line 5: no file 1.pdf beside the manifest'
    """
    beside, _, line = location.rpartition("#")
    if beside and reason.startswith(f"{beside}, line {line}"):
        return reason
    name = location.rpartition("/")[2]
    if reason.startswith(name):
        return location + reason.removeprefix(name)
    return reason if name in reason else f"{location}: {reason}"


def _by_order(entry: tuple[Outcome, int]) -> int:
    """The good first, as the outcomes are declared."""
    return list(type(entry[0])).index(entry[0])
