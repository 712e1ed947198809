"""How the tables of a printed page look, apart from what they say: rules, fills, alignment, and what went wrong between
the program that set the page and the file.

Looks are traits too, but they are drawn apart from the others, so that a set with looks holds the same reports as
the set without.
"""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

RULES = (
    "lying_rules",
    "framed_lying_rules",
    "three_rules",
    "no_rules",
    "zebra_rows",
    "filled_cells",
    "double_rules",
    "dashed_rules",
    "dotted_rules",
)
"""Which lines are drawn around the cells; without any of these it is a full grid of plain ones."""

ALIGNMENTS = ("figures_right", "figures_left", "cells_top")
"""Where figures stand in their cells; without any of these in the middle."""

ACCIDENTS = (
    "turned_page_90",
    "turned_page_270",
    "turned_text_90",
    "turned_text_270",
    "watermark_text",
    "watermark_picture",
    "spaced_figures",
    "single_digits",
    "painted_twice",
    "white_figures",
    "furniture_in_table",
    "unmapped_digits",
    "private_digits",
    "swapped_digits",
)
"""What happens to the page once it is set."""

_RULES_SHARE, _ALIGNMENT_SHARE, _ACCIDENT_SHARE = 0.7, 0.4, 0.4


def drawn_looks(random: Random) -> frozenset[str]:
    """The looks of one document: at most one of each kind."""
    kinds: Mapping[tuple[str, ...], float] = {
        RULES: _RULES_SHARE,
        ALIGNMENTS: _ALIGNMENT_SHARE,
        ACCIDENTS: _ACCIDENT_SHARE,
    }
    return frozenset(random.choice(kind) for kind, share in kinds.items() if random.random() < share)


def look_style(traits: frozenset[str]) -> str:
    """The style sheet of the looks that a program setting a page from HTML understands; empty for a plain grid."""
    table, cell, row = "table.form", "table.form td", "table.form tr"
    styles = {
        "lying_rules": f"{cell} {{ border-left: none; border-right: none; }}",
        "framed_lying_rules": f"{cell} {{ border-left: none; border-right: none; }} {table} {{ border: 1pt solid black; }}",
        "three_rules": f"{cell} {{ border: none; }} {table} {{ border-top: 1.5pt solid black; border-bottom: 1.5pt solid black; }}",
        "no_rules": f"{cell} {{ border: none; }}",
        "zebra_rows": f"{cell} {{ border: none; }} {row}:nth-child(even) td {{ background: #e4ecf7; }}",
        "filled_cells": (
            f"{table} {{ border-collapse: separate; border-spacing: 2px; }} {cell} {{ border: none; background: #eeeeee; }}"
        ),
        "double_rules": f"{cell} {{ border: 2.25pt double black; }}",
        "dashed_rules": f"{cell} {{ border: 0.75pt dashed black; }}",
        "dotted_rules": f"{cell} {{ border: 1pt dotted black; }}",
        "figures_right": f"{cell}.figure {{ text-align: right; }}",
        "figures_left": f"{cell}.figure {{ text-align: left; }}",
        "cells_top": f"{cell} {{ vertical-align: top; }}",
        "spaced_figures": f"{cell}.figure {{ letter-spacing: 0.15em; }}",
        "single_digits": "span.sign { display: inline-block; }",
    }
    return "\n".join(style for trait, style in styles.items() if trait in traits)


__all__ = ["ACCIDENTS", "ALIGNMENTS", "RULES", "drawn_looks", "look_style"]
