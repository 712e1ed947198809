"""The findings that reading itself makes, before any rule looks at the figures: their words are data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from parsers.data import read_toml
from parsers.report import CellKey, Finding, Severity, Whose


@dataclass(frozen=True, slots=True)
class ReadingRule:
    """A kind of doubt: the sentence of the catalogue, how its findings open, and how much it matters and to whom."""

    code: str
    sentence: str
    message: str
    severity: Severity
    whose: Whose
    breaks: str


@cache
def reading_rules() -> Mapping[str, ReadingRule]:
    """Every rule of ``reading.toml``, by its code, in the order of the file."""
    data = read_toml(__package__, "reading.toml")
    rules = (
        ReadingRule(
            code=entry["code"],
            sentence=entry["sentence"],
            message=entry["message"],
            severity=Severity(entry["severity"]),
            whose=Whose(entry["whose"]),
            breaks=entry["breaks"],
        )
        for entry in data["rule"]
    )
    return MappingProxyType({rule.code: rule for rule in rules})


def reading_finding(code: str, reason: str, where: Iterable[CellKey | str] = ()) -> Finding:
    """The finding of a rule of ``reading.toml``: its opening words, then the ``reason`` in this document.

    ``where`` are the cells that may be wrong. Raises KeyError for a code that the file does not know.

    >>> reading_finding("left_over.row", "其他主动公开文件 3").message
    'A printed row is no row of the form and was not read: 其他主动公开文件 3'
    """
    rule = reading_rules()[code]
    message = f"{rule.message}: {reason}" if reason else rule.message
    return Finding(code, rule.severity, rule.whose, message, tuple(map(str, where)))
