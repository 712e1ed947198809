"""Formats that only an office suite reads, through LibreOffice where it is installed.

One process a file, in a folder of its own that is gone afterwards: what is in the file cannot reach the next one. It
costs about two seconds a file. Macros do not run, links are not followed, and the process ends with ours.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from parsers.errors import LimitExceeded, NeedsConversion, Unreadable
from parsers.report import Report

SECONDS = 45.0
"""For one file, on the clock: less than a worker has, so that the folder is cleared. A report takes two."""
MAX_OUTPUT = 256 * 2**20
"""Bytes that LibreOffice may write into one file."""
_START_AGAIN = (79, 81)  # how LibreOffice ends when it has set up a new profile
_SHEETS = frozenset((".xlsb",))
_ALSO = ("/Applications/LibreOffice.app/Contents/MacOS/soffice", "/opt/libreoffice/program/soffice")
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
</oor:items>
"""
"""Of the profile in which LibreOffice runs; names from its schema officecfg, Office/Common.xcs."""


def parse(content: bytes, name: str) -> Report:
    """As :func:`parsers.parse_report`, for the formats too that have to be converted first; recognised pages are kept.

    The source of such a report is the file itself (its hash and its media type); its ``reader`` says that LibreOffice
    stood between, and places in the text are those of the converted document.
    """
    from parsers.readers.ocr import remembering
    from pipeline.ingest.recognised_pages import PageFolder, pages_folder
    from pipeline.ingest.workers import start_again

    with remembering(PageFolder(pages_folder(), start_again)):
        return _parse(content, name)


def _parse(content: bytes, name: str) -> Report:
    from parsers import parse_report

    try:
        return parse_report(content, name=name)
    except NeedsConversion as needed:
        report = parse_report(converted(content, name, needed), name=name)
        source = replace(
            report.source,
            sha256=hashlib.sha256(content).hexdigest(),
            media_type=needed.media_type,
            reader=f"{report.source.reader} (LibreOffice)",
        )
        return replace(report, source=source)


def converted(content: bytes, name: str, needed: NeedsConversion) -> bytes:
    """The file as DOCX, or as XLSX when it is a workbook.

    Raises :class:`Unreadable` when LibreOffice is not installed or cannot open the file, and :class:`LimitExceeded`
    when it does not come to an end.
    """
    if libreoffice() is None:
        raise Unreadable(f"{needed}. With LibreOffice installed this is done for you: then ingest with --force")
    return saved_as("xlsx" if needed.suffix in _SHEETS else "docx", content, name, needed.suffix)


def saved_as(form: str, content: bytes, name: str, suffix: str) -> bytes:
    """The file, whose kind ``suffix`` tells (``.docx``), as LibreOffice saves it in another form (``pdf``). Raises as
    :func:`converted` does."""
    program = libreoffice()
    if program is None:
        raise Unreadable(f"{name}: LibreOffice, which would save it as {form.upper()}, is not installed")
    with tempfile.TemporaryDirectory(prefix="nianbao-", ignore_cleanup_errors=True) as path:
        folder = Path(path)
        source = folder / f"source{'.doc' if suffix == '.wps' else suffix}"
        source.write_bytes(content)
        settings = folder / "profile" / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(_SETTINGS)
        arguments = (
            *("--headless", "--norestore", f"-env:UserInstallation={(folder / 'profile').as_uri()}"),
            *("--convert-to", form, "--outdir", str(folder / "out"), str(source)),
        )
        try:
            code = _run((str(program), *arguments), folder)
            if code in _START_AGAIN:
                code = _run((str(program), *arguments), folder)
        except subprocess.TimeoutExpired as error:
            raise LimitExceeded(f"{name}: LibreOffice did not convert it within {SECONDS:g} s") from error
        except OSError as error:
            raise Unreadable(f"{name}: LibreOffice ({program}) cannot be started: {error.strerror}") from error
        try:
            return (folder / "out" / f"source.{form}").read_bytes()
        except OSError as error:
            part = "Calc" if form == "xlsx" else "Writer"
            raise Unreadable(
                f"{name}: LibreOffice could not convert it (it ended with code {code}); the file is damaged or asks for"
                f" a password, or LibreOffice lacks its {part}; open it in the program that made it and save it as DOCX"
            ) from error


def libreoffice() -> Path | None:
    """The program to run; None where LibreOffice is not installed."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    found = found or next((path for path in _ALSO if os.access(path, os.X_OK)), None)
    if found is None:
        return None
    # The program behind the shell script and the splash screen: as our own child it ends when we do.
    program = Path(found).resolve().with_name("soffice.bin")
    return program if os.access(program, os.X_OK) else Path(found)


def _run(command: Sequence[str], folder: Path) -> int:
    """Runs a program to its end and gives its exit code. After ``SECONDS`` it is killed with all its children."""
    from pipeline.ingest.workers import die_with

    parent = os.getpid()

    def prepare() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (MAX_OUTPUT, MAX_OUTPUT))
        seconds = int(SECONDS) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        if sys.platform == "linux":
            die_with(parent)

    process = subprocess.Popen(
        command,
        cwd=folder,
        env={
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": str(folder),
            "TMPDIR": str(folder),
            "LC_ALL": "C.UTF-8",
        },
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=prepare,  # noqa: PLW1509  (workers have one thread)
    )
    try:
        return process.wait(SECONDS)
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
