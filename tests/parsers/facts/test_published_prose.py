"""The prose of a published report, read completely: the expected facts were written down by hand from the page."""

from __future__ import annotations

import json
from pathlib import Path

from parsers.facts import extract_facts
from parsers.report import Fact

DATA = Path(__file__).parent / "data"
PROSE = (DATA / "zhongwei-police-2021.txt").read_text(encoding="utf-8")
EXPECTED = [
    json.loads(line) for line in (DATA / "zhongwei-police-2021.facts.jsonl").read_text(encoding="utf-8").splitlines()
]
JUDGED = ("start", "surface", "metric", "channel", "value", "unit", "bound", "kind", "role", "year", "part_of")


def test_every_figure_of_the_prose_is_read_as_a_person_reads_it() -> None:
    facts = extract_facts(PROSE, report_year=2021)
    assert [{name: getattr(fact, name) for name in JUDGED} for fact in facts] == [
        {name: fact[name] for name in JUDGED} for fact in EXPECTED
    ]


def test_followers_of_four_channels_keep_their_names() -> None:
    facts = extract_facts(PROSE, report_year=2021)
    followers = [fact for fact in facts if fact.metric == "followers"]
    assert len(followers) == 2
    assert all(fact.subject is not None and "微信、视频号、抖音、快手" in fact.subject for fact in followers)
    assert [fact.sentence == followers[0].sentence for fact in followers] == [True, True]


def test_a_fact_points_at_its_figure() -> None:
    def printed(fact: Fact) -> str:
        return PROSE[fact.start : fact.end]

    facts = extract_facts(PROSE, report_year=2021)
    assert [printed(fact) for fact in facts] == [fact.surface for fact in facts]
