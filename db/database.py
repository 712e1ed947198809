"""A database of reports, open: where it is, and the transactions in which all that is stored is written and read."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Self

from sqlalchemy import URL, Connection, Engine

from db.engine import parsed_url, read_only_connection, reading_engine, shown, sqlite_file, told, writing_engine
from db.migrations import migrate, newer, revision_of
from db.revision import HEAD
from db.settling import settle_all
from db.vocabulary import synchronise
from parsers.errors import BadAddress, BadInput, StoreError


class Database:
    """Connections to a database whose schema is this program's. What a driver says of one that cannot be used (locked, full,
    read-only, damaged) is a StoreError, with a sentence that says what to do."""

    def __init__(self, address: URL, write_engine: Engine | None) -> None:
        """For :meth:`open` and :meth:`open_readonly` only."""
        self._address = address
        self._write_engine = write_engine
        self._read_engine = reading_engine(address)

    @classmethod
    def open(cls, url: str, *, create: bool) -> Self:
        """See :meth:`db.store.Store.open`."""
        address = parsed_url(url)
        path = _file_of(address)
        exists = path is None or (path.exists() and path.stat().st_size > 0)
        if not exists and not create:
            raise BadAddress(f"{path}: no such database; nianbao ingest makes one")
        if path is not None and not path.parent.is_dir():
            raise BadAddress(f"{path}: the folder {path.parent} does not exist; make it first")
        with told(address):
            # Looked at without touching it, as it may be somebody else's.
            revision = _revision(address) if exists else None
            database = cls(address, writing_engine(address))
        if revision != HEAD:
            try:
                with database.writing() as connection:
                    migrate(connection)
                    synchronise(connection)
                    settle_all(connection)
            except BaseException:
                database.close()
                raise
        return database

    @classmethod
    def open_readonly(cls, url: str) -> Self:
        """See :meth:`db.store.Store.open_readonly`."""
        address = parsed_url(url)
        path = _file_of(address)
        if path is not None and not path.is_file():
            raise BadAddress(f"{path}: no such database; nianbao ingest makes one")
        with told(address):
            revision = _revision(address)
        if revision is None:
            raise StoreError(f"{shown(address)}: an empty database; nianbao ingest fills one")
        if revision > HEAD:
            raise newer(shown(address), revision)
        if revision < HEAD:
            raise StoreError(
                f"{shown(address)}: made by an older nianbao (schema {revision}); nianbao ingest of any folder, "
                "even an empty one, brings it up to date"
            )
        return cls(address, None)

    @property
    def url(self) -> str:
        """Its URL, the password hidden."""
        return self._address.render_as_string(hide_password=True)

    @property
    def path(self) -> Path | None:
        """The file of a SQLite database, None for any other."""
        return sqlite_file(self._address)

    @property
    def read_engine(self) -> Engine:
        """What cannot write."""
        return self._read_engine

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is kept when it ends well; of any other nothing stays."""
        if self._write_engine is None:
            raise StoreError(f"{shown(self._address)}: opened for reading only")
        with told(self._address), self._write_engine.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that cannot write."""
        with told(self._address), self._read_engine.connect() as connection:
            yield connection

    def close(self) -> None:
        """Closes all connections."""
        with told(self._address):
            # The writer goes last: SQLite moves the write-ahead log into the file when its last connection closes.
            self._read_engine.dispose()
            if self._write_engine is not None:
                self._write_engine.dispose()

    def copy(self, path: Path) -> None:
        """See :meth:`db.store.Store.backup`."""
        source = self.path
        if source is None:
            raise BadInput("a copy is made of SQLite databases only; use the server's own tools")
        if path.exists():
            raise BadInput(f"{path} exists already; name another file")
        with told(path), closing(read_only_connection(source)) as connection, closing(sqlite3.connect(path)) as copy:
            connection.backup(copy)


def _file_of(address: URL) -> Path | None:
    """The file of a SQLite database, there or not, None for any other; raises StoreError for a folder."""
    path = sqlite_file(address)
    if path is not None and path.is_dir():
        raise BadAddress(f"{path}: a folder; name a file in it, like {path / 'nianbao.db'}")
    return path


def _revision(address: URL) -> str | None:
    engine = reading_engine(address)
    try:
        with engine.connect() as connection:
            return revision_of(connection)
    finally:
        engine.dispose()
