"""The published reports of the corpus are whole, and their confirmed figures obey the form."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.arithmetic import breaks
from corpus.published import PublishedReport, published_reports
from parsers.forms import form_of
from parsers.report import CellKey

REPORTS = published_reports()


def test_the_first_report_is_there() -> None:
    assert "zhongwei-police-2021" in [report.name for report in REPORTS]


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.name)
def test_every_cell_of_the_form_is_confirmed(report: PublishedReport) -> None:
    assert report.expected is not None, f"{report.path}: read it by eye and write expected.json beside it"
    form = form_of(report.expected.edition)
    assert form is not None
    assert list(report.expected.cells) == list(form.cell_keys())


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.name)
def test_the_page_breaks_just_the_identities_that_are_confirmed(report: PublishedReport) -> None:
    assert report.expected is not None
    form = form_of(report.expected.edition)
    assert form is not None
    certain, _ = breaks(form, report.expected.cells)
    assert certain == report.expected.slips


def test_figures_of_the_first_report() -> None:
    report = next(report for report in REPORTS if report.name == "zhongwei-police-2021")
    assert report.expected is not None
    cells = report.expected.cells
    assert str(cells[CellKey("proactive", "penalties", "decisions")].value) == "507058"
    assert str(cells[CellKey("proactive", "fees", "amount")].value) == "4.4025"
    assert str(cells[CellKey("requests", "outcome.not_processed.petition", "natural_person")].value) == "2"
    assert str(cells[CellKey("requests", "outcome.other.rest", "total")].value) == "0"


def test_a_document_without_expectation_is_listed_as_unconfirmed(tmp_path: Path) -> None:
    (tmp_path / "new-report").mkdir()
    (tmp_path / "new-report" / "report.html").write_text("<p>…</p>", encoding="utf-8")
    (report,) = published_reports(tmp_path)
    assert report.name == "new-report"
    assert report.expected is None
