"""The lexicon carries its own examples, and every one of them comes out as its file says."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

import parsers.facts
from parsers.facts import extract_facts
from parsers.facts.lexicon import lexicon
from parsers.report import Bound

EXAMPLES = [
    pytest.param(name, example, id=f"{name}-{number}")
    for name, metric in sorted(lexicon().metrics.items())
    for number, example in enumerate(metric.examples, 1)
]

# fmt: off
METRICS = [
    "posts", "followers", "views", "interactions", "accounts",
    "media_coverage", "disclosures", "documents", "interpretations",
    "press_events", "gazettes", "inquiries", "proposals", "opinions",
    "applications", "reviews", "lawsuits", "enforcement",
    "trainings", "events", "services", "fees", "other",
]
# fmt: on


@pytest.mark.parametrize(("metric", "example"), EXAMPLES)
def test_an_example_states_its_facts(metric: str, example: dict[str, Any]) -> None:
    found = extract_facts(example["text"], report_year=example["year"])
    expected = example["facts"]
    assert [fact.surface for fact in found] == [fact["surface"] for fact in expected]
    for fact, fields in zip(found, expected, strict=True):
        wanted = {"metric": metric, "year": example["year"], "part_of": None, "bound": "exact"} | fields
        assert {name: getattr(fact, name) for name in wanted} == wanted


def test_every_metric_has_a_file_with_an_example() -> None:
    known = lexicon().metrics
    assert set(known) == set(METRICS)
    assert all(metric.examples for metric in known.values())


def test_every_list_of_words_is_read_by_a_rule() -> None:
    rules = "".join(path.read_text(encoding="utf-8") for path in Path(parsers.facts.__file__).parent.rglob("*.py"))
    asked = {*re.findall(r"[\"'](\w+)[\"']", rules), *(bound.value for bound in Bound)}
    # No rule asks for the words of "neutral": they only keep the words inside them from being found.
    assert set(lexicon().lists) - asked == {"neutral"}


def test_a_word_names_one_channel() -> None:
    data = tomllib.loads(files("parsers.facts").joinpath("lexicon/channels.toml").read_text(encoding="utf-8"))
    words = [word for name, words in data.items() if name != "classes" for word in words]
    assert sorted({word for word in words if words.count(word) > 1}) == []


def test_the_longest_word_wins() -> None:
    known = lexicon()
    (word,) = known.words("微信公众号", 0, 5)
    assert (word.text, word.sense.channel) == ("微信公众号", "wechat")
