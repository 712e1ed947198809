"""What a fetched page is, and what to ask for next: a pure function from step and bytes to a reading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from parsers.days import first_day_in
from pipeline.crawl.article import Article, article, is_file
from pipeline.crawl.failures import failure_of_page
from pipeline.crawl.page import Link, Page
from pipeline.crawl.sources import AUTOMATIC, Source
from pipeline.crawl.steps import Answer, Failure, Kind, Step
from pipeline.crawl.systems import all_systems, system_of
from pipeline.crawl.systems.json_list import data_addresses
from pipeline.crawl.systems.listing import Item, Listing, Query, System
from pipeline.crawl.systems.plain import items_of
from pipeline.crawl.titles import Promise, promise
from pipeline.crawl.urls import in_gbk, key

MOST_HOPS = 8
"""Redirections in a row, of the server, of a meta element or of a script; browsers give up at 20."""
_WHOLE_ARTICLE = 1200
"""Characters of text on a page that is an article rather than a list; the shortest report seen has some 1,500."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a step turned out to be. ``steps`` is what to ask for next, in order; ``entries`` counts a list's entries and
    ``keys`` tells them apart (for lists that repeat themselves); ``moved_to`` is where the page sends its visitor."""

    kind: Kind
    failure: Failure | None = None
    title: str = ""
    day: str | None = None
    publisher: str | None = None
    entries: int | None = None
    keys: frozenset[str] = frozenset()
    steps: tuple[Step, ...] = ()
    moved_to: str | None = None
    system: str | None = None
    total: int | None = None


def read(source: Source, step: Step, answer: Answer) -> Reading:
    """What came of a step, and what it leads to."""
    base = Reading(step.kind, answer.failure, step.title, step.day, step.agency)
    if answer.location is not None:
        return _moved(base, step, answer.location)
    if answer.body is None:
        other = in_gbk(step.url) if answer.failure is Failure.NOT_FOUND and step.gbk else None
        return replace(base, steps=(replace(step, url=other, hops=step.hops + 1, gbk=False),)) if other else base
    page = Page(step.url, answer.body, answer.charset)
    if not _is_markup(answer.body):
        if step.kind is Kind.LIST and not step.sure and not _is_document(answer.body):
            return replace(base, failure=Failure.EMPTY_SHELL, entries=0)
        return replace(base, kind=Kind.ATTACHMENT)
    if (target := page.moved_to) is not None and target != step.url:
        return _moved(base, step, target)
    if (failure := failure_of_page(page)) is not None:
        return replace(base, failure=failure)
    if step.kind is Kind.ATTACHMENT:
        return base
    return _list(base, source, step, page) if step.kind is Kind.LIST else _article(base, source, step, page)


def _moved(base: Reading, step: Step, target: str) -> Reading:
    """A redirection is followed unless it leads back, or on and on. To the same address once more it may lead: with
    another scheme, or after a cookie was set."""
    following = replace(step, url=target, form=None, hops=step.hops + 1, trail=(*step.trail, step.key))
    if step.hops >= MOST_HOPS or (following.key in step.trail and following.key != step.key):
        return replace(base, failure=Failure.LOOP, moved_to=target)
    return replace(base, moved_to=target, steps=(following,))


def _list(base: Reading, source: Source, step: Step, page: Page) -> Reading:
    system = _system(source, page)
    listing = _selected(source, page) or system.listing(page)
    about = page.heading or step.about
    promises = [(item, _promise(source, item, about)) for item in listing.items]
    entries = [
        item for item, what in promises if not item.aside and (item.day is not None or what is not Promise.NOTHING)
    ]
    steps = [made for item, what in promises if (made := _step(source, step, page, item, what, about)) is not None]
    steps += _following(source, step, listing, about)
    reading = replace(
        base,
        entries=len(entries),
        keys=frozenset(key(item.url) for item in entries),
        system=system.name,
        total=listing.total,
    )
    if step.depth > 0 or not entries:
        told = article(page, called=step.title)
        alone = not entries and told.says_report and len(page.text) >= _WHOLE_ARTICLE
        if (promise(told.title) is Promise.REPORT or alone) and not listing.shell:
            return _with_article(reading, step, page, told, (*steps,), sure=True)
    if not entries and not listing.following:
        inside = [*page.frames, *data_addresses(page)] if step.depth < source.depth else []
        steps += [Step(url, Kind.LIST, parent=step.url, depth=step.depth + 1, about=about) for url in inside]
        if not steps and step.number == 0:
            return replace(reading, failure=Failure.EMPTY_SHELL)
    return replace(reading, steps=tuple(steps))


def _article(base: Reading, source: Source, step: Step, page: Page) -> Reading:
    told = article(page, called=step.title)
    own = promise(told.title, page.heading)
    sure = step.sure or own is Promise.REPORT
    about = page.heading or step.about
    promises = [(item, _promise(source, item, "")) for item in items_of(page.links)]
    steps = tuple(
        made
        for item, what in promises
        if what in (Promise.REPORT, Promise.COLLECTION)
        and not is_file(Link(item.url, item.title))
        and (made := _step(source, step, page, item, what, about)) is not None
    )
    if not sure and not told.says_report:
        return replace(base, title=told.title, day=_text(told.day) or step.day, publisher=told.publisher, steps=steps)
    return _with_article(base, step, page, told, steps, sure=sure)


def _with_article(
    base: Reading, step: Step, page: Page, told: Article, steps: tuple[Step, ...], *, sure: bool
) -> Reading:
    """The reading of an article that is, or carries, a report: its files come first."""
    day, publisher = _text(told.day) or step.day, told.publisher or step.agency
    files = tuple(
        Step(
            link.url,
            Kind.ATTACHMENT,
            title=link.text or told.title,
            day=day,
            agency=publisher,
            parent=step.url,
            depth=step.depth + 1,
            sure=sure,
            gbk=page.charset == "gb18030",
        )
        for link in told.attachments
        if link.url != step.url
    )
    return replace(base, kind=Kind.ARTICLE, title=told.title, day=day, publisher=publisher, steps=(*files, *steps))


def _promise(source: Source, item: Item, about: str) -> Promise:
    if any(searched.search(item.title) for searched in source.titles):
        return Promise.REPORT
    return promise(item.title, about)


def _step(source: Source, step: Step, page: Page, item: Item, what: Promise, about: str) -> Step | None:
    """The step that an entry asks for; None when it is passed over. A report on another host becomes a step as well,
    which is noted and never asked for."""
    if any(searched.search(item.url) for searched in source.skip) or key(item.url) == step.key:
        return None
    if what is Promise.NOTHING:
        if any(searched.search(item.url) for searched in source.follow) and source.allows(item.url):
            what = Promise.COLUMN
        else:
            return None
    if item.aside and what is Promise.PERHAPS:
        return None
    if not source.allows(item.url) and what is not Promise.REPORT:
        return None
    if step.depth + 1 > source.depth:
        return None
    is_list = what in (Promise.COLUMN, Promise.COLLECTION)
    kind = Kind.ATTACHMENT if is_file(Link(item.url, item.title)) else Kind.LIST if is_list else Kind.ARTICLE
    return Step(
        item.url,
        kind,
        title=item.title,
        day=_text(item.day),
        agency=item.agency,
        parent=step.url,
        depth=step.depth + 1,
        sure=what is Promise.REPORT,
        about=about if is_list else "",
        gbk=page.charset == "gb18030",
    )


def _following(source: Source, step: Step, listing: Listing, about: str) -> Iterator[Step]:
    """The next pages of the same list; the first query of an empty shell is the list's first page."""
    chain = step.chain or step.url
    for place, query in enumerate(listing.following):
        if any(searched.search(query.url) for searched in source.skip):
            continue
        number = 0 if listing.shell else step.number + 1 + place
        yield Step(
            query.url,
            Kind.LIST,
            query.form,
            parent=step.url,
            chain=chain,
            number=number,
            depth=step.depth,
            about=about,
        )


