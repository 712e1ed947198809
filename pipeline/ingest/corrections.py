"""``corrections.csv``: what people say of single cells after a look at the page. Kept with the data, applied at every ingest.

::

    sha256,table,row,column,printed,value,state,verdict,who,when,why
    8c1f…,requests,received.new,total,5,5,,corrected,李敏,2024-03-01,a smudge reads as 6

A line says of one cell of one document (its bytes) what the page prints: ``value``, or for a cell without a figure
``state`` (blank, dash, unreadable, absent). ``verdict`` is ``confirmed`` (read right), ``corrected`` (misread) or
``agency_error`` (read right, and the page is wrong: the value stays what it prints). A line without a verdict is
not decided yet and says nothing. Other columns are for people. TOML takes the same: ``[[correction]]`` with these keys.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from db.records import Correction, Verdict
from parsers.errors import BadInput
from parsers.report import CellKey, CellState
from pipeline.ingest.manifest import decoded

COLUMNS = ("sha256", "table", "row", "column", "printed", "value", "state", "verdict", "who", "when", "why")
NEEDED = frozenset(COLUMNS) - {"printed", "state"}
MOST_PROBLEMS = 5
"""Lines that one message names; who has put right as many sees the next ones."""


@dataclass(frozen=True, slots=True)
class CorrectionFile:
    """The corrections that a file holds; ``sha256`` is the hash of its bytes, ``undecided`` counts its lines without
    a verdict."""

    path: str
    sha256: str
    corrections: tuple[Correction, ...]
    undecided: int = 0


def read_corrections(content: bytes, path: str) -> CorrectionFile:
    """The corrections that these bytes hold: CSV, or TOML where ``path``, which is also for messages, ends so.

    Raises BadInput, naming the lines, when any of them cannot be used: a verdict is never half understood.
    """
    records = _toml(content, path) if path.lower().endswith(".toml") else _csv(content, path)
    found: dict[tuple[str, CellKey], tuple[str, Correction]] = {}
    problems: list[str] = []
    undecided = 0
    for where, fields in records:
        if not fields.get("verdict"):
            undecided += 1
            continue
        try:
            correction = _correction(fields)
        except ValueError as error:
            problems.append(f"{where}: {error}")
            continue
        place = correction.sha256, correction.key
        if place in found:
            problems.append(f"{where}: {correction.key} of this document stands in {found[place][0]} too")
        found[place] = where, correction
    if problems:
        more = f"; and {len(problems) - MOST_PROBLEMS} more lines" if len(problems) > MOST_PROBLEMS else ""
        raise BadInput(f"{path}, {'; '.join(problems[:MOST_PROBLEMS])}{more}. Nothing of the file was used.")
    corrections = tuple(correction for _, correction in found.values())
    return CorrectionFile(path, hashlib.sha256(content).hexdigest(), corrections, undecided)


def read_file(path: Path) -> CorrectionFile:
    """The corrections of a file; raises BadInput when it cannot be read or used."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BadInput(f"{path}: cannot be read ({error.strerror or error})") from error
    return read_corrections(content, str(path.absolute()))


