"""Whether a government's report is for itself or for the whole area."""

from __future__ import annotations

from parsers.gazetteer import field_of, place_prefix
from parsers.identity.folding import Folded, fold_name
from parsers.identity.words import patterns
from parsers.report import Finding, Scope, Severity, Whose, Witness

_PREAMBLE = 2000
"""Characters behind the title in which a report says what it covers."""
_TALK = 3
"""So many times 全市, 全区 … in the first part of the text, and the report is about the area."""
_UNSAID = Finding(
    "identity.scope_unsaid",
    Severity.HINT,
    Whose.READING,
    "Nothing says whether the report is for the government itself or for its whole area; it is kept as the government's own.",
)


def decide_scope(
    agency: str | None, normalised: str | None, title: str | None, head: Folded, body: Folded
) -> tuple[Scope, Witness | None, tuple[Finding, ...]]:
    """The scope, the words that decided when they say that the whole area is covered, and a finding when a government
    leaves it open. ``head`` and ``body`` are those of the document's opening.

    Only a government's report can be for an area. It is when the text says so (综合各县区, 汇总全市), or when the
    title names the place alone (2022年上海市政府信息公开工作年度报告) and the text keeps speaking of 全市.
    """
    if agency is None or normalised is None or field_of(normalised) not in ("government", "general_office"):
        return Scope.AGENCY, None, ()
    text = body.text[:_PREAMBLE]
    own = patterns("scope", "own") if title is not None else ()
    if any(expression.search(fold_name(title or "")) for expression in own):
        return Scope.AGENCY, None, ()
    for part in (body, head):  # some sites put the sentence that tells what is covered above the title
        for expression in patterns("scope", "area"):
            if (found := expression.search(part.text, endpos=_PREAMBLE)) is not None:
                return Scope.AREA, Witness("scope", Scope.AREA.value, "text", part.span(*found.span())), ()
    is_bare_place = place_prefix(fold_name(agency)) == fold_name(agency)
    talk = [found for expression in patterns("scope", "area_talk") for found in expression.finditer(text)]
    if is_bare_place and len(talk) >= _TALK:
        return Scope.AREA, Witness("scope", Scope.AREA.value, "title", body.span(*talk[0].span())), ()
    return Scope.AGENCY, None, (_UNSAID,) if field_of(normalised) == "government" else ()
