"""A real database for each test: an SQLite file copied from one that was migrated once, or with ``NIANBAO_TEST_SERVER``
(the URL of a PostgreSQL database that may be emptied) that one, its rows removed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from db import Store
from db.engine import parsed_url
from db.schema import METADATA

SERVER = os.environ.get("NIANBAO_TEST_SERVER")


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("store") / "empty.db"
    with Store.open(str(path)):
        pass
    return path


@pytest.fixture
def path(tmp_path: Path, empty_database: Path) -> Path:
    return Path(shutil.copy(empty_database, tmp_path / "nianbao.db"))


@pytest.fixture
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    if SERVER is not None:
        emptied(SERVER)
    with Store.open(SERVER or str(request.getfixturevalue("path"))) as store:
        yield store


def emptied(url: str) -> None:
    """Removes everything that tests left in a database of a server."""
    from sqlalchemy import create_engine

    with Store.open(url):
        pass
    engine = create_engine(parsed_url(url))
    with engine.begin() as connection:
        names = ", ".join(f'"{name}"' for name in METADATA.tables if name not in DICTIONARY)
        connection.exec_driver_sql(f"TRUNCATE {names} RESTART IDENTITY CASCADE")
    engine.dispose()


DICTIONARY = {"meta", "indicator", "indicator_edition", "indicator_term", "formula", "formula_term"}
