"""Reports that somebody printed to PDF from a browser."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from corpus.specimens.render.markup import printed_page
from corpus.specimens.render.producer import Producer, Task

_OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
_SECONDS = 60

PRINT_SHARES = {
    "repeated_header": 0.5,
    "page_numbers": 0.5,
    "running_header": 0.2,
    "small_print": 0.3,
    "narrow": 0.3,
    "split_rows": 0.3,
    "landscape": 0.1,
    "sideways": 0.08,
    "separate_borders": 0.15,
    "hairlines": 0.15,
}
"""How often printed pages show these."""


def _print(tasks: Sequence[Task]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        for task in tasks:
            page.write_text(printed_page(task.sheet, task.traits), encoding="utf-8")
            header = [] if "browser_footer" in task.traits else ["--no-pdf-header-footer"]
            subprocess.run(
                [
                    "chromium",
                    *_OPTIONS,
                    *header,
                    f"--user-data-dir={folder}/profile",
                    f"--print-to-pdf={task.path}",
                    page,
                ],
                check=True,
                capture_output=True,
                timeout=_SECONDS,
            )


PRODUCERS = (
    Producer(
        "chromium", ".pdf", _print, ("chromium",), shares={**PRINT_SHARES, "truetype_font": 1, "browser_footer": 0.2}
    ),
    Producer("chromium-type3", ".pdf", _print, ("chromium",), shares={**PRINT_SHARES, "type3_font": 1}),
)
