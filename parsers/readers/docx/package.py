"""An Office file as a zip archive of XML parts, opened without trust: sizes are bounded, entities never expanded."""

from __future__ import annotations

import io
import zipfile
import zlib
from functools import lru_cache
from posixpath import normpath

from lxml import etree

from parsers.errors import LimitExceeded, Unreadable

MAX_PART = 100 * 1024 * 1024
"""Bytes of one unpacked part. A report of a province with a hundred tables has a body of 5 MB."""
MAX_PARTS = 20_000
"""Entries of the archive; a report with many pictures has some hundreds."""


class Package:
    """The parts of one file, ``what`` is its kind for messages. ``damaged`` becomes true when a part had to be mended."""

    def __init__(self, data: bytes, name: str, what: str = "Word file") -> None:
        self.name = name
        self.what = what
        self.damaged = False
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
            raise Unreadable(f"{name}: the {what} ends too early or is damaged; download it again") from error
        if len(self._archive.infolist()) > MAX_PARTS:
            raise LimitExceeded(f"{name}: the {what} has more than {MAX_PARTS} parts")

    def main_part(self) -> str:
        """The name of the part that holds the body: as the package's relations say, else where Word puts it."""
        if (relations := self.part("_rels/.rels")) is not None:
            for relation in relations:
                if str(relation.get("Type", "")).endswith("/officeDocument"):
                    return str(relation.get("Target", "")).lstrip("/")
        return "word/document.xml"

    def count(self, folder: str) -> int:
        """The number of parts whose path begins with ``folder``."""
        return sum(path.startswith(folder) for path in self._archive.namelist())

    def part(self, path: str) -> etree._Element | None:
        """The root of a part; None when the package has no such part or nothing can be read of it."""
        content = self.content(path)
        if content is None:
            return None
        try:
            return etree.fromstring(content, _parser(recover=False))
        except etree.XMLSyntaxError:
            self.damaged = True
        except ValueError:
            return None
        try:
            return etree.fromstring(content, _parser(recover=True))
        except (etree.XMLSyntaxError, ValueError):
            return None

    def related(self, part: str, relation: str) -> str | None:
        """The path of what a part refers to; None when it is not in the package."""
        folder, _, name = part.rpartition("/")
        relations = self.part(f"{folder}/_rels/{name}.rels")
        for element in relations if relations is not None else ():
            if element.get("Id") == relation and element.get("TargetMode") != "External":
                target = str(element.get("Target", ""))
                return target.lstrip("/") if target.startswith("/") else normpath(f"{folder}/{target}")
        return None

    def content(self, path: str) -> bytes | None:
        """The bytes of a part; None when the package has no such part."""
        try:
            with self._archive.open(path) as stream:
                content = stream.read(MAX_PART + 1)
        except KeyError:
            return None
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            NotImplementedError,
            RuntimeError,
            OSError,
            ValueError,
        ) as error:
            raise Unreadable(f"{self.name}: {path} is damaged; download the {self.what} again") from error
        if len(content) > MAX_PART:
            raise LimitExceeded(f"{self.name}: {path} unpacks to more than {MAX_PART >> 20} MB")
        return content


def _parser(*, recover: bool) -> etree.XMLParser:
    # No huge_tree: libxml2's own limits on depth (256) and on entities stay in force.
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        recover=recover,
        remove_comments=True,
        remove_pis=True,
    )


@lru_cache(maxsize=4096)  # small, and the names of the format are few
def local(name: str) -> str:
    """The name of an element or attribute without its namespace: the transitional and the strict dialect differ there."""
    return name.rpartition("}")[2]


def tag(element: etree._Element) -> str:
    """The local name of an element; empty for what is none (an unexpanded entity)."""
    return local(element.tag) if isinstance(element.tag, str) else ""


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first descendant along a path of local names."""
    for step in path:
        if element is None:
            return None
        element = next(element.iterchildren(f"{{*}}{step}"), None)
    return element


def value(element: etree._Element | None, name: str = "val") -> str | None:
    """An attribute by its local name; None when the element or the attribute is missing."""
    if element is None:
        return None
    for key, text in element.attrib.items():
        if local(str(key)) == name:
            return str(text)
    return None


def is_on(element: etree._Element | None) -> bool:
    """Whether a switch (``<w:vanish/>``) is there and not turned off."""
    return element is not None and (value(element) or "true").lower() not in ("0", "false", "off", "none")


def number(element: etree._Element | None, name: str = "val", default: int = 0) -> int:
    """An attribute that is a whole number; ``default`` when it is missing or none."""
    text = value(element, name) or ""
    return int(text) if text.lstrip("-").isdigit() and len(text) < 10 else default
