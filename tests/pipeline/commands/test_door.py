"""The door: usage, help, exit status, and errors in one line, whatever the command."""

from __future__ import annotations

import io
import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.cli import app
from pipeline.reference import DOCS, PAGES
from tests.pipeline.commands.conftest import Run
from tests.pipeline.conftest import POLICE


@pytest.mark.parametrize(
    "arguments", [["show"], ["nothing"], ["ingest"], ["ingest", "/nowhere/at/all"], ["compare", "x", "--years", "21"]]
)
def test_wrong_usage_ends_with_status_2(nianbao: Run, arguments: list[str]) -> None:
    status, out, err = nianbao(*arguments)
    assert (status, out) == (2, "")
    assert err


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["show", "某局", "去年"], "Invalid value for 'YEAR': '去年' is not a whole number (nianbao show --help)"),
        (["shw"], "No such command 'shw'. Did you mean 'show'? (nianbao --help)"),
        (
            ["ingest", "a", "--timeout", "x"],
            "Invalid value for '--timeout': 'x' is not a number (nianbao ingest --help)",
        ),
        (["sql"], "Missing argument '\"SELECT …\"' (nianbao sql --help)"),
    ],
)
def test_wrong_usage_is_told_in_one_line(nianbao: Run, arguments: list[str], line: str) -> None:
    assert nianbao(*arguments) == (2, "", f"nianbao: {line}\n")


def test_whoever_asks_for_nothing_is_shown_what_there_is_to_ask(nianbao: Run) -> None:
    status, out, err = nianbao()
    assert (status, out) == (2, "")
    assert err.startswith("Usage: nianbao")


@pytest.mark.parametrize("given", ["{folder}", "{folder}/none/a.db", "mysql://host/db", "nonsense://x", "sqlite://"])
def test_what_is_no_address_of_a_database_is_wrong_usage(nianbao: Run, tmp_path: Path, given: str) -> None:
    (tmp_path / "in").mkdir()
    status, _, err = nianbao("ingest", str(tmp_path / "in"), "--db", given.format(folder=tmp_path))
    assert (status, err.count("\n")) == (2, 1)


def test_where_an_error_comes_from_is_shown_to_whoever_asks(nianbao: Run) -> None:
    status, _, err = nianbao("sql", "SELECT", "--debug")
    assert status == 2
    assert err.startswith("Traceback")
    assert err.splitlines()[-1].startswith("nianbao: the query is wrong")


def test_a_database_that_does_not_exist_is_not_made_by_reading(nianbao: Run, tmp_path: Path) -> None:
    status, _, err = nianbao("check", "--db", str(tmp_path / "none.db"))
    assert status == 2
    assert "nianbao ingest FOLDER" in err
    assert not (tmp_path / "none.db").exists()


@pytest.mark.parametrize("name", ["报告 #1.db", "100%.db", "a%20b.db", "which?.db"])
def test_a_database_may_be_called_anything(nianbao: Run, database: Path, tmp_path: Path, name: str) -> None:
    shutil.copy(database, tmp_path / name)
    assert nianbao("show", POLICE, "2021", "--db", str(tmp_path / name))[0] == 0
    assert nianbao("alias", "老公安局", POLICE, "--db", str(tmp_path / name))[0] == 0
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".db"] == [name]


def test_every_command_has_an_example() -> None:
    for command in app.registered_commands:
        assert command.callback is not None
        assert f"nianbao {command.name}" in (command.callback.__doc__ or "")


@pytest.mark.parametrize("name", PAGES)
def test_the_pages_made_from_the_program_are_current(name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == PAGES[name](), f"docs/{name} is stale: make docs"


def test_help_starts_at_once() -> None:
    """Under 0.3 s of processor time more than Python itself, the best of five tries; and nothing heavy is imported."""

    def seconds(*arguments: str) -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    start = min(seconds("-c", "pass") for _ in range(5))
    assert min(seconds("-m", "pipeline", "--help") for _ in range(5)) < start + 0.3
    heavy = "sqlalchemy", "rich.table", "pymupdf", "matplotlib", "pebble", "pyarrow", "regex"
    code = f"import sys, pipeline.cli; print([name for name in {heavy!r} if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout == "[]\n"


def test_a_reader_that_stops_early_is_no_error(database: Path) -> None:
    query = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 200000) SELECT i FROM n"
    arguments = [sys.executable, "-m", "pipeline", "sql", query, "--format", "csv", "--db", str(database)]
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdout.readline() == "i\n"
    process.stdout.close()
    assert process.stderr.read() == ""
    process.stderr.close()
    process.wait(timeout=20)


@pytest.mark.parametrize("arguments", [["compare", "received.new", "--chart"], ["review", "--write"]])
def test_a_file_is_written_though_nobody_reads_the_table(
    nianbao: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    class Gone(io.StringIO):
        def write(self, _: str) -> int:
            raise BrokenPipeError

        def fileno(self) -> int:
            return os.open(os.devnull, os.O_WRONLY)

    monkeypatch.setattr(sys, "stdout", Gone())
    status, _, messages = nianbao(*arguments, str(tmp_path / "a.svg"))
    assert (status, messages) == (1, "")
    assert (tmp_path / "a.svg").stat().st_size > 100


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a disk that is always full is Linux's")
def test_what_cannot_be_printed_is_told_in_one_line(database: Path) -> None:
    asked = [sys.executable, "-m", "pipeline", "sql", "SELECT name FROM agency", "--db", str(database)]
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = subprocess.run(asked, check=False, stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 1
    assert done.stderr == "nianbao: the output: No space left on device; mend that and run the command again\n"
    western = os.environ | {"PYTHONIOENCODING": "latin-1"}
    done = subprocess.run(asked, check=False, capture_output=True, text=True, env=western)
    assert done.returncode == 1
    assert done.stderr.startswith("nianbao: the output is written in latin-1, which lacks")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("library", "arguments", "extra"),
    [
        ("w3lib", ["scrape"], "scrape"),
        ("matplotlib", ["compare", "received.new", "--chart", "{folder}/a.svg"], "charts"),
        ("pyarrow", ["export", "{folder}", "--format", "parquet"], "export"),
        ("xlsxwriter", ["export", "{folder}", "--format", "xlsx"], "export"),
    ],
)
def test_a_library_that_is_not_installed_is_named_with_its_extra(
    database: Path, tmp_path: Path, library: str, arguments: list[str], extra: str
) -> None:
    given = [argument.format(folder=tmp_path) for argument in arguments] + ["--db", str(database)]
    (tmp_path / "sources.toml").write_text("", encoding="utf-8")
    without = f"import sys; sys.modules[{library!r}] = None; from pipeline.cli import run; sys.exit(run({given!r}))"
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[3])}
    asked = [sys.executable, "-c", without]
    done = subprocess.run(asked, check=False, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].endswith(f"is not installed: pip install 'nianbao[{extra}]'")
