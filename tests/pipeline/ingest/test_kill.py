"""Killed with SIGKILL at twenty random moments and started again each time, an ingest ends in the same database."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from multiprocessing.connection import Connection
from pathlib import Path

from corpus.specimens import build
from db import Store
from pipeline.ingest.run import Options, ingest
from tests.pipeline.dump import dump

KILLS = 20
FILES = 36


def ingest_in_own_group(folder: Path, database: Path, parent: Connection) -> None:
    """An ingest in a process group of its own, so that a kill takes its workers too. It tells of each file done, and
    goes on when it is told to."""
    os.setsid()

    def told(location: str) -> None:
        parent.send(location)
        parent.recv()

    with Store.open(f"sqlite:///{database}") as store:
        ingest(store, [str(folder)], Options(jobs=1), told=told)


def killed(folder: Path, database: Path, files: int, delay: float) -> bool:
    """Runs an ingest until it has done so many files, lets it go on for some seconds, at most through the next file,
    and kills it; False when it was through before."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["pipeline.ingest.run", "db.store", "parsers.assemble"])
    mine, theirs = context.Pipe()
    process = context.Process(target=ingest_in_own_group, args=(folder, database, theirs))
    process.start()
    theirs.close()
    try:
        for _ in range(files):
            mine.recv()
            mine.send("go on")
    except EOFError:
        process.join()
        return False
    time.sleep(delay)
    assert process.pid is not None
    was_alive = process.is_alive()
    if was_alive:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:  # so early that it has no group of its own yet
            process.kill()
    process.join()
    return was_alive


def test_twenty_kills_change_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    build(folder, seed=5, count=FILES)
    with Store.open(f"sqlite:///{tmp_path / 'undisturbed.db'}") as store:
        ingest(store, [str(folder)], Options(jobs=2))
    moments = random.Random(20)
    database = tmp_path / "killed.db"
    done, kills = 0, 0
    while kills < KILLS:
        files = done + moments.choice((0, 0, 1, 1, 1))
        delay = moments.uniform(0, 1.2) if files == done else moments.uniform(0, 0.03)
        if not killed(folder, database, files, delay):
            break
        kills += 1
        done = files_done(database)
    assert kills == KILLS, "the run was through too early to be killed"
    with Store.open(f"sqlite:///{database}") as store:
        ingest(store, [str(folder)], Options(jobs=1))
        assert all(run.finished is not None for run in store.runs())
    assert dump(database) == dump(tmp_path / "undisturbed.db")


def files_done(database: Path) -> int:
    """Files that have an outcome; the store must open after any kill."""
    with Store.open(f"sqlite:///{database}") as store:
        return len(list(store.query("SELECT path FROM location")[1]))
