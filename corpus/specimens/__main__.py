"""Makes specimens: ``python -m corpus.specimens OUT --seed 7 --count 120``."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from pathlib import Path

from corpus.specimens import PRODUCERS, build


def main(arguments: list[str] | None = None) -> int:
    """Writes the documents and their gold; producers whose programs are missing are named and left out."""
    parser = argparse.ArgumentParser(prog="python -m corpus.specimens", description=__doc__)
    parser.add_argument("out", type=Path, help="folder for the documents and gold.jsonl")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=100)
    names = [producer.name for producer in PRODUCERS]
    parser.add_argument("--producer", action="append", choices=names, help="only this one (may be repeated)")
    parser.add_argument("--with", dest="traits", action="append", default=[], help="a trait that all shall have")
    parser.add_argument("--looks", action="store_true", help="tables ruled, filled and damaged in many ways")
    parser.add_argument("--small", action="store_true", help="pack PDFs tightly; what they show stays the same")
    options = parser.parse_args(arguments)

    wanted = [producer for producer in PRODUCERS if not options.producer or producer.name in options.producer]
    for producer in wanted:
        if missing := producer.missing():
            sys.stderr.write(f"{producer.name}: left out, this machine lacks {missing}\n")
    usable = [producer for producer in wanted if producer.missing() is None]
    if not usable:
        sys.stderr.write("Nothing can be made on this machine.\n")
        return 1
    made = build(
        options.out,
        seed=options.seed,
        count=options.count,
        producers=usable,
        traits=options.traits,
        looks=options.looks,
    )
    if options.small:
        for path, _ in made:
            if path.suffix == ".pdf":
                _pack(path)
    sys.stderr.write(f"{options.out}: {len(made)} specimens by {len(usable)} producers, and their gold.jsonl\n")
    return 0


def _pack(path: Path) -> None:
    """Writes a PDF anew with its small objects in compressed streams, half the size; fonts and page contents are
    still the producer's."""
    pymupdf = import_module("pymupdf")
    with pymupdf.open(stream=path.read_bytes()) as document:
        path.write_bytes(document.tobytes(garbage=4, deflate=True, use_objstms=1, no_new_id=True))


if __name__ == "__main__":
    sys.exit(main())
