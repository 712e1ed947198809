"""What it means for a report that its file is damaged: how it is told, and when nothing of a report is left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from parsers.checks.reading import reading_finding
from parsers.document import Document, Note
from parsers.errors import Unreadable
from parsers.report import FILE_DAMAGED, Cell, CellKey, CellState, Finding, Identity

_CUT, _HOLED = "truncated", "damaged"
_MOST_TOLD = 3


def damage_of(document: Document) -> tuple[Note, ...]:
    """What the reader noted of damage to the file: to all of it, or to single pages."""
    return tuple(note for note in document.notes if note.code in (_CUT, _HOLED))


def too_damaged(document: Document, left: str) -> Unreadable:
    """The error for a damaged file of which no report is left; ``left`` says what is."""
    return Unreadable(
        f"{document.name}: the file is damaged, and no report can be read in what is left of it: {left}. Fetch it again."
    )


def require_remains(document: Document, identity: Identity, cells: Iterable[Cell]) -> None:
    """Raises Unreadable for a damaged file that has neither an agency nor a cell: it tells nothing of anybody."""
    if damage_of(document) and identity.agency is None and not any(cell.state.is_known for cell in cells):
        raise too_damaged(document, "it names no agency, and not one cell of a table is there")


def damage_finding(document: Document, cells: Sequence[Cell]) -> Finding | None:
    """The finding that says that the file is damaged; None for one that is not. It names the cells that may be wrong for it."""
    damage = damage_of(document)
    if not damage:
        return None
    return reading_finding(FILE_DAMAGED, _told(damage), _doubtful(document, damage, cells))


def _doubtful(document: Document, damage: Sequence[Note], cells: Sequence[Cell]) -> list[CellKey]:
    """Cells that damage may have changed. In a PDF those that are empty, on every page, as pages share fonts: a figure may be
    lost there. In another file that has holes all that were read, as the rest moves up; in one that breaks off those of
    its last row, and those that are empty because nothing at all stands there."""
    read = [cell for cell in cells if cell.state.is_known]
    if document.page_count:
        return [cell.key for cell in read if cell.state is CellState.BLANK]
    if any(note.code == _HOLED for note in damage):
        return [cell.key for cell in read]
    last = max(read, key=_end_of, default=None)
    row = (last.key.table, last.key.row) if last is not None else None
    return [cell.key for cell in read if cell.evidence is None or (cell.key.table, cell.key.row) == row]


def _end_of(cell: Cell) -> int:
    return cell.evidence.span.end if cell.evidence is not None else 0


def _told(damage: Sequence[Note]) -> str:
    said = [f"page {note.page}: {note.message}" if note.page else note.message for note in damage[:_MOST_TOLD]]
    return " ".join(said) + (" …" if len(damage) > _MOST_TOLD else "")
