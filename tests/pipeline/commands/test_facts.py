"""The commands over the figures of the prose: a published report, and sentences of two years."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.published import published_reports
from db import Outcome, RunItem, Store
from parsers import parse_report
from parsers.facts import extract_facts
from parsers.facts.lexicon import lexicon
from pipeline.cli import run
from pipeline.compare import compare
from pipeline.ingest.years import check_years
from pipeline.names.statements import Statement, names
from pipeline.shown.output import marked
from tests.pipeline.conftest import POLICE, SCHOOLS
from tests.pipeline.reports import VERSIONS, small_report

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def prose_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The police of 2021 as published; 2022 starts from another number of followers; the schools count requests twice."""
    path = tmp_path_factory.mktemp("prose") / "test.db"
    (document,) = [d for d in published_reports() if d.name == "zhongwei-police-2021"]
    police = parse_report(document.path)
    with Store.open(f"sqlite:///{path}") as store:
        number = store.begin_run("test", VERSIONS)
        source = police.source
        store.record(number, RunItem("/reports/police.md", Outcome.OK, source.sha256, 1, 2, police.versions), police)
        for agency, prose in (
            (POLICE, "全年发布微博2000篇。微信、视频号、抖音、快手4个新媒体账号粉丝从9.1万人上涨至14.2万人。"),
            (SCHOOLS, "发布微博90篇。收到政府信息公开申请39件，办结政府信息公开申请30件。"),
        ):
            given = small_report(agency, 2022, {})
            facts = tuple(extract_facts(prose, report_year=2022))
            given = replace(given, text=prose, facts=facts, sections=())
            given = replace(given, identity=replace(given.identity, place=police.identity.place))
            item = RunItem(f"/reports/{given.source.name}", Outcome.OK, given.source.sha256, 1, 2, VERSIONS)
            store.record(number, item, given)
        check_years(store, store.agencies_of_run(number))
    return path


