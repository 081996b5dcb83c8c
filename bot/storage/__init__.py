"""The door to the database: opened(url) gives a maker of transactions."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.ports import Records, Turnstile
from bot.storage.engine import is_sqlite, running, shown, usable
from bot.storage.problems import StorageAhead, StorageBehind, StorageUnusable, UnknownLearner
from bot.storage.records import SqlRecords
from bot.storage.turnstile import turnstile
from bot.storage.upgrading import made, refuse_unless_current, upgrade

__all__ = [
    "Database",
    "StorageAhead",
    "StorageBehind",
    "StorageUnusable",
    "UnknownLearner",
    "described",
    "opened",
    "upgrade",
]


class Database:
    """An open database: called, it opens a transaction; its turnstile keeps processes apart."""

    def __init__(self, engine: AsyncEngine, turnstile: Turnstile) -> None:
        self._engine = engine
        self.turnstile = turnstile

    def __call__(self) -> AbstractAsyncContextManager[Records]:
        """A transaction, for one `async with` block; leaving without a commit rolls back."""
        return _transaction(self._engine)


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Database]:
    """The database, for one `async with` block. Raises StorageUnusable at its start.

    An empty database gets its tables first, and an SQLite file is upgraded. On Postgres one that is
    behind is refused, because other processes may be using it.
    """
    target = usable(url)
    await made(target)
    async with running(target) as engine:
        await refuse_unless_current(engine)
        async with turnstile(engine) as entry:
            yield Database(engine, entry)


def described(url: str) -> str:
    """A file's path, or a server's URL without its password. Raises StorageUnusable."""
    target = usable(url)
    return str(target.database) if is_sqlite(target) else shown(target)


@asynccontextmanager
async def _transaction(engine: AsyncEngine) -> AsyncIterator[Records]:
    async with engine.connect() as connection:
        yield SqlRecords(connection)
