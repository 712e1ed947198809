"""Pages of documents that have none: LibreOffice prints a Word file, and the cell is looked up in what it printed.

The picture is shown only when the printed page reads as the file did: the same state, the same figure. Printing and reading
happen in a process of their own, within limits, as the file is untrusted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from parsers.document import Box
from parsers.errors import NianbaoError
from parsers.report import Cell, CellState
from pipeline.ingest.convert import libreoffice, saved_as
from pipeline.ingest.workers import Job, Limits, Workers

SUFFIXES: Mapping[str, str] = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/msword": ".doc",
    "application/vnd.ms-works": ".wps",
    "application/rtf": ".rtf",
    "application/vnd.oasis.opendocument.text": ".odt",
}
"""Documents whose pages LibreOffice draws as people know them, and what they are called there. Not web pages: what it
makes of them is no page that anybody saw."""

LIMITS = Limits(seconds=90.0)
"""LibreOffice has 45 s of them for printing."""

Place = tuple[CellState, Decimal | None, Box]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A document as printed, and what its pages say: each cell by key, and where it stands."""

    pdf: bytes
    places: Mapping[str, Place]

    def place_of(self, cell: Cell) -> Box | None:
        """Where the cell stands; None when the printed page does not say the same."""
        state, value, box = self.places.get(str(cell.key), (None, None, None))
        return box if (state, value) == (cell.state, cell.value) else None


def can_be_drawn(media_type: str) -> bool:
    """Whether there is a program that draws pages of such a document."""
    return media_type in SUFFIXES and libreoffice() is not None


def drawn(content: bytes, name: str, media_type: str) -> Drawn:
    """The document as LibreOffice prints it. Raises as :func:`pipeline.ingest.convert.saved_as` does, and LimitExceeded."""
    job: Job[str, tuple[bytes, str, str], Drawn] = Job(name, name, (content, name, SUFFIXES[media_type]))
    with Workers(_printed, 1, LIMITS) as workers:
        ((_, result),) = workers.run([job])
    if isinstance(result, NianbaoError):
        raise result
    return result


def _printed(given: tuple[bytes, str, str]) -> Drawn:
    from parsers import parse_report

    content, name, suffix = given
    pdf = saved_as("pdf", content, name, suffix)
    report = parse_report(pdf, name=name)
    places = {
        str(cell.key): (cell.state, cell.value, cell.evidence.box)
        for cell in report.cells
        if cell.evidence is not None and cell.evidence.box is not None
    }
    return Drawn(pdf, places)
