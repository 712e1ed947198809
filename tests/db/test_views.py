"""The views, over figures small enough to check by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from db import Outcome, RunItem, Store
from parsers.report import CellState, Finding, Scope, Severity, Whose
from tests.db.conftest import on_sqlite
from tests.db.examples import BALANCE, VERSIONS, item, report, sha

FIRST = {
    "requests/received.new/total": 8,
    "requests/received.new/natural_person": 5,
    "requests/received.new/business": 2,
    "requests/received.new/other_org": 1,
    "requests/received.carried_over/total": 2,
    "requests/outcome.granted/total": 3,
    "requests/outcome.partial/total": 1,
    "requests/outcome.denied.state_secret/total": 1,
    "requests/outcome.denied.internal_affairs/total": 3,
    "requests/outcome.total/total": 8,
    "requests/carried_forward/total": 2,
    "review_litigation/review/total": 3,
    "review_litigation/review/corrected": 1,
    "review_litigation/review/pending": 1,
    "review_litigation/litigation.direct/total": 1,
    "review_litigation/litigation.after_review/total": 2,
}
IN_2020 = FIRST | {"requests/outcome.other/total": 6, "proactive/rules/produced": 5}
IN_2021 = FIRST | {
    "requests/received.new/total": 12,
    "requests/outcome.other.fee_unpaid/total": 2,
    "requests/outcome.other.rest/total": 1,
    "proactive/rules/issued": 1,
    "proactive/normative_documents/issued": 1,
    "proactive/normative_documents/repealed": 3,
}


@pytest.fixture
def two_years(store: Store) -> Store:
    run = store.begin_run("test", VERSIONS)
    for year, figures in ((2020, IN_2020), (2021, IN_2021)):
        own = report(year=year, figures=figures, findings=(BALANCE,))
        area = report(year=year, figures={"requests/received.new/total": 1000 * year}, scope=Scope.AREA)
        older = report(year=year, content="older", figures={}, rest=CellState.ABSENT)
        for given in (own, area, older):
            store.record(run, item(given, f"{year}{given.source.sha256}"), given)
    return store


def rows(store: Store, sql: str) -> list[tuple[Any, ...]]:
    """The rows of a query."""
    return list(store.query(sql)[1])


def one(store: Store, sql: str) -> Mapping[str, Any]:
    """The only row of a query, by column."""
    columns, found = store.query(sql)
    (row,) = found
    return dict(zip(columns, row, strict=True))


OWN = "agency = '中卫市公安局' AND scope = 'agency'"


def test_an_overview_has_one_row_a_current_report(two_years: Store) -> None:
    assert rows(two_years, "SELECT year, scope, received FROM report_overview ORDER BY year, scope") == [
        (2020, "agency", 8),
        (2020, "area", 2_020_000),
        (2021, "agency", 12),
        (2021, "area", 2_021_000),
    ]
    row = one(two_years, f"SELECT * FROM report_overview WHERE {OWN} AND year = 2021")
    assert (row["denied"], row["other"], row["reviews"], row["lawsuits"], row["licences"]) == (4, 3, 3, 3, None)
    assert (row["completeness"], row["errors"], row["versions"], row["city"]) == (1.0, 1, 2, "中卫市")
    assert one(two_years, f"SELECT other FROM report_overview WHERE {OWN} AND year = 2020") == {"other": 6}


def test_the_same_key_finds_what_one_edition_prints_and_the_other_sums(two_years: Store) -> None:
    found = rows(
        two_years,
        f"SELECT year, value, summed FROM indicator_value WHERE {OWN} AND indicator = 'requests/outcome.other/total' ORDER BY year",
    )
    assert found == [(2020, 6, 0), (2021, 3, 1)]


def test_requests_by_applicant_and_by_outcome(two_years: Store) -> None:
    of_2021 = f"WHERE {OWN} AND year = 2021"
    by_applicant = rows(two_years, f"SELECT applicant, received, denied FROM requests_by_applicant {of_2021}")
    assert len(by_applicant) == 7
    assert {("natural_person", 5, None), ("total", 12, 4), ("legal_service", None, None)} <= set(by_applicant)
    by_outcome = rows(
        two_years, f"SELECT outcome, natural_person, legal_entity, total FROM requests_by_outcome {of_2021}"
    )
    assert len(by_outcome) == 25
    assert ("received.new", 5, 3, 12) in by_outcome


def test_reviews_and_lawsuits_are_summed_by_kind(two_years: Store) -> None:
    found = rows(
        two_years,
        f"SELECT kind, corrected, total, summed FROM review_litigation_summary WHERE {OWN} AND year = 2021 ORDER BY kind",
    )
    assert found == [
        ("litigation", None, 3, 1),
        ("litigation.after_review", None, 2, 0),
        ("litigation.direct", None, 1, 0),
        ("review", 1, 3, 0),
    ]


@pytest.mark.parametrize("view", ["requests_by_applicant", "requests_by_outcome", "review_litigation_summary"])
def test_who_adds_up_can_leave_out_reports_whose_sums_do_not_hold_or_that_may_be_misread(
    two_years: Store, view: str
) -> None:
    sums = f"SELECT DISTINCT year, errors, doubts FROM {view} WHERE {OWN} ORDER BY year"
    assert rows(two_years, sums) == [(2020, 1, 0), (2021, 1, 0)]
    assert rows(two_years, f"SELECT COUNT(*) FROM {view} WHERE {OWN} AND errors = 0 AND doubts = 0") == [(0,)]


@pytest.mark.parametrize(
    ("key", "numerator", "n"),
    [
        ("rate.disclosure", 4, 8),
        ("rate.full_disclosure", 3, 8),
        ("rate.denial", 4, 8),
        ("rate.other_handling", 3, 8),
        ("rate.substantive", 8, 8),
        ("rate.disclosure_on_merits", 4, 8),
        ("share.denial_reason.state_secret", 1, 4),
        ("rate.completion", 8, 14),
        ("rate.carry_forward", 2, 14),
        ("share.applicant.natural_person", 5, 12),
        ("share.applicant.legal_entity", 3, 12),
        ("rate.challenge", 4, 8),
        ("rate.review_corrected", 1, 2),
        ("rate.review_corrected_of_all", 1, 3),
        ("rate.review_to_court", 2, 3),
        ("rate.fee_unpaid", 2, 8),
        ("completeness", 200, 200),
    ],
)
def test_rates_have_their_numerator_and_n(two_years: Store, key: str, numerator: int, n: int) -> None:
    row = one(two_years, f"SELECT * FROM derived_indicator WHERE {OWN} AND year = 2021 AND indicator = '{key}'")
    assert (row["numerator"], row["n"]) == (numerator, n)
    assert row["value"] == pytest.approx(numerator / n)


def test_amounts_zero_denominators_and_other_editions(two_years: Store) -> None:
    select = f"SELECT value, n FROM derived_indicator WHERE {OWN} AND year"
    assert rows(two_years, f"{select} = 2021 AND indicator = 'documents.net_change'") == [(-2, None)]
    assert rows(two_years, f"{select} = 2021 AND indicator = 'documents.turnover'") == [(None, None)]
    for only_since_2021 in ("rate.fee_unpaid", "documents.net_change"):
        assert rows(two_years, f"{select} = 2020 AND indicator = '{only_since_2021}'") == []


def test_what_could_not_be_read_makes_a_sum_unknown(store: Store) -> None:
    figures = {"requests/outcome.denied.state_secret/total": 1, "requests/outcome.total/total": 4}
    given = report(figures=figures, rest=CellState.UNREADABLE)
    store.record(store.begin_run("test", VERSIONS), item(given), given)
    assert rows(store, "SELECT denied, outcomes FROM report_overview") == [(None, 4)]
    assert rows(store, "SELECT value, numerator, n FROM derived_indicator WHERE indicator = 'rate.denial'") == [
        (None, None, 4)
    ]


def overview(store: Store, columns: str, **printed: CellState | int) -> tuple[Any, ...]:
    """These columns of the overview of a report that prints this in the total of each reason to deny, and no more."""
    key = "requests/outcome.denied.{}/total"
    figures = {key.format(row): said for row, said in printed.items() if isinstance(said, int)}
    states = {key.format(row): said for row, said in printed.items() if isinstance(said, CellState)}
    given = report(figures=figures)
    cells = tuple(replace(c, state=states.get(str(c.key), c.state)) for c in given.cells)
    store.record(store.begin_run("test", VERSIONS), item(given), replace(given, cells=cells))
    return rows(store, f"SELECT {columns} FROM report_overview")[0]


def test_a_form_left_blank_states_no_figure_and_no_sum(store: Store) -> None:
    found = overview(store, "received, granted, denied, unable, not_processed, other, lawsuits")
    assert found == (None,) * 7
    assert rows(store, "SELECT DISTINCT n, value FROM derived_indicator WHERE indicator LIKE 'rate.%'") == [
        (None, None)
    ]


@pytest.mark.parametrize(("rules", "denial"), [((), 0), (("parts.not_stated",), None)])
def test_refusals_left_blank_are_none_unless_the_report_states_no_parts_at_all(
    store: Store, rules: tuple[str, ...], denial: int | None
) -> None:
    """One office in five leaves its zeros blank; some fill in 总计 only, and then nobody knows what was refused."""
    findings = tuple(Finding(rule, Severity.HINT, Whose.AGENCY, "only totals are printed") for rule in rules)
    given = report(figures={"requests/outcome.total/total": 16}, findings=findings)
    store.record(store.begin_run("test", VERSIONS), item(given), given)
    found = rows(store, "SELECT value, numerator, n FROM derived_indicator WHERE indicator = 'rate.denial'")
    assert found == [(denial, denial, 16)]


def test_dashes_are_no_figure_either(store: Store) -> None:
    assert overview(store, "denied", state_secret=CellState.DASH, internal_affairs=CellState.DASH) == (None,)


def test_beside_a_figure_a_blank_and_a_dash_count_as_nothing_in_a_sum(store: Store) -> None:
    assert overview(store, "denied", state_secret=0, internal_affairs=CellState.DASH) == (0,)


MONEY = "proactive/central_procurement/amount"


@pytest.mark.parametrize(
    ("printed", "found"),
    [
        (((300, "万元"), (326, "万元")), ("万元", 26, pytest.approx(26 / 300))),
        (((3267890, None), (326, "万元")), (None, None, None)),
        (((300, "万元"), (3267890, None)), (None, None, None)),
        (((300, None), (326, None)), (None, None, None)),
        (((300, "万元"), (0, None)), ("万元", -300, -1)),
        (((0, None), (326, "万元")), ("万元", 326, None)),
    ],
    ids=["both in 万元", "no unit before", "no unit now", "no unit at all", "nothing now", "nothing before"],
)
def test_money_grows_only_where_both_pages_tell_its_unit(
    store: Store, printed: tuple[tuple[int, str | None], ...], found: tuple[Any, ...]
) -> None:
    run = store.begin_run("test", VERSIONS)
    for year, (amount, unit) in zip((2019, 2020), printed, strict=True):
        given = report(year=year, figures={MONEY: amount})
        cells = tuple(replace(c, unit=unit) if str(c.key) == MONEY else c for c in given.cells)
        store.record(run, item(given), replace(given, cells=cells))
    assert rows(store, f"SELECT unit, change, growth FROM year_over_year WHERE indicator = '{MONEY}'") == [found]


def test_a_ranking_can_leave_out_reports_with_broken_sums_and_look_at_one_province(two_years: Store) -> None:
    for view in ("derived_indicator", "year_over_year", "indicator_value"):
        counted = (
            f"SELECT DISTINCT province, city, level, field, errors, doubts FROM {view} WHERE {OWN} AND year = 2021"
        )
        slips = 2 if view == "year_over_year" else 1  # those of both years
        assert rows(two_years, counted) == [("宁夏回族自治区", "中卫市", "city", "police", slips, 0)]


def test_each_place_has_its_last_outcome(store: Store) -> None:
    given = report()
    store.record(store.begin_run("ingest reports", VERSIONS), item(given, "reports/a.pdf"), given)
    run = store.begin_run("ingest reports", VERSIONS)
    failed = RunItem("reports/b.pdf", Outcome.FAILED, sha256=sha("b"), versions=VERSIONS, reason="damaged")
    for outcome in (failed, replace(item(given, "reports/c.pdf"), outcome=Outcome.DUPLICATE)):
        store.record(run, outcome)
    assert rows(store, "SELECT path, outcome, reason, run_id, agency, year FROM file_outcome ORDER BY path") == [
        ("reports/a.pdf", "ok", None, 1, "中卫市公安局", 2021),
        ("reports/b.pdf", "failed", "damaged", 2, None, None),
        ("reports/c.pdf", "duplicate", "the same bytes as reports/a.pdf", 2, "中卫市公安局", 2021),
    ]
    again = store.begin_run("ingest --force", VERSIONS)
    store.record(again, replace(failed, reason="still damaged"))
    assert rows(store, "SELECT reason, run_id FROM file_outcome WHERE outcome = 'failed'") == [("still damaged", 3)]


def test_years_meet_only_where_they_count_alike(two_years: Store) -> None:
    select = "SELECT value, previous, change, growth FROM year_over_year WHERE"
    assert rows(two_years, f"{select} {OWN} AND indicator = 'requests/received.new/total'") == [(12, 8, 4, 0.5)]
    assert rows(two_years, f"{select} {OWN} AND indicator = 'requests/outcome.other/total'") == [(3, 6, -3, -0.5)]
    assert rows(two_years, f"{select} indicator LIKE 'proactive/rules/%'") == []
    assert rows(two_years, f"{select} scope = 'area' AND indicator = 'requests/received.new/total'") == [
        (2_021_000, 2_020_000, 1000, pytest.approx(1000 / 2_020_000))
    ]


def test_findings_and_cells_in_words(two_years: Store) -> None:
    finding = one(two_years, f"SELECT * FROM finding_detail WHERE {OWN} AND year = 2021")
    assert (finding["rule"], finding["place_count"], finding["first_place"]) == (
        "req.balance",
        3,
        "requests/received.new/total",
    )
    cell = one(
        two_years,
        f"SELECT * FROM cell_detail WHERE {OWN} AND year = 2021 AND row_key = 'received.new' AND column_key = 'total'",
    )
    words = [cell[name] for name in ("value", "state", "raw", "unit", "page", "x0")]
    assert words == [12, "number", "12", "件", 3, 50.5]
    assert cell["row_label"] == "一、本年新收政府信息公开申请数量"
    facts = rows(two_years, f"SELECT metric, value, part_of, sentence FROM fact_detail WHERE {OWN} AND year = 2021")
    assert [fact[:3] for fact in facts] == [("posts", 1839, None), ("posts", 500, 0)]


@on_sqlite
@pytest.mark.parametrize("asked", ["agency = 'a'", "report_id = 1", "year = 2021"])
@pytest.mark.parametrize(
    "view",
    [
        "report_overview",
        "requests_by_applicant",
        "requests_by_outcome",
        "review_litigation_summary",
        "indicator_value",
        "derived_indicator",
        "year_over_year",
        "finding_detail",
        "cell_detail",
        "fact_detail",
    ],
)
def test_a_question_about_some_reports_walks_through_no_others(store: Store, view: str, asked: str) -> None:
    columns, plan = store.query(f"EXPLAIN QUERY PLAN SELECT * FROM {view} WHERE {asked}")
    steps = [dict(zip(columns, step, strict=True))["detail"].split() for step in plan]
    walked = {step[1] for step in steps if step[0] == "SCAN"}
    assert walked <= {"d", "t", "formula", "CONSTANT"}, (
        "the 45 derived indicators and their 200 terms may be walked through"
    )
