"""Every rule that one report is held to, in words; ``python -m parsers.checks.catalogue`` writes ``docs/checks.md``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from parsers.checks.equations import ZERO
from parsers.checks.reading import reading_rules
from parsers.checks.rule import Rule, code_rules
from parsers.forms import all_forms
from parsers.forms.form import Form, Identity, matching

PAGE = Path("docs/checks.md")

_HEAD = """# Checks on one report

Written by `python -m parsers.checks.catalogue` from the rules themselves; do not edit.

A finding names its rule, both sides (`expected`, `actual`), the cells concerned, and whose it is: the **agency**'s,
when the page really says so, or the **reading**'s, when a cell that the rule needs may be misread. No figure is ever
changed. Blanks and dashes count as 0 in sums; a sum that needs an absent or unreadable cell is not tested.

*hard*: printed on the form or true by definition, a break is an error · *expected*: broken with good reason now and
then, a warning · *plausible*: a hint.
"""


def catalogue() -> tuple[Rule, ...]:
    """All the rules: the identities of every form, the rules in code, and what reading can leave in doubt."""
    doubts = (
        Rule(rule.code, rule.sentence, "", rule.severity, breaks=rule.breaks) for rule in reading_rules().values()
    )
    return (*_identities(all_forms()), *(rule.rule for rule in code_rules()), *doubts)


def page() -> str:
    """The catalogue as a page of Markdown."""
    groups = {
        "Identities of the forms (勾稽关系)": _identities(all_forms()),
        "Rules": (rule.rule for rule in code_rules()),
        "What reading leaves in doubt": (rule for rule in catalogue() if rule.code in reading_rules()),
    }
    parts = [_HEAD]
    for title, rules in groups.items():
        parts.append(f"\n## {title}\n")
        parts.extend(_entry(rule) for rule in rules)
    return "".join(parts)


def _identities(forms: Iterable[Form]) -> tuple[Rule, ...]:
    """One rule a code: editions that share an identity share its entry, the newest words count."""
    found: dict[str, Rule] = {}
    for form in forms:
        for identity in form.identities:
            older = found.get(identity.code)
            rule = _identity(form, identity)
            found[rule.code] = rule if older is None else replace(rule, editions=older.editions + rule.editions)
    return tuple(found.values())


def _identity(form: Form, identity: Identity) -> Rule:
    grade = identity.grade
    holds, breaks = (_example(form, identity, figures) for figures in (identity.holds, identity.breaks))
    sentence, source = identity.sentence, identity.source
    return Rule(identity.code, sentence, source, grade.severity, grade.value, holds, breaks, (form.edition,))


def _example(form: Form, identity: Identity, figures: Mapping[str, int]) -> str:
    """An identity's example with its two sums: ``5 + 1 = 4 + 2``."""
    table = form.table(identity.table)
    keys = [label.key for label in (table.rows if identity.across == "columns" else table.columns)]
    said = ", ".join(f"`{key}` {figure}" for key, figure in figures.items())
    left, right = (
        sum(figures.get(key, int(ZERO)) for key in matching(side, keys)) for side in (identity.left, identity.right)
    )
    return f"{said}: {left} {identity.relation.value} {right}"


def _entry(rule: Rule) -> str:
    return "\n".join(("", f"### {rule.code}", "", f"{rule.sentence}", "", *_details(rule), ""))


def _details(rule: Rule) -> Iterator[str]:
    graded = f"{rule.severity.value} ({rule.grade})" if rule.grade else rule.severity.value
    yield f"- severity: {graded}"
    if rule.editions:
        yield f"- editions: {', '.join(rule.editions)}"
    if rule.source:
        yield f"- source: {rule.source}"
    if rule.holds:
        yield f"- holds: {rule.holds}"
    if rule.breaks:
        yield f"- breaks: {rule.breaks}"


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
