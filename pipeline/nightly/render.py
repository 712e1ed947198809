"""The digest as text: Markdown for a terminal or a mail, a page of HTML that needs nothing from anywhere, JSON.

A digest is read in a minute: lists are cut at :data:`MOST_SHOWN` lines and say so; the JSON holds everything.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from parsers.report import Severity
from pipeline.nightly.digest import Change, ChangedReport, Digest, NewReport

MOST_SHOWN = 40
"""Lines of one list that a person still reads; of changed cells, a table's worth of one applicant."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under their column names; a cell of text with an address is a link."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with what stands under it; ``level`` 2 or 3."""

    level: int
    heading: str
    lines: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    table: Table | None = None


def as_json(digest: Digest) -> str:
    """The whole digest, for programs."""
    return json.dumps(digest.to_json(), ensure_ascii=False, indent=1) + "\n"


def title_of(digest: Digest) -> str:
    """The digest's title: the night, or the period."""
    return f"Annual reports: {digest.since} to {digest.day}" if digest.since else f"Annual reports: {digest.day}"


def parts(digest: Digest) -> Iterator[Part]:
    """What is told, in the order of what a person must not miss."""
    if digest.troubles:
        ordered = sorted(digest.troubles, key=lambda t: (Severity(t.severity).rank, t.site))
        rows = [(t.severity, t.site, t.message, t.url or "") for t in ordered]
        yield _listed("Sites that failed or went silent", ("", "site", "what", "where"), rows)
    if digest.new:
        yield Part(2, f"New reports ({len(digest.new)})", _more(digest.new))
        yield from map(_new, digest.new[:MOST_SHOWN])
    if digest.changed:
        yield Part(2, f"Changed reports ({len(digest.changed)})", _more(digest.changed))
        for changed in digest.changed[:MOST_SHOWN]:
            yield from _changed(changed)
    if digest.findings:
        ordered_findings = sorted(digest.findings, key=lambda f: Severity(f.severity).rank)
        rows = [(f.severity, f.whose, f"{_whose(f.agency, f.year)}", f.message) for f in ordered_findings]
        yield _listed("New findings", ("", "whose", "report", "what"), rows)
    if digest.sites:
        visits = [
            (s.site, s.outcome or "broken off", f"{s.entries}", f"{s.reports}", f"{s.fresh}", f"{s.requests}")
            for s in digest.sites
        ]
        yield _listed("Sites", ("site", "outcome", "entries", "reports", "new files", "requests"), visits)
    covered = digest.coverage
    lines = (f"{covered.complete} of {covered.agencies} agencies have every report that is due.",)
    gaps = [(gap.agency, _years(gap.years), "" if gap.known else "nothing stored yet") for gap in covered.gaps]
    yield _listed("Missing reports", ("agency", "report years", ""), gaps, lines)


def markdown(digest: Digest) -> str:
    """The digest as Markdown."""
    lines = [f"# {title_of(digest)}", "", f"**{digest.headline}.**", ""]
    for part in parts(digest):
        lines += [f"{'#' * part.level} {_inline(part.heading)}", ""]
        lines += [line for text in part.lines for line in (_inline(text), "")]
        lines += [line for link in part.links for line in (f"<{link}>" if _is_web(link) else f"`{link}`", "")]
        if part.table is not None:
            lines += [_row(part.table.columns), _row("---" for _ in part.table.columns)]
            lines += [_row(map(_inline, row)) for row in part.table.rows]
            lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def page(digest: Digest) -> str:
    """The digest as one page of HTML: no script, no font, no picture from elsewhere; nothing in it is taken as markup."""
    body = [f"<h1>{escape(title_of(digest))}</h1>", f'<p class="headline">{escape(digest.headline)}.</p>']
    for part in parts(digest):
        body.append(f"<h{part.level}>{escape(part.heading)}</h{part.level}>")
        body += [f"<p>{escape(line)}</p>" for line in part.lines]
        body += [f'<p class="place">{_anchor(link)}</p>' for link in part.links]
        if part.table is not None:
            head = "".join(f"<th>{escape(name)}</th>" for name in part.table.columns)
            rows = "".join(f"<tr>{''.join(map(_cell, row))}</tr>\n" for row in part.table.rows)
            body.append(f"<table>\n<tr>{head}</tr>\n{rows}</table>")
    return _PAGE.format(title=escape(title_of(digest)), style=_STYLE, body="\n".join(body))


