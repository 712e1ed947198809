"""The noun phrase that is counted where the lexicon has no word for it, found by jieba.

jieba is loaded when the first such phrase is met, once a process; most reports never need it. Its dictionary is read
here, with the words of the lexicon put into it: 政务公开专栏 is one word for both.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from parsers.facts.lexicon import JOINS, lexicon

FREQUENCY = 1_000_000
"""Weight of a word of the lexicon: above that of 的, the most frequent word of jieba's dictionary (318,825), so that
the lexicon's words stay whole."""
ENDS = ("n", "vn", "an", "j")
"""Tags of jieba's dictionary that a noun phrase can end in: nouns and names, verbs and adjectives that serve as
nouns, abbreviations."""
MODIFIES = ("b", "l", "a")
"""Tags of what can stand before its head: attributes, set phrases, adjectives."""


@dataclass(frozen=True, slots=True)
class Segmenter:
    """``cut`` splits a text into words without gaps; ``nouns`` can end a noun phrase, others stand ``inside`` one."""

    cut: Callable[[str], Iterable[str]]
    nouns: frozenset[str]
    inside: frozenset[str]

    def noun_at_end(self, text: str) -> str:
        """The noun phrase that ``text`` ends with; empty if it ends with another word.

        >>> segmenter().noun_at_end("从事政府信息公开工作的全职人员")
        '全职人员'
        """
        words = list(self.cut(text))
        start = len(words)
        while start and (words[start - 1] in self.nouns or (start < len(words) and words[start - 1] in self.inside)):
            start -= 1
        return "".join(words[start:]).lstrip(JOINS)

    def noun_at_start(self, text: str) -> str:
        """The noun phrase that ``text`` starts with; empty if it starts with another word.

        >>> segmenter().noun_at_start("登记表，极大提高了效率")
        '登记表'
        """
        words = list(self.cut(text))
        end = 0
        while end < len(words) and (words[end] in self.nouns or words[end] in self.inside):
            end += 1
        while end and words[end - 1] not in self.nouns:
            end -= 1
        return "".join(words[:end])


@cache
def segmenter() -> Segmenter:
    """jieba with the words of the lexicon, loaded once a process. It writes nothing: left to itself, jieba puts a
    cache into the folder for temporary files."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # escapes in its sources that newer Pythons warn of
        import jieba
    jieba.setLogLevel(logging.ERROR)
    tokenizer = jieba.Tokenizer()
    nouns, inside = set[str](), set[str](JOINS)
    with tokenizer.get_dict_file() as file:
        lines = file.read().decode("utf-8").splitlines()
    for line in lines:
        word, frequency, tag = line.split(" ")
        tokenizer.FREQ[word] = int(frequency)
        tokenizer.total += int(frequency)
        for end in range(1, len(word)):
            tokenizer.FREQ.setdefault(word[:end], 0)  # that a longer word starts so
        if tag.startswith(ENDS):
            nouns.add(word)
        elif tag.startswith(MODIFIES):
            inside.add(word)
    tokenizer.initialized = True
    for word, sense in lexicon().senses.items():
        tokenizer.add_word(word, FREQUENCY)
        if sense.verb and not sense.noun:
            nouns.discard(word)
        elif sense.noun or sense.channel or "information" in sense.marks:
            nouns.add(word)
    return Segmenter(lambda text: tokenizer.cut(text, HMM=False), frozenset(nouns), frozenset(inside))
