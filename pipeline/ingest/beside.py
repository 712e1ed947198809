"""What lies beside reports: files of corrections, only where they are (:mod:`pipeline.ingest.corrections` reads them), so that
looking whether anything changed loads nothing that it does not need; and files that are no documents."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from pipeline.ingest import manifest

MOST_NAMED = 5
"""Files passed over that a summary names."""
NAME = "corrections.csv"
"""The file that an ingest finds beside the reports."""


@dataclass(frozen=True, slots=True)
class PassedOver:
    """Files that were not taken for documents: how many, and where the first few of them are."""

    files: int = 0
    first: tuple[str, ...] = ()

    def __add__(self, location: str) -> PassedOver:
        return PassedOver(self.files + 1, self.first if len(self.first) == MOST_NAMED else (*self.first, location))


class Beside:
    """What lies beside the documents that a search finds, noted while it goes on."""

    def __init__(self) -> None:
        self._folders: set[str] = set()
        self._paths: set[str] = set()
        self.others = PassedOver()
        """Files that are neither documents nor corrections nor manifests."""

    def passed_over(self, location: str) -> None:
        """Notes a file that is no document."""
        name = os.path.basename(location)
        if name == NAME and "!/" not in location:
            self._paths.add(location)
        elif name != manifest.NAME:
            self.others += location

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
