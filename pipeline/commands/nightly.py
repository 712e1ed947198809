"""``nianbao nightly``: everything that is to be done every night."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from parsers.errors import BadInput
from pipeline.database import DEFAULT_DATABASE, database_url, open_store, sqlite_path
from pipeline.options import Database
from pipeline.shown.output import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.crawl.sources import Sources
    from pipeline.ingest.run import Options
    from pipeline.nightly.settings import Target

SourcesFile = Annotated[
    Path, typer.Option("--sources", metavar="FILE", envvar="NIANBAO_SOURCES", help="Which sites, and how.")
]
ArchiveFolder = Annotated[
    Path, typer.Option("--archive", metavar="DIR", envvar="NIANBAO_ARCHIVE", help="Where the bytes are kept.")
]
OutFolder = Annotated[
    Path, typer.Option("--out", metavar="DIR", envvar="NIANBAO_OUT", help="Where digests and log are written.")
]
LOCKED = 3
"""Exit status when another run is at work."""


def command(
    sources: SourcesFile = Path("sources.toml"),
    db: Database = DEFAULT_DATABASE,
    archive: ArchiveFolder = Path("archive"),
    out: OutFolder = Path("digests"),
    since: Annotated[
        str | None,
        typer.Option("--since", metavar="DATE", help="Only tell again what came since a day; nothing is visited."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done; touch nothing.")] = False,
    stale: Annotated[
        bool,
        typer.Option("--stale", help="Read again what another version of nianbao read, where a site still has it."),
    ] = False,
    jobs: Annotated[int | None, typer.Option("--jobs", "-j", min=1, help="Worker processes.")] = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="No messages; the log and the digest have them.")
    ] = False,
) -> None:
    """Visit the sites, read what is new, compare the years, and leave a digest.

    The digest (Markdown, HTML, JSON) says what is new and what changed, which findings came, which sites failed, which
    reports are missing; it is sent where [deliver] in sources.toml says. A night that was killed is gone on with by the
    same command. docs/nightly.md has more, deploy/ has timers.

    \b
    Exit status: 0 fine · 1 something failed, or an alarm · 2 wrong usage · 3 another run is at work
    \b
    Examples:
      nianbao nightly --sources sources.toml --db nianbao.db --archive archive --out digests
      nianbao nightly --dry-run
      nianbao nightly --since 2024-01-15
      nianbao nightly --stale
    """
    from pipeline.crawl.sources_file import read_sources
    from pipeline.nightly.settings import read_targets

    read = read_sources(sources)
    targets = read_targets(sources)
    if dry_run:
        _dry_run(read, [target.name for target in targets], database_url(db), archive, out)
    elif since is not None:
        _since(read, db, out, since)
    else:
        from pipeline.ingest.run import Options
        from pipeline.ingest.workers import processors

        options = Options(jobs or processors(), stale=stale)
        raise typer.Exit(_night(read, targets, db, archive, out, options, (lambda _: None) if quiet else say))


def _night(
    read: Sources,
    targets: tuple[Target, ...],
    db: str,
    archive: Path,
    out: Path,
    options: Options,
    told: Callable[[str], None],
) -> int:
    """Does the night under its lock, and gives the exit status."""
    import time

    from db import Store
    from pipeline.nightly.crawler import Crawler, expected_agencies
    from pipeline.nightly.lock import Locked, locked
    from pipeline.nightly.log import JsonLog
    from pipeline.nightly.run import Plan, nightly

    url = database_url(db)
    plan = Plan(out, expected_agencies(read), targets, options)
    try:
        with locked(_lock_of(url, out), _now()):
            out.mkdir(parents=True, exist_ok=True)
            log = JsonLog(out / "nightly.jsonl", _now, told)
            with Store.open(url) as store:
                result = nightly(store, Crawler(read, archive, url, options.jobs, told), plan, _now, time.sleep, log)
    except Locked as error:
        say(f"nianbao: {error}")
        return LOCKED
    typer.echo(f"{result.digest.headline}\n{result.folder / 'digest.md'}")
    return 0 if result.is_fine else 1


def _now() -> datetime:
    """The one place where the nightly job asks for the time: this moment, in the time zone of the machine."""
    return datetime.now().astimezone()


def _lock_of(url: str, out: Path) -> Path:
    """The lock belongs to the database; beside a file, else among the digests."""
    path = sqlite_path(url)
    return out / "nightly.lock" if path is None else path.with_name(f"{path.name}.nightly.lock")


def _since(read: Sources, db: str, out: Path, since: str) -> None:
    from datetime import date

    from pipeline.files import written
    from pipeline.nightly.crawler import expected_agencies
    from pipeline.nightly.render import as_json, markdown, page
    from pipeline.nightly.run import digest_since

    try:
        day = date.fromisoformat(since)
    except ValueError as error:
        raise BadInput(f"--since {since}: expected a day, as 2024-01-15") from error
    with open_store(db) as store:
        digest = digest_since(store, day, _now(), expected_agencies(read))
    folder = out / f"since-{day}"
    for name, text in (("md", markdown(digest)), ("html", page(digest)), ("json", as_json(digest))):
        written(folder / f"digest.{name}", text)
    typer.echo(markdown(digest), nl=False)
    say(f"{folder}/digest.md, .html and .json")


def _dry_run(read: Sources, targets: list[str], url: str, archive: Path, out: Path) -> None:
    """What a night would do, found out without writing anything."""
    path = sqlite_path(url)
    if path is not None and not path.exists():
        typer.echo(f"database: {path} would be made")
    else:
        from db.crawl.nights import NightLog
        from pipeline.nightly.run import STAGES

        with open_store(url) as store:
            nights = NightLog(store)
            latest = next(iter(nights.nights(1)), None)
            if latest is not None and not latest.done:
                done = {stage.command for stage in nights.stages(latest.run_id) if stage.done}
                left = ", ".join(stage for stage in STAGES if stage not in done)
                typer.echo(f"night {latest.run_id} of {latest.started:%Y-%m-%d} was broken off; left to do: {left}")
            else:
                typer.echo("a new night would begin")
            typer.echo(f"database: {len(nights.standing())} current reports")
    for site in read.sites:
        typer.echo(f"site {site.name}: " + (", ".join(site.start) if site.enabled else "not enabled"))
    typer.echo(f"archive: {archive}; digests: {out}")
    if targets:
        from pipeline.nightly.deliver import waiting

        typer.echo(f"deliver to: {', '.join(targets)}; {len(waiting(out))} older digests are waiting")
