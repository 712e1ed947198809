"""A real database file for each test, copied from one that was migrated once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from db import Store


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
def store(path: Path) -> Iterator[Store]:
    with Store.open(str(path)) as store:
        yield store
