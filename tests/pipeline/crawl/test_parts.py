"""The crawler's parts by themselves: titles, addresses, hosts, pace, the archive, pages, robots.txt."""

from __future__ import annotations

import asyncio
import hashlib
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.crawl.archive import INCOMING, Archive
from pipeline.crawl.article import article
from pipeline.crawl.failures import failure_of_page
from pipeline.crawl.frontier import Frontier
from pipeline.crawl.hosts import NamedHosts
from pipeline.crawl.judge import Look, look
from pipeline.crawl.pace import Pace, retry_after
from pipeline.crawl.page import Page
from pipeline.crawl.robots import robots_of
from pipeline.crawl.steps import Failure, Kind, Step
from pipeline.crawl.titles import Promise, promise
from pipeline.crawl.urls import absolute, in_gbk, key
from pipeline.ingest.convert import libreoffice

YEARBOOK = "政府信息公开年报"


@pytest.mark.parametrize(
    ("title", "about", "expected"),
    [
        ("澜平市公安局2021年政府信息公开工作年度报告", "", Promise.REPORT),
        ("二〇一二年澜平市政府信息公开工作年度报告", "", Promise.REPORT),
        ("澜平市教育局2020年政府信息公开工作年度报告（更正）", "", Promise.REPORT),
        ("岚溪区2023年度政府信息公开年报", "", Promise.REPORT),
        ("澜平市干部培训中心2022年政府信息公开工作年度报告", "", Promise.REPORT),
        ("澜平市2022年政府信息公开工作年度报告（汇总）", "", Promise.REPORT),
        ("政府信息公开年报", "", Promise.COLUMN),
        ("澜平市各镇（街道）2021年政府信息公开工作年度报告汇总", "", Promise.COLLECTION),
        ("澜平市生态环境局2022年政府信息公开工…", "", Promise.PERHAPS),
        ("澜平市审计局2021年年报", YEARBOOK, Promise.PERHAPS),
        ("2021年", YEARBOOK, Promise.PERHAPS),
        ("澜平市水利局", YEARBOOK, Promise.COLUMN),
        ("2021年", "新闻中心", Promise.NOTHING),
        ("澜平市水利局", "部门网站", Promise.NOTHING),
        ("澜平城投集团有限公司2022年年度报告", YEARBOOK, Promise.NOTHING),
        ("澜平市2021年法治政府建设年度报告", YEARBOOK, Promise.NOTHING),
        ("2023年度澜平市政府网站工作年度报表", YEARBOOK, Promise.NOTHING),
        ("图解：一图读懂澜平市2022年政府信息公开工作年度报告", YEARBOOK, Promise.NOTHING),
        ("岚溪区政府信息公开工作年度报告解读", YEARBOOK, Promise.NOTHING),
        ("关于做好2022年政府信息公开工作年度报告编制发布工作的通知", YEARBOOK, Promise.NOTHING),
        ("我县政府信息公开工作年度报告全部按时发布", YEARBOOK, Promise.NOTHING),
        ("澜平市政府信息公开指南", YEARBOOK, Promise.NOTHING),
    ],
)
def test_titles_promise_reports_or_nothing(title: str, about: str, expected: Promise) -> None:
    assert promise(title, about) is expected


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("/x/t1.html;jsessionid=0A1B?a=1&JSESSIONID=9#top", "http://a.cn/x/t1.html?a=1"),
        ("..\\..\\b.pdf", "http://a.cn/b.pdf"),
        ("../../../../b.pdf", "http://a.cn/b.pdf"),
        ("  list_2.shtml\n", "http://a.cn/zwgk/nb/list_2.shtml"),
        ("?page=2&sid=3f9a8c7b6d5e4f3a2b1c", "http://a.cn/zwgk/nb/index.html?page=2"),
        ("/gkmlpt/api/all/1?page=1&sid=769001", "http://a.cn/gkmlpt/api/all/1?page=1&sid=769001"),
        ("/年报.pdf", "http://a.cn/%E5%B9%B4%E6%8A%A5.pdf"),
        ("/%C4%EA%B1%A8.pdf", "http://a.cn/%C4%EA%B1%A8.pdf"),
        ("//b.cn:8080/x", "http://b.cn:8080/x"),
        ("HTTP://A.CN:80/x", "http://a.cn/x"),
        ("javascript:void(0)", None),
        ("mailto:x@a.cn", None),
        ("#", None),
        ("http://user:secret@a.cn/", None),
        ("http://[::1", None),
        ("x" * 5000, None),
    ],
)
def test_links_become_addresses(href: str, expected: str | None) -> None:
    assert absolute(href, "http://a.cn/zwgk/nb/index.html") == expected


