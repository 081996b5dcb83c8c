"""Transactions side by side wait for each other; none fails, and none undoes another's work."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bot import storage
from bot.dialogue import Answering
from bot.ports import Transactions
from tests.bot.storage.samples import ADA, BOB, NOW, PUMP, attempt, message


async def take_a_hint(transactions: Transactions) -> None:
    """Read, then write what follows from it: what a lost update would spoil."""
    async with transactions() as records:
        standing = await records.dialogue(ADA)
        assert isinstance(standing, Answering)
        await asyncio.sleep(0)  # let the others in, if they can get in
        await records.keep_dialogue(ADA, replace(standing, hints=standing.hints + 1))
        await records.commit()


async def hints_taken(transactions: Transactions) -> int:
    """How many hints the conversation counts."""
    async with transactions() as records:
        standing = await records.dialogue(ADA)
    assert isinstance(standing, Answering)
    return standing.hints


async def ask(transactions: Transactions) -> None:
    """Ask Ada a question."""
    async with transactions() as records:
        await records.keep_dialogue(ADA, Answering(PUMP, "a", NOW))
        await records.commit()


async def test_tasks_of_one_process_lose_no_update(transactions: Transactions) -> None:
    await ask(transactions)

    await asyncio.gather(*(take_a_hint(transactions) for _ in range(40)))

    assert await hints_taken(transactions) == 40


async def test_two_engines_on_one_database_lose_no_update(url: str) -> None:
    async with storage.opened(url) as here, storage.opened(url) as there:
        await ask(here)

        await asyncio.gather(*(take_a_hint(each) for _ in range(20) for each in (here, there)))

        assert await hints_taken(there) == 40


async def test_a_message_that_arrives_twice_at_once_is_stored_once(url: str) -> None:
    async def receive(transactions: Transactions) -> bool:
        async with transactions() as records:
            stored = await records.receive(message(), NOW)
            await records.commit()
            return stored

    async with storage.opened(url) as here, storage.opened(url) as there:
        stored = await asyncio.gather(*(receive(each) for _ in range(5) for each in (here, there)))

    assert sorted(stored) == [False] * 9 + [True]


async def test_somebody_who_writes_twice_at_once_is_enrolled_once(url: str) -> None:
    async def enrol(transactions: Transactions) -> int:
        async with transactions() as records:
            learner = await records.learner(ADA)
            await records.commit()
            return learner.id

    async with storage.opened(url) as here, storage.opened(url) as there:
        ids = await asyncio.gather(*(enrol(each) for _ in range(5) for each in (here, there)))

    assert len(set(ids)) == 1


async def test_a_cancelled_transaction_keeps_nothing_and_holds_up_nobody(
    transactions: Transactions,
) -> None:
    begun = asyncio.Event()

    async def hang() -> None:
        async with transactions() as records:
            await records.receive(message("half done"), NOW)
            begun.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(hang())
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    async with transactions() as records:
        assert await records.unanswered("telegram") == ()
        assert await records.receive(message("after"), NOW)


async def test_a_failed_turn_leaves_the_next_one_a_clean_slate(transactions: Transactions) -> None:
    async def fail() -> None:
        async with transactions() as records:
            bob = await records.learner(BOB)
            await records.keep(attempt(bob.id))
            raise RuntimeError("a bug in a lesson")

    with pytest.raises(RuntimeError, match="a bug"):
        await fail()

    async with transactions() as records:
        bob = await records.learner(BOB)
        assert await records.attempts(bob.id) == ()
