"""Finding files: folders, globs, archives as people really zip them, and manifests."""

from __future__ import annotations

import errno
import os
import struct
import zipfile
import zlib
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
import rarfile
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.errors import BadInput, Encrypted, LimitExceeded, NianbaoError, NotAReport, Unreadable
from parsers.report import Scope
from pipeline.ingest import archives
from pipeline.ingest.discover import Found, discover


def names(paths: list[Path] | list[str], root: Path) -> list[str]:
    return [found.location.removeprefix(f"{root}/") for found in discover([str(path) for path in paths])]


def zipped(members: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def write(root: Path, *files: str) -> None:
    for name in files:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")


def test_a_folder_is_searched_by_name_and_leaves_out_what_is_no_document(tmp_path: Path) -> None:
    write(tmp_path, "b.pdf", "a/2.html", "a/1.docx", "a/2_files/logo.png", ".git/x.pdf", "~$1.docx", "c")
    assert names([tmp_path], tmp_path) == ["a/1.docx", "a/2.html", "b.pdf", "c"]
    told: list[str] = []
    list(discover([str(tmp_path)], told.append))
    assert told == [str(tmp_path / "a/2_files/logo.png")]


def test_a_file_in_a_folder_that_is_given_too_is_found_once(tmp_path: Path) -> None:
    write(tmp_path, "a/1.pdf", "2.pdf")
    assert names([tmp_path / "a", tmp_path, tmp_path / "2.pdf"], tmp_path) == ["2.pdf", "a/1.pdf"]


def test_a_picture_that_is_named_is_read_and_a_page_s_pictures_are_not(tmp_path: Path) -> None:
    write(tmp_path, "a.html", "a_files/logo.png", "scans/1.png", "scans/2.PNG", "scans/notes.css")
    assert names([tmp_path], tmp_path) == ["a.html"]
    assert names([tmp_path / "scans" / "1.png"], tmp_path) == ["scans/1.png"]
    assert names([tmp_path / "scans" / "*.[pP][nN][gG]"], tmp_path) == ["scans/1.png", "scans/2.PNG"]
    assert names([tmp_path, tmp_path / "scans" / "*.png"], tmp_path) == ["a.html", "scans/1.png"]
    assert names([tmp_path / "**" / "*"], tmp_path) == ["a.html"], "a glob that fits everything names nothing"


def test_what_people_and_the_program_write_beside_reports_is_never_a_report(tmp_path: Path) -> None:
    write(tmp_path, "a.html", "corrections.csv", "nianbao.db", "nianbao.db-wal", "table.csv")
    (tmp_path / "manifest.csv").write_text("file,agency\n", encoding="utf-8")
    assert names(sorted(tmp_path.iterdir()), tmp_path) == ["a.html", "table.csv"]


def test_a_glob_crosses_folders(tmp_path: Path) -> None:
    write(tmp_path, "a/b/1.pdf", "a/2.pdf", "a/3.html")
    assert names([tmp_path / "**" / "*.pdf"], tmp_path) == ["a/2.pdf", "a/b/1.pdf"]


def test_a_path_that_does_not_exist_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no such file or folder"):
        names([tmp_path / "nothing"], tmp_path)
    with pytest.raises(BadInput, match="no file matches"):
        names([tmp_path / "*.pdf"], tmp_path)


def test_links_that_lead_in_a_circle_end(tmp_path: Path) -> None:
    write(tmp_path, "a/1.pdf")
    (tmp_path / "a" / "back").symlink_to(tmp_path)
    (tmp_path / "dead.pdf").symlink_to(tmp_path / "gone.pdf")
    found = list(discover([str(tmp_path)]))
    assert [(f.name, f.problem is None) for f in found] == [("1.pdf", True), ("dead.pdf", False)]


def test_a_pipe_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.pdf")
    (found,) = discover([str(tmp_path)])
    assert isinstance(found.problem, Unreadable)


def test_names_that_windows_wrote_in_gbk_are_recovered(tmp_path: Path) -> None:
    content = zipped({"XXXX.pdf": b"x"}).replace(b"XXXX", "年报".encode("gbk"))
    (tmp_path / "a.zip").write_bytes(content)
    assert names([tmp_path], tmp_path) == ["a.zip!/年报.pdf"]


def test_archives_in_archives_are_opened_and_paths_out_of_them_lead_nowhere(tmp_path: Path) -> None:
    inner = zipped({"../../etc/passwd.pdf": b"x", "C:\\temp\\y.html": b"y"})
    (tmp_path / "a.zip").write_bytes(zipped({"county/inner.zip": inner, "__MACOSX/._1.pdf": b"", "1.pdf": b"1"}))
    found = list(discover([str(tmp_path)]))
    places = [f.location.removeprefix(f"{tmp_path}/") for f in found]
    assert places == [
        "a.zip!/1.pdf",
        "a.zip!/county/inner.zip!/etc/passwd.pdf",
        "a.zip!/county/inner.zip!/temp/y.html",
    ]


def test_the_content_of_a_member_is_read_while_it_is_at_hand(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"1.pdf": b"one", "2.pdf": b"two"}))
    assert [found.read() for found in discover([str(tmp_path)]) if found.read] == [b"one", b"two"]


