"""What a night does, line by line: one JSON object a line, for programs that watch logs."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from parsers.errors import BadInput

Clock = Callable[[], datetime]
"""Gives the moment, with its time zone."""


class JsonLog:
    """Appends to a file; each line is written whole, so that a kill leaves no half of one in the middle. ``say`` hears
    the plain words too."""

    def __init__(self, path: Path | None, now: Clock, say: Callable[[str], None] = lambda _: None) -> None:
        self._path, self._now, self._say = path, now, say

    def __call__(self, event: str, *, level: str = "info", **more: object) -> None:
        """Logs ``event`` (a stable word) with whatever belongs to it. Raises BadInput when the file cannot be written."""
        line = {"time": self._now().isoformat(timespec="seconds"), "level": level, "event": event, **more}
        if self._path is not None:
            try:
                with self._path.open("a", encoding="utf-8") as file:
                    file.write(json.dumps(line, ensure_ascii=False, default=str) + "\n")
            except OSError as error:
                raise BadInput(f"{self._path}: the log cannot be written ({error.strerror})") from error
        details = ", ".join(f"{name} {value}" for name, value in more.items() if value is not None)
        self._say(f"{event}{f': {details}' if details else ''}")
