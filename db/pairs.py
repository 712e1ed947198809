"""What the index of the search holds of a report: the words of its prose, stretch by stretch. Loads without SQLAlchemy.

:mod:`db.search` tells why pairs of characters are its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from parsers.document import Span

STRETCHES = 1024
"""Stretches of a report that are told apart in the index; a report has a dozen sections, hostile ones may have more."""

Entry = tuple[int, str]
"""The number of a stretch, and its words with blanks between."""

_CHINESE = "\u3005\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
OTHER = re.compile(rf"(?![{_CHINESE}_])\w")
RUN = re.compile(rf"[{_CHINESE}]+|(?:{OTHER.pattern})+")
_TABLE_ROW = re.compile(r"^.*\t.*$", re.MULTILINE)


def entries_of(body: str, starts: Sequence[int]) -> list[Entry]:
    """The entries of a report with this canonical text, whose sections start there."""
    from parsers.identity.folding import fold_text

    prose = prose_of(body)
    words = [" ".join(_pairs(fold_text(prose, s.start, s.end).text)) for s in stretches_of(len(body), starts)]
    return [(number, each) for number, each in enumerate(words) if each]


def stretches_of(length: int, starts: Sequence[int]) -> list[Span]:
    """The text cut where sections start: a part's words are its own, not its chapter's as well; the title before the
    first one, which has the same words in every report, is left out."""
    cuts = [*(sorted({start for start in starts if start < length})[:STRETCHES] or [0]), length]
    return [Span(start, end) for start, end in pairwise(cuts)]


def prose_of(body: str) -> str:
    """The text with the rows of its tables blanked out, offsets unchanged."""
    return _TABLE_ROW.sub(lambda row: "\n" * len(row[0]), body)


def _pairs(folded: str) -> Iterator[str]:
    """The words of the index in a folded text: pairs of Chinese characters, and other words whole, each once.

    >>> list(_pairs("政务APP发布80条"))
    ['政务', '务', 'APP', '发布', '布', '80', '条']
    """
    seen: dict[str, None] = {}
    for match in RUN.finditer(folded):
        run = match[0]
        seen |= dict.fromkeys((run[i : i + 2] for i in range(len(run))) if is_chinese(run) else (run,))
    return iter(seen)


def is_chinese(run: str) -> bool:
    """Whether a run of characters is one of Chinese ones."""
    return re.match(f"[{_CHINESE}]", run) is not None
