"""The rules that need one report: the arithmetic of the form, what its figures can and cannot be, and what the prose
says of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from parsers.checks.arithmetic import broken_identities
from parsers.checks.rule import code_rules
from parsers.checks.subject import Subject
from parsers.forms.form import Form, Recognise
from parsers.report import Cell, CellKey, Fact, Finding, Identity

RULES_VERSION = "11"
"""Goes up when a rule is added, dropped or changed; form files, which hold identities, have versions of their own."""


def check(
    form: Form,
    cells: Mapping[CellKey, Cell],
    *,
    identity: Identity | None = None,
    doubts: Collection[CellKey] = (),
    facts: Iterable[Fact] = (),
    prose: str = "",
) -> tuple[Finding, ...]:
    """What a person should know of one report's figures: every rule of the form and of ``parsers/checks/rules``.

    ``cells`` are those of the form's edition (one that is missing counts as absent); ``identity`` lets the rules speak
    that depend on the agency. ``doubts`` are cells whose reading is doubtful, each already named by a finding: what
    they break is the reading's, everything else the agency's. ``facts`` are the figures of the prose, with offsets in
    ``prose``, the canonical text without its tables. No figure is changed.
    """
    subject = Subject.of(form, cells, identity, doubts, facts, prose)
    return (*broken_identities(subject), *(finding for rule in code_rules() for finding in rule.find(subject)))


_NO_FORM = Form(
    id="none",
    edition="",
    version=0,
    name="",
    english="",
    source="",
    first_year=0,
    last_year=None,
    recognise=Recognise((), ()),
    tables=(),
    derived=(),
    identities=(),
    examples=(),
)
"""What a report is held against that has no tables to check."""


def check_prose(facts: Iterable[Fact], prose: str) -> tuple[Finding, ...]:
    """What the prose alone shows to be wrong, where the report has no form: reports of before 2019, and reports whose
    edition is not known."""
    subject = Subject.of(_NO_FORM, {}, None, (), facts, prose)
    return tuple(finding for rule in code_rules() if rule.prose_alone for finding in rule.find(subject))


__all__ = ["RULES_VERSION", "check", "check_prose"]
