"""The dictionary of indicators, and the formulas over them."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Index,
    UniqueConstraint,
)

from db.schema.table import column, table
from db.types import INTEGER, TEXT

INDICATOR = table(
    "indicator",
    "The dictionary: one row a quantity, the same in every edition that asks for it. The number follows from the "
    "key, so it is the same in every database and never changes.",
    Column(
        "id", INTEGER, primary_key=True, autoincrement=False, comment="Number of the indicator, made from its key."
    ),
    column("key", TEXT, "table/row/column."),
    column("table_key", TEXT, "Table of the form."),
    column("row_key", TEXT, "Row."),
    column("column_key", TEXT, "Column."),
    column("row_label", TEXT, "Official labels of the row, from the outermost group inwards."),
    column("column_label", TEXT, "Official labels of the column."),
    column("english", TEXT, "Row and column in English."),
    column("unit", TEXT, "Unit of the form; fixed for ever, as cells refer to it.", null=True),
    column("kind", TEXT, "flow: happened in the year; stock: stands at its end; change.", null=True),
    column("position", INTEGER, "Order for display."),
    UniqueConstraint("key"),
    UniqueConstraint("table_key", "row_key", "column_key"),
)
INDICATOR_EDITION = table(
    "indicator_edition",
    "In which editions a quantity is printed, and in which it is the sum of others.",
    column("edition", TEXT, "Edition of the form.", key=True),
    column("indicator_id", INTEGER, "The quantity.", key=True, to="indicator.id", ondelete="CASCADE"),
    column("summed", INTEGER, "0: printed; 1: not printed, the sum of its terms."),
    Index(None, "indicator_id"),
    rowid=False,
)
INDICATOR_TERM = table(
    "indicator_term",
    "What a quantity that is not printed is the sum of (terms that an edition lacks are left out).",
    column("indicator_id", INTEGER, "The sum.", key=True, to="indicator.id", ondelete="CASCADE"),
    column("term_id", INTEGER, "One of its terms.", key=True, to="indicator.id", ondelete="CASCADE"),
    Index(None, "term_id"),
    rowid=False,
)
FORMULA = table(
    "formula",
    "Derived indicators: numerator over denominator, or an amount.",
    column("key", TEXT, "Name of the derived indicator.", key=True),
    column("chinese", TEXT, "Name in Chinese."),
    column("english", TEXT, "What it says, in English."),
    column("is_ratio", INTEGER, "1: numerator / denominator; 0: the numerator alone."),
    column("position", INTEGER, "Order for display."),
    rowid=False,
)
FORMULA_TERM = table(
    "formula_term",
    "What the numerator and the denominator of a derived indicator are the sums of.",
    column("formula_key", TEXT, "The derived indicator.", key=True, to="formula.key", ondelete="CASCADE"),
    column("side", TEXT, "numerator or denominator.", key=True),
    column("indicator_id", INTEGER, "A quantity that is printed.", key=True, to="indicator.id", ondelete="CASCADE"),
    column("weight", INTEGER, "1: added; -1: taken away."),
    Index(None, "indicator_id"),
    rowid=False,
)
