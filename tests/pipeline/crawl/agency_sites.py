"""Model sites in the shapes that the content systems have, and some that are out to hold a crawler.

Each site knows what must be found on it (:data:`EXPECTED`: agency and year, once for each source) and what must never
be asked for (:data:`FORBIDDEN`: beginnings of paths).
"""

from __future__ import annotations

import gzip
import json
import time
from dataclasses import dataclass, field
from urllib.parse import quote

from tests.pipeline.crawl.pages import body_of, list_page, report_file, report_page, zipped
from tests.pipeline.crawl.server import Answer, Asked, Handler, Raw, Site

PDF = b"%PDF-1.4\n% a scan: one picture, no text\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@dataclass
class Model:
    """A site with what a crawler has to do on it."""

    site: Site
    start: str
    agency: str
    expected: set[tuple[str, int]] = field(default_factory=set)
    forbidden: list[str] = field(default_factory=list)
    settings: str = ""


def title(agency: str, year: int) -> str:
    return f"{agency}{year}年政府信息公开工作年度报告"


def boda(urls: dict[str, str], night: int) -> Model:
    """Pages that count down, session numbers in every link, a calendar without an end, files without a name."""
    site = Site("boda")
    school = "云岭大学"

    def listed(years: list[int], more: str) -> str:
        rows = [(f"/info/1001/{year}.htm;jsessionid=%s", title(school, year), f"{year + 1}-10-20") for year in years]
        rows.append(("/info/1001/99.htm", "云岭大学信息公开指南", "2020-01-01"))
        calendar = '<div><a href="/rl/2024/05.htm">2024年5月</a> <a href="/rl/2024/06.htm">下一页</a></div>'
        return list_page(rows, heading="信息公开年报-云岭大学", more=more + calendar)

    def fresh_session(html: str, charset: str = "utf-8") -> object:
        def route(asked: Asked) -> Answer:
            return Answer(html.replace("%s", f"{time.time_ns():X}").encode(charset), validators=False)

        return route

    years = [2024, 2023] if night > 1 else [2023]
    site.routes["/nb.htm"] = fresh_session(listed(years, '<span class="p_next"><a href="nb/2.htm">下页</a></span>'))  # type: ignore[assignment]
    site.routes["/nb/2.htm"] = fresh_session(
        listed([2022, 2021], '<span class="p_next p_fun"><a href="1.htm">下页</a></span>')
    )  # type: ignore[assignment]
    site.routes["/nb/1.htm"] = fresh_session(listed([2020], '<span class="p_next_d p_fun_d">下页</span>'))  # type: ignore[assignment]
    for year in (2024, 2022, 2021):
        site.page(f"/info/1001/{year}.htm", report_page(school, year))
    shown = '<script>showVsbpdfIframe("/__local/A/B/nb2023.pdf","100%","600")</script><p>全文见下。</p>'
    site.page("/info/1001/2023.htm", report_page(school, 2023, body=shown))
    site.routes["/__local/A/B/nb2023.pdf"] = Answer(PDF, content_type="application/pdf")
    given = (
        '<p>年度报告见附件。</p><ul><li>附件【<a href="/system/_content/download.jsp?urltype=news.DownloadAttachUrl'
        '&owner=1&wbfileid=77">云岭大学2020年信息公开工作年度报告.doc</a>】</li></ul>'
    )
    site.page("/info/1001/2020.htm", report_page(school, 2020, body=given))
    name = "年度报告.doc".encode("gbk").decode("latin-1")
    site.routes["/system/_content/download.jsp"] = Answer(
        report_file(school, 2020),
        headers={"Content-Disposition": f'attachment; filename="../../{name}"'},
        content_type=None,
    )

    def calendar(asked: Asked) -> Answer:
        month = int(asked.path.rpartition("/")[2].removesuffix(".htm"))
        return Answer(
            list_page(
                [(f"/rl/2024/{month + 1:02d}.htm", f"{month + 1}月", "2024-05-01")],
                more=f'<a href="/rl/2024/{month + 1:02d}.htm">下一页</a>',
            ).encode()
        )

    site.routes["/rl/*"] = calendar
    found = {(school, year) for year in (2020, 2021, 2022, 2023, *((2024,) if night > 1 else ()))}
    return Model(site, "/nb.htm", school, found)


