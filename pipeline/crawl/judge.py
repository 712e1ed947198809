"""Whether bytes are a report, whose and for which year: the parsers' judgement, asked in worker processes, and what page
and file say of each other."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from db.crawl.records import OF_REPORTS, Fetch, Judgement
from parsers.document import Document
from parsers.errors import Encrypted, NeedsConversion, NeedsOcr, NianbaoError, NotAReport
from pipeline.crawl.sources import Source
from pipeline.crawl.titles import Promise, named_in, promise
from pipeline.crawl.words import words

GOVERNMENT = words()["titles"]["government"]
MOST_MEMBERS = 200
"""Members of an archive that are looked into."""


@dataclass(frozen=True, slots=True)
class Look:
    """A file for a worker: where its bytes are, and the name that says what it is."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What a worker saw. ``verdict`` is ``report``, ``not_a_report`` or ``unreadable``."""

    verdict: str
    agency: str | None = None
    year: int | None = None
    title: str | None = None
    published: str | None = None
    reason: str | None = None


def look(task: Look) -> Seen:
    """What the bytes of one file are. Runs in a worker."""
    from pipeline.ingest.archives import is_archive

    try:
        body = task.path.read_bytes()
    except OSError as error:
        return Seen("unreadable", reason=f"{task.name}: {error.strerror}")
    if body.startswith(b"PK\x03\x04") and is_archive(io.BytesIO(body)):
        return _inside(body, task.name)
    return _parsed(body, task.name)


def _parsed(body: bytes, name: str) -> Seen:
    """What the parsers say of the bytes. Only what decides is asked of them: tables and prose are read by ingest. Old
    Word and WPS files are converted first, as ingest does, where LibreOffice is installed."""
    from parsers.identity import identify, require_report

    try:
        document = _document(body, name)
        identity, _ = identify(document)
        require_report(document, identity)
    except NotAReport as error:
        return Seen("not_a_report", reason=str(error))
    except NianbaoError as error:
        return Seen("unreadable", reason=str(error))
    published = identity.published.isoformat() if identity.published else None
    return Seen("report", identity.agency, identity.year, identity.title, published)


def _document(body: bytes, name: str) -> Document:
    from parsers.readers import read
    from pipeline.ingest.convert import converted

    try:
        return read(body, name)
    except NeedsConversion as needed:
        return read(converted(body, name, needed), name)


def _inside(body: bytes, name: str) -> Seen:
    """An archive is a report when one of its members is; it is unreadable when one of them may be, and none is."""
    from pipeline.ingest.archives import members

    unreadable: Seen | None = None
    try:
        for count, member in enumerate(members(io.BytesIO(body), name)):
            if member.problem is not None or count >= MOST_MEMBERS:
                unreadable = unreadable or Seen("unreadable", reason=str(member.problem or "too many members"))
                continue
            seen = _parsed(member.read(), member.path.rpartition("/")[2])
            if seen.verdict == "report":
                return seen
            unreadable = seen if seen.verdict == "unreadable" else unreadable
    except (Encrypted, NeedsOcr, NianbaoError) as error:
        return Seen("unreadable", reason=str(error))
    return unreadable or Seen("not_a_report", reason=f"{name}: none of the files in it is a report")


