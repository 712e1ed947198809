"""``manifest.csv``: what a person knows about the files beside it, and says. It wins over what is read.

::

    file,agency,year,scope
    2021/年报.pdf,中卫市公安局,2021,agency

``file`` is relative to the manifest's folder, with ``/`` or ``\\``; ``agency``, ``year`` (four digits) and ``scope``
(``agency`` or ``area``) may be left empty; other columns are for people and are not read. UTF-8 or GB18030.
"""

from __future__ import annotations

import csv
import io
import posixpath
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import get_close_matches

from parsers.errors import BadInput
from parsers.report import Scope

NAME = "manifest.csv"
COLUMNS = ("file", "agency", "year", "scope")
FIRST_YEAR = 2003
"""The first municipal rules on disclosure; a year before them, or one to come, is a slip of the pen."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What one line says of one file; None where it says nothing. ``problem`` is a sentence when the line cannot
    be used: then the file must not be stored on a guess."""

    line: int
    agency: str | None = None
    year: int | None = None
    scope: Scope | None = None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """The lines of one manifest by file, paths relative to the manifest, ``/`` between the parts."""

    location: str
    entries: Mapping[str, Entry]

    def entry(self, relative: str) -> Entry | None:
        """The line about a file, if there is one."""
        return self.entries.get(relative)


def read_manifest(content: bytes, location: str) -> Manifest:
    """The manifest that these bytes hold; ``location`` is for messages.

    Raises BadInput when the file as a whole cannot be used (its encoding, no column ``file``). A line that
    cannot be used becomes an entry with a problem, which names the line.
    """
    rows = csv.reader(io.StringIO(decoded(content, location), newline=""))
    try:
        header = [name.strip().lower() for name in next(rows, [])]
        _check_header(header, f"{location}, line 1")
        entries: dict[str, Entry] = {}
        for row in rows:
            if not any(field.strip() for field in row):
                continue
            fields = {name: value.strip() for name, value in zip(header, row, strict=False)}
            path = normalised(fields["file"]) if fields.get("file") else ""
            entry = _entry(fields, f"{location}, line {rows.line_num}", rows.line_num, len(row) > len(header))
            if path in entries:
                first = entries[path].line
                entry = Entry(entry.line, problem=f"{location}, line {entry.line}: {path} stands in line {first} too")
            entries[path] = entry
    except csv.Error as error:
        raise BadInput(f"{location}, line {rows.line_num}: not valid CSV ({error})") from error
    return Manifest(location, entries)


def _check_header(header: Sequence[str], where: str) -> None:
    """Raises BadInput where no column names the files, or one nearly has the name of another: what it says would be lost."""
    if "file" not in header:
        found = ", ".join(header) or "nothing"
        apart = "" if len(header) > 1 or not re.search("[;\t]", found) else " (columns stand between commas)"
        raise BadInput(f"{where}: a column named file is needed; found: {found}{apart}")
    for name in header:
        meant = get_close_matches(name, [column for column in COLUMNS if column not in header], n=1, cutoff=0.7)
        if name not in COLUMNS and meant:
            raise BadInput(f"{where}: the column {name} is not known; is {meant[0]} meant? Else give it another name")


def normalised(path: str) -> str:
    """A relative path as manifests and discovery compare it.

    >>> normalised(".\\\\2021\\\\年报.pdf")
    '2021/年报.pdf'
    """
    return posixpath.normpath(path.replace("\\", "/"))


def decoded(content: bytes, location: str) -> str:
    """The text of a CSV file as people save them, UTF-8 or GB18030; raises BadInput for anything else."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadInput(f"{location}: neither UTF-8 nor GB18030; save it as CSV UTF-8")


def _entry(fields: Mapping[str, str], where: str, line: int, too_long: bool) -> Entry:
    year, scope = fields.get("year", ""), fields.get("scope", "").lower()
    if not fields.get("file"):
        problem = "the file's name is missing"
    elif too_long:
        problem = "more fields than the header names; put quotation marks around a field with a comma"
    elif year and not (year.isdecimal() and len(year) == 4):
        problem = f"year {year!r} is not a year of four digits"
    elif year and not FIRST_YEAR <= int(year) <= datetime.now(UTC).year:
        problem = f"year {year}: reports are for the years from {FIRST_YEAR} to {datetime.now(UTC).year}"
    elif scope and scope not in set(Scope):
        problem = f"scope {scope!r} is neither agency nor area"
    else:
        return Entry(line, fields.get("agency") or None, int(year) if year else None, Scope(scope) if scope else None)
    return Entry(line, problem=f"{where}: {problem}")
