"""From an agency's name to the place that it belongs to: its division, and on which level it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import regex

from parsers.data import read_toml
from parsers.gazetteer.divisions import Division, Match, full_names_in, matches_at
from parsers.report import Place

HINT_CHARACTERS = 4000
"""How much of the hints is read: a preamble with its addresses is a few hundred characters, so this is generous."""


@dataclass(frozen=True, slots=True)
class _Words:
    national: tuple[str, ...]
    township: regex.Pattern[str]
    street: regex.Pattern[str]
    is_town: regex.Pattern[str]
    zone: regex.Pattern[str]
    municipality: str
    branch: regex.Pattern[str]
    relative: dict[str, str]
    not_places: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Start:
    """The divisions that a name begins with: the bearers of the innermost one's name, where it ends, and whether it is
    ``bare``: written in short, with none in front of it."""

    divisions: tuple[Division, ...] = ()
    length: int = 0
    bare: bool = False


@cache
def _words() -> _Words:
    data = read_toml(__package__, "places.toml")
    town = f"{data['township']}(?:{data['township_rest']}|$)"
    return _Words(
        national=tuple(sorted(data["national"], key=len, reverse=True)),
        township=regex.compile(f"{town}[^局厅]*$"),
        street=regex.compile(data["street"]),
        is_town=regex.compile(town),
        zone=regex.compile(data["zone"]),
        municipality=data["municipality"],
        branch=regex.compile(data["branch"]),
        not_places=frozenset(data["words_not_places"]),
        relative={word: level for level, words in data["relative"].items() for word in words},
    )


def place_of(agency: str, *, year: int | None = None, hints: str = "") -> tuple[Place, str | None]:
    """The place of an agency and its level (``national``, ``province``, ``city``, ``county``, ``township`` or None).

    ``agency`` is a normalised name, ``year`` the report year (divisions change their names), ``hints`` any text
    that may name the province or city: preamble, address. A name that several counties bear (鼓楼区) and that the
    hints do not settle gives no place at all: a missing place is better than a wrong one.

    >>> place, level = place_of("中卫市公安局", year=2021)
    >>> place.code, place.province, level
    ('640500', '宁夏回族自治区', 'city')
    """
    words = _words()
    hints = hints[:HINT_CHARACTERS]
    prefix = next((word for word in words.national if agency.startswith(word)), "")
    rest = agency[len(prefix) :]
    start = _start_of(rest, year)
    if start.bare and not _is_told(start, rest, hints):
        start = _Start()
    length = start.length
    division = _settled(start.divisions, year, hints)
    is_township = words.township.search(rest[length:]) is not None
    if division is None and start.divisions:
        return Place(), "township" if is_township else start.divisions[0].level
    if division is None:
        level = "township" if is_township else words.relative.get(rest[:1]) or words.relative.get(rest[:3])
        if prefix and level is None:
            return Place(), "national"
        division = _told_by_hints(rest, level, year, hints) if level else None
        if division is None:
            return Place(), None if level == "unknown" else level
    elif division.level != "county":
        division = _branch(rest[length:], division, year) or division
    if is_township:
        return _place(division), "township"
    if division.level != "county" and words.zone.search(rest[length:]):
        is_city = division.level == "city" or division.name.endswith(words.municipality)
        return _place(division), "county" if is_city else "city"
    return _place(division), division.level


def place_prefix(agency: str) -> str:
    """The part of a name, from its start, that names divisions; empty when it begins with none.

    >>> place_prefix("济南市历下区大明湖街道办事处")
    '济南市历下区'
    """
    return agency[: _start_of(agency, None).length]


def is_national(agency: str) -> bool:
    """Whether a name begins like that of a body of the whole country: 国家…, 水利部…"""
    return agency.startswith(_words().national)


def name_within(agency: str, place: Place) -> str:
    """The name of an agency of ``place`` without the divisions in front of it: the same for all spellings that name the
    province and the city, or do not. A place that the name writes in short (陕西榆林公路局) is left: such bodies are often
    the province's, and stand beside one of the city.

    >>> suide = Place("610826", "陕西省", "榆林市", "绥德县")
    >>> {name_within(name, suide) for name in ("绥德县教育局", "榆林市绥德县教育局", "陕西省绥德县教育局")}
    {'教育局'}
    """
    whose = next((word for word in _words().national if agency.startswith(word)), "")
    rest = agency[len(whose) :]
    prefix = place_prefix(rest)
    own = place.county or place.city or place.province
    return whose + rest.removeprefix(prefix) if own and prefix.endswith(own) else agency


def _start_of(name: str, year: int | None) -> _Start:
    """The divisions that ``name`` begins with."""
    start = _Start()
    while (match := _match(name, start.length, start.divisions, year)) is not None:
        end = start.length + len(match.name)
        written_out = match.is_short and name[end : end + 1] == match.divisions[0].name[-1]
        bare = match.is_short and not written_out and not start.length
        start = _Start(match.divisions, end + written_out, bare)  # 凉山州 for 凉山彝族自治州
    return start


def _is_told(start: _Start, name: str, hints: str) -> bool:
    """Whether a division that a name has in short, at its start, is what it means: many counties are called like ordinary
    words (东方, 友谊), and towns are named after anything (文昌阁乡). For these the hints must write the division out."""
    ordinary = start.divisions[0].level == "county" or _words().township.search(name[start.length :])
    return not ordinary or any(division.name in hints for division in start.divisions)


def _match(name: str, position: int, within: tuple[Division, ...], year: int | None) -> Match | None:
    """The longest name of a division at ``position``, inside one of the divisions found before it."""
    for match in matches_at(name, position):
        divisions, end = match.divisions, position + len(match.name)
        if match.is_short and (match.name in _words().not_places or _words().street.match(name, end)):
            continue
        if match.is_short and year is not None:
            divisions = tuple(d for d in divisions if d.years_from(year) <= 1)
        if within:
            divisions = tuple(d for d in divisions if any(d.lies_in(outer) for outer in within))
        elif match.is_short:
            divisions = _bearers_of_short(divisions, year)
        if match.is_short and end == len(name) and not within and divisions and divisions[0].level == "county":
            continue
        if divisions and not _words().is_town.match(name, end):
            return Match(match.name, match.is_short, divisions)
    return None


def _bearers_of_short(divisions: tuple[Division, ...], year: int | None) -> tuple[Division, ...]:
    """Whom a shortened name can mean at the start of a name: the highest level (吉林 is the province), and a
    county only where no other county, today or then, is called so."""
    for level in ("province", "city"):
        found = tuple(d for d in divisions if d.level == level)
        if found:
            return found
    return divisions if len({(d.province, d.name[:2]) for d in _nearest(divisions, year)}) == 1 else ()


def _nearest(divisions: Iterable[Division], year: int | None) -> tuple[Division, ...]:
    """Of several divisions those that stood in ``year``, or else nearest to it."""
    divisions = tuple(divisions)
    least = min((d.years_from(year) for d in divisions), default=0)
    return tuple(d for d in divisions if d.years_from(year) == least)


def _settled(divisions: tuple[Division, ...], year: int | None, hints: str) -> Division | None:
    """The one division that is meant, or None when neither the year nor the hints decide."""
    nearest = _nearest(divisions, year)
    if len(nearest) <= 1:
        return nearest[0] if nearest else None
    scores = [_support(division, hints) for division in nearest]
    best = max(scores)
    if best == 0 or scores.count(best) > 1:
        return None
    return nearest[scores.index(best)]


def _support(division: Division, hints: str) -> int:
    """How much a text speaks for one of several divisions of the same name: its city counts more than its province."""
    city = division.city if division.level == "county" else ""
    return 2 * bool(city and city in hints) + bool(division.province in hints)


def _branch(rest: str, outer: Division, year: int | None) -> Division | None:
    """The county in the rest of a name, where a bureau of ``outer`` has a branch (公安局渝中区分局)."""
    for position in range(len(rest)):
        for match in matches_at(rest, position):
            end = position + len(match.name)
            if match.is_short and not _words().branch.match(rest, end):
                continue
            inside = _nearest((d for d in match.divisions if d.lies_in(outer) and d.level == "county"), year)
            if len(inside) == 1:
                return inside[0]
    return None


def _told_by_hints(name: str, level: str, year: int | None, hints: str) -> Division | None:
    """The division that a name without one belongs to (县教育局, 水东镇), when the hints name one more than others.

    Names of two characters (东区, 城区) are passed over: they are found inside other words.
    """
    wanted = "county" if level in ("township", "unknown") else level
    last = name[:1] if level not in ("township", "province") else ""
    counts: Counter[str] = Counter()
    found: dict[str, tuple[Division, ...]] = {}
    for match in full_names_in(hints):
        levels = (wanted, "city") if level == "unknown" else (wanted,)
        bearers = tuple(d for d in match.divisions if d.level in levels and d.years_from(year) <= 1)
        if bearers and len(match.name) > 2 and match.name.endswith(last):
            counts[match.name] += 1
            found[match.name] = bearers
    ranked = counts.most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return None
    return _settled(found[ranked[0][0]], year, hints)


def _place(division: Division) -> Place:
    city = division.name if division.level == "city" else division.city or None
    county = division.name if division.level == "county" else None
    return Place(division.code, division.province, city, county)
