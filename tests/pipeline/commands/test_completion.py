"""What the shell offers while a command is typed, asked as bash asks."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.pipeline.conftest import POLICE


def offered(database: Path, *words: str) -> list[str]:
    """What bash would show for the last word of ``nianbao`` and these words."""
    environment = {
        **os.environ,
        "NIANBAO_DB": str(database),
        "_NIANBAO_COMPLETE": "complete_bash",
        "COMP_WORDS": " ".join(["nianbao", *words]),
        "COMP_CWORD": str(len(words)),
    }
    program = [sys.executable, "-c", "from pipeline.__main__ import main; main()"]
    done = subprocess.run(program, env=environment, capture_output=True, text=True, check=False)
    assert not done.stderr
    return done.stdout.split()


@pytest.mark.parametrize("words", [("show", "中卫市公"), ("check", "--agency", "中卫市公")])
def test_agencies_of_the_database_are_offered_by_their_beginning(database: Path, words: tuple[str, ...]) -> None:
    assert offered(database, *words) == [POLICE]


def test_indicators_of_the_form_and_figures_of_the_prose_are_offered(database: Path) -> None:
    assert "requests/received.new/total" in offered(database, "compare", "requests/received")
    assert offered(database, "compare", "follow") == ["followers"]
    assert offered(database, "compare", "received.") == ["received.new", "received.carried_over"]


def test_rules_are_offered(database: Path) -> None:
    assert "req.row_sum" in offered(database, "check", "--rule", "req")


def test_without_a_database_nothing_is_offered_and_nothing_said(tmp_path: Path) -> None:
    assert offered(tmp_path / "none.db", "show", "中卫") == []
