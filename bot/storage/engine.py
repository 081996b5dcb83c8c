"""The engine of a database's URL, with what SQLite has to be told."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

from sqlalchemy import Connection, Engine, NullPool, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from bot.storage.problems import StorageUnusable

PATIENCE = 30  # seconds to wait for other processes, and for our own transactions, to finish
_CONNECTIONS = 10  # of one process to Postgres; one of them holds the chats' locks
_SERVER = {  # a machine that vanished holds its locks for 50 seconds, not for two hours
    "application_name": "viva",
    "tcp_keepalives_idle": "20",
    "tcp_keepalives_interval": "10",
    "tcp_keepalives_count": "3",
}
DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg"}


@asynccontextmanager
async def running(url: URL) -> AsyncIterator[AsyncEngine]:
    """An engine for one `async with` block. Raises StorageUnusable without the driver it needs."""
    engine = _engine(url)
    try:
        yield engine
    finally:
        await engine.dispose()


@contextmanager
def begun(url: URL) -> Iterator[Connection]:
    """A transaction on an SQLite file for a migration, outside the event loop.

    Foreign keys are off: when a migration rebuilds a table, SQLite would delete what refers to it.
    """
    engine = create_engine(
        url.set(drivername="sqlite"),
        hide_parameters=True,
        poolclass=NullPool,
        connect_args={"isolation_level": None},
    )
    _prepare(engine, foreign_keys=False)
    event.listen(engine, "connect", _switch_to_wal)
    with engine.begin() as connection:
        yield connection


def usable(text: str) -> URL:
    """A database's URL. Raises StorageUnusable for one that Viva cannot use."""
    try:
        url = make_url(text)
    except ArgumentError as problem:
        raise StorageUnusable(
            "The database's URL cannot be read. It looks like sqlite+aiosqlite:///viva.db"
        ) from problem
    name = url.drivername
    if name not in DRIVERS.values():
        known = DRIVERS.get(url.get_backend_name(), " or ".join(DRIVERS.values()))
        raise StorageUnusable(f"The database's URL must begin with {known}, not {name}")
    if is_sqlite(url) and url.database in (None, "", ":memory:"):
        raise StorageUnusable("SQLite needs a file, as in sqlite+aiosqlite:///viva.db")
    return url


def shown(url: URL) -> str:
    """The URL as it may be shown: a password can stand in its query, too."""
    return url.set(query={}).render_as_string(hide_password=True)


def is_sqlite(url: URL) -> bool:
    """Whether the database is a file of ours."""
    return url.get_backend_name() == "sqlite"


def _engine(url: URL) -> AsyncEngine:
    try:
        if not is_sqlite(url):
            return create_async_engine(
                url,
                hide_parameters=True,
                pool_pre_ping=True,
                pool_size=_CONNECTIONS,
                max_overflow=0,
                pool_timeout=PATIENCE,
                connect_args={"timeout": PATIENCE, "server_settings": _SERVER},
            )
        # One connection: SQLite has one writer anyway, and the pool's queue is a fair one.
        engine = create_async_engine(
            url,
            hide_parameters=True,  # errors reach logs, where nothing a learner wrote belongs
            pool_size=1,
            max_overflow=0,
            pool_timeout=PATIENCE,
            connect_args={"isolation_level": None},  # the driver begins nothing: `begin` does
        )
    except ModuleNotFoundError as problem:
        raise StorageUnusable(
            f"This database needs the Python package {problem.name!r}: install it (for Postgres, "
            "the extra viva-tutor[postgres]) and start again"
        ) from problem
    except SQLAlchemyError as problem:
        raise StorageUnusable(f"The database's URL cannot be used: {problem}") from problem
    _prepare(engine.sync_engine, foreign_keys=True)
    return engine


def _prepare(engine: Engine, *, foreign_keys: bool) -> None:
    pragmas = (
        f"busy_timeout = {PATIENCE * 1000}",
        "synchronous = FULL",  # NORMAL could lose the last commits, acknowledged, at a power cut
        "secure_delete = ON",  # what is forgotten is overwritten, not only unlinked
        f"foreign_keys = {'ON' if foreign_keys else 'OFF'}",
    )

    @event.listens_for(engine, "connect")
    def configure(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # The write lock comes first: a transaction that reads before it writes would fail with
        # 'database is locked' if another had written in between, however long it waits.
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _switch_to_wal(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    """For good: the file remembers it. SQLite itself does not wait for others who do the same."""
    cursor = connection.cursor()
    for left in reversed(range(PATIENCE * 20)):
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as problem:
            if problem.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or not left:
                raise
            time.sleep(1 / 20)
        else:
            break
    cursor.close()
