"""Files of the crawler's archive, which are named by the hash of their bytes.

A night keeps every page that it was given, lists and news among them, so that it can be told what the site showed. What it
judged to be no report, or did not even judge, is none for the ingest of the archive either: a list of reports reads
like one.
"""

from __future__ import annotations

import re

_PLACE = re.compile(r"/([0-9a-f]{2})/(\1[0-9a-f]{62})\.[^/!]*(?:!/|$)")


def archived_as(location: str) -> str | None:
    """The hash under which a file, or the archive that a document lies in, was kept; None for any other file.

    >>> archived_as("/archive/ab/ab" + "0" * 62 + ".zip!/年报.htm") == "ab" + "0" * 62
    True
    >>> archived_as("/reports/ab/年报.pdf")
    """
    found = _PLACE.search(location)
    return found[2] if found is not None else None
