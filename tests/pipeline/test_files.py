"""Files that are whole or not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.errors import BadInput
from pipeline.files import put_whole, written


def test_folders_are_made_and_nothing_stands_beside_the_file(tmp_path: Path) -> None:
    path = tmp_path / "2024" / "digest.md"
    written(path, "三份新的年报\n")
    put_whole(path, "四份新的年报\n".encode())
    assert [file.name for file in tmp_path.rglob("*")] == ["2024", "digest.md"]
    assert path.read_text(encoding="utf-8") == "四份新的年报\n"


def test_what_cannot_take_its_name_leaves_nothing_behind_and_is_told_in_a_line(tmp_path: Path) -> None:
    """A folder stands where the file should."""
    (tmp_path / "digest.md").mkdir()
    with pytest.raises(BadInput, match=r"digest\.md: cannot be written \(Is a directory\)"):
        written(tmp_path / "digest.md", "三份新的年报\n")
    assert [file.name for file in tmp_path.iterdir()] == ["digest.md"]
