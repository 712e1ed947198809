"""Annual reports on government information disclosure: bytes in, a :class:`~parsers.report.Report` out.

Pure: no database, no network, no clock, no printing. The same bytes give the same report.

>>> from parsers import parse_report
>>> page = "<h1>云溪县水利局2022年政府信息公开工作年度报告</h1><p>一、总体情况</p><p>主动公开信息31条。</p>"
>>> report = parse_report(page.encode(), name="report.html")
>>> report.identity.agency, report.identity.year
('云溪县水利局', 2022)
"""

from __future__ import annotations

from pathlib import Path

from parsers.errors import BadInput
from parsers.report import Report


def parse_report(source: Path | str | bytes, *, name: str | None = None) -> Report:
    """Read one report: a file's path, or its bytes with the file's ``name`` (a weak witness of agency and year). A text is
    a path, never the content. The pictures that a page shows are read with it where they lie in a folder beside its file.

    Raises Unreadable (or its kinds Encrypted and NeedsOcr) when the bytes cannot be read, NotAReport when they are
    another kind of document, and BadInput when the path cannot be opened.
    """
    from parsers.assemble import report_of
    from parsers.readers import read
    from parsers.readers.ocr.pictures import pictures_in_folder_of

    if isinstance(source, bytes):
        return report_of(read(source, name or "document"), source)
    path = Path(source)
    try:
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise BadInput(
            f"{str(source)[:200]}: cannot be opened ({why}); check the path and its permissions"
        ) from error
    with pictures_in_folder_of(path):
        return report_of(read(data, name or path.name), data)


__all__ = ["parse_report"]
