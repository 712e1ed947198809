"""Numerals that name and do not count: dates, document numbers, ordinals, telephone numbers, addresses …

Everything here is known from the characters themselves; what only the sentence can tell (a back-reference, the
scope of an activity) is in :mod:`parsers.facts.context`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from parsers.facts.lexicon import any_of, lexicon


class Reason(StrEnum):
    """Why a numeral is no fact."""

    LINK = "web or mail address"
    TITLE = "title of a document"
    QUOTED = "quoted name"
    DOCUMENT_NUMBER = "document number"
    DATE = "date"
    CLOCK = "clock time"
    TELEPHONE = "telephone number"
    POSTCODE = "postcode"
    HOTLINE = "hotline that is called by its number"
    ADDRESS = "address"
    ARTICLE = "article of a law"
    ORDINAL = "ordinal"
    LIST_MARK = "list mark"
    VERSION = "version or make"
    LETTERS = "part of a name with letters"
    IDENTIFIER = "identifier"
    DURATION = "duration or time limit"
    RANK = "rank"
    RANGE = "range"
    VAGUE = "vague number"
    INDEFINITE = "indefinite article"
    STRUCTURE = "counts the parts of a text or a plan"
    SCOPE = "scope of an activity"
    BACK_REFERENCE = "refers back to a figure"
    IN_SUBJECT = "count inside a subject"
    THRESHOLD = "threshold that names a class"
    NEGATED = "negated"
    PLAN = "plan or demand, not a deed"
    NO_MEASURE = "nothing is counted"
    TABLE = "part of a table that lost its lines"


@dataclass(frozen=True, slots=True)
class Name:
    """``text[start:end]`` holds numerals and names something."""

    start: int
    end: int
    reason: Reason


_D = "[0-9０-９]"
_YEAR = rf"(?<!{_D})(?:19|20|１９|２０){_D}{{2}}"
_TO = "[-—–－~～至到]+"
_B = r"[ \u00a0]*"
_DAY = rf"{_B}{_D}{{1,2}}{_B}[日号]"
_MONTH = rf"{_B}{_D}{{1,2}}{_B}月(?:份|底|初|末|中旬|上旬|下旬)?"
_CHINESE_NUMERAL = "[零〇○一二两三四五六七八九十百千]"
_GROUNDS = "子店渠寨堡桥沟坡湾庄墩铺屯坪河口岭江泉湖岗台井塘山林营"
"""What a place was named after, together with a number."""
_AND_ARTICLE = "[-—–－~～至到、和及]+"

_PATTERNS: tuple[tuple[Reason, str], ...] = (
    (Reason.LINK, r"(?:https?://|www\.)[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+"),
    (Reason.LINK, r"(?<![A-Za-z0-9._-])[A-Za-z0-9._-]{1,64}@[A-Za-z0-9.-]+"),
    (Reason.TITLE, r"[《〈][^《》\n]{1,120}[》〉]"),
    (Reason.DOCUMENT_NUMBER, rf"[〔［\[【(（]{_B}{_YEAR}{_B}[〕］\]】)）]{_B}(?:第?{_B}{_D}{{1,5}}{_B}号)?"),
    (Reason.DOCUMENT_NUMBER, rf"(?:令|文){_B}第?{_B}{_D}{{1,5}}{_B}号|第?{_D}{{1,5}}{_B}号(?:令|文)"),
    (Reason.DATE, rf"(?:{_YEAR}年?{_B}[、和与及]{_B}){{1,5}}(?={_YEAR}{_B}年)"),
    (
        Reason.DATE,
        rf"{_YEAR}{_B}{_TO}{_B}{_YEAR}{_B}(?:年度?|学年度?)?"
        rf"|{_YEAR}{_B}年{_B}{_D}{{1,2}}{_B}{_TO}{_B}{_D}{{1,2}}{_B}月(?:份)?"
        rf"|{_YEAR}{_B}年(?:度|底|末|初|版|制)?(?:{_MONTH}(?:{_DAY})?)?(?:{_B}{_TO}{_MONTH}(?:{_DAY})?)?"
        rf"|{_YEAR}[-./]{_D}{{1,2}}(?:[-./]{_D}{{1,2}})?(?!{_D})",
    ),
    # 2023 11日到1231日: the signs 年 and 月 are lost, as their font was.
    (Reason.DATE, rf"{_YEAR}{_B}{_D}{{2,4}}{_B}日起?{_B}{_TO}{_B}(?:{_YEAR}{_B})?{_D}{{2,4}}{_B}日"),
    (Reason.DATE, rf"(?<!{_D}){_D}{{1,2}}{_B}{_TO}{_MONTH}(?:{_DAY})?|(?<!{_D}){_MONTH.removeprefix(_B)}(?:{_DAY})?"),
    (
        Reason.DATE,
        rf"[一二][〇零○九]{_CHINESE_NUMERAL}{{2}}年(?:度)?|[一二三四五六七八九十]{{1,2}}月(?:份|[一二三十]{{1,3}}日)?",
    ),
    (Reason.DATE, r"[第前]?[一二三四1-4](?:[、至-][二三四2-4])?季度|[“\"]?十[二三四五]五[”\"]?"),
    (Reason.CLOCK, rf"(?<!{_D}){_D}{{1,2}}[:：]{_D}{{2}}(?!{_D})"),
    (Reason.TELEPHONE, rf"(?<!{_D})0{_D}{{2,3}}[)）]?{_B}[-—－–]*{_B}{_D}{{7,8}}(?!{_D})(?:[-—－–]{_D}{{1,5}})?"),
    (Reason.TELEPHONE, rf"(?<!{_D})(?:1[3-9]{_D}{{9}}|[48]00-?{_D}{{3,4}}-?{_D}{{3,4}})(?!{_D})"),
    (Reason.ARTICLE, rf"第{_B}[(（]?{_B}(?:{_D}{{1,4}}|{_CHINESE_NUMERAL}{{1,7}}){_B}[)）]?{_B}[条款项章节编目]"),
    # 第9至12条, 第20、21条: the articles of a row have one sign of their kind, behind the last.
    (Reason.ARTICLE, rf"第{_B}{_D}{{1,3}}(?:{_B}{_AND_ARTICLE}{_B}{_D}{{1,3}}){{1,8}}{_B}[条款项]"),
    (Reason.ARTICLE, rf"第{_CHINESE_NUMERAL}{{1,5}}(?:{_AND_ARTICLE}{_CHINESE_NUMERAL}{{1,5}}){{1,8}}[条款项]"),
    # 七家子镇, 二道白河镇, 八里店街道
    (
        Reason.ADDRESS,
        rf"{_CHINESE_NUMERAL}{{1,2}}[家道里间][\u4e00-\u9fff]?[{_GROUNDS}](?:镇|街道|[乡村](?![镇级民]))",
    ),
    (Reason.ORDINAL, rf"第{_B}(?:{_D}{{1,4}}|{_CHINESE_NUMERAL}{{1,7}})"),
    (Reason.LIST_MARK, rf"[(（]{_B}(?:{_D}{{1,2}}|[一二三四五六七八九十]{{1,3}}){_B}[)）]|[①-⑳⒈-⒛]"),
    (Reason.LIST_MARK, rf"(?:(?<=[\n。；;：:， ])|^){_D}{{1,2}}[.．、](?!{_D})"),
    (Reason.LETTERS, rf"(?<=[A-Za-zＡ-Ｚ]){_D}{{1,8}}(?:[.．]{_D}{{1,8}})?"),
    (Reason.VERSION, rf"(?<!{_D}){_D}{{1,4}}(?:[.．]{_D}{{1,3}})?(?:版本|版[）)]|[A-Za-z]级)"),
    (Reason.VERSION, rf"{_D}[×xX*]{_D}{{1,2}}"),
)


_FIRST = r"[0-9０-９A-Za-z._《〈〔［\[【(（第前令文一二三四五六七八九十“\"①-⑳⒈-⒛-]"
"""With what a name can start; it spares the search most places of a Chinese text."""


@cache
def _compiled() -> re.Pattern[str]:
    """All the patterns of names in one, each in a group of its own."""
    patterns = [f"(?P<r{index}>{pattern})" for index, (_, pattern) in enumerate(_PATTERNS)]
    return re.compile(f"(?={_FIRST})(?:" + "|".join(patterns) + ")")


@cache
def _contact() -> re.Pattern[str]:
    """Numbers that a word in front introduces: 电话：8691639, 邮编 735100."""
    lists = lexicon().lists
    gap = r"[^0-9０-９\n，,。；;]{0,8}"
    number = r"[0-9０-９][0-9０-９\-—－–/、]{4,40}+"
    counted = rf"(?!\s*(?:[余多万亿.,，]?\s*(?:[万亿]|{lexicon().measure.pattern})))"  # 热线接听来电15832个
    return re.compile(
        rf"(?P<telephone>(?:{any_of(lists['telephone'])}){gap}{number}{counted})"
        rf"|(?P<postcode>(?:{any_of(lists['postcode'])}){gap}[0-9０-９]{{6}}(?![0-9０-９]))"
        rf"|(?P<identifier>(?:{any_of(lists['account_number'])}){gap}{number})"
    )


def names_in(text: str) -> list[Name]:
    """Names that can be told from their characters, in order, not overlapping. Linear in the length of ``text``."""
    found = [
        Name(match.start(), match.end(), _PATTERNS[int(str(match.lastgroup)[1:])][0])
        for match in _compiled().finditer(text)
    ]
    found += (
        Name(match.start(), match.end(), Reason[str(match.lastgroup).upper()]) for match in _contact().finditer(text)
    )
    found += _quoted(text)
    # Longer names swallow those inside them: the postcode in a quoted address is one name.
    found.sort(key=lambda name: (name.start, -name.end))
    kept: list[Name] = []
    for name in found:
        if not kept or name.start >= kept[-1].end:
            kept.append(name)
        elif name.end > kept[-1].end:
            kept.append(Name(kept[-1].end, name.end, name.reason))
    return kept


QUOTED_NAME = 24
"""Longest quotation that is a name (of a campaign, a column, a slogan); longer ones quote sentences, and their
figures count. Slogans of the reports read were at most 20 characters long."""


def _quoted(text: str) -> list[Name]:
    """The names in quotation marks."""
    return [
        Name(match.start(), match.end(), Reason.QUOTED)
        for match in re.finditer(
            rf"“[^“”\n]{{1,{QUOTED_NAME}}}”|「[^「」\n]{{1,{QUOTED_NAME}}}」"
            rf"|\"(?![，。；、：])[^\"，。；\n]{{1,{QUOTED_NAME}}}\"",
            text,
        )
    ]
