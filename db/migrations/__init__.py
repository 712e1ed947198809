"""Bringing a database to this program's schema: the revisions are in ``versions/``, the views in ``db/views``.

A revision is needed for every change of the tables *and* of the views (an empty one will do for these: views are
made anew after each migration, they hold no data). A database that is up to date is recognised without loading
Alembic.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect, text

from db.engine import shown
from db.revision import HEAD
from db.views import all_views
from parsers.errors import StoreError

APPLICATION = "nianbao"


def revision_of(connection: Connection) -> str | None:
    """The revision that a database is at; None for an empty one.

    Raises StoreError when the database holds something else than reports.
    """
    names = set(inspect(connection).get_table_names())
    url = shown(connection.engine.url)
    if not names:
        return None
    if {"meta", "alembic_version"} <= names:
        application = connection.execute(text("SELECT value FROM meta WHERE name = 'application'")).scalar()
        if application == APPLICATION:
            return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    raise StoreError(
        f"{url}: a database of another program (tables {', '.join(sorted(names)[:5])}); name another one"
    )


def migrate(connection: Connection) -> None:
    """Brings the database to the newest revision, inside the transaction that is open; raises StoreError when a newer
    program made it."""
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    script = ScriptDirectory.from_config(config)
    known = {revision.revision for revision in script.walk_revisions()}
    current = revision_of(connection)
    if current is not None and current not in known:
        raise newer(shown(connection.engine.url), current)

    def upgrade(revision: Any, _context: Any) -> Any:
        return script._upgrade_revs("head", revision)

    if current is not None:
        drop_views(connection)
    with EnvironmentContext(config, script, fn=upgrade, destination_rev="head") as environment:
        environment.configure(connection=connection, transactional_ddl=True)
        environment.run_migrations()
    for view in all_views():
        connection.execute(text(view.create.replace(":", "\\:")))


def drop_views(connection: Connection) -> None:
    """Removes every view, so that tables can change under them."""
    for name in inspect(connection).get_view_names():
        connection.execute(text(f'DROP VIEW "{name}"'))


def newer(where: str, revision: str) -> StoreError:
    """The error for a database that this program does not know yet."""
    return StoreError(
        f"{where}: made by a newer nianbao (schema {revision}, this one knows {HEAD}); update the program, or name another file"
    )
