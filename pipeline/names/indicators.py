"""The dictionary of indicators as people name them: full keys, short forms, Chinese labels, near matches.

An indicator is a figure of the form (``requests/received.new/total``), a sum that the form does not print
(``requests/outcome.denied/total``) or a formula over figures (``rate.disclosure``). Here all are one thing: a
:class:`Quantity`, figures with weights over figures with weights.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import get_close_matches
from functools import cache

from db.formulas import Formula, all_formulas
from parsers.errors import BadInput
from parsers.forms import Indicator, all_indicators, forms_of_reports
from parsers.report import Cell, CellKey, CellState
from pipeline.shown.output import DISAGREEING, SIGNS, SIGNS_EXPLAINED

NOT_STATED = {CellState.ABSENT, CellState.UNREADABLE}


@dataclass(frozen=True, slots=True)
class Figure:
    """What a report says of a quantity: a value with its unit (None: neither form nor page tell), or the state of the cell
    that has no value. ``disagree`` says that there is none as several figures of the prose do not add up."""

    value: Decimal | None
    state: CellState
    unit: str | None = None
    disagree: bool = False

    @property
    def standing(self) -> str:
        """The state in a word: that of a cell, or ``disagreeing``."""
        return "disagreeing" if self.disagree else self.state.value

    @property
    def sign(self) -> str | None:
        """What stands for it where it has no value."""
        return DISAGREEING if self.disagree else SIGNS.get(self.state)


@dataclass(frozen=True, slots=True)
class Quantity:
    """An indicator or formula. ``unit`` is empty for ratios; ``editions`` print it, ``summed_in`` give it as a sum."""

    key: str
    label: str
    english: str
    unit: str
    kind: str
    editions: tuple[str, ...] = ()
    summed_in: tuple[str, ...] = ()
    cell: CellKey | None = None
    numerator: Mapping[CellKey, int] = field(default_factory=dict)
    denominator: Mapping[CellKey, int] = field(default_factory=dict)

    @property
    def is_ratio(self) -> bool:
        """Whether it is a share of something."""
        return bool(self.denominator)

    @property
    def signs(self) -> str:
        """What the signs for a figure without a value mean."""
        return SIGNS_EXPLAINED

    def figure(self, cells: Mapping[CellKey, Cell]) -> Figure | None:
        """The quantity in a report with these cells; None when its form does not ask for it, or it is x/0.

        A sum counts blanks and dashes beside a number as 0; nothing but blanks and dashes is no number, and a term that is
        not stated makes the sum not stated.
        """
        if self.cell is not None and self.cell in cells:
            cell = cells[self.cell]
            return Figure(cell.value, cell.state, cell.unit)
        above = _sum(self.numerator, cells)
        if above is None or above.value is None or not self.denominator:
            return above
        below = _sum(self.denominator, cells)
        if below is None or below.value is None:
            return below
        return Figure(above.value / below.value, CellState.NUMBER, "") if below.value else None

    @property
    def keys(self) -> frozenset[CellKey]:
        """Every cell that it can be read from, in whatever edition."""
        own = () if self.cell is None else (self.cell,)
        return frozenset((*own, *self.numerator, *self.denominator))

    def terms(self, cells: Mapping[CellKey, Cell]) -> tuple[CellKey, ...]:
        """The cells that the quantity is read from in a report with these cells."""
        if self.cell is not None and self.cell in cells:
            return (self.cell,)
        return tuple(key for key in (*self.numerator, *self.denominator) if key in cells)


@cache
def all_quantities() -> tuple[Quantity, ...]:
    """The forms' indicators in their order, then the formulas."""
    return (*map(_of_indicator, all_indicators()), *map(_of_formula, all_formulas()))


def find_quantity(text: str) -> Quantity:
    """The one quantity that a person means: its key, or as much of it as is unambiguous.

    Without a column the total is meant (``received.new``), or the only column that the row has (``licensing``).
    Without a table, any. A row may be given by its end (``granted``), and by its Chinese label.
    Raises BadInput with near matches for an unknown or ambiguous name.
    """
    found = quantities_named(text)
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(quantity.key for quantity in found[:6])
        raise BadInput(f"{text} may mean several: {names}{' …' if len(found) > 6 else ''}; give more of the key")
    near = _near(text)
    hint = f"; did you mean {' or '.join(near)}?" if near else ""
    raise BadInput(f"{text}: no such indicator{hint} (all of them: nianbao indicators)")


def quantities_named(text: str) -> list[Quantity]:
    """The quantities that a text can mean, read as strictly as it names anything; of several the total, where there is one."""
    found = _matches(text.strip())
    totals = [quantity for quantity in found if quantity.cell is not None and quantity.cell.column == "total"]
    return totals if len(totals) == 1 else found


