"""Between the platforms and the tutor: nothing that was acknowledged is lost or overtakes.

Each message is stored before its platform may acknowledge it; the turn that answers it puts the
replies in the outbox; each is sent, and then ticked off. Whatever a crash leaves unanswered or
unsent is taken up at the next start, or by another process before that. Only a reply in flight at
the crash may arrive twice.

Whichever process has a chat's turnstile answers all that this chat has said, oldest first.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from datetime import datetime, timedelta
from functools import partial
from weakref import WeakValueDictionary

from bot.couriers import Couriers
from bot.door import Door
from bot.messages import Chat, Courier, Delayed, Message, NotServed, Undeliverable, Unreachable
from bot.ports import Clock, Letter, Transactions, Turnstile
from bot.speech import speaking

_log = logging.getLogger(__name__)
_SIGN_EVERY = 4.0  # seconds: Telegram's typing sign fades after five
_SWEEP_EVERY = 2.0  # seconds between looks at what was put off
_SHORTEST_PAUSE, _LONGEST_PAUSE = 0.05, 0.5  # seconds between two tries at a chat another has
_LONGEST_WAIT = 600.0  # seconds between two tries at a letter
_MOST_TRIES = 200  # more than a day of them

Respond = Callable[[Message], Awaitable[None]]
Chore = Callable[[datetime], Awaitable[None]]
"""Does what is due by then, as the database has it, and does it once."""


class Desk:
    """Takes messages in, has them answered one at a time per chat, and sends the replies."""

    def __init__(  # noqa: PLR0913, PLR0917  the last three are named where they are used
        self,
        records: Transactions,
        respond: Respond,
        clock: Clock,
        turnstile: Turnstile,
        couriers: Couriers | None = None,
        chores: Sequence[Chore] = (),
        door: Door | None = None,
    ) -> None:
        self._records = records
        self._turnstile = turnstile
        self._respond = respond
        self._clock = clock
        self._couriers = couriers or Couriers()
        self._chores = chores
        self._door = door or Door()
        self._turns: WeakValueDictionary[Chat, asyncio.Lock] = WeakValueDictionary()
        self._tasks: dict[asyncio.Task[None], Chat] = {}

    async def receive(self, message: Message) -> None:
        """Store a message, so that it may be acknowledged; it is then answered in its turn.

        Raises NotServed for one that came from a room that is not served, which is told so once.
        """
        if not self._door.admits(message):
            await self._turn_away(message)
            return
        async with self._records() as records:
            new = await records.receive(message, self._clock())
            await records.commit()
        if new:
            self._begin(message.chat, patient=True)

    async def _turn_away(self, message: Message) -> None:
        async with self._records() as records:
            first = await records.rounds.turned_away(message.chat, self._clock())
            if first:
                await records.write(message.chat, self._door.reply, self._clock())
            await records.commit()
        if not first:
            raise NotServed(self._door.reply.text)
        self._begin(message.chat, patient=True)

    async def settled(self, chat: Chat) -> None:
        """Wait until everything this chat has said was answered, and the replies tried."""
        while running := [task for task, of in self._tasks.items() if of == chat]:
            await asyncio.wait(running)

    @contextlib.asynccontextmanager
    async def unasked(self, chat: Chat) -> AsyncIterator[bool]:
        """A turn for who speaks without having been spoken to; False while another is under way."""
        if chat in self._turns and self._turns[chat].locked():
            yield False
            return
        async with self._alone(chat, patient=False) as entered:
            yield entered

    @contextlib.asynccontextmanager
    async def serving(self, couriers: Iterable[Courier]) -> AsyncIterator[None]:
        """Serve these platforms: first what was left over, then whatever comes, until left."""
        self._couriers.serve(couriers)
        await self._look_after(None)
        sweeping = asyncio.create_task(self._sweep(), name="what is due")
        try:
            yield
        finally:
            sweeping.cancel()
            for task in self._tasks:  # what they were at is stored, and taken up at the next start
                task.cancel()
            await asyncio.gather(sweeping, *self._tasks, return_exceptions=True)

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(_SWEEP_EVERY)
            for due in (*self._due(), self.post):
                try:
                    await due()
                except Exception:  # noqa: BLE001  the outermost edge: looking goes on
                    _log.exception("what is due could not be looked up")

    def _due(self) -> list[Callable[[], Awaitable[None]]]:
        return [partial(chore, self._clock()) for chore in self._chores]

    async def tick(self) -> None:
        """Do what is due now, and try the letters that come of it."""
        for due in (*self._due(), self.post):
            await due()

    async def post(self) -> None:
        """Try every letter that may be tried now, and answer whom no process answers."""
        await self._look_after(self._clock())

    async def _look_after(self, late: datetime | None) -> None:
        """Begin with all chats that nobody here is at; of messages, only those late by then."""
        for platform in self._couriers.platforms:
            async with self._records() as records:
                asking = await records.asking(platform, late)
                expecting = await records.expecting(platform, self._clock())
            busy = set(self._tasks.values())
            for chat in dict.fromkeys((*asking, *expecting)):
                if chat not in busy:
                    self._begin(chat, patient=False)

    def _begin(self, chat: Chat, *, patient: bool) -> None:
        task = asyncio.ensure_future(self._attend(chat, patient=patient))
        self._tasks[task] = chat
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.pop(task, None)
        if not task.cancelled() and (problem := task.exception()):
            _log.error("a chat's turn ended early", exc_info=problem)

    async def _attend(self, chat: Chat, *, patient: bool) -> None:
        """Answer all that the chat has said, and send what waits for it."""
        async with self._alone(chat, patient=patient) as entered:
            if not entered:
                return
            async with self._records() as records:
                said = await records.unanswered(chat.platform, chat)
            for message in said:
                async with self._sign(chat):
                    await self._respond(message)
                await self._deliver(chat)
            if not said:
                await self._deliver(chat)

    @contextlib.asynccontextmanager
    async def _alone(self, chat: Chat, *, patient: bool) -> AsyncIterator[bool]:
        """The chat for this task alone, of all processes; False if another has it.

        Who is patient waits for it: what was said must not be left to a process that may have
        looked before it was stored.
        """
        async with self._turns.setdefault(chat, asyncio.Lock()):
            pause = _SHORTEST_PAUSE
            while not (entered := await self._turnstile.enter(chat)) and patient:
                await asyncio.sleep(pause)
                pause = min(2 * pause, _LONGEST_PAUSE)
            try:
                yield entered
            finally:
                if entered:
                    await self._turnstile.leave(chat)

    @contextlib.asynccontextmanager
    async def _sign(self, chat: Chat) -> AsyncIterator[None]:
        courier = self._couriers.at(chat.platform)
        showing = asyncio.create_task(_thinking(courier, chat)) if courier else None
        try:
            yield
        finally:
            if showing is not None:
                showing.cancel()
                with contextlib.suppress(asyncio.CancelledError, Exception):
                    await showing

    async def _deliver(self, chat: Chat) -> None:
        """Send this chat's letters in order, up to the first that has to wait."""
        courier = self._couriers.at(chat.platform)
        if courier is None:
            return
        async with self._records() as records:
            letters = await records.unsent(chat.platform, self._clock(), chat)
        for letter in letters:
            if not await self._delivered(courier, letter):
                return

    async def _delivered(self, courier: Courier, letter: Letter) -> bool:
        """Whether the next letter may be tried."""
        try:
            with speaking(letter.reply.language):
                post = await _sent(courier, letter)
        except Unreachable:
            return await self._give_up(letter, "the learner cannot be reached")
        except Undeliverable:
            reference = secrets.token_hex(3)
            _log.exception("letter %s was refused, reference %s", letter.id, reference)
            return await self._give_up(letter, f"refused by the platform ({reference})")
        except Delayed as wait:
            return await self._put_off(letter, wait.seconds)
        except Exception:  # noqa: BLE001  a platform's library raises anything: try again
            _log.warning("letter %s was not sent, and is tried again", letter.id, exc_info=True)
            if letter.tries >= _MOST_TRIES:
                return await self._give_up(letter, "tried too often")
            return await self._put_off(letter, min(2.0**letter.tries, _LONGEST_WAIT))
        async with self._records() as records:
            await records.sent(letter.id, self._clock(), post)
            await records.commit()
        return True

    async def _give_up(self, letter: Letter, why: str) -> bool:
        async with self._records() as records:
            await records.give_up(letter.id, why, self._clock())
            await records.commit()
        return True

    async def _put_off(self, letter: Letter, seconds: float) -> bool:
        async with self._records() as records:
            await records.put_off(letter.id, self._clock() + timedelta(seconds=seconds))
            await records.commit()
        return False


async def _sent(courier: Courier, letter: Letter) -> str:
    """Amend the message that a letter would change, else send it if it has words of its own.

    Returns the platform's name for the message, '' for none. Raises what the courier does.
    """
    reply = letter.reply
    if reply.amendment:
        if await courier.amend(letter.chat, reply.amendment):
            return reply.amendment.post
        if not reply.text:
            return ""
    return await courier.deliver(letter.chat, reply)


async def _thinking(courier: Courier, chat: Chat) -> None:
    while True:
        await courier.thinking(chat)
        await asyncio.sleep(_SIGN_EVERY)
