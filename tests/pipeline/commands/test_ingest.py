"""``nianbao ingest`` and ``parse``: what a person is told of files."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from db import Outcome, RunItem, Store
from pipeline.commands.ingest import MOST_SHOWN, print_summary
from pipeline.ingest.summary import Summary
from tests.pipeline.commands.conftest import Run
from tests.pipeline.reports import VERSIONS


def test_an_empty_folder_is_told_what_would_be_read(nianbao: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    status, out, messages = nianbao("ingest", str(tmp_path / "empty"))
    assert (status, out) == (0, "")
    assert messages.startswith("No document was found there: nianbao reads PDF")
    assert messages.count("\n") == 1


def test_what_is_passed_over_is_named(nianbao: Run, tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(b"x")
    _, out, messages = nianbao("ingest", str(tmp_path))
    assert "passed over (no document)" in out
    assert f"passed over: {tmp_path / 'logo.png'} (give one by its name, and it is read)" in messages


def test_what_failed_before_is_named_again(nianbao: Run, tmp_path: Path) -> None:
    """A run that was killed has named nothing, and nobody remembers the one of last month."""
    (tmp_path / "空.pdf").write_bytes(b"")
    for words in ("failed", "1 of the unchanged files failed before"):
        status, out, messages = nianbao("ingest", str(tmp_path), "--db", str(tmp_path / "a.db"))
        assert status == 1
        assert words in out + messages
        assert f"failed: {tmp_path / '空.pdf'}: the file is empty; download it again" in messages


def test_the_query_that_lists_the_other_failures_can_be_asked(
    nianbao: Run, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    with Store.open(str(tmp_path / "failures.db")) as store:
        number = store.begin_run("ingest", VERSIONS)
        for each in range(MOST_SHOWN + 1):
            store.record(number, RunItem(f"{each}.pdf", Outcome.FAILED, reason="not a PDF", versions=VERSIONS))
    print_summary(Summary(failed=[(f"{each}.pdf", "not a PDF") for each in range(MOST_SHOWN + 1)]))
    (query,) = re.findall(r'nianbao sql "(.+)"', capsys.readouterr().err)
    status, out, _ = nianbao("sql", query, "--db", str(tmp_path / "failures.db"), "--format", "csv")
    assert status == 0
    assert len(out.splitlines()) == 1 + MOST_SHOWN + 1
    assert "20.pdf,not a PDF" in out.splitlines()


def test_parse_reads_the_one_document_of_an_archive_and_names_several(nianbao: Run, tmp_path: Path) -> None:
    page = "<h1>云溪县水利局2022年政府信息公开工作年度报告</h1><p>一、总体情况</p><p>主动公开信息31条。</p>"
    for name, files in (("one", ("a.html", "logo.png")), ("two", ("a.html", "b.html"))):
        with zipfile.ZipFile(tmp_path / f"{name}.zip", "w") as archive:
            for file in files:
                archive.writestr(file, page)
    status, out, _ = nianbao("parse", str(tmp_path / "one.zip"))
    assert status == 0
    assert out.startswith("云溪县水利局 · 2022")
    status, out, messages = nianbao("parse", str(tmp_path / "two.zip"))
    assert (status, out) == (2, "")
    assert "two.zip: an archive of 2 documents (a.html, b.html); nianbao ingest reads them all" in messages
