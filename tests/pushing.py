"""Learners who are due, and senders of daily questions in processes of their own, to be killed."""

from __future__ import annotations

import asyncio
import multiprocessing
import random
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from multiprocessing.process import BaseProcess
from pathlib import Path

from pydantic import SecretStr

from adapters.telegram.platform import Telegram
from bot import storage
from bot.daily import LEASE, MOST_AT_A_CRASH, Daily
from bot.desk import Desk
from bot.learners import Enrolled
from bot.lessons.pushing import Pushing
from bot.lessons.quizzing import Quizzing
from bot.messages import Chat, Message
from bot.ports import Transactions
from bot.pushes import Tally
from bot.routines import Hours, Routine
from knowledge.library import Library
from tests.botapi import BotApi
from tests.fakes import ScriptedExaminer

PATIENCE = 300  # seconds for a sender that takes a few, on a busy machine
A_QUESTION = "Snooze 1 h"  # the button by which a question that came by itself is known


async def _nobody_asks(_: Message) -> None:
    """No learner writes here."""


def sender(records: storage.Database, library: Library, ahead: timedelta) -> Daily:
    """Who sends daily questions, as fast as it can, by a clock that is ahead."""

    def clock() -> datetime:
        return datetime.now(UTC) + ahead

    desk = Desk(records, _nobody_asks, clock, records.turnstile)
    quizzing = Quizzing(library, ScriptedExaminer(["p1"]), records)
    return Daily(records, desk, Pushing(library, quizzing, records), clock, paces={})


async def enrol(records: Transactions, chats: list[Chat], now: datetime) -> None:
    """Give each of these chats a learner whose question of the day is due now.

    It is noon where they live, lest the day changes while they are sent to.
    """
    offset = (12 - now.hour + 12) % 24 - 12
    zone = f"Etc/GMT{-offset:+d}"
    day = (now + timedelta(hours=offset)).date()
    async with records() as transaction:
        for chat in chats:
            learner = replace(await transaction.learner(chat), subject="biology", timezone=zone)
            due = Routine(learner.id, chat, Hours(12 * 60, quiet=None), next_at=now, next_day=day)
            for change in (Enrolled(learner), due):
                await transaction.keep(change)
        await transaction.commit()


async def send(
    url: str, content: Path, base_url: str, ahead: float, begin: datetime | None
) -> None:
    """Send until nothing is left that may be sent; begin then, or at once."""
    library = await asyncio.to_thread(Library.load, content)
    async with storage.opened(url) as records:
        daily = sender(records, library, timedelta(seconds=ahead))
        telegram = Telegram(SecretStr(BotApi.token), _nobody_asks, base_url=base_url, hears=False)
        serving = asyncio.create_task(telegram.run())
        if begin is not None:
            await asyncio.sleep(max(0.0, (begin - datetime.now(UTC)).total_seconds()))
        while not await daily.tick(datetime.now(UTC) + timedelta(seconds=ahead), [telegram]):
            pass
        await daily.settled()
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)


@dataclass(frozen=True, slots=True)
class Fates:
    """How many learners got how many questions, and what the outbox says of them."""

    kills: int
    received: Counter[int]
    tally: Tally

    @property
    def twice(self) -> int:
        """How many got more than one."""
        return sum(many for questions, many in self.received.items() if questions > 1)

    @property
    def never(self) -> int:
        """How many got none."""
        return self.received[0]


async def killed(
    api: BotApi, url: str, content: Path, *, learners: int, kills: int, seed: int, workers: int = 1
) -> Fates:
    """What becomes of so many learners when a sender is killed with -9 so often while it sends.

    So many workers send side by side; another takes the place of each that is killed, by a clock
    at which the leases of all before it have run out.
    """
    chance, later = random.Random(seed), count(0, int(LEASE.total_seconds()) + 5)
    ids = [str(api.person(f"learner {at}").id) for at in range(learners)]
    async with storage.opened(url) as records:
        await enrol(records, [Chat("telegram", id, id) for id in ids], datetime.now(UTC))

    def begun() -> BaseProcess:
        return started(url, content, api.base_url, next(later))

    sending = [begun() for _ in range(workers)]
    for _ in range(kills):
        some = chance.randint(1, max(1, learners // (kills + 2)))
        await api.called("sendMessage", _sent(api) + some)
        await asyncio.sleep(chance.random() / 20)
        at = chance.randrange(workers)
        sending[at].kill()
        await ended(sending[at])
        sending[at] = begun()
    for process in sending:
        await ended(process)
    last = begun()  # what the killed had leased
    await ended(last)
    assert [process.exitcode for process in (*sending, last)] == [0] * (workers + 1)
    async with storage.opened(url) as records, records() as transaction:
        tally = await transaction.pushes.tally()
    received = Counter(
        sum(A_QUESTION in message.labels for message in api.world.rooms[int(id)].shown)
        for id in ids
    )
    return Fates(kills, received, tally)


def started(
    url: str, content: Path, base_url: str, ahead: float, begin: datetime | None = None
) -> BaseProcess:
    """A process that sends what is due by a clock that is so many seconds ahead."""
    context = multiprocessing.get_context("forkserver")  # which imports everything only once
    context.set_forkserver_preload(["tests.pushing"])
    process = context.Process(target=_run, args=(url, content, base_url, ahead, begin), daemon=True)
    process.start()
    return process


def _run(url: str, content: Path, base_url: str, ahead: float, begin: datetime | None) -> None:
    asyncio.run(send(url, content, base_url, ahead, begin))


async def ended(process: BaseProcess) -> None:
    """Wait for a process to end."""
    await asyncio.to_thread(process.join, PATIENCE)


def _sent(api: BotApi) -> int:
    return sum(call.method == "sendMessage" for call in api.calls)


def most_in_flight(kills: int) -> int:
    """The most pushes of which nobody can know whether they arrived."""
    return kills * MOST_AT_A_CRASH
