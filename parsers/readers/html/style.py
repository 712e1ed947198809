"""What a page's styles say about how its elements stand: hidden, on lines of their own, in rows, or in the line.

Only what separates one text from the next is read, and only from plain rules: a page that builds its tables from
``<div>`` and ``<span>`` must not have its figures glued together.
"""

from __future__ import annotations

from enum import StrEnum

import regex

MAX_CSS = 500_000
"""Characters of style sheets that are read; the sheets that pages of content systems carry inside have some 20,000."""


class Display(StrEnum):
    """How an element stands among its neighbours."""

    NONE = "none"
    BLOCK = "block"
    TABLE = "table"
    GRID = "grid"
    """Blocks both, whose children may be the cells of a table."""
    ROW = "row"
    """Its children stand side by side, each a text of its own."""
    CELL = "cell"
    """A box within the line or within a row: a text of its own."""
    INLINE = "inline"


_DISPLAYS = {
    "none": Display.NONE,
    **dict.fromkeys(("block", "list-item", "flow-root", "table-row-group", "table-caption"), Display.BLOCK),
    **dict.fromkeys(("flex", "inline-flex", "table-row"), Display.ROW),
    **dict.fromkeys(("table-cell", "inline-block", "inline-table", "inline-grid"), Display.CELL),
    "inline": Display.INLINE,
    "table": Display.TABLE,
    "grid": Display.GRID,
}
_DISPLAY = regex.compile(r"(?:^|[;\s])display\s*:\s*([a-z-]+)")
_COLUMN = regex.compile(r"flex-(?:direction|flow)\s*:\s*column")
_FLOAT = regex.compile(r"(?:^|[;\s])(?:float\s*:\s*(?:left|right)|position\s*:\s*absolute)")
_HIDDEN = regex.compile(r"mso-hide\s*:\s*all|visibility\s*:\s*(?:hidden|collapse)")
_UNSEEN = regex.compile(
    r"(?:^|[;\s])(?:font-size\s*:\s*0(?:\.0+)?(?:px|pt|em|rem|%)?|opacity\s*:\s*0(?:\.0+)?|color\s*:\s*transparent)"
    r"\s*(?:!important\s*)?(?:;|$)"
)
_BACKGROUND = regex.compile(r"background(?:-image)?\s*:[^;]*url\(")
_SIMPLE = regex.compile(r"(?:[a-z][\w-]*)?(?:[.#][\w-]+)?")


def display_of(declarations: str) -> Display | None:
    """What the declarations of a rule or of a ``style`` attribute (lower case) say; None when they say nothing."""
    if _HIDDEN.search(declarations):
        return Display.NONE
    if match := _DISPLAY.search(declarations):
        found = _DISPLAYS.get(match[1])
        return Display.BLOCK if found is Display.ROW and _COLUMN.search(declarations) else found
    return Display.CELL if _FLOAT.search(declarations) else None


def is_unseen(declarations: str) -> bool:
    """Whether a ``style`` attribute (lower case) makes its own text too small or too pale to be seen."""
    return bool(declarations) and _UNSEEN.search(declarations) is not None


def shows_background(declarations: str) -> bool:
    """Whether a ``style`` attribute (lower case) puts a picture behind its element."""
    return bool(declarations) and _BACKGROUND.search(declarations) is not None


def style_sheet(css: str) -> dict[str, Display]:
    """The displays that a style sheet gives to plain selectors (``div``, ``.row``, ``span.cell``, ``#menu``).

    Rules inside ``@media`` and the like hold on some screens only and are passed over. Of a selector of several parts
    the last decides; to hide, a selector must be plain, since hiding mostly means a certain state.
    """
    displays: dict[str, Display] = {}
    depth, start, prelude, within = 0, 0, "", False
    css = css[:MAX_CSS].lower()
    for brace in regex.finditer(r"[{}]", css):
        between, start = css[start : brace.start()], brace.end()
        if brace[0] == "{":
            depth += 1
            if depth == 1:
                prelude = between.rpartition(";")[2].rpartition("*/")[2].strip()
                within = prelude.startswith("@")
        else:
            if depth == 1 and not within and (display := display_of(between)):
                _add(displays, prelude, display)
            depth = max(depth - 1, 0)
    return displays


def _add(displays: dict[str, Display], prelude: str, display: Display) -> None:
    for selector in prelude.split(","):
        parts = selector.replace(">", " ").split()
        if parts and _SIMPLE.fullmatch(parts[-1]) and (len(parts) == 1 or display is not Display.NONE):
            displays[parts[-1]] = display
