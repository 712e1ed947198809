"""Whose report it is: which of the names that are given counts, in full, and which of them disagree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

import regex

from parsers.document import Document
from parsers.gazetteer import field_of, place_prefix
from parsers.gazetteer.divisions import full_names_in
from parsers.identity.folding import Folded
from parsers.identity.names import (
    is_agency_name,
    is_elsewhere,
    is_relative,
    is_whole,
    may_be_one,
    normalise_agency,
    related,
)
from parsers.identity.namings import (
    PREAMBLE_CHARACTERS,
    Named,
    behind_title,
    in_file_name,
    in_metadata,
    in_preamble,
    in_publisher,
    in_signature,
    in_site,
    in_text,
    in_title,
    named_at,
)
from parsers.identity.title import Title
from parsers.identity.words import pattern, patterns, words
from parsers.report import Finding, Severity, Whose, Witness

_LONGEST_PLACE = 24
"""Characters; 新疆维吾尔自治区巴音郭楞蒙古自治州焉耆回族自治县 has 24."""

_BRANCHES = tuple(words()["agency"]["branches"])
_BRACKET_AT_END = regex.compile(r"\([^()]*\)$")


def decide_agency(
    document: Document, head: Folded, body: Folded, tail: Folded, title: Title | None
) -> tuple[str | None, tuple[Witness, ...], tuple[Finding, ...]]:
    """The agency as printed, with its witnesses and what they disagree about.

    The first witness in the order title, preamble, title in the page's metadata, signature that names a body wins; where
    all of them are silent, the best of those that name one in passing. A name that means something only inside its county
    (县教育局) is replaced by a longer one that ends with it, if another witness has one.
    """
    outright = [*in_title(head, title), *in_preamble(body), *in_metadata(document), *in_signature(document, tail)]
    outright.extend(behind_title(head, title))
    page = [*in_text(body), *in_publisher(document, head)]
    site, file = [*in_site(document)], [*in_file_name(document)]
    named = [*outright, *file, *page, *site]
    chosen = _first_body(outright, page) or _in_passing([*page, *site], file) or next(iter(outright), None)
    if chosen is None:
        message = "No agency is named in the title, the preamble, the signature or the file's name."
        return None, (), (Finding("identity.agency_missing", Severity.ERROR, Whose.READING, message),)
    if is_relative(chosen.folded) or not is_agency_name(chosen.folded) or _is_bare_department(chosen.folded):
        chosen = next((n for n in [*outright, *page, *site] if _completes(n.folded, chosen.folded)), chosen)
    if is_relative(chosen.folded):
        chosen = _fuller_name(body, chosen.folded) or chosen
    if is_relative(chosen.folded):
        chosen = next((n for n in file if _completes(n.folded, chosen.folded) and _fits(n.folded, body)), chosen)
    if chosen.witness.source == "text":
        chosen = _government_of(chosen, [*outright, *in_text(body)], body) or chosen
    witnesses = tuple(dict.fromkeys(n.witness for n in named))
    return chosen.name, witnesses, tuple(_findings(chosen, named))


def _first_body(outright: Sequence[Named], page: Sequence[Named]) -> Named | None:
    """The first of the witnesses that speak outright and whose words end like a body's name or begin with a place: other
    words may be the end of a line of navigation above the title. Words of the preamble may be the end of a name that a
    line break cut, so a whole name comes before one that is none."""
    sure = [n for n in outright if is_agency_name(n.folded) or place_prefix(n.folded)]
    first = next(iter(sure), None)
    if first is not None and first.witness.source == "text" and not is_whole(first.folded):
        return next((n for n in sure if is_whole(n.folded)), first)
    return (_outvoting(first, sure, page) or first) if first is not None else None


def _outvoting(first: Named, sure: Sequence[Named], page: Sequence[Named]) -> Named | None:
    """The body that two of the page's own title, the text and the signature name, where the title in the text is another
    body's: that of a link beside the text, which a printer put on top. Text and signature may call the title's own body by
    another name, so they must speak of another place."""
    if first.witness.source != "title":
        return None
    others = [n for n in sure if n is not first and not may_be_one(first.folded, n.folded)]
    if not others or len(others) < len(sure) - 1:
        return None  # no other body is named outright, or the title's own is
    in_text = [n for n in page if n.witness.source == "text" and is_whole(n.folded)]
    for one, other in product(others, (*others, *in_text)):
        apart = one.witness.source != other.witness.source or other in in_text
        on_page = "metadata" in (one.witness.source, other.witness.source)
        if apart and (on_page or is_elsewhere(first.folded, one.folded)) and may_be_one(one.folded, other.folded):
            return one
    return None


def _in_passing(page: Sequence[Named], file: Sequence[Named]) -> Named | None:
    """The best of the names that stand on the page or around it, and of the file's name. A whole name, with its place, is
    better than one without (大明湖街道), and of the whole ones that which ends like it. The file's name counts first, unless it
    speaks of another place than the page."""
    whole = [named for named in page if is_whole(named.folded) or _publishes_itself(named)]
    short = [named for named in page if named not in whole]
    placed = [named for named in whole if is_whole(named.folded)] or whole
    told = [named for named in placed if named.witness.source == "text"] or placed
    agreeing = [f for f in file if not told or any(_same_place(f.folded, named.folded) for named in told)]
    completing = (w for w in whole for s in page if _completes(w.folded, s.folded))
    branches = (w for w in whole[1:] if w.folded.startswith(whole[0].folded) and w.folded.endswith(_BRANCHES))
    return next(iter([*agreeing, *completing, *branches, *whole, *file, *short]), None)


def _publishes_itself(named: Named) -> bool:
    """Whether a page names this body as its publisher, by a name that is no office's and means the same anywhere."""
    office = pattern("title", "offices_of_government").search(named.folded)
    return named.firm and named.witness.source == "metadata" and not (office or is_relative(named.folded))


