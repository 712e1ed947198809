"""What a canonical text opens with: its head, folded, the title in it, and the text behind the title."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from parsers.identity.folding import Folded, fold_text
from parsers.identity.title import Title
from parsers.identity.titles import HEAD_CHARACTERS, find_title

_BODY_CHARACTERS = 12_000
"""Characters behind the title that are folded for the search of years and names: preamble and section 一."""


@dataclass(frozen=True, slots=True)
class Opening:
    """The first :data:`HEAD_CHARACTERS` as ``head``, the title found in them, and the text behind the title (from the
    offset ``behind_title`` in the canonical text; 0 without a title) as ``body``."""

    head: Folded
    title: Title | None
    behind_title: int
    body: Folded


@lru_cache(maxsize=4)
def opening_of(text: str) -> Opening:
    """The opening of a canonical text. Identity, look-alikes and sections of one report ask for it one after the
    other, so the last ones are kept."""
    folded = fold_text(text, 0, HEAD_CHARACTERS + _BODY_CHARACTERS)
    head = folded.part(0, HEAD_CHARACTERS)
    title = find_title(head)
    behind = head.offsets[title.end - 1] + 1 if title is not None else 0
    return Opening(head, title, behind, folded.part(behind, behind + _BODY_CHARACTERS))
