"""Which digit the picture of a glyph shows, told by its shape alone.

Two witnesses: the shapes of the digits in typefaces of every kind (``digits.toml``), and what tells digits apart in any
typeface: how many closed rounds a digit has and where.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from parsers.data import read_toml

WIDTH, HEIGHT = 20, 24
"""Dots of a shape: as high as the ink of the glyph, and in the middle of this width."""
SMALLEST = 10
"""Dots: smaller digits have no shape."""
ALIKE = 0.17
"""The share of dots by which a shape may differ from that of a digit. Of 34 typefaces, each compared with the others, digits
differ from the nearest one by 0.07 on average and 0.16 at most."""
SURE = 0.06
"""A shape that differs by no more is that digit: the digits of these typefaces differ from other digits by 0.1 at least."""
BETTER = 1.2
"""So many times more must it differ from every other digit: 1.21 at least for these typefaces, 2 and more for most."""

SPECK = 0.01
"""An enclosed blank smaller than this part of the picture is none."""

WIDEST = 0.88
"""No digit is wider than this part of its height: of these typefaces the widest 4 is at 0.83. Signs of one upright stroke (上, 个, 干) are
as wide as high, and differ from 1 by few dots."""

STEM, BAR = 0.4, 0.3
"""The upright stroke of a plus sign is no wider than this part of it, the lying one no higher."""

_AS_TEXT = bytes.maketrans(b"\0\1", b"01")

Bitmap = Sequence[bytes]
"""Rows of dots from top to bottom: 1 is ink, 0 is none."""


@lru_cache(maxsize=512)
def digit_of(bitmap: tuple[bytes, ...]) -> str | None:
    """The digit that a picture shows; None where it shows something else, nothing, or cannot be told. Kept, as the fonts of
    one machine come in report after report."""
    shape = _cropped(bitmap)
    if len(shape) < SMALLEST or len(shape[0]) > WIDEST * len(shape) or _is_cross(shape):
        return None
    differences = _differences(bits_of(shape))
    digit = min(differences, key=differences.__getitem__)
    if differences[digit] <= SURE:
        return digit
    rounds = _rounds(shape)
    fitting = sorted((difference, digit) for digit, difference in differences.items() if _fits(digit, rounds))
    if not fitting or fitting[0][0] > ALIKE or any(other < BETTER * fitting[0][0] for other, _ in fitting[1:]):
        return None
    return fitting[0][1]


def _is_cross(shape: Bitmap) -> bool:
    """Whether the ink is a plus sign, which in a thin typeface differs from 1 by few dots: it is wide in the middle of its height only,
    and less of that than a 4 is."""
    width, height = len(shape[0]), len(shape)
    reach = [(row.rindex(1) - row.index(1) + 1 if 1 in row else 0) / width for row in shape]
    wide = [index for index, part in enumerate(reach) if part > STEM]
    in_middle = bool(wide) and height < 4 * wide[0] and 4 * (wide[-1] + 1) < 3 * height
    return in_middle and wide[-1] - wide[0] < BAR * height


def _differences(bits: int) -> dict[str, float]:
    """How far a shape is from each digit."""
    return {digit: _difference(bits, shapes) for digit, shapes in _known().items()}


def _difference(bits: int, shapes: Sequence[int]) -> float:
    """The share of dots by which a shape differs from the nearest of others, which may stand a dot beside it."""
    nearest = min((bits ^ moved).bit_count() for known in shapes for moved in (known, known << 1, known >> 1))
    return nearest / (WIDTH * HEIGHT)


def bits_of(shape: Bitmap) -> int:
    """The shape, drawn WIDTH x HEIGHT dots large, as a number: a bit a dot, row by row."""
    height, width = len(shape), len(shape[0])
    wide = max(1, min(WIDTH, round(width * HEIGHT / height)))
    columns = [int((column + 0.5) * width / wide) for column in range(wide)]
    left, right = (WIDTH - wide) // 2, WIDTH - wide - (WIDTH - wide) // 2
    bits = 0
    for row in range(HEIGHT):
        dots = shape[int((row + 0.5) * height / HEIGHT)]
        bits <<= left
        for column in columns:
            bits = bits << 1 | dots[column]
        bits <<= right
    return bits


@cache
def _known() -> dict[str, tuple[int, ...]]:
    known = read_toml(__package__, "digits.toml")
    return {digit: tuple(int(shape, 16) for shape in shapes) for digit, shapes in known.items()}


def _fits(digit: str, rounds: Sequence[float]) -> bool:
    """Whether a digit has closed rounds in these places (parts of the height from the top)."""
    match digit:
        case "8":
            return len(rounds) == 2
        case "0":
            return len(rounds) == 1 and 0.35 < rounds[0] < 0.65
        case "6":
            return len(rounds) == 1 and rounds[0] > 0.5
        case "9":
            return len(rounds) == 1 and rounds[0] < 0.5
        case "4":
            return len(rounds) <= 1
        case _:
            return not rounds


def _cropped(bitmap: Bitmap) -> Bitmap:
    """The ink without the blank around it."""
    inked = [index for index, row in enumerate(bitmap) if 1 in row]
    if not inked:
        return []
    rows = bitmap[inked[0] : inked[-1] + 1]
    left = min(row.index(1) for row in rows if 1 in row)
    right = max(row.rindex(1) for row in rows if 1 in row) + 1
    return [row[left:right] for row in rows]


def _rounds(shape: Bitmap) -> list[float]:
    """The blank parts that ink encloses and that are more than specks: where the middle of each is, as a part of the height.

    The picture is one number, a bit a dot, with a blank margin around it: what the margin does not flood is enclosed.
    """
    height, width = len(shape) + 2, len(shape[0]) + 2
    ink = 0
    for row in (bytes(width), *(b"\0" + row + b"\0" for row in shape), bytes(width)):
        ink = ink << width | int(row.translate(_AS_TEXT), 2)
    blank = ~ink & (1 << width * height) - 1
    enclosed = blank & ~_flooded(1, blank, width)
    rounds = []
    while enclosed:
        part = _flooded(enclosed & -enclosed, enclosed, width)
        enclosed &= ~part
        if part.bit_count() > SPECK * width * height:
            lowest, highest = ((part & -part).bit_length() - 1) // width, (part.bit_length() - 1) // width
            rounds.append(1 - ((lowest + highest) / 2 - 0.5) / len(shape))
    return sorted(rounds)


def _flooded(start: int, room: int, width: int) -> int:
    """What is reached from ``start`` by steps to the sides, up and down that stay in ``room``."""
    reached = start
    while True:
        wider = (reached | reached << 1 | reached >> 1 | reached << width | reached >> width) & room
        if wider == reached:
            return reached
        reached = wider
