"""The words of a list, bare, and the rows of the form that a printed label names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import regex

from parsers.align.labels import PIECES, LabelSet, bare
from parsers.forms.form import Table as FormTable


@dataclass(frozen=True, slots=True, eq=False)
class ListLabels:
    """The words of a list: ``rows`` by each spelling the numbers of the rows that it may name, ``titles`` by each the rows that stand
    under it, ``siblings`` by row those that stand under the same title, ``columns`` what is printed over the figures, ``beside`` what
    is printed over anything else. All of them are :meth:`bare`."""

    rows: Mapping[str, tuple[int, ...]]
    titles: Mapping[str, frozenset[int]]
    siblings: Sequence[frozenset[int]]
    columns: frozenset[str]
    beside: frozenset[str]
    alike: LabelSet
    lead_in: regex.Pattern[str]

    def bare(self, text: str) -> str:
        """A label without number, explanation and lead-in (其中：1.涉及国家秘密)."""
        return bare(self.lead_in.sub("", bare(text)))

    def heads_columns(self, text: str) -> bool:
        """Whether a text is printed over a column."""
        return bare(text) in self.columns or bare(text) in self.beside

    def named(self, texts: Sequence[str]) -> tuple[int, ...]:
        """The rows that the cells of a label name, whatever stands in front of it, in cells of its own or before a blank: the titles of
        its groups."""
        for pieces in (texts, " ".join(texts).split(" ")):
            for start in range(len(pieces) - 1, max(-1, len(pieces) - 1 - PIECES), -1):
                if (named := self.rows.get(self.bare("".join(pieces[start:])))) is not None:
                    return named
        return ()

    def under(self, texts: Sequence[str]) -> frozenset[int]:
        """The rows that stand under the titles among the cells of a label."""
        return frozenset().union(*(self.titles.get(self.bare(text), frozenset()) for text in texts))


@cache
def labels_of(table: FormTable) -> ListLabels:
    """The words of a list, ready to be compared; made once for each form."""
    lead_in = regex.compile(
        rf"^(?:{'|'.join(map(regex.escape, table.lead_ins))})[:,]?" if table.lead_ins else r"(?!)"
    )
    groups = {bare(group.label): [bare(alias) for alias in group.aliases] for group in table.groups}
    spelt = [[bare(lead_in.sub("", bare(text))) for text in row.spellings] for row in table.rows]
    rows: dict[str, list[int]] = {}
    titles: dict[str, set[int]] = {}
    for number, row in enumerate(table.rows):
        for text in dict.fromkeys(spelt[number]):
            rows.setdefault(text, []).append(number)
        for title in map(bare, row.path[:-1]):
            own = [spelt[n] for n, other in enumerate(table.rows) if bare(other.leaf) == title]
            for text in (title, *groups.get(title, ()), *(text for spellings in own for text in spellings)):
                titles.setdefault(text, set()).add(number)
    return ListLabels(
        {text: tuple(numbers) for text, numbers in rows.items()},
        {text: frozenset(numbers) for text, numbers in titles.items()},
        [frozenset(n for n, b in enumerate(table.rows) if b.path[:-1] == a.path[:-1] != ()) for a in table.rows],
        frozenset(bare(text) for column in table.columns for text in column.spellings),
        frozenset(map(bare, table.corner)),
        LabelSet.of(spelt),
        lead_in,
    )
