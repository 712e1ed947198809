"""Tables of a form written as people read them: one line a row, figures apart by blanks, ``_`` for a blank cell."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from parsers.checks.equations import system_of
from parsers.forms import form_of
from parsers.forms.form import Form, Identity
from parsers.report import Cell, CellKey, CellState, Finding


def form(edition: str) -> Form:
    """The form of an edition that has one."""
    found = form_of(edition)
    assert found is not None
    return found


def cell(key: CellKey, printed: str) -> Cell:
    """A cell as printed."""
    match printed:
        case "_":
            return Cell(key, CellState.BLANK)
        case "/":
            return Cell(key, CellState.DASH, raw="/")
        case _:
            return Cell(key, CellState.NUMBER, Decimal(printed), printed)


def cells_of(edition: str, tables: Mapping[str, str]) -> dict[CellKey, Cell]:
    """The cells of whole tables, each written row by row in the form's order."""
    cells: dict[CellKey, Cell] = {}
    for name, printed in tables.items():
        keys = list(form(edition).table(name).cell_keys())
        cells.update((key, cell(key, text)) for key, text in zip(keys, printed.split(), strict=True))
    return cells


def changed(cells: Mapping[CellKey, Cell], figures: Mapping[str, str]) -> dict[CellKey, Cell]:
    """The same cells with other figures printed in some."""
    keys = {CellKey.parse(name): printed for name, printed in figures.items()}
    return {**cells, **{key: cell(key, printed) for key, printed in keys.items()}}


def is_arithmetic(edition: str, finding: Finding) -> bool:
    """Whether a finding reports an identity of the form broken."""
    return any(finding.rule == identity.code for identity in form(edition).identities)


def sums(edition: str, findings: tuple[Finding, ...]) -> set[tuple[str, str]]:
    """The broken identities that findings report, as the code and the row or column in which it is broken."""
    system = system_of(form(edition))
    lines: dict[tuple[str, frozenset[str]], tuple[str, str]] = {}
    for equation in system.equations:
        concerned = frozenset(str(system.keys[place]) for place in equation.cells)
        lines[equation.identity.code, concerned] = equation.identity.code, equation.line
    reported = [finding for finding in findings if is_arithmetic(edition, finding)]
    return {_line(lines, finding) for finding in reported}


def _line(lines: Mapping[tuple[str, frozenset[str]], tuple[str, str]], finding: Finding) -> tuple[str, str]:
    code, where = finding.rule, frozenset(finding.where)
    return next(name for (rule, concerned), name in lines.items() if rule == code and concerned <= where)


def identities(edition: str) -> tuple[Identity, ...]:
    """The identities of an edition's form."""
    return form(edition).identities
