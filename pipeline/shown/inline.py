"""Pictures between the lines of a terminal that shows them. There are two ways to say one: that of kitty, and that of iTerm2."""

from __future__ import annotations

import base64
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping

Inline = Callable[[bytes], str]
"""From a picture (PNG) to what a terminal is sent to show it."""

WIDEST = 110
"""Columns of a terminal that a picture takes at most: a page as wide as it is printed, its figures as large as other text."""
_CHUNK = 4096
"""Characters of one message of kitty's protocol, by its rules."""


def inline(environment: Mapping[str, str]) -> Inline | None:
    """How the terminal on standard output is sent a picture; None where there is none, or it shows no pictures.

    Terminals are told by what they say of themselves in the environment. Inside of tmux or screen nothing is shown, as
    these keep to themselves what they do not know.
    """
    term, program = environment.get("TERM", ""), environment.get("TERM_PROGRAM", "")
    if not sys.stdout.isatty() or "TMUX" in environment or term.startswith(("screen", "tmux")):
        return None
    if "KITTY_WINDOW_ID" in environment or term in {"xterm-kitty", "xterm-ghostty"} or program == "ghostty":
        return kitty
    if program in {"iTerm.app", "WezTerm", "mintty"} or environment.get("LC_TERMINAL") == "iTerm2":
        return iterm
    return None


def kitty(png: bytes) -> str:
    """A picture in kitty's graphics protocol, in as many messages as it needs."""
    chunks = list(_chunks(base64.b64encode(png).decode()))
    heads = [f"f=100,a=T,c={_columns()},", *[""] * (len(chunks) - 1)]
    more = [1] * (len(chunks) - 1) + [0]
    return "".join(
        f"\x1b_G{head}m={rest};{chunk}\x1b\\" for head, rest, chunk in zip(heads, more, chunks, strict=True)
    )


def iterm(png: bytes) -> str:
    """A picture in iTerm2's protocol."""
    return f"\x1b]1337;File=inline=1;size={len(png)};width={_columns()}:{base64.b64encode(png).decode()}\a"


def _columns() -> int:
    return min(shutil.get_terminal_size().columns, WIDEST)


def _chunks(text: str) -> Iterator[str]:
    for start in range(0, len(text), _CHUNK):
        yield text[start : start + _CHUNK]
