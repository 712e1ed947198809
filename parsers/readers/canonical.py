"""How a reader writes the canonical text: one builder, so that every format spells text, lines and cells alike."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

import regex

from parsers.data import read_toml
from parsers.document import Box, Grid, GridCell, GridKind, Line, Span

_UNPRINTABLE = regex.compile(r"(?V1)[[\p{Cc}\p{Cs}\p{Co}\p{Cn}\u200b-\u200f\u2060\ufeff\u00ad]--\s]+")
_DOUBLES = regex.compile(r"[\u2e80-\u2fd5\uf900-\ufaff]")
"""Signs that Unicode has a second time: as radicals of dictionaries, and for round trips to other character sets."""
_SPACE = regex.compile(r"\s+")
_FOOTNOTE = regex.compile(r"[\[(（［〔【]?([0-9]{1,2})[\])）］〕】]?")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def clean(text: str) -> str:
    """Text as it stands in a canonical text: every run of white space (no-break and ideographic spaces and line
    breaks too) is one blank, none at the ends; control characters, zero-width signs and lone surrogates are gone, and a
    sign that Unicode has twice (人 as ⼈) is the common one."""
    if _DOUBLES.search(text):
        text = text.translate(_common())
    if text.isprintable() and "  " not in text and text == text.strip():  # as most texts are
        return text
    return _SPACE.sub(" ", _UNPRINTABLE.sub("", text)).strip()


@cache
def _common() -> Mapping[int, str]:
    """By the number of each sign that Unicode has a second time: the common one."""
    data = read_toml(__package__, "radicals.toml")
    doubles = map(chr, (*range(0x2E80, 0x2FD6), *range(0xF900, 0xFB00)))
    folded = {double: unicodedata.normalize("NFKC", double) for double in doubles}
    return str.maketrans({**folded, **dict(zip(data["radicals"], data["signs"], strict=True))})


def raised(text: str) -> str:
    """A text that is printed small and high (or low) beside others, so that it never becomes part of a figure: the
    number of a footnote in the signs that Unicode has for that, anything else between blanks.

    >>> raised("2"), raised("［1］"), raised("注")
    ('²', '¹', ' 注 ')
    """
    number = _FOOTNOTE.fullmatch(text.strip())
    return number[1].translate(_RAISED) if number else f" {text} "


def join_wrapped(pieces: Iterable[str]) -> str:
    """The pieces of a text that was broken to fit a column, put together again.

    Chinese needs no blank at a line break. Between two letters or digits one is kept, so that two figures one
    above the other never become one figure.

    >>> join_wrapped(["结果", "维持"]), join_wrapped(["50705", "8"]), join_wrapped(["４０３", "４"])
    ('结果维持', '50705 8', '４０３ ４')
    """
    joined = ""
    for piece in (clean(piece) for piece in pieces):
        if joined and piece and _is_narrow(joined[-1]) and _is_narrow(piece[0]):
            joined += " "
        joined += piece
    return joined


def _is_narrow(character: str) -> bool:
    return (character.isascii() and character.isalnum()) or character.isdecimal()


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell before it has its place in the canonical text: its place in the grid, text and box."""

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1
    box: Box | None = None


@dataclass(slots=True)
class TextBuilder:
    """Collects lines and grids in reading order and hands out their spans. The only mutable thing in a reader."""

    _pieces: list[str] = field(default_factory=list)
    _length: int = 0
    lines: list[Line] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The canonical text so far."""
        return "".join(self._pieces)

    def add_paragraph(self, parts: Sequence[tuple[str, Box | None]], *, heading: int = 0, gap: int = 0) -> None:
        """One paragraph from its printed lines: their texts and boxes, top to bottom. Empty lines are left out;
        a paragraph without text leaves no trace. ``gap`` empty lines stand above it."""
        printed = [(text, box) for text, box in ((clean(text), box) for text, box in parts) if text]
        for index, (text, box) in enumerate(printed):
            if index and _is_narrow(printed[index - 1][0][-1]) and _is_narrow(text[0]):
                self._append(" ")
            self.lines.append(Line(self._write(text), box, heading, 0 if index else gap))
        if printed:
            self._append("\n")

    def add_line(self, text: str, box: Box | None = None, *, heading: int = 0) -> None:
        """A paragraph of one line."""
        self.add_paragraph([(text, box)], heading=heading)

    def add_grid(self, kind: GridKind, cells: Iterable[RawCell]) -> None:
        """A table. Cells may come in any order; their texts are cleaned. A grid without cells leaves no trace."""
        ordered = sorted(cells, key=lambda cell: (cell.row, cell.column))
        if not ordered:
            return
        start = self._length
        placed: list[GridCell] = []
        for index, cell in enumerate(ordered):
            if index:
                self._append("\t" if ordered[index - 1].row == cell.row else "\n")
            text = clean(cell.text)
            span = self._write(text)
            placed.append(GridCell(cell.row, cell.column, cell.row_span, cell.column_span, text, span, cell.box))
        end = self._length
        self._append("\n")
        self.grids.append(
            Grid(
                kind,
                tuple(placed),
                row_count=max(cell.row + cell.row_span for cell in placed),
                column_count=max(cell.column + cell.column_span for cell in placed),
                span=Span(start, end),
            )
        )

    def _write(self, text: str) -> Span:
        start = self._length
        self._append(text)
        return Span(start, self._length)

    def _append(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)
