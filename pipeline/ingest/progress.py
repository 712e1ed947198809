"""The progress bar of a long run: on a terminal only, with rate and time left; the total is counted while it runs."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress

from parsers.errors import NianbaoError
from pipeline.ingest.discover import discover


@contextmanager
def progress_of(paths: Sequence[str], *, quiet: bool = False) -> Iterator[Callable[[str], None]]:
    """A function to be told of each file that is done; it moves a bar on standard error when that is a terminal."""
    if quiet or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
    from rich.table import Column

    # Bar and name share what the figures leave over, so that on a narrow terminal these are still whole.
    bar = Progress(
        BarColumn(bar_width=None, table_column=Column(ratio=1)),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]} files/s"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[name]}", markup=False, table_column=Column(ratio=2, no_wrap=True)),
        console=Console(stderr=True),
        transient=True,
        expand=True,
    )
    with bar:
        task = bar.add_task("", total=None, rate="–", name="")

        def count() -> None:
            with suppress(NianbaoError, OSError):  # a trouble in the paths is the run's to report
                bar.update(task, total=sum(1 for _ in discover(paths)))

        threading.Thread(target=count, daemon=True).start()

        def told(location: str) -> None:
            speed = bar.tasks[task].finished_speed or bar.tasks[task].speed
            name = location.rpartition("/")[2]
            bar.update(task, advance=1, rate="–" if speed is None else f"{speed:.1f}", name=name)

        yield told
