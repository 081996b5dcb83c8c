"""`python -m benchmarks.push`: planning, sending, and a tutor's turns meanwhile, with baselines.

`python -m benchmarks.push.crash` kills the sender; `python -m benchmarks.push.jobs` is the baseline
of a job a learner. Takes about five minutes.
"""

from __future__ import annotations

import asyncio
import sqlite3
import statistics
import sys
import tempfile
import time
import zlib
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path

from pydantic import SecretStr
from telegram import Bot
from telegram.constants import ParseMode
from telegram.request import HTTPXRequest

from adapters.markup import telegram_pages
from adapters.telegram.keyboard import keyboard
from adapters.telegram.platform import Telegram
from bot import storage
from bot.daily import AT_ONCE, PACES, WAVE, Daily
from bot.lessons.pushing import Pushing
from bot.lessons.quizzing import Quizzing
from bot.messages import Amendment, Chat, Command, Courier, Message, Reply
from bot.settings import Settings
from knowledge.exams.loading import load
from knowledge.library import Library
from tests import postgres
from tests.botapi import BotApi
from tests.chat import Letterbox
from tests.conftest import tutor
from tests.fakes import ScriptedExaminer
from tests.pushing import ended, enrol, sender, started

SENT = 2000  # questions
ROUNDS = 4
TURNS = 60
PROCESSES = 3
_TO_START = timedelta(seconds=40)  # for all processes to load what they need
_TAKEN = "SELECT EXTRACT(EPOCH FROM max(sent_at) - min(begun_at)) FROM pushes"
_A_SECOND = timedelta(seconds=1)
_SLOWLY = 10.0  # seconds of sending at Telegram's pace


