"""What the prose states, as people name it: ``posts.weibo``, ``followers.wechat``, ``trainings``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from parsers.errors import BadInput
from parsers.report import CellState, Fact
from pipeline.names.indicators import Figure, Quantity, find_quantity, quantities_named
from pipeline.shown.output import DISAGREEING

if TYPE_CHECKING:
    from db import FactFigure


PROSE = "prose."
"""In front of a name: the figure that the prose states, not the form's."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A metric, and the channel that it is counted on; None: the figures whose prose names no channel."""

    metric: str
    channel: str | None = None

    @property
    def key(self) -> str:
        """``posts.weibo``."""
        return self.metric if self.channel is None else f"{self.metric}.{self.channel}"

    @property
    def label(self) -> str:
        """The name in Chinese."""
        channel = "" if self.channel is None else f"{names()['channel'][self.channel][0]} · "
        return channel + names()["metric"][self.metric][0]

    @property
    def unit(self) -> str:
        """Nothing: each agency counts in measure words of its own."""
        return ""

    @property
    def is_ratio(self) -> bool:
        """Never: percentages are compared with nothing here."""
        return False

    @property
    def signs(self) -> str:
        """What the signs for a figure without a value mean."""
        return f"{DISAGREEING} several figures that do not add up"

    def figure(self, found: Sequence[FactFigure]) -> Figure | None:
        """The figure among those of one report, of the kind that the metric usually is; None when there is none.

        Figures that stand side by side and do not add up give no value.
        """
        from parsers.facts.lexicon import lexicon

        kind = lexicon().metrics[self.metric].kind
        counts = "people" if self.metric == "followers" else "money" if self.metric == "fees" else "things"
        if not found:
            return None
        best = min(
            found, key=lambda figure: (figure.kind != kind, figure.counts != counts, figure.kind, figure.counts)
        )
        if best.value is None:
            return Figure(None, CellState.UNREADABLE, disagree=True)
        return Figure(best.value, CellState.NUMBER, best.unit)

    def matches(self, fact: Fact) -> bool:
        """Whether a fact is about this."""
        return (fact.metric, fact.channel) == (self.metric, self.channel)


@cache
def names() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """Metrics and channels with their names in Chinese and English, in the order in which people look for them."""
    return tomllib.loads(files("pipeline.names").joinpath("fact_names.toml").read_text(encoding="utf-8"))


def find_asked(text: str) -> Quantity | Statement:
    """What a person wants compared: an indicator of the form, or a figure of the prose.

    A name that one indicator alone has means that; ``prose.`` in front means the prose, whatever the form has. Raises
    BadInput, naming all that can be meant, for a name that several indicators and a metric share (fees).
    """
    name = text.strip()
    metric = name.removeprefix(PROSE)
    if metric == name:
        found = quantities_named(name)
        if len(found) > 1 and name in names()["metric"]:
            printed = ", ".join(quantity.key for quantity in found)
            raise BadInput(
                f"{name} may mean several: {printed}, or {PROSE}{name} for what the prose says; give more of the key"
            )
        if found:
            return find_quantity(name)
    statement = find_statement(metric)
    return find_quantity(name) if statement is None else statement


def find_statement(text: str) -> Statement | None:
    """The statement that a text names; None when it begins with no metric. Raises BadInput for an unknown channel.

    >>> find_statement("posts.weibo")
    Statement(metric='posts', channel='weibo')
    """
    metric, _, channel = text.strip().partition(".")
    if metric not in names()["metric"] or (not channel and text.strip() != metric):
        return None
    if not channel:
        return Statement(metric)
    return Statement(metric, known(channel, "channel"))


def known(name: str, kind: str) -> str:
    """The name when it is a ``metric`` or ``channel``; raises BadInput, listing them, when it is not."""
    if name not in names()[kind]:
        raise BadInput(f"{name}: no such {kind}; there are {', '.join(names()[kind])} (nianbao facts --list)")
    return name
