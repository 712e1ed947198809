"""The database that a command means: its address, and how it is opened for reading."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from parsers.errors import BadInput

if TYPE_CHECKING:
    from db import Store

DEFAULT_DATABASE = "sqlite:///nianbao.db"


def database_url(text: str) -> str:
    """An SQLAlchemy URL as it is; anything else is the path of an SQLite file.

    >>> database_url("reports.db"), database_url("100%.db"), database_url("postgresql://host/db")
    ('sqlite:///reports.db', 'sqlite:///100%25.db', 'postgresql://host/db')
    """
    if "://" in text:
        return text
    return "sqlite:///" + os.path.expanduser(text).replace("%", "%25").replace("?", "%3F")


def sqlite_path(url: str) -> Path | None:
    """The file of an SQLite database; None for any other, and for one with options, which only the driver understands.

    >>> sqlite_path("sqlite:////data/reports.db"), sqlite_path("postgresql://host/db")
    (PosixPath('/data/reports.db'), None)
    """
    path = url.removeprefix("sqlite:///")
    return None if path == url or "?" in path or not path else Path(unquote(path))


def open_store(database: str) -> Store:
    """The store at a URL or path, for reading. Raises BadInput when there is no such SQLite file."""
    url = database_url(database)
    path = sqlite_path(url)
    if path is not None and not path.exists():
        raise BadInput(
            f"{path}: no such database; make one with: nianbao ingest FOLDER --db {shlex.quote(str(path))} (or set NIANBAO_DB)"
        )
    from db import Store

    return Store.open_readonly(url)
