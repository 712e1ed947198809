"""What a shell offers for a word that is half typed: agencies of the database, indicators, rules.

Where there is no database, or it cannot be read, there is nothing to offer: a shell has no place for a message.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import typer

from parsers.errors import NianbaoError
from pipeline.database import DEFAULT_DATABASE, open_store

if TYPE_CHECKING:
    from db import Store

MOST_OFFERED = 200
"""Agencies offered for one word: a terminal asks before it shows more."""


def agencies(context: typer.Context, incomplete: str) -> list[str]:
    """The names of stored agencies that begin with the text; where several places have the name, their handles."""
    store = _store(context)
    if store is None:
        return []
    with store:
        found = store.agencies(containing=incomplete.partition("@")[0])
    names = [agency.name for agency in found]
    offered = [agency.handle if names.count(agency.name) > 1 else agency.name for agency in found]
    return [name for name in offered if name.startswith(incomplete)][:MOST_OFFERED]


def indicators(incomplete: str) -> list[tuple[str, str]]:
    """The keys of indicators, and the figures of the prose, that begin with the text, each with its label; where none does,
    the short forms that do (received.new)."""
    from pipeline.names.indicators import all_quantities
    from pipeline.names.statements import names

    offered = [(quantity.key, quantity.label) for quantity in all_quantities()]
    offered += [(metric, labels[0]) for metric, labels in names()["metric"].items()]
    rows = {q.cell.row: q.label.partition(" · ")[0] for q in all_quantities() if q.cell is not None}
    for choice in (offered, rows.items()):
        found = [(key, label) for key, label in choice if key.startswith(incomplete)]
        if found:
            return found
    return []


def rules(context: typer.Context, incomplete: str) -> list[str]:
    """The codes of rules that begin with the text, those of stored findings too."""
    from pipeline.rules import known_rules

    store = _store(context)
    if store is None:
        return []
    with store:
        return [code for code in known_rules(store) if code.startswith(incomplete)]


def _store(context: typer.Context) -> Store | None:
    """The database that the half-typed command, or else the environment, names."""
    try:
        return open_store(context.params.get("db") or os.environ.get("NIANBAO_DB") or DEFAULT_DATABASE)
    except NianbaoError:
        return None
