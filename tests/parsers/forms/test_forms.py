"""The forms as data: complete, consistent, and right about themselves."""

from __future__ import annotations

import pytest

from parsers.align import align
from parsers.errors import BadInput
from parsers.forms import all_forms, all_indicators, form_of
from parsers.forms.form import Example, Form, Numbers
from parsers.forms.load import load_form
from parsers.report import Cell, CellKey
from tests.parsers.documents import document_of

EXAMPLES = [
    pytest.param(form, example, id=f"{form.id}: {example.name}") for form in all_forms() for example in form.examples
]


@pytest.mark.parametrize(("form", "example"), EXAMPLES)
def test_a_form_reads_its_own_examples(form: Form, example: Example) -> None:
    cells = {str(cell.key): _told(cell) for cell in align(document_of(example.grid), form).cells}
    assert {key: cells[key] for key in example.cells} == dict(example.cells)


def _told(cell: Cell) -> str:
    return cell.state.value if cell.value is None else format(cell.value.normalize(), "f")


def test_the_editions_have_the_official_number_of_cells() -> None:
    assert {"2014": 58, "2019": 198, "2021": 200}.items() <= {
        form.edition: len(list(form.cell_keys())) for form in all_forms()
    }.items()


@pytest.mark.parametrize("form", all_forms(), ids=lambda form: form.id)
def test_an_edition_is_known_by_labels_that_no_other_edition_prints(form: Form) -> None:
    others = [word for other in all_forms() if other is not form for word in _printed(other)]
    assert [label for label in form.recognise.labels if any(label in word for word in others)] == []


def _printed(form: Form) -> list[str]:
    return [word for table in form.tables for label in (*table.rows, *table.columns) for word in label.path]


def test_labels_are_those_of_the_official_form() -> None:
    form = form_of("2021")
    assert form is not None
    assert form.labels_of(CellKey("requests", "outcome.denied.state_secret", "business")) == (
        "三、本年度办理结果/（三）不予公开/1.属于国家秘密",
        "法人或其他组织/商业企业",
    )
    assert form.labels_of(CellKey("proactive", "fees", "amount")) == (
        "第二十条第（八）项/行政事业性收费",
        "本年收费金额（单位：万元）",
    )


def test_the_same_quantity_has_one_indicator_in_both_editions() -> None:
    indicators = {str(indicator.key): indicator for indicator in all_indicators()}
    assert indicators["requests/received.new/total"].editions[:2] == ("2019", "2021")
    handled_otherwise = indicators["requests/outcome.other/total"]
    assert (handled_otherwise.editions, handled_otherwise.derived_in[:1]) == (("2019",), ("2021",))
    assert [term.row for term in handled_otherwise.terms] == [
        "outcome.other.not_corrected",
        "outcome.other.fee_unpaid",
        "outcome.other.rest",
    ]


def test_quantities_that_changed_their_meaning_have_different_indicators() -> None:
    editions = {str(indicator.key): indicator.editions for indicator in all_indicators()}
    for row, before, since in (
        ("normative_documents", "disclosed_total", "in_force"),
        ("fees", "items_change", "amount"),
    ):
        assert editions[f"proactive/{row}/{before}"] == ("2019",)
        assert editions[f"proactive/{row}/{since}"][0] == "2021"


A_NEW_EDITION = """
id = "gia-2031"
edition = "2031"
version = 1
name = "一个新的格式"
en = "An edition to come"
source = "a notice to come"
first_year = 2031
[recognise]
labels = ["本年咨询件数", "本年答复件数"]
notices = ["2031 1"]
[[table]]
key = "inquiries"
label = "咨询情况"
en = "Inquiries"
layout = "matrix"
unit = "件"
rows = [
    { key = "phone", path = ["一、电话咨询"], en = "By telephone" },
    { key = "online", path = ["二、网上咨询"], en = "Online" },
]
columns = [
    { key = "asked", path = ["本年咨询件数"], en = "Asked" },
    { key = "answered", path = ["本年答复件数"], en = "Answered" },
]
"""


def test_a_new_edition_needs_a_file_and_no_code() -> None:
    form = load_form("gia-2031.toml", A_NEW_EDITION)
    page = document_of("|本年咨询件数|本年答复件数\n一、电话咨询|31|30\n二、网上咨询|7|")
    assert [(str(cell.key), _told(cell)) for cell in align(page, form).cells] == [
        ("inquiries/phone/asked", "31"),
        ("inquiries/phone/answered", "30"),
        ("inquiries/online/asked", "7"),
        ("inquiries/online/answered", "blank"),
    ]


def test_a_row_of_a_list_says_what_its_figures_are() -> None:
    form = form_of("2014")
    assert form is not None
    indicators = {str(indicator.key): indicator for indicator in all_indicators()}
    told = {row: indicators[f"statistics/{row}/count"] for row in ("disclosed", "received", "budget", "staff")}
    assert [(i.unit, i.kind) for i in told.values()] == [
        ("条", "flow"),
        ("件", "flow"),
        ("万元", "flow"),
        ("人", "stock"),
    ]
    assert form.table("statistics").column_at(told["budget"].key).numbers is Numbers.DECIMAL


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        (A_NEW_EDITION.replace('layout = "matrix"', ""), "gia-2031.toml: 'layout' is missing or not known"),
        (A_NEW_EDITION.replace("matrix", "wheel"), "gia-2031.toml: 'wheel' is not a valid Layout"),
        (A_NEW_EDITION.replace("matrix", "list"), "gia-2031.toml: table inquiries: layout list has one column"),
        (A_NEW_EDITION + "[[", "gia-2031.toml: not valid TOML"),
    ],
)
def test_a_wrong_form_file_is_told_by_name_and_reason(broken: str, message: str) -> None:
    with pytest.raises(BadInput) as error:
        load_form("gia-2031.toml", broken)
    assert str(error.value).startswith(message)
