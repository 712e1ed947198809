"""``nianbao export``: everything, one file a table."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pipeline.commands.conftest import Run


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet", "xlsx"])
def test_export_writes_a_file_for_each_table(nianbao: Run, tmp_path: Path, form: str) -> None:
    status, _, err = nianbao("export", str(tmp_path / "out"), "--format", form)
    assert status == 0, err
    names = {path.stem for path in (tmp_path / "out").iterdir()}
    assert {"agency", "report", "indicator", "cell", "finding", "run_item"} <= names


def test_export_in_an_unknown_format_names_the_known_ones(nianbao: Run, tmp_path: Path) -> None:
    status, _, err = nianbao("export", str(tmp_path), "--format", "spss")
    assert status == 2
    assert "csv, jsonl, parquet, xlsx" in err


def test_only_the_tables_and_views_that_are_named_are_written(nianbao: Run, tmp_path: Path) -> None:
    status, _, err = nianbao(
        "export", str(tmp_path / "out"), "--format", "csv", "--only", "report_overview", "--only", "agency"
    )
    assert status == 0, err
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"report_overview.csv", "agency.csv"}
    status, _, err = nianbao("export", str(tmp_path / "none"), "--format", "csv", "--only", "report_overviw")
    assert (status, (tmp_path / "none").exists()) == (2, False)
    assert "did you mean report_overview" in err