def gkmlpt(urls: dict[str, str], night: int) -> Model:
    """JSON: pages 0 and 1 are the same, and past the last one there is a 404. A delay is asked for."""
    site = Site("gkmlpt")
    bureau = "东江市水务局"
    articles = [
        {
            "id": y,
            "title": title(bureau, y),
            "url": f"{urls['gkmlpt']}/gkmlpt/content/1/{y}/post_{y}.html",
            "publisher": bureau,
            "date": 1_600_000_000 + 31_000_000 * (y - 2019),
        }
        for y in (2023, 2022, 2021, 2020, 2019)
    ]
    articles.insert(
        2,
        {
            "id": 1,
            "title": "东江市水务局2021年部门决算",
            "url": f"{urls['gkmlpt']}/gkmlpt/content/1/1/post_1.html",
            "publisher": bureau,
            "date": 1_640_000_000,
        },
    )
    tree = json.dumps(
        [
            {"id": 10, "name": "机构职能", "children": []},
            {"id": 20, "name": "政府信息公开", "children": [{"id": 21, "name": "政府信息公开年报", "children": []}]},
        ]
    )
    site.page(
        "/gkmlpt/index",
        f"<html><title>政府信息公开平台</title><script>window._CONFIG = {{SID: '769001', TREE: {tree}}};</script><div id=app></div></html>",
    )

    def api(asked: Asked) -> Answer | None:
        number = max(int(asked.params.get("page", "1")), 1)
        part = articles[(number - 1) * 4 : number * 4]
        if asked.params.get("sid") != "769001" or not part or not asked.path.endswith("/21"):
            return None
        return Answer(
            json.dumps({"articles": part, "classify": {"name": "年报"}}, ensure_ascii=False).encode(),
            content_type="application/json",
        )

    site.routes["/gkmlpt/api/all/*"] = api
    for year in (2023, 2022, 2021, 2020, 2019):
        site.page(f"/gkmlpt/content/1/{year}/post_{year}.html", report_page(bureau, year))
    site.routes["/robots.txt"] = Answer(b"User-agent: *\nCrawl-delay: 0.15\n", content_type="text/plain")
    return Model(site, "/gkmlpt/index", bureau, {(bureau, y) for y in range(2019, 2024)}, ["/gkmlpt/content/1/1/"])


def nfcms(urls: dict[str, str], night: int) -> Model:
    """GBK, a start page that refreshes, a script that redirects, a page that asks for patience, one that fails once; on
    the second night a report has another address and one is gone."""
    site = Site("nfcms")
    town = "石桥镇人民政府"
    site.page("/", '<html><head><meta http-equiv="refresh" content="0; url=/zwgk/nb/list.shtml"></head></html>')
    pager = "<script>createPageHTML('page_div', 2, {0}, 'list', 'shtml', 4);</script>"

    def rows(*numbers: int) -> list[tuple[str, str, str]]:
        years = {101: 2023, 102: 2022, 103: 2021, 104: 2020, 110: 2021}
        return [(f"/content/post_{n}.html", title(town, years[n]), f"{years[n] + 1}-01-20") for n in numbers]

    moved = 110 if night > 1 else 103
    site.page("/zwgk/nb/list.shtml", list_page(rows(101, 102), more=pager.format(1)), "gbk")
    second = list_page(rows(moved) if night > 1 else rows(moved, 104), more=pager.format(2)).encode("gbk")

    def patience(asked: Asked) -> Answer:
        if asked.visit == 0:
            return Answer(b"slow down", 429, {"Retry-After": "1"})
        return Answer(second, content_type="text/html; charset=gb2312")

    site.routes["/zwgk/nb/list_2.shtml"] = patience
    page = report_page(town, 2023)

    def failing(asked: Asked) -> Answer:
        return Answer(b"", 503) if asked.visit == 0 else Answer(page.encode("gbk"), content_type="text/html")

    site.routes["/content/post_101.html"] = failing
    site.page(
        "/content/post_102.html", "<html><script>window.location.href='/content/mpost_102.html';</script></html>"
    )
    attachment = '<p>见附件。</p><p><a href="/attachment/0/7/石桥镇2022年报.zip">年报及附表</a></p>'
    site.page("/content/mpost_102.html", report_page(town, 2022, body=attachment), "gbk")
    site.routes["/attachment/0/7/石桥镇2022年报.zip"] = Answer(
        zipped("年报.htm", report_file(town, 2022)), content_type="application/zip"
    )
    site.page(f"/content/post_{moved}.html", report_page(town, 2021), "gbk")
    if night == 1:
        site.page("/content/post_104.html", report_page(town, 2020), "gbk")
    found = {(town, 2023), (town, 2022), (town, 2021), *(((town, 2020),) if night == 1 else ())}
    return Model(site, "/", town, found)


