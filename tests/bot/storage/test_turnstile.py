"""Of several processes on one server, one at a time works for a chat."""

from __future__ import annotations

import asyncio
import signal
import sys
from asyncio import create_subprocess_exec
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator

import pytest

from bot import storage
from bot.messages import Chat
from bot.storage import Database
from tests.bot.storage.samples import ADA, ADA_IN_CLASS, BOB
from tests.postgres import Postgres, execute


@pytest.fixture
async def server(postgres: Postgres) -> str:
    """The URL of a database with our tables."""
    return await postgres.fresh()


@pytest.fixture
async def here(server: str) -> AsyncIterator[Database]:
    """The database as one process opens it."""
    async with storage.opened(server) as opened:
        yield opened


@pytest.fixture
async def there(server: str) -> AsyncIterator[Database]:
    """The same database as another opens it."""
    async with storage.opened(server) as opened:
        yield opened


async def test_who_is_first_keeps_the_others_out_until_they_leave(
    here: Database, there: Database
) -> None:
    first = await here.turnstile.enter(ADA)
    meanwhile = await there.turnstile.enter(ADA)
    elsewhere = await there.turnstile.enter(BOB), await there.turnstile.enter(ADA_IN_CLASS)

    await here.turnstile.leave(ADA)

    assert (first, meanwhile, elsewhere) == (True, False, (True, True))
    assert await there.turnstile.enter(ADA)


async def test_many_chats_are_held_at_once_by_one_connection(
    here: Database, there: Database
) -> None:
    chats = [Chat("telegram", str(number), "ada") for number in range(300)]

    entered = await asyncio.gather(*(here.turnstile.enter(chat) for chat in chats))
    others = await asyncio.gather(*(there.turnstile.enter(chat) for chat in chats))

    assert (all(entered), any(others)) == (True, False)


async def test_an_entry_that_is_cut_off_locks_nobody_out(here: Database, there: Database) -> None:
    entering = asyncio.create_task(here.turnstile.enter(ADA))
    await asyncio.sleep(0)
    entering.cancel()
    with pytest.raises(asyncio.CancelledError):
        await entering

    assert await there.turnstile.enter(ADA)


async def test_a_lost_connection_frees_its_chats_and_another_takes_its_place(
    server: str, here: Database, there: Database
) -> None:
    await here.turnstile.enter(ADA)
    await execute(
        server,
        "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'",
    )

    taken = await there.turnstile.enter(ADA)

    assert taken
    assert await here.turnstile.enter(BOB)
    await here.turnstile.leave(ADA)
    assert not await there.turnstile.enter(BOB)


HOLDER = """
import asyncio, sys
from bot import storage
from tests.bot.storage.samples import ADA

async def main():
    async with storage.opened(sys.argv[1]) as database:
        assert await database.turnstile.enter(ADA)
        print("inside", flush=True)
        await asyncio.Event().wait()

asyncio.run(main())
"""


async def test_a_killed_process_lets_go_of_its_chats(server: str, here: Database) -> None:
    holder = await create_subprocess_exec(sys.executable, "-c", HOLDER, server, stdout=PIPE)
    assert holder.stdout is not None
    await holder.stdout.readline()
    before = await here.turnstile.enter(ADA)

    holder.send_signal(signal.SIGKILL)
    await holder.wait()

    assert not before
    async with asyncio.timeout(10):
        while not await here.turnstile.enter(ADA):
            pass
