"""What sort of figure it is: role and kind, and the year that it is for."""

from __future__ import annotations

import re

from parsers.facts.clauses import Clause, Phrase
from parsers.facts.counted import Counted
from parsers.facts.families import AUDIENCE
from parsers.facts.lexicon import Lexicon, Word
from parsers.report import FactKind, FactRole

_YEAR = re.compile(r"(?<!\d)(20\d\d|19\d\d)\s*年?(?:度|底|末|初)?")
_SINCE_START = re.compile(r"自[^，,。；年月日]{0,14}(?:以来|至今)")
"""自开设至今: since a start that is not a date."""
_NEXT_BODY = re.compile(r"[、和及]\d{1,4}[个家所]")
"""组织42个部门、33个乡镇公开: what both did."""
_TITLE = re.compile(r"《[^《》]*》|[（(][^（）()]*[)）]")

REACH = 14
"""How close to the figure a word of change must stand: 较上年同期增加了约 is nine characters."""


LONGEST_VERB = 6
"""Characters of the longest verb that is looked for behind a body's name."""
BODY = 7
"""How far behind the start of a body's name its verb may start: 镇街编印发布."""


def role_of(phrase: Phrase, opened: bool, known: Lexicon) -> FactRole:
    """The role of the phrase's figure; ``opened`` says that the figure before it is a ``from``."""
    near, core, figure = phrase.near, phrase.core, phrase.figure
    if figure.unit in ("个百分点", "百分点"):
        return FactRole.DELTA
    if opened and _reaches(near.text, known):
        return FactRole.TO
    if not opened and _departs(phrase, known):
        return FactRole.FROM
    changed = near.last("gained") or near.last("lost")
    if figure.ratio or figure.unit == "倍":
        return _role_of_ratio(near, changed, known)
    if changed is not None and not _comes(near.text, known):
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
    stripped = _YEAR.sub("", text).rstrip("了约近超过突破的逾 现在如今目前年底")
    return (
        known.ends_with(stripped, "reaches") is not None or known.ends_with(text.rstrip(" "), "reaches") is not None
    )


def _comes(text: str, known: Lexicon) -> bool:
    """Whether a text says that something is new, and was not gained beside others: 新开通, 新收到."""
    return known.holds(text, "coming")


def _departs(phrase: Phrase, known: Lexicon) -> bool:
    """Whether the figure is where a change began: 从 or 由 stands before it, and behind it what the change
    reached."""
    if not phrase.near.has("departs"):
        return False
    tail = phrase.tail.text[:12]
    return known.holds(tail, "reaches")


def kind_of(
    phrase: Phrase, role: FactRole, counted: Counted, dated: bool, inherited: FactKind | None, known: Lexicon
) -> FactKind:
    """The kind of the figure; ``inherited`` is that of its whole, where it has one of the same metric."""
    if role is FactRole.DELTA:
        return FactKind.CHANGE
    if phrase.figure.ratio or phrase.figure.unit == "倍" or role in (FactRole.YOY, FactRole.SHARE):
        return FactKind.RATE
    averaged = known.holds(phrase.near.text, "averaged")
    if not averaged and _is_cumulative(phrase, counted, dated, known):
        return FactKind.CUMULATIVE
    own_period = bool(years_named(phrase.near.text)) or known.holds(phrase.near.text, "period")
    if own_period and inherited is FactKind.CUMULATIVE:
        inherited = None  # 截至年底累计公开356条，2018年公开60条
    taken = inherited is FactKind.CUMULATIVE or not counted.own_verb  # 累计发布120条，其中转发109条: amassed as well
    if not averaged and inherited is not None and taken and not _comes(phrase.near.text, known):
        return inherited
    return FactKind.STOCK if _stands(phrase, counted, known) else FactKind.FLOW


def _is_cumulative(phrase: Phrase, counted: Counted, dated: bool, known: Lexicon) -> bool:
    """Whether the figure adds up more than the report's year. ``dated`` says that the sentence names a period, which
    累计 then means."""
    near = phrase.near.text
    since = known.holds(phrase.gap, "since")
    amassed = known.holds(near, "cumulative")
    if _SINCE_START.search(phrase.gap):
        return True
    if not amassed and not (since and counted.metric == "views"):
        return False
    if known.holds(phrase.gap, "since_the_start"):
        return True
    if dated:
        return False
    return counted.metric != "followers" if counted.metric in AUDIENCE else since


def _stands(phrase: Phrase, counted: Counted, known: Lexicon) -> bool:
    """Whether what is counted stands at the end of the year, and did not happen in it."""
    metric = known.metrics[counted.metric]
    near = phrase.near
    standing = known.holds(near.text, "standing")
    if counted.metric == "accounts":
        # 制作专题4个; columns that are kept up to date (更新栏目3个) stand.
        made = counted.own_verb and counted.verb_word is not None and counted.verb_word.text in known.lists["makes"]
        opened = made or counted.verb == "accounts" or _comes(near.text, known)
        closed = known.holds(phrase.tail.text, "closures")
        return not ((opened and not standing) or closed)
    if counted.metric == "services":
        handled = counted.verb is not None and counted.own_verb and known.handles(counted.verb)
        if handled and phrase.figure.unit in known.lists["case_units"]:
            return False  # 受理各类服务事项144350件
        return counted.noun is None or counted.noun.text not in metric.flow_nouns
    if counted.metric == "other":
        return _other_stands(phrase, counted, standing, known)
    if counted.metric == "documents":
        return standing
    return metric.kind == "stock"


