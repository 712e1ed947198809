"""Files inside zip and RAR archives.

An archive is untrusted: it may be a bomb, name its members ``../../etc/passwd``, hold itself, ask for a password or
be cut off. Nothing is extracted by name, sizes are limited while reading, and each trouble costs the member or the
archive that has it only. Names that Windows wrote in GBK without saying so are recovered.

What is compressed in a RAR archive is unpacked by one of the programs unrar, unar, 7z or bsdtar.
"""

from __future__ import annotations

import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from parsers.errors import Encrypted, LimitExceeded, NianbaoError, Unreadable
from pipeline.ingest import manifest

SUFFIXES = frozenset([".zip", ".rar"])
"""Of files that may be archives; :func:`is_archive` tells."""
MAX_MEMBER_BYTES = 200 * 2**20
"""Uncompressed size of one member: the largest scanned report seen has 60 MB, so this is far above any."""
MAX_RATIO = 400
"""Uncompressed to compressed, for members above 1 MB: zipped HTML reaches 30, a bomb 1,000 (the limit of deflate)."""
MAX_DEPTH = 3
"""Archives inside archives: a province's zip of the cities' zips of the counties' zips."""
_RAR = b"Rar!\x1a\x07"


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive: its path with ``/`` between the parts, its size, and a function that reads it, which
    works until the next member is asked for. ``problem`` is set instead when it must not be read."""

    path: str
    size: int
    read: Callable[[], bytes]
    problem: NianbaoError | None = None


_PARTS_OF_DOCUMENTS = ("[Content_Types].xml", "META-INF/manifest.xml", "OFD.xml")
"""What only documents hold: those of Microsoft Office and WPS, OpenDocument, and OFD."""


def is_archive(source: Path | io.BytesIO) -> bool:
    """Whether this is a RAR archive, or a zip archive of files (and not a document of an office suite, which is a zip as
    well)."""
    try:
        if _is_rar(source):
            return True
        with zipfile.ZipFile(source) as archive:
            return not any(part in archive.NameToInfo for part in _PARTS_OF_DOCUMENTS)
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError, EOFError):
        return False


def members(source: Path | io.BytesIO, name: str) -> Iterator[Member]:
    """The files of an archive in the order of their names, manifests first; nested archives are not opened.

    Raises Unreadable when the archive's table of contents cannot be read, or, behind the files that it lists, when it ends
    too early to list them all.
    """
    yield from (_rar_members if _is_rar(source) else _zip_members)(source, name)


def _zip_members(source: Path | io.BytesIO, name: str) -> Iterator[Member]:
    try:
        archive = zipfile.ZipFile(source)
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError, EOFError) as error:
        raise Unreadable(f"{name}: not a readable zip archive ({error}); download it again") from error
    with archive:
        entries = [(member_path(info), info) for info in archive.infolist() if not info.is_dir()]
        for path, info in sorted(entries, key=_manifests_first):
            where = f"{name}, {path}"
            problem = _problem(where, info.file_size, info.compress_size, encrypted=bool(info.flag_bits & 0x1))
            yield Member(path, info.file_size, _reader(archive, info, where), problem)


def _rar_members(source: Path | io.BytesIO, name: str) -> Iterator[Member]:
    import rarfile

    try:
        archive = rarfile.RarFile(source, charset="gb18030")
        entries = [(safe_path(info.filename), info) for info in archive.infolist() if info.is_file()]
    except rarfile.NeedFirstVolume as error:
        raise Unreadable(f"{name}: a later part of a RAR archive; it is read with its first part") from error
    except (rarfile.Error, OSError, ValueError, EOFError, struct.error, IndexError, OverflowError) as error:
        raise Unreadable(f"{name}: not a readable RAR archive ({error}); download it again") from error
    if not entries and archive.needs_password():
        raise Encrypted(f"{name}: the archive asks for a password; unpack it and give the folder")
    if not entries:
        raise Unreadable(f"{name}: a damaged or empty RAR archive, no file can be found in it; download it again")
    for path, info in sorted(entries, key=_manifests_first):
        where = f"{name}, {path}"
        problem = _problem(where, info.file_size, info.compress_size, encrypted=info.needs_password())
        yield Member(path, info.file_size, _reader(archive, info, where), problem)
    if archive.strerror() or _is_cut_off(archive, source):
        found = f"{len(entries)} {'file was' if len(entries) == 1 else 'files were'} found in it"
        raise Unreadable(f"{name}: a damaged RAR archive: {found}, others may be lost; download it again")


def _is_cut_off(archive: Any, source: Path | io.BytesIO) -> bool:
    """Whether a RAR archive in one part ends before its last file does: whatever stood behind that one is not listed."""
    size = source.getbuffer().nbytes if isinstance(source, io.BytesIO) else source.stat().st_size
    return len(archive.volumelist()) == 1 and any(
        info.data_offset + info.compress_size > size for info in archive.infolist() if info.is_file()
    )


def _is_rar(source: Path | io.BytesIO) -> bool:
    if isinstance(source, io.BytesIO):
        return source.getbuffer()[: len(_RAR)] == _RAR
    with source.open("rb") as stream:
        return stream.read(len(_RAR)) == _RAR


def _manifests_first(entry: tuple[str, object]) -> tuple[bool, str]:
    return entry[0].rpartition("/")[2] != manifest.NAME, entry[0]


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
    return safe_path(name)


_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Characters of names that break a line, or turn it round."""


