"""Who is who: one name at two places is two agencies, and an alias joins two names."""

from __future__ import annotations

from dataclasses import replace

import pytest

from db import Store
from parsers.errors import BadInput
from parsers.report import Place
from tests.db.examples import VERSIONS, item, report

NANJING, FUZHOU = "320106", "350102"


def stored(store: Store, *entries: tuple[str, int, str | None]) -> None:
    """Stores a report for each name, year and place code."""
    run = store.begin_run("test", VERSIONS)
    for name, year, code in entries:
        given = report(agency=name, year=year, code=code)
        store.record(run, item(given, f"{name}{year}{code}.pdf"), given)


def test_one_name_at_two_places_is_two_agencies(store: Store) -> None:
    stored(store, ("鼓楼区公安局", 2021, NANJING), ("鼓楼区公安局", 2021, FUZHOU), ("鼓楼区公安局", 2021, None))
    assert [a.handle for a in store.agencies()] == [
        "鼓楼区公安局@",
        f"鼓楼区公安局@{NANJING}",
        f"鼓楼区公安局@{FUZHOU}",
    ]
    with pytest.raises(BadInput, match=f"3 agencies.*鼓楼区公安局@{NANJING}"):
        store.report("鼓楼区公安局", 2021)
    assert store.report(f"鼓楼区公安局@{FUZHOU}", 2021).report.identity.place.code == FUZHOU
    assert {entry.handle for entry in store.reports()} == {a.handle for a in store.agencies()}
    assert store.report("鼓楼区公安局@", 2021).report.identity.place.code is None


def test_what_an_earlier_report_told_of_an_agency_is_not_forgotten(store: Store) -> None:
    known, terse = report(year=2020), report(year=2021)
    terse = replace(terse, identity=replace(terse.identity, level=None, field=None))
    run = store.begin_run("test", VERSIONS)
    for given in (known, terse):
        store.record(run, item(given), given)
    (agency,) = store.agencies()
    assert (agency.level, agency.field) == ("city", "police")


def test_an_alias_moves_what_is_stored_and_what_comes(store: Store) -> None:
    stored(
        store,
        ("中卫市公安局", 2021, "640500"),
        ("中卫市公安局机关", 2020, "640500"),
        ("中卫市公安局机关", 2021, "640500"),
    )
    assert store.add_alias("中卫市公安局机关", "中卫市公安局") == 2
    stored(store, ("中卫市公安局机关", 2022, "640500"), ("中卫市公安局机关", 2019, None))
    (agency,) = store.agencies()
    assert (agency.first_year, agency.last_year, agency.aliases) == (2019, 2022, ("中卫市公安局机关",))
    assert store.agency("中卫市公安局机关") == agency
    versions = list(store.reports(agency="中卫市公安局", year=2021, current_only=False))
    assert [entry.is_current for entry in versions] == [False, True]


def test_an_alias_holds_for_its_place(store: Store) -> None:
    stored(store, ("鼓楼区公安局", 2021, NANJING), ("鼓楼公安分局", 2020, NANJING), ("鼓楼公安分局", 2020, FUZHOU))
    assert store.add_alias("鼓楼公安分局", "鼓楼区公安局") == 1
    assert [a.handle for a in store.agencies()] == [f"鼓楼公安分局@{FUZHOU}", f"鼓楼区公安局@{NANJING}"]


def test_an_alias_joins_reports_without_a_place(store: Store) -> None:
    stored(store, ("鼓楼区公安局", 2021, NANJING), ("鼓楼区公安局", 2020, None))
    assert store.add_alias("鼓楼区公安局", f"鼓楼区公安局@{NANJING}") == 1
    (agency,) = store.agencies()
    assert agency.reports == 2


SUIDE, YULIN = "610826", "610800"


def test_spellings_with_and_without_the_province_are_one_agency(store: Store) -> None:
    """Real offices put the province or the city in front in one year and leave it out in the next."""
    places = {SUIDE: Place(SUIDE, "陕西省", "榆林市", "绥德县"), YULIN: Place(YULIN, "陕西省", "榆林市", None)}
    names = (
        ("绥德县教育局", 2021, SUIDE),
        ("陕西省绥德县教育局", 2022, SUIDE),
        ("榆林市绥德县教育局", 2023, SUIDE),
        ("榆林市教育局", 2023, YULIN),
        ("绥德县马站镇人民政府", 2021, SUIDE),
        ("陕西省榆林市绥德县马站镇人民政府", 2022, SUIDE),
        ("陕西省榆林公路局", 2022, YULIN),
        ("榆林市公路局", 2021, YULIN),
    )
    run = store.begin_run("test", VERSIONS)
    for name, year, code in names:
        given = report(agency=name, year=year, code=code)
        given = replace(given, identity=replace(given.identity, place=places[code]))
        store.record(run, item(given, f"{name}{year}.pdf"), given)
    assert {agency.name: agency.reports for agency in store.agencies()} == {
        "绥德县教育局": 3,
        "榆林市教育局": 1,
        "绥德县马站镇人民政府": 2,
        "陕西省榆林公路局": 1,
        "榆林市公路局": 1,
    }
    assert store.agency("陕西省榆林市绥德县教育局").name == "绥德县教育局"


def test_aliases_follow_their_agency(store: Store) -> None:
    stored(store, ("甲局", 2019, "640500"), ("乙局", 2020, "640500"), ("丙局", 2021, "640500"))
    store.add_alias("甲局", "乙局")
    store.add_alias("乙局", "丙局")
    (agency,) = store.agencies()
    assert (agency.name, agency.reports, agency.aliases) == ("丙局", 3, ("乙局", "甲局"))
    stored(store, ("甲局", 2022, "640500"))
    assert len(store.agencies()) == 1


def test_an_unknown_agency_is_told_with_the_nearest(store: Store) -> None:
    stored(store, ("中卫市公安局", 2021, "640500"))
    with pytest.raises(BadInput, match="did you mean 中卫市公安局"):
        store.agency("中卫公安局")
    with pytest.raises(BadInput, match="there are: 2021"):
        store.report("中卫市公安局", 2020)
    with pytest.raises(BadInput, match="no other name"):
        store.add_alias("", "中卫市公安局")
    assert [agency.name for agency in store.agencies(containing="公安")] == ["中卫市公安局"]
    assert store.agencies(containing="%") == []
