"""Everything in the store as files, one a table. One format a module: ``SUFFIX`` and ``write``; a new module is a new
format. Rows are streamed, so that memory stays flat."""

from __future__ import annotations

import importlib
import os
import pkgutil
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from parsers.errors import BadInput

if TYPE_CHECKING:
    from db import Store

Rows = Callable[[], Iterator[Sequence[Any]]]
"""Gives all rows of a table, from the start each time it is called."""


class Exporter(Protocol):
    """What a module of this folder has."""

    SUFFIX: str

    def write(self, path: Path, columns: Sequence[str], rows: Rows) -> int:
        """Writes a table to a new file and gives the number of rows."""


@cache
def formats() -> tuple[str, ...]:
    """The names of the formats, which are the names of the modules."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(__path__)))


def export(
    store: Store,
    folder: Path,
    form: str,
    *,
    views: bool = False,
    only: Sequence[str] = (),
    told: Callable[[Path, int], None] = lambda *_: None,
) -> None:
    """Writes every table (and with ``views`` every view), or ``only`` those named, to ``folder/<name><suffix>``; ``told``
    hears of each.

    A file is complete or not there: it is written under another name first. Raises BadInput when the folder cannot
    be written to, or one that is named is not there. Some formats need the extra ``export``.
    """
    if form not in formats():
        raise BadInput(f"{form}: no such format; there are {', '.join(formats())}")
    exporter: Exporter = importlib.import_module(f"{__name__}.{form}")
    columns_of = {name: store.iter_rows(name)[0] for name in only or _all_names(store, views)}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, columns in columns_of.items():
            path = folder / f"{name}{exporter.SUFFIX}"
            part = folder / f".{name}.part{exporter.SUFFIX}"
            try:
                count = exporter.write(part, columns, _rows(store, name))
                os.replace(part, path)
            finally:
                part.unlink(missing_ok=True)
            told(path, count)
    except OSError as error:
        raise BadInput(f"{folder}: cannot be written ({error.strerror or error})") from error


def _all_names(store: Store, views: bool) -> list[str]:
    return [*store.table_names(), *(store.view_names() if views else ())]


def _rows(store: Store, name: str) -> Rows:
    return lambda: store.iter_rows(name)[1]
