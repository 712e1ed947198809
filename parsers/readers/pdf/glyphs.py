"""Whether digits look like what the file says they are: a font whose map to characters is wrong shows one figure and copies
another, and every library that reads the text reads the wrong one.

Only what tells digits apart in any typeface is looked at: how many closed rounds a digit has and where, and whether
it stands on a stroke or on a point.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Any

from parsers.errors import NianbaoError
from parsers.readers.pdf.libraries import open_pdf

RESOLUTION = 300
"""Dots an inch: a digit of 8 points is 20 dots high."""
SAMPLES = 3
"""Pictures of each digit of each font that are looked at; a line or a mark may run through one."""
MOST_PAGES = 3
"""Pages looked at; the tables stand on two to five."""
SMALLEST = 10
"""Dots: smaller digits have no shape."""
INK = 140
"""A dot darker than this, of 255, is ink."""
FEWEST = 2
"""So many digits of one font must look like others: one may be an odd typeface."""

Bitmap = list[list[bool]]


def digits_look_right(data: bytes, name: str) -> bool:
    """Whether the digits of a PDF look like what they are read as, as far as can be told; true when nothing can."""
    try:
        source = open_pdf(data, name)
    except NianbaoError:
        return True
    with closing(source):
        wrong: dict[str, set[str]] = {}
        for index in range(min(source.page_count, MOST_PAGES)):
            for font, digit, bitmaps in _samples(source[index]):
                votes = [may_be(digit, bitmap) for bitmap in bitmaps]
                if votes and not any(votes):
                    wrong.setdefault(font, set()).add(digit)
    return all(len(digits) < FEWEST for digits in wrong.values())


def may_be(digit: str, bitmap: Bitmap) -> bool:
    """Whether a picture may be of this digit; pictures of nothing, or of something filled, may be of any."""
    shape = _cropped(bitmap)
    if len(shape) < SMALLEST:
        return True
    holes = _holes(shape)
    height = len(shape)
    middles = [(top + bottom) / 2 / height for top, bottom in holes]
    foot, head = _extent(shape[-max(height // 10, 1) :]), _extent(shape[: max(height // 10, 1)])
    match digit:
        case "8":
            return len(holes) == 2
        case "0":
            return len(holes) == 1 and 0.35 < middles[0] < 0.65
        case "6":
            return len(holes) == 1 and middles[0] > 0.5
        case "9":
            return len(holes) == 1 and middles[0] < 0.5
        case "4":
            return len(holes) <= 1
        case "7":
            return not holes and foot < 0.7 and head > 0.5
        case "2":
            return not holes and foot > 0.55
        case _:
            return not holes


def _samples(page: Any) -> Iterator[tuple[str, str, list[Bitmap]]]:
    """Each digit of each font of a page, with pictures of it; none of a page that is turned."""
    if page.rotation:
        return
    boxes: dict[tuple[str, str], list[tuple[float, float, float, float]]] = {}
    for block in page.get_text("rawdict")["blocks"]:
        for line in block.get("lines", ()):
            if abs(line["dir"][0] - 1) > 0.01:
                continue
            for span in line["spans"]:
                for char in span["chars"]:
                    places = boxes.setdefault((span["font"], char["c"]), []) if char["c"] in "0123456789" else []
                    if len(places) < SAMPLES:
                        places.append(char["bbox"])
    if not boxes or page.rect.width * page.rect.height > 4e6:
        return
    picture = page.get_pixmap(dpi=RESOLUTION, colorspace="gray")
    scale = RESOLUTION / 72
    samples, width = picture.samples, picture.width
    for (font, digit), places in boxes.items():
        bitmaps = []
        for place in places:
            x0, y0, x1, y1 = (round(scale * edge) for edge in place)
            rows = range(max(y0, 0), min(y1, picture.height))
            left, right = max(x0, 0), min(x1, width)
            bitmaps.append([[samples[y * width + x] < INK for x in range(left, right)] for y in rows])
        yield font, digit, bitmaps


def _cropped(bitmap: Bitmap) -> Bitmap:
    """The ink without the blank around it."""
    rows = [index for index, row in enumerate(bitmap) if any(row)]
    if not rows:
        return []
    columns = [x for x in range(len(bitmap[0])) if any(row[x] for row in bitmap)]
    return [row[columns[0] : columns[-1] + 1] for row in bitmap[rows[0] : rows[-1] + 1]]


def _extent(rows: Sequence[Sequence[bool]]) -> float:
    """From the leftmost to the rightmost ink of some rows, as a part of their width."""
    inked = [x for row in rows for x, ink in enumerate(row) if ink]
    return (max(inked) - min(inked) + 1) / len(rows[0]) if inked else 0.0


def _holes(shape: Bitmap) -> list[tuple[int, int]]:
    """The blank parts that ink encloses: first and last row of each that is more than a speck."""
    height, width = len(shape), len(shape[0])
    seen = [[bool(ink) for ink in row] for row in shape]
    holes = []
    for row in range(height):
        for column in range(width):
            if seen[row][column]:
                continue
            stack, area, rows, encloses = [(row, column)], 0, [row, row], True
            seen[row][column] = True
            while stack:
                y, x = stack.pop()
                area += 1
                rows = [min(rows[0], y), max(rows[1], y)]
                encloses &= 0 < y < height - 1 and 0 < x < width - 1
                for ny, nx in ((y - 1, x), (y + 1, x), (y, x - 1), (y, x + 1)):
                    if 0 <= ny < height and 0 <= nx < width and not seen[ny][nx]:
                        seen[ny][nx] = True
                        stack.append((ny, nx))
            if encloses and area > 0.01 * height * width:
                holes.append((rows[0], rows[1]))
    return holes
