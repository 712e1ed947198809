"""Days in digits, as pages and the tags of their heads write them: 2024年1月24日, 2024-01-24, 2024/1/24."""

from __future__ import annotations

from datetime import date

import regex

WRITTEN = regex.compile(r"((?:19|20)\d\d)\s?[-年/.]\s?(\d{1,2})\s?[-月/.]\s?(\d{1,2})")


def first_day_in(text: str) -> date | None:
    """The first day of the calendar that a text names; None for none.

    >>> first_day_in("[2024/01/24]"), first_day_in("2024年13月1日")
    (datetime.date(2024, 1, 24), None)
    """
    for found in WRITTEN.finditer(text):
        try:
            return date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            continue
    return None
