"""The sentences of a specimen, filled from ``prose.toml``; the figures that the tables also hold agree with them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

from corpus.specimens.data import data
from corpus.specimens.specimen import Specimen
from parsers.report import CellKey, Scope

_BLANK = re.compile(r"\{(\w+)(?:=(\d+)\.\.(\d+))?\}")
_COUNTS = {
    "received": "received.new",
    "carried_over": "received.carried_over",
    "handled": "outcome.total",
    "carried_forward": "carried_forward",
}


class Prose:
    """The prose of one specimen, section by section, each a list of paragraphs."""

    def __init__(self, random: Random, specimen: Specimen) -> None:
        self._random = random
        self._specimen = specimen
        self._data = data("prose")
        self._known = {"agency": specimen.agency.name, "year": str(specimen.year)}
        for name, row in _COUNTS.items():
            figure = specimen.cells[CellKey("requests", row, "total")]
            self._known[name] = str(int(figure.value or 0))

    def title(self) -> tuple[str, ...]:
        """The lines of the title."""
        titles = self._data["titles"]
        kind = next(
            (trait.removeprefix("title_") for trait in self._specimen.traits if trait.startswith("title_")), ""
        )
        return tuple(self._fill(line) for line in titles.get(kind, titles["usual"]))

    def preamble(self) -> Iterator[str]:
        """Legal basis, period, parts, contact."""
        texts = self._data["preamble"]
        period = (
            texts["period_lost"] if "lost_signs" in self._specimen.traits else self._random.choice(texts["period"])
        )
        yield self._fill(texts[f"basis_{self._specimen.edition}"] + period + texts["parts"])
        if self._specimen.scope is Scope.AREA:
            yield self._fill(texts["area"])
        yield self._fill(texts["contact"])

    def overview(self) -> Iterator[str]:
        """Section one: an opening and five subsections."""
        texts = self._data["overview"]
        yield self._fill(texts["opening"])
        for part in ("proactive", "requested", "managed", "platform", "supervised"):
            yield self._fill(self._random.choice(texts[part]))

    def problems(self) -> Iterator[str]:
        """Section five."""
        yield from (self._fill(sentence) for sentence in self._data["problems"]["sentences"])

    def other(self) -> Iterator[str]:
        """Section six."""
        yield self._fill(self._random.choice(self._data["other"]["sentences"]))

    def no_cases(self) -> str:
        """The sentence that stands in for a table of reviews and lawsuits."""
        return self._fill(self._data["other"]["no_cases"])

    def heading(self, section: str) -> str:
        """A heading without its number."""
        names = self._data["headings"][section]
        if isinstance(names, str):
            return names
        return str(names[0] if "bent_headings" not in self._specimen.traits else self._random.choice(names))

    def _fill(self, text: str) -> str:
        def value(match: re.Match[str]) -> str:
            name, low, high = match.groups()
            return self._known[name] if low is None else str(self._random.randint(int(low), int(high)))

        return _BLANK.sub(value, text)
