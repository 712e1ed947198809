"""Which files there are: paths, folders, globs and archives become one stream of found files, always in one order.

Nothing is held but the names of the folder at hand, so that a million files cost no more memory than one folder of
them. What cannot be looked into becomes a found file with a problem: it gets an outcome like any other.
"""

from __future__ import annotations

import glob
import io
import os
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from parsers.errors import BadInput, LimitExceeded, NianbaoError, NotAReport, Unreadable
from pipeline.ingest import archives, beside, manifest
from pipeline.ingest.manifest import Entry, Manifest

NOT_DOCUMENTS = frozenset(
    suffix
    for suffixes in (
        ".css .js .mjs .map .json .xml .rss .png .jpg .jpeg .gif .svg .webp .ico .bmp .cur .woff .woff2 .ttf .otf .eot",
        ".mp3 .mp4 .wav .avi .mov .flv .swf .exe .dll .py .pyc .sh .bat .ini .log .lnk .url .torrent",
        ".csv .tsv .parquet .jsonl",
    )
    for suffix in suffixes.split()
)
"""Suffixes passed over inside folders and archives: what a browser saves beside a page, and what is exported.
A file that is named on the command line is taken all the same."""

DATABASES = frozenset(
    f"{suffix}{part}" for suffix in (".db", ".sqlite", ".sqlite3") for part in ("", "-wal", "-shm", "-journal")
)
"""Suffixes that are always passed over: ``*`` in the folder where the database lies does not mean the database."""

MOST_NAMED = 5
"""Files of an archive without documents that a message names."""

