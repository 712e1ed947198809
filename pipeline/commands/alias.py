"""``nianbao alias``: other names of agencies, given by a person."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline import completion
from pipeline.database import DEFAULT_DATABASE, database_url, open_store
from pipeline.options import Database, FormatOption
from pipeline.shown.output import Format, counted, print_rows, say


def command(
    other: Annotated[str | None, typer.Argument(metavar="OTHER_NAME", help="The other name.")] = None,
    agency: Annotated[
        str | None,
        typer.Argument(
            metavar="AGENCY",
            help="The agency that is meant: its name, or NAME@CODE.",
            autocompletion=completion.agencies,
        ),
    ] = None,
    db: Database = DEFAULT_DATABASE,
    place: Annotated[
        str | None, typer.Option("--place", metavar="CODE", help="Only for reports of this division (six digits).")
    ] = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Say that two names are one agency: an old name, a short one, one after a reform.

    Reports under the other name move to the agency at once, later ones when they come. What they say is not changed.
    Names that differ only in the province and the city in front need no alias. Without names, the aliases are listed.

    \b
    Examples:
      nianbao alias 中卫市公安局交警支队 中卫市公安局
      nianbao alias 鼓楼公安分局 鼓楼区公安局@320106 --place 320106
      nianbao alias
    """
    if other is None or agency is None:
        if other is not None:
            raise typer.BadParameter("the agency that is meant is missing: nianbao alias OTHER_NAME AGENCY")
        with open_store(db) as store:
            rows = [(alias, known.handle, known.reports) for known in store.agencies() for alias in known.aliases]
        print_rows(("alias", "agency", "reports"), rows, form)
        return
    from db import Store
    from parsers.identity import normalise_agency
    from parsers.report import Scope
    from pipeline.ingest.years import check_years

    with Store.open(database_url(db), create=False) as store:
        moved = store.add_alias(normalise_agency(other), agency, place_code=place)
        known = store.agency(agency)
        check_years(store, [(known.handle, scope) for scope in Scope])
        say(f"{other} is {known.handle}; {counted(moved, 'report')} moved")
