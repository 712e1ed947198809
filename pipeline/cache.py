"""What is worked out at some cost and kept in the user's cache folder, which may be deleted at any time."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def cache_folder() -> Path | None:
    """``NIANBAO_CACHE`` (empty: nothing is kept, and this is None), else ``nianbao`` in the user's cache folder."""
    named = os.environ.get("NIANBAO_CACHE")
    if named is not None:
        return Path(named) if named else None
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "nianbao"


def put_file(path: Path, content: bytes) -> None:
    """Writes a file, and the folders that it needs, so that others see it whole or not at all; raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        os.replace(name, path)
    except OSError:
        os.unlink(name)
        raise