OTHER_ARCHIVES = frozenset([".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".zst"])
"""Archives that we do not open; passing over them in silence could lose a whole county."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file to be read. ``location`` names it for good: an absolute path, and for a member of an archive
    ``archive.zip!/path/in/archive``. ``stamp`` changes when the file's time does, or what a manifest says of it.
    ``path`` is None for a member of an archive: then ``read`` gives its bytes, until the next file is asked for.
    ``problem`` is set when the file cannot be read at all."""

    location: str
    name: str
    size: int
    stamp: int
    path: Path | None = None
    read: Callable[[], bytes] | None = field(default=None, compare=False)
    entry: Entry | None = None
    problem: NianbaoError | None = field(default=None, compare=False)

    @property
    def is_stated(self) -> bool:
        """Whether a line of a manifest speaks of the file."""
        return self.entry is not None and self.entry.line > 0


def discover(paths: Iterable[str], passed_over: Callable[[str], None] = lambda _: None) -> Iterator[Found]:
    """Every file that the paths name, in a deterministic order: paths as given, folders by name, depth first.

    A path is a file, a folder (searched with all its folders), a zip or RAR archive or a glob (``**`` crosses folders).
    A file that is named, by its path or by a glob with a suffix (``*.png``), is taken whatever its suffix says.
    ``passed_over`` is told the location of each file that is not taken for a document. Raises BadInput for a path
    that does not exist, before anything is found, and for a manifest that cannot be used as a whole.
    """
    roots = _roots(paths)
    named = frozenset(path for path, is_named in roots.items() if is_named)
    for root in _outermost(roots):
        if root.is_dir():
            yield from _folder(root, named, passed_over)
        else:
            yield from _file(root, _stated(_manifest_of(root.parent), root.name), root in named, passed_over)


def check_paths(paths: Iterable[str]) -> None:
    """Raises BadInput, as :func:`discover` would, for a path that does not exist."""
    _roots(paths)


def _roots(paths: Iterable[str]) -> dict[Path, bool]:
    """The paths as absolute ones, globs resolved, and whether each is named: by a glob it is when that has a suffix."""
    found: dict[Path, bool] = {}
    for path in paths:
        matches = [path] if os.path.lexists(path) else sorted(glob.glob(path, recursive=True))
        if not matches:
            wanted = "no file matches" if glob.has_magic(path) else "no such file or folder"
            raise BadInput(f"{path}: {wanted}; the current folder is {Path.cwd()}")
        for match in matches:
            root = Path(os.path.abspath(match))  # abspath: symbolic links keep their names
            found[root] = match == path or os.path.splitext(path)[1] not in {"", ".*"} or found.get(root, False)
    return found


def _outermost(roots: Collection[Path]) -> list[Path]:
    """The paths that do not lie inside another."""
    known = set(roots)
    return [root for root in roots if not known.intersection(root.parents)]


def _folder(root: Path, named: Collection[Path], passed_over: Callable[[str], None]) -> Iterator[Found]:
    """The files of a folder and of the folders in it. ``stack`` holds what is still to be visited, next one last."""
    seen: set[tuple[int, int]] = set()
    stack: list[tuple[Path, tuple[Manifest, ...]]] = [(root, ())]
    while stack:
        path, manifests = stack.pop()
        try:
            status = path.stat()
            if not path.is_dir():
                yield from _file(path, _first_stated(manifests, path), path in named, passed_over)
                continue
            if (status.st_dev, status.st_ino) in seen:
                continue  # a symbolic link that leads back, or a second one to the same folder
            seen.add((status.st_dev, status.st_ino))
            names = sorted(os.listdir(path), reverse=True)
        except OSError as error:
            yield _broken(path, error)
            continue
        own = _manifest_of(path) if manifest.NAME in names else None
        if own is not None:
            manifests = (own, *manifests)
            yield from (_missing(own, line) for line in own.entries if not (path / line).exists())
        stack += [(path / name, manifests) for name in names if not _hidden(name) and name != manifest.NAME]


def _is_no_document(name: str, *, is_named: bool = False) -> bool:
    """Whether a file of this name is passed over. What people write beside reports is read there, never as a report."""
    suffix = os.path.splitext(name)[1].lower()
    return suffix in DATABASES or name in {manifest.NAME, beside.NAME} or (suffix in NOT_DOCUMENTS and not is_named)


def _hidden(name: str) -> bool:
    return name.startswith((".", "~$", "__MACOSX")) or name.lower() in {"thumbs.db", "desktop.ini"}


def _file(path: Path, entry: Entry | None, is_named: bool, passed_over: Callable[[str], None]) -> Iterator[Found]:
    """A file of the file system: itself, or the members of an archive."""
    suffix = path.suffix.lower()
    try:
        status = path.stat()
        if not path.is_file():
            raise OSError("neither a file nor a folder")
        if suffix in archives.SUFFIXES and archives.is_archive(path):
            yield from _members(path, readable(path), status.st_mtime_ns, 1, passed_over)
            return
    except OSError as error:
        yield _broken(path, error)
        return
    if entry is None and _is_no_document(path.name, is_named=is_named):
        passed_over(readable(path))
        return
    if not os.access(path, os.R_OK):
        try:
            path.open("rb").close()
        except OSError as error:
            # Told here, without the file's size and time: who may read it later finds it changed, and reads it.
            yield _broken(path, error)
            return
    found = Found(
        readable(path), readable(path.name), status.st_size, stamped(status.st_mtime_ns, entry), path, None, entry
    )
    yield replace(found, problem=_problem(found))


def _members(
    source: Path | io.BytesIO, location: str, mtime: int, depth: int, passed_over: Callable[[str], None]
) -> Iterator[Found]:
    """The documents in an archive. Of one that holds none it is told what it holds instead: it must not go without a word."""
    manifests: dict[str, Manifest] = {}
    unseen: dict[str, Found] = {}
    documents = 0
    others: list[str] = []
    try:
        for member in archives.members(source, location):
            name = member.path.rpartition("/")[2]
            place = f"{location}!/{member.path}"
            if any(_hidden(part) for part in member.path.split("/")):
                continue
            unseen.pop(member.path, None)
            if name == manifest.NAME and member.problem is None:
                folder = member.path.removesuffix(name)
                manifests[folder] = manifest.read_manifest(member.read(), place)
                unseen |= {
                    folder + line: _missing(manifests[folder], line, mtime) for line in manifests[folder].entries
                }
                continue
            entry = _first_stated_within(manifests, member.path)
            found = Found(place, name, member.size, stamped(mtime, entry), None, member.read, entry, member.problem)
            if entry is None and _is_no_document(name):
                others.append(name)
                passed_over(place)
                continue
            documents += 1
            if os.path.splitext(name)[1].lower() in archives.SUFFIXES and member.problem is None:
                yield from _nested(found, mtime, depth, passed_over)
            else:
                yield replace(found, problem=member.problem or _problem(found))
    except Unreadable as error:
        yield Found(location, location.rpartition("/")[2], 0, stamped(mtime, None), problem=error)
        return
    yield from unseen.values()
    if not documents:
        name = location.rpartition("/")[2]
        more = ", …" if len(others) > MOST_NAMED else ""
        held = f"only {', '.join(others[:MOST_NAMED])}{more}" if others else "it is empty"
        problem = NotAReport(f"{name}: an archive without a document: {held}")
        yield Found(location, name, 0, stamped(mtime, None), problem=problem)


def _nested(found: Found, mtime: int, depth: int, passed_over: Callable[[str], None]) -> Iterator[Found]:
    if depth >= archives.MAX_DEPTH:
        yield replace(
            found, problem=LimitExceeded(f"{found.location}: archives nested {depth} deep; unpack it first")
        )
        return
    assert found.read is not None
    try:
        content = found.read()
    except NianbaoError as error:
        yield replace(found, problem=error)
        return
    if archives.is_archive(io.BytesIO(content)):
        yield from _members(io.BytesIO(content), found.location, mtime, depth + 1, passed_over)
    else:
        yield found


def _manifest_of(folder: Path) -> Manifest | None:
    path = folder / manifest.NAME
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise BadInput(f"{path}: cannot be read ({error.strerror})") from error
    return manifest.read_manifest(content, str(path))


def _missing(stated: Manifest, relative: str, mtime: int = 0) -> Found:
    """A line about a file that does not exist: a typing error there would let a file be stored on a guess."""
    entry = stated.entries[relative]
    message = entry.problem or f"{stated.location}, line {entry.line}: no file {relative} beside the manifest"
    location = f"{stated.location}#{entry.line}"
    return Found(location, relative, 0, stamped(mtime, entry), entry=entry, problem=BadInput(message))


def _first_stated_within(manifests: Mapping[str, Manifest], path: str) -> Entry | None:
    """What the nearest manifest of an archive (by its folder, which ends with ``/`` or is empty) says of a member."""
    nearest = sorted((folder for folder in manifests if path.startswith(folder)), key=len, reverse=True)
    entries = (manifests[folder].entry(path.removeprefix(folder)) for folder in nearest)
    return next((entry for entry in entries if entry is not None), None)


def _stated(stated: Manifest | None, relative: str) -> Entry | None:
    return stated.entry(relative) if stated else None


def _first_stated(manifests: Iterable[Manifest], path: Path) -> Entry | None:
    """What the nearest manifest that mentions the file says of it."""
    for stated in manifests:
        entry = stated.entry(path.relative_to(Path(stated.location).parent).as_posix())
        if entry is not None:
            return entry
    return None


def _problem(found: Found) -> NianbaoError | None:
    if found.entry is not None and found.entry.problem is not None:
        return BadInput(found.entry.problem)
    suffix = os.path.splitext(found.name)[1].lower()
    if suffix in OTHER_ARCHIVES:
        return Unreadable(f"{found.name}: an archive of a kind that is not opened; unpack it, or make it a .zip")
    return None


def _broken(path: Path, error: OSError) -> Found:
    return Found(
        readable(path),
        readable(path.name),
        0,
        0,
        path,
        problem=Unreadable(f"{readable(path)}: {error.strerror or error}; mend that and run the command again"),
    )


def stamped(mtime: int, entry: Entry | None) -> int:
    """The file's time in nanoseconds, even; for a file that a manifest speaks of it is odd, and moved by what the
    manifest says, so that an edited manifest is seen."""
    if entry is None:
        return mtime & ~1
    said = f"{entry.agency}|{entry.year}|{entry.scope}|{entry.problem}"
    return (mtime + zlib.crc32(said.encode())) | 1


def readable(path: str | Path) -> str:
    """A path as text that any database takes, in one line: names that are not UTF-8 are read as GB18030, or spelt out. Each
    name by itself: a file that an archive left behind may lie in a folder that somebody made here.

    >>> readable(os.fsdecode("年报".encode() + b"/" + "年报.pdf".encode("gb18030")))
    '年报/年报.pdf'
    """
    return archives.in_one_line("/".join(map(_decoded, os.fsencode(path).split(b"/"))))


def _decoded(name: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):
        try:
            return name.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name.decode("utf-8", errors="backslashreplace")
