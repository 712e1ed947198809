"""What is still to be fetched, on disk: memory stays flat however many addresses a night meets.

One anonymous SQLite file, which vanishes with the process. Nothing of it needs to survive a kill: the next run of the
same night walks the same way again, from the log and the archive, without asking the sites for what it has.
"""

from __future__ import annotations

import sqlite3

from pipeline.crawl.steps import Step

CACHE_KILOBYTES = 8192
"""Memory for pages of the file; the rest is on disk."""


class Frontier:
    """Queues, one a site. Each address is taken once."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("", isolation_level=None)
        for pragma in (
            f"cache_size = -{CACHE_KILOBYTES}",
            "journal_mode = OFF",
            "synchronous = OFF",
            "temp_store = FILE",
        ):
            self._db.execute(f"PRAGMA {pragma}")
        self._db.execute(
            "CREATE TABLE step (id INTEGER PRIMARY KEY, site TEXT NOT NULL, key TEXT NOT NULL, rank INTEGER NOT NULL, "
            "waiting INTEGER NOT NULL DEFAULT 1, body TEXT NOT NULL, UNIQUE (site, key))"
        )
        self._db.execute("CREATE INDEX next ON step (site, rank, id) WHERE waiting = 1")

    def push(self, site: str, step: Step, rank: int) -> bool:
        """Queues a step, lower ranks first, equal ones in order; False when the address was queued before."""
        done = self._db.execute(
            "INSERT OR IGNORE INTO step (site, key, rank, body) VALUES (?, ?, ?, ?)",
            (site, step.key, rank, step.to_text()),
        )
        return done.rowcount > 0

    def pop(self, site: str) -> Step | None:
        """The next step of a site; None when nothing waits."""
        row = self._db.execute(
            "SELECT id, body FROM step WHERE site = ? AND waiting = 1 ORDER BY rank, id LIMIT 1", (site,)
        ).fetchone()
        if row is None:
            return None
        self._db.execute("UPDATE step SET waiting = 0, body = '' WHERE id = ?", (row[0],))
        return Step.from_text(row[1])

    def waiting(self, site: str) -> int:
        """How many steps of a site wait."""
        count = self._db.execute("SELECT count(*) FROM step WHERE site = ? AND waiting = 1", (site,)).fetchone()[0]
        return int(count)

    def close(self) -> None:
        """Lets the file go."""
        self._db.close()
