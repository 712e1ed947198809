"""``nianbao check``: what a person should know about the stored reports."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

import typer

from parsers.report import Severity, Whose
from pipeline.options import DEFAULT_DATABASE, Database, FormatOption, open_store
from pipeline.output import Format, print_rows, say

ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.HINT: 2}


def command(
    db: Database = DEFAULT_DATABASE,
    agency: Annotated[str | None, typer.Option("--agency", "-a", metavar="NAME", help="Only this agency.")] = None,
    year: Annotated[int | None, typer.Option("--year", "-y", help="Only this report year.")] = None,
    rule: Annotated[str | None, typer.Option("--rule", "-r", help="Only this rule (req.row_sum).")] = None,
    severity: Annotated[Severity | None, typer.Option("--severity", "-s", help="Only this severity.")] = None,
    whose: Annotated[
        Whose | None,
        typer.Option("--whose", "-w", help="The page says so (agency), or we may have misread it (reading)."),
    ] = None,
    details: Annotated[bool, typer.Option("--details", help="Each finding, not only their number by rule.")] = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """List what a person should look at.

    Broken arithmetic, doubtful readings, contradictions between years. The exit status is 1 when there are errors.

    \b
    Examples:
      nianbao check
      nianbao check --agency 中卫市公安局 --details
      nianbao check --whose agency --severity error --format csv --details
    """
    groups: Counter[tuple[Severity, str, Whose]] = Counter()
    reports: dict[tuple[Severity, str, Whose], set[int]] = {}
    with open_store(db) as store:
        found = store.findings(agency=agency, year=year, rule=rule, severity=severity, whose=whose)
        if details:
            rows = []
            for stored in found:
                finding = stored.finding
                groups[finding.severity, finding.rule, finding.whose] += 1
                rows.append(
                    (stored.agency, stored.year, finding.severity, finding.whose, finding.rule, finding.message)
                )
            print_rows(("agency", "year", "severity", "whose", "rule", "message"), rows, form)
        else:
            for stored in found:
                key = (stored.finding.severity, stored.finding.rule, stored.finding.whose)
                groups[key] += 1
                reports.setdefault(key, set()).add(stored.report_id)
            counted = [(*key, len(reports[key]), groups[key]) for key in sorted(groups, key=_order)]
            print_rows(("severity", "rule", "whose", "reports", "findings"), counted, form)
    errors = sum(count for (grade, _, _), count in groups.items() if grade is Severity.ERROR)
    if form is Format.TABLE:
        say(
            f"{groups.total()} findings, {errors} errors"
            + ("" if details or not groups else " (--details lists each)")
        )
    raise typer.Exit(1 if errors else 0)


def _order(key: tuple[Severity, str, Whose]) -> tuple[int, str, str]:
    return ORDER[key[0]], key[1], key[2].value
