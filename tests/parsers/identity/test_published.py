"""How published reports really begin: ``published.toml`` holds what a person reads in each."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.identity import identify, require_report
from tests.parsers.documents import document_of

PUBLISHED: list[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("published.toml").read_text(encoding="utf-8")
)["report"]
REST = "二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n四、政府信息公开行政复议、行政诉讼情况"
"""The chapters that the shortened texts leave out; a real report goes on with them."""


@pytest.mark.parametrize("report", PUBLISHED, ids=[f"{entry['agency']}-{entry['year']}" for entry in PUBLISHED])
def test_a_published_report_is_known_by_its_first_page(report: dict[str, Any]) -> None:
    body, signature = _split_signature(report["text"].strip())
    made = replace(document_of(body, REST, signature), name=report.get("name", "report_17.pdf"))

    identity, findings = identify(made)

    assert (identity.agency, identity.year) == (report["agency"], report["year"])
    assert identity.scope == report.get("scope", "agency")
    assert identity.corrected == report.get("corrected", False)
    for key, value in {
        "normalised": identity.agency_normalised,
        "county": identity.place.county,
        "level": identity.level,
        "edition": identity.edition,
        "published": str(identity.published),
    }.items():
        assert report.get(key, value) == value
    assert {finding.rule for finding in findings} - {"identity.year_disagrees"} == set(report.get("findings", ()))
    for witness in identity.witnesses:
        assert witness.span is None or witness.span.of(made.text).strip()
    require_report(made, identity)


def _split_signature(text: str) -> tuple[str, str]:
    """The last two lines when they are a signature with its date, which stands behind everything else."""
    *body, name, day = text.split("\n")
    return ("\n".join(body), f"{name}\n{day}") if day.endswith("日") and len(day) < 14 else (text, "")


TITLES = [
    ("中卫市公安局2021年政府信息公开工作年度报告", "中卫市公安局", 2021),
    ("二〇二〇年平罗县城关镇人民政府信息公开工作年度报告", "平罗县城关镇人民政府", 2020),
    ("2022年度石狮市人民政府办公室政府信息公开年报", "石狮市人民政府办公室", 2022),
]


@given(title=st.sampled_from(TITLES), blanks=st.lists(st.tuples(st.integers(0, 40), st.sampled_from(" 　\t\u00a0"))))
@settings(max_examples=60, deadline=None)
def test_blanks_anywhere_in_a_title_change_nothing(
    title: tuple[str, str, int], blanks: list[tuple[int, str]]
) -> None:
    text, agency, year = title
    for place, blank in blanks:
        text = text[:place] + blank + text[place:]

    identity, findings = identify(document_of(text, "本报告依据条例编制。"))

    assert (identity.agency, identity.year, findings) == (agency, year, ())
    assert identity.title is not None
    assert not any(character.isspace() for character in identity.title)


@given(title=st.sampled_from(TITLES), breaks=st.sets(st.integers(1, 20), max_size=3))
@settings(max_examples=60, deadline=None)
def test_a_title_over_up_to_four_lines_is_one_title(title: tuple[str, str, int], breaks: set[int]) -> None:
    text, agency, year = title
    for place in sorted(breaks, reverse=True):
        text = text[:place] + "\n" + text[place:]

    identity, _ = identify(document_of(text, "本报告依据条例编制，如有疑问请电话联系。"))

    assert (identity.agency, identity.year) == (agency, year)
