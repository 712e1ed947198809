"""What a producer of specimens is."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from corpus.specimens.sheet import Sheet
from corpus.specimens.specimen import Specimen

NEVER_BLANK = dict.fromkeys(
    ("blank_zeros", "blank_zeros_but_totals", "blank_zeros_everywhere", "only_totals", "blank_totals"), 0.0
)
"""Shares for formats in which an empty cell leaves no trace at all."""


CUT_SHARES = {"cut_table": 0.05, "cut_without_header": 0.05, "header_again": 0.05}
"""Shares for formats without pages, in which a table that once stood on two pages is cut or repeats its header."""


@dataclass(frozen=True, slots=True)
class Task:
    """One document to be made: the specimen, its sheet, and the file to write."""

    specimen: Specimen
    sheet: Sheet
    path: Path

    @property
    def traits(self) -> frozenset[str]:
        """The specimen's traits."""
        return self.specimen.traits


Render: TypeAlias = Callable[[Sequence[Task]], None]


@dataclass(frozen=True, slots=True)
class Producer:
    """Something that makes documents: its name, the ending of its files, a function that writes many at once,
    the programs and modules that it needs, and its own shares of traits."""

    name: str
    suffix: str
    render: Render
    needs: tuple[str, ...] = ()
    modules: tuple[str, ...] = ()
    shares: Mapping[str, float] = field(default_factory=dict)

    def missing(self) -> str | None:
        """What this machine lacks for it, or None."""
        from importlib.util import find_spec

        for program in self.needs:
            if shutil.which(program) is None:
                return f"the program {program}"
        for module in self.modules:
            if find_spec(module) is None:
                return f"the module {module}"
        return None


def one_by_one(write: Callable[[Task], bytes]) -> Render:
    """A renderer that makes each document by itself."""

    def render(tasks: Sequence[Task]) -> None:
        for task in tasks:
            task.path.write_bytes(write(task))

    return render
