"""What a Word file's styles lend to a paragraph: its level as a heading, the list it is numbered in, whether it shows."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from parsers.readers.docx.package import child, is_on, number, tag, value
from parsers.readers.words import words

_MAX_BASED_ON = 20  # styles that rest on one another; Word allows 11


@dataclass(frozen=True, slots=True)
class Style:
    """A style with what it takes from those that it is based on. ``heading`` is 0 for body text."""

    heading: int = 0
    hidden: bool = False
    number_id: str | None = None
    number_level: int = 0


class Styles:
    """The styles of a file, each worked out when first asked for: a template brings hundreds, a report uses ten."""

    def __init__(self, root: etree._Element | None) -> None:
        elements = [] if root is None else [element for element in root if tag(element) == "style"]
        self._raw = {value(element, "styleId") or "": element for element in elements}
        self._known: dict[str, Style] = {}
        self._default = next(
            (
                key
                for key, element in self._raw.items()
                if value(element, "type") == "paragraph" and value(element, "default") in ("1", "true")
            ),
            "",
        )

    def of(self, key: str | None) -> Style:
        """The style of this id; a plain one when the file has none such."""
        key = key or ""
        if key not in self._known:
            self._known[key] = self._worked_out(key)
        return self._known[key]

    def of_paragraph(self, key: str | None) -> Style:
        """The style of a paragraph that names this one, or none: then it is the default."""
        return self.of(key or self._default)

    def _worked_out(self, key: str) -> Style:
        heading, hidden, number_id, number_level = -1, False, None, 0
        for _ in range(_MAX_BASED_ON):
            element = self._raw.get(key)
            if element is None:
                break
            if heading < 0:
                outline = child(element, "pPr", "outlineLvl")
                heading = number(outline, default=9) + 1 if outline is not None else _named_level(element)
            hidden = hidden or is_on(child(element, "rPr", "vanish"))
            if number_id is None and (numbered := child(element, "pPr", "numPr")) is not None:
                number_id = value(child(numbered, "numId"))
                number_level = number(child(numbered, "ilvl"))
            key = value(child(element, "basedOn")) or ""
        return Style(heading if 0 < heading < 10 else 0, hidden, number_id, number_level)


def _named_level(style: etree._Element) -> int:
    """The heading's level that a style's name tells, -1 when it tells none."""
    known = words("docx")
    name = (value(child(style, "name")) or "").strip().lower()
    if name in known["title_styles"]:
        return int(known["title_styles"][name])
    for word in known["heading_words"]:
        if name.startswith(word) and name[len(word) :].strip() in tuple("123456789"):
            return int(name[-1])
    return -1