def _fits(name: str, body: Folded) -> bool:
    """Whether the text names the place of a name, or none at all."""
    places = {match.name for match in full_names_in(body.text[:PREAMBLE_CHARACTERS])}
    return not places or any(place in name for place in places)


def _same_place(one: str, other: str) -> bool:
    """Whether two names begin with places of which one may lie in the other, or can mean one body."""
    shorter, longer = sorted((place_prefix(one), place_prefix(other)), key=len)
    return shorter in longer if shorter else related(normalise_agency(one), normalise_agency(other))


def _government_of(office: Named, named: Sequence[Named], body: Folded) -> Named | None:
    """The government whose office compiled the report, where the text speaks of what the government did, or says that it is told
    for the whole area, or where the government signed."""
    if not pattern("title", "offices_of_government").search(office.folded):
        return None
    others = (n for n in named if n.folded != office.folded)
    told = next((n for n in others if office.folded.startswith(n.folded) or _governs(n.folded, office.folded)), None)
    length = len(pattern("agency", "office_at_end").sub("", office.folded))
    speaks = [pattern("agency", "government_acts"), *patterns("scope", "area")]
    if told is None and length < len(office.folded) and any(way.search(body.text) for way in speaks):
        span = office.witness.span
        told = replace(office, name=office.name[:length], folded=office.folded[:length]) if span is not None else None
    return told


def _governs(government: str, office: str) -> bool:
    """Whether a name is that of the government of the place that an office's name begins with (行政公署, 行署办公室)."""
    place = place_prefix(office)
    return (
        place != "" and place == place_prefix(government) and field_of(normalise_agency(government)) == "government"
    )


def _is_bare_department(name: str) -> bool:
    """应急管理局: a department without the place that it is of, which a name in the text may tell."""
    of_a_field = field_of(name) not in (None, "government", "general_office", "township", "subdistrict")
    return of_a_field and not place_prefix(name) and pattern("agency", "department").search(name) is not None


def _completes(longer: str, shorter: str) -> bool:
    long, short = normalise_agency(_BRACKET_AT_END.sub("", longer)), normalise_agency(shorter)
    return len(long) > len(short) and long.endswith(short) and is_whole(long)


def _fuller_name(body: Folded, relative: str) -> Named | None:
    """The name with its place in front, as the text writes it somewhere (县教育局 → 宣恩县教育局)."""
    text = body.text[:PREAMBLE_CHARACTERS]
    for found in regex.finditer(regex.escape(relative), text):
        for start in range(max(found.start() - _LONGEST_PLACE, 0), found.start()):
            if start + len(place_prefix(text[start : found.end()])) > found.start():
                return named_at(body, start, found.end(), "text")
    return None


def _findings(chosen: Named, named: list[Named]) -> Iterator[Finding]:
    """Witnesses that speak of another body: those of the page are worth a warning, file name and metadata a hint."""
    mine = normalise_agency(chosen.folded)
    if is_relative(chosen.folded):
        message = f"The agency is only called {chosen.name}; the place that it belongs to was not found."
        yield Finding("identity.agency_missing", Severity.WARNING, Whose.READING, message)
    told: set[str] = set()
    for other in named:
        theirs = normalise_agency(other.folded)
        source = other.witness.source
        if (
            not other.firm
            or theirs in told
            or related(mine, theirs)
            or pattern("title", "offices_of_government").search(theirs)
        ):
            continue
        told.add(theirs)
        weak = source in ("metadata", "file_name")
        message = f"Read as the report of {chosen.name}, but the {_CALLED[source]} names {other.name}."
        yield Finding(
            "identity.agency_disagrees",
            Severity.HINT if weak else Severity.WARNING,
            Whose.READING if weak else Whose.AGENCY,
            message,
        )


_CALLED = {
    "title": "title",
    "text": "text",
    "signature": "signature at the end",
    "metadata": "page's metadata",
    "file_name": "file's name",
}
