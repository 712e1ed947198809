"""What a cell of a workbook shows: the number format decides, and it may turn 0 into a dash or into nothing.

The format codes are those of ECMA-376 part 1, 18.8.30 and 18.8.31, which the older binary format shares.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

import regex

BUILT_IN = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    37: "#,##0_);(#,##0)",
    38: "#,##0_);(#,##0)",
    39: "#,##0.00_);(#,##0.00)",
    40: "#,##0.00_);(#,##0.00)",
    41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ',
    42: '_ "¥"* #,##0_ ;_ "¥"* -#,##0_ ;_ "¥"* "-"_ ;_ @_ ',
    43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    44: '_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ',
    48: "##0.0E+0",
    49: "@",
    **dict.fromkeys((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)), "yyyy-mm-dd"),
}
"""The formats that a file names by number only; dates in all their spellings are one here."""

_TOKEN = regex.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|(?P<space>[_*].)|\[(?P<bracket>[^\]]*)\]|(?P<general>General|G/通用格式)'
    r"|(?P<number>[0#?.,]+)|(?P<percent>%)|(?P<text>@)|(?P<date>[yYmMdDhHsSgeb]|E(?![+-]))|(?P<other>E[+-]|.)",
    regex.DOTALL,
)
_NUMBER = regex.compile(r"(?P<whole>[0#?,]*?)(?:\.(?P<part>[0#?]*))?(?P<scale>,*)")
_PLAIN = frozenset("-+()（） :元件条次个万亿￥¥$/")
"""Signs that stand for themselves without quotes; anything else makes a format that is not understood."""


_LARGEST = 1e15  # a workbook keeps 15 digits
_MOST_DECIMALS = 12  # with those they are fewer than the 28 of decimal arithmetic


@dataclass(frozen=True, slots=True)
class _Section:
    """One of the formats for positive, negative and zero: what stands before and behind the digits."""

    before: str = ""
    behind: str = ""
    number: str | None = None
    percent: int = 0
    general: bool = False
    date: bool = False
    understood: bool = True

    @property
    def holds_value(self) -> bool:
        """Whether the place of the number was met."""
        return self.number is not None or self.general


def shown(value: float, code: str, *, epoch_1904: bool = False) -> str:
    """What a number looks like under a format code: ``''`` where the format shows nothing.

    Where the code is one that we do not understand, the number comes with the code behind it, so that nothing can take
    it for a figure.

    >>> shown(12.0, "General"), shown(0, '#,##0;-#,##0;"-"'), shown(0, "0;-0;;@"), shown(1234.5, "#,##0")
    ('12', '-', '', '1,235')
    """
    sections = _sections(code)
    index = 0
    if value < 0 and len(sections) > 1:
        index = 1
    elif value == 0 and len(sections) > 2:
        index = 2
    section = sections[index]
    size = abs(value)
    if not section.understood or (section.number is not None and size * 100**section.percent >= _LARGEST):
        return f"{general(value)} [{code}]"
    if section.date:
        return _date(value, epoch_1904)
    sign = "-" if value < 0 and index == 0 else ""
    if section.general:
        digits = general(size)
    elif section.number is None:
        return section.before if index else sign + section.before
    else:
        digits = _digits(size * 100**section.percent, section.number)
        if sign and not digits.strip("0.,"):
            sign = ""
    return sign + section.before + digits + section.behind


def general(value: float) -> str:
    """A number as a cell without a format shows it, to the 15 digits that a workbook keeps."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return format(value, ".15g")


@lru_cache(maxsize=256)
def _sections(code: str) -> tuple[_Section, ...]:
    pieces = [""]
    for match in _TOKEN.finditer(code):
        if match[0] == ";":
            pieces.append("")
        else:
            pieces[-1] += match[0]
    return tuple(_section(piece) for piece in pieces[:3])


def _section(code: str) -> _Section:
    section = _Section()
    for match in _TOKEN.finditer(code):
        section = _with(section, match.lastgroup or "", match[match.lastgroup or 0] or "")
    return replace(section, understood=section.understood and _is_plausible(section))


def _with(section: _Section, kind: str, text: str) -> _Section:
    """The section with one more token, ``text`` of this ``kind``."""
    match kind:
        case "number" if text.strip(".,") == "" and section.number is None:
            return replace(section, before=section.before + text)
        case "number" | "general":
            understood = section.understood and not section.holds_value
            if kind == "general":
                return replace(section, general=True, understood=understood)
            return replace(section, number=text, understood=understood)
        case "text":
            return replace(section, general=True)
        case "percent":
            return replace(section, percent=section.percent + 1, behind=section.behind + "%")
        case "date":
            return replace(section, date=True)
        case "bracket":
            currency = text[1:].split("-", maxsplit=1)[0] if text.startswith("$") else ""
            understood = section.understood and text[:1] not in ("<", ">", "=")
            return replace(section, behind=section.behind + currency, understood=understood)
        case "quoted" | "escaped":
            return _with_words(section, text)
        case "other":
            return _with_words(section, text) if text in _PLAIN else replace(section, understood=False)
        case _:
            return section


def _with_words(section: _Section, text: str) -> _Section:
    """The section with what stands for itself, at the side of the digits where it is met."""
    if section.holds_value:
        return replace(section, behind=section.behind + text)
    return replace(section, before=section.before + text)


def _is_plausible(section: _Section) -> bool:
    """Whether the parts of a section go together as we know them."""
    number = section.number
    if number is None:
        return section.percent < 2
    if section.date:
        fits = all(sign in "0." for sign in number)  # fractions of seconds
    else:
        digits = _NUMBER.fullmatch(number)
        fits = digits is not None and len(digits["part"] or "") <= _MOST_DECIMALS
    return fits and section.percent < 2 and "/" not in section.before + section.behind


def _digits(size: float, pattern: str) -> str:
    """The digits of a number that is not negative."""
    match = _NUMBER.fullmatch(pattern)
    assert match is not None
    whole, part, scale = match["whole"], match["part"] or "", len(match["scale"])
    exact = Decimal(format(size, ".15g")).scaleb(-3 * scale)
    rounded = exact.quantize(Decimal(1).scaleb(-len(part)), ROUND_HALF_UP)
    left, _, right = f"{rounded:f}".partition(".")
    least = whole.count("0")
    left = left.lstrip("0").rjust(least, "0")
    if "," in whole:
        left = _grouped(left)
    needed = len(part.rstrip("#?"))
    while len(right) > needed and right.endswith("0"):
        right = right[:-1]
    return f"{left}.{right}" if right else left


def _grouped(digits: str) -> str:
    first = len(digits) % 3
    groups = [digits[:first], *(digits[at : at + 3] for at in range(first, len(digits), 3))]
    return ",".join(group for group in groups if group)


def _date(value: float, epoch_1904: bool) -> str:
    """The day that a serial number stands for; one that is none is shown so that it is no figure either."""
    if not 0 < value < 2_958_466:  # 31 December 9999
        return f"[{general(value)}]"
    # Days are counted from the last of 1899; 29 February 1900, which never was, is counted too.
    first = date(1904, 1, 1) if epoch_1904 else date(1899, 12, 31 if value < 60 else 30)
    return (first + timedelta(days=int(value))).isoformat()
