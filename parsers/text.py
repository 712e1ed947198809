"""How Chinese text is folded before it is compared. One fold for labels, one for names; nothing else compares raw text."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache

import regex

from parsers.data import read_toml

LOST = "\ufffd"
"""What a text has for a sign that nobody can read: it was lost in the file, in its fonts or in a picture, and must not look blank."""
MEANINGLESS = regex.compile(r"[\ufffd\p{Cc}\p{Co}\p{Cn}\p{Cs}]")
"""A sign that is lost, or has no meaning: one that controls a machine, that is for private use, or that does not exist."""
HAN = regex.compile(r"\p{Han}")
"""A Chinese sign."""
_IGNORED = regex.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad“”\"'‘’「」『』〝〞＂＇]+")
_NUMBERING = regex.compile(
    r"^(?:第?[一二三四五六七八九十]{1,3}[、..,:\ufffd]|[(\ufffd][一二三四五六七八九十\d\ufffd]{1,3}[)\ufffd][、.,]?|[一二三四五六七八九十]{1,2}\)|\d{1,2}[、.,)](?!\d)|[①-⑳⒈-⒛])"
)
_SAME = {"–": "-", "—": "-", "―": "-", "−": "-", "﹣": "-", "\\": "/", "∕": "/", "它": "他", "、": ","}


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """A label as it is compared: NFKC, simplified signs, no white space, no quotation marks, one kind of dash, slash and
    comma.

    >>> fold("3.危及“三安全 一稳定”") == fold("３．危及三安全一稳定")
    True
    """
    return _IGNORED.sub("", unicodedata.normalize("NFKC", text)).translate(_same())


@cache
def simplified() -> Mapping[str, str]:
    """By traditional sign: the simplified one."""
    data = read_toml(__package__, "traditional.toml")
    return dict(zip(data["traditional"], data["simplified"], strict=True))


@cache
def _to_simplified() -> Mapping[int, str]:
    return str.maketrans(dict(simplified()))


def in_simplified_signs(text: str) -> str:
    """The text with traditional signs made simplified, one for one: offsets stay.

    >>> in_simplified_signs("發布信息3條")
    '发布信息3条'
    """
    return text.translate(_to_simplified())


@cache
def _same() -> Mapping[int, str]:
    return str.maketrans({**simplified(), **_SAME})


@lru_cache(maxsize=65536)
def without_numbering(folded: str) -> str:
    """A folded label without the numbering in front of it; a label that is nothing but numbering stays.

    >>> without_numbering(fold("（三）不予公开"))
    '不予公开'
    >>> without_numbering(fold("1、属于国家秘密")), without_numbering(fold("1,234"))
    ('属于国家秘密', '1,234')
    >>> without_numbering(fold("七）总计"))  # as a scan is read whose first bracket stands in the wall
    '总计'
    """
    return _NUMBERING.sub("", folded, count=1) or folded


def is_numbered(folded: str) -> bool:
    """Whether a folded text begins with the numbering of a label, or is nothing else."""
    return _NUMBERING.match(folded) is not None


def is_wide(character: str) -> bool:
    """Whether a character takes two columns in a terminal or a fixed pitch (Chinese, full-width forms)."""
    return unicodedata.east_asian_width(character) in "WF"
