"""What happens to a page between the program that set it and the file: turned, stamped, painted twice, its fonts robbed of
their meaning. Each is a trait of :data:`corpus.specimens.looks.ACCIDENTS`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from random import Random
from typing import Any

from corpus.specimens.looks import ACCIDENTS

_WATERMARK = "政府信息公开"
_GREY = (0.82, 0.82, 0.82)
_SHADOW = 0.25
"""Points by which the second painting is off, as of programs that make bold type so."""
_DIGITS = "0123456789"
_SWAPPED = dict(zip(_DIGITS, "0173456289", strict=True))
"""Digits exchanged for one another in the font's map: what is shown stays the same, what is copied does not."""
_PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")


def press(path: Path, traits: frozenset[str]) -> None:
    """Changes the PDF at ``path`` as its traits say; the same file and traits give the same page."""
    if not traits & set(ACCIDENTS):
        return
    pymupdf: Any = import_module("pymupdf")
    with pymupdf.open(stream=path.read_bytes()) as document:
        made = _pages(pymupdf, document, traits)
        random = Random(path.stem)
        for page in made:
            if traits & {"watermark_text", "watermark_picture"}:
                _stamp(pymupdf, page, as_picture="watermark_picture" in traits)
            if "white_figures" in traits:
                _add_white_figures(page, random)
            if "furniture_in_table" in traits and page.number:
                page.insert_text((page.rect.width / 2, page.rect.height * 0.4), f"- {page.number + 1} -", fontsize=8)
        targets = {
            "unmapped_digits": dict.fromkeys(_DIGITS, "\ufffd"),
            "private_digits": {digit: chr(0xE030 + int(digit)) for digit in _DIGITS},
            "swapped_digits": _SWAPPED,
        }
        for trait, mapped in targets.items():
            if trait in traits:
                _change_maps(made, mapped)
        path.write_bytes(made.tobytes(garbage=3, deflate=True, no_new_id=True))


def _pages(pymupdf: Any, source: Any, traits: frozenset[str]) -> Any:
    """The document, or its pages drawn into new ones: turned, or twice."""
    turned = next((trait for trait in traits if trait.startswith("turned_")), None)
    if turned is None and "painted_twice" not in traits:
        return source
    angle = int(turned.rsplit("_", 1)[1]) if turned else 0
    made = pymupdf.open()
    for page in source:
        width, height = page.rect.width, page.rect.height
        new = made.new_page(width=height if angle else width, height=width if angle else height)
        new.show_pdf_page(new.rect, source, page.number, rotate=angle)
        if "painted_twice" in traits:
            shifted = pymupdf.Rect(new.rect.x0 + _SHADOW, new.rect.y0, new.rect.x1 + _SHADOW, new.rect.y1)
            new.show_pdf_page(shifted, source, page.number, rotate=angle)
        if turned and turned.startswith("turned_page"):
            new.set_rotation(angle)
    return made


def _stamp(pymupdf: Any, page: Any, *, as_picture: bool) -> None:
    width, height = page.rect.width, page.rect.height
    if not as_picture:
        origin = pymupdf.Point(width * 0.15, height * 0.65)
        morph = (origin, pymupdf.Matrix(40))
        page.insert_text(origin, _WATERMARK, fontname="china-s", fontsize=60, color=_GREY, morph=morph, overlay=True)
        return
    picture = pymupdf.Pixmap(pymupdf.csRGB, pymupdf.IRect(0, 0, 120, 40), True)
    picture.set_rect(picture.irect, (200, 200, 200, 90))
    for x in range(40, int(width) - 100, 180):
        for y in range(60, int(height) - 60, 200):
            page.insert_image(pymupdf.Rect(x, y, x + 120, y + 40), pixmap=picture, overlay=True)


def _add_white_figures(page: Any, random: Random) -> None:
    """White digits beside printed ones, as pages hide the marks of a template."""
    words = [word for word in page.get_text("words") if word[4].isdigit()]
    for word in random.sample(words, min(6, len(words))):
        page.insert_text((word[2] + 1, word[3] - 2), str(random.randrange(1, 99)), fontsize=6, color=(1, 1, 1))


def _change_maps(document: Any, digits: Mapping[str, str]) -> None:
    """Writes the map from glyphs to characters of every font anew, digits changed."""
    changed: set[int] = set()
    for page in document:
        for font in page.get_fonts(full=True):
            kind, value = document.xref_get_key(font[0], "ToUnicode")
            if kind != "xref" or (map_ := int(value.split()[0])) in changed:
                continue
            changed.add(map_)
            pairs = {}
            text = document.xref_stream(map_)
            for part in re.findall(rb"beginbfrange(.*?)endbfrange", text, re.S):
                for first, last, target in _RANGE.findall(part):
                    for step in range(int(last, 16) - int(first, 16) + 1):
                        if len(target) == 4:
                            pairs[f"{int(first, 16) + step:0{len(first)}X}"] = chr(int(target, 16) + step)
            for part in re.findall(rb"beginbfchar(.*?)endbfchar", text, re.S):
                for code, target in _PAIR.findall(part):
                    pairs[code.decode()] = bytes.fromhex(target.decode()).decode("utf-16-be", "replace")
            document.update_stream(map_, _map_of({code: digits.get(to, to) for code, to in pairs.items()}))


def _map_of(pairs: Mapping[str, str]) -> bytes:
    width = len(next(iter(pairs), "0000"))
    lines = [f"<{code}> <{text.encode('utf-16-be').hex()}>" for code, text in pairs.items()]
    parts = []
    for start in range(0, len(lines), 100):
        chunk = lines[start : start + 100]
        parts.append(f"{len(chunk)} beginbfchar\n" + "\n".join(chunk) + "\nendbfchar\n")
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<{'0' * width}> <{'F' * width}>\nendcodespacerange\n{''.join(parts)}"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode()
