"""Every rule runs its own examples: the report that keeps it, and the report that breaks it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from parsers.checks import check
from parsers.checks.equations import system_of
from parsers.checks.rule import CodeRule, Example, code_rules
from parsers.document import Span
from parsers.forms import all_forms
from parsers.forms.form import Form, Identity
from parsers.forms.load import load_form
from parsers.report import Cell, CellKey, CellState, Evidence, Finding, Whose
from tests.parsers.checks.tables import cells_of, form

IDENTITIES = [(form, identity) for form in all_forms() for identity in form.identities]


def findings_of(example: Example, rule: str) -> list[Finding]:
    the_form = form(example.edition)
    doubts = [CellKey.parse(key) for key in example.doubts]
    found = check(
        the_form,
        example.cells(the_form),
        identity=example.identity(),
        doubts=doubts,
        facts=example.facts(),
        prose=example.prose,
    )
    return [finding for finding in found if finding.rule == rule]


@pytest.mark.parametrize("rule", code_rules(), ids=lambda rule: str(rule.code))
def test_a_rule_is_silent_on_the_report_that_keeps_it(rule: CodeRule) -> None:
    assert findings_of(rule.holds, rule.code) == []


@pytest.mark.parametrize("rule", code_rules(), ids=lambda rule: str(rule.code))
def test_a_rule_finds_what_breaks_it_and_says_where(rule: CodeRule) -> None:
    (finding,) = findings_of(rule.breaks, rule.code)
    assert finding.severity is rule.grade.severity
    places = {str(key) for key in form(rule.breaks.edition).cell_keys()}
    places |= {f"fact:{index}" for index in range(len(rule.breaks.facts()))}
    assert places.issuperset(finding.where)
    assert finding.where
    assert finding.message


def test_a_table_of_empty_cells_is_the_agencys_though_it_leaves_out_a_row() -> None:
    the_form = form("2021")
    seen = Evidence(Span(0, 0))
    cells = {key: Cell(key, CellState.BLANK, evidence=seen) for key in the_form.table("requests").cell_keys()}
    gone = {key: Cell(key, CellState.ABSENT) for key in cells if key.row == "outcome.other.fee_unpaid"}
    (finding,) = [found for found in check(the_form, {**cells, **gone}) if found.rule == "table.blank"]
    assert finding.whose is Whose.AGENCY


def test_every_rule_has_a_code_of_its_own() -> None:
    codes = [rule.code for rule in code_rules()]
    assert len(set(codes)) == len(codes)


def one_line(the_form: Form, identity: Identity, figures: dict[str, int]) -> dict[CellKey, Cell]:
    """A form of zeros with the figures of an identity's example in the first line that knows them all."""
    cells = {key: Cell(key, CellState.NUMBER, Decimal(0), "0") for key in the_form.cell_keys()}
    table = the_form.table(identity.table)
    lines = identity.over or [label.key for label in (table.columns if identity.across == "columns" else table.rows)]
    for term, figure in figures.items():
        row, column = (term, lines[0]) if identity.across == "columns" else (lines[0], term)
        key = CellKey(table.key, row, column)
        assert key in cells
        cells[key] = Cell(key, CellState.NUMBER, Decimal(figure), str(figure))
    return cells


@pytest.mark.parametrize(("the_form", "identity"), IDENTITIES, ids=lambda value: getattr(value, "code", ""))
def test_an_identity_holds_and_breaks_on_its_own_examples(the_form: Form, identity: Identity) -> None:
    kept = check(the_form, one_line(the_form, identity, dict(identity.holds)))
    broken = check(the_form, one_line(the_form, identity, dict(identity.breaks)))
    assert identity.code not in [finding.rule for finding in kept]
    (finding,) = [finding for finding in broken if finding.rule == identity.code]
    assert finding.severity is identity.grade.severity
    assert finding.whose is Whose.AGENCY
    assert finding.expected != finding.actual


def test_a_doubtful_figure_makes_a_rule_the_readings_trouble() -> None:
    doubted = Example("2021", {"proactive/licensing/decisions": "3.5"}, doubts=("proactive/licensing/decisions",))
    (finding,) = findings_of(doubted, "cell.not_whole")
    assert finding.whose is Whose.READING


def test_a_blank_table_that_lacks_a_row_is_blank_where_its_other_cells_were_seen() -> None:
    the_form = form("2021")
    cells = dict(Example("2021", {"review_litigation/*": "", "review_litigation/review/total": None}).cells(the_form))
    for seen, whose in ((None, Whose.READING), (Evidence(Span(0, 0), None), Whose.AGENCY)):
        blanks = {
            k: replace(cell, evidence=seen) if cell.state is CellState.BLANK else cell for k, cell in cells.items()
        }
        (finding,) = [each for each in check(the_form, blanks) if each.rule == "table.blank"]
        assert finding.whose is whose


def test_a_sum_that_needs_an_absent_or_unreadable_cell_is_not_tested() -> None:
    for raw in (None, "?"):
        printed = {"review_litigation/review/total": "3", "review_litigation/review/upheld": raw}
        assert findings_of(Example("2021", printed), "rl.sum") == []


def test_an_identity_is_tested_in_every_line_that_its_file_names() -> None:
    for the_form, identity in IDENTITIES:
        lines = [e.line for e in system_of(the_form).equations if e.identity is identity]
        assert lines == list(identity.over) or (not identity.over and lines)


WEBSITE = """
id = "website-2017"
edition = "website"
version = 1
name = "政府网站工作年度报表"
en = "Annual form of a government website"
source = "国办函〔2018〕12号"
first_year = 2017
recognise = { labels = [], notices = [] }

[[table]]
key = "services"
label = "办事服务"
en = "Services"
layout = "matrix"
unit = "件"
rows = [{ key = "cases", path = ["办件量"], en = "Cases" }]
columns = [
    { key = "natural_person", path = ["自然人办件量"], en = "Of natural persons" },
    { key = "legal_entity", path = ["法人办件量"], en = "Of legal entities" },
    { key = "total", path = ["总数"], en = "Total" },
]

[[identity]]
code = "web.cases"
table = "services"
across = "rows"
left = ["total"]
relation = "="
right = ["natural_person", "legal_entity"]
grade = "hard"
sentence = "Cases are those of natural persons and those of legal entities."
source = "the form"
holds = { "total" = 3, "natural_person" = 2, "legal_entity" = 1 }
breaks = { "total" = 3, "natural_person" = 2 }
"""


def test_the_identities_of_another_form_need_no_code() -> None:
    website = load_form("website.toml", WEBSITE)
    (identity,) = website.identities
    assert check(website, one_line(website, identity, dict(identity.holds))) == ()
    (finding,) = check(website, one_line(website, identity, dict(identity.breaks)))
    assert finding.rule == "web.cases"
    assert finding.message == "Row 办件量: 总数 is 3, but 自然人办件量 + 法人办件量 add up to 2 (difference +1)"


def test_a_table_most_of_whose_sums_break_was_probably_misread() -> None:
    edition = form("2021")
    rows = [row.key for row in edition.table("requests").rows]
    # Every row says 9 where its parts add up to 1.
    cells = cells_of("2021", {"requests": " ".join(["1 0 0 0 0 0 9"] * len(rows))})
    sums = [finding for finding in check(edition, cells) if finding.rule == "req.row_sum"]
    assert len(sums) == len(rows)
    assert {finding.whose for finding in sums} == {Whose.READING}
