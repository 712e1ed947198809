"""The numbers that Word makes by itself, in front of the paragraphs of a list and of headings."""

from __future__ import annotations

from dataclasses import dataclass, field

import regex
from lxml import etree

from parsers.readers.docx.package import child, number, tag, value
from parsers.readers.words import words

_PLACE = regex.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a numbering: ``text`` is like ``（%1）``, ``form`` the name of its numerals."""

    form: str
    text: str
    start: int
    gap: bool


@dataclass(slots=True)
class Numbering:
    """The numbers that Word makes by itself. It counts: each paragraph must be asked for once, in reading order."""

    lists: dict[str, str] = field(default_factory=dict)
    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    restarts: dict[str, dict[int, int]] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _restarted: set[str] = field(default_factory=set)

    def next(self, number_id: str, level: int) -> str:
        """The number of the next paragraph of a list at a level (from 0); empty for bullets and unknown lists."""
        abstract = self.lists.get(number_id)
        levels = self.levels.get(abstract or "", {})
        if abstract is None or level not in levels:
            return ""
        counts = self._counts.setdefault(abstract, {})
        if number_id in self.restarts and number_id not in self._restarted:
            self._restarted.add(number_id)
            for restarted, start in self.restarts[number_id].items():
                counts[restarted] = start - 1
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [deeper for deeper in counts if deeper > level]:
            del counts[deeper]
        shown = levels[level]
        if shown.form == "bullet":
            return ""

        def numeral_of(match: regex.Match[str]) -> str:
            at = int(match[1]) - 1
            part = levels.get(at)
            return numeral(counts.get(at, part.start), part.form) if part else ""

        return _PLACE.sub(numeral_of, shown.text) + (" " if shown.gap else "")


def read_numbering(root: etree._Element | None) -> Numbering:
    """The numberings of a file; an empty one when it has none."""
    numbering = Numbering()
    for element in root if root is not None else ():
        if tag(element) == "abstractNum":
            numbering.levels[value(element, "abstractNumId") or ""] = {
                number(level, "ilvl"): _level(level) for level in element if tag(level) == "lvl"
            }
        elif tag(element) == "num":
            key = value(element, "numId") or ""
            numbering.lists[key] = value(child(element, "abstractNumId")) or ""
            starts = {
                number(override, "ilvl"): number(child(override, "startOverride"), default=1)
                for override in element
                if tag(override) == "lvlOverride" and child(override, "startOverride") is not None
            }
            if starts:
                numbering.restarts[key] = starts
    return numbering


def _level(level: etree._Element) -> Level:
    return Level(
        form=value(child(level, "numFmt")) or "decimal",
        text=value(child(level, "lvlText")) or "",
        start=number(child(level, "start"), default=1),
        gap=value(child(level, "suff")) != "nothing",
    )


def numeral(count: int, form: str) -> str:
    """A count in the numerals that Word's ``w:numFmt`` names.

    >>> numeral(12, "chineseCounting"), numeral(3, "decimalEnclosedCircle"), numeral(4, "lowerRoman")
    ('十二', '③', 'iv')
    """
    lowered = form.lower()
    if form == "none" or count < 0:
        return ""
    if "counting" in lowered or form in ("ideographTraditional", "ideographZodiac", "chineseLegalSimplified"):
        return _chinese(count, form)
    if "ideographdigital" in lowered or form == "japaneseDigitalTenThousand":
        return "".join(str(words("docx")["chinese_digits"][int(digit)]) for digit in str(count))
    if "enclosed" in lowered and 0 < count <= 20:
        return chr({"decimalEnclosedParen": 0x2474, "decimalEnclosedFullstop": 0x2488}.get(form, 0x2460) + count - 1)
    if form in ("upperLetter", "lowerLetter") and count > 0:
        letters = chr(ord("A") + (count - 1) % 26) * min((count - 1) // 26 + 1, 9)
        return letters if form == "upperLetter" else letters.lower()
    if form in ("upperRoman", "lowerRoman") and 0 < count < 4000:
        roman = _roman(count)
        return roman if form == "upperRoman" else roman.lower()
    if form == "decimalZero":
        return f"{count:02d}"
    return str(count)


def _chinese(count: int, form: str) -> str:
    known = words("docx")
    if form in ("ideographTraditional", "ideographZodiac"):
        signs: str = known["stems" if form == "ideographTraditional" else "branches"]
        return signs[count - 1] if 0 < count <= len(signs) else str(count)
    digits: str = known["chinese_digits"]
    if not 0 < count < 100:
        return digits[0] if count == 0 else str(count)
    tens, ones = divmod(count, 10)
    return (digits[tens] if tens > 1 else "") + (digits[10] if tens else "") + (digits[ones] if ones else "")


def _roman(count: int) -> str:
    worths = (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1)
    signs = ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I")
    text = ""
    for worth, sign in zip(worths, signs, strict=True):
        times, count = divmod(count, worth)
        text += sign * times
    return text
