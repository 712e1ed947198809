"""What holds for any text, also for hostile ones."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.facts import extract_facts, set_aside
from parsers.numerals import NumeralForm, numerals

# fmt: off
PIECES = [
    "发布", "公开", "信息", "微信", "、", "，", "。", "；", "其中", "(", "）", "（",
    "条", "件", "12", "3.5万", "两名", "人", "%", "较上年", "增长", "从", "至",
    "分别", "各", "均为", "网站", "2021年", "申请", "办结", "占", "总计", "粉丝", "余",
    "近", "万", "〔2021〕30号", "《", "》", "“", "”", "第", "一", "百", "等",
    "的", "个", "部门", "1,839", "和", "包括", "\n", "结果维持", "另有", "1-",
    "网站、微博",
]
# fmt: on
TEXTS = st.one_of(st.text(max_size=120), st.lists(st.sampled_from(PIECES), max_size=60).map("".join))


@settings(max_examples=120, deadline=None)
@given(TEXTS)
def test_facts_point_at_their_text_and_wholes_are_sound(text: str) -> None:
    facts = extract_facts(text, report_year=2022)
    for index, fact in enumerate(facts):
        assert text[fact.start : fact.end] == fact.surface
        assert fact.sentence in text
        seen = {index}
        whole = fact.part_of
        while whole is not None:
            assert 0 <= whole < len(facts)
            assert whole not in seen
            seen.add(whole)
            whole = facts[whole].part_of
    assert [fact.start for fact in facts] == sorted(fact.start for fact in facts)
    assert extract_facts(text, report_year=2022) == facts


@settings(max_examples=120, deadline=None)
@given(TEXTS)
def test_every_arabic_figure_is_a_fact_or_a_name(text: str) -> None:
    spans = [(fact.start, fact.end) for fact in extract_facts(text, report_year=2022)]
    spans += [(name.start, name.end) for name in set_aside(text)]
    claimed = {place for start, end in spans for place in range(start, end)}
    for numeral in numerals(text):
        if numeral.form is NumeralForm.ARABIC:
            assert numeral.start in claimed


@pytest.mark.parametrize("clause", ["累计公开信息9条，其中新增1条，", "其中政府网站1条，", "其中网站发布信息1条；"])
def test_thousands_of_breakdowns_in_one_sentence_are_read(clause: str) -> None:
    # Looking back at all the figures before each would take a hundred times as long as at the recent ones.
    facts = extract_facts(clause * 2500, report_year=2022)
    assert len(facts) == 2500 * clause.count("条")


MEGABYTE = 10**6


def test_a_long_paragraph_without_a_full_stop_gives_its_facts() -> None:
    clauses = "，".join(f"通过政府网站发布信息{number}条" for number in range(1, 1400))
    facts = extract_facts(clauses, report_year=2022)
    assert len(clauses) > 20_000
    assert [int(fact.value) for fact in facts] == list(range(1, 1400))
    assert {(fact.metric, fact.channel) for fact in facts} == {("posts", "website")}


@pytest.mark.parametrize(
    "paragraph",
    [
        "1" * MEGABYTE,
        "其中" * (MEGABYTE // 6),
        "公" * (MEGABYTE // 3),
        "（" * (MEGABYTE // 6) + "）" * (MEGABYTE // 6),
        "1条" * (MEGABYTE // 4),
        "其中1条（" * (MEGABYTE // 13),
        "，" * (MEGABYTE // 3),
        "“" * (MEGABYTE // 3),
        "《" * (MEGABYTE // 3),
        "网站、" * (MEGABYTE // 9) + "各1条",
        "1-" * (MEGABYTE // 2),
        "1条\n" * (MEGABYTE // 5),
        "某网发布" * (MEGABYTE // 12) + "1条",
        "热线接听12-34-" * (MEGABYTE // 18),
        "网站、微信" * (MEGABYTE // 15) + "分别1条",
        "a1@" * (MEGABYTE // 3),
        " " * MEGABYTE,
        "将" * (MEGABYTE // 3) + "1条",
        "计划" * (MEGABYTE // 6) + "1条",
        "信息1条\n" * (MEGABYTE // 11),
        "通过政府网站发布信息12条，其中解读3篇（参训5人次），" * (MEGABYTE // 78),
    ],
    ids=lambda paragraph: str(paragraph)[:4],
)
def test_a_hostile_megabyte_is_read(paragraph: str) -> None:
    # The pattern that backtracks would take hours here; each of these takes about a second.
    assert len(extract_facts(paragraph, report_year=2022)) <= 1