def in_one_line(name: str) -> str:
    """A name as it can stand in a line of text: what would break the line or turn it round is spelt out.

    >>> in_one_line("a\\nb")
    'a\\\\nb'
    """
    return _UNSEEN.sub(lambda unseen: unseen[0].encode("unicode_escape").decode(), name)


def safe_path(name: str) -> str:
    """A path with ``/`` between the parts, in one line, without drive, root and ``..``.

    >>> safe_path("C:\\\\2021\\\\..\\\\report.pdf")
    '2021/report.pdf'
    """
    parts = name.replace("\\", "/").split("/")
    return (
        in_one_line("/".join(part for part in parts if part not in {"", ".", ".."} and not part.endswith(":")))
        or "unnamed"
    )


def _problem(where: str, size: int, packed: int, *, encrypted: bool) -> NianbaoError | None:
    if encrypted:
        return Encrypted(f"{where}: the archive asks for a password; unpack it and give the folder")
    if size > MAX_MEMBER_BYTES:
        return LimitExceeded(f"{where}: {size // 2**20} MB unpacked, more than {MAX_MEMBER_BYTES // 2**20} MB")
    if size > 2**20 and size > MAX_RATIO * max(packed, 1):
        return LimitExceeded(f"{where}: unpacks to {MAX_RATIO} times its size or more, as no report does")
    return None


def _reader(archive: Any, info: Any, where: str) -> Callable[[], bytes]:
    """A function that reads one member; ``archive`` and ``info`` are those of ``zipfile`` or of ``rarfile``."""

    def read() -> bytes:
        try:
            with archive.open(info) as stream:
                content: bytes = stream.read(MAX_MEMBER_BYTES + 1)
        except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, EOFError, RuntimeError) as error:
            raise Unreadable(f"{where}: damaged in the archive ({error}); download it again") from error
        except Exception as error:
            raise _of_rar(error, where) from error
        if len(content) > MAX_MEMBER_BYTES:
            raise LimitExceeded(f"{where}: unpacks to more than it says")
        return content

    return read


def _of_rar(error: Exception, where: str) -> Exception:
    """What stands for an error of rarfile; any other error as it is."""
    import rarfile

    if isinstance(error, rarfile.RarCannotExec):
        return Unreadable(
            f"{where}: to unpack RAR archives install unar, unrar or bsdtar, or give the unpacked folder"
        )
    if isinstance(error, rarfile.Error):
        return Unreadable(f"{where}: damaged in the archive ({error}); download it again")
    return error
