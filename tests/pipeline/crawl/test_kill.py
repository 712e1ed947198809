"""Nights that are killed: whatever the moment, the archive and the database are in the end as without the kills."""

from __future__ import annotations

import hashlib
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.pipeline.crawl.conftest import Crawled, serving, sources_text

pytestmark = pytest.mark.xdist_group("two nights")  # one worker crawls them
NAMES = ["gkmlpt", "nfcms", "xxgk"]
"""Sites whose pages are the same at every request, so that two crawls can be compared by their bytes."""


def command(folder: Path) -> list[str]:
    options = [
        "--sources",
        str(folder / "sources.toml"),
        "--archive",
        str(folder / "archive"),
        "--db",
        str(folder / "n.db"),
    ]
    return [sys.executable, "-m", "pipeline", "scrape", "--quiet", *options]


def night(folder: Path, number: int, ports: dict[str, int], kills: int) -> None:
    """A night over the models, killed so many times, and then run to its end."""
    with serving(NAMES, number, ports) as (models, up):
        folder.mkdir(exist_ok=True)
        (folder / "sources.toml").write_text(sources_text(models, up.urls), encoding="utf-8")
        for _ in range(kills):
            process = subprocess.Popen(command(folder), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            began = time.monotonic()
            while (
                process.poll() is None
                and not any(model.site.log for model in models.values())
                and time.monotonic() < began + 20
            ):
                time.sleep(0.02)
            time.sleep(random.uniform(0, 2.5))
            process.send_signal(signal.SIGKILL)
            process.wait()
        done = subprocess.run(command(folder), capture_output=True, text=True, check=False, timeout=60)
        assert done.returncode in (0, 1), done.stderr
        assert "Traceback" not in done.stderr


def outcome(database: Path) -> dict[str, list[Any]]:
    """All that two nights left of these sites, without the moments and how long things took."""
    mine = f"site IN ({', '.join(repr(name) for name in NAMES)})"
    tables = {
        "fetch": "SELECT run_id, site, kind, url, form, status, failure, etag, sha256, title, published, publisher, parent, "
        f"entries, size FROM fetch WHERE {mine} ORDER BY run_id, site, url, form, status",
        "visit": f"SELECT run_id, site, outcome, entries, reports, fresh, unchanged, failures FROM visit WHERE {mine} "
        "ORDER BY run_id, site",
        "judgement": "SELECT run_id, site, url, sha256, verdict, agency, agency_by, year, title, published, parent FROM "
        f"judgement WHERE {mine} ORDER BY site, url, sha256",
        "alarm": f"SELECT run_id, site, rule, severity, url FROM alarm WHERE {mine} ORDER BY run_id, site, rule, url",
        "run": "SELECT id, finished IS NOT NULL, interrupted FROM run ORDER BY id",
    }
    with closing(sqlite3.connect(database)) as connection:
        return {name: connection.execute(query).fetchall() for name, query in tables.items()}


def test_killed_nights_end_like_quiet_ones(nights: tuple[Crawled, Crawled], tmp_path: Path) -> None:
    random.seed(20240131)
    ports = {name: int(nights[0].urls[name].rpartition(":")[2]) for name in NAMES}
    night(tmp_path, 1, ports, 2)
    night(tmp_path, 2, ports, 1)
    quiet, killed = outcome(nights[1].folder / "nights.db"), outcome(tmp_path / "n.db")
    for name, rows in quiet.items():
        assert killed[name] == rows, name
    hashes = {row[8] for row in killed["fetch"] if row[8]}
    kept = [path for path in (tmp_path / "archive").rglob("*") if path.is_file()]
    assert sorted(path.stem for path in kept) == sorted(hashes)
    assert all(path.stem == hashlib.sha256(path.read_bytes()).hexdigest() for path in kept)