def rar(members: dict[str, bytes], *, method: int = 0x30, flags: int = 0) -> bytes:
    """A RAR archive of version 3; method 0x30 stores, flag 4 says that a password is asked for."""

    def block(kind: int, marks: int, fields: bytes) -> bytes:
        head = struct.pack("<BHH", kind, marks, 7 + len(fields)) + fields
        return struct.pack("<H", zlib.crc32(head) & 0xFFFF) + head

    parts = [b"Rar!\x1a\x07\0", block(0x73, 0, bytes(6))]
    for name, content in members.items():
        raw = name.encode("gbk")
        size, check = len(content), zlib.crc32(content)
        fields = struct.pack("<LLBLLBBHL", size, size, 2, check, 0, 20, method, len(raw), 32) + raw
        parts += [block(0x74, 0x8000 | flags, fields), content]
    return b"".join([*parts, block(0x7B, 0x4000, b"")])


def test_rar_archives_are_opened_and_their_names_in_gbk_recovered(tmp_path: Path) -> None:
    inner = zipped({"1.pdf": b"one"})
    (tmp_path / "a.rar").write_bytes(rar({"水利局\\年报.pdf": b"two", "..\\b.zip": inner}))
    (tmp_path / "zip in truth.rar").write_bytes(inner)
    found = list(discover([str(tmp_path)]))
    places = [f.location.removeprefix(f"{tmp_path}/") for f in found]
    assert places == ["a.rar!/b.zip!/1.pdf", "a.rar!/水利局/年报.pdf", "zip in truth.rar!/1.pdf"]
    assert [f.read() for f in discover([str(tmp_path)]) if f.read] == [b"one", b"two", b"one"]


def test_what_is_wrong_with_a_rar_archive_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.rar"
    path.write_bytes(rar({"1.pdf": b"x"}, flags=4))
    assert isinstance(only(path).problem, Encrypted)
    path.write_bytes(rar({"1.pdf": b"x"}).replace(b"x", b"y"))
    with pytest.raises(Unreadable, match="damaged in the archive"):
        content_of(path)
    path.write_bytes(rar({"1.pdf": b"x"}, method=0x33))
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(rarfile, "CURRENT_SETUP", None)  # the program found before, where there is one
    with pytest.raises(Unreadable, match="install unar"):
        content_of(path)


def test_a_rar_archive_that_ends_too_early_gives_what_it_lists_and_says_so(tmp_path: Path) -> None:
    whole = rar({"1.pdf": b"one", "2.pdf": b"two" * 100, "3.pdf": b"three"})
    (tmp_path / "a.rar").write_bytes(whole[: whole.index(b"two") + 30])
    first, second, archive = discover([str(tmp_path)])
    assert (first.name, second.name, archive.name) == ("1.pdf", "2.pdf", "a.rar")
    assert "2 files were found in it, others may be lost" in str(archive.problem)


@pytest.mark.parametrize("rest", [b"\0" * 500, b"\x9c\x11rubbish" * 50, b""])
def test_a_rar_archive_of_rubbish_is_not_without_an_outcome(tmp_path: Path, rest: bytes) -> None:
    (tmp_path / "a.rar").write_bytes(b"Rar!\x1a\x07\x01\0" + rest)
    assert isinstance(only(tmp_path).problem, Unreadable)


