"""A site that takes a new edition of a report back: what its address gives tonight is the report, read long ago or not."""

from __future__ import annotations

from pathlib import Path

from db import Store
from pipeline.crawl.night import scrape
from pipeline.crawl.sources_file import parse_sources
from pipeline.ingest.run import ingest
from tests.pipeline.crawl.pages import body_of, list_page, report_page
from tests.pipeline.crawl.server import Site, running

AGENCY = "柳川县民政局"
FIRST, SECOND = body_of(AGENCY, 2016, 321), body_of(AGENCY, 2016, 999)


def night(folder: Path, body: str, ports: dict[str, int]) -> str:
    """A night over a site whose one report reads so, and an ingest of the archive by hand; the prose that counts then."""
    site = Site("civil")
    site.page("/nb.html", list_page([("/2016.html", f"{AGENCY}2016年政府信息公开工作年度报告", "2017-01-20")]))
    site.page("/2016.html", report_page(AGENCY, 2016, body=body))
    with running(lambda _: [site], ["civil"], ports or None) as served:
        ports["civil"] = int(served.urls["civil"].rpartition(":")[2])
        start = f"{served.urls['civil']}/nb.html"
        text = f'contact = "a@b.cn"\n[defaults]\ndelay = 0\n[[site]]\nname = "civil"\nagency = "{AGENCY}"\nstart = "{start}"\n'
        database, archive = str(folder / "n.db"), folder / "archive"
        with Store.open(database) as store:
            scrape(store, parse_sources(text, "s"), archive, database=database, jobs=1)
            ingest(store, [str(archive)])
            assert [entry.agency for entry in store.reports()] == [AGENCY], "the list of reports is none"
            return store.report(AGENCY, 2016).report.text


def test_a_report_that_the_site_took_back_gives_way_to_the_one_that_it_shows_again(tmp_path: Path) -> None:
    ports: dict[str, int] = {}
    assert "信息321条" in night(tmp_path, FIRST, ports)
    assert "信息999条" in night(tmp_path, SECOND, ports)
    assert "信息321条" in night(tmp_path, FIRST, ports), "nothing was read anew: these bytes were in the archive"
