"""The content systems: what each makes of its pages. Pages are made up; their structure is that of published ones."""

from __future__ import annotations

import json

import pytest

from pipeline.crawl.page import Page
from pipeline.crawl.systems import all_systems, system_of
from pipeline.crawl.systems.listing import Listing

HERE = "http://www.a.cn/zwgk/nb/index.html"


def read(html: str, url: str = HERE, *, system: str | None = None) -> Listing:
    """The listing by the system that recognises the page, which must be ``system``."""
    page = Page(url, html.encode())
    found = system_of(page)
    assert system is None or found.name == system
    return found.listing(page)


def asked(listing: Listing) -> list[str]:
    """Addresses of what follows, without the host."""
    return [query.url.removeprefix("http://www.a.cn") for query in listing.following]


def test_every_system_bears_its_own_name() -> None:
    assert list(all_systems())[-1] == "plain"
    assert {"trs", "nfcms", "hanweb", "hanweb-unit", "hanweb-xxgk", "boda", "gkmlpt", "json", "plain"} == set(
        all_systems()
    )


def test_trs_counts_from_zero() -> None:
    listing = read('<script>createPageHTML(3, 0, "index", "html");</script>', system="trs")
    assert asked(listing) == ["/zwgk/nb/index_1.html", "/zwgk/nb/index_2.html"]


def test_nfcms_counts_from_one() -> None:
    listing = read("<script>createPageHTML('page_div', 3, 1, 'list', 'shtml', 44);</script>", system="nfcms")
    assert (asked(listing), listing.total) == (["/zwgk/nb/list_2.shtml", "/zwgk/nb/list_3.shtml"], 44)


def test_a_pager_that_claims_a_million_pages_is_not_believed() -> None:
    assert len(asked(read('<script>createPageHTML(999999, 0, "index", "html");</script>'))) < 1000


RECORD = "<record><![CDATA[<li><a href='/art/2024/1/{day}/art_1_{day}.html' title='第{day}件'>第…</a><b>2024-01-{day}</b></li>]]></record>"


def test_hanweb_reads_records_and_asks_the_next_group() -> None:
    listing = read(
        "<div><script type='text/xml'><datastore><nextgroup><![CDATA[<a href=\"/module/web/jpage/dataproxy.jsp?page=2&unitid=7\"></a>]]>"
        f"</nextgroup><totalrecord>9</totalrecord><recordset>{RECORD.format(day=24)}{RECORD.format(day=11)}</recordset></datastore></script></div>",
        system="hanweb",
    )
    assert [(item.title, str(item.day)) for item in listing.items] == [
        ("第24件", "2024-01-24"),
        ("第11件", "2024-01-11"),
    ]
    assert (asked(listing), listing.total) == (["/module/web/jpage/dataproxy.jsp?page=2&unitid=7"], 9)


def test_hanweb_posts_for_the_records_behind_those_shown() -> None:
    listing = read(
        f"<script type='text/xml'><datastore><recordset>{RECORD.format(day=24)}{RECORD.format(day=11)}</recordset></datastore></script>"
        "<script>var param_7={proxyUrl:'/module/web/jpage/dataproxy.jsp',totalRecord:9,perPage:2,columnid:12,unitid:'7',webid:3};</script>",
        system="hanweb",
    )
    assert asked(listing) == [
        "/module/web/jpage/dataproxy.jsp?startrecord=3&endrecord=8&perpage=2",
        "/module/web/jpage/dataproxy.jsp?startrecord=9&endrecord=9&perpage=2",
    ]
    assert all(
        "columnid=12" in (query.form or "") and "unitid=7" in (query.form or "") for query in listing.following
    )


def test_hanweb_units_answer_html_in_json() -> None:
    unit = "/api-gateway/jpaas-publish-server/front/page/build/unit"
    shell = read(
        f"<div id='list' url='{unit}' "
        "queryData=\"{'parseType':'bulidstatic','webId':'52','pageType':'column','tagId':'列表','pageId':'16'}\"></div>",
        system="hanweb-unit",
    )
    assert shell.shell
    first = shell.following[0].url
    assert "webId=52" in first
    assert "pageNo%22%3A1" in first
    html = '<ul><li><a href="/art/2024/1/24/art_1_9.html">年报</a><span>2024-01-24</span></li></ul><div count="31" pageSize="15"></div>'
    answer = read(json.dumps({"data": {"html": html}}), first, system="hanweb-unit")
    assert ([item.title for item in answer.items], answer.total) == (["年报"], 31)
    assert "pageNo%22%3A2" in answer.following[0].url


