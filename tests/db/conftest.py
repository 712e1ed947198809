"""A real database for each test, copied from one that was migrated once: an SQLite file, or with ``NIANBAO_TEST_SERVER``
(the URL of a PostgreSQL server on which databases may be created) a database there."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from db import Store
from db.engine import parsed_url

SERVER = os.environ.get("NIANBAO_TEST_SERVER")
on_sqlite = pytest.mark.skipif(SERVER is not None, reason="this is about SQLite's own file, functions or index")
on_server = pytest.mark.skipif(SERVER is None, reason="NIANBAO_TEST_SERVER names no PostgreSQL server")


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("store") / "empty.db"
    with Store.open(str(path)):
        pass
    return path


@pytest.fixture
def path(tmp_path: Path, empty_database: Path) -> Path:
    return Path(shutil.copy(empty_database, tmp_path / "nianbao.db"))


@pytest.fixture(scope="session")
def empty_database_of_the_server() -> Iterator[str]:
    if SERVER is None:
        pytest.skip("NIANBAO_TEST_SERVER names no PostgreSQL server")
    name = f"nianbao_empty_{os.getpid()}"
    on_the_server(f"CREATE DATABASE {name}")
    with Store.open(url_of(name)):
        pass
    yield name
    on_the_server(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def url(request: pytest.FixtureRequest) -> Iterator[str]:
    """What ``Store.open`` is given: the path of a file, or with a server the address of a database."""
    if SERVER is None:
        yield str(request.getfixturevalue("path"))
        return
    name = f"nianbao_test_{os.getpid()}"
    on_the_server(f"CREATE DATABASE {name} TEMPLATE {request.getfixturevalue('empty_database_of_the_server')}")
    yield url_of(name)
    on_the_server(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    with Store.open(url) as store:
        yield store


def url_of(name: str) -> str:
    """The address of a database of the server."""
    assert SERVER is not None
    return parsed_url(SERVER).set(database=name).render_as_string(hide_password=False)


def on_the_server(statement: str) -> None:
    """Makes or removes a database."""
    assert SERVER is not None
    engine = create_engine(parsed_url(SERVER), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()
