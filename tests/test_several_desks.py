"""Several desks on one Postgres: a chat's turns stay one after the other, whoever plays them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass

import pytest

from bot import storage
from bot.desk import Desk
from bot.marking import Script, Verdict
from bot.messages import Chat, Command, Content, Message, Words
from bot.storage import Database
from knowledge.exams.facts import Exams
from knowledge.library import Library
from tests.chat import Letterbox
from tests.conftest import tutor
from tests.fakes import FixedClock, awarding
from tests.postgres import Postgres

ANSWER = "an answer of several words"
CHATS = [Chat("test", f"room {number}", f"person {number}") for number in range(12)]


class Slow:
    """An examiner that lets everybody else go first, or hangs as a process does before it dies."""

    name = "slow"

    def __init__(self) -> None:
        self.marked: list[str] = []
        self.hangs = False
        self.hanging = asyncio.Event()

    async def mark(self, script: Script) -> Verdict:
        """The first point, after a while; nothing, the one time that it hangs."""
        if self.hangs:
            self.hangs = False
            self.hanging.set()
            await asyncio.Event().wait()
        for _ in range(5):
            await asyncio.sleep(0)
        self.marked.append(script.answer)
        return awarding(script, ["p1"])


@dataclass
class Site:
    """Some processes of one installation, in one process; what they deliver, and their database."""

    desks: list[Desk]
    serving: list[AsyncExitStack]
    box: Letterbox
    clock: FixedClock
    examiner: Slow
    database: Database

    def texts(self, chat: Chat) -> list[str]:
        """What a chat has read, by first lines."""
        return [reply.text.splitlines()[0] for reply in self.box.delivered.get(chat, [])]

    async def settled(self, chat: Chat) -> None:
        """Wait until no desk is at a chat."""
        for desk in self.desks:
            await desk.settled(chat)


@pytest.fixture
async def site(postgres: Postgres, library: Library, exams: Exams) -> AsyncIterator[Site]:
    """Three desks, each with connections of its own."""
    url = await postgres.fresh()
    clock, box, examiner = FixedClock(), Letterbox(), Slow()
    desks, serving, opened = [], [], []
    async with AsyncExitStack() as all:
        for _ in range(3):
            stack = await all.enter_async_context(AsyncExitStack())
            database = await stack.enter_async_context(storage.opened(url))
            desk = tutor(library, exams, database, clock, examiner)
            await stack.enter_async_context(desk.serving([box]))
            desks.append(desk)
            serving.append(stack)
            opened.append(database)
        yield Site(desks, serving, box, clock, examiner, opened[1])


def told(chat: Chat, number: int, content: Content) -> Message:
    """One thing that a chat says."""
    return Message(chat, content, f"{chat.room}/{number}")


SAID: list[Content] = [
    Command("subject", "biology"),
    Command("quiz", "osmosis"),
    Words(ANSWER),
    Command("note", "osmosis"),
    Command("progress"),
]


async def talk(site: Site, chat: Chat, start: int) -> None:
    """Say everything at once, each to another desk, as a proxy spreads what a platform posts."""
    for number, content in enumerate(SAID):
        desk = site.desks[(start + number) % len(site.desks)]
        await desk.receive(told(chat, number, content))


async def test_what_is_spread_over_desks_is_answered_once_and_in_order(site: Site) -> None:
    await asyncio.gather(*(talk(site, chat, at) for at, chat in enumerate(CHATS)))
    for chat in CHATS:
        await site.settled(chat)

    first, *others = [site.texts(chat) for chat in CHATS]

    assert len(first) == len(SAID)
    assert all(texts == first for texts in others)
    assert site.examiner.marked == [ANSWER] * len(CHATS)


async def test_a_message_that_is_posted_to_two_desks_is_answered_once(site: Site) -> None:
    start = told(CHATS[0], 0, Command("start"))

    await asyncio.gather(*(desk.receive(start) for desk in site.desks))
    await site.settled(CHATS[0])

    assert len(site.texts(CHATS[0])) == 1


async def hang(site: Site, chat: Chat) -> None:
    """Have the first desk hang in the middle of a turn."""
    for number, content in enumerate(SAID[:2]):
        await site.desks[0].receive(told(chat, number, content))
    await site.settled(chat)
    site.examiner.hangs = True
    await site.desks[0].receive(told(chat, 2, SAID[2]))
    await asyncio.wait_for(site.examiner.hanging.wait(), 10)


async def test_what_a_dead_process_left_is_answered_before_what_came_since(site: Site) -> None:
    ada = CHATS[0]
    await hang(site, ada)
    await site.desks[1].receive(told(ada, 3, SAID[3]))
    meanwhile = len(site.texts(ada))

    await site.serving[0].aclose()
    await site.desks[1].settled(ada)

    assert meanwhile == 2
    assert site.texts(ada)[2].startswith("**1/")
    assert "Osmosis" in site.texts(ada)[3]
    assert site.examiner.marked == [ANSWER]


async def test_what_a_dead_process_left_is_looked_after_when_nothing_else_is_said(
    site: Site,
) -> None:
    ada, alive = CHATS[0], site.desks[1]
    await hang(site, ada)
    await site.serving[0].aclose()

    await alive.post()
    await alive.settled(ada)
    too_soon = len(site.texts(ada))
    site.clock.advance(minutes=1)
    await alive.post()
    await alive.settled(ada)

    assert (too_soon, len(site.texts(ada))) == (2, 3)


async def test_nobody_takes_a_chat_from_a_process_that_is_still_at_it(site: Site) -> None:
    ada = CHATS[0]
    await hang(site, ada)

    site.clock.advance(minutes=60)
    await site.desks[1].post()
    await site.desks[1].settled(ada)

    assert len(site.texts(ada)) == 2
    assert site.examiner.marked == []


async def test_a_message_at_which_processes_die_is_not_played_for_ever(site: Site) -> None:
    ada = CHATS[0]
    async with site.database() as records:
        await records.receive(told(ada, 0, Command("start")), site.clock())
        for _ in range(5):
            await records.take_up(told(ada, 0, Command("start")), site.clock())
        await records.commit()

    site.clock.advance(minutes=60)
    await site.desks[1].post()
    await site.desks[1].settled(ada)

    [said] = site.texts(ada)
    assert "broke" in said