def test_queries_are_in_the_page_s_character_set_and_paths_in_utf_8() -> None:
    assert absolute("/年?q=年", "http://a.cn/", "gb18030") == "http://a.cn/%E5%B9%B4?q=%C4%EA"
    assert in_gbk("http://a.cn/%E5%B9%B4%E6%8A%A5.pdf") == "http://a.cn/%C4%EA%B1%A8.pdf"
    assert in_gbk("http://a.cn/x.pdf") is None


@given(st.text(max_size=80))
def test_any_link_is_an_address_or_none_and_the_same_when_it_is_read_again(href: str) -> None:
    url = absolute(href, "http://a.cn/x/")
    if url is not None:
        assert absolute(url, "http://b.cn/") == url
        assert key(url) == key(url.replace("http://", "https://", 1))


def test_private_networks_are_only_spoken_to_when_a_source_names_them() -> None:
    hosts = NamedHosts(["www.a.cn", "127.0.0.1:8801"])
    for url in (
        "http://10.0.0.1/",
        "http://[::1]/",
        "http://169.254.169.254/x",
        "http://localhost/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://0/",
    ):
        assert hosts.refuses(url), url
    assert not hosts.refuses("http://127.0.0.1:8801/")
    assert not hosts.refuses("http://www.a.cn/")
    assert not hosts.may_be_private("www.a.cn")  # a name that leads inside is refused where it is resolved


def test_a_pace_keeps_its_delay_from_answer_to_request() -> None:
    async def three() -> list[float]:
        pace, moments = Pace(0.05), []

        async def one() -> None:
            async with pace.turn():
                moments.append(time.monotonic())
                await asyncio.sleep(0.02)

        await asyncio.gather(one(), one(), one())
        return moments

    first, second, third = asyncio.run(three())
    assert second - first >= 0.07
    assert third - second >= 0.07


def test_retry_after_is_a_number_or_a_date() -> None:
    now = datetime(2024, 1, 1, tzinfo=UTC)
    assert retry_after("Mon, 01 Jan 2024 00:02:00 GMT", now) == 120
    assert retry_after("Mon, 01 Jan 2020 00:02:00 GMT", now) == 0


def test_robots_are_read_as_the_rfc_says() -> None:
    rules = robots_of(
        "User-agent: *\nDisallow: /\n\nUser-agent: nianbao\nCrawl-delay: 3\nDisallow: /内部/\nAllow: /内部/年报".encode()
    )
    assert rules.delay == 3
    assert rules.allows("http://a.cn/x")
    assert not rules.allows("http://a.cn/%E5%86%85%E9%83%A8/x")
    assert rules.allows("http://a.cn/%E5%86%85%E9%83%A8/%E5%B9%B4%E6%8A%A5.html")
    assert robots_of(b"<html>please wait</html>").allows("http://a.cn/x")


def test_the_archive_keeps_bytes_once_and_whole(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive")
    sha256 = archive.put(b"%PDF-1.4 x")
    assert sha256 == hashlib.sha256(b"%PDF-1.4 x").hexdigest()
    path = archive.path(sha256)
    assert path == tmp_path / "archive" / sha256[:2] / f"{sha256}.pdf"
    before = path.stat()
    assert archive.put(b"%PDF-1.4 x") == sha256
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    path.write_bytes(b"somebody's editor was here")
    assert archive.get(sha256) is None
    (tmp_path / "archive" / INCOMING / "left.1").write_bytes(b"half")
    Archive(tmp_path / "archive")
    assert list((tmp_path / "archive" / INCOMING).iterdir()) == []


def test_the_frontier_gives_each_address_once_lower_ranks_first() -> None:
    steps = [Step(f"http://a.cn/{name}", Kind.ARTICLE, title="年报") for name in "abc"]
    with closing(Frontier()) as frontier:
        assert frontier.push("s", steps[0], 2)
        assert frontier.push("s", steps[1], 0)
        assert frontier.push("s", steps[2], 2)
        assert not frontier.push("s", Step("https://a.cn/a", Kind.LIST), 0)
        assert [frontier.pop("s") for _ in range(4)] == [steps[1], steps[0], steps[2], None]


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ('<meta http-equiv="refresh" content="0;url=/nb/index.html">', "http://a.cn/nb/index.html"),
        ("<META HTTP-EQUIV=Refresh CONTENT='3; URL=nb/'>", "http://a.cn/nb/"),
        ('<script>window.location.replace("nb.html")</script>', "http://a.cn/nb.html"),
        ("<script>top.location.href = '/nb.html';</script>", "http://a.cn/nb.html"),
        ('<!-- <meta http-equiv="refresh" content="0;url=/old.html"> -->', None),
        ('<meta http-equiv="refresh" content="300;url=/index.html">', None),
    ],
)
def test_pages_that_send_their_visitor_on(head: str, expected: str | None) -> None:
    assert Page("http://a.cn/", f"<html><head>{head}</head><body></body></html>".encode()).moved_to == expected


