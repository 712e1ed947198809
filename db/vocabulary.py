"""The dictionary of indicators in the database: their numbers, and keeping the tables in step with the forms.

An indicator's number is made from its key (``table/row/column``), so that it is the same in every database, for
every version of the program, and a new edition of a form changes nobody's number. Two keys that meet on one
number are very unlikely (a test says that the forms have none); the later one then takes the next free number.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

from sqlalchemy import Connection, delete, insert, select, update

from db.formulas import all_formulas
from db.schema import FORMULA, FORMULA_TERM, INDICATOR, INDICATOR_EDITION, INDICATOR_TERM, META
from parsers.forms import Indicator, all_indicators
from parsers.report import CellKey

NUMBERS = 1 << 23
"""How many numbers there are: what a signed integer of three bytes holds, since each of a report's two hundred
cells stores one. A thousand indicators collide with a probability of 6 %, today's three hundred with 0.5 %."""

UNKNOWN_POSITION = 1_000_000
"""Where indicators are listed that no form of this program has (a report read by another version)."""


def number_of(key: CellKey) -> int:
    """The number that a key asks for.

    >>> number_of(CellKey("requests", "received.new", "total"))
    3513511
    """
    return int.from_bytes(hashlib.sha256(str(key).encode()).digest()[:4], "big") % NUMBERS


def digest() -> str:
    """What the dictionary of this program is, in a few letters: it changes with any form or formula."""
    return hashlib.sha256(repr((all_indicators(), all_formulas())).encode()).hexdigest()[:16]


def numbers(connection: Connection) -> dict[CellKey, int]:
    """Every indicator that the database knows, with its number."""
    rows = connection.execute(
        select(INDICATOR.c.table_key, INDICATOR.c.row_key, INDICATOR.c.column_key, INDICATOR.c.id)
    )
    return {CellKey(table, row, column): number for table, row, column, number in rows}


def synchronise(connection: Connection) -> None:
    """Writes the forms' dictionary and the formulas into the database, unless they are there.

    Indicators are added and their labels renewed; none is ever removed or renumbered, and a unit once written
    stays, because the cells refer to it.
    """
    today = digest()
    stored = connection.execute(select(META.c.value).where(META.c.name == "dictionary")).scalar()
    if stored == today:
        return
    known = numbers(connection)
    for position, indicator in enumerate(all_indicators()):
        labels = _labels(indicator) | {"position": position}
        if indicator.key in known:
            connection.execute(update(INDICATOR).where(INDICATOR.c.id == known[indicator.key]).values(labels))
        else:
            add(connection, known, indicator.key, labels | {"unit": indicator.unit})
    _replace(connection, known)
    connection.execute(delete(META).where(META.c.name == "dictionary"))
    connection.execute(insert(META).values(name="dictionary", value=today))


def add(connection: Connection, known: dict[CellKey, int], key: CellKey, labels: Mapping[str, object]) -> int:
    """Gives a key its number, notes it in ``known``, and returns it."""
    taken = set(known.values())
    number = number_of(key)
    while number in taken:
        number = (number + 1) % NUMBERS
    row = {"row_label": "", "column_label": "", "english": "", "position": UNKNOWN_POSITION} | dict(labels)
    connection.execute(
        insert(INDICATOR).values(
            id=number, key=str(key), table_key=key.table, row_key=key.row, column_key=key.column, **row
        )
    )
    known[key] = number
    return number


def _labels(indicator: Indicator) -> dict[str, object]:
    return {
        "row_label": indicator.row_label,
        "column_label": indicator.column_label,
        "english": indicator.english,
        "kind": indicator.kind,
    }


def _replace(connection: Connection, known: Mapping[CellKey, int]) -> None:
    """Editions, terms and formulas hold nothing that a report refers to: they are written anew."""
    for table in (INDICATOR_EDITION, INDICATOR_TERM, FORMULA_TERM, FORMULA):
        connection.execute(delete(table))
    connection.execute(insert(INDICATOR_EDITION), list(_edition_rows(known)))
    connection.execute(
        insert(INDICATOR_TERM),
        [
            {"indicator_id": known[indicator.key], "term_id": known[term]}
            for indicator in all_indicators()
            for term in indicator.terms
        ],
    )
    formulas = all_formulas()
    connection.execute(
        insert(FORMULA),
        [
            {
                "key": formula.key,
                "chinese": formula.chinese,
                "english": formula.english,
                "is_ratio": int(bool(formula.denominator)),
                "position": position,
            }
            for position, formula in enumerate(formulas)
        ],
    )
    connection.execute(
        insert(FORMULA_TERM),
        [
            {"formula_key": formula.key, "side": side, "indicator_id": known[key], "weight": weight}
            for formula in formulas
            for side, terms in (("numerator", formula.numerator), ("denominator", formula.denominator))
            for key, weight in terms.items()
        ],
    )


def _edition_rows(known: Mapping[CellKey, int]) -> Iterator[dict[str, object]]:
    for indicator in all_indicators():
        for summed, editions in ((0, indicator.editions), (1, indicator.derived_in)):
            for edition in editions:
                yield {"edition": edition, "indicator_id": known[indicator.key], "summed": summed}
