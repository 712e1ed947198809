"""``nianbao review``: what is doubtful, worst first, and what people decided about it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from parsers.errors import BadInput
from pipeline.database import DEFAULT_DATABASE, database_url, open_store
from pipeline.options import Agencies, Database, FormatOption, Rule, Years, years_of
from pipeline.shown.output import SIGNS_EXPLAINED, Format, counted, print_block, print_rows, say, shown_reading

if TYPE_CHECKING:
    from db import Store
    from pipeline.review import Doubt
    from pipeline.shown.inline import Inline

COLUMNS: tuple[str, ...] = (
    "agency",
    "year",
    "row",
    "column",
    "read",
    "severity",
    "whose",
    "reason",
    "more",
    "place",
    "file",
)


def command(
    db: Database = DEFAULT_DATABASE,
    agency: Agencies = None,
    years: Years = None,
    rule: Rule = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=0, help="Cells listed at most; 0: all.")] = 50,
    every_cell: Annotated[
        bool,
        typer.Option(
            "--every-cell", help="Each cell of a broken sum, not only the one at fault and those with figures."
        ),
    ] = False,
    pictures: Annotated[
        Path | None,
        typer.Option(
            "--pictures",
            metavar="DIR",
            help="Write a picture of each place, the cell framed: a strip of the page, or the rows around it.",
        ),
    ] = None,
    inline: Annotated[
        bool,
        typer.Option(
            "--inline", help="Show the pictures here, in a terminal that can (kitty, Ghostty, WezTerm, iTerm2)."
        ),
    ] = False,
    write: Annotated[
        Path | None, typer.Option("--write", metavar="FILE", help="Write a file of corrections to be filled in.")
    ] = None,
    apply: Annotated[
        Path | None,
        typer.Option("--apply", metavar="FILE", help="Store the corrections of a file; nothing is read again."),
    ] = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """List the cells that may be wrong, the worst first.

    Of a sum that does not hold, the cell that is probably at fault comes first; cells of it that print nothing are only
    counted. Each with what was read, why it is doubtful, and its place: page and box in points, or the text around it. What
    a person decides goes into a file of corrections: into corrections.csv beside the reports, where each ingest finds
    it, or into the database at once with --apply. From then on it is the figure that counts; what was read stays beside
    it (view cell_corrected).

    \b
    Examples:
      nianbao review --pictures places/ --write corrections.csv
      nianbao review --agency 中卫市公安局 --year 2021 --inline
      nianbao review --apply corrections.csv
    """
    if apply is not None:
        _apply(db, apply)
        return
    from pipeline.names.agencies import agency_ids, check_choice
    from pipeline.review import doubts, fill_in, write_pictures
    from pipeline.rules import known_rule

    terminal = _terminal(form) if inline else None
    wanted = years_of(years)
    with open_store(db) as store:
        if rule is not None:
            known_rule(store, rule)
        ids = agency_ids(store, agency)
        found = doubts(store, agency_ids=ids, years=wanted, rule=rule, limit=limit, every_cell=every_cell)
        if not found:
            check_choice(store, ids, wanted)
        stale = _stale(store)
    problems: list[str] = []
    names = write_pictures(found, pictures, problems.append) if pictures is not None else [""] * len(found)
    # Written first: what reads the table may go before its end.
    filled = fill_in(found, names, write) if write is not None else 0
    columns, rows = COLUMNS, [_row(doubt) for doubt in found]
    if pictures is not None:
        columns, rows = (*columns, "picture"), [(*row, name) for row, name in zip(rows, names, strict=True)]
    if terminal is not None:
        _print_inline(columns, rows, found, terminal, problems.append)
    else:
        print_rows(columns, rows, form)
    if form is Format.TABLE:
        say(_counted(found, limit))
    for problem in dict.fromkeys(problems):
        say(f"no picture: {problem}")
    if write is not None:
        say(f"{counted(filled, 'line')} to be filled in: {write}")
    for line in stale:
        say(line)


def _terminal(form: Format) -> Inline:
    """How the terminal is sent a picture; raises BadInput where it cannot be."""
    from pipeline.shown.inline import inline

    if form is not Format.TABLE:
        raise BadInput(f"--inline shows pictures to people; with --format {form} name a folder: --pictures DIR")
    found = inline(os.environ)
    if found is None:
        raise BadInput(
            "--inline: this terminal is not known to show pictures; name a folder for them: --pictures DIR"
        )
    return found


def _row(doubt: Doubt) -> tuple[object, ...]:
    """What the table says of a doubt."""
    from pipeline.review import place_of

    return (
        doubt.agency,
        doubt.year,
        doubt.row_label,
        doubt.column_label,
        shown_reading(doubt.cell),
        doubt.finding.severity.value,
        doubt.finding.whose.value,
        f"{doubt.finding.rule}: {doubt.finding.message}",
        doubt.folded or None,
        place_of(doubt),
        doubt.file,
    )


def _print_inline(
    columns: Sequence[str],
    rows: Sequence[Sequence[object]],
    found: Sequence[Doubt],
    terminal: Inline,
    told: Callable[[str], None],
) -> None:
    """The doubts as blocks of lines, each with the strip of its page under it."""
    from pipeline.review import pictures_of

    for row, made in zip(rows, pictures_of(found, told), strict=True):
        print_block(columns, row)
        if made is not None and made.suffix == ".png":
            sys.stdout.write(terminal(made.content) + "\n")
        sys.stdout.write("\n")


def _counted(found: Sequence[Doubt], limit: int) -> str:
    """The line under the table: how many doubts, how many cells are not listed, and what the signs mean."""
    folded = sum(doubt.folded for doubt in found)
    return (
        f"{len(found)} doubtful{' (--limit shows more)' if limit and len(found) == limit else ''}"
        f"{f', {folded} more cells of their sums (--every-cell)' if folded else ''}   {SIGNS_EXPLAINED}"
    )


def _apply(db: str, path: Path) -> None:
    from db import Store
    from pipeline.ingest.corrections import read_file
    from pipeline.ingest.years import check_years

    file = read_file(path)
    with Store.open(database_url(db), create=False) as store:
        applied = store.apply_corrections(file.path, file.sha256, file.corrections)
        check_years(store, store.corrected_agencies())
        absent = sum(stored.origin == file.path and stored.report_id is None for stored in store.corrections())
        stale = _stale(store)
    said = {
        "new": applied.added,
        "as before": applied.kept,
        "withdrawn": applied.withdrawn,
        "overruled by a later decision in another file": applied.overruled,
        "without a verdict": file.undecided,
        "for documents that are not stored": absent,
    }
    say("corrections: " + (", ".join(f"{count} {what}" for what, count in said.items() if count) or "none"))
    for line in stale:
        say(line)


def _stale(store: Store) -> list[str]:
    """A sentence for each document of which corrections speak and whose bytes have changed."""
    from db import Standing

    by_file: dict[str, list[str]] = {}
    for stored in store.corrections():
        if stored.standing is Standing.STALE:
            by_file.setdefault(stored.file or "", []).append(str(stored.correction.key))
    return [
        f"stale: {name} has changed since {len(keys)} of its cells were looked at ({', '.join(keys[:3])}"
        f"{', …' if len(keys) > 3 else ''}); look again"
        for name, keys in sorted(by_file.items())
    ]
