"""The dictionary of indicators: every quantity that any edition asks for, once, with the editions that print it.

A quantity has the same key in every edition: that is what makes years comparable.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from parsers.forms.form import Derived, Form, Label, Table, matching
from parsers.forms.key import CellKey


@dataclass(frozen=True, slots=True)
class Indicator:
    """One quantity. ``editions`` print it; ``derived_in`` are the editions in which it is not printed and can be
    summed from ``terms``, which hold for any edition (keys that an edition lacks are left out of the sum).
    ``row_label`` and ``column_label`` are those of the newest edition."""

    key: CellKey
    row_label: str
    column_label: str
    english: str
    unit: str
    kind: str
    editions: tuple[str, ...]
    derived_in: tuple[str, ...] = ()
    terms: tuple[CellKey, ...] = ()


def indicators_of(forms: Iterable[Form]) -> tuple[Indicator, ...]:
    """One entry for each quantity of the forms, printed or derived, in the order of the newest form that has it.

    Forms are given oldest first; labels, unit and kind are taken from the newest.
    """
    found: dict[CellKey, Indicator] = {}
    for form in forms:
        for indicator in (*_printed(form), *_derived(form)):
            older = found.pop(indicator.key, None)
            if older is not None:
                indicator = replace(
                    indicator,
                    editions=older.editions + indicator.editions,
                    derived_in=older.derived_in + indicator.derived_in,
                    terms=tuple(dict.fromkeys(older.terms + indicator.terms)),
                )
            found[indicator.key] = indicator
    return tuple(found.values())


def _printed(form: Form) -> Iterable[Indicator]:
    for table in form.tables:
        for key in table.cell_keys():
            row, column = table.row(key.row), table.column_at(key)
            yield _indicator(table, key, row, column, editions=(form.edition,))


def _derived(form: Form) -> Iterable[Indicator]:
    for derived in form.derived:
        table = form.table(derived.table)
        for key, terms in _derived_cells(table, derived):
            row = table.row(key.row) if derived.row is None else _derived_label(derived)
            column = table.column(key.column) if derived.column is None else _derived_label(derived)
            yield _indicator(table, key, row, column, derived_in=(form.edition,), terms=terms)


def _derived_cells(table: Table, derived: Derived) -> Iterable[tuple[CellKey, tuple[CellKey, ...]]]:
    if derived.row is not None:
        terms = matching(derived.terms, [row.key for row in table.rows])
        for column in table.columns:
            key = CellKey(table.key, derived.row, column.key)
            yield key, tuple(CellKey(table.key, term, column.key) for term in terms)
    if derived.column is not None:
        terms = matching(derived.terms, [column.key for column in table.columns])
        for row in table.rows:
            key = CellKey(table.key, row.key, derived.column)
            yield key, tuple(CellKey(table.key, row.key, term) for term in terms)


def _derived_label(derived: Derived) -> Label:
    return Label(derived.row or derived.column or "", (derived.label,), derived.english)


def _indicator(
    table: Table,
    key: CellKey,
    row: Label,
    column: Label,
    *,
    editions: tuple[str, ...] = (),
    derived_in: tuple[str, ...] = (),
    terms: tuple[CellKey, ...] = (),
) -> Indicator:
    return Indicator(
        key=key,
        row_label=row.text,
        column_label=column.text,
        english=f"{row.english} · {column.english}",
        unit=column.unit or table.unit,
        kind=column.kind.value,
        editions=editions,
        derived_in=derived_in,
        terms=terms,
    )
