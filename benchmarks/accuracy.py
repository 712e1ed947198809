"""How right the readings are: ``python -m benchmarks.accuracy FOLDER``, a folder made by ``python -m corpus.specimens``.

Prints what was right, wrong, and wrong without a warning, by producer or by trait; exits with 1 when one of the
floors in ``accuracy_floors.json`` is broken.
"""

from __future__ import annotations

import argparse
import json
import sys
import traceback
from collections import defaultdict
from collections.abc import Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from benchmarks.score import Judgement, Score, judge
from corpus.gold import Gold, read_gold
from parsers import parse_report
from parsers.errors import NianbaoError

FLOORS = Path(__file__).with_name("accuracy_floors.json")
COLUMNS = (
    "group",
    "docs",
    "refused",
    "cells",
    "right%",
    "wrong",
    "unflagged",
    "doubted",
    "agency",
    "year",
    "scope",
    "edition",
    "slips",
    "blamed",
    "false",
)


def read_and_judge(folder: Path, gold: Gold) -> Judgement:
    """Reads one document and compares it with its gold. A crash counts as a refusal and says where it happened, so
    that one defect does not hide what the other documents tell."""
    try:
        return judge(gold, parse_report(folder / gold.file))
    except NianbaoError as error:
        reason = str(error)
    except Exception as error:
        at = traceback.extract_tb(error.__traceback__)[-1]
        reason = f"CRASH {type(error).__name__}: {error} ({Path(at.filename).name}:{at.lineno})"
    return Judgement(judge(gold, None).score, (f"refused: {reason}",))


def measure(folder: Path, *, jobs: int = 1) -> list[tuple[Gold, Judgement]]:
    """Every document of a folder with its judgement, in the order of its ``gold.jsonl``."""
    entries = list(read_gold(folder / "gold.jsonl"))
    judge_one = partial(read_and_judge, folder)
    if jobs == 1:
        return [(gold, judge_one(gold)) for gold in entries]
    with ProcessPoolExecutor(jobs) as pool:
        return list(zip(entries, pool.map(judge_one, entries, chunksize=4), strict=True))


def grouped(results: Iterable[tuple[Gold, Judgement]], by: str) -> dict[str, Score]:
    """The scores added up by ``producer``, ``format``, ``trait`` or ``edition``."""
    scores: dict[str, Score] = defaultdict(Score)
    for gold, judgement in results:
        groups: Iterable[str]
        match by:
            case "trait":
                groups = gold.traits or ("none",)
            case "format":
                groups = [Path(gold.file).suffix]
            case _:
                groups = [str(getattr(gold, by))]
        for group in groups:
            scores[group] += judgement.score
    return dict(sorted(scores.items()))


def table(scores: Mapping[str, Score]) -> str:
    """The scores as a table of text, their sum in the last line."""
    rows = [COLUMNS, *(_row(name, score) for name, score in scores.items())]
    widths = [max(len(row[column]) for row in rows) for column in range(len(COLUMNS))]
    return "\n".join("  ".join(text.rjust(width) for text, width in zip(row, widths, strict=True)) for row in rows)


def _row(name: str, score: Score) -> tuple[str, ...]:
    counts = (score.wrong, score.unflagged, score.flagged_right, score.agency, score.year, score.scope, score.edition)
    ends = (score.slips, score.blamed, score.false_alarms)
    share = f"{100 * score.right / max(score.cells, 1):.2f}"
    return (name, str(score.documents), str(score.refused), str(score.cells), share, *map(str, (*counts, *ends)))


def broken_floors(results: Iterable[tuple[Gold, Judgement]], floors: Mapping[str, float]) -> list[str]:
    """A sentence for each floor that the scores do not reach."""
    total = sum((judgement.score for _, judgement in results), Score())
    documents = max(total.documents, 1)
    reached = {
        "right_share": total.right / max(total.cells, 1),
        "agency_share": total.agency / documents,
        "year_share": total.year / documents,
        "edition_share": total.edition / documents,
        "scope_share": total.scope / documents,
        "blamed_share": total.blamed / max(total.slips, 1),
        "flagged_right_share": total.flagged_right / max(total.cells, 1),
        "unflagged": total.unflagged,
        "false_alarms": total.false_alarms,
        "refused": total.refused,
    }
    ceilings = {"unflagged", "false_alarms", "refused", "flagged_right_share"}
    return [
        f"{name} is {reached[name]:.4f}, and must be {'at most' if name in ceilings else 'at least'} {floor}"
        for name, floor in floors.items()
        if (reached[name] > floor if name in ceilings else reached[name] < floor)
    ]


def main(arguments: list[str] | None = None) -> int:
    """Measures, prints, and compares with the floors."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy", description=__doc__)
    parser.add_argument("folder", type=Path, help="documents and their gold.jsonl")
    parser.add_argument("--by", choices=("producer", "format", "trait", "edition"), default="producer")
    parser.add_argument("--only", help="documents whose file name contains this")
    parser.add_argument("--faults", type=int, default=0, metavar="N", help="print up to N faults a document")
    parser.add_argument("--jobs", type=int, default=1)
    options = parser.parse_args(arguments)
    results = measure(options.folder, jobs=options.jobs)
    if options.only:
        results = [(gold, judgement) for gold, judgement in results if options.only in gold.file]
    write = sys.stdout.write
    for gold, judgement in results:
        for fault in judgement.faults[: options.faults]:
            write(f"{gold.file}: {fault}\n")
    scores = grouped(results, options.by)
    scores["all"] = sum((judgement.score for _, judgement in results), Score())
    write(table(scores) + "\n")
    failures = broken_floors(results, json.loads(FLOORS.read_text(encoding="utf-8")))
    for failure in failures:
        sys.stderr.write(f"floor broken: {failure}\n")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
