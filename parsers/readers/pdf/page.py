"""What a page holds before anything is made of it: words, drawn rectangles, pictures. Both PDF libraries give this shape.

All places are points with the origin at the top left corner of the page *as it is shown*, /Rotate applied.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from math import cos, radians, sin
from typing import NamedTuple, Protocol

from parsers.document import Box

THIN = 3.0
"""Points: a rectangle no thicker is a line. Printers draw rules of 0.25 to 2.25 points; no row is that low."""
WHITE = 250
"""A colour with no component below this, of 255, is white: on white paper nobody sees it."""
DARK = 192
"""A surface with a component below this shows white text."""

NO_BLANKS = "\x0b\x0c\x1c\x1d\x1e\x1f\x85"
"""Signs that count as blanks and that no page prints: they are numbers of glyphs in a font that does not tell its characters."""
MOST_MARKS = 200_000
"""Drawn marks of one page; a large table with dotted lines has 10,000. Beyond (maps, drawings) its lines are left out."""
BACKGROUND = 0.9
"""A picture that covers this part of a page with visible text is its background."""


class Word(NamedTuple):
    """A run of characters without a blank, as printed: its rectangle and its text. A single character is one too."""

    x0: float
    y0: float
    x1: float
    y1: float
    text: str

    @property
    def height(self) -> float:
        """The height of its line, in points."""
        return self.y1 - self.y0

    @property
    def middle(self) -> float:
        """The y halfway between the upper and the lower edge of its line."""
        return (self.y0 + self.y1) / 2


class Mark(NamedTuple):
    """A drawn rectangle. ``outlined`` says that its edges were drawn, not (only) its surface; a straight line is a
    mark that is thin in one direction, whichever way it was drawn."""

    x0: float
    y0: float
    x1: float
    y1: float
    outlined: bool

    @property
    def is_thin(self) -> bool:
        """Whether it is a line rather than a surface."""
        return self.x1 - self.x0 <= THIN or self.y1 - self.y0 <= THIN

    @property
    def is_dot(self) -> bool:
        """Whether it is thin in both directions, and about as wide as high."""
        width, height = self.x1 - self.x0, self.y1 - self.y0
        return width <= THIN and height <= THIN and 0.6 < width / (height or 1) < 1.7


class Rectangle(NamedTuple):
    """A place on the page."""

    x0: float
    y0: float
    x1: float
    y1: float

    @classmethod
    def around(cls, places: Collection[Word | Rectangle]) -> Rectangle:
        """The smallest that holds all of these."""
        return cls(
            min(place.x0 for place in places),
            min(place.y0 for place in places),
            max(place.x1 for place in places),
            max(place.y1 for place in places),
        )

    @property
    def is_thin(self) -> bool:
        """Whether it is a line rather than a surface."""
        return self.x1 - self.x0 <= THIN or self.y1 - self.y0 <= THIN

    def frames(self, inner: Rectangle) -> bool:
        """Whether it and a rectangle inside of it leave a thin ring between them, as browsers draw a border."""
        insets = (inner.x0 - self.x0, inner.y0 - self.y0, self.x1 - inner.x1, self.y1 - inner.y1)
        return all(-0.1 <= inset <= THIN for inset in insets) and max(insets) > 0

    @property
    def area(self) -> float:
        """Square points; a rectangle turned inside out has none."""
        return max(self.x1 - self.x0, 0.0) * max(self.y1 - self.y0, 0.0)

    def overlaps(self, other: Word | Rectangle) -> bool:
        """Whether the two share more than an edge."""
        return self.x0 < other.x1 and other.x0 < self.x1 and self.y0 < other.y1 and other.y0 < self.y1

    def holds(self, other: Rectangle) -> bool:
        """Whether the other one lies within it."""
        return self.x0 <= other.x0 and self.y0 <= other.y0 and self.x1 >= other.x1 and self.y1 >= other.y1

    def stands_beside(self, other: Rectangle) -> bool:
        """Whether it stands in the other one or beside it, at the same height of the page for half its own or more."""
        return min(self.y1, other.y1) - max(self.y0, other.y0) > (self.y1 - self.y0) / 2

    def lies_under(self, word: Word) -> bool:
        """Whether the middle of a word lies on it."""
        x, y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1

    def shades(self, word: Word) -> bool:
        """Whether the middle of a word lies on it, and it is no line."""
        return not self.is_thin and self.lies_under(word)

    def box(self, number: int) -> Box:
        """It as a place of the page with this number, to a tenth of a point."""
        return Box(number, round(self.x0, 1), round(self.y0, 1), round(self.x1, 1), round(self.y1, 1))

    def clipped(self, width: float, height: float) -> Rectangle:
        """The part of it that lies on a page of this size."""
        return Rectangle(
            min(max(self.x0, 0), width),
            min(max(self.y0, 0), height),
            min(max(self.x1, 0), width),
            min(max(self.y1, 0), height),
        )


@dataclass(frozen=True, slots=True)
class PageContent:
    """One page, read. ``characters`` gives every character as a word of its own; it costs as much as reading the
    page once more, so it is asked only about the rare page where a word runs over a ruling.

    ``surfaces`` are filled rectangles without edges.

    ``turned`` are the degrees, clockwise, by which the page was turned to be read, as its text runs up or down: places
    are those of the turned page, and :meth:`shown` tells where they are on the page as it is shown.

    ``skew``: by how many degrees, clockwise, the text of the page as it is shown is tilted; the page was read upright.

    ``enlarged``: how many points of the page as it is shown make one of the page as it was read.

    ``origin``: the point of the page at which a picture that was read as a page of its own has its top left corner.

    ``left_out`` are the places of text that nobody reads as part of the page (:mod:`.unseen`); ``struck`` those of text that
    was struck through.

    ``hidden`` is true when the text is invisible, as a recogniser lays it over a scan; ``damaged`` when the
    library had to skip a part of the page that it could not interpret.
    """

    number: int
    width: float
    height: float
    words: Sequence[Word]
    marks: Sequence[Mark]
    images: Sequence[Rectangle]
    characters: Callable[[], Sequence[Word]]
    surfaces: Sequence[Rectangle] = ()
    turned: int = 0
    skew: float = 0.0
    enlarged: float = 1.0
    origin: tuple[float, float] = (0.0, 0.0)
    left_out: Sequence[Rectangle] = ()
    struck: Sequence[Rectangle] = ()
    hidden: bool = False
    damaged: bool = False

    def shown(self, box: Box) -> Box:
        """A place of the page as it was read, as the place of the page as it is shown."""
        if self.skew:
            return self._tilted(box)
        match self.turned:
            case 90:
                place = (box.y0, self.width - box.x1, box.y1, self.width - box.x0)
            case 270:
                place = (self.height - box.y1, box.x0, self.height - box.y0, box.x1)
            case 180:
                place = (self.width - box.x1, self.height - box.y1, self.width - box.x0, self.height - box.y0)
            case _:
                place = (box.x0, box.y0, box.x1, box.y1)
        x, y = self.origin
        x0, y0, x1, y1 = (value * self.enlarged for value in place)
        return Box(box.page, x + x0, y + y0, x + x1, y + y1)

    def _tilted(self, box: Box) -> Box:
        """The smallest box that holds another one, turned about the middle of the page."""
        cosine, sine = cos(radians(self.skew)), sin(radians(self.skew))
        x, y = self.width / 2, self.height / 2
        corners = [(a - x, b - y) for a in (box.x0, box.x1) for b in (box.y0, box.y1)]
        xs = [x + a * cosine - b * sine for a, b in corners]
        ys = [y + a * sine + b * cosine for a, b in corners]
        return Box(box.page, min(xs), min(ys), max(xs), max(ys))


def pictured(images: Sequence[Rectangle]) -> float:
    """Square points that pictures cover, or the pieces of one: some scanners cut a sheet into strips or tiles."""
    if not images:
        return 0.0
    return min(sum(image.area for image in images), Rectangle.around(images).area)


class Across(Protocol):
    """What stands between two x."""

    @property
    def x0(self) -> float: ...

    @property
    def x1(self) -> float: ...


def stand_above_each_other(one: Across, other: Across) -> bool:
    """Whether a standing line may run through both, wherever they are on the page."""
    return one.x0 < other.x1 and other.x0 < one.x1


def text_of(words: Iterable[Word]) -> str:
    """The texts of words, or of characters, without blanks between them."""
    return "".join([word.text for word in words])


def letters_of(word: Word, characters: Sequence[Word]) -> list[Word]:
    """Those of the characters of a page whose middles lie in a word."""
    place = Rectangle(*word[:4])
    return [character for character in characters if place.lies_under(character)]
