"""Files that are whole or not there."""

from __future__ import annotations

import os
from pathlib import Path

from parsers.errors import BadInput


def put_whole(path: Path, content: bytes, *, lasting: bool = False) -> None:
    """Writes a file, and the folders that it needs, under another name and renames it, so that nobody ever finds half of it;
    with ``lasting`` not even after a power cut. Raises OSError, and then leaves nothing behind."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with temporary.open("wb") as file:
            file.write(content)
            if lasting:
                file.flush()
                os.fsync(file.fileno())
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise


def written(path: Path, text: bytes | str) -> None:
    """Writes a file that a person will look for, whole and to last. Raises BadInput when that cannot be done."""
    try:
        put_whole(path, text.encode() if isinstance(text, str) else text, lasting=True)
    except OSError as error:
        raise BadInput(f"{path}: cannot be written ({error.strerror}); make room, or name another folder") from error
