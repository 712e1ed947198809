"""Reports that went through LibreOffice: pages and documents to PDF, pages to DOCX. One call for many files."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from corpus.specimens.render.chromium import PRINT_SHARES
from corpus.specimens.render.markup import printed_page
from corpus.specimens.render.producer import Producer, Render, Task
from corpus.specimens.render.word import word_document

_SECONDS = 600
_AS_DOCUMENT = "--infilter=HTML (StarWriter)"


def _converted(source: str, write: Callable[[Task], bytes], target: str, options: tuple[str, ...] = ()) -> Render:
    def render(tasks: Sequence[Task]) -> None:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            for task in tasks:
                (folder / f"{task.path.stem}.{source}").write_bytes(write(task))
            command = ["soffice", "--headless", f"-env:UserInstallation={folder.as_uri()}/profile", *options]
            command += ["--convert-to", target, "--outdir", str(folder / "out")]
            command += [str(path) for path in sorted(folder.glob(f"*.{source}"))]
            subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)
            for task in tasks:
                made = folder / "out" / f"{task.path.stem}{task.path.suffix}"
                task.path.write_bytes(made.read_bytes())

    return render


def _page(task: Task) -> bytes:
    return printed_page(task.sheet, task.traits).encode()


def _word(task: Task) -> bytes:
    return word_document(task.sheet, task.traits)


PRODUCERS = (
    Producer(
        "libreoffice-page",
        ".pdf",
        _converted("html", _page, "pdf", (_AS_DOCUMENT,)),
        ("soffice",),
        shares={**PRINT_SHARES, "truetype_font": 0.5, "type3_font": 0.5},
    ),
    Producer("libreoffice-word", ".pdf", _converted("docx", _word, "pdf"), ("soffice",), modules=("docx",)),
    Producer(
        "docx-libreoffice",
        ".docx",
        _converted("html", _page, "docx:MS Word 2007 XML", (_AS_DOCUMENT,)),
        ("soffice",),
    ),
)
