"""The extras of the program: libraries that some commands need, and who reads reports only does not have to install."""

from __future__ import annotations

import re
from importlib.metadata import requires

_LINE = re.compile(r"(?P<library>[\w.-]+).*extra == .(?P<extra>\w+)")


def extra_of(module: str) -> str | None:
    """The extra that brings a module; None when none does.

    >>> extra_of("matplotlib.figure"), extra_of("pylopdf_fonts_zh_cn"), extra_of("sqlite3")
    ('charts', 'charts', None)
    """
    library = module.partition(".")[0].lower()
    for line in requires("nianbao") or ():
        found = _LINE.match(line)
        if found is not None and found["library"].replace("-", "_").lower() == library:
            return found["extra"]
    return None
