"""The rules that findings can be of, as people name them."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from parsers.errors import BadInput

if TYPE_CHECKING:
    from db import Store


def known_rule(store: Store, code: str) -> str:
    """The code when there is such a rule, or findings of one are stored (by another version); raises BadInput, with near
    ones, when not."""
    known = known_rules(store)
    if code in known:
        return code
    family = [
        rule for rule in known if rule.rpartition(".")[2] == code.rpartition(".")[2] or rule.startswith(f"{code}.")
    ]
    near = family or get_close_matches(code, known, n=4, cutoff=0.5)
    hint = f"; did you mean {', '.join(near[:4])}?" if near else f"; there are {', '.join(known)}"
    raise BadInput(f"{code}: no such rule{hint}")


def known_rules(store: Store) -> list[str]:
    """The codes of all rules, this program's and those of stored findings, sorted."""
    return sorted({*_codes(), *store.stored_rules()})


def _codes() -> set[str]:
    """The codes of this program's rules."""
    from parsers.checks.catalogue import catalogue
    from pipeline.checks import all_rules
    from pipeline.review.doubts import DISAGREES

    return {DISAGREES, *(rule.code for rule in catalogue()), *(rule.code for rule in all_rules())}
