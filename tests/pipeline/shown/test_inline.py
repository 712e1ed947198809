"""Which terminals show pictures, and what they are sent."""

from __future__ import annotations

import base64
import io
import re
import sys

import pytest

from pipeline.shown.inline import inline, iterm, kitty

PNG = bytes(range(256)) * 40


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"TERM": "xterm-kitty"}, kitty),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "ghostty"}, kitty),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"}, iterm),
        ({"TERM": "xterm-256color", "LC_TERMINAL": "iTerm2"}, iterm),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal"}, None),
        ({"TERM": "tmux-256color", "TMUX": "/tmp/x", "KITTY_WINDOW_ID": "1"}, None),
        ({}, None),
    ],
)
def test_a_terminal_is_known_by_what_it_calls_itself(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], expected: object
) -> None:
    assert inline(environment) is None, "what goes to a file holds no pictures"
    monkeypatch.setattr(sys, "stdout", Terminal())
    assert inline(environment) is expected


def test_kitty_takes_a_picture_in_pieces_of_which_the_last_says_so() -> None:
    pieces = re.findall(r"\x1b_G([^;]*);([^\x1b]*)\x1b\\", kitty(PNG))
    assert base64.b64decode("".join(data for _, data in pieces)) == PNG
    assert max(len(data) for _, data in pieces) <= 4096
    heads = [head for head, _ in pieces]
    assert heads[0].startswith("f=100,a=T,")
    assert [head[-3:] for head in heads] == [*["m=1"] * (len(heads) - 1), "m=0"]


def test_iterm_takes_it_whole() -> None:
    head, _, data = iterm(PNG).partition(":")
    assert head.startswith(f"\x1b]1337;File=inline=1;size={len(PNG)};")
    assert data.endswith("\a")
    assert base64.b64decode(data[:-1]) == PNG
