"""How an agency writes a figure into a cell: signs for nothing, units, separators, full-width digits.

The figures that come out are the gold: state and value as the conventions of the form define them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from random import Random

from corpus.gold import Figure
from parsers.forms.form import Form, Numbers, Table
from parsers.report import CellKey, CellState

_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_NOTHING = ("/", "—", "-", "无", "／", "不适用", "不涉及", "--")
_WHOLLY_UNREADABLE = ("见附件", "12 3", "？", "1或2")


def printed_cells(
    random: Random, form: Form, values: dict[CellKey, Decimal], traits: frozenset[str]
) -> dict[CellKey, Figure]:
    """Every cell of the form as printed under the agency's habits (``traits``)."""
    write = _writer(random, traits)
    cells = {key: write(form.table(key.table), key, value) for key, value in values.items()}
    if "rules_dash" in traits:
        sign = random.choice(_NOTHING)
        cells |= {key: Figure(CellState.DASH, None, sign) for key in cells if key.row == "rules" and not values[key]}
    if "nothing_signs" in traits:
        for key in [key for key in cells if key.table == "proactive" and not values[key] and random.random() < 0.3]:
            cells[key] = Figure(CellState.DASH, None, random.choice(_NOTHING))
    if "only_totals" in traits:
        cells |= {key: Figure(CellState.BLANK) for key in cells if key.table == "requests" and key.column != "total"}
    if "blank_totals" in traits:
        cells |= {key: Figure(CellState.BLANK) for key in cells if key.table == "requests" and key.column == "total"}
    if "missing_row" in traits:
        cells |= _without_row(random, form, values)
    if "missing_block" in traits:
        rows = form.table("proactive").blocks[-1].rows
        cells |= {key: Figure(CellState.ABSENT) for key in cells if key.table == "proactive" and key.row in rows}
    if "unreadable_cell" in traits:
        key = random.choice(
            [key for key in cells if key.table == "proactive" and cells[key].state is CellState.NUMBER]
        )
        cells[key] = Figure(CellState.UNREADABLE, None, random.choice(_WHOLLY_UNREADABLE))
    if "no_table_four" in traits:
        cells |= {key: Figure(CellState.ABSENT) for key in cells if key.table == "review_litigation"}
    return cells


def _without_row(random: Random, form: Form, values: Mapping[CellKey, Decimal]) -> dict[CellKey, Figure]:
    """The cells of a row of requests that the agency left out, one that holds nothing but zeros."""
    rows = [row.key for row in form.table("requests").rows if row.key.startswith("outcome.")]
    left_out = random.choice([r for r in rows if not any(v for k, v in values.items() if k.row == r)] or rows[:1])
    if any(value for key, value in values.items() if key.row == left_out):
        return {}
    return {key: Figure(CellState.ABSENT) for key in values if key.row == left_out}


def _writer(random: Random, traits: frozenset[str]) -> Callable[[Table, CellKey, Decimal], Figure]:
    procurement_unit = random.choice(("", "元", "万元"))
    minus = "−" if "typographic_minus" in traits else random.choice("--－")

    def write(table: Table, key: CellKey, value: Decimal) -> Figure:
        blank = _is_blank(key, value, traits)
        if blank:
            return Figure(CellState.BLANK, None, "")
        column = table.column(key.column)
        raw = _digits(value)
        if column.numbers is Numbers.SIGNED and value:
            raw = _change(value, minus, in_words="change_words" in traits, plus="plus_signs" in traits)
        if "separators" in traits and value >= 1000:
            raw = f"{value:,}"
        unit = ""
        if not column.unit_printed and column.unit:
            unit = procurement_unit
        elif "units" in traits and value and key.table == "proactive" and random.random() < 0.4:
            unit = table.unit_of(key)
        if unit == "元" or ("yuan_header" in traits and key.row == "fees" and key.column == "amount"):
            raw, unit = _digits(value * 10000), unit.removeprefix("万")
        if "full_width" in traits:
            raw = raw.translate(_FULL_WIDTH)
        return Figure(CellState.NUMBER, value, raw + unit)

    return write


def _is_blank(key: CellKey, value: Decimal, traits: frozenset[str]) -> bool:
    if value or (key.table == "proactive" and "blank_zeros_everywhere" not in traits):
        return False
    if "blank_zeros_everywhere" in traits or "blank_zeros" in traits:
        return True
    return "blank_zeros_but_totals" in traits and key.column != "total"


def _change(value: Decimal, minus: str, *, in_words: bool, plus: bool) -> str:
    """A change as agencies write it: with either of several minus signs, or with a word in front."""
    digits = _digits(abs(value))
    if in_words:
        return ("增" if value > 0 else "减") + digits
    return ("+" * plus if value > 0 else minus) + digits


def _digits(value: Decimal) -> str:
    """The value in plain digits, without idle zeros behind the point.

    >>> _digits(Decimal("4.4000")), _digits(Decimal("120"))
    ('4.4', '120')
    """
    return f"{value.normalize():f}"
