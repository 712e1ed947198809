"""The catalogue page is made from the rules, and is fresh."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import parsers
from parsers.checks.catalogue import PAGE, catalogue, page
from parsers.checks.reading import reading_finding, reading_rules
from parsers.report import CellKey, Whose


def test_the_page_is_fresh() -> None:
    root = Path(parsers.__file__).parent.parent
    assert (root / PAGE).read_text(encoding="utf-8") == page(), "run python -m parsers.checks.catalogue"


def test_every_rule_is_in_the_catalogue_once_with_its_sentence() -> None:
    rules = catalogue()
    assert len({rule.code for rule in rules}) == len(rules)
    assert {"req.balance", "pro.rules_power", "reading.label_doubtful"} <= {rule.code for rule in rules}
    assert all(rule.sentence.endswith(".") and rule.breaks for rule in rules)
    assert next(rule for rule in rules if rule.code == "req.row_sum").editions[:2] == ("2019", "2021")


def test_every_code_that_reading_uses_has_its_sentence() -> None:
    room = Path(parsers.__file__).parent
    sources = "".join(path.read_text(encoding="utf-8") for path in sorted(room.rglob("*.py")))
    used = set(re.findall(r'"((?:reading|left_over|identity)\.[a-z_]+)"', sources)) - {"reading.toml"}
    assert used <= set(reading_rules()), "add the missing rules to parsers/checks/reading.toml"


def test_a_finding_of_the_reading_takes_its_words_from_the_data() -> None:
    key = CellKey("requests", "received.new", "total")
    finding = reading_finding("reading.figure_unreadable", "the cell reads 12 3", [key])
    assert finding.where == ("requests/received.new/total",)
    assert finding.whose is Whose.READING
    assert finding.message.endswith(": the cell reads 12 3")
    assert finding.severity is reading_rules()[finding.rule].severity
    with pytest.raises(KeyError):
        reading_finding("reading.unheard_of", "")
