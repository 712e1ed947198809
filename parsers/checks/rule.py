"""A rule in words and in code. What is kept here is what its finding, its test and the catalogue all need."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from parsers.checks import rules
from parsers.checks.subject import Subject
from parsers.forms.form import Form
from parsers.forms.grade import Grade
from parsers.report import Cell, CellKey, CellState, Fact, Finding, Identity, Severity


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as the catalogue shows it: its code, the sentence that it enforces, whose rule it is, how much a break
    matters, how firmly it holds (empty where that is no question), an example of each kind in words, and the
    editions that it speaks of (empty: any)."""

    code: str
    sentence: str
    source: str
    severity: Severity
    grade: str = ""
    holds: str = ""
    breaks: str = ""
    editions: tuple[str, ...] = ()


YEAR = 2022
"""The report year of the examples."""


@dataclass(frozen=True, slots=True)
class Example:
    """A report as small as a rule's example needs: what is printed in the cells named (``table/row/column``, ``*``
    ending a key stands for all the cells that begin so), and ``rest`` in all the others. ``""`` is a blank, ``/`` a
    dash, ``?`` something unreadable, None an absent cell. ``level`` and ``field`` are the agency's; ``prose`` is what the
    report says besides, of the year :data:`YEAR`."""

    edition: str
    printed: Mapping[str, str | None]
    rest: str = "0"
    level: str | None = None
    field: str | None = None
    doubts: tuple[str, ...] = ()
    prose: str = ""

    def cells(self, form: Form) -> dict[CellKey, Cell]:
        """The example's cells on the form of its edition."""
        return {key: _cell(key, self._raw(str(key))) for key in form.cell_keys()}

    def identity(self) -> Identity:
        """An agency of the example's level and field, without a name."""
        return Identity(None, None, YEAR, None, self.edition, level=self.level, field=self.field)

    def facts(self) -> list[Fact]:
        """The figures of the example's prose."""
        from parsers.facts import extract_facts

        return extract_facts(self.prose, report_year=YEAR)

    def __str__(self) -> str:
        said = [f"`{key}` {'absent' if raw is None else raw or 'blank'}" for key, raw in self.printed.items()]
        agency = " ".join(word for word in (self.level, self.field) if word)
        cells = ", ".join(said or ([] if self.prose else [f"every cell {self.rest or 'blank'}"]))
        return (f"{agency}: " if agency else "") + " · ".join(part for part in (self.prose, cells) if part)

    def _raw(self, key: str) -> str | None:
        patterns = (p for p in self.printed if p == key or (p.endswith("*") and key.startswith(p[:-1])))
        return self.printed.get(next(patterns, ""), self.rest)


def _cell(key: CellKey, raw: str | None) -> Cell:
    match raw:
        case None:
            return Cell(key, CellState.ABSENT)
        case "":
            return Cell(key, CellState.BLANK)
        case "/":
            return Cell(key, CellState.DASH, raw=raw)
        case "?":
            return Cell(key, CellState.UNREADABLE, raw=raw)
        case _:
            return Cell(key, CellState.NUMBER, Decimal(raw), raw)


@dataclass(frozen=True, slots=True)
class CodeRule:
    """A rule that needs code: ``find`` gives its findings on one report. Each lives in a file of its own in
    :mod:`parsers.checks.rules`, under the name ``RULE``, and is found there."""

    code: str
    sentence: str
    source: str
    grade: Grade
    find: Callable[[Subject], Iterable[Finding]] = field(repr=False)
    holds: Example
    breaks: Example
    prose_alone: bool = False
    """Whether it needs no form, so that it holds for reports of before 2019 too."""

    @property
    def rule(self) -> Rule:
        """The rule in words."""
        return Rule(
            self.code,
            self.sentence,
            self.source,
            self.grade.severity,
            self.grade.value,
            str(self.holds),
            str(self.breaks),
        )


@cache
def code_rules() -> tuple[CodeRule, ...]:
    """Every rule of the folder ``rules``, in the order of their file names."""
    names = sorted(module.name for module in iter_modules(rules.__path__))
    return tuple(import_module(f"{rules.__name__}.{name}").RULE for name in names)
