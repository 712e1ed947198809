"""Whose report for which year: agency, year, title, edition, scope, and who says so."""

from __future__ import annotations

from parsers.document import Document
from parsers.gazetteer import field_of, place_of
from parsers.identity.agencies import decide_agency
from parsers.identity.editions import decide_edition, edition_of_labels
from parsers.identity.folding import Folded, fold_name, fold_text
from parsers.identity.look_alikes import require_report
from parsers.identity.names import is_elsewhere, may_be_one, normalise_agency
from parsers.identity.namings import TAIL_CHARACTERS
from parsers.identity.opening import opening_of
from parsers.identity.publication import published_on
from parsers.identity.scope import decide_scope
from parsers.identity.title import Title
from parsers.identity.titles import find_title, title_of_metadata
from parsers.identity.words import pattern
from parsers.identity.years import decide_year
from parsers.report import Finding, Identity


def identify(document: Document) -> tuple[Identity, tuple[Finding, ...]]:
    """Whose report for which year the document is, and what its witnesses disagree about.

    Spans of witnesses are offsets in ``document.text``. Never raises: what is not told is None, and a finding says so;
    whether the document is a report at all is :func:`require_report`'s to say.
    """
    text = document.text
    opening = opening_of(text)
    head, title, body = opening.head, opening.title, opening.body
    tail = fold_text(text, max(opening.behind_title, len(text) - TAIL_CHARACTERS))

    title = _own_title(document, head, title)
    agency, agency_witnesses, agency_findings = decide_agency(document, head, body, tail, title)
    if agency is not None and title is not None and title.agency is not None and is_elsewhere(title.agency, agency):
        title = find_title(head, of=agency)  # that one was a link to the report of a body that the others outvoted
    labelled = edition_of_labels(document)
    year, year_witnesses, year_findings = decide_year(document, head, body, title, labelled)
    edition, edition_witnesses, edition_findings = decide_edition(head, year, labelled)
    normalised = normalise_agency(agency) if agency is not None else None
    printed_title = head.printed(title.start, title.end) if title is not None else None
    scope, scope_witness, scope_findings = decide_scope(agency, normalised, printed_title, head, body)
    place, level = place_of(normalised or "", year=year, hints=body.text)
    corrected = pattern("title", "corrected").search(fold_name(document.name)) is not None
    identity = Identity(
        agency=agency,
        agency_normalised=normalised,
        year=year,
        title=printed_title,
        edition=edition,
        scope=scope,
        corrected=corrected or (title is not None and title.corrected),
        published=published_on(document, head, tail),
        place=place,
        level=level,
        field=field_of(normalised) if normalised is not None else None,
        witnesses=(
            *agency_witnesses,
            *year_witnesses,
            *edition_witnesses,
            *((scope_witness,) if scope_witness else ()),
        ),
    )
    return identity, (*agency_findings, *year_findings, *edition_findings, *scope_findings)


def _own_title(document: Document, head: Folded, title: Title | None) -> Title | None:
    """The title in the text that names the body of the page's own title, where one does: links to other reports stand
    around the text too."""
    own = title_of_metadata(document)
    if own is None or own.agency is None or title is None or title.agency in (None, own.agency):
        return title
    same = find_title(head, of=own.agency)
    if same is None or same.agency is None:
        return title
    return same if same.agency == own.agency or not may_be_one(own.agency, title.agency) else title


__all__ = ["identify", "normalise_agency", "require_report"]
