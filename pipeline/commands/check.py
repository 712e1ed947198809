"""``nianbao check``: what a person should know about the stored reports."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import chain, islice
from typing import TYPE_CHECKING, Annotated

import typer

from parsers.report import Severity, Whose
from pipeline.database import DEFAULT_DATABASE, open_store
from pipeline.options import Agencies, Database, FormatOption, Rule, Years, years_of
from pipeline.shown.output import Format, counted, print_rows, say

if TYPE_CHECKING:
    from db import StoredFinding

COLUMNS = ("agency", "place_code", "year", "scope", "severity", "whose", "rule", "message", "cell", "file")
Group = tuple[Severity, str, Whose]
"""Findings of one rule that matter alike: severity, code, whose they are."""
FIELDS = (
    *("report_id", "agency", "place_code", "year", "scope", "severity", "whose", "rule", "message"),
    *("expected", "actual", "where", "file"),
)


def command(
    db: Database = DEFAULT_DATABASE,
    agency: Agencies = None,
    years: Years = None,
    rule: Rule = None,
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
      nianbao check --agency 中卫市公安局 --years 2019-2022 --details
      nianbao check --whose agency --severity error --format csv --details
    """
    from pipeline.names.agencies import agency_ids, check_choice
    from pipeline.rules import known_rule

    wanted = years_of(years)
    with open_store(db) as store:
        if rule is not None:
            known_rule(store, rule)
        ids = agency_ids(store, agency)
        found = iter(store.findings(agency_ids=ids, years=wanted, rule=rule, severity=severity, whose=whose))
        first = list(islice(found, 1))
        if not first:
            check_choice(store, ids, wanted)
        found = chain(first, found)
        groups = _print_each(found, form) if details else _print_groups(found, form)
    errors = sum(count for (grade, _, _), count in groups.items() if grade is Severity.ERROR)
    if form is Format.TABLE:
        more = "" if details or not groups else " (--details lists each)"
        say(f"{counted(groups.total(), 'finding')}, {counted(errors, 'error')}{more}")
    raise typer.Exit(1 if errors else 0)


def _print_each(found: Iterable[StoredFinding], form: Format) -> Counter[Group]:
    """Prints every finding, and gives how many there are of each group."""
    groups: Counter[Group] = Counter()
    people = form in {Format.TABLE, Format.MARKDOWN}
    rows = []
    for stored in found:
        groups[_group(stored)] += 1
        rows.append(_row(stored) if people else _record(stored))
    print_rows(COLUMNS if people else FIELDS, rows, form)
    return groups


def _print_groups(found: Iterable[StoredFinding], form: Format) -> Counter[Group]:
    """Prints of each group how many reports and findings it has, the worst first, and gives the latter."""
    groups: Counter[Group] = Counter()
    reports: dict[Group, set[int]] = defaultdict(set)
    for stored in found:
        groups[_group(stored)] += 1
        reports[_group(stored)].add(stored.report_id)
    rows = [(*key, len(reports[key]), groups[key]) for key in sorted(groups, key=_order)]
    print_rows(("severity", "rule", "whose", "reports", "findings"), rows, form)
    return groups


def _group(stored: StoredFinding) -> Group:
    return stored.finding.severity, stored.finding.rule, stored.finding.whose


def _row(stored: StoredFinding) -> tuple[object, ...]:
    """A finding as people read it: where it is about several cells, the first is named and the others are counted."""
    finding = stored.finding
    first, *others = finding.where or ("",)
    cell = f"{first} +{len(others)}" if others else first
    return (
        *(stored.agency, stored.place_code, stored.year, stored.scope.value, finding.severity.value),
        *(finding.whose.value, finding.rule, finding.message, cell, stored.file),
    )


def _record(stored: StoredFinding) -> tuple[object, ...]:
    """A finding as programs read it."""
    finding = stored.finding
    return (
        *(stored.report_id, stored.agency, stored.place_code, stored.year, stored.scope.value),
        *(finding.severity.value, finding.whose.value, finding.rule, finding.message),
        *(finding.expected, finding.actual, " ".join(finding.where), stored.file),
    )


def _order(key: Group) -> tuple[int, str, str]:
    return key[0].rank, key[1], key[2].value
