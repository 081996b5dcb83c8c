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
import secrets
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import AsyncExitStack
from datetime import datetime, timedelta

from bot.desk import Desk
from bot.lessons.pushing import Pushing
from bot.messages import Courier, Delayed, Reply, Undeliverable, Unreachable
from bot.ports import Clock, Transactions
from bot.pushes import Drop, Later, Outcome, Prospect, Push, Send

_log = logging.getLogger(__name__)
WAVE = 16  # pushes that are sent together
LANES = 2  # waves at a time on a platform: one is put together while another is sent
AT_ONCE = 4  # calls of a wave that are under way together
LEASE = timedelta(minutes=5)
LOOKED_EVERY = 5.0  # seconds between looks at who is due
A_MOMENT = 0.5  # seconds: what takes longer to send no longer holds up the rest of its wave
FAREWELL = 30.0  # seconds that a wave may take to end when the process is stopped
_BUSY = timedelta(minutes=1)  # before a chat with a turn under way is tried again
_BROKEN = timedelta(minutes=10)
_MOST_TRIES = 20
PACES: Mapping[str, float] = {"telegram": 25.0}  # a second; Telegram takes thirty of one bot


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

    @contextlib.asynccontextmanager
    async def serving(self, couriers: Iterable[Courier]) -> AsyncIterator[None]:
        """Send what is due until left. What is on its way then is waited for a while."""
        self._stopping.clear()
        running = asyncio.create_task(self._run(tuple(couriers)), name="daily")
        try:
            yield
        finally:
            self._stopping.set()
            _, late = await asyncio.wait([running], timeout=FAREWELL)
            for task in late:
                task.cancel()
            await asyncio.gather(running, return_exceptions=True)

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
        """Plan what is due by now, and send a few waves of it on each platform.

        Returns after how many seconds there may be more to do.
        """
        async with self._records() as records:
            await records.pushes.plan(now)
            await records.commit()
        lanes = [courier for courier in couriers for _ in range(LANES)]
        waits = await asyncio.gather(*(self._wave(courier, now) for courier in lanes))
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
        async with AsyncExitStack() as stack:
            turns = {push.id: await stack.enter_async_context(AsyncExitStack()) for push in pushes}
            outcomes = await self._composed(pushes, turns, now)
            async with self._records() as records:
                mine = await records.pushes.fence(outcomes, now)
                await records.commit()
            sends = [one for one in outcomes if isinstance(one, Send) and one.push.id in mine]
            for push in pushes:
                if push.id not in mine:
                    await turns[push.id].aclose()
            await self._send(courier, sends, turns)
        return 0.0

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
        return [
            await self._outcome(push, known.get(push.learner), said[push.occasion], now)
            if free[push.id]
            else Later(push, now + _BUSY)
            for push in pushes
        ]

    async def _outcome(
        self, push: Push, known: Prospect | None, said: Reply | None, now: datetime
    ) -> Outcome:
        if said is not None:
            return Send(push, said)
        if known is None:
            return Drop(push, "the learner is gone")
        try:
            return await self._pushing.compose(push, known, now)
        except Exception:  # noqa: BLE001  one learner's bug is no other's
            reference = secrets.token_hex(3)
            _log.exception("push %s could not be composed, reference %s", push.id, reference)
            if push.tries >= _MOST_TRIES:
                return Drop(push, f"could not be composed ({reference})", known.routine)
            return Later(push, now + _BROKEN)

    async def _send(
        self, courier: Courier, sends: Sequence[Send], turns: Mapping[int, AsyncExitStack]
    ) -> None:
        """Call the platform for each, and keep what came of it as it comes in."""
        at_once = asyncio.Semaphore(AT_ONCE)

        async def deliver(send: Send) -> None:
            async with at_once:
                await courier.deliver(send.push.chat, send.reply)

        calls = {asyncio.create_task(deliver(send)): send for send in sends}
        left, enough = set(calls), asyncio.ALL_COMPLETED
        while left:
            done, left = await asyncio.wait(left, timeout=A_MOMENT, return_when=enough)
            enough = asyncio.FIRST_COMPLETED
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