def written(lines: Iterable[Mapping[str, str]], columns: Sequence[str] = COLUMNS, *, header: bool = True) -> bytes:
    """Lines as CSV in UTF-8, marked as such at its beginning, so that spreadsheets show Chinese; without the
    ``header`` for putting them behind others."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, restval="", extrasaction="ignore", lineterminator="\n")
    if header:
        writer.writeheader()
    writer.writerows(lines)
    return text.getvalue().encode("utf-8-sig" if header else "utf-8")


def header_of(content: bytes, path: str) -> list[str]:
    """The columns of a CSV file of corrections, as they are spelt; raises BadInput when one that is needed lacks."""
    try:
        header = next(csv.reader(io.StringIO(decoded(content, path), newline="")), [])
    except csv.Error as error:
        raise BadInput(f"{path}, line 1: not valid CSV ({error})") from error
    names = {name.strip().lower() for name in header}
    missing = [name for name in COLUMNS if name in NEEDED - names]
    if missing:
        found = ", ".join(header) or "nothing"
        raise BadInput(f"{path}, line 1: columns {', '.join(missing)} are missing; found: {found}")
    return header


def _csv(content: bytes, path: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    header = [name.strip().lower() for name in header_of(content, path)]
    rows = csv.reader(io.StringIO(decoded(content, path), newline=""))
    next(rows)
    try:
        while True:
            line = rows.line_num + 1
            row = next(rows, None)
            if row is None:
                return
            if len(row) > len(header):
                raise BadInput(f"{path}, line {line}: more fields than the header names; put quotation marks around "
                               "a field with a comma")  # fmt: skip
            if any(field.strip() for field in row):
                yield f"line {line}", {name: field.strip() for name, field in zip(header, row, strict=False)}
    except csv.Error as error:
        raise BadInput(f"{path}, line {rows.line_num}: not valid CSV ({error})") from error


def _toml(content: bytes, path: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    try:
        entries = tomllib.loads(decoded(content, path)).get("correction", [])
    except tomllib.TOMLDecodeError as error:
        raise BadInput(f"{path}: not valid TOML ({error})") from error
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise BadInput(f"{path}: each correction is a table of its own: [[correction]]")
    for number, entry in enumerate(entries, 1):
        yield f"correction {number}", {name.lower(): str(value).strip() for name, value in entry.items()}


def _correction(fields: Mapping[str, str]) -> Correction:
    """The correction of a line; raises ValueError with what is wrong."""
    sha256 = fields.get("sha256", "").lower()
    if not re.fullmatch(r"[0-9a-f]{64}", sha256):
        raise ValueError(f"sha256 {sha256!r} is not 64 hexadecimal digits")
    key = CellKey(fields.get("table", ""), fields.get("row", ""), fields.get("column", ""))
    if key not in _known():
        raise ValueError(f"no form has a cell {key} (nianbao indicators lists them)")
    verdict = fields["verdict"].lower()
    if verdict not in set(Verdict):
        raise ValueError(f"verdict {verdict!r} is none of {', '.join(Verdict)}")
    for name in ("who", "why"):
        if not fields.get(name):
            raise ValueError(f"{name} is missing: a verdict needs {'a name' if name == 'who' else 'a reason'}")
    state, value = _reading(fields.get("value", ""), fields.get("state", "").lower())
    when, why = _day(fields.get("when", "")), fields["why"]
    return Correction(
        sha256, key, Verdict(verdict), state, value, fields.get("printed", ""), fields["who"], when, why
    )


def _reading(value: str, state: str) -> tuple[CellState, Decimal | None]:
    if state and state not in set(CellState):
        raise ValueError(f"state {state!r} is none of {', '.join(CellState)}")
    if bool(value) != (state in ("", CellState.NUMBER)):
        said = f"value {value} and state {state} contradict each other" if value else "value is missing"
        raise ValueError(f"{said}; give the figure, or for a cell without one its state")
    if not value:
        return CellState(state), None
    if not re.fullmatch(r"-?[0-9]{1,30}(\.[0-9]{1,12})?", value):
        raise ValueError(f"value {value!r} is not a plain number (1234.5)")
    return CellState.NUMBER, Decimal(value)


def _day(text: str) -> date:
    """A day as people and spreadsheets write it: 2024-03-01, 2024/3/1."""
    match = re.fullmatch(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})", text)
    try:
        if match is not None:
            return date(*map(int, match.groups()))
    except ValueError:
        pass
    raise ValueError(f"when {text!r} is not a day (2024-03-01)")


@cache
def _known() -> frozenset[CellKey]:
    from parsers.forms import all_indicators  # the forms take time to load

    return frozenset(indicator.key for indicator in all_indicators() if indicator.editions)
