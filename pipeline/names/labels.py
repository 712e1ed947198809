"""What the cells of the forms are called in Chinese."""

from __future__ import annotations

from functools import cache

from parsers.forms import all_indicators, form_of
from parsers.report import CellKey


def labels_of(key: CellKey, edition: str | None = None) -> tuple[str, str]:
    """Labels of a cell's row, from the outermost group inwards, and of its column: as an edition prints them, or where it
    does not ask for the cell (and without an edition) as the newest one does that asks for it. An unknown cell has its keys.

    >>> labels_of(CellKey("requests", "carried_forward", "total"), "2021")
    ('四、结转下年度继续办理', '总计')
    """
    return (_of_edition(edition) if edition else {}).get(key) or _of_all().get(key, (key.row, key.column))


def name_of(key: CellKey, edition: str | None = None) -> str:
    """Both labels as one name, as people are told which cell is meant."""
    return " · ".join(labels_of(key, edition))


@cache
def _of_edition(edition: str) -> dict[CellKey, tuple[str, str]]:
    form = form_of(edition)
    return {} if form is None else {key: form.labels_of(key) for key in form.cell_keys()}


@cache
def _of_all() -> dict[CellKey, tuple[str, str]]:
    return {indicator.key: (indicator.row_label, indicator.column_label) for indicator in all_indicators()}
