"""How right scans are read, and at what cost: ``python -m benchmarks.ocr FOLDER``, a folder made by ``python -m corpus.specimens``.

Its PDFs are made into scans (each page a slanted, noisy JPEG; with ``--draw`` of all qualities), read, and compared with
their gold. ``--plain`` also runs the recognition engine over each whole page, as it comes, for the time that it takes.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.scans import Scanner, drawn_scanner, scanned
from benchmarks.score import Score, judge
from corpus.gold import Gold, read_gold
from parsers import parse_report
from parsers.errors import NianbaoError
from parsers.readers.pdf.libraries.mupdf import pymupdf


def plain_pass(data: bytes) -> float:
    """Seconds of the processor that the recognition engine takes for all pages, each whole and once, in one thread."""
    from rapidocr import RapidOCR

    threads = {f"EngineConfig.onnxruntime.{kind}_op_num_threads": 1 for kind in ("intra", "inter")}
    engine = RapidOCR(params={**threads, "Global.log_level": "error"})
    engine(np.full((64, 256, 3), 255, np.uint8))  # loads the models
    seconds = 0.0
    with pymupdf.open(stream=data) as source:
        for page in source:
            pixels = page.get_pixmap(dpi=200)
            picture = np.frombuffer(pixels.samples, np.uint8).reshape(pixels.height, pixels.width, 3)
            started = time.process_time()
            engine(picture)
            seconds += time.process_time() - started
    return seconds


def measure(folder: Path, options: argparse.Namespace) -> Iterator[tuple[Gold, Score, tuple[str, ...], float, float]]:
    """Each PDF of the folder: its gold, its score and faults, the processor seconds that it took, and those of the plain pass."""
    entries = [gold for gold in read_gold(folder / "gold.jsonl") if gold.file.endswith(".pdf")]
    for seed, gold in list(enumerate(entries))[options.start :: options.every]:
        scanner = drawn_scanner(seed + 1000 * options.draw) if options.draw else _scanner(options)
        if options.upright:
            scanner = replace(scanner, turn=0)
        data = scanned((folder / gold.file).read_bytes(), scanner, seed)
        started = time.process_time()
        try:
            judgement = judge(gold, parse_report(data, name="scan.pdf"))
            faults = judgement.faults
        except NianbaoError as error:
            judgement, faults = judge(gold, None), (f"refused: {error}",)
        seconds = time.process_time() - started
        yield gold, judgement.score, (str(scanner), *faults), seconds, plain_pass(data) if options.plain else 0.0


def _scanner(options: argparse.Namespace) -> Scanner:
    return Scanner(options.dpi, options.slant, options.noise, quality=options.quality)


def main(arguments: list[str] | None = None) -> int:
    """Makes the scans, reads them, prints the scores; exits with 1 when a wrong cell was not flagged."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ocr", description=__doc__)
    parser.add_argument("folder", type=Path, help="PDFs and their gold.jsonl")
    parser.add_argument("--dpi", type=int, default=170)
    parser.add_argument("--slant", type=float, default=1.0, help="degrees at most")
    parser.add_argument("--noise", type=float, default=6.0, help="grey levels (standard deviation)")
    parser.add_argument("--quality", type=int, default=60, help="of the JPEG, 1 to 95")
    parser.add_argument(
        "--draw", type=int, default=0, metavar="N", help="a scanner drawn by chance for each document"
    )
    parser.add_argument("--upright", action="store_true", help="no turned pages among those drawn")
    parser.add_argument("--start", type=int, default=0)
    parser.add_argument("--every", type=int, default=1, help="take only each n-th document")
    parser.add_argument("--faults", type=int, default=0, metavar="N", help="print up to N faults a document")
    parser.add_argument("--plain", action="store_true", help="time the engine over the whole pages too")
    options = parser.parse_args(arguments)
    total, ours, plain = Score(), 0.0, 0.0
    for gold, score, faults, seconds, engine_seconds in measure(options.folder, options):
        total, ours, plain = total + score, ours + seconds, plain + engine_seconds
        sys.stdout.write(
            f"{gold.file}: {score.right} of {score.cells} right, {score.unflagged} unflagged, "
            f"{score.flagged_right} right and flagged, {seconds:.1f} s, plain {engine_seconds:.1f} s\n"
        )
        sys.stdout.writelines(f"    {fault}\n" for fault in faults[: options.faults])
        sys.stdout.flush()
    share, doubted = (100 * count / max(total.cells, 1) for count in (total.right, total.flagged_right))
    sys.stdout.write(
        f"all: {total.documents} documents, {total.refused} refused, {share:.2f} % of {total.cells} cells right, "
        f"{total.wrong} wrong, {total.unflagged} unflagged, {total.flagged_right} right and flagged ({doubted:.2f} %); "
        f"agency {total.agency}, year {total.year}; {ours:.1f} s, plain {plain:.1f} s"
        + (f", a ratio of {ours / plain:.2f}\n" if plain else "\n")
    )
    return 1 if total.unflagged or total.refused else 0


if __name__ == "__main__":
    sys.exit(main())
