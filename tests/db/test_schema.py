"""The schema: migrated from nothing it is what the models say, and everything in it is explained."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory

from db import Store, dictionary
from db.engine import parsed_url, writing_engine
from db.formulas import all_formulas
from db.revision import HEAD
from db.schema import INTERNAL, METADATA
from db.search import INDEX
from db.types import Figure
from db.views import all_views, digest
from db.vocabulary import number_of
from parsers.errors import StoreError
from parsers.forms import all_indicators
from tests.db.examples import VERSIONS, item, report

VERSIONS_FOLDER = Path(str(import_module("db.migrations").__file__)).parent / "versions"


def test_the_migrations_make_what_the_models_say(path: Path) -> None:
    engine = writing_engine(parsed_url(str(path)))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": _compare, "include_name": _ours})
        differences = compare_metadata(context, METADATA)
    engine.dispose()
    assert differences == []


def made_at(revision: str, path: Path) -> Path:
    """An empty database as a program of an older revision left it."""
    config = Config()
    config.set_main_option("script_location", str(VERSIONS_FOLDER.parent))
    config.set_main_option("path_separator", "os")
    script = ScriptDirectory.from_config(config)
    engine = writing_engine(parsed_url(str(path)))

    def upgrade(current: Any, _context: object) -> Any:
        return script._upgrade_revs(revision, current)

    with (
        engine.begin() as connection,
        EnvironmentContext(config, script, fn=upgrade, destination_rev=revision) as environment,
    ):
        environment.configure(connection=connection, transactional_ddl=True)
        environment.run_migrations()
    engine.dispose()
    return path


@pytest.mark.parametrize("revision", [f"{number:04}" for number in range(1, int(HEAD))])
def test_a_database_of_any_older_revision_is_brought_up_to_date_by_who_writes(tmp_path: Path, revision: str) -> None:
    path = made_at(revision, tmp_path / "old.db")
    with pytest.raises(StoreError, match=rf"older nianbao \(schema {revision}.* ingest"):
        Store.open_readonly(str(path))
    with Store.open(str(path)) as store:
        given = report()
        store.record(store.begin_run("test", VERSIONS), item(given), given)
    with Store.open_readonly(str(path)) as store:
        assert store.report("中卫市公安局", 2021).report == given
        assert len(list(store.query("SELECT * FROM report_overview")[1])) == 1


def _compare(_context: object, _found: object, _declared: object, _here: object, there: object) -> bool | None:
    """SQLAlchemy has no name for SQLite's ANY, which a figure is stored as; other types are compared as usual."""
    return False if isinstance(there, Figure) else None


def _ours(name: str | None, _kind: str, _parents: object) -> bool:
    """The index of the search is SQLite's own, with tables that it keeps to itself."""
    return not (name or "").startswith(INDEX)


def test_every_table_is_strict_but_alembics(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        tables = connection.execute(
            "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
        )
        loose = [name for name, strict in tables if not strict]
    assert set(loose) <= {"alembic_version", "sqlite_schema"}


def test_the_newest_revision_is_the_one_that_is_looked_for_and_names_its_views() -> None:
    newest = max(VERSIONS_FOLDER.glob("[0-9]*.py")).stem
    revision = import_module(f"db.migrations.versions.{newest}")
    assert revision.revision == HEAD
    assert digest() == revision.VIEWS, (
        "the views changed: databases that exist need a new revision, an empty one will do"
    )


def test_every_column_of_every_table_and_view_is_explained(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for view in all_views():
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({view.name})")]
            assert columns == list(view.columns)
            assert all((view.comment, *view.columns.values())), view.name
            connection.execute(f"SELECT * FROM {view.name}").fetchall()
    for table in METADATA.tables.values():
        assert table.comment
        assert all(column.comment for column in table.columns), table.name


def test_the_data_dictionary_is_up_to_date() -> None:
    assert dictionary.TARGET.read_text(encoding="utf-8") == dictionary.markdown(), "run: python -m db.dictionary"


def test_the_contract_tables_exist() -> None:
    promised = (
        "source agency agency_alias report indicator cell cell_evidence section fact finding run run_item fetch"
    )
    assert set(promised.split()) <= set(METADATA.tables) - INTERNAL


def test_wal_and_foreign_keys(path: Path) -> None:
    engine = writing_engine(parsed_url(str(path)))
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 1
    engine.dispose()


def test_indicators_have_the_same_number_in_every_database(store: Store) -> None:
    _, rows = store.query("SELECT key, id FROM indicator")
    assert dict(rows) == {str(i.key): number_of(i.key) for i in all_indicators()}
    assert len({number_of(i.key) for i in all_indicators()}) == len(all_indicators())


def test_formulas_name_printed_quantities_of_the_forms() -> None:
    formulas = {formula.key: formula for formula in all_formulas()}
    printed = {indicator.key for indicator in all_indicators() if indicator.editions}
    for formula in formulas.values():
        assert {*formula.numerator, *formula.denominator} <= printed
    assert len([key for key in formulas if key.startswith("share.denial_reason.")]) == 8
    assert len([key for key in formulas if key.startswith("share.applicant.")]) == 7


def test_opening_says_what_is_wrong(tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("no database at all, but long enough to be looked at as one " * 100)
    foreign = tmp_path / "foreign.db"
    with closing(sqlite3.connect(foreign)) as connection:
        connection.execute("CREATE TABLE recipe (id INTEGER)")
    for url, words in [
        (str(tmp_path / "no.db"), "nianbao ingest"),
        (str(notes), "no SQLite database"),
        (str(foreign), "another program"),
        ("sqlite://", "in memory"),
        ("nonsense://x", "not a database"),
        (str(tmp_path), "a folder; name a file in it"),
        (str(tmp_path / "no" / "folder.db"), "nianbao ingest"),
    ]:
        with pytest.raises(StoreError, match=words):
            Store.open(url, create=False)
        with pytest.raises(StoreError, match=words):
            Store.open_readonly(url)
    with pytest.raises(StoreError, match="folder"):
        Store.open(str(tmp_path / "no" / "folder.db"))
    with closing(sqlite3.connect(foreign)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",), "somebody else's file was touched"


def test_a_newer_database_is_refused(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    for opened in (Store.open, Store.open_readonly):
        with pytest.raises(StoreError, match="newer nianbao"):
            opened(str(path))


def test_an_empty_file_becomes_a_database(tmp_path: Path) -> None:
    path = tmp_path / "made by touch.db"
    path.touch()
    with Store.open(str(path)) as store:
        assert store.agencies() == []


def test_the_vocabulary_loads_without_sqlalchemy() -> None:
    program = "import db, sys; db.Outcome, db.RunItem; sys.exit('sqlalchemy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_two_programs_may_make_the_same_database_at_once(tmp_path: Path) -> None:
    program = [sys.executable, "-c", f"from db import Store; Store.open({str(tmp_path / 'new.db')!r}).close()"]
    running = [subprocess.Popen(program) for _ in range(2)]
    assert [process.wait(60) for process in running] == [0, 0]
    with Store.open_readonly(str(tmp_path / "new.db")) as store:
        assert store.agencies() == []
