"""The role of a figure: where a change began or ended, by how much, a share, or simply how many."""

from __future__ import annotations

from parsers.facts.clauses import Clause, Phrase
from parsers.facts.lexicon import Lexicon, Word
from parsers.facts.scan import POINTS
from parsers.facts.years import YEAR
from parsers.report import FactRole

REACH = 14
"""How close to the figure a word of change must stand: 较上年同期增加了约 is nine characters."""


def role_of(phrase: Phrase, opened: bool, known: Lexicon) -> FactRole:
    """The role of the phrase's figure; ``opened`` says that the figure before it is a ``from``."""
    near, core, figure = phrase.near, phrase.core, phrase.figure
    if figure.unit in POINTS:
        return FactRole.DELTA
    if opened and _reaches(near.text, known):
        return FactRole.TO
    if not opened and _departs(phrase, known):
        return FactRole.FROM
    changed = near.last("gained") or near.last("lost")
    if figure.ratio or figure.unit == "倍":
        return _role_of_ratio(near, changed, known)
    if changed is not None and not comes(near.text, known):
        return _role_of_change(near, changed, known)
    strong = known.ends_with(core + near.text[len(core) :], "reaches")
    if strong and len(strong) > 2 and strong[0] not in "发扩变":
        return FactRole.TO
    return FactRole.LEVEL


def _role_of_ratio(near: Clause, changed: Word | None, known: Lexicon) -> FactRole:
    """The role of a share or a multiple, ``changed`` being the last word of its clause that says that something grew or shrank."""
    if changed is not None and near.end - changed.end <= REACH:
        return FactRole.YOY
    if near.has("compared") and not near.has("share"):
        return FactRole.YOY
    if known.holds(near.text[-REACH:], "share") and (known.holds(near.text, "takes_up") or not near.has("share")):
        return FactRole.SHARE
    return FactRole.LEVEL


def _role_of_change(near: Clause, changed: Word, known: Lexicon) -> FactRole:
    """The role of a count behind ``changed``, a word that says that something grew or shrank."""
    after = near.text[changed.end - near.start :]
    if len(changed.text) == 1 and not (near.has("compared") and after.strip("了") == ""):
        return FactRole.LEVEL
    if _reaches(near.text, known):
        return FactRole.TO
    acts = any(word.sense.verb for word in near.words if word.start >= changed.end)
    return FactRole.LEVEL if acts and changed.text not in known.lists["added"] else FactRole.DELTA


def _reaches(text: str, known: Lexicon) -> bool:
    """Whether a text ends with a word that says where a change ended: 增加到, 达到了约."""
    stripped = YEAR.sub("", text).rstrip("了约近超过突破的逾 现在如今目前年底")
    return (
        known.ends_with(stripped, "reaches") is not None or known.ends_with(text.rstrip(" "), "reaches") is not None
    )


def comes(text: str, known: Lexicon) -> bool:
    """Whether a text says that something is new, and was not gained beside others: 新开通, 新收到."""
    return known.holds(text, "coming")


def _departs(phrase: Phrase, known: Lexicon) -> bool:
    """Whether the figure is where a change began: 从 or 由 stands before it, and behind it what the change
    reached."""
    if not phrase.near.has("departs"):
        return False
    tail = phrase.tail.text[:12]
    return known.holds(tail, "reaches")
