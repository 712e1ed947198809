"""Published reports kept as data, each with the figures that a person confirmed on its pages.

A report is a folder in ``corpus/published``: the document as it was published, and ``expected.json`` beside it.
Adding such a folder adds its tests; there is no code to write.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from corpus.gold import Gold, gold_from_json

FOLDER = Path(__file__).parent / "published"
EXPECTED = "expected.json"


@dataclass(frozen=True, slots=True)
class PublishedReport:
    """A published document: the folder's name, where its file is, and what it says. ``expected`` is None as long
    as nobody has confirmed its figures."""

    name: str
    path: Path
    expected: Gold | None

    @property
    def content(self) -> bytes:
        """The bytes of the document, as published."""
        return self.path.read_bytes()


def published_reports(folder: Path = FOLDER) -> tuple[PublishedReport, ...]:
    """Every published report of the corpus, by name."""
    documents = sorted(path for path in folder.glob("*/*") if path.is_file() and path.name != EXPECTED)
    return tuple(PublishedReport(path.parent.name, path, _expected(path)) for path in documents)


def _expected(document: Path) -> Gold | None:
    confirmed = document.with_name(EXPECTED)
    if not confirmed.exists():
        return None
    return gold_from_json(json.loads(confirmed.read_text(encoding="utf-8")), file=document.name)
