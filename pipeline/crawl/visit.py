"""One site in one night: lists first, then what is new on them, then the reports that are known, until nothing is left
or the night's budget is spent. A visit that was killed goes the same way again, on answers from the log."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from db.crawl.fetches import FetchLog
from db.crawl.records import Visit
from pipeline.crawl.fetch import Fetcher, now, row
from pipeline.crawl.frontier import Frontier
from pipeline.crawl.read import Reading, read
from pipeline.crawl.sources import Source
from pipeline.crawl.steps import NEVER_ASKED, Answer, Failure, Kind, Step
from pipeline.crawl.systems.listing import MOST_PAGES
from pipeline.crawl.urls import is_akin, shape

RANKS = {Kind.LIST: 0, Kind.ATTACHMENT: 1, Kind.ARTICLE: 2}
REVISITS = 3
"""Rank of known reports that no list led to in this night: they come last."""
RECHECK_DAYS = 7
"""A page that was no report is looked at again after so many days: placeholders become reports, mostly within weeks."""
BARREN = 2
"""Pages in a row that bring no entry which the list did not have: then it repeats itself, and ends."""
DRY = 5
"""Pages in a row without a promise of a report, at addresses unlike the list's own: a link called 下一页 led out of it,
into a calendar perhaps."""
SAME_SHAPE = 400
"""Pages of one shape of address that are looked at without a promise of a report: a calendar has no end."""
REFUSALS = 5
"""Refusals in a row (firewall, challenge, too many requests) after which a site is left alone for the night."""
SILENCE = 3
"""Addresses in a row without an answer, each tried several times, after which a site counts as down."""
_REFUSED = frozenset({Failure.FIREWALL, Failure.CHALLENGE, Failure.RATE_LIMITED})
_SILENT = frozenset({Failure.TIMEOUT, Failure.CONNECTION, Failure.DNS, Failure.TLS, Failure.SERVER_ERROR})


@dataclass(slots=True)
class _Chain:
    """A list and its pages so far."""

    keys: set[int] = field(default_factory=set)
    pages: int = 0
    barren: int = 0
    dry: int = 0
    total: int | None = None
    delivered: int = 0

    @property
    def is_closed(self) -> bool:
        return self.barren >= BARREN or self.dry >= DRY


class SiteVisit:
    """The visit of one source in the night ``run_id``."""

    def __init__(self, run_id: int, source: Source, fetcher: Fetcher, frontier: Frontier, log: FetchLog) -> None:
        self._run_id, self._source = run_id, source
        self._fetcher, self._frontier, self._log = fetcher, frontier, log
        self._chains: dict[str, _Chain] = {}
        self._shapes: Counter[str] = Counter()
        self._refused = self._silent = 0
        self._requests = self._bytes = 0
        self._had_anything = False
        since = (datetime.now(UTC) - timedelta(days=RECHECK_DAYS)).isoformat()
        self._no_reports = log.no_reports(source.name, since)

    async def run(self) -> None:
        """Visits the site, unless this night has; every fetch and the visit's outcome are rows."""
        source = self._source
        visit = self._log.begin_visit(Visit(self._run_id, source.name, now()))
        if visit.finished is not None:
            return
        begun = time.monotonic()
        for url in source.start:
            self._push(Step(url, Kind.LIST, depth=0))
        outcome = None
        revisited = False
        while outcome is None:
            step = self._frontier.pop(source.name)
            if step is None and not revisited:
                revisited = True
                self._push_known()
                continue
            if step is None:
                outcome = "done" if self._had_anything else "failed"
                break
            if self._is_spent(begun):
                outcome = "budget"
                break
            await self._take(step)
            outcome = self._given_up()
        self._log.update_visit(_counted(self._log, replace(visit, finished=now(), outcome=outcome)))

    def _push(self, step: Step) -> None:
        self._frontier.push(self._source.name, step, REVISITS if step.revisit else RANKS[step.kind])

    def _push_known(self) -> None:
        """Reports that nights before found and no list of this night led to: whether they changed, or vanished."""
        for url, title, parent, kind, _ in self._log.known_reports(self._source.name):
            step = Step(
                url,
                Kind(kind) if kind in set(Kind) else Kind.ARTICLE,
                title=title or "",
                parent=parent,
                sure=True,
                revisit=True,
            )
            self._push(step)

    def _is_spent(self, begun: float) -> bool:
        budget = self._source.budget
        return (
            self._requests >= budget.requests
            or self._bytes >= budget.megabytes * 2**20
            or time.monotonic() - begun >= budget.minutes * 60
        )

    def _given_up(self) -> str | None:
        if self._refused >= REFUSALS:
            return "blocked"
        return "failed" if self._silent >= SILENCE else None

    async def _take(self, step: Step) -> None:
        """Fetches a step, notes what came of it, and queues what it leads to."""
        if self._is_trap(step) or self._is_known_for_nothing(step):
            return
        again = False
        while True:
            answer = await self._fetcher.fetch(self._source, step, again=again)
            reading = read(self._source, step, answer)
            reading = self._end_of_list(step, reading)
            self._note(step, answer, reading)
            following = reading.steps
            # The same address with another scheme, or once more with a cookie: the frontier knows it already.
            target = following[0] if reading.moved_to is not None and following else None
            if target is None or target.key != step.key:
                break
            again = target.url == step.url
            step = target
        for made in following:
            self._push(made)

    def _note(self, step: Step, answer: Answer, reading: Reading) -> None:
        failure = reading.failure
        self._had_anything = self._had_anything or (failure not in _SILENT and failure not in NEVER_ASKED)
        if failure not in NEVER_ASKED:
            self._requests += answer.tries
            self._bytes += answer.received
            self._refused = self._refused + 1 if failure in _REFUSED else 0
            self._silent = self._silent + 1 if failure in _SILENT else 0
        elif failure is Failure.ROBOTS_UNREACHABLE:
            self._silent += 1
        if answer.replayed:
            return
        made = row(self._run_id, self._source, step, answer, kind=reading.kind.value)
        self._log.record(
            replace(
                made,
                failure=failure.value if failure is not None else None,
                title=reading.title or None,
                published=reading.day,
                publisher=reading.publisher,
                entries=reading.entries,
                final_url=reading.moved_to,
            )
        )

    def _is_trap(self, step: Step) -> bool:
        """Whether a step belongs to a list that repeats itself or has no end, or to a shape of address without one."""
        if step.chain is not None:
            chain = self._chains.setdefault(step.chain, _Chain())
            most = min(MOST_PAGES, self._source.pages if chain.total is None else MOST_PAGES)
            if chain.is_closed or chain.pages >= most:
                return True
        if step.sure or step.depth == 0:
            return False
        self._shapes[shape(step.url)] += 1
        return self._shapes[shape(step.url)] > SAME_SHAPE

    def _is_known_for_nothing(self, step: Step) -> bool:
        """Whether a page was judged to be no report some nights ago, and asking for it would bring its bytes again. One
        that promises a report is asked for on condition that it changed, where the site knows conditions."""
        if step.kind is Kind.LIST or step.revisit or step.url not in self._no_reports:
            return False
        if self._log.of_run(self._run_id, step.url) is not None:
            return False
        known = self._log.last_kept(step.url)
        return not step.sure or known is None or not (known.etag or known.last_modified)

    def _end_of_list(self, step: Step, reading: Reading) -> Reading:
        """Keeps count of a list's pages. A page beyond the last one is the list's end and no failure."""
        if step.kind is not Kind.LIST:
            return reading
        chain = self._chains.setdefault(step.chain or step.url, _Chain())
        if (
            reading.failure is Failure.NOT_FOUND
            and step.number > 0
            and chain.delivered
            and (chain.total is None or chain.delivered >= chain.total)
        ):
            chain.barren = BARREN
            return replace(reading, failure=None, entries=0)
        if reading.failure is None and reading.moved_to is None:
            fresh = {hash(k) for k in reading.keys} - chain.keys
            chain.keys |= fresh
            chain.pages += 1
            chain.delivered += len(fresh)
            chain.total = reading.total if reading.total is not None else chain.total
            chain.barren = 0 if fresh or step.number == 0 else chain.barren + 1
            promising = any(made.chain is None for made in reading.steps)
            chain.dry = 0 if promising or step.form or is_akin(step.url, step.chain or step.url) else chain.dry + 1
        return reading


def _counted(log: FetchLog, visit: Visit) -> Visit:
    """The visit with its figures, counted from the log, so that a kill changes none of them."""
    fetches = log.fetches(visit.run_id, visit.site)
    asked = [f for f in fetches if f.failure not in NEVER_ASKED]
    return replace(
        visit,
        requests=sum(f.tries for f in asked),
        bytes=sum(f.size or 0 for f in asked),
        entries=sum(f.entries or 0 for f in fetches),
        unchanged=sum(f.status == 304 for f in fetches),
        failures=sum(f.failure is not None for f in fetches),
    )