def test_an_archive_without_a_document_says_what_it_holds(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"1.jpg": b"x", "b/2.jpg": b"x", "__MACOSX/._1.jpg": b""}))
    (tmp_path / "b.zip").write_bytes(zipped({"inner.zip": zipped({})}))
    pictures, empty = discover([str(tmp_path)])
    assert isinstance(pictures.problem, NotAReport)
    assert str(pictures.problem) == "a.zip: an archive without a document: only 1.jpg, 2.jpg"
    assert empty.location == str(tmp_path / "b.zip!/inner.zip")
    assert str(empty.problem) == "inner.zip: an archive without a document: it is empty"


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 200), st.integers(0, 255)), max_size=6), st.integers(0, 200))
def test_a_damaged_rar_archive_has_an_outcome(changes: list[tuple[int, int]], end: int) -> None:
    content = bytearray(rar({"1.pdf": b"one", "年报.html": b"two"}))
    for place, value in changes:
        content[7 + place % (len(content) - 7)] = value
    with suppress(NianbaoError):
        for member in archives.members(BytesIO(bytes(content[: 7 + end])), "a.rar"):
            with suppress(NianbaoError):
                member.read()


def content_of(path: Path) -> bytes:
    found = only(path)
    assert found.read is not None
    return found.read()


def nested(depth: int) -> bytes:
    return zipped({"1.pdf": b"x"}) if depth == 0 else zipped({"inner.zip": nested(depth - 1)})


def only(path: Path) -> Found:
    (found,) = discover([str(path)])
    return found


def test_an_archive_that_holds_itself_again_and_again_is_given_up(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(nested(10))
    assert isinstance(only(tmp_path).problem, LimitExceeded)


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"bomb.html": bytes(5 * 2**20)}))
    assert isinstance(only(tmp_path).problem, LimitExceeded)


def test_a_member_that_lies_about_its_size_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_MEMBER_BYTES", 10)
    for member in archives.members(BytesIO(zipped({"1.html": b"x" * 11})), "a.zip"):
        with pytest.raises(LimitExceeded):
            member.read()


def test_a_member_with_a_password_says_so(tmp_path: Path) -> None:
    content = bytearray(zipped({"1.pdf": b"x"}))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "a.zip").write_bytes(content)
    assert isinstance(only(tmp_path).problem, Encrypted)


def test_a_damaged_member_says_so(tmp_path: Path) -> None:
    content = bytearray(zipped({"1.pdf": os.urandom(99)}))
    content[50] ^= 255
    (tmp_path / "a.zip").write_bytes(content)
    files = discover([str(tmp_path)])
    read = next(files).read
    assert read is not None
    with pytest.raises(Unreadable, match="damaged"):
        read()
    assert list(files) == []


def test_a_zip_that_is_none_is_left_to_the_readers(tmp_path: Path) -> None:
    (tmp_path / "page.zip").write_bytes(b"<html>")
    (tmp_path / "word.zip").write_bytes(zipped({"[Content_Types].xml": b"", "word/document.xml": b""}))
    assert [(f.name, f.path is not None) for f in discover([str(tmp_path)])] == [
        ("page.zip", True),
        ("word.zip", True),
    ]


def test_other_archives_are_not_passed_over_in_silence(tmp_path: Path) -> None:
    write(tmp_path, "county.7z")
    assert isinstance(only(tmp_path).problem, Unreadable)


def test_a_manifest_speaks_of_the_files_beside_and_below_it(tmp_path: Path) -> None:
    write(tmp_path, "2021/年报.pdf", "b.pdf")
    said = "file,agency,year,scope,remark\n2021\\年报.pdf,中卫市公安局,2021,area,“a”\n"
    (tmp_path / "manifest.csv").write_bytes(said.encode("gb18030"))
    first, second = discover([str(tmp_path)])
    assert first.entry is not None
    assert (first.entry.agency, first.entry.year, first.entry.scope) == ("中卫市公安局", 2021, Scope.AREA)
    assert second.entry is None


def test_a_manifest_in_an_archive_speaks_of_its_members(tmp_path: Path) -> None:
    members = {"a/1.pdf": b"x", "manifest.csv": "file,agency\na/1.pdf,中卫市公安局\n".encode("utf-8-sig")}
    (tmp_path / "a.zip").write_bytes(zipped(members))
    entry = only(tmp_path).entry
    assert entry is not None
    assert entry.agency == "中卫市公安局"


def test_a_folder_that_was_zipped_keeps_its_manifest(tmp_path: Path) -> None:
    """Whoever zips a folder has the folder's name in front of every path."""
    said = {"": "file,year\n报送/1.pdf,2019\n报送/2.pdf,2020\n", "报送/": "file,year\n1.pdf,2021\n3.pdf,2022\n"}
    members = {f"{folder}manifest.csv": text.encode() for folder, text in said.items()}
    (tmp_path / "a.zip").write_bytes(zipped({"报送/1.pdf": b"1", "报送/2.pdf": b"2", **members}))
    first, second, missing = discover([str(tmp_path)])
    assert [found.entry.year for found in (first, second) if found.entry] == [2021, 2020], (
        "the nearest manifest counts"
    )
    assert "a.zip!/报送/manifest.csv, line 3: no file 3.pdf beside the manifest" in str(missing.problem)


