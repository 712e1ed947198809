"""One figure, or a run of figures, for several things: 各N条, 均为0件, 分别为A、B."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.facts.clauses import Phrase
from parsers.facts.lexicon import Lexicon


def spread(phrase: Phrase, known: Lexicon) -> Iterator[Phrase]:
    yield phrase
