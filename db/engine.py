"""Connections: how a database is opened, and what a person is told when it cannot be used."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from db.values import inflate
from parsers.errors import BadAddress, StoreError

# What fails is raised, and told by whoever asked; the pool's own word of a connection that broke would come on top of it.
logging.getLogger("sqlalchemy.pool").addHandler(logging.NullHandler())

BUSY_SECONDS = 30
"""How long a writer waits for another one before it gives up; a transaction takes milliseconds."""
DATABASES = ("sqlite", "postgresql")
"""Databases that have all that the schema needs: indexes over a part of the rows, names in quotation marks, exact numbers."""


def parsed_url(url: str) -> URL:
    """The URL as SQLAlchemy knows it; a plain path is a SQLite file. Raises BadAddress when it is neither."""
    try:
        parsed = make_url(url if "://" in url else URL.create("sqlite", database=url))
        parsed.get_dialect()
    except (ArgumentError, NoSuchModuleError, ValueError) as error:
        raise BadAddress(
            f"{url!r} is not a database: give a file (nianbao.db) or an address like sqlite:///nianbao.db"
        ) from error
    if parsed.get_backend_name() not in DATABASES:
        raise BadAddress(
            f"{shown(parsed)}: reports are stored in SQLite, or in PostgreSQL (postgresql+psycopg://…, "
            f"pip install 'nianbao[postgresql]'); {parsed.get_backend_name()} lacks what the tables need"
        )
    if parsed.get_backend_name() == "sqlite" and parsed.database in (None, "", ":memory:"):
        raise BadAddress("a database in memory would be lost at once: give a file, like sqlite:///nianbao.db")
    return parsed


def sqlite_file(url: URL) -> Path | None:
    """The file of a SQLite database, None for any other."""
    return Path(url.database or "") if url.get_backend_name() == "sqlite" else None


def writing_engine(url: URL) -> Engine:
    """An engine whose transactions take the write lock at their start, so that they wait instead of failing midway."""
    if sqlite_file(url) is None:
        return create_engine(url)
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS})

    @event.listens_for(engine, "connect")
    def _configure(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # transactions begin where we say so, below
        for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON", "cache_size = -16384"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def reading_engine(url: URL) -> Engine:
    """An engine whose connections cannot write."""
    path = sqlite_file(url)
    if path is None:
        return create_engine(url, execution_options={"postgresql_readonly": True})
    return create_engine(url, creator=lambda: read_only_connection(path))


def read_only_connection(path: Path) -> sqlite3.Connection:
    """A SQLite connection that cannot write, with the functions that our SQL knows; raises sqlite3.Error."""
    try:
        connection = _connected(path, "mode=ro")
    except sqlite3.OperationalError:
        # In a folder that we may not write to, a WAL database opens only as one that nobody changes; true when
        # no log lies beside it.
        log = path.with_name(path.name + "-wal")
        if not path.is_file() or (log.exists() and log.stat().st_size):
            raise
        connection = _connected(path, "immutable=1")
    connection.create_function("inflate", 1, inflate, deterministic=True)
    return connection


def _connected(path: Path, mode: str) -> sqlite3.Connection:
    address = f"file:{quote(str(path.resolve()))}?{mode}"
    connection = sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS, check_same_thread=False)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


_ADVICE = (
    ("database is locked", "another program is writing to it; wait for that to end, or stop it, and try again"),
    ("disk is full", "the disk is full; make room and run the command again: what was recorded so far is safe"),
    ("disk I/O error", "the disk could not be read or written (full, removed or broken?)"),
    (
        "readonly database",
        "the file or its folder may not be written to; change its permissions or copy it elsewhere",
    ),
    ("unable to open database file", "the file cannot be opened: does its folder exist, and may you write to it?"),
    ("malformed", "the file is damaged; restore a copy, or rescue what is left with: sqlite3 FILE .recover"),
    ("not a database", "the file is something else, no SQLite database; name another one"),
    ("NUL (0x00)", "PostgreSQL cannot hold the character 0, which this text has; keep such a file in SQLite"),
    ("FATAL:  database", "the server has no database of that name, or it is closed; make it there first (createdb)"),
    ("FATAL:  role", "the server has no user of that name; make it there first (createuser), or name another"),
    ("password authentication failed", "the server refuses user and password of the address"),
    ("could not connect", "the server does not answer; check host, port, user and password in the address"),
    ("connection failed", "the server does not answer; check host, port, user and password in the address"),
)
"""Words of a driver's message, and what to do about it."""


@contextmanager
def told(url: URL | Path) -> Iterator[None]:
    """Turns a driver's errors into StoreErrors that name the database and say what to do."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, OSError, ModuleNotFoundError) as error:
        raise store_error(url, error) from error


def store_error(url: URL | Path, error: BaseException) -> StoreError:
    """The StoreError for a driver's error."""
    cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    advice = next((advice for words, advice in _ADVICE if words in str(cause)), None)
    if isinstance(cause, ModuleNotFoundError):
        advice = f"the driver is not installed: pip install {cause.name}"
    lines = str(cause).splitlines() or [type(cause).__name__]
    return StoreError(f"{shown(url)}: {advice or lines[0]}")


def shown(url: URL | Path) -> str:
    """The database as a person knows it: a file by its path, another by its address without the password."""
    if isinstance(url, Path):
        return str(url)
    path = sqlite_file(url)
    return str(path) if path is not None else url.render_as_string(hide_password=True)
