"""Recognised pages kept in a folder, one small file a picture: a second ingest of a scan does not pay for it again.

The folder is ``NIANBAO_CACHE`` (empty: nothing is kept), else ``nianbao`` in the user's cache folder. It may be deleted at any time.
"""

from __future__ import annotations

import contextlib
import gzip
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pipeline.cache import cache_folder
from pipeline.files import put_whole

MAX_BYTES = 16 * 2**20
"""Of one recognised page; a densely printed one has 0.1 MB."""


def pages_folder() -> Path | None:
    """The folder in which recognised pages are kept; None when none are to be."""
    folder = cache_folder()
    return None if folder is None else folder / "ocr"


@dataclass(frozen=True, slots=True)
class PageFolder:
    """A memory for :func:`parsers.readers.ocr.remembering`. Several processes may use one folder: a file appears whole
    or not at all. What cannot be written is not kept. ``told`` hears of each page that was recognised anew."""

    folder: Path | None
    told: Callable[[], None] = lambda: None

    def get(self, key: str) -> bytes | None:
        """What was kept under the key."""
        if self.folder is None:
            return None
        try:
            with gzip.open(self._path(key)) as file:
                return file.read(MAX_BYTES)
        except (OSError, EOFError, zlib.error):
            return None

    def put(self, key: str, content: bytes) -> None:
        """Keeps the content under the key."""
        self.told()
        if self.folder is None:
            return
        with contextlib.suppress(OSError):
            put_whole(self._path(key), gzip.compress(content, 6, mtime=0))

    def _path(self, key: str) -> Path:
        assert self.folder is not None
        return self.folder / key[:2] / f"{key}.json.gz"
