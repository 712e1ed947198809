"""Files of corrections: what they may hold, what is refused, and that nothing is lost on the way."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db import Correction, Verdict
from parsers.errors import BadInput
from parsers.forms import all_indicators
from parsers.report import CellKey, CellState
from pipeline.ingest.corrections import COLUMNS, read_corrections, written

SHA = "8c1f" * 16
NEW = CellKey("requests", "received.new", "total")
HEADER = ",".join(COLUMNS)
KEYS = sorted(indicator.key for indicator in all_indicators() if indicator.editions)

words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20).map(str.strip)
readings = st.one_of(
    st.sampled_from([state for state in CellState if state is not CellState.NUMBER]).map(lambda state: (state, None)),
    st.decimals(-(10**12), 10**12, places=2).map(lambda value: (CellState.NUMBER, value)),
)
corrections = st.builds(
    lambda sha256, key, verdict, reading, printed, who, when, why: Correction(
        sha256, key, verdict, reading[0], reading[1], printed, who, when, why
    ),
    st.integers(0, 2**256 - 1).map(lambda number: f"{number:064x}"),
    st.sampled_from(KEYS),
    st.sampled_from(Verdict),
    readings,
    words,
    words.filter(bool),
    st.dates(min_value=date(1000, 1, 1)),
    st.tuples(words.filter(bool), st.sampled_from(["", "\n第二行", ', "quoted"'])).map("".join).map(str.strip),
)


def fields_of(correction: Correction) -> dict[str, str]:
    """A correction as a person would write it."""
    key = correction.key
    return {
        "sha256": correction.sha256,
        "table": key.table,
        "row": key.row,
        "column": key.column,
        "printed": correction.printed,
        "value": "" if correction.value is None else format(correction.value, "f"),
        "state": "" if correction.state is CellState.NUMBER else correction.state.value,
        "verdict": correction.verdict.value,
        "who": correction.who,
        "when": correction.when.isoformat(),
        "why": correction.why,
    }


def line(**changed: str) -> bytes:
    """A file of one line, good but for what is changed."""
    fields = dict(zip(COLUMNS, [SHA, *str(NEW).split("/"), "5", "5", "", "corrected", "李敏", "2024-03-01", "a smudge"],
                      strict=True))  # fmt: skip
    return written([fields | changed])


@settings(max_examples=60, deadline=None)
@given(st.lists(corrections, max_size=6, unique_by=lambda c: (c.sha256, c.key)))
def test_what_is_written_is_read_again(given: list[Correction]) -> None:
    read = read_corrections(written(map(fields_of, given)), "corrections.csv")
    assert read.corrections == tuple(given)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=80), st.sampled_from(["corrections.csv", "corrections.toml"]))
def test_any_bytes_are_corrections_or_refused(content: bytes, name: str) -> None:
    for whole in (content, HEADER.encode() + b"\n" + content):
        with suppress(BadInput):
            assert read_corrections(whole, name).corrections == ()


def test_a_line_says_who_saw_what_when_and_why() -> None:
    (correction,) = read_corrections(line(when="2024/3/1"), "corrections.csv").corrections
    assert (correction.key, correction.verdict, correction.value) == (NEW, Verdict.CORRECTED, Decimal(5))
    assert (correction.who, correction.when, correction.why) == ("李敏", date(2024, 3, 1), "a smudge")


@pytest.mark.parametrize("toml", ["correction = 5", "correction = [1]", "[correction]\nwho = '李敏'"])
def test_toml_of_another_shape_is_told_the_right_one(toml: str) -> None:
    with pytest.raises(BadInput, match=r"a table of its own: \[\[correction\]\]"):
        read_corrections(toml.encode(), "corrections.toml")


def test_toml_says_the_same() -> None:
    toml = f"""
    [[correction]]
    sha256 = "{SHA}"
    table = "requests"
    row = "received.new"
    column = "total"
    state = "blank"
    verdict = "confirmed"
    who = "李敏"
    when = 2024-03-01
    why = "nothing is printed"
    """
    (correction,) = read_corrections(toml.encode(), "corrections.toml").corrections
    assert (correction.state, correction.value, correction.when) == (CellState.BLANK, None, date(2024, 3, 1))


def test_a_line_without_a_verdict_is_not_decided_yet() -> None:
    read = read_corrections(line(verdict="", who="", when="", why=""), "corrections.csv")
    assert (read.corrections, read.undecided) == ((), 1)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"sha256": "8c1f"}, "64 hexadecimal digits"),
        ({"row": "received.newer"}, "no form has a cell requests/received.newer/total"),
        ({"verdict": "ok"}, "none of confirmed, corrected, agency_error"),
        ({"who": ""}, "who is missing"),
        ({"why": " "}, "why is missing"),
        ({"when": "yesterday"}, "is not a day"),
        ({"when": "2024-02-30"}, "is not a day"),
        ({"value": ""}, "value is missing"),
        ({"state": "blank"}, "contradict each other"),
        ({"value": "", "state": "smudged"}, "none of number, blank"),
        ({"value": "1e9"}, "not a plain number"),
        ({"value": "五"}, "not a plain number"),
    ],
)
def test_what_cannot_be_used_is_named_with_its_line(changed: dict[str, str], said: str) -> None:
    with pytest.raises(BadInput, match=r"corrections\.csv, line 2: ") as refused:
        read_corrections(line(**changed), "corrections.csv")
    assert said in str(refused.value)


def test_one_bad_line_refuses_the_file_and_a_cell_stands_in_it_once() -> None:
    good, bad = line(), line(value="x").splitlines(keepends=True)[1]
    with pytest.raises(BadInput, match=r"line 3: value 'x'.*Nothing of the file was used"):
        read_corrections(good + bad, "corrections.csv")
    with pytest.raises(BadInput, match=r"line 3: .* stands in line 2 too"):
        read_corrections(good + good.splitlines(keepends=True)[1], "corrections.csv")


@pytest.mark.parametrize("content", [b"", b"file,agency\n", b"sha256\n"])
def test_a_file_of_other_columns_is_refused(content: bytes) -> None:
    with pytest.raises(BadInput, match=r"line 1: columns .*verdict"):
        read_corrections(content, "corrections.csv")
