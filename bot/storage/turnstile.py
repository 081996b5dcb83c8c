"""One process at a time for each chat: by advisory locks on Postgres, by itself on SQLite."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from sqlalchemy import Select, func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.messages import Chat
from bot.ports import Turnstile

_log = logging.getLogger(__name__)
_Question = Select[tuple[bool]]


@asynccontextmanager
async def turnstile(engine: AsyncEngine) -> AsyncIterator[Turnstile]:
    """The turnstile of a database, for one `async with` block."""
    if engine.dialect.name == "sqlite":
        yield Alone()
        return
    shared = Shared(engine)
    try:
        yield shared
    finally:
        await shared.close()


class Alone:
    """Where no other process answers the same chats: everybody may pass."""

    async def enter(self, chat: Chat) -> bool:
        """Always."""
        return True

    async def leave(self, chat: Chat) -> None:
        """Nothing was locked."""


class Shared:
    """Advisory locks, all held by one connection: the server frees them as soon as it is gone.

    Should that connection be lost while turns go on, another process may begin a turn beside one
    of them; only one of the two is then kept, because a message is answered once.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._connection: AsyncConnection | None = None
        self._one_at_a_time = asyncio.Lock()  # a connection has one statement under way

    async def enter(self, chat: Chat) -> bool:
        """Lock the chat; False if another process has it."""
        trying = asyncio.ensure_future(self._asked(select(func.pg_try_advisory_lock(_key(chat)))))
        try:
            return await asyncio.shield(trying)  # cut off, the connection would lose all locks
        except asyncio.CancelledError:
            if await trying:
                await self.leave(chat)
            raise

    async def leave(self, chat: Chat) -> None:
        """Unlock the chat. A lock that went with its connection is no error."""
        unlocking = self._asked(select(func.pg_advisory_unlock(_key(chat))))
        try:
            await asyncio.shield(asyncio.ensure_future(unlocking))
        except (SQLAlchemyError, OSError) as problem:
            _log.warning("a chat's lock went with its connection: %s", type(problem).__name__)

    async def close(self) -> None:
        """Let go of everything."""
        async with self._one_at_a_time:
            await self._hang_up()

    async def _asked(self, question: _Question) -> bool:
        """The server's answer; on a new connection where the old one has failed."""
        async with self._one_at_a_time:
            if self._connection is not None:
                try:
                    return bool(await self._connection.scalar(question))
                except (SQLAlchemyError, OSError):
                    _log.warning("the connection that holds the chats' locks was lost")
                    await self._hang_up()
            connection = await self._engine.connect()
            self._connection = await connection.execution_options(isolation_level="AUTOCOMMIT")
            return bool(await self._connection.scalar(question))

    async def _hang_up(self) -> None:
        """Close the connection for good: back in the pool, it would keep its locks."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(SQLAlchemyError, OSError):
                await connection.invalidate()
                await connection.close()


def _key(chat: Chat) -> int:
    """64 bits; two chats that share them only wait for each other."""
    name = "\0".join((chat.platform, chat.room, chat.person))
    digest = hashlib.blake2b(name.encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, signed=True)
