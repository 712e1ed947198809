"""The identities of a form over known figures. Written apart from the rules of ``parsers.checks`` on purpose: the
measure must not share a mistake with what it measures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from corpus.gold import Figure, Slip
from parsers.forms.form import Form, Identity, Relation, Table, matching
from parsers.report import CellKey, CellState


@dataclass(frozen=True, slots=True)
class Instance:
    """An identity in one row or column: the cells of its two sides."""

    slip: Slip
    left: tuple[CellKey, ...]
    right: tuple[CellKey, ...]
    relation: Relation


def instances_of(form: Form) -> Iterator[Instance]:
    """Every identity of the form in every row or column that has its terms."""
    for identity in form.identities:
        table = form.table(identity.table)
        known = set(table.cell_keys())
        for line in _lines(identity, table):
            left, right = (_keys(identity, table, line, terms) for terms in (identity.left, identity.right))
            if all(key in known for key in (*left, *right)):
                yield Instance(Slip(identity.code, line), left, right, identity.relation)


def breaks(form: Form, cells: Mapping[CellKey, Figure]) -> tuple[frozenset[Slip], frozenset[Slip]]:
    """The identities that the figures break: those that have to be reported, and those that may be.

    Blanks and dashes count as 0. A break may, and need not, be reported when a side states nothing at all (a
    total left blank), or when a cell of it is unreadable or absent.
    """
    certain: set[Slip] = set()
    arguable: set[Slip] = set()
    for instance in instances_of(form):
        sides = [[cells[key] for key in side] for side in (instance.left, instance.right)]
        if _holds(instance.relation, *(_sum(side) for side in sides)):
            continue
        unknown = {CellState.UNREADABLE, CellState.ABSENT}
        stated = all(not side or any(figure.value is not None for figure in side) for side in sides)
        known = all(figure.state not in unknown for side in sides for figure in side)
        (certain if stated and known else arguable).add(instance.slip)
    return frozenset(certain), frozenset(arguable)


def _sum(figures: list[Figure]) -> Decimal:
    return sum((figure.value or Decimal(0) for figure in figures), Decimal(0))


def _holds(relation: Relation, left: Decimal, right: Decimal) -> bool:
    match relation:
        case Relation.EQUAL:
            return left == right
        case Relation.AT_MOST:
            return left <= right
        case Relation.AT_LEAST:
            return left >= right


def _lines(identity: Identity, table: Table) -> tuple[str, ...]:
    if identity.over:
        return identity.over
    return tuple(label.key for label in (table.columns if identity.across == "columns" else table.rows))


def _keys(identity: Identity, table: Table, line: str, terms: tuple[str, ...]) -> tuple[CellKey, ...]:
    if identity.across == "columns":
        rows = matching(terms, [row.key for row in table.rows])
        return tuple(CellKey(table.key, row, line) for row in rows)
    columns = matching(terms, [column.key for column in table.columns])
    return tuple(CellKey(table.key, line, column) for column in columns)
