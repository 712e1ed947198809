"""The lexicon: which words mean which metric, channel or grammatical mark. Data in ``lexicon/*.toml``.

A file with a ``kind`` describes the metric that it is called after (``nouns`` name it, ``verbs`` govern it,
``weak_nouns`` name it only where no verb of publishing says otherwise); the others hold channels, function words, measure
words and the words by which names are known. Adding a metric or a channel is adding an entry.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from math import isqrt
from typing import Any, NamedTuple

CONJUNCTIONS = "和及与"
JOINS = f"、{CONJUNCTIONS}"
"""The signs that join the members of a list, 、 and the conjunctions; each is a word of its own."""
VERSION = "11"
"""Version of the lexicon and of the rules that read it; changes whenever a fact may come out otherwise."""


@dataclass(frozen=True, slots=True)
class Sense:
    """What a word may mean. ``noun`` and ``verb`` name metrics; ``weak`` says that the noun yields to a verb of
    publishing; ``marks`` are the grammatical marks (``of_which``, ``gained``, ``information``, ``neutral``, …)."""

    channel: str | None = None
    noun: str | None = None
    verb: str | None = None
    weak: bool = False
    marks: frozenset[str] = frozenset()


class Word(NamedTuple):
    """A word of the lexicon where it stands in a text."""

    start: int
    end: int
    text: str
    sense: Sense


@dataclass(frozen=True, slots=True)
class Metric:
    """What holds for all the words of one metric. ``publishing``: its verbs put information out (发布, 公开). ``handling``:
    its verbs say what became of a case (受理, 答复). ``people``: it may be counted in people. ``even_as_information``: its nouns
    count it even in front of a word for pieces of information (解读信息)."""

    kind: str
    people: bool
    publishing: bool
    handling: bool
    has_channel: bool
    even_as_information: bool
    flow_nouns: frozenset[str]
    stock_nouns: frozenset[str]
    units: frozenset[str]
    not_units: frozenset[str]
    examples: tuple[Mapping[str, Any], ...] = field(compare=False)


class WordList(frozenset[str]):
    """A list of words; ``longest`` is the length of the longest, ``pattern`` finds any of them. ``first`` and ``last`` are
    the signs that words begin and end with: most texts are told apart by these."""

    longest: int
    pattern: re.Pattern[str]
    first: frozenset[str]
    last: frozenset[str]

    @classmethod
    def of(cls, words: Iterable[str]) -> WordList:
        """The list of these words; one of none finds nothing."""
        made = cls(words)
        made.longest = max(map(len, made), default=0)
        made.pattern = re.compile(any_of(sorted(made)) or r"(?!)")
        made.first, made.last = frozenset(word[:1] for word in made), frozenset(word[-1:] for word in made)
        return made


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All the data. ``lists`` are word lists by name, for places that the grammar looks at."""

    senses: Mapping[str, Sense]
    metrics: Mapping[str, Metric]
    channel_classes: Mapping[str, frozenset[str]]
    lists: Mapping[str, WordList]
    measure: re.Pattern[str]
    _pattern: re.Pattern[str]

    def publishes(self, metric: str | None) -> bool:
        """Whether ``metric`` (that of a word's verb or noun, if any) is one whose verbs put information out."""
        return metric is not None and self.metrics[metric].publishing

    def handles(self, metric: str | None) -> bool:
        """Whether ``metric`` (that of a word's verb or noun, if any) is one whose verbs say what became of a case."""
        return metric is not None and self.metrics[metric].handling

    def words(self, text: str, start: int, end: int) -> list[Word]:
        """The words of ``text[start:end]``, longest match from left to right. Linear in the length."""
        return [
            Word(match.start(), match.end(), word := match[0], self.senses[word])
            for match in self._pattern.finditer(text, start, end)
        ]

    def ends_with(self, text: str, names: str) -> str | None:
        """The longest word of the list ``names`` that ``text`` ends with."""
        words = self.lists[names]
        if text[-1:] not in words.last:
            return None
        for length in range(min(words.longest, len(text)), 0, -1):
            if text[-length:] in words:
                return text[-length:]
        return None

    def starts_with(self, text: str, names: str) -> str | None:
        """The longest word of the list ``names`` that ``text`` starts with."""
        words = self.lists[names]
        if text[:1] not in words.first:
            return None
        for length in range(min(words.longest, len(text)), 0, -1):
            if text[:length] in words:
                return text[:length]
        return None

    def find(self, text: str, names: str) -> int:
        """Where the first word of the list ``names`` stands in ``text``; -1 if none does."""
        found = self.lists[names].pattern.search(text)
        return found.start() if found else -1

    def holds(self, text: str, names: str) -> bool:
        """Whether any word of the list ``names`` occurs in ``text``."""
        return self.lists[names].pattern.search(text) is not None


def between(words: Sequence[Word], start: int, end: int) -> Sequence[Word]:
    """The words that lie inside ``[start, end)``; ``words`` are in order."""
    first = bisect_left(words, start, key=lambda word: word.start)
    last = bisect_left(words, end, lo=first, key=lambda word: word.start)
    while last > first and words[last - 1].end > end:
        last -= 1
    return words[first:last]


def any_of(words: Iterable[str]) -> str:
    """A pattern for the longest of ``words``, as a trie: it never tries the same prefix twice."""
    trie: dict[str, Any] = {}
    for word in words:
        node = trie
        for character in word:
            node = node.setdefault(character, {})
        node[""] = {}
    return _branches(trie)


