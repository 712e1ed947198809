"""Which agencies' reports are missing for which years, and when a missing one is overdue.

The Regulations on Open Government Information (State Council Order 711, article 49) ask for the report on a year from
departments by 31 January of the next, from governments by 31 March.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from db.crawl.nights import Standing
from pipeline.nightly.digest import Coverage, Gap

DEPARTMENTS_DUE = (1, 31)
GOVERNMENTS_DUE = (3, 31)
OF_GOVERNMENTS = frozenset({"government", "general_office"})
"""Fields of work of bodies whose report is the government's own."""
LONGEST_GAP = 3
"""Years that are looked for of an agency of which nothing is stored yet: sites keep older ones, but not all do."""


def due(agency: str, year: int) -> date:
    """The day by which the report of an agency on a year has to be published.

    >>> due("中卫市公安局", 2021), due("中卫市人民政府", 2021)
    (datetime.date(2022, 1, 31), datetime.date(2022, 3, 31))
    """
    from parsers.gazetteer import field_of

    month, day = GOVERNMENTS_DUE if field_of(agency) in OF_GOVERNMENTS else DEPARTMENTS_DUE
    return date(year + 1, month, day)


def latest_due(agency: str, today: date) -> int:
    """The last report year of an agency of which the deadline has passed.

    >>> latest_due("中卫市公安局", date(2022, 1, 31)), latest_due("中卫市公安局", date(2022, 2, 1))
    (2020, 2021)
    """
    return today.year - 1 if due(agency, today.year - 1) < today else today.year - 2


def coverage(standing: Iterable[Standing], expected: Iterable[str], today: date) -> Coverage:
    """The gaps of the agencies that have reports or are ``expected`` to (normalised names): the years from an agency's
    first report to the last that is due, and for an agency without any the last few."""
    years: dict[str, set[int]] = {name: set() for name in expected}
    for report in standing:
        if report.agency is not None and report.year is not None:
            years.setdefault(report.agency, set()).add(report.year)
    gaps = []
    for agency, stored in sorted(years.items()):
        last = latest_due(agency, today)
        first = min(stored, default=last - LONGEST_GAP + 1)
        missing = tuple(year for year in range(first, last + 1) if year not in stored)
        if missing:
            gaps.append(Gap(agency, missing, bool(stored)))
    gaps.sort(key=lambda gap: (-gap.years[-1], gap.agency))
    return Coverage(len(years), len(years) - len(gaps), tuple(gaps))


def overdue(gaps: Iterable[Gap], today: date) -> list[tuple[str, int, date, int]]:
    """Agency, report year, deadline and days since then, for the last report due where it is the one that is missing."""
    found = []
    for gap in gaps:
        year = latest_due(gap.agency, today)
        if gap.years[-1] == year:
            day = due(gap.agency, year)
            found.append((gap.agency, year, day, (today - day).days))
    return found
