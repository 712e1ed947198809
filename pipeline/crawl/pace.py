"""How fast a host is asked: one request at a time, a delay behind each answer, longer when it asks for that."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LONGEST_WAIT = 3600.0
"""Seconds of a Retry-After that are waited for; a host that asks for more is left alone for the night."""


class Pace:
    """The pace of one host, shared by all sources on it.

    ``floor`` is the delay that must be kept (the source's, or the Crawl-delay, whichever is longer), in seconds from
    the end of an answer to the next request: then the gap between two requests, as the host sees it, is never
    shorter than the delay. Scrapy's AutoThrottle works below it and may wait longer.
    """

    def __init__(self, delay: float) -> None:
        self.floor = delay
        self._not_before = 0.0
        self._turn = asyncio.Lock()

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """A request's turn: waits until the host may be asked, and holds everybody else off until the block ends."""
        async with self._turn:
            while (wait := self._not_before - time.monotonic()) > 0:
                await asyncio.sleep(wait)
            try:
                yield
            finally:
                self._not_before = max(self._not_before, time.monotonic() + self.floor)

    def at_least(self, delay: float) -> None:
        """Keeps at least this delay from now on."""
        self.floor = max(self.floor, delay)
        self._not_before = max(self._not_before, time.monotonic() + self.floor)

    def wait(self, seconds: float) -> None:
        """Leaves the host alone for so long."""
        self._not_before = max(self._not_before, time.monotonic() + seconds)


def retry_after(value: str | None, now: datetime | None = None) -> float | None:
    """Seconds that a Retry-After header asks for: a number, or a date; None for none or nonsense.

    >>> retry_after("120"), retry_after("soon")
    (120.0, None)
    """
    if not value:
        return None
    value = value.strip()
    if value.isdecimal():
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except (TypeError, ValueError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max((moment - (now or datetime.now(UTC))).total_seconds(), 0.0)