def _branches(node: dict[str, Any]) -> str:
    """The pattern of a node of the trie: its characters, each followed by what comes behind it."""
    parts = {character: re.escape(character) + _branches(child) for character, child in node.items() if character}
    if not parts:
        return ""
    body = next(iter(parts.values())) if len(parts) == 1 else "(?:" + "|".join(_grouped(parts)) + ")"
    return f"(?:{body})?" if "" in node else body


MANY = 40
"""Branches that are put into groups: the engine tries branches one after the other, and a set of characters in one
step. The first node of the lexicon has more than five hundred; the search takes little more than half the time in groups."""


def _grouped(parts: Mapping[str, str]) -> list[str]:
    """The branches, where there are many behind sets of their first characters."""
    if len(parts) <= MANY:
        return list(parts.values())
    characters, size = sorted(parts), isqrt(len(parts))
    groups = [characters[start : start + size] for start in range(0, len(characters), size)]
    return [
        f"(?=[{re.escape(''.join(group))}])(?:{'|'.join(parts[character] for character in group)})"
        for group in groups
    ]


@cache
def lexicon() -> Lexicon:
    """The lexicon, read once a process."""
    folder = files("parsers.facts").joinpath("lexicon")
    data = {
        entry.name.removesuffix(".toml"): tomllib.loads(entry.read_text(encoding="utf-8"))
        for entry in sorted(folder.iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(".toml")
    }
    metrics = {name: _metric(table) for name, table in data.items() if "kind" in table}
    senses = _senses(data, list(metrics))
    return Lexicon(
        senses=senses,
        metrics=metrics,
        channel_classes={name: frozenset(members) for name, members in data["channels"]["classes"].items()},
        lists={name: WordList.of(words) for name, words in _lists(data).items() if isinstance(words, list)},
        measure=_measure_pattern(data["measures"]),
        _pattern=re.compile(any_of(senses)),
    )


def _senses(data: Mapping[str, Any], metrics: Sequence[str]) -> dict[str, Sense]:
    """What each word means; where files differ about the noun of a word, a strong one goes before a weak one."""
    meanings: dict[str, dict[str, Any]] = {}

    def add(words: Iterable[str], **meaning: Any) -> None:
        for word in words:
            meanings.setdefault(word, {}).update(meaning)

    for name in metrics:
        add(data[name].get("weak_nouns", ()), noun=name, weak=True)
    for name in metrics:
        add(data[name].get("verbs", ()), verb=name)
        for kind in ("stock_nouns", "flow_nouns", "nouns"):
            add(data[name].get(kind, ()), noun=name, weak=name in _YIELDING)
    channels = data["channels"]
    for name, words in channels.items():
        if name not in ("classes", "suffixes"):
            add(_suffixed(words, channels["suffixes"]), channel=name)
    for table in (data["grammar"]["marks"], data["words"]):
        for name, words in table.items():
            for word in words:
                marks = meanings.setdefault(word, {}).get("marks", frozenset())
                meanings[word]["marks"] = marks | {name}
    return {word: Sense(**meaning) for word, meaning in meanings.items()}


def _lists(data: Mapping[str, Any]) -> dict[str, Any]:
    """The lists of words that rules ask for by name, and what stands beside them in the same tables."""
    lists = {
        **data["grammar"]["marks"],
        **data["grammar"]["places"],
        **data["names"],
        **data["measures"],
        **data["words"],
    }
    lists["hotlines"] = [*lists["hotlines"], *filter(str.isdecimal, data["channels"]["hotline"])]
    lists["intentions"] = [word for name in _INTENTIONS for word in lists[name]]
    return lists


def _suffixed(words: Iterable[str], suffixes: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """The words, and those that end in one of the keys with its suffixes too: 政务网, 政务网站, 政务网上."""
    for word in words:
        yield word
        yield from (word + suffix for suffix in suffixes.get(word[-1], ()))


_INTENTIONS = ("intends", "strives", "urges", "no_intention")
"""Lists that are searched as one, so that the longest word is taken: 计划内 is no 计划."""

_YIELDING = frozenset({"events", "other", "services", "inquiries", "fees"})
"""Metrics whose nouns say what information is about when it is published: 公开常务会议13次 counts disclosures."""


def _metric(table: Mapping[str, Any]) -> Metric:
    return Metric(
        kind=table["kind"],
        people=table.get("people", False),
        publishing=table.get("publishing", False),
        handling=table.get("handling", False),
        has_channel=table.get("channel", True),
        even_as_information=table.get("even_as_information", False),
        flow_nouns=frozenset(table.get("flow_nouns", ())),
        stock_nouns=frozenset(table.get("stock_nouns", ())),
        units=frozenset(table.get("units", ())),
        not_units=frozenset(table.get("not_units", ())),
        examples=tuple(table.get("examples", ())),
    )


def _measure_pattern(measures: Mapping[str, Any]) -> re.Pattern[str]:
    """Measure words, longest first; a one-character word that starts another word is none."""
    parts = []
    for word in sorted(measures["words"], key=len, reverse=True):
        excluded = measures["not_before"].get(word, "")
        parts.append(re.escape(word) + (f"(?![{excluded}])" if excluded else ""))
    return re.compile("|".join(parts))
