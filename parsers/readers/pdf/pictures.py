"""Where on a page with text a picture stands that may hold a table."""

from __future__ import annotations

from parsers.readers.pdf.page import BACKGROUND, PageContent, Rectangle

WIDE, HIGH = 0.5, 50.0
"""A picture that may hold a table is this wide (part of the page) and this high (points); logos and stamps are narrower, a
line of a letterhead is lower."""
TOUCH = 1.5
"""Points between the pieces of a picture that was cut into strips."""
MOST_PIECES = 200
"""More pictures than this are no pieces of tables."""
OWN = 10
"""So many characters of the page's own text within a picture are printed over it: a figure, a background."""


def pictures_of(content: PageContent) -> list[Rectangle]:
    """The places of the pictures on a page that may be tables, those put together that touch one another."""
    if not content.images or len(content.images) > MOST_PIECES:
        return []
    whole = [place for place in _joined(content) if place.area < BACKGROUND * content.width * content.height]
    return [
        place
        for place in whole
        if place.x1 - place.x0 >= WIDE * content.width
        and place.y1 - place.y0 >= HIGH
        and sum(len(word.text) for word in content.words if place.shades(word)) < OWN
    ]


def _joined(content: PageContent) -> list[Rectangle]:
    places: list[Rectangle] = []
    for image in sorted(content.images, key=lambda image: (image.y0, image.x0)):
        joined = image
        for place in [place for place in places if _touch(place, image)]:
            places.remove(place)
            joined = Rectangle.around((joined, place))
        places.append(joined)
    return places


def _touch(one: Rectangle, other: Rectangle) -> bool:
    across = min(one.x1, other.x1) - max(one.x0, other.x0)
    along = min(one.y1, other.y1) - max(one.y0, other.y0)
    return min(across, along) >= -TOUCH and max(across, along) > 0
