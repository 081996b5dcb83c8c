"""Bringing a database's tables to the form this version of Viva needs, by Alembic."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.storage.engine import begun, is_sqlite, running, usable
from bot.storage.problems import StorageAhead, StorageBehind, StorageUnusable

MIGRATIONS = Path(__file__).parent / "migrations"


async def upgrade(url: str) -> None:
    """Bring any database to this version's form, all or nothing. Raises StorageUnusable."""
    target = usable(url)
    if is_sqlite(target):
        await asyncio.to_thread(_upgrade_file, target)
        return
    with _explained(target):  # an operator's command of its own: nothing else waits for the loop
        async with running(target) as engine, engine.begin() as connection:
            await connection.run_sync(_upgrade)


async def refuse_unless_current(engine: AsyncEngine) -> None:
    """Raises StorageBehind or StorageAhead unless the database has this version's form."""
    with _explained(engine.url):
        async with engine.connect() as connection:
            await connection.run_sync(_check_current)


def configuration() -> Config:
    """Alembic's configuration: it needs no file."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def revisions() -> tuple[str, ...]:
    """Every form the tables have had, newest first."""
    scripts = ScriptDirectory.from_config(configuration())
    return tuple(script.revision for script in scripts.walk_revisions())


def _upgrade_file(url: URL) -> None:
    with _explained(url), begun(url) as connection:
        _upgrade(connection)


def _upgrade(connection: Connection) -> None:
    standing = _standing(connection)
    if standing != revisions()[0]:
        config = configuration()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _check_current(connection: Connection) -> None:
    standing, needed = _standing(connection), revisions()[0]
    if standing != needed:
        raise StorageBehind(
            f"The database is behind this version of Viva (it stands at {standing or 'nothing'}, "
            f"{needed} is needed). Stop every Viva that uses it, back it up, put its URL into "
            "VIVA_DATABASE_URL and run: python -m bot.storage upgrade"
        )


def _standing(connection: Connection) -> str | None:
    """The form that the database has; None if it is empty. Raises StorageAhead."""
    standing = MigrationContext.configure(connection).get_current_revision()
    if standing is not None and standing not in revisions():
        raise StorageAhead(
            f"The database was made by a newer version of Viva (it stands at {standing}, unknown "
            "to this version). Install the newer version, or go back to a backup of the database"
        )
    return standing


@contextmanager
def _explained(url: URL) -> Iterator[None]:
    shown = url.render_as_string(hide_password=True)
    try:
        yield
    except DBAPIError as problem:
        raise StorageUnusable(
            f"The database {shown} cannot be used: {problem.orig}. Check that its folder exists "
            "and may be written, that the file is Viva's, and that nothing else holds it locked"
        ) from problem
    except OSError as problem:
        raise StorageUnusable(
            f"The database {shown} cannot be reached: {problem}. Check that its server is running"
        ) from problem
