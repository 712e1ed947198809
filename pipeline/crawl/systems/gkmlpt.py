"""The disclosure platform of Guangdong (gkmlpt): the page carries ``_CONFIG`` with SID and TREE, the items come as JSON
from ``/gkmlpt/api/all/{category}?page=N&sid=``. Pages 0 and 1 are the same; the list ends at ``classify.post_count``, at an
empty page, or (one site) with a 404."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from parsers.days import first_day_in
from pipeline.crawl.page import Page
from pipeline.crawl.systems.listing import MOST_PAGES, Item, Listing, Query, System
from pipeline.crawl.systems.plain import items_of
from pipeline.crawl.titles import is_about_reports
from pipeline.crawl.words import words

_API = "/gkmlpt/api/all/"
_SID = re.compile(r"[\"']?SID[\"']?\s*[:=]\s*[\"']?(\d{1,12})")
_TREE = re.compile(r"[\"']?TREE[\"']?\s*[:=]\s*(?=\[)")
_ROOT = re.compile(r"^(.*?)/gkmlpt(?:/|$)")
_CHINA = timezone(timedelta(hours=8))


def recognises(page: Page) -> bool:
    """By the address of the API, or by the configuration on the page."""
    return _API in page.url or ("/gkmlpt" in page.url + page.html and _SID.search(page.html) is not None)


def listing(page: Page) -> Listing:
    """Of the platform's page the queries for its categories of annual reports; of an answer its items."""
    return _answer(page) if _API in page.url else _shell(page)


def _shell(page: Page) -> Listing:
    sid = _SID.search(page.html)
    items = items_of(page.links)
    wanted = list(_categories(page))
    if sid is None or not wanted:
        return Listing(items)
    root = _ROOT.match(urlsplit(page.url).path)
    prefix = root[1] if root else ""
    found = (page.address(f"{prefix}{_API}{category}?page=1&sid={sid[1]}") for category in wanted)
    return Listing(items, tuple(Query(url) for url in found if url is not None), shell=True)


def _categories(page: Page) -> Iterator[str]:
    """Categories whose name is that of annual reports; the whole catalogue (category 0) where none is named so."""
    start = _TREE.search(page.html)
    nodes: list[Any] = []
    if start is not None:
        try:
            nodes = json.JSONDecoder().raw_decode(page.html, start.end())[0]
        except ValueError:
            nodes = []
    anchor = urlsplit(page.url).fragment
    named = []
    pending = list(nodes)
    while pending:
        node = pending.pop(0)
        if not isinstance(node, dict):
            continue
        name, number = str(node.get("name") or ""), node.get("id")
        if number is not None and (
            is_about_reports(name) or is_about_reports(words()["titles"]["of_disclosure"] + name)
        ):
            named.append(str(number))
        children = node.get("children")
        pending += children if isinstance(children, list) else []
    if anchor.isdecimal():
        named.insert(0, anchor)
    yield from dict.fromkeys(named or ["0"])


def _answer(page: Page) -> Listing:
    try:
        data = json.loads(page.html)
    except ValueError:
        return Listing()
    if not isinstance(data, dict) or not isinstance(data.get("articles"), list):
        return Listing()
    articles = [article for article in data["articles"] if isinstance(article, dict)]
    items = tuple(item for article in articles for item in _items(article, page))
    classify = data.get("classify") if isinstance(data.get("classify"), dict) else {}
    assert isinstance(classify, dict)
    total = next((int(str(v)) for v in (classify.get("post_count"), data.get("total")) if str(v).isdecimal()), None)
    asked = dict(parse_qsl(urlsplit(page.url).query))
    number = int(asked["page"]) if asked.get("page", "").isdecimal() else 1
    more = bool(articles) and number < MOST_PAGES
    if total is not None and len(articles) * max(number, 1) >= total:
        more = False
    following = [page.address(re.sub(r"([?&]page=)\d+", rf"\g<1>{max(number, 1) + 1}", page.url))] if more else []
    return Listing(items, tuple(Query(url) for url in following if url is not None), total)


def _items(article: dict[str, Any], page: Page) -> Iterator[Item]:
    url = article.get("post_url") or article.get("url") or ""
    address = page.address(str(url))
    title = str(article.get("title") or "")
    publisher = str(article.get("publisher") or "") or None
    if address is not None and url:
        yield Item(address, title, _day(article), publisher)
    attachments = article.get("attachments") or article.get("files") or []
    for file in attachments if isinstance(attachments, list) else []:
        if isinstance(file, dict):
            where = page.address(str(file.get("url") or file.get("path") or ""))
            if where is not None:
                yield Item(where, str(file.get("name") or file.get("title") or title), _day(article), publisher)


def _day(article: dict[str, Any]) -> date | None:
    """The day of publication: as text, or as seconds since 1970."""
    for name in ("display_publish_time", "first_publish_time", "publish_time", "date", "created_at", "create_time"):
        value = article.get(name)
        if isinstance(value, str) and not value.isdecimal() and (found := first_day_in(value)):
            return found
        if str(value).isdecimal() and int(str(value)) > 10**8:
            try:
                return datetime.fromtimestamp(int(str(value)), _CHINA).date()
            except (OverflowError, OSError, ValueError):
                continue
    return None


SYSTEM = System("gkmlpt", recognises, listing)