def _other_stands(phrase: Phrase, counted: Counted, standing: bool, known: Lexicon) -> bool:
    """The same of what has no metric of its own: staff and bodies stand, unless a verb says what they did."""
    around = phrase.near.text[-12:] + phrase.tail.text[:12]
    if _comes(phrase.near.text, known) and not standing:
        return False  # 新设查阅点5处
    if standing or (counted.noun is not None and counted.noun.text in known.metrics["other"].stock_nouns):
        return True
    if phrase.figure.unit in known.lists["people"]:
        return known.holds(around, "person_nouns") or phrase.figure.unit == "名"
    head = phrase.tail.text[:12]
    at = known.find(head, "body_nouns")
    if at < 0:
        return False
    after = _NEXT_BODY.sub("", _TITLE.sub("", phrase.after))  # 56家单位（含市本级）主动公开
    words = known.words(after, 0, min(len(after), at + BODY + LONGEST_VERB))
    return not any(word.sense.verb not in (None, "other") for word in words if word.start <= at + BODY)


def names_year_first(sentence: str) -> bool:
    """Whether a sentence starts with a year, which then is the period that its 累计 means."""
    return _YEAR.match(sentence) is not None


def years_named(text: str) -> list[tuple[int, int, int]]:
    """(start, end, year) of the years that ``text`` names outside titles and brackets."""
    plain = _TITLE.sub(lambda match: " " * len(match[0]), text)
    return [(match.start(), match.end(), int(match[1])) for match in _YEAR.finditer(plain)]


_FOLLOWS = re.compile(r"(?:的|为|分别|共|全年|是|达|，|,|$|有|时|同期|我|本|累|新|收|受|公|发|办|主|信|通|在|[（(]$)")


def _is_later_period(text: str, start: int, end: int, known: Lexicon) -> bool:
    """Whether the later year ``text[start:end]`` is the one that is told of: 2022年，举办…, and not 2022年初发布 (of the
    report, and of what came in before it was written), 结转2022年办理 or 编制2022年预算."""
    if text[end - 1] == "初" or known.holds(text, "carried_over"):
        return False
    before = text[:start].rstrip()
    opens = not before or before[-1] in "，：在于" or known.ends_with(before, "intends") is not None
    return (opens and _FOLLOWS.match(text[end:].lstrip()) is not None) or _acts_in(text, start, end, known)


def _acts_in(text: str, start: int, end: int, known: Lexicon) -> bool:
    """Whether the year is that of a deed: a verb stands behind it, and before it at most who did it (2020年举办…,
    我局2020年召开…)."""
    before, rest = text[:start].rstrip(), text[end:].lstrip()
    body = known.ends_with(before, "body_nouns")
    actor = body is not None and not any(word.sense.verb for word in known.words(before, 0, len(before)))
    words = known.words(rest, 0, min(len(rest), LONGEST_VERB))
    return (not before or actor) and bool(words) and words[0].start == 0 and words[0].sense.verb is not None


def year_of(phrase: Phrase, role: FactRole, known: Lexicon, report_year: int, carried: int) -> int:
    """The year that the figure is for: the one its own clause names, else the one of the figure before it in the
    sentence. ``carried`` is the latter; comparisons belong to the year that is compared."""
    near = phrase.near.text
    if phrase.years_back is not None:
        return report_year - phrase.years_back
    compares = role in (FactRole.YOY, FactRole.DELTA, FactRole.SHARE)
    if compares or (role is FactRole.TO and not _YEAR.search(near[-10:])):
        return carried if role is FactRole.SHARE else max(carried, report_year) if carried != report_year else carried
    for clause in phrase.clauses:
        last_year = clause is phrase.near and known.holds(clause.text[-12:], "previous_year")
        if last_year and role in (FactRole.LEVEL, FactRole.FROM) and not known.holds(clause.text, "carried_over"):
            return report_year - 1
        years = years_named(clause.text)
        if years:
            start, end, year = years[-1]
            rest = clause.text[end:].lstrip()
            if year == report_year:
                return year
            if known.starts_with(rest, "onwards"):
                return report_year
            if year > report_year:
                return year if _is_later_period(clause.text, start, end, known) else carried
            if role is FactRole.TO:
                return report_year
            prefix = clause.text[:start].rstrip()
            if (not prefix or prefix[-1] in "，从由较比在于至自和与、截止：") and _FOLLOWS.match(rest):
                return year
            if _acts_in(clause.text, start, end, known):
                return year
            return carried
    return carried