async def main() -> None:
    """Measure and print everything."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for many, due in ((10_000, 100), (100_000, 1000), (1_000_000, 10_000), (100_000, 100_000)):
            await _planning(folder, many, due)
        library = await asyncio.to_thread(Library.load, Settings().content)
        server = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "benchmarks.push.answering"), stdout=asyncio.subprocess.PIPE
        )
        assert server.stdout is not None
        base_url = (await server.stdout.readline()).decode().strip()
        try:
            alone = await _sending(folder, library, base_url)
            await _side_by_side(base_url, alone)
        finally:
            server.kill()
            await server.wait()
    await _jobs()


async def _planning(folder: Path, many: int, due: int) -> None:
    file = folder / f"plan-{many}-{due}.db"
    url, now = f"sqlite+aiosqlite:///{file}", datetime.now(UTC)
    await storage.upgrade(url)
    await asyncio.to_thread(_fill, file, many, due, now)
    async with storage.opened(url) as records:
        begun = time.perf_counter()
        async with records() as transaction:
            planned = await transaction.pushes.plan(now)
            await transaction.commit()
        taken = time.perf_counter() - begun
    assert planned == due
    _say(f"plan {due:,} due of {many:,} learners", f"{taken * 1000:,.0f} ms")
    file.unlink()


def _fill(file: Path, many: int, due: int, now: datetime) -> None:
    """So many learners, of whom some are due and the others within the next month."""
    at = f"{now - _A_SECOND:%Y-%m-%d %H:%M:%S.%f}"
    with sqlite3.connect(file) as direct:
        direct.execute(
            "WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n WHERE id < ?) "
            "INSERT INTO learners (id, subject, level, timezone) "
            "SELECT id, 'biology', 'HL', 'UTC' FROM n",
            (many,),
        )
        direct.execute(
            "INSERT INTO routines (learner, platform, room, person, minute, days, many, subjects, "
            "standing, unanswered, next_day, next_push_at) SELECT id, 'telegram', id, id, 600, "
            "'0123456', 1, '', 'on', 0, '2026-01-01', "
            "CASE WHEN id % ? = 0 THEN ? ELSE strftime('%Y-%m-%d %H:%M:%S.000000', ?, "
            "'+' || (id % 43200 + 1) || ' minutes') END FROM learners",
            (many // due, at, at),
        )
    direct.close()


async def _sending(folder: Path, library: Library, base_url: str) -> float:
    """The library alone, then ours; then at Telegram's pace; then turns beside it.

    Returns how many of ours were sent a second.
    """
    url = f"sqlite+aiosqlite:///{folder / 'sending.db'}"
    async with storage.opened(url) as records, _telegram(base_url) as telegram:
        await enrol(records, _chats("w", WAVE), datetime.now(UTC))
        daily = sender(records, library, timedelta(0))
        example = Example()
        await daily.tick(datetime.now(UTC), [example])  # what is read once is read by now
        assert example.reply is not None
        alone, ours = 0.0, 0.0
        for turn in range(ROUNDS):  # by turns: the machine may have other work
            alone += await _alone(base_url, example.reply)
            await enrol(records, _chats(f"drain {turn}", SENT // ROUNDS), datetime.now(UTC))
            begun = time.perf_counter()
            while not await daily.tick(datetime.now(UTC), [telegram]):
                pass
            ours += time.perf_counter() - begun
        _say("python-telegram-bot alone", f"{SENT / alone:,.0f} a second")
        _say("ours, composed, fenced and kept", f"{SENT / ours:,.0f} a second ({alone / ours:.0%})")
        await _slowly(records, library, telegram)
        await _beside(records, library, telegram)
        return SENT / ours


async def _side_by_side(base_url: str, alone: float) -> None:
    """Three processes on one Postgres, and how much of the machine was busy meanwhile."""
    if why := postgres.missing():
        _say("three processes on Postgres", f"not measured: {why}")
        return
    with postgres.running() as server:
        url = await server.fresh()
        async with storage.opened(url) as records:
            await enrol(records, _chats("postgres", SENT), datetime.now(UTC))
        begin = datetime.now(UTC) + _TO_START
        workers = [started(url, Settings().content, base_url, 0, begin) for _ in range(PROCESSES)]
        await asyncio.sleep(_TO_START.total_seconds())
        before = _cores()
        for worker in workers:
            await ended(worker)
        busy = _busy(before, _cores())
        [(seconds,)] = await postgres.execute(url, _TAKEN)
    rate = SENT / float(str(seconds))
    _say(
        f"{PROCESSES} processes on Postgres",
        f"{rate:,.0f} a second ({rate / alone:.1f} of one on SQLite), {busy:.0%} of the cores busy",
    )


def _cores() -> tuple[int, int]:
    """The processor time of all cores since the machine started: in all, and idle."""
    with Path("/proc/stat").open() as file:
        times = [int(ticks) for ticks in file.readline().split()[1:]]
    return sum(times), times[3] + times[4]


def _busy(before: tuple[int, int], after: tuple[int, int]) -> float:
    return 1 - (after[1] - before[1]) / max(1, after[0] - before[0])


class Example:
    """A courier that keeps one of the questions."""

    platform = "telegram"
    reply: Reply | None = None

    async def deliver(self, chat: Chat, reply: Reply) -> str:
        """Keep it."""
        self.reply = reply
        return ""

    async def amend(self, chat: Chat, amendment: Amendment) -> bool:
        """It keeps questions only."""
        return False

    async def thinking(self, chat: Chat) -> None:
        """Nobody watches."""

    async def in_charge(self, chat: Chat) -> bool:
        """Nobody asks."""
        return False


async def _alone(base_url: str, example: Reply) -> float:
    """Seconds in which the platform's library sends ready pages, as many at once as we do."""
    page, buttons = telegram_pages(example.text)[-1], keyboard(example.choices)
    request = HTTPXRequest(connection_pool_size=64, pool_timeout=60)
    bot = Bot(BotApi.token, base_url=f"{base_url}/bot", request=request)
    at_once = asyncio.Semaphore(AT_ONCE)

    async def send(chat: int) -> None:
        async with at_once:
            await bot.send_message(chat, page, ParseMode.HTML, reply_markup=buttons)

    async with bot:
        await asyncio.gather(*(send(chat) for chat in range(1, WAVE)))
        begun = time.perf_counter()
        await asyncio.gather(*(send(chat) for chat in range(1, SENT // ROUNDS + 1)))
        return time.perf_counter() - begun


async def _slowly(records: storage.Database, library: Library, telegram: Courier) -> None:
    """The processor time of sending at Telegram's pace."""
    pace = PACES["telegram"]
    await enrol(records, _chats("b", int(pace * _SLOWLY)), datetime.now(UTC))
    daily = _paced(records, library, PACES)
    begun, used, wait = time.perf_counter(), time.process_time(), 0.0
    while time.perf_counter() - begun < _SLOWLY:
        await asyncio.sleep(min(wait, 1))
        wait = await daily.tick(datetime.now(UTC), [telegram])
    share = (time.process_time() - used) / (time.perf_counter() - begun)
    _say(f"one core, sending {pace:.0f} a second", f"{share:.0%}")


def _paced(records: storage.Database, library: Library, paces: Mapping[str, float]) -> Daily:
    desk = tutor(library, load(), records, lambda: datetime.now(UTC))
    quizzing = Quizzing(library, ScriptedExaminer(["p1"]), records)
    pushing = Pushing(library, quizzing, records)
    return Daily(records, desk, pushing, lambda: datetime.now(UTC), paces)


async def _beside(records: storage.Database, library: Library, telegram: Courier) -> None:
    """How long /quiz takes while nothing is sent, at Telegram's pace, and at full speed."""
    desk = tutor(library, load(), records, lambda: datetime.now(UTC))
    async with desk.serving([Letterbox()]):
        idle = await _turns(desk.receive, desk.settled, "idle")
        _told("a turn (/quiz), nothing being sent", idle)
        for title, paces in (("at Telegram's pace", PACES), ("at full speed", {})):
            await enrol(records, _chats(title, SENT), datetime.now(UTC))
            daily = _paced(records, library, paces)
            async with daily.serving([telegram]):
                _told(
                    f"a turn, questions sent {title}",
                    await _turns(desk.receive, desk.settled, title),
                )


async def _turns(receive: object, settled: object, name: str) -> list[float]:
    assert callable(receive)
    assert callable(settled)
    chat, taken = Chat("test", name, name), []
    await receive(Message(chat, Command("subject", "biology"), f"{name}-subject"))
    await settled(chat)
    for at in range(TURNS):
        begun = time.perf_counter()
        await receive(Message(chat, Command("quiz"), f"{name}-{at}"))
        await settled(chat)
        taken.append(time.perf_counter() - begun)
        await asyncio.sleep(0.02)
    return taken


@asynccontextmanager
async def _telegram(base_url: str) -> AsyncIterator[Telegram]:
    async def nobody(_: Message) -> None:
        """No learner writes."""

    telegram = Telegram(SecretStr(BotApi.token), nobody, base_url=base_url, hears=False)
    serving = asyncio.create_task(telegram.run())
    await asyncio.sleep(1)
    try:
        yield telegram
    finally:
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)


def _chats(name: str, many: int) -> list[Chat]:
    """Private chats of their own for each name."""
    first = zlib.crc32(name.encode()) * 10_000
    return [Chat("telegram", str(first + at), str(first + at)) for at in range(many)]


async def _jobs() -> None:
    if find_spec("apscheduler") is None:
        _say("a job a learner (baseline)", "not measured: APScheduler is not installed")
        return
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-W", "ignore", "-m", "benchmarks.push.jobs"),
        stdout=asyncio.subprocess.PIPE,
    )
    said, _ = await process.communicate()
    seconds, megabytes = said.decode().split()
    _say("100,000 jobs in JobQueue (baseline)", f"{seconds} s to start, {megabytes} MB")


def _told(title: str, seconds: list[float]) -> None:
    ordered = sorted(seconds)
    high = ordered[int(len(ordered) * 0.95)]
    _say(title, f"p50 {statistics.median(ordered) * 1000:.0f} ms, p95 {high * 1000:.0f} ms")


def _say(what: str, result: str) -> None:
    sys.stdout.write(f"{what:44}{result}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main())
