"""Scans made of PDFs that hold text: each page a picture of itself, as scanners and copiers spoil it."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np

from parsers.readers.pdf.libraries.mupdf import pymupdf

Pixels = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class Scanner:
    """What happens to a page: ``dpi`` pixels per inch, laid aslant by up to ``slant`` degrees, ``noise`` in grey levels
    (standard deviation), ``blur`` in points (standard deviation), JPEG of ``quality`` 1 to 95, ``ink`` and ``paper`` in
    grey levels, ``shade``: by how many levels one side is darker, ``turn`` in degrees clockwise, ``bilevel``: ink or
    paper and nothing between, ``seal``: a red stamp over the tables of each page."""

    dpi: int = 170
    slant: float = 1.0
    noise: float = 6.0
    blur: float = 0.0
    quality: int = 60
    ink: int = 10
    paper: int = 240
    shade: int = 0
    turn: int = 0
    bilevel: bool = False
    seal: bool = False
    copied: bool = True
    dust: int = 0
    lid: int = 0
    enlarged: bool = False
    layer: bool = False


def drawn_scanner(seed: int) -> Scanner:
    """A scanner drawn by chance: most are good ones, some blur, shade or turn pages; the same seed draws the same."""
    chance = random.Random(seed)
    scanner = Scanner(
        dpi=chance.choice((150, 170, 200, 200, 240, 300)),
        slant=chance.choice((0.0, 0.5, 1.0, 2.0)),
        noise=chance.choice((1.0, 4.0, 6.0, 9.0)),
        blur=chance.choice((0.0, 0.0, 0.1, 0.2, 0.3)),
        quality=chance.choice((35, 50, 60, 75, 90)),
        ink=chance.choice((5, 10, 40, 80)),
        paper=chance.choice((205, 230, 240, 252)),
        shade=chance.choice((0, 0, 25)),
        turn=chance.choice((0,) * 9 + (90, 180, 270)),
        seal=chance.random() < 0.2,
        copied=chance.random() < 0.5,
        dust=chance.choice((0, 0, 0, 500)),
        lid=chance.choice((0, 0, 0, 0, 8)),
        enlarged=chance.random() < 0.1,
        layer=chance.random() < 0.25,
    )
    return replace(scanner, bilevel=True, dpi=max(scanner.dpi, 200), blur=0.0) if chance.random() < 0.12 else scanner


def scanned(data: bytes, scanner: Scanner, seed: int) -> bytes:
    """The PDF as the scanner would give it; the same arguments give the same pages."""
    chance, generator = random.Random(seed), np.random.default_rng(seed)
    with pymupdf.open(stream=data) as source, pymupdf.open() as scan:
        for page in source:
            pixels = page.get_pixmap(dpi=scanner.dpi)
            drawn = np.frombuffer(pixels.samples, np.uint8).reshape(pixels.height, pixels.width, 3)
            turn = chance.choice((-1, 1)) * chance.uniform(0.3, 1.0) * scanner.slant
            picture = _spoilt(drawn, scanner, turn, generator)
            size = scanner.dpi / 72 if scanner.enlarged else 1.0
            width, height = page.rect.width * size, page.rect.height * size
            if scanner.turn in (90, 270):
                width, height = height, width
            target = scan.new_page(width=width, height=height)
            target.insert_image(target.rect, stream=picture)
            if scanner.layer:
                _lay_text(target, page, size, chance)
        return bytes(scan.tobytes())


MISREAD = str.maketrans("0138日木", "O178目本")


def _lay_text(target: Any, page: Any, size: float, chance: random.Random) -> None:
    """Invisible text: about what the page says, with characters taken for others, and lost."""
    for x0, y0, _, y1, text, *_ in page.get_text("words"):
        read = "".join(sign.translate(MISREAD) if chance.random() < 0.4 else sign for sign in text)
        if chance.random() > 0.05:
            place, height = (x0 * size, (y1 - 2) * size), max(0.8 * (y1 - y0), 4.0) * size
            target.insert_text(place, read, fontname="china-s", fontsize=height, render_mode=3)


def _spoilt(drawn: Pixels, scanner: Scanner, slant: float, generator: np.random.Generator) -> bytes:
    """The picture of a page (RGB) after the scanner, as a JPEG or, of ink and paper only, a PNG."""
    height, width = drawn.shape[:2]
    page = cv2.cvtColor(drawn, cv2.COLOR_RGB2BGR)
    if scanner.seal:
        page = np.minimum(page, _seal(height, width, scanner.dpi))
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), slant, 1.0)
    page = cv2.warpAffine(page, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=(255, 255, 255))
    if scanner.blur:
        page = cv2.GaussianBlur(page, (0, 0), scanner.blur * scanner.dpi / 72)
    level = scanner.ink + page * ((scanner.paper - scanner.ink) / 255)
    level = level - np.linspace(0, scanner.shade, width)[None, :, None]
    level = level + generator.normal(0, scanner.noise, (height, width, 1))
    for y, x in generator.integers(0, (height - 1, width - 1), (scanner.dust, 2)).tolist():
        level[y : y + 2, x : x + 2] = scanner.ink
    lid = round(scanner.lid * scanner.dpi / 72)
    level[:lid] = level[:, :lid] = 20
    page = np.rot90(level, -scanner.turn // 90).clip(0, 255).astype(np.uint8)
    if scanner.copied or not scanner.seal:
        page = cv2.cvtColor(page, cv2.COLOR_BGR2GRAY)
    if scanner.bilevel:
        grey = page if page.ndim == 2 else cv2.cvtColor(page, cv2.COLOR_BGR2GRAY)
        black = np.where(grey > (scanner.ink + scanner.paper) / 2, 255, 0).astype(np.uint8)
        return bytes(cv2.imencode(".png", black)[1].tobytes())
    return bytes(cv2.imencode(".jpg", page, [cv2.IMWRITE_JPEG_QUALITY, scanner.quality])[1].tobytes())


def _seal(height: int, width: int, dpi: int) -> Pixels:
    """White paper with a round red seal on its lower half, where tables and signatures stand."""
    paper = np.full((height, width, 3), 255, np.uint8)
    centre, radius = (round(0.66 * width), round(0.62 * height)), round(0.8 * dpi)
    red = (60, 50, 220)
    cv2.circle(paper, centre, radius, red, max(round(0.04 * dpi), 2))
    star = [
        (
            centre[0] + 0.4 * radius * (1 if k % 2 == 0 else 0.4) * np.sin(k * np.pi / 5),
            centre[1] - 0.4 * radius * (1 if k % 2 == 0 else 0.4) * np.cos(k * np.pi / 5),
        )
        for k in range(10)
    ]
    cv2.fillPoly(paper, [np.array(star, np.int32)], red)
    return paper