def test_a_page_with_a_text_of_its_own_is_no_redirection() -> None:
    html = f"<script>function go(){{location.href='/login';}}</script><p>{'公开' * 200}</p>"
    assert Page("http://a.cn/", html.encode()).moved_to is None


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<title>安全验证</title><p>请拖动滑块完成验证</p>", Failure.CHALLENGE),
        ("<script>var _0x4f2a=['cookie'];document.cookie='a=1';location.reload()</script>", Failure.CHALLENGE),
        ("<title>提示</title><p>您访问的页面不存在或已删除</p>", Failure.NOT_FOUND),
        ("<p>本局没有收到申请。</p>", None),
        (f"<p>{'本报告中的验证码登录情况说明。' * 30}</p>", None),
    ],
)
def test_pages_served_with_200_that_are_none(html: str, expected: Failure | None) -> None:
    assert failure_of_page(Page("http://a.cn/", html.encode())) is expected


def test_attachments_are_found_wherever_a_page_hides_them() -> None:
    page = Page(
        "http://a.cn/info/1.htm",
        """<h1>清源县水利局2022年政府信息公开工作年度报告</h1><div id="vsb_content">
        <a href="P01.pdf">年报</a> <a href="/module/download/downfile.jsp?filename=2.wps">附件下载</a>
        <a href="/system/_content/download.jsp?wbfileid=3">年度报告.doc</a>
        <a href="javascript:;" onclick="window.open('/f/4.xls')">附表</a>
        <iframe src="/pdf/viewer.html?file=%2Ff%2F5.pdf"></iframe><embed src="/f/6.pdf">
        <script>showVsbpdfIframe("/__local/7.pdf","100%")</script>
        <a href="tp.png">图</a> <a href="/f/8.doc">关于编制年度报告的通知.doc</a> <a href="http://b.cn/9.pdf">年报（PDF版）</a></div>
        <div class="footer"><a href="/f/app.zip">下载客户端</a></div>""".encode(),
    )
    names = [link.url.rpartition("/")[2] for link in article(page).attachments]
    assert names == [
        "P01.pdf",
        "downfile.jsp?filename=2.wps",
        "download.jsp?wbfileid=3",
        "4.xls",
        "9.pdf",
        "5.pdf",
        "6.pdf",
        "7.pdf",
    ]


def test_a_publisher_stands_in_meta_in_a_line_or_in_a_cell() -> None:
    for html in (
        '<meta name="ContentSource" content="清源县水利局"><h1>年度报告</h1><p>公开</p>',
        "<h1>年度报告</h1><p>发布时间：2023-01-20　来源：清源县水利局</p>",
        "<table><tr><td>发布机构</td><td> 清源县水利局 </td></tr></table><h1>年度报告</h1><p>公开</p>",
    ):
        assert article(Page("http://a.cn/1.html", html.encode())).publisher == "清源县水利局"


@pytest.mark.skipif(libreoffice() is None, reason="LibreOffice is not installed")
def test_an_old_word_file_is_judged_by_what_it_says(tmp_path: Path) -> None:
    path = tmp_path / "P020230116.doc"
    path.write_bytes((Path(__file__).parents[1] / "data" / "office" / "report-2021.doc").read_bytes())

    seen = look(Look(path, path.name))

    assert (seen.verdict, seen.year) == ("report", 2021)
    assert seen.agency is not None
