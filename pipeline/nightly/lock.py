"""One night at a time. The lock is the operating system's, on a file: it goes with the process that holds it, however
that ends, so that there is no stale lock to be cleared away. The file's text says who holds it, for a person."""

from __future__ import annotations

import fcntl
import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from parsers.errors import BadInput, NianbaoError


class Locked(NianbaoError):
    """Another run holds the lock; the message says which."""


@contextmanager
def locked(path: Path, now: datetime) -> Iterator[None]:
    """Holds the lock file ``path`` while the block runs. Raises Locked when another process holds it, BadInput when
    the file cannot be made. (POSIX record locks are not inherited, so a worker that outlives its parent holds none.)"""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise BadInput(f"{path}: the lock cannot be made ({error.strerror}); may this user write there?") from error
    try:
        try:
            fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = _holder(os.pread(descriptor, 500, 0))
            raise Locked(f"another nightly run is at work{holder}; this one does nothing ({path})") from error
        os.ftruncate(descriptor, 0)
        mine = {"process": os.getpid(), "host": socket.gethostname(), "since": now.isoformat(timespec="seconds")}
        os.pwrite(descriptor, json.dumps(mine).encode(), 0)
        yield
        os.ftruncate(descriptor, 0)
    finally:
        os.close(descriptor)


def _holder(text: bytes) -> str:
    """Who holds the lock, as far as the file tells."""
    try:
        told = json.loads(text)
        return f": process {told['process']} on {told['host']}, since {told['since']}"
    except (ValueError, KeyError, TypeError):
        return ""
