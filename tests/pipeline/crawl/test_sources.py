"""``sources.toml``: what it may say, and how a mistake in it is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.errors import BadInput
from pipeline.crawl.sources import Source
from pipeline.crawl.sources_file import parse_sources, read_sources

GOOD = """contact = "mailto:a@b.cn"

[defaults]
delay = 2.5
budget = { requests = 100 }

[[site]]
name = "lanping"
agency = "澜平市人民政府"
start = "http://www.lanping.cn/zwgk/"
hosts = ["files.lanping.cn:8080"]
follow = ['/zwgk/.*nb/']
budget = { minutes = 5 }

[[site]]  # another
name = "dongcen"
agencies = ["东岑县公安局", "东岑县水利局"]
start = ["http://127.0.0.1:8802/col/"]
system = "hanweb"
floor = { entries = 10, reports = 5 }
select = { entry = "ul.list li", day = "span" }
"""


def test_sites_take_what_the_defaults_say() -> None:
    sources = parse_sources(GOOD, "sources.toml")
    lanping, dongcen = sources.sites
    assert (lanping.delay, lanping.budget.requests, lanping.budget.minutes, dongcen.budget.minutes) == (
        2.5,
        100,
        5,
        120,
    )
    assert lanping.hosts == ("www.lanping.cn", "files.lanping.cn:8080")
    assert (lanping.agency, dongcen.agency) == ("澜平市人民政府", None)
    assert (dongcen.floor.entries, dongcen.line) == (10, 15)
    assert "mailto:a@b.cn" in sources.user_agent


def test_hosts_are_hosts_and_ports() -> None:
    lanping, dongcen = parse_sources(GOOD, "s").sites
    assert lanping.allows("https://www.lanping.cn/x")
    assert not lanping.allows("http://www.lanping.cn:8081/x")
    assert not lanping.allows("http://lanping.cn/x")
    assert dongcen.allows("http://127.0.0.1:8802/x")
    assert not dongcen.allows("http://127.0.0.1:8803/x")


@pytest.mark.parametrize(
    ("change", "to", "line", "says"),
    [
        ('contact = "mailto:a@b.cn"', "", 1, "contact"),
        ("delay = 2.5", "delay = -1", 4, "a number from 0"),
        ("delay = 2.5", 'delay = "fast"', 4, "a number from 0"),
        ('name = "lanping"', 'nam = "lanping"', 8, "is 'name' meant"),
        ('name = "dongcen"', 'name = "lanping"', 16, "another site is called 'lanping' (line 7)"),
        ('start = "http://www.lanping.cn/zwgk/"', 'start = "www.lanping.cn"', 10, "begins with http"),
        ('start = ["http://127.0.0.1:8802/col/"]', "start = []", 18, "at least one address"),
        ("follow = ['/zwgk/.*nb/']", "follow = ['(']", 12, "no regular expression"),
        ('system = "hanweb"', 'system = "hanwebb"', 19, "choose from auto, gkmlpt"),
        ("entries = 10,", "entrys = 10,", 20, "is 'entries' meant"),
        ('entry = "ul.list li"', 'entry = "ul[["', 21, "no CSS selector"),
        ('hosts = ["files.lanping.cn:8080"]', 'hosts = ["http://files.lanping.cn/"]', 11, "is no host"),
        ("[[site]]  # another", "[[site]", 15, "not valid TOML"),
        ('agency = "澜平市人民政府"', "agency = 7", 9, "a text"),
        ("[defaults]", '[defaults]\nname = "x"', 4, "belongs to a site"),
    ],
)
def test_mistakes_are_told_with_their_line(change: str, to: str, line: int, says: str) -> None:
    assert change in GOOD
    with pytest.raises(BadInput) as told:
        parse_sources(GOOD.replace(change, to, 1), "sources.toml")
    assert f"sources.toml, line {line}: " in str(told.value)
    assert says in str(told.value)


def test_a_missing_file_is_told_with_where_to_read_on(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"docs/nightly\.md"):
        read_sources(tmp_path / "none.toml")


def test_the_example_of_the_documentation_is_valid() -> None:
    page = (Path(__file__).parents[3] / "docs" / "nightly.md").read_text(encoding="utf-8")
    example = page.split("```toml\n", 1)[1].split("```", 1)[0]
    assert len(parse_sources(example, "docs/nightly.md").sites) >= 2


def test_every_setting_of_a_site_is_documented() -> None:
    page = (Path(__file__).parents[3] / "docs" / "nightly.md").read_text(encoding="utf-8")
    assert [name for name in Source.__slots__ if name != "line" and f"`{name}" not in page] == []
