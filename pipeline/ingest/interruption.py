"""Ctrl-C (and the polite kill of a service manager) between two writes, never inside one."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType, TracebackType

SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Interruption:
    """While in force, a signal raises KeyboardInterrupt at once, except inside :meth:`held`, where it waits for the
    end of the block. To be used in a ``with`` block, in the main thread; elsewhere it changes nothing."""

    def __init__(self) -> None:
        self._held = False
        self._wanted = False

    def __enter__(self) -> Interruption:
        try:
            self._before = [signal.signal(number, self._handle) for number in SIGNALS]
        except ValueError:  # not the main thread: signals are somebody else's
            self._before = []
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        for number, handler in zip(SIGNALS, self._before, strict=False):
            signal.signal(number, handler)

    @contextmanager
    def held(self) -> Iterator[None]:
        """A block that is finished before an interruption takes effect."""
        self._held = True
        try:
            yield
        finally:
            self._held = False
        if self._wanted:
            self._wanted = False
            raise KeyboardInterrupt

    def _handle(self, _number: int, _frame: FrameType | None) -> None:
        if not self._held:
            raise KeyboardInterrupt
        self._wanted = True
