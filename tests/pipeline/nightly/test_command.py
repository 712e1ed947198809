"""The command line of the night: what it touches, and how it ends."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.cli import run
from tests.pipeline.nightly.test_parts import HOLDER

SOURCES = """contact = "mailto:desk@example.org"
[[site]]
name = "lanping"
agency = "澜平市公安局"
start = ["https://lanping.example/nb/"]
[[deliver.webhook]]
name = "team"
url_env = "HOOK"
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder with a file of sources, to work in."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sources.toml").write_text(SOURCES, encoding="utf-8")
    return tmp_path


def test_a_dry_run_says_what_would_be_done_and_touches_nothing(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["nightly", "--dry-run", "--db", "n.db"]) == 0
    told = capsys.readouterr().out
    for words in ("n.db would be made", "site lanping: https://lanping.example/nb/", "deliver to: team"):
        assert words in told
    assert [path.name for path in here.iterdir()] == ["sources.toml"]


def test_wrong_usage_ends_with_2(here: Path) -> None:
    assert run(["nightly", "--since", "last week", "--db", "n.db"]) == 2
    (here / "sources.toml").write_text(SOURCES.replace("url_env", "token"), encoding="utf-8")
    assert run(["nightly", "--db", "n.db"]) == 2
    assert not (here / "n.db").exists()


def test_a_second_run_ends_with_3_and_does_nothing(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lock = str(here / "n.db.nightly.lock")
    with subprocess.Popen([sys.executable, "-c", HOLDER, lock], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        assert run(["nightly", "--db", "n.db"]) == 3
        holder.kill()
    assert f"process {holder.pid}" in capsys.readouterr().err
    assert not (here / "n.db").exists()
