"""How well and how fast the prose gives up its figures, and what each stage of the grammar adds.

    python -m benchmarks.facts GOLD.jsonl [--predictions OUT.jsonl] [--ablation] [--reports FOLDER]

GOLD holds one item a line: ``{"id", "text", "report_year", "facts": [...]}``, each fact with the fields of
``docs/facts.md`` and the offset ``start`` of its figure. ``--predictions`` writes what was found in the same shape,
for a scorer of its own. The figures printed here pair a predicted fact with the expected one on the same figure.
``--reports`` measures instead how long the prose of the PDFs of a folder takes beside reading these; our aim is that
it takes less than a third.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any
from unittest.mock import patch

from parsers.facts import VERSION, extract_facts
from parsers.facts.channels import NOWHERE
from parsers.facts.counted import Memory
from parsers.report import Fact, FactKind, FactRole

STRICT = ("metric", "channel", "kind", "role", "year", "bound")
FIELDS = ("metric", "channel", "subject", "value", "unit", "bound", "kind", "role", "year", "part_of", "start", "end")

Item = dict[str, Any]


def shape(fact: Fact) -> dict[str, Any]:
    """A fact as plain data."""
    plain = {name: getattr(fact, name) for name in (*FIELDS, "surface")}
    return {name: float(value) if isinstance(value, Decimal) else value for name, value in plain.items()}


def predict(items: Sequence[Item]) -> list[list[dict[str, Any]]]:
    """The facts of each item."""
    return [[shape(fact) for fact in extract_facts(item["text"], report_year=item["report_year"])] for item in items]


def pairs(gold: list[Item], found: list[Item]) -> list[tuple[int, int]]:
    """Indices of facts on the same figure; of several on one figure (各2个) those that agree most."""
    candidates = [
        (-sum(expected.get(name) == actual[name] for name in ("value", "unit", *STRICT)), g, p)
        for g, expected in enumerate(gold)
        for p, actual in enumerate(found)
        if expected["start"] < actual["end"] and actual["start"] < expected["start"] + len(expected["surface"])
    ]
    used: set[tuple[str, int]] = set()
    result = []
    for _, g, p in sorted(candidates):
        if ("gold", g) not in used and ("found", p) not in used:
            used |= {("gold", g), ("found", p)}
            result.append((g, p))
    return result


def alike(left: str | None, right: str | None) -> float:
    """How much of two subjects is the same, by their characters without signs: 1 when both are, 0 when one is missing."""
    one, other = (Counter(filter(str.isalnum, subject or "")) for subject in (left, right))
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 1.0


def measure(items: Sequence[Item], predictions: Sequence[list[Item]]) -> dict[str, float]:
    """F1 of detection (value and unit) and of strict agreement; accuracy of the fields over detected facts, and how
    much alike their subjects are."""
    counts = dict.fromkeys(("gold", "found", "detected", "strict", "part_of", *STRICT), 0)
    likeness = 0.0
    for item, found in zip(items, predictions, strict=True):
        gold = item["facts"]
        counts["gold"] += len(gold)
        counts["found"] += len(found)
        paired = pairs(gold, found)
        whole_of = {p: g for g, p in paired}
        for g, p in paired:
            expected, actual = gold[g], found[p]
            if (float(expected["value"]), expected["unit"]) != (actual["value"], actual["unit"]):
                continue
            right = [name for name in STRICT if expected[name] == actual[name]]
            counts["detected"] += 1
            likeness += alike(expected["subject"], actual["subject"])
            counts["strict"] += len(right) == len(STRICT)
            for name in right:
                counts[name] += 1
            whole = None if actual["part_of"] is None else whole_of.get(actual["part_of"], -1)
            counts["part_of"] += whole == expected["part_of"]
    total, detected = counts["gold"] + counts["found"], counts["detected"] or 1
    f1 = {name: 2 * counts[name] / total if total else 1.0 for name in ("detected", "strict")}
    return f1 | {name: counts[name] / detected for name in ("part_of", *STRICT)} | {"subject": likeness / detected}


@contextmanager
def without(*targets: tuple[str, Any]) -> Iterator[None]:
    """Parts of the extractor replaced by nothing, for as long as the block lasts."""
    patches = [patch(name, replacement) for name, replacement in targets]
    for each in patches:
        each.start()
    try:
        yield
    finally:
        for each in patches:
            each.stop()


def ablations() -> dict[str, Callable[[], Any]]:
    """Name of a stage, and the context without it."""

    def nothing(*_: Any, **__: Any) -> None:
        return None

    reader = "parsers.facts.reader."
    return {
        "names set aside by their characters": lambda: without(("parsers.facts.scan.names_in", lambda _: [])),
        "names set aside by context": lambda: without(
            (reader + "reasons_aside", lambda found, *_: [None] * len(found))
        ),
        "lists (各, 均为, 分别)": lambda: without((reader + "spread", lambda found, _: [[each] for each in found])),
        "其中 and brackets": lambda: without((reader + "advance", lambda *_: False)),
        "itemised totals": lambda: without((reader + "itemised", lambda *_: [])),
        "what belongs to a whole": lambda: without((reader + "belongs", lambda *_: True)),
        "channels": lambda: without((reader + "place_of", lambda *_: NOWHERE)),
        "channel of the sentence before": lambda: without((reader + "announced_place", lambda *_: NOWHERE)),
        "changes and comparisons": lambda: without(("parsers.facts.taken_over.role_of", lambda *_: FactRole.LEVEL)),
        "kinds": lambda: without((reader + "kind_of", lambda *_: FactKind.FLOW)),
        "years": lambda: without((reader + "year_of", lambda _p, _r, _k, year, _c: year)),
        "nouns": lambda: without(
            ("parsers.facts.metric.naming.noun_of", lambda *_: (None, False)),
            ("parsers.facts.metric.naming.noun_behind", nothing),
        ),
        "verbs": lambda: without(("parsers.facts.metric.verb_of", lambda *_: (None, False))),
        "jieba": lambda: without(("parsers.facts.subjects._is_untold", lambda *_: False)),
        "memory of the sentence": lambda: without(
            (reader + "counted", _with_blank_memory),
        ),
    }


def _with_blank_memory(phrase: Any, memory: Memory, known: Any) -> Any:
    from parsers.facts.metric import counted

    return counted(phrase, Memory(whole=memory.whole), known)


def speed(items: Sequence[Item], rounds: int = 5) -> str:
    """Characters a second over all the texts at once; the best of some rounds, the lexicon loaded."""
    text = "\n".join(item["text"] for item in items)
    extract_facts(text, report_year=2022)
    best = min(_timed(text) for _ in range(rounds))
    facts = len(extract_facts(text, report_year=2022))
    return f"{len(text)} characters with {facts} facts in {best * 1000:.1f} ms ({best / max(facts, 1) * 1e6:.0f} µs a fact)"


def beside_reading(paths: Sequence[Path]) -> str:
    """Processor time of the prose of reports beside that of reading their files, the better of two runs each."""
    from parsers.assemble import report_of
    from parsers.readers import read

    shares, read_time, prose_time = [], 0.0, 0.0
    for path in (paths[0], *paths):  # the first one twice: libraries and lexicon are loaded then
        data = path.read_bytes()
        reading, document = min((_spent(read, data, path.name) for _ in range(2)), key=lambda spent: spent[0])
        with _prose_of_reports() as told:
            report_of(document)
        prose = min(_spent(extract_facts, *told[0], **told[1])[0] for _ in range(2))
        shares.append(prose / reading)
        read_time, prose_time = read_time + reading, prose_time + prose
    return (
        f"{len(paths)} reports: the prose takes {prose_time / read_time:.0%} of the time of reading "
        f"(median {statistics.median(shares[1:]):.0%}, most {max(shares[1:]):.0%})"
    )


def _spent(work: Callable[..., Any], *arguments: Any, **named: Any) -> tuple[float, Any]:
    start = time.process_time()
    result = work(*arguments, **named)
    return time.process_time() - start, result


@contextmanager
def _prose_of_reports() -> Iterator[list[Any]]:
    """What :func:`extract_facts` is called with while a report is put together."""
    told: list[Any] = []

    def listen(*arguments: Any, **named: Any) -> list[Fact]:
        told[:] = arguments, named
        return extract_facts(*arguments, **named)

    with patch("parsers.assemble.extract_facts", listen):
        yield told


def _timed(text: str) -> float:
    start = time.perf_counter()
    extract_facts(text, report_year=2022)
    return time.perf_counter() - start


def line(name: str, figures: dict[str, float]) -> str:
    """One row of the table."""
    cells = "  ".join(f"{figures[key]:.3f}" for key in ("detected", "strict", "part_of", *STRICT, "subject"))
    return f"{name:<34} {cells}"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="?", help="gold items, JSON Lines")
    parser.add_argument("--reports", type=Path, help="a folder of PDF reports: time of the prose beside reading")
    parser.add_argument("--predictions", type=Path, help="write the predicted facts here, JSON Lines")
    parser.add_argument("--ablation", action="store_true", help="measure again with each stage taken away")
    options = parser.parse_args(arguments)
    if options.reports:
        sys.stdout.write(beside_reading(sorted(options.reports.glob("*.pdf"))) + "\n")
    if options.gold is None:
        return 0
    items = [json.loads(row) for row in options.gold.read_text(encoding="utf-8").splitlines() if row.strip()]
    predictions = predict(items)
    if options.predictions:
        rows = ({"id": item["id"], "facts": facts} for item, facts in zip(items, predictions, strict=True))
        options.predictions.write_text(
            "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8"
        )
    out = [f"lexicon and rules {VERSION}; {len(items)} items", speed(items), ""]
    out.append(f"{'':<34} " + "  ".join(f"{name:<5.5}" for name in ("detec", "stric", "part_", *STRICT, "subject")))
    out.append(line("all", measure(items, predictions)))
    if options.ablation:
        for name, context in ablations().items():
            with context():
                out.append(line("without " + name, measure(items, predict(items))))
    sys.stdout.write("\n".join(out) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
