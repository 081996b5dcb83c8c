"""The door to the database: opened(url) gives a maker of transactions."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.ports import Records, Transactions
from bot.storage.engine import is_sqlite, running, usable
from bot.storage.problems import StorageAhead, StorageBehind, StorageUnusable, UnknownLearner
from bot.storage.records import SqlRecords
from bot.storage.upgrading import refuse_unless_current, upgrade

__all__ = [
    "StorageAhead",
    "StorageBehind",
    "StorageUnusable",
    "UnknownLearner",
    "opened",
    "upgrade",
]


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Transactions]:
    """A maker of transactions, for one `async with` block. Raises StorageUnusable at its start.

    An SQLite database is created or upgraded first; another one that is behind is refused, because
    other processes may be using it.
    """
    target = usable(url)
    if is_sqlite(target):
        await upgrade(url)
    async with running(target) as engine:
        await refuse_unless_current(engine)
        yield partial(_transaction, engine)


@asynccontextmanager
async def _transaction(engine: AsyncEngine) -> AsyncIterator[Records]:
    async with engine.connect() as connection:  # leaving without a commit rolls back
        yield SqlRecords(connection)
