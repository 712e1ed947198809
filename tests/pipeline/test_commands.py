"""The command line over a database: what a person types and reads."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import resource
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from db import Outcome, RunItem, Store
from parsers.report import Place
from pipeline.cli import app, run
from pipeline.commands.ingest import MOST_SHOWN, print_summary
from pipeline.ingest.summary import Summary
from pipeline.reference import DOCS, PAGES, commands_page
from tests.pipeline.conftest import CITY, POLICE, SCHOOLS
from tests.pipeline.reports import VERSIONS, small_report, stored

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


def test_show_prints_the_form_with_states_and_findings_at_their_cells(nianbao: Run) -> None:
    status, out, _ = nianbao("show", POLICE, "2021")
    assert status == 0
    lines = out.splitlines()
    assert lines[0] == "中卫市公安局 · 2021"
    assert "第二十条第（一）项" in out
    row = next(line for line in lines if line.startswith("一、本年新收政府信息公开申请数量"))
    assert row.split()[-2:] == ["5", "[1]"]
    assert any(line.startswith("    1.属于国家秘密") for line in lines), "inside its two groups"
    assert "[1] error · agency · req.row_sum: 总计 is 5, but the parts add up to 4" in lines
    _, out, _ = nianbao("show", SCHOOLS, "2021")
    rules = next(line for line in out.splitlines() if line.startswith("规章"))
    assert rules.split() == ["规章", "/", "0", "0"]


def test_show_gives_the_json_of_the_contract(nianbao: Run) -> None:
    _, out, _ = nianbao("show", POLICE, "2021", "--format", "json")
    record = json.loads(out)
    assert (record["agency"], record["year"], len(record["cells"])) == (POLICE, 2021, 200)


def test_show_says_which_years_there_are(nianbao: Run) -> None:
    status, out, err = nianbao("show", POLICE, "1999")
    assert (status, out) == (2, "")
    assert "2020" in err
    assert err.count("\n") == 1


def test_compare_puts_agencies_beside_years(nianbao: Run) -> None:
    status, out, err = nianbao("compare", "received.new")
    assert status == 0
    table = [line.split() for line in out.splitlines()]
    assert table[0] == ["agency", "2020", "2021", "2022"]
    assert [POLICE, "3", "5*", "6"] in table
    assert [SCHOOLS, "·"] in table
    assert ["中卫市人民政府（area）", "70"] in table
    assert "本年新收政府信息公开申请数量" in err


def test_compare_takes_sums_and_ratios(nianbao: Run) -> None:
    _, out, _ = nianbao("compare", "rate.disclosure", "--agency", "公安", "--years", "2020-2021", "--format", "csv")
    assert [(row["year"], row["value"]) for row in csv.DictReader(io.StringIO(out))] == [
        ("2020", "1"),
        ("2021", "0.25"),
    ]
    _, out, _ = nianbao("compare", "outcome.denied", "--agency", POLICE)
    assert out.splitlines()[2].split() == [POLICE, "0", "0", "0"]


@pytest.mark.parametrize(
    ("indicator", "key"),
    [
        ("requests/received.new/total", "requests/received.new/total"),
        ("granted", "requests/outcome.granted/total"),
        ("licensing", None),
        ("licensing.decisions", "proactive/licensing/decisions"),
        ("予以公开", "requests/outcome.granted/total"),
        ("received.new/natural_person", "requests/received.new/natural_person"),
        ("公开率", "rate.disclosure"),
    ],
)
def test_indicators_have_short_names(nianbao: Run, indicator: str, key: str | None) -> None:
    status, _, err = nianbao("compare", indicator)
    assert (status, err.split(" · ")[0]) == (0, key) if key else "licensing/decisions" in err


def records(nianbao: Run, *arguments: str) -> list[dict[str, Any]]:
    """The rows that a command prints for programs."""
    status, out, err = nianbao(*arguments, "--format", "json")
    assert status in {0, 1}, err
    found: list[dict[str, Any]] = json.loads(out)
    return found


def test_for_programs_compare_says_in_words_what_the_table_says_in_signs(nianbao: Run) -> None:
    first, *_ = records(nianbao, "compare", "received.new")
    assert list(first) == [
        *("agency", "place_code", "scope", "year", "indicator", "value", "unit", "state", "flagged", "corrected")
    ]
    found = [
        (row["agency"], row["scope"], row["year"], row["value"], row["unit"], row["state"], row["flagged"])
        for row in records(nianbao, "compare", "received.new")
    ]
    assert found == [
        (CITY, "agency", 2021, 7, "件", "number", 0),
        (CITY, "area", 2021, 70, "件", "number", 0),
        (POLICE, "agency", 2020, 3, "件", "number", 0),
        (POLICE, "agency", 2021, 5, "件", "number", 1),
        (POLICE, "agency", 2022, 6, "件", "number", 0),
        (SCHOOLS, "agency", 2021, None, None, "blank", 0),
    ]
    fees = records(nianbao, "compare", "fees.amount", "--agency", SCHOOLS, "--agency", POLICE)
    assert [(row["year"], row["state"]) for row in fees] == [
        *((2021, "unreadable"), (2020, "not_stated"), (2021, "number"), (2022, "number"))
    ]
    (dash,) = records(nianbao, "compare", "rules.issued", "--agency", SCHOOLS)
    assert (dash["value"], dash["state"]) == (None, "dash")


def test_money_without_a_unit_is_marked_and_not_drawn(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    amount = "proactive/central_procurement/amount"
    path = stored(
        tmp_path / "a.db",
        small_report(POLICE, 2019, {amount: 3267890}, units={amount: None}),
        small_report(POLICE, 2020, {amount: 326}, units={amount: "万元"}),
    )
    monkeypatch.setenv("NIANBAO_DB", str(path))
    assert run(["compare", amount, "--chart", str(tmp_path / "a.html")]) == 0
    said = capsys.readouterr()
    assert said.out.splitlines()[-1].split() == [POLICE, "3267890‡", "326"]
    assert "‡ the page names no unit" in said.err
    assert "1 figures of unknown unit are left out" in said.err
    assert f"<th>{POLICE}</th><td></td><td>326</td>" in (tmp_path / "a.html").read_text()
    assert run(["compare", amount, "--format", "csv"]) == 0
    units = [row["unit"] for row in csv.DictReader(io.StringIO(capsys.readouterr().out))]
    assert units == ["", "万元"]
    assert run(["check", "--rule", "y.jump"]) == 0
    assert "0 findings" in capsys.readouterr().err, "nobody knows whether it is a jump"


def test_a_unit_that_the_label_says_is_not_said_twice(nianbao: Run) -> None:
    assert nianbao("compare", "fees.amount")[2].count("单位：万元") == 1


def test_agencies_of_one_name_at_two_places_are_two_lines(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    new = "requests/received.new/total"
    reports = [
        small_report("鼓楼区公安局", 2021, {new: count}, place=Place(code, *place))
        for code, place, count in (
            ("320106", ("江苏省", "南京市", "鼓楼区"), 3),
            ("350102", ("福建省", "福州市", "鼓楼区"), 8),
        )
    ]
    monkeypatch.setenv("NIANBAO_DB", str(stored(tmp_path / "a.db", *reports)))
    assert run(["compare", "received.new", "--agency", "鼓楼区公安局"]) == 0
    lines = capsys.readouterr().out.splitlines()[2:]
    assert [line.split() for line in lines] == [["鼓楼区公安局@320106", "3"], ["鼓楼区公安局@350102", "8"]]


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("recieved.new", "requests/received.new/total"),
        ("received", "requests/received.new/total or requests/received.carried_over/total"),
        ("fees", "proactive/fees/amount, or prose.fees"),
        ("prose.nothing", "nianbao indicators"),
    ],
    ids=["misspelt", "a group of rows", "form and prose", "no metric"],
)
def test_what_is_no_indicator_or_several_is_answered_with_those_meant(nianbao: Run, asked: str, named: str) -> None:
    status, _, err = nianbao("compare", asked)
    assert status == 2
    assert named in err


@pytest.mark.parametrize("verb", ["check", "review", "facts", "search", "compare"])
def test_agencies_and_years_are_named_alike_everywhere(nianbao: Run, verb: str) -> None:
    arguments = {"compare": ("compare", "received.new"), "search": ("search", "总体")}.get(verb, (verb,))
    for years in ("2021", "2020-2022", "2020,2022"):
        for option in ("--year", "--years"):
            for agency in (POLICE, "公安", f"{POLICE}@640500"):
                status, _, err = nianbao(*arguments, "--agency", agency, option, years)
                assert status in {0, 1}, err
    status, _, err = nianbao(*arguments, "--agency", "海关总署")
    assert (status, err.startswith("nianbao: no report of an agency called 海关总署")) == (2, True)


def test_a_part_of_a_name_shows_the_one_report_that_it_means(nianbao: Run) -> None:
    assert nianbao("show", "公安", "2021")[1].startswith(f"{POLICE} · 2021")
    status, out, err = nianbao("show", "中卫市", "2021")
    assert (status, out) == (2, "")
    assert err.startswith(f"nianbao: 中卫市 may mean 3 agencies: {CITY}@640500, {POLICE}@640500, {SCHOOLS}@640500")


@pytest.mark.parametrize("verb", ["check", "review"])
@pytest.mark.parametrize(
    ("rule", "near"), [("row_sum", "req.row_sum"), ("y.cary", "y.carry"), ("nosuch", "there are cell.negative")]
)
def test_a_rule_that_there_is_not_is_answered_with_near_ones(nianbao: Run, verb: str, rule: str, near: str) -> None:
    status, out, err = nianbao(verb, "--rule", rule)
    assert (status, out) == (2, "")
    assert near in err


def test_details_tell_whose_report_a_finding_is_about(nianbao: Run) -> None:
    found = records(nianbao, "check", "--rule", "x.area", "--details")
    assert {(row["agency"], row["place_code"], row["scope"], row["file"]) for row in found} == {
        (CITY, "640500", "area", f"{CITY}2021area.html")
    }
    assert all(row["where"] and row["expected"] > row["actual"] for row in found)
    _, out, _ = nianbao("check", "--rule", "x.area", "--details")
    assert out.splitlines()[0].split() == [
        *("agency", "place_code", "year", "scope", "severity", "whose", "rule", "message", "cell", "file")
    ]


def test_columns_of_one_name_are_all_there(nianbao: Run) -> None:
    assert records(nianbao, "sql", "SELECT 1 AS a, 2 AS a, 3 AS b, 4 AS a") == [{"a": 1, "a_2": 2, "b": 3, "a_3": 4}]
    _, out, _ = nianbao("sql", "SELECT 1 AS a, 2 AS a_2, 3 AS a", "--format", "csv")
    assert out.splitlines()[0] == "a,a_2,a_3"


@pytest.mark.parametrize(
    ("query", "near"),
    [
        ("SELECT recieved FROM report_overview", "did you mean received"),
        ("SELECT o.denials FROM report_overview AS o", "denied"),
        ("SELECT location FROM run_item", "location_id"),
        ("SELECT * FROM reports", "did you mean report"),
        ("SELECT denial_rate FROM report_overview", "did you mean denied"),
        ("SELECT foo FROM report_overview", "report_overview has report_id, agency"),
    ],
)
def test_a_name_that_the_schema_lacks_is_answered_with_near_ones(nianbao: Run, query: str, near: str) -> None:
    status, _, err = nianbao("sql", query)
    assert status == 2
    assert near in err


def test_a_chart_is_drawn_beside_the_table(nianbao: Run, tmp_path: Path) -> None:
    status, _, _ = nianbao("compare", "received.new", "--chart", str(tmp_path / "a.svg"))
    assert status == 0
    assert "<svg" in (tmp_path / "a.svg").read_text()


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


def test_check_groups_findings_and_fails_on_errors(nianbao: Run) -> None:
    status, out, _ = nianbao("check", "--format", "csv")
    assert status == 1
    assert list(csv.reader(io.StringIO(out)))[1:] == [
        ["error", "req.row_sum", "agency", "1", "1"],
        ["warning", "x.area", "agency", "1", "2"],
        ["warning", "y.carry", "agency", "1", "1"],
    ]
    status, out, _ = nianbao("check", "--rule", "y.carry", "--severity", "warning", "--details", "--format", "json")
    assert status == 0
    (finding,) = json.loads(out)
    assert (finding["agency"], finding["year"], finding["rule"]) == (POLICE, 2022, "y.carry")
    assert nianbao("check", "--agency", SCHOOLS)[0] == 0


def test_sql_answers_and_cannot_write(nianbao: Run) -> None:
    _, out, _ = nianbao("sql", "SELECT name FROM agency ORDER BY name", "--format", "csv")
    assert POLICE in out.splitlines()
    status, out, err = nianbao("sql", "DELETE FROM report")
    assert (status, out) == (2, "")
    assert err.startswith("nianbao: ")
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    assert nianbao("sql", endless, "--timeout", "0.2")[0] == 2


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


def test_indicators_can_be_searched(nianbao: Run) -> None:
    _, out, _ = nianbao("indicators", "不予公开", "总计", "--format", "csv")
    keys = [row[0] for row in csv.reader(io.StringIO(out))][1:]
    assert "requests/outcome.denied.state_secret/total" in keys
    assert "requests/outcome.denied/total" in keys
    assert all(key.startswith("requests/outcome.denied") for key in keys)


def test_an_alias_joins_an_old_name_with_the_new_one(nianbao: Run, database: Path) -> None:
    """The stored reports move, and what only several years show is looked at again."""
    copy = database.with_name("renamed.db")
    with sqlite3.connect(database) as given, sqlite3.connect(copy) as taken:
        given.backup(taken)
    here = ("--db", str(copy))
    assert nianbao("alias", SCHOOLS, POLICE, *here)[0] == 0
    _, out, _ = nianbao("alias", "--format", "csv", *here)
    assert out.splitlines()[1].startswith(f"{SCHOOLS},{POLICE}")
    _, out, _ = nianbao("sql", "SELECT DISTINCT agency FROM report_overview ORDER BY 1", "-f", "csv", *here)
    assert SCHOOLS not in out
    assert nianbao("alias", "某局", "没有的机关", *here)[0] == 2


def test_a_database_that_does_not_exist_is_not_made_by_reading(nianbao: Run, tmp_path: Path) -> None:
    status, _, err = nianbao("check", "--db", str(tmp_path / "none.db"))
    assert status == 2
    assert "nianbao ingest FOLDER" in err
    assert not (tmp_path / "none.db").exists()


@pytest.mark.parametrize(
    "arguments", [["show"], ["nothing"], ["ingest"], ["ingest", "/nowhere/at/all"], ["compare", "x", "--years", "21"]]
)
def test_wrong_usage_ends_with_status_2(nianbao: Run, arguments: list[str]) -> None:
    status, out, err = nianbao(*arguments)
    assert (status, out) == (2, "")
    assert err


def test_every_command_has_an_example() -> None:
    for command in app.registered_commands:
        assert command.callback is not None
        assert f"nianbao {command.name}" in (command.callback.__doc__ or "")


def test_the_queries_that_help_shows_can_be_asked(nianbao: Run) -> None:
    examples = re.findall(r'nianbao sql "(.+)"', commands_page())
    assert examples
    assert [nianbao("sql", query)[0] for query in examples] == [0] * len(examples)


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


@pytest.mark.parametrize("name", PAGES)
def test_the_pages_made_from_the_program_are_current(name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == PAGES[name](), f"docs/{name} is stale: make docs"


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
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    asked = [sys.executable, "-c", without]
    done = subprocess.run(asked, check=False, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].endswith(f"is not installed: pip install 'nianbao[{extra}]'")


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
