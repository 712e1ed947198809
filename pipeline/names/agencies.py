"""Which agencies a person means: the one way in which every command reads a name."""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import TYPE_CHECKING

from parsers.errors import BadInput

if TYPE_CHECKING:
    from db import Agency, Store

MOST_NAMED = 6
"""Candidates that a message names: a line of a terminal holds about as many."""


def agencies_meant(store: Store, text: str) -> tuple[Agency, ...]:
    """The agency of exactly this name, alias or handle (name@place-code); where there is none, or several places have
    the name, every agency with reports whose name holds the text. Raises BadInput, naming the nearest, when there is none."""
    try:
        return (store.agency(text),)
    except BadInput:
        containing = tuple(store.agencies(containing=text.strip()))
        if not containing or not text.strip():
            raise
        return containing


def agency_ids(store: Store, texts: Iterable[str] | None) -> tuple[int, ...] | None:
    """The numbers of the agencies that several texts mean, each once, in their order; None for no text: all agencies."""
    found = dict.fromkeys(agency.id for text in texts or () for agency in agencies_meant(store, text))
    return tuple(found) or None


def check_choice(store: Store, ids: Container[int | None] | None, years: Container[int | None] | None) -> None:
    """Raises BadInput when no report is stored of these agencies (None: of any) for these years (None: for any): to say that
    nothing was found there would be taken for a good sign."""
    chosen = (entry for entry in store.reports() if ids is None or entry.agency_id in ids)
    if not any(years is None or entry.year in years for entry in chosen):
        raise BadInput("no report is stored for this choice of agencies and years")


def one_agency(store: Store, text: str) -> str:
    """The handle of the one agency that a text means; raises BadInput, naming them, when several can be meant."""
    found = agencies_meant(store, text)
    if len(found) > 1:
        named = ", ".join(agency.handle for agency in found[:MOST_NAMED])
        more = " …" if len(found) > MOST_NAMED else ""
        raise BadInput(f"{text} may mean {len(found)} agencies: {named}{more}; name one of them")
    return found[0].handle
