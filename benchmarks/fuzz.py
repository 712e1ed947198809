"""Mutated files through the workers of ``nianbao ingest``: each must have an outcome, and none may cost another file.

::

    python -m benchmarks.fuzz --count 2000            # of each format; prints outcomes, and keeps what crashed

Seeds are specimens of each format and the published reports. The mutations are what happens to files on their way:
flipped bits, lost ends, blocks swapped, doubled or zeroed, digits changed, a wrong suffix.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.published import published_reports
from corpus.specimens import QUICK, build, committed_specimens
from parsers.errors import NianbaoError
from pipeline.ingest.reading import Reading, Task, outcome_of, read, warm_up
from pipeline.ingest.workers import Job, Limits, Workers

FORMATS = ("pdf", "html", "docx", "txt")
SUFFIXES = {".htm": "html", ".html": "html", ".md": "txt", ".txt": "txt", ".pdf": "pdf", ".docx": "docx"}
UNEXPECTED = ("unexpectedly", "the process that read it", "not read within", "memory")
"""Words of a reason that tell of a crash, a hang or a fault of ours, which a bare refusal does not have."""

Mutation = Callable[[random.Random, bytearray], bytearray]


@dataclass(frozen=True, slots=True)
class Mutated:
    """A mutated file: which format it was, what was done to it, the name it goes under, and its bytes."""

    form: str
    mutation: str
    name: str
    content: bytes


def flip_bits(chance: random.Random, content: bytearray) -> bytearray:
    """From one to some hundred bits turned over."""
    for _ in range(chance.choice((1, 4, 32, 256))):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    return content


def cut_off(chance: random.Random, content: bytearray) -> bytearray:
    """The end is missing."""
    return content[: chance.randrange(len(content))]


def swap_blocks(chance: random.Random, content: bytearray) -> bytearray:
    """Two blocks change places."""
    a, b, c = sorted(chance.randrange(len(content)) for _ in range(3))
    return content[:a] + content[b:c] + content[a:b] + content[c:]


def double_block(chance: random.Random, content: bytearray) -> bytearray:
    """A block comes again, up to fifty times."""
    a, b = sorted(chance.randrange(len(content)) for _ in range(2))
    return content[:b] + content[a:b] * chance.choice((1, 2, 50)) + content[b:]


def zero_block(chance: random.Random, content: bytearray) -> bytearray:
    """A block of zeros, as a broken download leaves it."""
    a, b = sorted(chance.randrange(len(content)) for _ in range(2))
    return content[:a] + bytes(b - a) + content[b:]


def change_digits(chance: random.Random, content: bytearray) -> bytearray:
    """Digits become other digits, some of them absurdly long: lengths, offsets, spans."""
    places = [place for place, byte in enumerate(content) if 48 <= byte <= 57]
    for place in sorted(chance.sample(places, min(len(places), 8)), reverse=True):
        content[place : place + 1] = str(chance.choice((0, 1, 9, 65536, 2**31, 10**18))).encode()
    return content


def inside(mutation: Mutation, chance: random.Random, content: bytes) -> bytearray:
    """A part of a DOCX mutated and packed again, so that the damage reaches the XML and not only the archive."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as after:
        names = before.namelist()
        chosen = "word/document.xml" if chance.random() < 0.7 else chance.choice(names)
        for name in names:
            part = before.read(name)
            after.writestr(name, bytes(mutation(chance, bytearray(part))) if name == chosen and part else part)
    return bytearray(packed.getvalue())


MUTATIONS: tuple[Mutation, ...] = (flip_bits, cut_off, swap_blocks, double_block, zero_block, change_digits)


def seeds(folder: Path) -> dict[str, list[bytes]]:
    """Whole files to start from, by format; specimens are made in ``folder``."""
    made = [path for path, _ in build(folder, seed=11, count=len(QUICK), producers=QUICK)]
    kept = [path for path, _ in committed_specimens()] + [report.path for report in published_reports()]
    found: dict[str, list[bytes]] = {form: [] for form in FORMATS}
    for path in (*made, *kept):
        if path.suffix in SUFFIXES:
            found[SUFFIXES[path.suffix]].append(path.read_bytes())
    return found


def mutated(sources: Sequence[bytes], form: str, count: int, seed: int) -> Iterator[Mutated]:
    """``count`` mutated files of a format; the same seed gives the same files."""
    chance = random.Random(f"{form} {seed}")
    for number in range(count):
        mutation = chance.choice(MUTATIONS)
        source = chance.choice(sources)
        if form == "docx" and chance.random() < 0.7:
            content = inside(mutation, chance, source)
        else:
            content = mutation(chance, bytearray(source))
        suffix = chance.choice(FORMATS) if chance.random() < 0.1 else form
        yield Mutated(form, mutation.__name__, f"{form}-{seed}-{number}.{suffix}", bytes(content))


def outcomes(files: Iterator[Mutated], jobs: int, limits: Limits) -> Iterator[tuple[Mutated, Reading]]:
    """What became of each file, in order; exactly one reading a file."""
    with Workers(read, jobs, limits, warm_up) as workers:
        tasks: Iterator[Job[Mutated, Task, Reading]] = (
            Job(f, f.name, Task(f.name, f.name, content=f.content), weight=len(f.content)) for f in files
        )
        for file, result in workers.run(tasks):
            if isinstance(result, NianbaoError):
                result = Reading(None, outcome_of(result), None, str(result))
            yield file, result


def is_unexpected(reading: Reading) -> bool:
    """Whether the file crashed or held up its worker, or ran into a fault of ours."""
    return reading.reason is not None and any(word in reading.reason for word in UNEXPECTED)


def main() -> None:
    """Prints outcomes by format, and each crash; ends with status 1 when there is one. Crashers are kept."""
    parser = argparse.ArgumentParser(description="Mutated files through the workers.")
    parser.add_argument("--count", type=int, default=2000, help="files of each format")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--keep", type=Path, default=Path("out/fuzz"), help="where files that crash are kept")
    given = parser.parse_args()
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        sources = seeds(Path(folder))
    for form in FORMATS:
        counts: Counter[str] = Counter()
        slowest = 0.0
        for file, reading in outcomes(mutated(sources[form], form, given.count, given.seed), given.jobs, Limits()):
            counts[str(reading.outcome)] += 1
            slowest = max(slowest, reading.seconds)
            if is_unexpected(reading):
                bad += 1
                given.keep.mkdir(parents=True, exist_ok=True)
                (given.keep / file.name).write_bytes(file.content)
                print(f"{file.name} ({file.mutation}): {reading.reason}")  # noqa: T201
        said = ", ".join(f"{count} {outcome}" for outcome, count in sorted(counts.items()))
        print(f"{form}: {counts.total()} files: {said}; slowest {slowest:.1f} s")  # noqa: T201
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
