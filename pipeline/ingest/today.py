"""The versions that would read a report today, told without loading what reads.

To load the readers takes longer than to look at some thousand unchanged files. So the versions are kept in the cache folder
beside a look at the program and at what is installed beside it, and worked out anew when that look is another one. An
outcome that is stored never takes its versions from here.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import parsers
from pipeline.cache import cache_folder
from pipeline.files import put_whole

Words = tuple[str, str, str, str]
"""Versions of readers, forms, lexicon and rules, as the database writes them."""


def versions_today() -> Words:
    """The versions of the program as it is now."""
    folder = cache_folder()
    if folder is None:
        return _worked_out()
    kept = folder / "versions.json"
    try:
        look = hashlib.sha256("\n".join(_look()).encode()).hexdigest()
    except OSError:  # a program that lies in an archive, perhaps
        return _worked_out()
    with contextlib.suppress(OSError, ValueError, TypeError, KeyError):
        known = json.loads(kept.read_bytes())
        reader, forms, lexicon, rules = map(str, known["versions"])
        if known["look"] == look:
            return reader, forms, lexicon, rules
    words = _worked_out()
    with contextlib.suppress(OSError):
        put_whole(kept, json.dumps({"look": look, "versions": words}).encode())
    return words


def _worked_out() -> Words:
    from parsers.assemble import current_versions

    now = current_versions()
    return now.reader, now.forms, now.lexicon, now.rules


def _look() -> Iterator[str]:
    """Names, sizes and times of the files that read reports, and of the folders from which Python takes what is installed:
    an extra that came or went makes other versions."""
    for folder in (path for path in sys.path if path.endswith("-packages")):
        with contextlib.suppress(OSError):
            yield f"{folder} {os.stat(folder).st_mtime_ns}"
    yield from _files(Path(parsers.__file__).parent)


def _files(folder: str | Path) -> Iterator[str]:
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if entry.is_dir():
            if entry.name != "__pycache__":
                yield from _files(entry.path)
        else:
            state = entry.stat()
            yield f"{entry.path} {state.st_size} {state.st_mtime_ns}"