def xxgk(urls: dict[str, str], night: int) -> Model:
    """An empty shell; rows come by POST. Titles lack the agency, which stands in a cell. A collection shows challenges."""
    site = Site("xxgk")
    bureau = "清源县财政局"
    site.page(
        "/col/col77/index.html",
        "<html><title>政府信息公开年报</title><script>var vc_xxgkarea='11330000A'; var infotypeId='B001';</script>"
        "<script src='/module/xxgk/script/dynamic.js'></script><div id='div12'></div>"
        "<script>loadList('/module/xxgk/search.jsp?divid=div12&jdid=15&infotypeId='+infotypeId);</script>"
        '<p><a href="/col/col78/index.html">清源县各乡镇2023年政府信息公开年报汇总</a></p></html>',
    )
    years = [2023, 2022, 2021]

    def search(asked: Asked) -> Answer:
        wanted = {"area": "11330000A", "infotypeId": "B001", "jdid": "15", "divid": "div12"}
        if asked.method != "POST" or any(asked.params.get(name) != value for name, value in wanted.items()):
            return Answer(b"<html></html>")
        number = int(asked.params["currpage"])
        part = years[(number - 1) * 2 : number * 2]
        rows = "".join(
            f"<tr class='tr_main_value_{'odd' if i % 2 else 'even'}'><td><a href='/art/{y + 1}/1/20/art_77_{y}.html'>"
            f"{y}年政府信息公开工作年度报告</a></td><td>{y + 1}-01-20</td></tr>"
            for i, y in enumerate(part)
        )
        return Answer(f"<table>{rows}</table><div>共 <b>2</b> 页</div>".encode(), validators=False)

    site.routes["/module/xxgk/search.jsp"] = search
    for year in years:
        html = report_page(bureau, year, title=f"{year}年政府信息公开工作年度报告", body=body_of("本机关", year))
        html = html.replace(f"来源：{bureau}", "来源：").replace(
            "<h1>", f"<table><tr><td>发布机构</td><td>{bureau}</td></tr></table><h1>"
        )
        site.page(f"/art/{year + 1}/1/20/art_77_{year}.html", html)
    site.page(
        "/col/col78/index.html",
        "<html><title>安全验证</title><body>请完成验证后继续访问<script>document.cookie='x=1'</script></body></html>",
    )
    return Model(site, "/col/col77/index.html", bureau, {(bureau, y) for y in years})


