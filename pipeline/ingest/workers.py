"""Worker processes: one file each at a time, under a limit of time and of memory, results in the order of the tasks.

Files are untrusted and the libraries that open them are written in C: a file may crash the process, never return,
or ask for all the memory there is. Each of these costs the one file. Workers are started by ``spawn`` (a fork would
copy locks and open databases) when the first task comes, import once, and die with the parent.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import resource
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import TimeoutError as TaskTimeout
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Generic, TypeAlias, TypeVar

from parsers.errors import LimitExceeded, NianbaoError, Unreadable

if TYPE_CHECKING:
    from pebble import ProcessFuture, ProcessPool

Ticket = TypeVar("Ticket")
Task = TypeVar("Task")
Result = TypeVar("Result")
Done: TypeAlias = list[tuple[Ticket, Result | NianbaoError]]

WINDOW = 4
"""Tasks under way for each worker: enough that none waits while the results of a slow file hold up the queue."""
WINDOW_BYTES = 256 * 2**20
"""Bytes of file contents under way in all, for tasks that carry them (members of archives)."""
TRIES = 2
"""How often a file is given to a worker when workers die; the second death is the file's."""
POOLS = 3
"""How many pools in a row may break down before they have read one file."""
NO_WORKERS = "worker processes end before they can read anything; is the machine out of memory?"
LOCK_SECONDS = 5.0
"""How long the others wait for the lock of a worker that was killed while it held it; no message takes as long."""
RECYCLE = 2000
"""Files after which a worker is replaced, so that what a C library leaks stays small (a start costs about 1 s)."""
LONGEST = 30
"""So many times its limit a file may take in all, however often it is granted more: 300 scanned pages at 6 s each."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost: seconds of time on the clock, and bytes of address space of its process.

    The defaults leave room: a report of 30 pages takes about a second and 500 MB of address space, most of it
    libraries and dictionaries. A task that comes on can grant itself more time: see :func:`start_again`.
    """

    seconds: float = 60.0
    memory: int = 4 * 2**30


@dataclass(frozen=True, slots=True)
class Job(Generic[Ticket, Task, Result]):
    """A task for a worker, and the ``ticket`` that stays in this process and comes back with its result. A job
    without a task has its result ``ready``, and waits for its turn. ``name`` is for messages, ``weight`` the bytes
    that the task carries."""

    ticket: Ticket
    name: str
    task: Task | None = None
    ready: Result | NianbaoError | None = None
    weight: int = 0


@dataclass(slots=True)
class _UnderWay(Generic[Ticket, Task, Result]):
    """A job, and where its result will be; None when it is ready, or has no task."""

    job: Job[Ticket, Task, Result]
    future: ProcessFuture[Result] | None

    @property
    def is_done(self) -> bool:
        """Whether the result can be had without waiting."""
        return self.future is None or bool(self.future.done())