def test_hanweb_xxgk_fills_its_shell_by_post() -> None:
    shell = read(
        '<iframe src="/module/xxgk/tree.jsp?standardXxgk=1&amp;area=11220100MB&amp;divid=div4"></iframe>'
        "<script>loadDynamic('/module/xxgk/search.jsp?infotypeId=B002&jdid=15')</script>",
        system="hanweb-xxgk",
    )
    assert shell.shell
    form = shell.following[0].form or ""
    assert all(
        part in form
        for part in ("area=11220100MB", "infotypeId=B002", "jdid=15", "divid=div4", "currpage=1", "standardXxgk=1")
    )
    rows = "<table><tr class='tr_main_value_odd'><td>"
    rows += "<a href='/art/2024/1/2/art_7_8.html'>年报</a></td><td>2024-01-02</td></tr></table>共2页"
    answer = read(rows, shell.following[0].url, system="hanweb-xxgk")
    assert [item.url for item in answer.items] == ["http://www.a.cn/art/2024/1/2/art_7_8.html"]
    assert "currpage=2" in (answer.following[0].form or "")
    last = read(rows, answer.following[0].url)
    assert last.following == ()


def test_boda_follows_its_pager_down() -> None:
    pager = '<span class="p_next p_fun"><a href="nb/4.htm">下页</a></span><span class="p_last"><a href="nb/1.htm">尾页</a></span>'
    listing = read(f'<div id="vsb_content"></div>{pager}', "http://www.a.cn/xxgk/nb.htm", system="boda")
    assert asked(listing) == ["/xxgk/nb/4.htm"]


def gkmlpt_answer(number: int, count: int, **more: object) -> Listing:
    articles = [
        {
            "title": f"第{i}件",
            "url": f"/gkmlpt/content/1/{i}/post_{i}.html",
            "publisher": "水务局",
            "date": 1_700_000_000,
        }
        for i in range(count)
    ]
    return read(
        json.dumps({"articles": articles, **more}),
        f"http://www.a.cn/sw/gkmlpt/api/all/21?page={number}&sid=769",
        system="gkmlpt",
    )


def test_gkmlpt_asks_for_the_categories_of_annual_reports() -> None:
    tree = [{"id": 5, "name": "机构", "children": [{"id": 21, "name": "政府信息公开年报", "children": []}]}]
    shell = read(
        f"<script>_CONFIG={{SID:'769', TREE: {json.dumps(tree)}}}</script>",
        "http://www.a.cn/sw/gkmlpt/index",
        system="gkmlpt",
    )
    assert (asked(shell), shell.shell) == (["/sw/gkmlpt/api/all/21?page=1&sid=769"], True)


def test_gkmlpt_ends_at_its_count_or_at_an_empty_page() -> None:
    assert asked(gkmlpt_answer(1, 3, classify={"post_count": 5})) == ["/sw/gkmlpt/api/all/21?page=2&sid=769"]
    assert asked(gkmlpt_answer(2, 3, classify={"post_count": 5})) == []
    assert asked(gkmlpt_answer(4, 0)) == []
    item = gkmlpt_answer(1, 1).items[0]
    assert (item.agency, str(item.day)) == ("水务局", "2023-11-15")


def test_json_of_an_unknown_system_is_searched_for_titles_and_addresses() -> None:
    listing = read(
        json.dumps(
            {
                "code": 0,
                "data": {
                    "total": 4,
                    "rows": [
                        {"docTitle": "<em>年报</em>", "docPubUrl": "./a.html", "docRelTime": "2024-01-02"},
                        {"x": 1},
                    ],
                },
            }
        ),
        "http://www.a.cn/api/list?channel=3&pageNo=1",
        system="json",
    )
    assert [(item.url, item.title, str(item.day)) for item in listing.items] == [
        ("http://www.a.cn/api/a.html", "年报", "2024-01-02")
    ]
    assert asked(listing) == ["/api/list?channel=3&pageNo=2"]


@pytest.mark.parametrize(
    "link",
    ['<a href="list_2.shtml">下一页</a>', '<a href="?page=2" rel="next">→</a>', '<a href="index_2.html">2</a>'],
)
def test_plain_lists_follow_what_says_next(link: str) -> None:
    assert len(asked(read(f"<ul><li><a href='x.html'>年报</a></li></ul>{link}", system="plain"))) == 1


@pytest.mark.parametrize(
    "broken", ["", "<", "{", '{"articles": [1, null, {"title": 3}]}', "<datastore><record>", "[[[[", '{"data": null}']
)
@pytest.mark.parametrize(
    "url",
    [
        HERE,
        "http://a.cn/gkmlpt/api/all/1?page=x",
        "http://a.cn/front/page/build/unit?paramJson=%5B",
        "http://a.cn/module/xxgk/search.jsp",
    ],
)
def test_broken_pages_are_lists_without_items(broken: str, url: str) -> None:
    for system in all_systems().values():
        assert system.listing(Page(url, broken.encode())).items == ()