@pytest.fixture
def nianbao(capsys: pytest.CaptureFixture[str], prose_database: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command on the database: exit status, standard output, standard error."""
    monkeypatch.setenv("NIANBAO_DB", str(prose_database))

    def call(*arguments: str) -> tuple[int, str, str]:
        status = run(arguments)
        said = capsys.readouterr()
        return status, said.out, said.err

    return call


def test_facts_are_chosen_by_metric_channel_agency_and_year(nianbao: Run) -> None:
    _, out, _ = nianbao("facts", "--metric", "posts", "--channel", "weibo", "--format", "json")
    assert [(f["agency"], f["year"], f["value"]) for f in json.loads(out)] == [
        (POLICE, 2021, 1839),
        (POLICE, 2022, 2000),
        (SCHOOLS, 2022, 90),
    ]
    _, out, _ = nianbao("facts", "-m", "posts", "-c", "weibo", "-a", "公安", "-y", "2021", "--format", "csv")
    (record,) = csv.DictReader(io.StringIO(out))
    assert (record["surface"], record["section"], record["kind"]) == ("1839 篇", "主动公开情况", "flow")
    assert record["sentence"].startswith("共计发布微博 1839 篇")
    _, out, _ = nianbao("facts", "--role", "from", "--format", "json")
    assert [f["value"] for f in json.loads(out)] == [17000, 91000]


def test_a_table_of_facts_shows_each_figure_in_its_words(nianbao: Run) -> None:
    status, out, err = nianbao("facts", "-m", "posts", "-c", "weibo")
    assert (status, err) == (0, "3 figures\n")
    assert "共计发布微博 【1839 篇】" in out


def test_an_unknown_metric_or_channel_is_answered_with_the_known_ones(nianbao: Run) -> None:
    for arguments in (["facts", "-m", "post"], ["facts", "-c", "weibbo"], ["compare", "posts.weibbo"]):
        status, out, err = nianbao(*arguments)
        assert (status, out) == (2, "")
        assert "posts, followers" in err or "website, wechat" in err


def test_the_list_of_metrics_and_channels_is_the_lexicons(nianbao: Run) -> None:
    _, out, _ = nianbao("facts", "--list", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    known = lexicon()
    assert {row["name"] for row in rows if row["what"] == "metric"} == set(known.metrics)
    channels = {sense.channel for sense in known.senses.values() if sense.channel}
    assert channels <= {row["name"] for row in rows if row["what"] == "channel"} == set(names()["channel"])


def test_show_marks_the_figures_in_their_sentences(nianbao: Run) -> None:
    _, out, _ = nianbao("show", POLICE, "2021")
    assert (
        "共计发布微博 【1839 篇】、微信 【3739 篇】、微信视频号 【323 条】、抖音 【306 条】、快手 【275 条】" in out
    )
    assert "粉丝从 【1.7 万余人】上涨至 【13.6 万余人】" in out


def test_marks_are_bold_and_underlined_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert marked("发布80条。", [(2, 5)], Terminal()) == "发布\x1b[1;4m80条\x1b[0m。"
    monkeypatch.setenv("NO_COLOR", "1")
    assert marked("发布80条。", [(2, 5)], Terminal()) == "发布【80条】。"


def test_compare_takes_facts_and_draws_them(nianbao: Run, tmp_path: Path) -> None:
    _, out, err = nianbao("compare", "posts.weibo", "--format", "csv", "--chart", str(tmp_path / "weibo.svg"))
    found = [(row["agency"], row["year"], row["value"], row["unit"]) for row in csv.DictReader(io.StringIO(out))]
    assert found == [(POLICE, "2021", "1839", "篇"), (POLICE, "2022", "2000", "篇"), (SCHOOLS, "2022", "90", "篇")]
    assert (tmp_path / "weibo.svg").read_text(encoding="utf-8").startswith("<?xml")
    _, out, err = nianbao("compare", "followers.new_media")
    line = next(line.split() for line in out.splitlines() if line.startswith(POLICE))
    assert line == [POLICE, "136000", "142000*"], "a finding names where 2022 starts from"
    assert err.startswith("followers.new_media · 政务新媒体 · 粉丝")


def test_figures_that_do_not_add_up_are_not_added_up(nianbao: Run) -> None:
    _, out, _ = nianbao("compare", "applications", "--agency", SCHOOLS)
    assert out.splitlines()[-1].split() == [SCHOOLS, "≠"]
    _, out, _ = nianbao("compare", "applications", "--agency", SCHOOLS, "--format", "csv")
    assert [(row["value"], row["state"]) for row in csv.DictReader(io.StringIO(out))] == [("", "disagreeing")]


def test_a_stock_that_contradicts_last_years_is_a_finding(nianbao: Run) -> None:
    _, out, _ = nianbao("check", "--rule", "y.stock_text", "--details", "--format", "json")
    (finding,) = json.loads(out)
    assert (finding["agency"], finding["year"], finding["severity"]) == (POLICE, 2022, "hint")
    assert "9.1万人" in finding["message"]
    assert "13.6 万余人" in finding["message"]


def test_search_finds_sections_and_marks_the_words(nianbao: Run) -> None:
    status, out, err = nianbao("search", "粉丝", "微信", "--year", "2021")
    assert (status, err) == (0, "1 section\n")
    assert out.splitlines()[0] == "中卫市公安局 · 2021 · 平台建设情况"
    assert "【微信】、视频号、抖音、快手 4 个新媒体账号【粉丝】从" in out
    _, out, _ = nianbao("search", "微博", "--agency", SCHOOLS, "--format", "json")
    assert [(hit["agency"], hit["snippet"]) for hit in json.loads(out)] == [
        (SCHOOLS, "发布微博90篇。收到政府信息公开申请39件，办结政府信息公开申请30件。")
    ]
    assert nianbao("search", "。")[0] == 2


def test_export_has_the_facts_and_their_views(nianbao: Run, tmp_path: Path) -> None:
    nianbao("export", str(tmp_path), "--format", "csv", "--views")
    for name in (
        "fact",
        "sentence",
        "fact_detail",
        "fact_figure",
        "channel_posts",
        "follower_growth",
        "fact_breakdown",
    ):
        assert len((tmp_path / f"{name}.csv").read_text(encoding="utf-8").splitlines()) > 1, name


def test_the_python_of_a_comparison(prose_database: Path) -> None:
    with Store.open_readonly(f"sqlite:///{prose_database}") as store:
        compared = compare(store, Statement("posts", "wechat"), [POLICE])
    figures = {(line.agency, year): int(figure.value or 0) for (line, year), figure in compared.figures.items()}
    assert figures == {(POLICE, 2021): 3739}
