"""Search over the sections of a published report: exact for words of any length, and in step with what is stored."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from importlib import import_module
from pathlib import Path

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from hypothesis import given
from hypothesis import strategies as st

from corpus.published import published_reports
from db import Outcome, RunItem, SearchHit, Store, search
from db.engine import parsed_url, writing_engine
from parsers import parse_report
from parsers.errors import BadInput, StoreError
from parsers.report import Report
from tests.db.conftest import on_sqlite
from tests.db.examples import BALANCE, VERSIONS, item, report


@pytest.fixture(scope="module")
def police() -> Report:
    (document,) = [d for d in published_reports() if d.name == "zhongwei-police-2021"]
    return parse_report(document.path)


@pytest.fixture(scope="module")
def library(police: Report, tmp_path_factory: pytest.TempPathFactory, empty_database: Path) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("search") / "search.db"
    path.write_bytes(empty_database.read_bytes())
    other = report("中卫市教育局", 2022, content="另一份")
    with Store.open(str(path)) as store:
        run = store.begin_run("test", VERSIONS)
        for given_report in (police, other):
            store.record(run, item(given_report), given_report)
        yield store


def marked(hit: SearchHit) -> list[str]:
    return [hit.snippet[mark.start : mark.end] for mark in hit.marks]


def test_a_word_of_two_characters_is_found_in_its_section(library: Store) -> None:
    (hit,) = library.search("分批次组织")
    assert (hit.agency, hit.year, hit.section, hit.heading) == (
        "中卫市公安局",
        2021,
        "overview.proactive",
        "主动公开情况",
    )
    assert marked(hit) == ["分批次组织"]
    assert {hit.heading for hit in library.search("抖音")} == {"主动公开情况", "平台建设情况"}
    assert [marked(hit)[0] for hit in library.search("抖音")] == ["抖音", "抖音"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("卫博", False),
        ("警", True),
        ("快手账号", True),
        ("粉丝 微信", True),
        ("粉丝 复议决定书", False),
        ("１８３９篇", True),
        ("1839 篇", True),
        ("183", True),
        ("839", False),
        ("应公开尽公开", False),
        ("应公开、尽公开", True),
        ("中卫公安出入境等4个", True),
        ("行政许可", False),
    ],
    ids=[
        *("no such word", "one character", "longer", "two words of a section", "one of them is nowhere", "full width"),
        *("blank in the text", "beginning of a number", "its end", "sign left out", "with its sign", "quotation marks", "in tables only"),
    ],
)  # fmt: skip
def test_what_counts_as_the_same_word(library: Store, words: str, found: bool) -> None:
    assert bool(library.search(words, years={2021})) == found


def test_hits_are_of_the_agency_and_year_asked_for_latest_first(library: Store) -> None:
    assert [hit.year for hit in library.search("微博", limit=2)] == [2022, 2021]
    assert {hit.agency for hit in library.search("微博", agency_ids=[library.agency("中卫市公安局").id])} == {
        "中卫市公安局"
    }
    assert {hit.agency for hit in library.search("微博", years={2022})} == {"中卫市教育局"}
    assert len(library.search("公开", limit=3)) == 3
    for nothing in ("", " ", "。，"):
        with pytest.raises(BadInput, match="one or more words"):
            library.search(nothing)


@given(st.data())
def test_the_index_and_the_reading_of_every_report_find_the_same(
    library: Store, police: Report, data: st.DataObject
) -> None:
    start = data.draw(st.integers(60, len(police.text) - 9))
    words = police.text[start : start + data.draw(st.integers(1, 8))]
    if not any(character.isalnum() for character in words):
        return
    with pytest.MonkeyPatch.context() as patch:
        indexed = library.search(words, limit=1000)
        patch.setattr(search, "_has_index", lambda _: False)
        read = library.search(words, limit=1000)
    assert indexed == read


@on_sqlite
def test_a_reading_again_takes_the_old_words_out(store: Store) -> None:
    first = report()
    run = store.begin_run("test", VERSIONS)
    store.record(run, item(first), first)
    again = replace(first, text=first.text.replace("微博", "抖音"), versions=replace(VERSIONS, reader="2"))
    store.record(run, item(again), again)
    assert store.search("微博") == []
    assert len(store.search("抖音")) == 1
    assert rows_of_index(store, "微博") == 0
    assert rows_of_index(store, "抖音") == 1


def rows_of_index(store: Store, pair: str) -> int:
    """How many stretches the index itself knows to hold a pair."""
    ((count,),) = store.query(f"SELECT count(*) FROM section_index WHERE section_index MATCH '{pair}'")[1]
    return int(count)


def test_a_report_that_is_no_longer_current_is_not_found(store: Store) -> None:
    first = report()
    run = store.begin_run("test", VERSIONS)
    store.record(run, item(first), first)
    gone = RunItem(item(first).location, Outcome.NOT_A_REPORT, first.source.sha256, 1000, 1, VERSIONS)
    store.record(run, gone)
    assert store.search("微博") == []


@on_sqlite
def test_a_failed_recording_leaves_no_words(store: Store) -> None:
    broken = report(findings=(replace(BALANCE, expected=Decimal("Infinity")),))
    run = store.begin_run("test", VERSIONS)
    with pytest.raises(StoreError):
        store.record(run, item(broken), broken)
    assert rows_of_index(store, "微博") == 0


def test_a_database_of_the_first_schema_becomes_searchable(tmp_path: Path, library: Store) -> None:
    """What is stored goes over into a database of revision 0001, which is then opened by today's program."""
    old, new = tmp_path / "old.db", tmp_path / "new.db"
    library.backup(new)
    engine = writing_engine(parsed_url(str(old)))
    with engine.begin() as connection, Operations.context(MigrationContext.configure(connection)):
        import_module("db.migrations.versions.0001_first").upgrade()
    engine.dispose()
    with closing(sqlite3.connect(old)) as made, made:
        made.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        made.execute("INSERT INTO alembic_version VALUES ('0001')")
        made.execute("ATTACH ? AS new", (str(new),))
        for table in ("version_set", "source", "agency", "report", "report_text", "section"):
            columns = ", ".join(f'"{row[1]}"' for row in made.execute(f"PRAGMA main.table_info({table})"))
            made.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM new.{table}")
    with Store.open(str(old)) as store:
        assert store.search("抖音") == library.search("抖音")
        assert rows_of_index(store, "抖音") == rows_of_index(library, "抖音") == 2