# -------------------------------------------------------------------- parts


def _new(report: NewReport) -> Part:
    lines = (f"Read in part: {report.missing}",) if report.missing else ()
    rows = tuple((f.label, "" if f.before is None else f.before, f.value) for f in report.figures)
    last = f"{report.year - 1}" if report.year else "year before"
    table = Table(("", last, f"{report.year or ''}"), rows) if rows else None
    return Part(3, _whose(report.agency, report.year, report.scope), lines, report.places[:3], table)


_WHY = {
    "replaced": "The agency replaced the document.",
    "other copy": "Another copy of the report says something else, and is now the one to go by.",
    "read anew": "The same document, read anew.",
}


def _changed(report: ChangedReport) -> Iterator[Part]:
    lines = [_WHY.get(report.why, report.why)]
    if not (report.cells or report.facts):
        lines.append("No figure changed, only words.")
    elif report.wording and not report.facts:
        lines.append("Words changed as well.")
    rows = [*map(_change, report.cells), *map(_change, report.facts)]
    table = Table(("figure", "before", "now"), tuple(rows[:MOST_SHOWN])) if rows else None
    lines += _more(rows)
    yield Part(3, _whose(report.agency, report.year, report.scope), tuple(lines), report.places[:3], table)


def _change(change: Change) -> tuple[str, str, str]:
    return change.label, change.before or "(none)", change.after or "(none)"


def _listed(
    heading: str, columns: tuple[str, ...], rows: Sequence[tuple[str, ...]], lines: tuple[str, ...] = ()
) -> Part:
    table = Table(columns, tuple(rows[:MOST_SHOWN])) if rows else None
    return Part(2, f"{heading} ({len(rows)})", (*lines, *_more(rows)), (), table)


def _more(rows: Sequence[object]) -> tuple[str, ...]:
    return (f"The first {MOST_SHOWN} of {len(rows)}; digest.json has all.",) if len(rows) > MOST_SHOWN else ()


def _whose(agency: str | None, year: int | None, scope: str = "agency") -> str:
    whole = " (whole area)" if scope == "area" else ""
    return f"{agency or 'agency not known'} {year or 'year not known'}{whole}"


def _years(years: Sequence[int]) -> str:
    """Years as people write them.

    >>> _years((2018, 2020, 2021, 2022))
    '2018, 2020-2022'
    """
    spans: list[list[int]] = []
    for year in years:
        if spans and spans[-1][1] == year - 1:
            spans[-1][1] = year
        else:
            spans.append([year, year])
    return ", ".join(f"{first}" if first == last else f"{first}-{last}" for first, last in spans)


# -------------------------------------------------------------------- markup


def _is_web(text: str) -> bool:
    return text.startswith(("http://", "https://")) and not any(c in text for c in " <>\"'`\n")


def _inline(text: str) -> str:
    """A text inside a line of Markdown: what agencies and sites say must not become markup."""
    for sign in "\\`*_[]<>|#":
        text = text.replace(sign, f"\\{sign}")
    return " ".join(text.split())


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _anchor(text: str) -> str:
    return f'<a href="{escape(text)}">{escape(text)}</a>' if _is_web(text) else escape(text)


def _cell(text: str) -> str:
    number = ' class="number"' if text.replace(".", "").replace("-", "").isdigit() else ""
    return f"<td{number}>{_anchor(text)}</td>"


_STYLE = """body{max-width:60rem;margin:2rem auto;padding:0 1rem;line-height:1.5;color:#222;background:#fff;
font-family:"Noto Sans CJK SC","Source Han Sans SC","PingFang SC","Microsoft YaHei",sans-serif}
h2{border-bottom:1px solid #ccc;margin-top:2rem}h3{margin-bottom:.3rem}.headline{font-size:1.15rem;font-weight:bold}
.place{margin:.2rem 0;font-size:.85rem;word-break:break-all}table{border-collapse:collapse;margin:.5rem 0}
th,td{border:1px solid #ccc;padding:.2rem .6rem;text-align:left;vertical-align:top}td.number{text-align:right}"""
_PAGE = """<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
{body}
</body>
</html>
"""
