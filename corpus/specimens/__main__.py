"""Makes specimens: ``python -m corpus.specimens OUT --seed 7 --count 120``."""

from __future__ import annotations

import argparse
import sys
from itertools import groupby
from pathlib import Path

from corpus.gold import write_gold
from corpus.specimens import GOLD, PRODUCERS, planned_tasks


def main(arguments: list[str] | None = None) -> int:
    """Writes the documents and their gold; producers whose programs are missing are named and left out."""
    parser = argparse.ArgumentParser(prog="python -m corpus.specimens", description=__doc__)
    parser.add_argument("out", type=Path, help="folder for the documents and gold.jsonl")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=100)
    names = [producer.name for producer in PRODUCERS]
    parser.add_argument("--producer", action="append", choices=names, help="only this one (may be repeated)")
    options = parser.parse_args(arguments)

    wanted = [producer for producer in PRODUCERS if not options.producer or producer.name in options.producer]
    for producer in wanted:
        if missing := producer.missing():
            sys.stderr.write(f"{producer.name}: left out, this machine lacks {missing}\n")
    usable = [producer for producer in wanted if producer.missing() is None]
    if not usable:
        sys.stderr.write("Nothing can be made on this machine.\n")
        return 1
    options.out.mkdir(parents=True, exist_ok=True)
    planned = list(planned_tasks(options.out, seed=options.seed, count=options.count, producers=usable))
    for producer, group in groupby(
        sorted(planned, key=lambda each: names.index(each[0].name)), key=lambda each: each[0]
    ):
        tasks = [task for _, task in group]
        producer.render(tasks)
        sys.stderr.write(f"{producer.name}: {len(tasks)}\n")
    write_gold(options.out / GOLD, (task.specimen.gold(task.path.name) for _, task in planned))
    return 0


if __name__ == "__main__":
    sys.exit(main())
