"""What is worked out at some cost and kept in the user's cache folder, which may be deleted at any time."""

from __future__ import annotations

import os
from pathlib import Path


def cache_folder() -> Path | None:
    """``NIANBAO_CACHE`` (empty: nothing is kept, and this is None), else ``nianbao`` in the user's cache folder."""
    named = os.environ.get("NIANBAO_CACHE")
    if named is not None:
        return Path(named) if named else None
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "nianbao"
