"""Files inside zip archives, without ever writing one to disk.

An archive is untrusted: it may be a bomb, name its members ``../../etc/passwd``, hold itself, ask for a password or
be cut off. Nothing is extracted, sizes are limited while reading, and each trouble costs the member or the archive
that has it only. Names that Windows wrote in GBK without saying so are recovered.
"""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from parsers.errors import Encrypted, LimitExceeded, NianbaoError, Unreadable
from pipeline import manifest

MAX_MEMBER_BYTES = 200 * 2**20
"""Uncompressed size of one member: the largest scanned report seen has 60 MB, so this is far above any."""
MAX_RATIO = 400
"""Uncompressed to compressed, for members above 1 MB: zipped HTML reaches 30, a bomb 1,000 (the limit of deflate)."""
MAX_DEPTH = 3
"""Archives inside archives: a province's zip of the cities' zips of the counties' zips."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive: its path with ``/`` between the parts, its size, and a function that reads it, which
    works until the next member is asked for. ``problem`` is set instead when it must not be read."""

    path: str
    size: int
    read: Callable[[], bytes]
    problem: NianbaoError | None = None


def is_archive(source: Path | io.BytesIO) -> bool:
    """Whether this is a zip archive of files (and not an Office document, which is a zip as well)."""
    try:
        with zipfile.ZipFile(source) as archive:
            return "[Content_Types].xml" not in archive.NameToInfo
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError, EOFError):
        return False


def members(source: Path | io.BytesIO, name: str) -> Iterator[Member]:
    """The files of an archive in the order of their names, its manifest first; nested archives are not opened.

    Raises Unreadable when the archive's table of contents cannot be read.
    """
    try:
        archive = zipfile.ZipFile(source)
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError, EOFError) as error:
        raise Unreadable(f"{name}: not a readable zip archive ({error}); download it again") from error
    with archive:
        entries = [(member_path(info), info) for info in archive.infolist() if not info.is_dir()]
        for path, info in sorted(entries, key=lambda entry: (entry[0] != manifest.NAME, entry[0])):
            where = f"{name}, {path}"
            yield Member(path, info.file_size, _reader(archive, info, where), _problem(info, where))


def member_path(info: zipfile.ZipInfo) -> str:
    """A member's path: decoded as it was meant, ``/`` between the parts, without drive, root and ``..``.

    The zip format knows two encodings, and Chinese Windows uses a third: without the UTF-8 flag the bytes are
    tried as UTF-8 first (what macOS writes), then as GB18030.
    """
    name = info.filename
    if not info.flag_bits & 0x800:
        raw = name.encode("cp437", errors="replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    parts = name.replace("\\", "/").split("/")
    return "/".join(part for part in parts if part not in {"", ".", ".."} and not part.endswith(":")) or "unnamed"


def _problem(info: zipfile.ZipInfo, where: str) -> NianbaoError | None:
    if info.flag_bits & 0x1:
        return Encrypted(f"{where}: the archive asks for a password; unpack it and give the folder")
    if info.file_size > MAX_MEMBER_BYTES:
        return LimitExceeded(
            f"{where}: {info.file_size // 2**20} MB unpacked, more than {MAX_MEMBER_BYTES // 2**20} MB"
        )
    if info.file_size > 2**20 and info.file_size > MAX_RATIO * max(info.compress_size, 1):
        return LimitExceeded(f"{where}: unpacks to {MAX_RATIO} times its size or more, as no report does")
    return None


def _reader(archive: zipfile.ZipFile, info: zipfile.ZipInfo, where: str) -> Callable[[], bytes]:
    def read() -> bytes:
        try:
            with archive.open(info) as stream:
                content = stream.read(MAX_MEMBER_BYTES + 1)
        except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, EOFError, RuntimeError) as error:
            raise Unreadable(f"{where}: damaged in the archive ({error}); download it again") from error
        if len(content) > MAX_MEMBER_BYTES:
            raise LimitExceeded(f"{where}: unpacks to more than it says")
        return content

    return read
