"""Specimens: invented annual reports in every format that agencies publish, with the truth about each.

They stand in for the thousands of real pages that nobody has checked by hand. Everything in them is made up: the
figures, the sentences, and that the agency said so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus.gold import Gold, read_gold
from corpus.specimens.compose import make_specimen, sheet_of
from corpus.specimens.render import PRODUCERS, Producer, Task
from corpus.specimens.specimen import Agency, Specimen

FILES = Path(__file__).parent / "files"
GOLD = "gold.jsonl"


def committed_specimens(folder: Path = FILES) -> tuple[tuple[Path, Gold], ...]:
    """The few specimens that are kept as files because their producers are programs that not every machine has."""
    return tuple((folder / gold.file, gold) for gold in read_gold(folder / GOLD))


def planned_tasks(
    folder: Path, *, seed: int, count: int, producers: Sequence[Producer]
) -> Iterator[tuple[Producer, Task]]:
    """``count`` documents, the producers taking turns; the same arguments plan the same documents."""
    for index in range(count):
        producer = producers[index % len(producers)]
        specimen = make_specimen(seed, index, producer.name, producer.shares)
        yield producer, Task(specimen, sheet_of(specimen), folder / f"{specimen.id}{producer.suffix}")


__all__ = [
    "PRODUCERS",
    "Agency",
    "Producer",
    "Specimen",
    "Task",
    "committed_specimens",
    "make_specimen",
    "planned_tasks",
    "sheet_of",
]
