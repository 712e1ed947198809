"""The lock, the deadlines, and a digest that says hostile things."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from db.crawl.nights import Standing
from parsers.report import Scope
from pipeline.nightly.coverage import coverage, latest_due, overdue
from pipeline.nightly.digest import Coverage, Digest, NewFinding, Trouble
from pipeline.nightly.lock import Locked, locked
from pipeline.nightly.render import markdown, page

NOW = datetime(2023, 2, 1, tzinfo=UTC)
HOLDER = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from pipeline.nightly.lock import locked
with locked(Path(sys.argv[1]), datetime(2023, 2, 1, tzinfo=UTC)):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_run_is_told_who_is_at_work_and_a_dead_one_holds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "night.lock"
    with subprocess.Popen([sys.executable, "-c", HOLDER, str(path)], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(Locked, match=f"process {holder.pid} .* since 2023-02-01"), locked(path, NOW):
            pytest.fail("two at once")
        holder.kill()
    with locked(path, NOW):
        pass


def test_a_lock_file_full_of_rubbish_locks_nothing(tmp_path: Path) -> None:
    path = tmp_path / "night.lock"
    path.write_bytes(b"\xff\x00 4711")
    with locked(path, NOW):
        assert b"4711" not in path.read_bytes()


@pytest.mark.parametrize(
    ("agency", "today", "year"),
    [
        ("中卫市公安局", date(2023, 1, 31), 2021),
        ("中卫市公安局", date(2023, 2, 1), 2022),
        ("中卫市人民政府", date(2023, 3, 31), 2021),
        ("中卫市人民政府", date(2023, 4, 1), 2022),
        ("中卫市人民政府", date(2023, 12, 31), 2022),
    ],
)
def test_departments_are_due_in_january_and_governments_in_march(agency: str, today: date, year: int) -> None:
    assert latest_due(agency, today) == year


def test_an_old_gap_is_missing_and_only_the_last_report_due_is_overdue() -> None:
    standing = [Standing(i, "中卫市公安局", 1, year, Scope.AGENCY) for i, year in enumerate((2018, 2020, 2022))]
    covered = coverage(standing, ["中卫市教育局"], date(2023, 2, 10))
    assert {gap.agency: gap.years for gap in covered.gaps} == {
        "中卫市公安局": (2019, 2021),
        "中卫市教育局": (2020, 2021, 2022),
    }
    assert overdue(covered.gaps, date(2023, 2, 10)) == [("中卫市教育局", 2022, date(2023, 1, 31), 10)]


def test_what_sites_say_never_becomes_markup() -> None:
    hostile = "<script>alert(1)</script> | [x](javascript:1) `y`"
    finding = NewFinding(hostile, 2021, "r", "error", "agency", hostile + "\n# heading")
    trouble = Trouble("model", "error", "list.tls", hostile, 'https://a.example/"><script>')
    digest = Digest("2023-02-01", 1, None, (), (), (finding,), (trouble,), (), Coverage(0, 0, ()))
    html, text = page(digest), markdown(digest)
    assert "<script" not in html
    assert "href" not in html, "an address that breaks out of its place is no link"
    assert "\n# heading" not in text
    rows = [line for line in text.splitlines() if line.startswith("| error")]
    assert len(rows) == 2
    assert all(line.replace("\\|", "").count("|") == 5 for line in rows)


def test_long_lists_are_cut_and_say_so() -> None:
    findings = tuple(NewFinding("中卫市公安局", 2021, "r", "hint", "agency", f"no. {n}.") for n in range(100))
    digest = Digest("2023-02-01", 1, None, (), (), findings, (), (), Coverage(0, 0, ()))
    text = markdown(digest)
    assert "The first 40 of 100" in text
    assert "no. 39." in text
    assert "no. 40." not in text
