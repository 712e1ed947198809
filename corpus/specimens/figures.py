"""Invented figures that could be real: of the right size for the agency, and consistent with every identity of the
form until a slip is made on purpose."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from random import Random
from typing import TypeAlias

from corpus.specimens.specimen import Agency
from parsers.forms.form import Form, Table
from parsers.report import CellKey, Scope

Values: TypeAlias = dict[CellKey, Decimal]

REQUESTS_A_YEAR = {"township": 1, "county": 10, "city": 60, "province": 250}
"""Mean number of requests that a body of each level receives; orders of magnitude of published reports."""

DECISIONS_A_YEAR = {"township": 30, "county": 3000, "city": 60000, "province": 9000}
"""Mean number of licences or penalties; a city's police can print half a million."""

_APPLICANTS = {"natural_person": 80, "business": 12, "research_institute": 1, "public_welfare_org": 1}
_APPLICANTS |= {"legal_service": 2, "other_org": 4}
_OUTCOMES = {"outcome.granted": 45, "outcome.partial": 10, "outcome.unable.not_held": 18}
_COMMON_OUTCOME = 3
_RARE_OUTCOME = 1


LARGE = 40
"""By how much the largest bodies surpass the mean: a city's whole area counts requests in tens of thousands."""


def invented_values(random: Random, form: Form, agency: Agency, traits: frozenset[str]) -> Values:
    """A value for every cell of the form; all identities hold. The trait ``large`` makes large figures."""
    values: Values = dict.fromkeys(form.cell_keys(), Decimal(0))
    size = (12 if agency.scope is Scope.AREA else 1) * (LARGE if "large" in traits else 1)
    requests = REQUESTS_A_YEAR[agency.level] * size
    _fill_requests(random, form.table("requests"), requests, values)
    _fill_cases(random, form.table("review_litigation"), requests / 60, values)
    _fill_proactive(random, agency, DECISIONS_A_YEAR[agency.level] * size, values)
    return values


def _amount(random: Random, mean: float) -> int:
    """A whole number of about this mean, often 0 when the mean is small."""
    return int(random.expovariate(1 / mean)) if mean > 0 else 0


def _fill_requests(random: Random, table: Table, mean: int, values: Values) -> None:
    rows = [row.key for row in table.rows]
    leaves = [row for row in rows if row.startswith("outcome.") and row != "outcome.total"]
    weights = [_OUTCOMES.get(row, random.choice((_COMMON_OUTCOME, _RARE_OUTCOME))) for row in leaves]
    cell = {(row, column.key): CellKey("requests", row, column.key) for row in rows for column in table.columns}
    count = _amount(random, mean)
    for applicant in random.choices(list(_APPLICANTS), list(_APPLICANTS.values()), k=count):
        carried_over = random.random() < 0.06
        values[cell["received.carried_over" if carried_over else "received.new", applicant]] += 1
        if random.random() < 0.06:
            values[cell["carried_forward", applicant]] += 1
            continue
        values[cell[random.choices(leaves, weights)[0], applicant]] += 1
        values[cell["outcome.total", applicant]] += 1
    for row in rows:
        values[cell[row, "total"]] = sum((values[cell[row, who]] for who in _APPLICANTS), Decimal(0))


def _fill_cases(random: Random, table: Table, mean: float, values: Values) -> None:
    results = [column.key for column in table.columns if column.key != "total"]
    for row in table.rows:
        for result in results:
            values[CellKey(table.key, row.key, result)] = Decimal(_amount(random, mean))
        values[CellKey(table.key, row.key, "total")] = sum(
            (values[CellKey(table.key, row.key, result)] for result in results), Decimal(0)
        )


def _fill_proactive(random: Random, agency: Agency, decisions: int, values: Values) -> None:
    makers: dict[str, Callable[[], Decimal]] = {
        "decisions": lambda: Decimal(random.choice((0, _amount(random, decisions), _amount(random, decisions / 50)))),
        "amount": lambda: random.choice((Decimal(0), Decimal(_amount(random, decisions * 40)) / 10000)),
        "projects": lambda: Decimal(_amount(random, 12)),
        "items_previous_year": lambda: Decimal(_amount(random, 60 if agency.level != "township" else 4)),
        "issued": lambda: Decimal(_amount(random, 4)),
        "produced": lambda: Decimal(_amount(random, 6)),
    }
    for key in [key for key in values if key.table == "proactive" and key.column in makers]:
        values[key] = makers[key.column]()
    for key in [key for key in values if key.table == "proactive"]:
        values[key] = _consistent(random, agency, key, values)


def _consistent(random: Random, agency: Agency, key: CellKey, values: Values) -> Decimal:
    """The value of a cell that depends on its neighbours in the row; cells come in the form's order."""

    def beside(column: str) -> Decimal:
        return values[CellKey(key.table, key.row, column)]

    if key.row == "rules" and not (agency.level == "city" and agency.field == "government"):
        return Decimal(0)  # only governments of cities and above may make 规章
    match key.column:
        case "repealed":
            return Decimal(_amount(random, 2))
        case "in_force":
            return max(beside("issued") - beside("repealed"), Decimal(0)) + _amount(random, 15)
        case "newly_disclosed":
            return Decimal(random.randint(0, int(beside("produced"))))
        case "disclosed_total":
            return beside("newly_disclosed") + _amount(random, 40)
        case "items_change":
            return max(Decimal(random.choice((0, 0, 0, 2, 10, -1, -3, -11))), -beside("items_previous_year"))
        case "amount" if key.row == "central_procurement":
            projects = beside("projects")
            return Decimal(random.randint(10_000, 9_000_000)) / 10000 if projects else Decimal(0)
        case _:
            return values[key]


def make_slip(random: Random, form: Form, values: Values) -> None:
    """Alters figures the way agencies do by mistake, so that at least one identity breaks."""
    step = Decimal(random.choice((1, 1, 2, 3, 10)))
    outcomes = [row.key for row in form.table("requests").rows if row.key.startswith("outcome.")]
    cases = [row.key for row in form.table("review_litigation").rows]
    applicants = list(_APPLICANTS)
    slips: list[Callable[[], list[CellKey]]] = [
        lambda: [CellKey("requests", random.choice(outcomes[:-1]), random.choice(applicants[:2]))],
        lambda: [CellKey("requests", random.choice(["received.new", *outcomes]), "total")],
        lambda: [CellKey("requests", "outcome.total", random.choice(applicants[:2]))],
        lambda: [CellKey("requests", "carried_forward", who) for who in (applicants[0], "total")],
        lambda: [CellKey("requests", "received.carried_over", who) for who in (applicants[0], "total")],
        lambda: [CellKey("review_litigation", random.choice(cases), "total")],
        lambda: [CellKey("review_litigation", random.choice(cases), "upheld")],
    ]
    for key in random.choice(slips)():
        values[key] += step
