"""The database that a command means: its address, and how it is opened for reading."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from parsers.errors import BadInput

if TYPE_CHECKING:
    from db import Store

DEFAULT_DATABASE = "sqlite:///nianbao.db"


def database_url(text: str) -> str:
    """An SQLAlchemy URL as it is; anything else is the path of an SQLite file.

    >>> database_url("reports.db"), database_url("postgresql://host/db")
    ('sqlite:///reports.db', 'postgresql://host/db')
    """
    return text if "://" in text else f"sqlite:///{os.path.expanduser(text)}"


def sqlite_path(url: str) -> Path | None:
    """The file of an SQLite database; None for any other, and for one with options, which only the driver understands.

    >>> sqlite_path("sqlite:////data/reports.db"), sqlite_path("postgresql://host/db")
    (PosixPath('/data/reports.db'), None)
    """
    path = url.removeprefix("sqlite:///")
    return None if path == url or "?" in path or not path else Path(path)


def open_store(database: str) -> Store:
    """The store at a URL or path, for reading. Raises BadInput when there is no such SQLite file."""
    url = database_url(database)
    path = sqlite_path(url)
    if path is not None and not path.exists():
        raise BadInput(
            f"{path}: no such database; make one with: nianbao ingest FOLDER --db {path} (or set NIANBAO_DB)"
        )
    from db import Store

    return Store.open_readonly(url)
