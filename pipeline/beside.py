"""The files of corrections that lie beside reports: only where they are (:mod:`pipeline.corrections` reads them), so that
looking whether anything changed loads nothing that it does not need."""

from __future__ import annotations

import os
from pathlib import Path

NAME = "corrections.csv"
"""The file that an ingest finds beside the reports."""


class Beside:
    """The files of corrections beside the files that a search finds, noted while it goes on."""

    def __init__(self) -> None:
        self._folders: set[str] = set()
        self._paths: set[str] = set()

    def passed_over(self, location: str) -> bool:
        """Whether what is no document is a file of corrections."""
        is_one = os.path.basename(location) == NAME and "!/" not in location
        if is_one:
            self._paths.add(location)
        return is_one

    def found(self, location: str) -> None:
        """Looks beside a file, or the archive that holds it."""
        folder = os.path.dirname(location.partition("!/")[0])
        if folder not in self._folders:
            self._folders.add(folder)
            path = os.path.join(folder, NAME)
            if os.path.isfile(path):
                self._paths.add(path)

    @property
    def paths(self) -> list[Path]:
        """The files, by name."""
        return [Path(path) for path in sorted(self._paths)]
