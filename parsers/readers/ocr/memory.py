"""What was recognised once need not be recognised again: a picture's hash and the engine's version say what it was.

Where it is kept is the caller's affair: within :func:`remembering` pages are looked up in a :class:`Memory` and put into it.
A page comes out of it exactly as it went in, so that what is read is the same with it and without.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Protocol

from parsers.readers.ocr.engine import MODEL
from parsers.readers.ocr.page import Print, Scan
from parsers.readers.pdf.page import Mark, PageContent, Word

PACKAGES = ("rapidocr", "onnxruntime", "opencv-python", "opencv-python-headless", "numpy")


class Memory(Protocol):
    """Keeps recognised pages. Both methods may fail silently: then a page is recognised once more."""

    def get(self, key: str) -> bytes | None:
        """What was put under the key; None when nothing was."""

    def put(self, key: str, content: bytes) -> None:
        """Keeps what was recognised."""


_MEMORY: ContextVar[Memory | None] = ContextVar("memory", default=None)


@contextmanager
def remembering(memory: Memory | None) -> Iterator[None]:
    """Within it recognised pages are taken from, and put into, ``memory``; None keeps nothing."""
    token = _MEMORY.set(memory)
    try:
        yield
    finally:
        _MEMORY.reset(token)


def remembered(
    picture: Any, reader: str, number: int, size: tuple[float, float], enlarged: float
) -> tuple[str, Scan | None]:
    """The key of a page's picture (an array of pixels) of a ``size`` in points, shown ``enlarged`` by a factor, as read by
    the ``reader``, our own code of a version and what it was told; and the page ``number`` as it was recognised before,
    None where it was not."""
    memory = _MEMORY.get()
    if memory is None:
        return "", None
    about = f"{engine_version()} reader {reader} {picture.shape} {size} {enlarged}"
    key = sha256(about.encode() + b"\0" + picture.tobytes()).hexdigest()
    content = memory.get(key)
    try:
        return key, _scan_of(json.loads(content), number) if content else None
    except (ValueError, KeyError, TypeError):  # cut short, or written by something else
        return key, None


def remember(key: str, scan: Scan) -> None:
    """Keeps a recognised page under its key."""
    memory = _MEMORY.get()
    if memory is not None:
        memory.put(key, json.dumps(_json_of(scan), ensure_ascii=False).encode())


@cache
def engine_version() -> str:
    """The model and the packages that run it, as ``PP-OCRv6_rec_small.onnx rapidocr 3.10.0 …``."""
    found = []
    for package in PACKAGES:
        try:
            found.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            continue
    return " ".join((MODEL, *found))


def _json_of(scan: Scan) -> dict[str, Any]:
    content = scan.content
    return {
        "size": [content.width, content.height],
        "turned": content.turned,
        "enlarged": content.enlarged,
        "marks": [list(mark) for mark in content.marks],
        "prints": [[*each.word, each.sure, list(each.others), each.parted] for each in scan.prints],
    }


def _scan_of(stored: dict[str, Any], number: int) -> Scan:
    prints = tuple(
        Print(Word(x0, y0, x1, y1, text), sure, tuple(others), parted)
        for x0, y0, x1, y1, text, sure, others, parted in stored["prints"]
    )
    content = PageContent(
        number=number,
        width=stored["size"][0],
        height=stored["size"][1],
        words=[each.word for each in prints if each.word.text],
        marks=[Mark(*mark) for mark in stored["marks"]],
        images=[],
        characters=list,
        turned=stored["turned"],
        enlarged=stored["enlarged"],
    )
    return Scan(content, prints)
