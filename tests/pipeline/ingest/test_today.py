"""The versions that would read a report today, kept beside a look at the program."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from parsers.assemble import current_versions
from pipeline.ingest import today

NOW = current_versions()
WORDS = (NOW.reader, NOW.forms, NOW.lexicon, NOW.rules)


def test_the_versions_are_worked_out_once_and_again_when_the_program_is_another(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("NIANBAO_CACHE", str(tmp_path / "cache"))
    program = tmp_path / "program" / "reader.py"
    program.parent.mkdir()
    program.write_text("VERSION = 1")
    monkeypatch.setattr(today, "_look", lambda: today._files(program.parent))
    assert today.versions_today() == WORDS
    kept = tmp_path / "cache" / "versions.json"
    kept.write_text(kept.read_text().replace(WORDS[0], "as kept"))
    assert today.versions_today() == ("as kept", *WORDS[1:])
    os.utime(program, (1, 1))
    assert today.versions_today() == WORDS


def test_nothing_is_kept_where_no_folder_may_be_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NIANBAO_CACHE", "")
    assert today.versions_today() == WORDS
    (tmp_path / "versions.json").write_text("damaged")
    monkeypatch.setenv("NIANBAO_CACHE", str(tmp_path))
    assert today.versions_today() == WORDS
    monkeypatch.setattr(today, "_worked_out", lambda: pytest.fail("they were kept"))
    assert today.versions_today() == WORDS
