"""Worker processes: a file that crashes, hangs or eats memory costs that file only, and order is kept."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from parsers.errors import LimitExceeded, NianbaoError, Unreadable
from pipeline.ingest.workers import Job, Limits, Workers, start_again

LIMITS = Limits(seconds=1.0, memory=2**30)


def behave(task: str) -> str:
    """What the files of these tests do to the process that reads them."""
    match task:
        case "crash":
            os.kill(os.getpid(), signal.SIGSEGV)
        case "hang":
            time.sleep(60)
        case "eat":
            return str(len(bytearray(3 * 2**30)))
        case "raise":
            raise Unreadable("raise: not a document")
        case "bug":
            raise KeyError("no such thing")
        case "print":
            os.write(1, b"advice\n")
        case "comes on":
            for _ in range(4):
                time.sleep(0.4)
                start_again()
        case "slow":
            time.sleep(0.2)
    if task.startswith("die once") and not (mark := Path(task.removeprefix("die once "))).exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return task.upper()


def results(tasks: list[str], jobs: int = 2) -> list[str]:
    with Workers(behave, jobs, LIMITS) as workers:
        done = list(workers.run(Job(task, task, task) for task in tasks))
    assert [ticket for ticket, _ in done] == tasks
    return [f"{type(r).__name__}: {r}" if isinstance(r, NianbaoError) else r for _, r in done]


def test_each_trouble_costs_its_own_file_only(capfd: pytest.CaptureFixture[str]) -> None:
    crash, first, hang, eat, wrong, bug, said, last = results(
        ["crash", "a", "hang", "eat", "raise", "bug", "print", "b"], jobs=1
    )
    assert (first, said, last) == ("A", "PRINT", "B")
    assert (
        crash
        == "Unreadable: crash: the process that read it was ended by SIGSEGV; the file is damaged, or a reader is at fault"
    )
    assert hang.startswith("LimitExceeded: hang: not read within 1 s")
    assert eat.startswith("LimitExceeded: eat: needs more than 1024 MB of memory")
    assert wrong == "Unreadable: raise: not a document"
    assert "KeyError" in bug
    assert capfd.readouterr().out == ""


def test_a_file_that_comes_on_page_by_page_is_given_time() -> None:
    assert results(["comes on", "a"], jobs=1) == ["COMES ON", "A"]


def get_ready_slowly() -> None:
    time.sleep(1.5)


def test_the_time_that_a_worker_takes_to_get_ready_is_no_file_s() -> None:
    with Workers(behave, 2, LIMITS, get_ready_slowly) as workers:
        tasks = ["hang", "a", "slow", "b"]
        done = [result for _, result in workers.run(Job(task, task, task) for task in tasks)]
    assert isinstance(done[0], LimitExceeded)
    assert done[1:] == ["A", "SLOW", "B"]


def test_a_worker_that_is_ready_has_loaded_what_reading_needs() -> None:
    code = (
        "import sys; from pipeline.ingest.reading import Task, read, warm_up; warm_up(); before = set(sys.modules);"
        "page = '<h1>中卫市公安局2021年政府信息公开工作年度报告</h1><table><tr><td>信息内容</td><td>本年制发件数</td></tr></table>';"
        "read(Task('a.html', 'a.html', content=page.encode()));"
        "print('pymupdf' in before, sorted(name for name in set(sys.modules) - before if name.startswith('parsers')))"
    )
    said = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert said == "True []\n"


def test_results_come_in_the_order_of_the_tasks() -> None:
    tasks = ["slow", "a", "b", "slow", "c", "d", "e", "f", "g", "slow", "h"]
    assert results(tasks) == [task.upper() for task in tasks]


def test_tasks_are_asked_for_as_room_comes_free() -> None:
    asked = 0

    def endless() -> Iterator[Job[int, str, str]]:
        nonlocal asked
        while True:
            asked += 1
            yield Job(asked, "a", "a")

    with Workers(behave, 1, LIMITS) as workers:
        for done, _ in workers.run(endless()):
            if done == 10:
                break
    assert asked < 20


def test_what_is_ready_waits_for_its_turn_and_starts_no_process() -> None:
    workers: Workers[str, str] = Workers(behave, 1, LIMITS)
    error = LimitExceeded("too large")
    assert list(workers.run([Job("a", "a", ready="A"), Job("b", "b", ready=error)])) == [("a", "A"), ("b", error)]
    assert workers._pool is None


def test_a_worker_that_dies_for_what_others_did_costs_no_file(tmp_path: Path) -> None:
    mark = tmp_path / "died"
    assert results([f"die once {mark}", "a"], jobs=1) == [f"DIE ONCE {mark}".upper(), "A"]


def test_workers_that_die_between_two_files_are_replaced() -> None:
    with Workers(behave, 1, LIMITS) as workers:
        stream = workers.run(Job(n, "a", "a") for n in range(12))
        next(stream)
        for process in multiprocessing.active_children():
            if process.name == "pebble_pool_worker":
                process.kill()
        time.sleep(0.5)
        assert [result for _, result in stream] == ["A"] * 11


def test_workers_that_cannot_start_end_the_run_with_a_sentence() -> None:
    with Workers(behave, 1, Limits(memory=2**20)) as workers, pytest.raises(NianbaoError, match="out of memory"):
        list(workers.run([Job("a", "a", "a")]))
