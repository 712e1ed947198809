"""Texts that lost what keeps the cells of their tables apart, or got what does not belong to them."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from benchmarks.damage.dice import SHARES, Dice

_SEPARATOR = re.compile(r"\t| *\| *|(?<=\S) {2,}(?=\S)")
"""What stands between two cells of a line."""
_BLANK_CELL = re.compile(r"(?<=\t)\t|(?<=\|) *\|")
_BREAK = re.compile(r"\n")


def without_separators(text: str, share: float, dice: Dice) -> str:
    """Cells run together: a blank stands between them."""
    return _SEPARATOR.sub(lambda found: " " if dice.random() < share else found[0], text)


def without_blanks(text: str, share: float, dice: Dice) -> str:
    """Rows that lost blank cells."""
    return _BLANK_CELL.sub(lambda found: "" if dice.random() < share else found[0], text)


def with_breaks(text: str, share: float, dice: Dice) -> str:
    """Rows broken between two cells."""
    return _SEPARATOR.sub(lambda found: "\n" if dice.random() < share / 3 else found[0], text)


def without_breaks(text: str, share: float, dice: Dice) -> str:
    """Lines run together."""
    return _BREAK.sub(lambda found: " " if dice.random() < share / 3 else found[0], text)


def with_page_numbers(text: str, share: float, dice: Dice) -> str:
    """Numbers of pages between the lines."""
    pages = iter(range(1, 1 << 30))
    shapes = ("\n{}\n", "\n- {} -\n", "\n— {} —\n", "\n\n{}\n\n")
    return _BREAK.sub(
        lambda found: dice.choice(shapes).format(next(pages)) if dice.random() < share / 10 else found[0], text
    )


def without_lines(text: str, share: float, dice: Dice) -> str:
    """Lines gone."""
    return "\n".join(line for line in text.split("\n") if dice.random() >= share / 5)


def torn(data: bytes, dice: Dice, *, damage: Callable[[str, float, Dice], str]) -> bytes | None:
    """A text with damaged tables, in UTF-8; None where it is in another encoding."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return damage(text, dice.choice(SHARES), dice).encode()


SUFFIXES = (".txt", ".md")
KINDS: dict[str, Callable[[bytes, Dice], bytes | None]] = {
    "text: separators lost": partial(torn, damage=without_separators),
    "text: blank cells lost": partial(torn, damage=without_blanks),
    "text: rows broken": partial(torn, damage=with_breaks),
    "text: lines run together": partial(torn, damage=without_breaks),
    "text: page numbers put in": partial(torn, damage=with_page_numbers),
    "text: lines lost": partial(torn, damage=without_lines),
}
