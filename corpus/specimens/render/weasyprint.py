"""Reports set by a server that makes PDF from HTML."""

from __future__ import annotations

from corpus.specimens.render.chromium import PRINT_SHARES
from corpus.specimens.render.markup import printed_page
from corpus.specimens.render.producer import Producer, Task, one_by_one


def _print(task: Task) -> bytes:
    from weasyprint import HTML

    return bytes(HTML(string=printed_page(task.sheet, task.traits)).write_pdf())


PRODUCERS = (
    Producer(
        "weasyprint",
        ".pdf",
        one_by_one(_print),
        modules=("weasyprint",),
        shares={**PRINT_SHARES, "truetype_font": 0.5, "type3_font": 0.5},
    ),
)
