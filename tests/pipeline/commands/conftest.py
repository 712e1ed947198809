"""Commands on the test database, run as a person types them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.cli import run

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def nianbao(capsys: pytest.CaptureFixture[str], database: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command on the test database: exit status, standard output, standard error."""
    monkeypatch.setenv("NIANBAO_DB", str(database))

    def call(*arguments: str) -> tuple[int, str, str]:
        status = run(arguments)
        said = capsys.readouterr()
        return status, said.out, said.err

    return call


def records(nianbao: Run, *arguments: str) -> list[dict[str, Any]]:
    """The rows that a command prints for programs."""
    status, out, err = nianbao(*arguments, "--format", "json")
    assert status in {0, 1}, err
    found: list[dict[str, Any]] = json.loads(out)
    return found
