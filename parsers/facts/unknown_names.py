"""Channels that go by names which the lexicon does not know: a site that ends in 网, a way in quotation marks, a stranger in a list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from parsers.facts.clauses import Clause, core_of
from parsers.facts.lexicon import JOINS, Lexicon, Word, any_of, lexicon

_BRACKET_BEHIND = re.compile(r"[（(][^（）()]*[）)]$")
"""A second name: 中国林业网（局政府网）."""
NAME = 40
"""Characters before a verb in which a site's name and its second one in brackets are looked for."""
ELLIPSIS = 2
"""Characters of an item that only lacks its second half: 书记、校长信箱 is one kind of place."""


@cache
def _another_item() -> re.Pattern[str]:
    """A last item of a list of channels that no lexicon knows: one of several ways (门户网站和悦读号等渠道), or one with a name of its
    own (通过12345平台和“邻里牵手”工作群)."""
    lists = lexicon().lists
    return re.compile(
        rf"[{JOINS}][^，。；{JOINS}]{{2,14}}等[^，。；{JOINS}]{{0,4}}(?:{any_of(lists['ways'])})"
        rf"|(?:平台)?[{JOINS}]“[^“”]{{2,12}}”(?:{any_of(lists['programs'])})"
    )


@cache
def _by_name() -> re.Pattern[str]:
    """A way that goes by a name of its own: 通过“民呼我为”办理诉求."""
    lists = lexicon().lists
    return re.compile(
        rf"(?:{any_of(lists['through'])})[^“”，。；、]{{0,6}}“[^“”]{{2,12}}”"
        rf"(?:{any_of(lists['programs'])})?(?=[\u4e00-\u9fff])(?![{JOINS}])"
    )


def unknown_channel(clause: Clause, known: Lexicon) -> str | None:
    """The channel of a name that the lexicon does not know: before a verb of publishing a name that ends in 网 is a
    site (在市农业信息之窗网共发布38条), one that ends in 报 a paper (新区报发布8条); what goes by a name in
    quotation marks is some other way. None without such a name."""
    for word in clause.words:
        if known.publishes(word.sense.verb):
            place = word.start - clause.start
            before = core_of(clause.text[max(0, place - NAME) : place], known)
            before = core_of(_BRACKET_BEHIND.sub("", before), known)
            if known.ends_with(before, "site_endings") and not known.ends_with(before, "no_sites"):
                return "website"
            if known.ends_with(before, "paper_endings") and not known.ends_with(before, "no_papers"):
                return "newspaper"
    named = _by_name().search(clause.text)
    return "other" if named and any(word.sense.verb for word in clause.words) else None


def names_a_stranger(clauses: Sequence[Clause], found: Sequence[Word], known: Lexicon) -> bool:
    """Whether a list of channels holds a name that the lexicon does not know: 利用民心桥、领导留言板反馈."""
    for clause in clauses:
        inside = [word for word in found if clause.start <= word.start < clause.end]
        if not inside:
            continue
        if _another_item().match(clause.text, inside[-1].end - clause.start):
            return True
        openings = list(known.lists["through"].pattern.finditer(clause.text, 0, inside[-1].end - clause.start))
        if openings:
            start = openings[-1].end()
            items = [item for item in clause.text[start : inside[-1].end - clause.start].split("、") if item]
            return len(items) > 1 and _unnamed(items, clause.start + start, clause, inside)
    return False


def _unnamed(items: Iterable[str], start: int, clause: Clause, inside: Sequence[Word]) -> bool:
    """Whether one of the ``items`` of a list that begins at ``start`` holds none of the known channels ``inside`` it."""
    at = start
    for item in items:
        end = at + len(item)
        if len(item) > ELLIPSIS and not any(at <= word.start < end for word in inside):
            # The list is one of channels only while no verb stands in it.
            return not any(word.sense.verb and start <= word.start < end for word in clause.words)
        at = end + 1
    return False
