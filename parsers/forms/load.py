"""Reads the TOML file of a form, and says precisely what is wrong with one that has another shape."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from typing import Any

from parsers.errors import BadInput
from parsers.forms.form import (
    Block,
    Derived,
    Example,
    Form,
    Group,
    Identity,
    Kind,
    Label,
    Layout,
    Numbers,
    Recognise,
    Relation,
    Table,
    matching,
)
from parsers.forms.grade import Grade


def load_form(name: str, content: str) -> Form:
    """The form that a TOML file describes. ``name`` is the file's name, for messages.

    Raises BadInput with the file's name and what is missing or wrong.
    """
    try:
        data = tomllib.loads(content)
        form = Form(
            id=data["id"],
            edition=data["edition"],
            version=data["version"],
            name=data["name"],
            english=data["en"],
            source=data["source"],
            first_year=data["first_year"],
            last_year=data.get("last_year"),
            recognise=Recognise(tuple(data["recognise"]["labels"]), tuple(data["recognise"]["notices"])),
            tables=tuple(_table(table) for table in data["table"]),
            derived=tuple(_derived(entry) for entry in data.get("derived", [])),
            identities=tuple(_identity(entry) for entry in data.get("identity", [])),
            examples=tuple(Example(e["name"], e["grid"], e["cells"]) for e in data.get("example", [])),
            attached=data.get("attached", False),
        )
        _verify(form)
    except tomllib.TOMLDecodeError as error:
        raise BadInput(f"{name}: not valid TOML ({error})") from error
    except KeyError as error:
        raise BadInput(f"{name}: {error.args[0]!r} is missing or not known") from error
    except ValueError as error:
        raise BadInput(f"{name}: {error}") from error
    return form


def _table(data: Mapping[str, Any]) -> Table:
    return Table(
        key=data["key"],
        label=data["label"],
        english=data["en"],
        layout=Layout(data["layout"]),
        unit=data["unit"],
        rows=tuple(_label(entry) for entry in data["rows"]),
        columns=tuple(_label(entry) for entry in data["columns"]),
        groups=tuple(Group(entry["label"], tuple(entry.get("aliases", ()))) for entry in data.get("groups", ())),
        blocks=tuple(
            Block(b["label"], tuple(b.get("aliases", ())), tuple(b["rows"]), tuple(b["columns"]))
            for b in data.get("blocks", ())
        ),
        corner=tuple(data.get("corner", ())),
        banners=tuple(data.get("banners", ())),
        subtotals=tuple(data.get("subtotals", ())),
        lead_ins=tuple(data.get("lead_ins", ())),
    )


def _label(data: Mapping[str, Any]) -> Label:
    return Label(
        key=data["key"],
        path=tuple(data["path"]),
        english=data["en"],
        aliases=tuple(data.get("aliases", ())),
        unit=data.get("unit"),
        unit_printed=data.get("unit_printed", True),
        numbers=Numbers(data.get("numbers", "whole")),
        kind=Kind(data.get("kind", "flow")),
    )


def _derived(data: Mapping[str, Any]) -> Derived:
    if ("row" in data) == ("column" in data):
        raise ValueError(f"derived {data.get('label')!r} must name either a row or a column")
    return Derived(data["table"], data.get("row"), data.get("column"), data["label"], data["en"], tuple(data["sum"]))


def _identity(data: Mapping[str, Any]) -> Identity:
    if data["across"] not in ("rows", "columns"):
        raise ValueError(f"identity {data['code']}: across must be rows or columns")
    return Identity(
        code=data["code"],
        table=data["table"],
        across=data["across"],
        over=tuple(data.get("over", ())),
        left=tuple(data["left"]),
        relation=Relation(data["relation"]),
        right=tuple(data["right"]),
        grade=Grade(data["grade"]),
        sentence=data["sentence"],
        source=data["source"],
        holds=data["holds"],
        breaks=data["breaks"],
    )


def _verify(form: Form) -> None:
    """Every key that one part of the file mentions exists in another; raises KeyError or ValueError."""
    for table in form.tables:
        if (table.layout is Layout.BLOCKS) != bool(table.blocks):
            raise ValueError(f"table {table.key}: layout blocks and a list of blocks go together")
        if table.layout is Layout.LIST and len(table.columns) != 1:
            raise ValueError(f"table {table.key}: layout list has one column")
        for block in table.blocks:
            for row in block.rows:
                table.row(row)
            for column in block.columns:
                table.column(column)
    for identity in form.identities:
        table = form.table(identity.table)
        across_columns = identity.across == "columns"
        terms = (*identity.left, *identity.right)
        _require_keys(f"identity {identity.code}", terms, table.rows if across_columns else table.columns)
        for line in identity.over:
            _ = table.column(line) if across_columns else table.row(line)
    for derived in form.derived:
        table = form.table(derived.table)
        _require_keys(f"derived {derived.label}", derived.terms, table.rows if derived.row else table.columns)


def _require_keys(what: str, terms: Sequence[str], axis: Sequence[Label]) -> None:
    """Raises ValueError for the first term that names no row or column of ``axis``; ``what`` is for the message."""
    keys = [label.key for label in axis]
    for term in terms:
        if not matching([term], keys):
            raise ValueError(f"{what}: no key matches {term!r}")
