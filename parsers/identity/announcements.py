"""Where the text names the report that it is: 现公布…2024年度政府信息公开工作年度报告, 编制《…年度报告》."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from parsers.identity.names import phrase_start
from parsers.identity.title import is_title_of_its_own, what_it_is_called
from parsers.identity.words import pattern

_COUNTED = regex.compile(r"》?\d")
"""2021年信息公开年报1条: one of the things that the report counts."""
_FILE = regex.compile(r"[^,。;\n]{0,8}\.(?:pdf|docx?|wps|xlsx?|rtf|zip|rar)\b", regex.IGNORECASE)
"""The name of a file beside the text, which may be that of another page."""
_WITHIN_CHAPTER = 300
"""Characters of the first chapter in which the report is named where no preamble stands in front of it."""


def announcements(text: str, end: int) -> Iterator[tuple[int, regex.Match[str]]]:
    """Where a folded text names a report before ``end``: the start of the phrase, and the words that say what is named.
    Links to other reports, notices about reports, and reports that are counted are passed over."""
    for found in what_it_is_called().finditer(text, 0, end):
        rest = text[found.end() : found.end() + 20]
        if (
            pattern("text", "about_reports").match(rest)
            or _COUNTED.match(rest)
            or _FILE.match(rest)
            or is_title_of_its_own(text, found.start())
        ):
            continue
        yield phrase_start(text, found.start()), found


def end_of_preamble(text: str) -> int:
    """Where the first chapter of a folded text begins. Without a sentence in front of it, some characters behind its
    heading, as the preamble then stands there. Further down, a report that is named is another one: that of last year
    was published, those of other bodies were checked."""
    chapter = pattern("look_alike", "chapters").search(text)
    if chapter is None:
        return len(text)
    return chapter.start() if "。" in text[: chapter.start()] else chapter.end() + _WITHIN_CHAPTER
