"""Whether the markup of a page's tables was torn: bytes lost, swapped or overwritten on the way to us.

A content system and a browser write tags whole and close what they open. Only tables are looked at: what stands around
them is written by hand more often.
"""

from __future__ import annotations

from collections import Counter

import regex

_TABLE = regex.compile(r"<table\b", regex.IGNORECASE)
_SKIPPED = regex.compile(
    r"<!--.*?-->|<!\[[^<>]*>|<(script|style|textarea|xml)\b.*?</\1\s*>", regex.DOTALL | regex.IGNORECASE
)
_TAG_IN_TAG = regex.compile(
    r"</?(?:table|thead|tbody|tfoot|tr|td|th|p|div|span|font|strong|b|br)\b[^<>]*<", regex.IGNORECASE
)
_END_OF_TAG_IN_TEXT = regex.compile(r">[^<>]*[\"';]\s*>")
_CELL = regex.compile(r"<(/?)(td|th|tr)\b", regex.IGNORECASE)
_CLOSES = 0.9
"""A page that closes so many of its cells closes all of them."""


def is_torn(html: str) -> bool:
    """Whether something in the tables of a page was no markup when it was written."""
    if "\0" in html.strip("\0"):
        return True
    start, end = _TABLE.search(html), html.lower().rfind("</table")
    if start is None or end < start.start():
        return False
    tables = _SKIPPED.sub("", html[start.start() : end])
    if _TAG_IN_TAG.search(tables) or _END_OF_TAG_IN_TEXT.search(tables):
        return True
    tags = Counter((found[2].lower(), bool(found[1])) for found in _CELL.finditer(tables))
    return any(_CLOSES * tags[tag, False] < tags[tag, True] != tags[tag, False] for tag in ("td", "th", "tr"))
