"""What passes silently where walls and cells are missing: ``python -m benchmarks.missing FOLDER --seed N``.

The files of a folder of specimens are made anew with a part of what holds their tables together left out: ruling lines
not drawn, words set a point or two beside their places, labels that lost a half; spans, rows and walls of markup gone;
separators, blank cells and line breaks of texts gone or put in.
What the pages show stays what it was, so their gold still says what is right. The damage is heavier than
published files have: many cells cannot be told any more, and that is no fault. A figure that is wrong and that no
finding names is one: its count is what this measures, by the kind of damage; it exits with 1 when there is any.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.accuracy import measure, table
from benchmarks.damage import pdf, text, web, word
from benchmarks.damage.dice import Dice
from benchmarks.score import Score

MODULES = (pdf, web, word, text)


def damaged(
    folder: Path,
    suffixes: tuple[str, ...],
    name: str,
    kind: Callable[[bytes, Dice], bytes | None],
    seed: int,
    into: Path,
) -> None:
    """Writes the files of a folder of specimens with one kind of damage, and the gold of those that are left."""
    left = set()
    for path in sorted(folder.iterdir()):
        if path.suffix not in suffixes:
            continue
        made = kind(path.read_bytes(), Dice(f"{seed} {name} {path.name}"))
        if made is not None:
            into.joinpath(path.name).write_bytes(made)
            left.add(path.name)
    lines = (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    kept = (line for line in lines if json.loads(line)["file"] in left)
    into.joinpath("gold.jsonl").write_text("".join(kept), encoding="utf-8")


def main(arguments: list[str] | None = None) -> int:
    """Damages, measures, prints."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.missing", description=__doc__)
    parser.add_argument(
        "folder", type=Path, help="documents and their gold.jsonl, made by python -m corpus.specimens"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--faults", action="store_true", help="print each figure that is wrong and not named")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--only", default="", help="only the kinds of damage whose name has these words")
    options = parser.parse_args(arguments)
    scores: dict[str, Score] = {}
    kinds = [(module.SUFFIXES, name, kind) for module in MODULES for name, kind in module.KINDS.items()]
    for suffixes, name, kind in kinds:
        if options.only not in name:
            continue
        with tempfile.TemporaryDirectory() as into:
            damaged(options.folder, suffixes, name, kind, options.seed, Path(into))
            results = measure(Path(into), jobs=options.jobs)
        scores[name] = sum((judgement.score for _, judgement in results), Score())
        for gold, judgement in results if options.faults else ():
            for fault in judgement.faults:
                if fault.startswith("unflagged"):
                    sys.stdout.write(f"{name}: {gold.file}: {fault}\n")
    sys.stdout.write(table(scores) + "\n")
    return 1 if any(score.unflagged for score in scores.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
