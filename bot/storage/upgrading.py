"""Bringing a database's tables to the form this version of Viva needs, by Alembic."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, select
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.storage.engine import begun, is_sqlite, running, shown, usable
from bot.storage.problems import StorageAhead, StorageBehind, StorageUnusable

_LOCK = 0x76697661  # any number that is the same everywhere
MIGRATIONS = Path(__file__).parent / "migrations"


async def upgrade(url: str) -> None:
    """Bring any database to this version's form, all or nothing. Raises StorageUnusable."""
    target = usable(url)
    if is_sqlite(target):
        await asyncio.to_thread(_upgrade_file, target)
    else:
        await _on_server(target, _upgrade)


async def made(url: URL) -> None:
    """Give an empty database its tables, and bring a file to this version's form."""
    if is_sqlite(url):
        await asyncio.to_thread(_upgrade_file, url)
    else:
        await _on_server(url, _make)


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


async def _on_server(url: URL, change: Callable[[Connection], None]) -> None:
    """Change the tables in one transaction, one process at a time: the others find it done."""
    with _explained(url):
        async with running(url) as engine, engine.begin() as connection:
            await connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
            await connection.run_sync(change)


def _make(connection: Connection) -> None:
    if _standing(connection) is None:
        _upgrade(connection)


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
            f"{needed} is needed). Stop every Viva that uses it, back it up, and run: viva upgrade"
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
    try:
        yield
    except DBAPIError as problem:
        raise StorageUnusable(
            f"The database {shown(url)} cannot be used: {problem.orig}. {_advice(url)}"
        ) from problem
    except OSError as problem:
        raise StorageUnusable(
            f"The database {shown(url)} cannot be reached: {problem}. Check that its server is "
            "running"
        ) from problem


def _advice(url: URL) -> str:
    if is_sqlite(url):
        return (
            "Check that its folder exists and may be written, that the file is Viva's, and that "
            "nothing else holds it locked"
        )
    return "Check user, password and database in VIVA_DATABASE_URL, and that the server is yours"