def warm_up() -> None:
    """What a worker imports before its first file."""
    import parsers.identity
    import parsers.readers.html  # noqa: F401


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of bytes: ``seen`` holds what the workers saw tonight, by hash, ``before`` the latest judgement by address
    (for pages of which only a file is new)."""

    seen: Mapping[str, Seen]
    before: Mapping[str, Judgement]

    def of(self, fetch: Fetch) -> Seen:
        """What is known of a fetch's bytes: from tonight's look, or from the judgement of a night before."""
        tonight = self.seen.get(fetch.sha256 or "")
        if tonight is not None:
            return tonight
        known = self.before.get(fetch.url)
        if known is None or known.sha256 != fetch.sha256:
            return Seen("unreadable", reason=fetch.error)
        return Seen(known.verdict, known.agency, known.year, known.title, known.published, known.reason)


def weighed(run_id: int, source: Source, fetches: Sequence[Fetch], known: Known) -> Iterator[Judgement]:
    """The judgements on what a night brought of one source.

    The agency is the document's; where it names none, the page's source line or title; then the source's own. A file
    that cannot be read, or a table without a title, is its page's report; a page that only points to its file is one
    when the file is.
    """
    files: dict[str, list[Fetch]] = {}
    for fetch in fetches:
        if fetch.parent is not None and fetch.kind == "attachment":
            files.setdefault(fetch.parent, []).append(fetch)
    pages = {fetch.url: fetch for fetch in fetches if fetch.kind == "article"}
    judged: dict[str, Judgement] = {}
    for page in pages.values():
        judged[page.url] = _of_page(run_id, source, page, files.get(page.url, []), known)
        yield judged[page.url]
    for fetch in fetches:
        if fetch.kind == "attachment" and fetch.sha256 is not None:
            parent = judged.get(fetch.parent or "") or known.before.get(fetch.parent or "")
            yield _of_file(run_id, source, fetch, parent, pages.get(fetch.parent or ""), known)


def _of_page(run_id: int, source: Source, page: Fetch, files: Sequence[Fetch], known: Known) -> Judgement:
    own = known.of(page)
    in_files = [known.of(file) for file in files]
    inside = [found for found in in_files if found.verdict == "report"]
    opaque = any(found.verdict == "unreadable" for found in in_files)
    promises = promise(page.title or "") is Promise.REPORT
    is_report = own.verdict == "report" or (promises and bool(inside or (opaque and own.verdict != "not_a_report")))
    agency, by = _agency(own.agency, page, source)
    if by != "document" and len({found.agency for found in inside}) == 1 and inside[0].agency:
        agency, by = inside[0].agency, "document"
    year = own.year or named_in(page.title or "")[1] or next((found.year for found in inside if found.year), None)
    return _judgement(run_id, page, own, "report" if is_report else own.verdict, agency, by, year)


def _of_file(
    run_id: int, source: Source, file: Fetch, parent: Judgement | None, page: Fetch | None, known: Known
) -> Judgement:
    own = known.of(file)
    belongs = parent is not None and parent.verdict in OF_REPORTS
    promises = any(promise(each.title or "") is Promise.REPORT for each in (file, page) if each is not None)
    agency, by = _agency(own.agency, file, source)
    if by != "document" and parent is not None and parent.agency is not None:
        agency, by = parent.agency, parent.agency_by
    year = own.year or named_in(file.title or "")[1] or (parent.year if parent is not None else None)
    return _judgement(run_id, file, own, _verdict_of_file(own.verdict, belongs, promises), agency, by, year)


def _verdict_of_file(own: str, belongs: bool, promises: bool) -> str:
    """What a file is, by what it is itself, whether its page is a report's, and whether its words or its page's promise one."""
    if own == "unreadable" and promises:
        return "report"
    return "part" if belongs and own in {"unreadable", "not_a_report"} else own


def _agency(named: str | None, fetch: Fetch, source: Source) -> tuple[str | None, str | None]:
    """The agency and who names it. A name that means something only inside its county (县教育局) gives way to a longer
    one of the page that ends with it; a bare place (临夏市) means its government where page or source says so."""
    from parsers.identity.folding import fold_name
    from parsers.identity.names import is_agency_name, is_relative

    publisher = fetch.publisher if fetch.publisher and is_agency_name(fold_name(fetch.publisher)) else None
    if named is not None:
        government = f"{named}{GOVERNMENT}"
        if any((other or "").startswith(government) for other in (publisher, source.agency)):
            return government, "document"
        whole = publisher is not None and is_relative(fold_name(named)) and publisher.endswith(named)
        return (publisher, "page") if whole else (named, "document")
    in_title = named_in(fetch.title or "")[0]
    if in_title or publisher:
        return in_title or publisher, "page"
    return (source.agency, "sources") if source.agency else (None, None)


def _judgement(
    run_id: int, fetch: Fetch, own: Seen, verdict: str, agency: str | None, by: str | None, year: int | None
) -> Judgement:
    assert fetch.sha256 is not None
    of_reports = verdict in OF_REPORTS
    return Judgement(
        run_id,
        fetch.site,
        fetch.url,
        fetch.sha256,
        verdict,
        agency if of_reports else None,
        by if of_reports else None,
        year if of_reports else None,
        own.title or fetch.title,
        fetch.published or own.published,
        fetch.parent,
        own.reason,
    )


def to_look_at(fetches: Iterable[Fetch], known: set[tuple[str, str]]) -> dict[str, Fetch]:
    """The bytes that were never judged at their address, each hash once, with a fetch that brought them."""
    return {
        fetch.sha256: fetch
        for fetch in fetches
        if fetch.sha256 is not None and is_judged(fetch) and (fetch.url, fetch.sha256) not in known
    }


def is_judged(fetch: Fetch) -> bool:
    """Whether a fetch is one to be judged: a page or a file with bytes that does not merely lead elsewhere."""
    return fetch.sha256 is not None and fetch.kind in ("article", "attachment") and fetch.final_url is None
