"""Invented agencies, built from real names of divisions (``agencies.toml``)."""

from __future__ import annotations

from random import Random

from corpus.specimens.data import data
from corpus.specimens.specimen import Agency
from parsers.report import Scope

_LEVELS = ("province", "city", "county")


def invented_agency(random: Random) -> Agency:
    """An agency of any level and field; one in ten is a government that reports for its whole area."""
    province, city, county, towns = random.choice(data("agencies")["divisions"])
    # Published reports come mostly from counties and towns; the shares are a guess at that.
    level = random.choices(("province", "city", "county", "township"), (1, 3, 4, 2))[0]
    if level == "township":
        return _township(county, random.choice(towns))
    if level == "city" and not city:
        level = "county"
    place = {"province": province, "city": city, "county": county}[level]
    if level == "county" and random.random() < 0.4:
        place = (city or province) + county
    # The bodies of a municipality are called like those of a city.
    column = _LEVELS.index("city" if level == "province" and not city else level)
    fields = {field: names[column] for field, names in data("agencies")["fields"].items()}
    if level != "province" and random.random() < 0.1:
        government = place + fields["government"]
        return Agency(government, level, "government", Scope.AREA, (place,))
    field = random.choice([field for field, name in fields.items() if name and field != "government"])
    name = fields[field]
    return Agency(name.format(place=place) if "{place}" in name else place + name, level, field)


def _township(county: str, town: str) -> Agency:
    patterns = data("agencies")["townships"]
    pattern = patterns["subdistrict" if town.endswith(patterns["subdistrict_ending"]) else "town"]
    return Agency(pattern.format(county=county, town=town), "township", "government")
