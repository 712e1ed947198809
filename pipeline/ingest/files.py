"""Files that are whole or not there."""

from __future__ import annotations

import os
from pathlib import Path

from parsers.errors import BadInput


def written(path: Path, content: bytes | str) -> None:
    """Writes a file under another name, synchronises and renames it, so that nobody ever finds half of it; folders are
    made. Raises BadInput when that cannot be done."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        raise BadInput(f"{path}: cannot be written ({error.strerror}); make room, or name another folder") from error
