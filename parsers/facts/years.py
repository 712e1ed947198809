"""The year that a figure is for."""

from __future__ import annotations

import re

from parsers.facts.clauses import Phrase
from parsers.facts.lexicon import Lexicon
from parsers.report import FactRole

YEAR = re.compile(r"(?<!\d)(20\d\d|19\d\d)\s*年?(?:度|底|末|初)?")
TITLE = re.compile(r"《[^《》]*》|[（(][^（）()]*[)）]")
LONGEST_VERB = 6
"""Characters of the longest verb that is looked for behind a body's name."""
_COMPARES = frozenset({FactRole.YOY, FactRole.DELTA, FactRole.SHARE})
_FOLLOWS = re.compile(r"(?:的|为|分别|共|全年|是|达|，|,|$|有|时|同期|我|本|累|新|收|受|公|发|办|主|信|通|在|[（(]$)")


def names_year_first(sentence: str) -> bool:
    """Whether a sentence starts with a year, which then is the period that its 累计 means."""
    return YEAR.match(sentence) is not None


def years_named(text: str) -> list[tuple[int, int, int]]:
    """(start, end, year) of the years that ``text`` names outside titles and brackets."""
    plain = TITLE.sub(lambda match: " " * len(match[0]), text)
    return [(match.start(), match.end(), int(match[1])) for match in YEAR.finditer(plain)]


def year_of(phrase: Phrase, role: FactRole, known: Lexicon, report_year: int, carried: int) -> int:
    """The year that the figure is for: the one its own clause names, else the one of the figure before it in the
    sentence. ``carried`` is the latter; comparisons belong to the year that is compared."""
    if phrase.years_back is not None:
        return report_year - phrase.years_back
    if role in _COMPARES or (role is FactRole.TO and not YEAR.search(phrase.near.text[-10:])):
        return carried if role is FactRole.SHARE else max(carried, report_year)
    for clause in phrase.clauses:
        last_year = clause is phrase.near and known.holds(clause.text[-12:], "previous_year")
        if last_year and role in (FactRole.LEVEL, FactRole.FROM) and not known.holds(clause.text, "carried_over"):
            return report_year - 1
        if years := years_named(clause.text):
            return _told(clause.text, years[-1], role, known, report_year, carried)
    return carried


def _told(
    text: str, named: tuple[int, int, int], role: FactRole, known: Lexicon, report_year: int, carried: int
) -> int:
    """The year that a clause tells of which names one (start, end, year); ``carried`` where it only mentions it."""
    start, end, year = named
    if year != report_year and known.starts_with(text[end:].lstrip(), "onwards"):
        return report_year
    if year > report_year:
        return year if _is_later_period(text, start, end, known) else carried
    if year < report_year and role is FactRole.TO:
        return report_year
    return year if year == report_year or _is_earlier_period(text, start, end, known) else carried


def _is_earlier_period(text: str, start: int, end: int, known: Lexicon) -> bool:
    """Whether the earlier year ``text[start:end]`` is the one that is told of: 2020年发布…, 较2020年的…, and not 修订2020年预算."""
    before = text[:start].rstrip()
    opens = not before or before[-1] in "，从由较比在于至自和与、截止："
    return (opens and _FOLLOWS.match(text[end:].lstrip()) is not None) or _acts_in(text, start, end, known)


def _is_later_period(text: str, start: int, end: int, known: Lexicon) -> bool:
    """Whether the later year ``text[start:end]`` is the one that is told of: 2022年，举办…, and not 2022年初发布 (of the
    report, and of what came in before it was written), 结转2022年办理 or 编制2022年预算."""
    if text[end - 1] == "初" or known.holds(text, "carried_over"):
        return False
    before = text[:start].rstrip()
    opens = not before or before[-1] in "，：在于" or known.ends_with(before, "intends") is not None
    return (opens and _FOLLOWS.match(text[end:].lstrip()) is not None) or _acts_in(text, start, end, known)


def _acts_in(text: str, start: int, end: int, known: Lexicon) -> bool:
    """Whether the year is that of a deed: a verb stands behind it, and before it at most who did it (2020年举办…,
    我局2020年召开…)."""
    before, rest = text[:start].rstrip(), text[end:].lstrip()
    body = known.ends_with(before, "body_nouns")
    actor = body is not None and not any(word.sense.verb for word in known.words(before, 0, len(before)))
    words = known.words(rest, 0, min(len(rest), LONGEST_VERB))
    return (not before or actor) and bool(words) and words[0].start == 0 and words[0].sense.verb is not None