def hostile(urls: dict[str, str], night: int) -> Model:
    """Whatever holds, floods or leads astray. Beside it, three reports that must be found all the same; one of them
    behind a cookie."""
    site = Site("hostile")
    court = "青川县司法局"
    rows = [
        (f"/a/{name}.html", title(court, year), f"{year + 1}-02-01")
        for name, year in (
            ("good", 2023),
            ("drip", 2022),
            ("bomb", 2021),
            ("endless", 2020),
            ("cut", 2019),
            ("loop", 2018),
            ("astray", 2017),
            ("inside", 2016),
            ("secret", 2015),
            ("cookie", 2014),
            ("missing", 2013),
            ("forbidden", 2012),
            ("nested", 2011),
        )
    ]
    rows += [(f"{urls['elsewhere']}/nb/2023.html", title("邻县司法局", 2023), "2024-01-01")]
    rows += [
        ("/a/news.html", "我县召开政府信息公开工作年度报告编制培训会", "2024-01-09"),
        ("/a/图解.html", "图解青川县司法局2023年政府信息公开工作年度报告", "2024-02-02"),
    ]
    site.page("/nb/index.html", list_page(rows, more='<a href="?page=2">下一页</a>'), headers={}, validators=False)
    again = list_page([("/a/last.html", title(court, 2010), "2011-02-01")], more='<a href="?page=%d">下一页</a>')

    def paged(asked: Asked) -> Answer:
        number = int(asked.params.get("page", "1"))
        return Answer(
            (again % (number + 1)).encode()
            if number > 1
            else list_page(rows, more='<a href="?page=2">下一页</a>').encode()
        )

    site.routes["/nb/index.html"] = paged
    for name, year in (("good", 2023), ("last", 2010)):
        site.page(f"/a/{name}.html", report_page(court, year))

    def drip(handler: Handler) -> None:
        handler.begin(200, {"Content-Type": "text/html"})
        for _ in range(100):
            handler.wfile.write(b"<p>")
            handler.wfile.flush()
            time.sleep(0.1)

    def endless(handler: Handler) -> None:
        handler.begin(200, {"Content-Type": "text/html"})
        for _ in range(100_000):
            handler.wfile.write(b"<p>" * 20_000)

    def cut(handler: Handler) -> None:
        handler.begin(200, {"Content-Type": "text/html", "Content-Length": "90000"})
        handler.wfile.write(report_page(court, 2019).encode()[:500])

    def raw(write: Raw) -> object:
        return lambda _: write

    site.routes["/a/drip.html"] = raw(drip)  # type: ignore[assignment]
    site.routes["/a/endless.html"] = raw(endless)  # type: ignore[assignment]
    site.routes["/a/cut.html"] = raw(cut)  # type: ignore[assignment]
    site.routes["/a/bomb.html"] = Answer(
        gzip.compress(b"<p>" * 20_000_000, mtime=0), headers={"Content-Encoding": "gzip"}
    )
    site.routes["/a/loop.html"] = lambda asked: Answer(status=302, headers={"Location": "/a/loop2.html"})
    site.routes["/a/loop2.html"] = lambda asked: Answer(status=302, headers={"Location": "/a/loop.html"})
    site.routes["/a/astray.html"] = Answer(status=302, headers={"Location": f"{urls['elsewhere']}/nb/2017.html"})
    site.routes["/a/inside.html"] = Answer(
        status=302, headers={"Location": "http://169.254.169.254/latest/meta-data/"}
    )
    site.page("/a/secret.html", report_page(court, 2015))

    def cookie(asked: Asked) -> Answer:
        if "seen=1" in asked.headers.get("Cookie", ""):
            return Answer(report_page(court, 2014).encode())
        return Answer(status=302, headers={"Location": "/a/cookie.html", "Set-Cookie": "seen=1; Path=/"})

    site.routes["/a/cookie.html"] = cookie
    site.routes["/a/forbidden.html"] = Answer(b"<html>403</html>", 403)
    site.page("/a/nested.html", "<div>" * 60_000)
    site.routes["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /a/secret\n", content_type="text/plain")
    found = {(court, year) for year in (2023, 2010, 2014)}
    return Model(
        site,
        "/nb/index.html",
        court,
        found,
        ["/a/secret", "/a/news", quote("/a/图解")],
        "timeout = 1\nlargest = 5\nretries = 1\n",
    )


def elsewhere(urls: dict[str, str], night: int) -> Model:
    """A host that nobody may visit."""
    site = Site("elsewhere")
    site.routes["/*"] = Answer(report_page("邻县司法局", 2023).encode())
    return Model(site, "/", "")


MODELS = {model.__name__: model for model in (boda, gkmlpt, nfcms, xxgk, hostile, elsewhere)}
