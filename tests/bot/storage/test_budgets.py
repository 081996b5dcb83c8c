"""Two processes on one database pay from the same purses."""

from __future__ import annotations

import asyncio

import pytest

from bot import storage
from bot.asker import asking
from bot.ledger import Ledger, Limits
from bot.ports import OverBudget, Usage
from tests.bot.storage.samples import ADA, NOW

LIMITS = Limits(learner=100, everybody=1000)


async def call(ledger: Ledger, expected: int, *usage: Usage) -> bool:
    """Whether a call of about so many tokens could be paid."""
    try:
        with asking(1, ADA):
            async with ledger.paying(expected) as bill:
                await asyncio.sleep(0.01)
                bill.extend(usage)
    except OverBudget:
        return False
    return True


async def test_calls_under_way_in_one_process_hold_their_tokens_in_all(url: str) -> None:
    async with storage.opened(url) as one, storage.opened(url) as other:
        here, there = (Ledger(each, lambda: NOW, LIMITS) for each in (one, other))

        paid = await asyncio.gather(
            *(call(each, 30, Usage(20, 5)) for _ in range(5) for each in (here, there))
        )
        left = [await call(there, 25), await call(there, 26)]

    assert sum(paid) == 3
    assert left == [True, False]


async def test_what_is_told_of_a_day_is_what_was_used_and_not_what_is_set_aside(url: str) -> None:
    async with storage.opened(url) as database:
        ledger = Ledger(database, lambda: NOW, LIMITS)

        async with ledger.paying(60):
            meanwhile = await ledger.today()
        await call(ledger, 60, Usage(20, 5))

        assert meanwhile == {}
        assert await ledger.today() == {"calls": 1, "read": 20, "written": 5, "cost": 0}


async def test_a_call_that_was_refused_sets_nothing_aside(url: str) -> None:
    async with storage.opened(url) as database:
        ledger = Ledger(database, lambda: NOW, LIMITS)

        with asking(1, ADA), pytest.raises(OverBudget, match="your"):
            async with ledger.paying(101):
                pass

        assert await call(ledger, 100)
