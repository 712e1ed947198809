"""The archive: bytes by their SHA-256 in a folder that only grows.

``archive/ab/abcd….pdf``: the first two signs of the hash, the hash, and an extension by what the bytes are. A file
is written under another name, synchronised and then renamed, so that what bears a hash is whole, whatever happens.
Nothing a site says (names, paths) decides where a file goes.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path

from parsers.errors import BadInput, NianbaoError, StoreError

INCOMING = ".incoming"
"""Folder of files that are being written; what is found there at the start is left from a kill, and removed."""
_MAGIC = (
    (b"%PDF-", "pdf"),
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"GIF8", "gif"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_PARTS = ((b"W\0o\0r\0d\0D\0o\0c", "doc"), (b"W\0o\0r\0k\0b\0o\0o\0k", "xls"), (b"B\0o\0o\0k\0", "xls"))


class Archive:
    """An archive in a folder, which is made when it is not there. Raises BadInput when it cannot be."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            (folder / INCOMING).mkdir(parents=True, exist_ok=True)
            for left in (folder / INCOMING).iterdir():
                left.unlink()
        except OSError as error:
            raise BadInput(f"{folder}: cannot be used as an archive ({error.strerror})") from error

    def put(self, body: bytes) -> str:
        """Keeps the bytes, unless they are kept already; their SHA-256. Raises StoreError when the disk will not."""
        sha256 = hashlib.sha256(body).hexdigest()
        if self.path(sha256) is not None:
            return sha256
        target = self.folder / sha256[:2] / f"{sha256}.{extension_of(body)}"
        temporary = self.folder / INCOMING / f"{sha256}.{os.getpid()}"
        try:
            with temporary.open("wb") as file:
                file.write(body)
                file.flush()
                os.fsync(file.fileno())
            target.parent.mkdir(exist_ok=True)
            temporary.replace(target)
            _synchronise(target.parent)
        except OSError as error:
            with contextlib.suppress(OSError):
                temporary.unlink()
            raise StoreError(
                f"{target}: cannot be written ({error.strerror}); make room and run again, nothing is lost"
            ) from error
        return sha256

    def path(self, sha256: str) -> Path | None:
        """The file with this hash; None when it is not kept."""
        return next((self.folder / sha256[:2]).glob(f"{sha256}.*"), None)

    def get(self, sha256: str) -> bytes | None:
        """The bytes with this hash; None when they are not kept, or are no longer what they were."""
        path = self.path(sha256)
        try:
            body = path.read_bytes() if path is not None else None
        except OSError:
            return None
        return body if body is not None and hashlib.sha256(body).hexdigest() == sha256 else None


def extension_of(body: bytes) -> str:
    """An extension that tells what bytes are, by themselves alone.

    >>> extension_of(b"%PDF-1.7 ..."), extension_of(b"<html><body>x</body></html>"), extension_of(b"\\0\\1")
    ('pdf', 'html', 'bin')
    """
    from parsers.readers.sniff import Format, sniff

    for magic, extension in _MAGIC:
        if body.startswith(magic):
            return extension
    if body.startswith(_OLE):
        return next((extension for part, extension in _OLE_PARTS if part in body), "ole")
    if body[:1] in (b"{", b"["):
        return "json"
    try:
        found = sniff(body, "")
    except NianbaoError:
        return "zip" if body.startswith(b"PK\x03\x04") else "bin"
    known = {Format.PDF: "pdf", Format.HTML: "html", Format.DOCX: "docx", Format.XLSX: "xlsx"}
    return known.get(found, "txt")


def _synchronise(folder: Path) -> None:
    """Makes a rename last through a power cut, where the system knows how."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