def test_a_line_that_cannot_be_used_costs_its_file_and_names_its_number(tmp_path: Path) -> None:
    write(tmp_path, "1.pdf", "2.pdf", "3.pdf", "4.pdf", "5.pdf")
    lines = ["file,year,scope", "1.pdf,20x1,", "2.pdf,2021,town", "3.pdf,2021,", "3.pdf,2022,", ""]
    lines += ["4.pdf,2021,agency,中卫市,公安局", "gone.pdf,2021,", "5.pdf,2102,"]
    (tmp_path / "manifest.csv").write_text("\n".join(lines), encoding="utf-8")
    problems = {found.name: str(found.problem) for found in discover([str(tmp_path)]) if found.problem}
    assert sorted(problems) == ["1.pdf", "2.pdf", "3.pdf", "4.pdf", "5.pdf", "gone.pdf"]
    assert "line 2: year '20x1'" in problems["1.pdf"]
    assert "line 5: 3.pdf stands in line 4 too" in problems["3.pdf"]
    assert "line 7: more fields than the header names" in problems["4.pdf"]
    assert "line 8: no file gone.pdf" in problems["gone.pdf"]
    assert "line 9: year 2102: reports are for the years from 2003 to" in problems["5.pdf"]


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("name,year", "a column named file is needed; found: name, year"),
        ("file;agency;year", "columns stand between commas"),
        ("file,agency,yaer", "the column yaer is not known; is year meant"),
    ],
)
def test_a_manifest_whose_columns_are_not_understood_stops_the_run(tmp_path: Path, header: str, words: str) -> None:
    (tmp_path / "manifest.csv").write_text(f"{header}\n", encoding="utf-8")
    with pytest.raises(BadInput, match=words):
        list(discover([str(tmp_path)]))


def test_the_stamp_changes_with_what_the_manifest_says(tmp_path: Path) -> None:
    write(tmp_path, "1.pdf")
    stamps = [only(tmp_path).stamp]
    for year in (2020, 2021):
        (tmp_path / "manifest.csv").write_text(f"file,year\n1.pdf,{year}\n", encoding="utf-8")
        stamps.append(only(tmp_path).stamp)
    assert len(set(stamps)) == 3
    assert [stamp % 2 for stamp in stamps] == [0, 1, 1]


def test_a_name_with_a_line_break_or_a_turn_in_it_stands_in_one_line(tmp_path: Path) -> None:
    write(tmp_path, "a\nb.html", "\u202efdp.html", "😀年报.html")
    (tmp_path / "c.zip").write_bytes(zipped({"a\nb.html": b"x"}))
    assert names([tmp_path], tmp_path) == ["a\\nb.html", "c.zip!/a\\nb.html", "\\u202efdp.html", "😀年报.html"]
    assert [found.path.read_bytes() for found in discover([str(tmp_path)]) if found.path] == [b"x"] * 3


def test_file_names_that_are_not_utf8_can_be_stored(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode("年报.pdf".encode("gbk"))).write_bytes(b"x")
    found = only(tmp_path)
    assert found.name == "年报.pdf"
    assert found.path is not None
    assert found.path.read_bytes() == b"x"


def test_each_name_of_a_path_is_decoded_by_itself(tmp_path: Path) -> None:
    """A file that an old archive left behind, in a folder that somebody made here."""
    folder = tmp_path / "年报 资料"
    folder.mkdir()
    (folder / os.fsdecode("年报.pdf".encode("gbk"))).write_bytes(b"x")
    assert only(tmp_path).location == f"{tmp_path}/年报 资料/年报.pdf"


def test_a_file_that_may_not_be_read_has_changed_when_it_may(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "1.pdf")

    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(os, "access", lambda *_: False)
    monkeypatch.setattr(Path, "open", refuse)
    closed = only(tmp_path)
    assert "1.pdf: Permission denied; mend that and run the command again" in str(closed.problem)
    monkeypatch.undo()
    assert (only(tmp_path).size, only(tmp_path).stamp) != (closed.size, closed.stamp)
