"""Specimens: invented annual reports in every format that agencies publish, with the truth about each.

They stand in for the thousands of real pages that nobody has checked by hand. Everything in them is made up: the
figures, the sentences, and that the agency said so.

The folder ``files`` keeps a few, because the programs that make them are not on every machine. It is made by::

    python -m corpus.specimens corpus/specimens/files --seed 9 --count 7 --small --with brief --with specimen_mark \\
        --producer chromium --producer chromium-type3 --producer weasyprint --producer reportlab \\
        --producer libreoffice-page --producer libreoffice-word --producer docx-libreoffice
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from random import Random

from corpus.gold import Gold, read_gold, write_gold
from corpus.specimens.compose import make_specimen, sheet_of
from corpus.specimens.looks import drawn_looks
from corpus.specimens.render import PRODUCERS, Producer, Task
from corpus.specimens.render.press import press
from corpus.specimens.specimen import Agency, Specimen

FILES = Path(__file__).parent / "files"
GOLD = "gold.jsonl"

QUICK = tuple(producer for producer in PRODUCERS if not producer.needs and producer.suffix != ".pdf")
"""The producers that need no program and are done in milliseconds: DOCX, web pages, text."""


def committed_specimens(folder: Path = FILES) -> tuple[tuple[Path, Gold], ...]:
    """The specimens kept as files: paths and what a perfect reader finds there."""
    return tuple((folder / gold.file, gold) for gold in read_gold(folder / GOLD))


def planned_tasks(
    folder: Path,
    *,
    seed: int,
    count: int,
    producers: Sequence[Producer],
    traits: Iterable[str] = (),
    looks: bool = False,
) -> Iterator[tuple[Producer, Task]]:
    """``count`` documents, the producers taking turns, all with ``traits``, and with ``looks`` each with some of those of
    :mod:`corpus.specimens.looks`; the same arguments plan the same documents. Nothing is written."""
    wanted = dict.fromkeys(traits, 1.0)
    for index in range(count):
        producer = producers[index % len(producers)]
        specimen = make_specimen(seed, index, producer.name, {**producer.shares, **wanted})
        if looks:
            specimen = replace(specimen, traits=specimen.traits | drawn_looks(Random(specimen.id + "/looks")))
        yield producer, Task(specimen, sheet_of(specimen), folder / f"{specimen.id}{producer.suffix}")


def build(
    folder: Path,
    *,
    seed: int,
    count: int,
    producers: Sequence[Producer] = QUICK,
    traits: Iterable[str] = (),
    looks: bool = False,
) -> tuple[tuple[Path, Gold], ...]:
    """Writes ``count`` documents and their ``gold.jsonl`` into a folder, and gives paths and gold."""
    folder.mkdir(parents=True, exist_ok=True)
    planned = list(planned_tasks(folder, seed=seed, count=count, producers=producers, traits=traits, looks=looks))
    by_producer = sorted(planned, key=lambda each: producers.index(each[0]))
    for producer, group in groupby(by_producer, key=lambda each: each[0]):
        tasks = [task for _, task in group]
        producer.render(tasks)
        for task in tasks:
            if task.path.suffix == ".pdf":
                press(task.path, task.traits)
    made = tuple((task.path, task.specimen.gold(task.path.name)) for _, task in planned)
    write_gold(folder / GOLD, (gold for _, gold in made))
    return made


__all__ = [
    "PRODUCERS",
    "QUICK",
    "Agency",
    "Producer",
    "Specimen",
    "Task",
    "build",
    "committed_specimens",
    "make_specimen",
    "planned_tasks",
    "sheet_of",
]
