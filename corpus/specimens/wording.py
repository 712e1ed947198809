"""How one document bends the official wording of labels: aliases, brackets, blanks (``wording.toml``)."""

from __future__ import annotations

import re
from random import Random

from corpus.specimens.data import data
from parsers.forms.form import Label

_NUMBERING = re.compile(r"^(?:[一二三四五六七八九十]、|（[一二三四五六七八九十]）|\d\.)")
_BARE_YUAN = re.compile(r"(?<!万)元")
_HALF_WIDTH = str.maketrans("（）：，", "():,")


class BentSpelling:
    """The spelling of one document. The same label is spelt alike throughout it."""

    def __init__(self, random: Random, year: int, traits: frozenset[str]) -> None:
        self._random = random
        self._year = year
        self._traits = traits
        self._chosen: dict[str, str] = {}

    def __call__(self, official: str, label: Label | None = None) -> str:
        if official not in self._chosen:
            self._chosen[official] = self._bend(official, label)
        return self._chosen[official]

    def _bend(self, official: str, label: Label | None) -> str:
        wording = data("wording")
        text = str(wording["printed"].get(official, official))
        if "yuan_header" in self._traits and official in wording["yuan"]:
            text = str(wording["yuan"][official])
        elif "bent_labels" in self._traits and official in wording["bent"] and self._random.random() < 0.7:
            chosen = str(self._random.choice(wording["bent"][official]))
            text = chosen.replace("{previous}", str(self._year - 1)).replace("{year}", str(self._year))
        elif "aliases" in self._traits and label is not None and self._random.random() < 0.5:
            text = self._alias(official, self._random.choice(_same_meaning(label)))
        if "half_width" in self._traits:
            text = text.translate(_HALF_WIDTH)
        if "inner_blanks" in self._traits and self._random.random() < 0.3 and len(text) > 4:
            at = self._random.randrange(2, len(text) - 1)
            text = f"{text[:at]} {text[at:]}"
        return text

    @staticmethod
    def _alias(official: str, alias: str) -> str:
        """The alias with the official label's numbering, unless it brings its own."""
        numbering = _NUMBERING.match(official)
        return alias if numbering is None or _NUMBERING.match(alias) else numbering.group() + alias


def _same_meaning(label: Label) -> tuple[str, ...]:
    """The aliases that leave the figure below them what it is: not those that name another unit of money."""
    return tuple(alias for alias in label.aliases if not _BARE_YUAN.search(alias)) or (label.leaf,)
