"""Learners who are due, and a sender of daily questions in a process of its own, to be killed.

`python -m tests.pushing DATABASE_URL CONTENT BASE_URL SECONDS` sends what is due, by a clock that
is so many seconds ahead, until nothing is left.
"""

from __future__ import annotations

import asyncio
import random
import signal
import sys
from asyncio.subprocess import Process
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import SecretStr

from adapters.telegram.platform import Telegram
from bot import storage
from bot.daily import LANES, LEASE, WAVE, Daily
from bot.desk import Desk
from bot.learners import Enrolled
from bot.lessons.pushing import Pushing
from bot.lessons.quizzing import Quizzing
from bot.messages import Chat, Message
from bot.pushes import Tally
from bot.routines import Hours, Routine
from bot.storage import Database
from knowledge.library import Library
from tests.botapi import BotApi
from tests.fakes import ScriptedExaminer

ROOT = Path(__file__).parent.parent
A_QUESTION = "Snooze 1 h"  # the button by which a question that came by itself is known


async def _nobody_asks(_: Message) -> None:
    """No learner writes here."""


def sender(records: Database, library: Library, ahead: timedelta) -> Daily:
    """Who sends daily questions, as fast as it can, by a clock that is ahead."""

    def clock() -> datetime:
        return datetime.now(UTC) + ahead

    desk = Desk(records, _nobody_asks, clock, records.turnstile)
    quizzing = Quizzing(library, ScriptedExaminer(["p1"]), records)
    return Daily(records, desk, Pushing(library, quizzing, records), clock, paces={})


async def enrol(records: Database, chats: list[Chat], now: datetime) -> None:
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


async def send(url: str, content: Path, base_url: str, ahead: float) -> None:
    """Send until nothing is left that may be sent."""
    library = await asyncio.to_thread(Library.load, content)
    async with storage.opened(url) as records:
        daily = sender(records, library, timedelta(seconds=ahead))
        telegram = Telegram(SecretStr(BotApi.token), _nobody_asks, base_url=base_url)
        serving = asyncio.create_task(telegram.run())
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        while not await daily.tick(datetime.now(UTC) + timedelta(seconds=ahead), [telegram]):
            pass
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
    api: BotApi,
    url: str,
    content: Path,
    *,
    learners: int,
    kills: int,
    seed: int,
    workers: int = 1,
) -> Fates:
    """What becomes of so many learners whose senders are killed so often while they send."""
    chance = random.Random(seed)
    ids = [str(api.person(f"learner {at}").id) for at in range(learners)]
    chats = [Chat("telegram", id, id) for id in ids]
    await storage.upgrade(url)
    async with storage.opened(url) as records:
        await enrol(records, chats, datetime.now(UTC))
    done = 0
    for ahead in range(0, 20_000, int(LEASE.total_seconds()) + 5):  # until no lease holds
        alive = [await _sender(api, url, content, ahead) for _ in range(workers)]
        started = tuple(alive)
        while alive and done < kills:
            share = max(1, learners // (kills + 2))
            await _more_sent(api, chance.randint(1, share), alive)
            await asyncio.sleep(chance.random() / 20)
            victim = alive.pop(chance.randrange(len(alive)))
            if victim.returncode is None:
                victim.send_signal(signal.SIGKILL)
                done += 1
        for process in started:
            await process.communicate()
        if all(process.returncode == 0 for process in started):
            break
    async with storage.opened(url) as records, records() as transaction:
        tally = await transaction.pushes.tally()
    received = Counter(
        sum(A_QUESTION in message.labels for message in api.world.rooms[int(id)].shown)
        for id in ids
    )
    return Fates(done, received, tally)


async def _sender(api: BotApi, url: str, content: Path, ahead: int) -> Process:
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.pushing", url, str(content), api.base_url, str(ahead)),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )


async def _more_sent(api: BotApi, many: int, by: list[Process]) -> None:
    """Wait until so many more were sent, or all who send have ended."""
    ends = [asyncio.create_task(process.wait()) for process in by]
    sent = asyncio.create_task(api.called("sendMessage", _sent(api) + many))
    over = asyncio.create_task(asyncio.wait(ends))
    both: set[asyncio.Task[object]] = {sent, over}
    await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
    for task in (sent, over, *ends):
        task.cancel()
    await asyncio.gather(sent, over, *ends, return_exceptions=True)


def _sent(api: BotApi) -> int:
    return sum(call.method == "sendMessage" for call in api.calls)


def most_in_flight(kills: int) -> int:
    """The most pushes of which nobody can know whether they arrived."""
    return kills * WAVE * LANES


if __name__ == "__main__":
    asyncio.run(send(sys.argv[1], Path(sys.argv[2]), sys.argv[3], float(sys.argv[4])))
