"""The outbox of those who are written to unasked: planned, leased, sent once.

`tick` is the step that tests take: the time is passed in. It plans what is due, and sends a few
waves of it on each platform. A wave's turns are its own while it is composed and sent, as they are
for whoever writes. Just before the platform is called, the push is marked as *sending*: should the
process die then, nobody sends it again, and its learner is offered it when they next write.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import math
import secrets
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import AsyncExitStack
from datetime import datetime, timedelta

from bot.desk import Desk
from bot.lessons.pushing import Pushing, broadcast
from bot.messages import Courier, Delayed, Reply, Undeliverable, Unreachable
from bot.ports import Clock, Transactions
from bot.pushes import Drop, Later, Outcome, Prospect, Push, Send
from bot.speech import speaking

_log = logging.getLogger(__name__)
WAVE = 32  # pushes that are put together, fenced and sent together
MOST_AT_A_CRASH = 2 * WAVE  # that are sending: a wave, and slow calls of the last
AT_ONCE = 8  # calls of a wave that are under way together
LEASE = timedelta(minutes=5)
LOOKED_EVERY = 5.0  # seconds between looks at who is due
A_MOMENT = 0.5  # seconds: what takes longer to send no longer holds up others
FAREWELL = 30.0  # seconds that a wave may take to end when the process is stopped
_BUSY = timedelta(minutes=1)  # before a chat with a turn under way is tried again
_BROKEN = timedelta(minutes=10)
_MOST_TRIES = 20
PACES: Mapping[str, float] = {  # a second; of one bot Telegram takes thirty, Discord fifty requests
    "telegram": 25.0,
    "discord": 20.0,  # opening the direct messages is a request, too
}


class Daily:
    """Sends what is due, on the platforms that it serves."""

    def __init__(
        self,
        records: Transactions,
        desk: Desk,
        pushing: Pushing,
        clock: Clock,
        paces: Mapping[str, float] = PACES,
    ) -> None:
        self._records = records
        self._desk = desk
        self._pushing = pushing
        self._clock = clock
        self._paces = paces
        self._stopping = asyncio.Event()
        self._slow: dict[str, asyncio.Task[None]] = {}  # the rest of a platform's last wave

    @contextlib.asynccontextmanager
    async def serving(self, couriers: Iterable[Courier]) -> AsyncIterator[None]:
        """Send what is due until left. What is on its way then is waited for a while."""
        self._stopping.clear()
        running = asyncio.create_task(self._run(tuple(couriers)), name="daily")
        try:
            yield
        finally:
            self._stopping.set()
            await asyncio.wait([running, *self._slow.values()], timeout=FAREWELL)
            left = [running, *self._slow.values()]
            for task in left:
                task.cancel()
            await asyncio.gather(*left, return_exceptions=True)

    async def _run(self, couriers: Sequence[Courier]) -> None:
        while not self._stopping.is_set():
            try:
                wait = await self.tick(self._clock(), couriers)
            except Exception:  # noqa: BLE001  the outermost edge: looking goes on
                _log.exception("what is due could not be sent")
                wait = LOOKED_EVERY
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), max(wait, 0.001))

    async def tick(self, now: datetime, couriers: Sequence[Courier]) -> float:
        """Plan what is due by now, and send a wave of it on each platform.

        Returns after how many seconds there may be more to do.
        """
        async with self._records() as records:
            await records.pushes.plan(now)
            await records.commit()
        waits = await asyncio.gather(*(self._wave(courier, now) for courier in couriers))
        return min(waits, default=LOOKED_EVERY)

    async def _wave(self, courier: Courier, now: datetime) -> float:
        """Send what may be sent; the seconds until there may be more."""
        async with self._records() as records:
            free_at = await records.pushes.free_at(courier.platform)
            if free_at is not None and free_at > now:
                return (free_at - now).total_seconds()
            pushes = await records.pushes.lease(courier.platform, now, WAVE, now + LEASE)
            pace = self._paces.get(courier.platform, 0.0)
            if pushes and pace:
                taken = timedelta(seconds=len(pushes) / pace)
                await records.pushes.reserve(courier.platform, now + taken)
            await records.commit()
        if not pushes:
            return LOOKED_EVERY
        await self._ended(courier.platform)
        mostly_done = asyncio.Event()
        work = asyncio.create_task(self._sent(courier, pushes, now, mostly_done))
        work.add_done_callback(lambda _: mostly_done.set())
        self._slow[courier.platform] = work
        await mostly_done.wait()
        if work.done():
            await self._ended(courier.platform)
        return 0.0

    async def settled(self) -> None:
        """Wait until every call that is under way has ended."""
        for platform in tuple(self._slow):
            await self._ended(platform)

    async def _ended(self, platform: str) -> None:
        """Wait for the end of a platform's last wave. A failure is logged: its leases run out."""
        work = self._slow.get(platform)
        if work is None:
            return
        await asyncio.wait([work])
        self._slow.pop(platform, None)
        if not work.cancelled() and (problem := work.exception()):
            _log.error("a wave could not be sent", exc_info=problem)

    async def _sent(
        self, courier: Courier, pushes: Sequence[Push], now: datetime, mostly_done: asyncio.Event
    ) -> None:
        """Put a wave together, fence and send it; `mostly_done`: only slow calls are left."""
        async with AsyncExitStack() as stack:
            enter = stack.enter_async_context
            turns = {push.id: await enter(AsyncExitStack()) for push in pushes}
            outcomes = await self._composed(pushes, turns, now)
            async with self._records() as records:
                mine = await records.pushes.fence(outcomes, now)
                await records.commit()
            sends = [one for one in outcomes if isinstance(one, Send) and one.push.id in mine]
            for push in pushes:
                if push.id not in mine:
                    await turns[push.id].aclose()
            await self._send(courier, sends, turns, mostly_done)

    async def _composed(
        self, pushes: Sequence[Push], turns: Mapping[int, AsyncExitStack], now: datetime
    ) -> list[Outcome]:
        """What is to become of each, its chat's turn being taken if nobody has it."""
        free = {
            push.id: await turns[push.id].enter_async_context(self._desk.unasked(push.chat))
            for push in pushes
        }
        occasions = {push.occasion for push in pushes}
        async with self._records() as records:
            known = await records.pushes.prospects([push.learner for push in pushes], now)
            said = {each: await records.pushes.broadcast(each) for each in occasions}
        outcomes: list[Outcome] = []
        for push in pushes:
            await asyncio.sleep(0)  # learners who are here come in between
            if free[push.id]:
                it = await self._outcome(push, known.get(push.learner), said[push.occasion], now)
                outcomes.append(it)
            else:
                outcomes.append(Later(push, now + _BUSY))
        return outcomes

    async def _outcome(
        self, push: Push, known: Prospect | None, said: Reply | None, now: datetime
    ) -> Outcome:
        if known is None:
            return Drop(push, "the learner is gone")
        if said is not None:
            return broadcast(push, said, known, now)
        try:
            with speaking(known.learner.language or "en"):
                return await self._pushing.compose(push, known, now)
        except Exception:  # noqa: BLE001  one learner's bug is no other's
            reference = secrets.token_hex(3)
            _log.exception("push %s could not be composed, reference %s", push.id, reference)
            if push.tries >= _MOST_TRIES:
                return Drop(push, f"could not be composed ({reference})", known.routine)
            return Later(push, now + _BROKEN)

    async def _send(
        self,
        courier: Courier,
        sends: Sequence[Send],
        turns: Mapping[int, AsyncExitStack],
        mostly_done: asyncio.Event,
    ) -> None:
        """Call the platform for each at its pace, and keep what came of them, many at a time."""
        pace, at_once = self._paces.get(courier.platform, 0.0), asyncio.Semaphore(AT_ONCE)
        apart = 1 / pace if pace else 0.0  # seconds

        async def deliver(send: Send, after: float) -> None:
            await asyncio.sleep(after)
            async with at_once:
                with speaking(send.reply.language):
                    await courier.deliver(send.push.chat, send.reply)

        calls = {
            asyncio.create_task(deliver(send, apart * at)): send for at, send in enumerate(sends)
        }
        left, looks = set(calls), math.ceil(apart * len(sends) / A_MOMENT) + 1
        while left:
            done, left = await asyncio.wait(left, timeout=A_MOMENT)
            looks -= 1
            if looks <= 0:
                mostly_done.set()
            if done:
                await self._settled(courier, {calls[task]: task.exception() for task in done})
            for task in done:
                await turns[calls[task].push.id].aclose()

    async def _settled(
        self, courier: Courier, results: Mapping[Send, BaseException | None]
    ) -> None:
        """Keep what came of these calls. What may have arrived is left as it is: uncertain."""
        now = self._clock()
        async with self._records() as records:
            kept = records.pushes
            await kept.arrived([send for send, problem in results.items() if problem is None], now)
            for send, problem in results.items():
                match problem:
                    case None:
                        pass
                    case Unreachable():
                        await kept.unreachable(send.push, now)
                    case Undeliverable():
                        reference = secrets.token_hex(3)
                        _log.error("push %s was refused, reference %s", send.push.id, reference)
                        await kept.refused(send.push, f"refused ({reference})", now)
                    case Delayed(seconds=seconds):
                        until = now + timedelta(seconds=seconds)
                        await kept.put_off(send.push, until)
                        await kept.reserve(courier.platform, until)
                    case _:
                        _log.warning("push %s may have arrived: %r", send.push.id, problem)
            await records.commit()
