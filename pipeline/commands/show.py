"""``nianbao show``: one report as a person would read it."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from parsers.report import Scope
from pipeline import completion
from pipeline.database import DEFAULT_DATABASE, open_store
from pipeline.options import Database
from pipeline.shown.output import Format


def command(
    agency: Annotated[
        str,
        typer.Argument(
            metavar="AGENCY",
            help="Its name, an alias, name@place-code, or a part of the name that no other has.",
            autocompletion=completion.agencies,
        ),
    ],
    year: Annotated[int, typer.Argument(metavar="YEAR", help="The report year: the year that the figures are for.")],
    db: Database = DEFAULT_DATABASE,
    scope: Annotated[Scope | None, typer.Option("--scope", help="The agency's own report, or the area's.")] = None,
    form: Annotated[
        Format, typer.Option("--format", "-f", help="table, markdown or csv as printed; json as parse --json.")
    ] = (Format.TABLE),
) -> None:
    """Show one stored report.

    The forms are laid out as printed, each cell with the figure that counts (a person's, where one looked), findings and
    corrections marked; then facts, findings, corrections with what was read, and sections. As JSON it is what was read,
    with the corrections beside it.

    \b
    Examples:
      nianbao show 中卫市公安局 2021
      nianbao show 中卫市公安局 2021 --format json
    """
    from pipeline.names.agencies import one_agency

    with open_store(db) as store:
        stored = store.report(one_agency(store, agency), year, scope)
        corrections = store.corrections(stored.entry.id)
        findings = list(store.findings(report_id=stored.entry.id, current_only=False, resolved=True))
    if form is Format.JSON:
        from json import dump

        from pipeline.shown.layout import correction_json

        as_read = stored.report.to_json()
        dump(
            as_read | {"corrections": [correction_json(each) for each in corrections]},
            sys.stdout,
            ensure_ascii=False,
            indent=1,
        )
        sys.stdout.write("\n")
        return
    from pipeline.shown.layout import print_report

    print_report(stored.report, sys.stdout, form, findings, corrections)
    if stored.locations:
        sys.stdout.write("\n" + "\n".join(f"file: {location}" for location in stored.locations) + "\n")