def search_quantities(words: Sequence[str]) -> tuple[Quantity, ...]:
    """The quantities whose key or labels hold every word, without regard to case, in the order of the forms."""
    wanted = [word.casefold() for word in words]
    described = ((f"{q.key} {q.label} {q.english}".casefold(), q) for q in all_quantities())
    return tuple(quantity for text, quantity in described if all(word in text for word in wanted))


def _sum(weights: Mapping[CellKey, int], cells: Mapping[CellKey, Cell]) -> Figure | None:
    """None when the form has none of the terms; terms that only another edition prints are left out."""
    terms = [(cells[key], weight) for key, weight in weights.items() if key in cells]
    if not terms:
        return None
    for cell, _ in terms:
        if cell.state in NOT_STATED:
            return Figure(None, cell.state)
    if all(cell.value is None for cell, _ in terms):
        return Figure(None, terms[0][0].state)
    total = sum(((cell.value or Decimal(0)) * weight for cell, weight in terms), Decimal(0))
    units = {cell.unit for cell, _ in terms if cell.value is not None}
    return Figure(total, CellState.NUMBER, units.pop() if len(units) == 1 else None)


def _of_indicator(indicator: Indicator) -> Quantity:
    return Quantity(
        key=str(indicator.key),
        label=f"{indicator.row_label} · {indicator.column_label}",
        english=indicator.english,
        unit=indicator.unit,
        kind=indicator.kind,
        editions=indicator.editions,
        summed_in=indicator.derived_in,
        cell=indicator.key,
        numerator=dict.fromkeys(indicator.terms, 1),
    )


def _of_formula(formula: Formula) -> Quantity:
    return Quantity(
        key=formula.key,
        label=formula.chinese,
        english=formula.english,
        unit="" if formula.denominator else "件",
        kind="ratio" if formula.denominator else "amount",
        numerator=formula.numerator,
        denominator=formula.denominator,
    )


def _matches(text: str) -> list[Quantity]:
    """What the text names in the strictest sense that names anything at all."""
    for names in (_full, _short, _ends, _labels):
        found = [quantity for quantity in all_quantities() if text in names(quantity)]
        if found:
            return found
    return []


def _full(quantity: Quantity) -> set[str]:
    return {quantity.key}


def _short(quantity: Quantity) -> set[str]:
    """A row alone is enough, unless it is that of an attached table and also the name of a group of rows of reports (received)."""
    key = quantity.cell
    if key is None:
        return set()
    names = {f"{key.row}/{key.column}", f"{key.table}/{key.row}", f"{key.row}.{key.column}"}
    return names if key.row in _groups() and _is_attached(quantity) else names | {key.row}


def _is_attached(quantity: Quantity) -> bool:
    """Whether no form of a report has the quantity, only one whose table is attached to some."""
    return not {form.edition for form in forms_of_reports()}.intersection((*quantity.editions, *quantity.summed_in))


@cache
def _groups() -> frozenset[str]:
    """The beginnings of keys of rows, up to a dot, in the forms of reports."""
    rows = [row.key.split(".") for form in forms_of_reports() for table in form.tables for row in table.rows]
    return frozenset(".".join(parts[:end]) for parts in rows for end in range(1, len(parts)))


def _ends(quantity: Quantity) -> set[str]:
    row, slash, rest = (quantity.cell.row, "/", quantity.cell.column) if quantity.cell else (quantity.key, "", "")
    parts = row.split(".")
    ends = {".".join(parts[start:]) for start in range(1, len(parts))}
    return ends | {f"{end}{join}{rest}" for end in ends for join in (slash, ".") if slash}


def _labels(quantity: Quantity) -> set[str]:
    row, _, column = quantity.label.partition(" · ")
    rows = {row, row.rpartition("/")[2], row.rpartition("/")[2].lstrip("（）一二三四五六七八九十、.0123456789")}
    return rows | {f"{name}/{column}" for name in rows}


def _near(text: str) -> list[str]:
    """Keys of the rows of a group that the text names (received: received.new), else keys that look like it, compared as
    full keys, as rows, and as ends of rows; no key twice."""
    within = [q.key for q in all_quantities() if q.cell is not None and q.cell.row.startswith(f"{text}.")]
    if within:
        return [key for key in within if key.endswith("/total")][:3] or within[:3]
    spelt: dict[str, str] = {}
    for quantity in all_quantities():
        if quantity.cell is None or quantity.cell.column == "total" or quantity.cell.table == "proactive":
            names = (quantity.key, *(name for name in _ends(quantity) | _short(quantity) if "/" not in name))
            spelt.update((name, quantity.key) for name in names if name not in spelt)
    close = get_close_matches(text, spelt, n=6, cutoff=0.6)
    return list(dict.fromkeys(spelt[name] for name in close))[:3]