class Workers(Generic[Task, Result]):
    """A pool of processes that all run one function, to be used in a ``with`` block.

    ``function`` and ``warm_up`` must be importable by name; ``warm_up`` runs once in each process, for its imports.
    """

    def __init__(
        self,
        function: Callable[[Task], Result],
        jobs: int,
        limits: Limits,
        warm_up: Callable[[], object] | None = None,
    ) -> None:
        self._function, self._jobs, self._limits, self._warm_up = function, jobs, limits, warm_up
        self._pool: ProcessPool | None = None

    def __enter__(self) -> Workers[Task, Result]:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._pool is not None and kind is None:
            self._pool.close()  # type: ignore[no-untyped-call]
            self._pool.join()
        else:
            self._stop()

    def run(self, jobs: Iterable[Job[Ticket, Task, Result]]) -> Iterator[tuple[Ticket, Result | NianbaoError]]:
        """Each job's ticket with its result, or with the error that stands for it, in the order of the jobs.

        Jobs are asked for as room comes free, so that memory stays flat however many there are.
        """
        for done in self.batches(jobs):
            yield from done

    def batches(self, jobs: Iterable[Job[Ticket, Task, Result]]) -> Iterator[Done[Ticket, Result]]:
        """The same, all that is done at the moment at once: one at least, and never more than half of what is under
        way, so that the workers have something to do meanwhile."""
        under_way: deque[_UnderWay[Ticket, Task, Result]] = deque()
        carried = 0
        for job in jobs:
            under_way.append(_UnderWay(job, self._schedule(job.task)))
            carried += job.weight
            while len(under_way) >= WINDOW * self._jobs or carried > WINDOW_BYTES:
                yield self._done(under_way)
                carried = sum(each.job.weight for each in under_way)
        while under_way:
            yield self._done(under_way)

    def _done(self, under_way: deque[_UnderWay[Ticket, Task, Result]]) -> Done[Ticket, Result]:
        """The first of the jobs under way with its result, waited for, and those behind it that are ready."""
        most = max(len(under_way) // 2, 1)
        done: Done[Ticket, Result] = []
        while under_way and len(done) < most and (not done or under_way[0].is_done):
            done.append((under_way[0].job.ticket, self._result(under_way)))
            under_way.popleft()
        return done

    def _schedule(self, task: Task | None) -> ProcessFuture[Result] | None:
        """Hands a task to a worker; None for no task. A pool that broke down is replaced."""
        if task is None:
            return None
        if self._pool is not None and not self._pool.active:
            self._stop()
        if self._pool is None:
            from pebble import CONSTS, ProcessPool

            CONSTS.channel_lock_timeout = LOCK_SECONDS
            self._pool = ProcessPool(
                max_workers=self._jobs,
                max_tasks=RECYCLE,
                initializer=_prepare,
                initargs=(self._limits.memory, os.getpid(), self._warm_up),
                context=multiprocessing.get_context("spawn"),
            )
        seconds = self._limits.seconds
        return self._pool.schedule(_within, args=(self._function, task, seconds), timeout=LONGEST * seconds)

    def _stop(self) -> None:
        if self._pool is not None:
            self._pool.stop()  # type: ignore[no-untyped-call]
            self._pool.join()
            self._pool = None

    def _result(self, under_way: deque[_UnderWay[Ticket, Task, Result]]) -> Result | NianbaoError:
        """The result of the first job under way. When its worker died it is tried once more: the system may have
        ended a worker for what another one, or another program, did. When a worker died between two tasks, pebble
        gives up the whole pool: then all that is under way is scheduled anew."""
        from pebble import ProcessExpired

        first = under_way[0]
        job, limits = first.job, self._limits
        tries, pools = 1, 1
        while True:
            if first.future is None:
                assert job.ready is not None
                return job.ready
            try:
                return first.future.result()
            except NianbaoError as error:
                return error
            except ProcessExpired as error:
                if error.exitcode == -signal.SIGALRM:
                    return LimitExceeded(f"{job.name}: not read within {limits.seconds:g} s (--timeout allows more)")
                if tries == TRIES:
                    return _worker_died(job.name, error.exitcode)
                tries += 1
                first.future = self._schedule(job.task)
            except BrokenProcessPool:
                self._stop()
                if pools == POOLS:
                    raise NianbaoError(NO_WORKERS) from None
                pools += 1
                for waiting in under_way:
                    waiting.future = self._schedule(waiting.job.task)
            except Exception as error:
                return _failure(job.name, error, limits)


def processors() -> int:
    """Processors that this process may use, where the system tells; else all."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _prepare(memory: int, parent: int, warm_up: Callable[[], object] | None) -> None:
    """Sets up a worker: limits, one thread a library, death with the parent, no output, then the imports."""
    from pebble import CONSTS

    os.environ.update({"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"})
    CONSTS.channel_lock_timeout = LOCK_SECONDS
    die_with(parent)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(ValueError, OSError):  # a tighter limit is set already
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)  # some libraries print advice to standard output, which belongs to the data
    os.dup2(silent, 2)
    if warm_up is not None:
        with contextlib.suppress(Exception):  # what is wrong will show, and be told, with the first file
            warm_up()
    gc.freeze()  # the libraries and dictionaries stay; looking for garbage among them took a tenth of the time


def _within(function: Callable[[Task], Result], task: Task, seconds: float) -> Result:
    """The function's result; the process ends if it takes longer, wherever it is: the system sees to that."""
    global _seconds  # noqa: PLW0603  (a process reads one file at a time)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    _seconds = seconds
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        return function(task)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        _seconds = 0.0


_seconds = 0.0


def start_again() -> None:
    """Called by a task that comes on, such as from one scanned page to the next: its time is counted from now. Outside
    of a worker nothing happens."""
    if _seconds:
        signal.setitimer(signal.ITIMER_REAL, _seconds)


def die_with(parent: int) -> None:
    """Asks Linux to end this process when the parent ends, however it ends; elsewhere a closed pipe does it."""
    with contextlib.suppress(Exception):
        import ctypes

        pr_set_pdeathsig = 1  # linux/prctl.h
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def _failure(name: str, error: Exception, limits: Limits) -> NianbaoError:
    """The error of one file for what its task raised. What nobody foresaw is a fault of ours: it costs this file only, and
    is to be seen."""
    match error:
        case TaskTimeout():
            return LimitExceeded(f"{name}: not read within {LONGEST * limits.seconds:g} s; split the file")
        case MemoryError():
            size = limits.memory // 2**20
            return LimitExceeded(f"{name}: needs more than {size} MB of memory (--memory allows more)")
        case _:
            kind = type(error).__name__
            return Unreadable(f"{name}: reading it failed unexpectedly ({kind}: {error}); please report")


def _worker_died(name: str, exit_code: int | None) -> NianbaoError:
    """The error of a file whose workers died of it."""
    how = _how_it_ended(exit_code)
    return Unreadable(f"{name}: the process that read it {how}; the file is damaged, or a reader is at fault")


def _how_it_ended(exit_code: int | None) -> str:
    if exit_code is not None and exit_code < 0:
        with contextlib.suppress(ValueError):
            return f"was ended by {signal.Signals(-exit_code).name}"
    return f"ended with code {exit_code}"
