"""The views of the prose's figures, over the sample report and over sentences small enough to check by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from db import Store
from parsers.facts import extract_facts
from parsers.report import FactRole, Scope
from tests.db.examples import VERSIONS, item, report


def stored(store: Store, prose: str, year: int = 2021, scope: Scope = Scope.AGENCY) -> None:
    """Stores a report of this prose."""
    facts = tuple(extract_facts(prose, report_year=year))
    given = replace(report(year=year, scope=scope, content=prose), text=prose, sections=(), facts=facts)
    store.record(store.begin_run("test", VERSIONS), item(given), given)


def rows(store: Store, sql: str) -> list[tuple[Any, ...]]:
    return list(store.query(sql)[1])


def test_posts_of_each_channel_count_nothing_twice(store: Store) -> None:
    stored(
        store,
        "全年在门户网站发布信息80条，其中概况信息7条，公告信息14条。发布微博1839篇、微信3739篇。"
        "2020年发布微博1500篇。新媒体方面，共发布微博1839篇。微博发布量同比增长22.6%。",
    )
    assert rows(store, "SELECT channel, posts, figures, exact, inside FROM channel_posts ORDER BY channel") == [
        ("website", 80, 1, 1, 0),
        ("wechat", 3739, 1, 1, 0),
        ("weibo", 1839, 1, 1, 0),
    ]


def test_channels_inside_another_channels_figure_say_so(store: Store) -> None:
    stored(store, "通过政务新媒体发布信息500条，其中微信300条，微博200条。")
    found = rows(store, "SELECT channel, posts, inside, holds_others FROM channel_posts ORDER BY channel")
    assert found == [("new_media", 500, 0, 1), ("wechat", 300, 1, 0), ("weibo", 200, 1, 0)]
    assert rows(store, "SELECT SUM(posts) FROM channel_posts WHERE inside = 0") == [(500,)]


def test_growth_of_followers_from_both_ends_and_from_a_gain(store: Store) -> None:
    stored(store, "微博粉丝从1.7万余人增长到2.6万余人。抖音号新增粉丝3800人。")
    columns = "channel, from_value, to_value, delta, round(ratio, 3), exact"
    assert rows(store, f"SELECT {columns} FROM follower_growth ORDER BY channel") == [
        ("douyin", None, None, 3800, None, 1),
        ("weibo", 17000, 26000, 9000, 1.529, 0),
    ]


def test_a_breakdown_sets_each_part_beside_its_whole(store: Store) -> None:
    stored(store, "全年收到政府信息公开申请39件，其中网络申请21件，信函申请17件。")
    columns = "whole_value, value, parts, parts_sum, difference"
    assert rows(store, f"SELECT {columns} FROM fact_breakdown ORDER BY position") == [
        (39, 21, 2, 38, -1),
        (39, 17, 2, 38, -1),
    ]


def test_figures_that_do_not_add_up_have_no_sum(store: Store) -> None:
    stored(store, "收到政府信息公开申请39件，办结政府信息公开申请30件。举办培训班4期，参训256人次。")
    found = rows(store, "SELECT metric, counts, value, figures FROM fact_figure ORDER BY metric, counts")
    assert found == [
        ("applications", "things", None, 2),
        ("trainings", "people", 256, 1),
        ("trainings", "things", 4, 1),
    ]


def test_scopes_and_older_versions_stay_apart(store: Store) -> None:
    stored(store, "发布微博10篇。")
    stored(store, "发布微博700篇。", scope=Scope.AREA)
    stored(store, "发布微博12篇。")  # another version of the first
    found = rows(store, "SELECT scope, posts FROM channel_posts ORDER BY scope")
    assert len(found) == 2
    assert ("area", 700) in found


def test_facts_can_be_asked_for_across_reports(store: Store) -> None:
    stored(store, "发布微博10篇、微信20篇，微博粉丝从100人增长到200人。", year=2021)
    stored(store, "发布微博30篇。", year=2022)
    found = [(f.year, int(f.fact.value)) for f in store.stated_facts(metric="posts", channel="weibo")]
    assert found == [(2021, 10), (2022, 30)]
    (end,) = store.stated_facts(role=FactRole.TO, years=[2021], agency_ids=[store.agency("中卫市公安局").id])
    assert (end.fact.metric, int(end.fact.value), end.fact.sentence) == (
        "followers",
        200,
        "发布微博10篇、微信20篇，微博粉丝从100人增长到200人。",
    )
    assert store.facts(end.report_id)[end.position] == end.fact
    assert [int(f.value or 0) for f in store.fact_figures("posts", "weibo")] == [10, 30]


@pytest.mark.parametrize("view", ["channel_posts", "follower_growth", "fact_breakdown", "fact_figure", "fact_detail"])
def test_a_report_without_prose_has_no_rows(store: Store, view: str) -> None:
    stored(store, "没有数字。")
    assert rows(store, f"SELECT * FROM {view}") == []