def _system(source: Source, page: Page) -> System:
    return system_of(page) if source.system == AUTOMATIC else all_systems()[source.system]


def _selected(source: Source, page: Page) -> Listing | None:
    """The list that the source's own selectors find; None without them."""
    select = source.select
    if select is None or not select.entry:
        return None
    from selectolax.lexbor import LexborHTMLParser

    if not page.tree.elements[1:]:
        return Listing()  # the page was refused: built to exhaust a parser
    tree = LexborHTMLParser(page.html)
    items = []
    for entry in tree.css(select.entry):
        link = entry if entry.tag == "a" else entry.css_first(select.link)
        url = page.address(link.attributes.get("href") or "") if link is not None else None
        if link is None or url is None:
            continue
        named = entry.css_first(select.title) if select.title else None
        title = (named or link).text(deep=True, strip=True) or (link.attributes.get("title") or "")
        dated = entry.css_first(select.day) if select.day else entry
        items.append(Item(url, title, first_day_in(dated.text(deep=True)) if dated is not None else None))
    following = []
    for link in tree.css(select.next) if select.next else []:
        url = page.address(link.attributes.get("href") or "")
        if url is not None and url != page.url:
            following.append(Query(url))
    return Listing(tuple(items), tuple(following))


def _is_markup(body: bytes) -> bool:
    """Whether bytes are a page, JSON or XML, and no file."""
    head = body[:4096].lstrip(b"\xef\xbb\xbf \t\r\n\0").lower()
    if head.startswith((b"<", b"{", b"[")):
        return not head.startswith(b"[content_types]")
    return any(mark in head for mark in (b"<html", b"<body", b"<div", b"<script", b"<a ", b"<table", b"<!doctype"))


def _is_document(body: bytes) -> bool:
    return body.startswith((b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf", b"Rar!"))


def _text(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
