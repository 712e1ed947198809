"""Chance, the same for the same seed."""

from __future__ import annotations

from random import Random as Dice

SHARES = (0.02, 0.05, 0.15, 0.3)
"""Of the lines, or cells, of one file, how many are damaged: one of these by chance."""

__all__ = ["SHARES", "Dice"]
