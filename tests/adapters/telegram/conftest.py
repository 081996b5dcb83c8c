"""A tutor on an emulated Telegram, and a group that it is in."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass

import pytest
from pydantic import SecretStr

from adapters.patience import Patience
from adapters.telegram import Telegram
from bot.desk import Desk
from bot.marking import Examiner
from bot.messages import Chat
from bot.offers import Offers
from bot.storage import Database
from knowledge.exams.facts import Exams
from knowledge.library import Library
from tests.botapi import TOKEN, BotApi, Group, Person
from tests.conftest import tutor
from tests.fakes import FixedClock
from tests.platforms import running


@dataclass
class Classroom:
    """A running tutor on Telegram, and the group that it is in."""

    api: BotApi
    desk: Desk
    clock: FixedClock
    group: Group

    def people(self, *names: str) -> list[Person]:
        """Members of the group."""
        return [self.api.person(name) for name in names]

    async def settled(self, person: Person) -> None:
        """Wait until all was answered that somebody said in private."""
        await self.desk.settled(Chat("telegram", str(person.id), str(person.id)))

    async def passes(self) -> None:
        """What is due by now is done."""
        await self.desk.tick()
        await self.desk.settled(Chat("telegram", str(self.group.room.id), ""))

    async def over(self) -> None:
        """The time of a round passes."""
        self.clock.advance(minutes=2)
        await self.passes()


Opened = Callable[..., AbstractAsyncContextManager[Classroom]]


@pytest.fixture
async def opened(library: Library, exams: Exams, records: Database) -> AsyncIterator[Opened]:
    """Opens a tutor on Telegram; opened again, it is the same after a restart."""
    clock = FixedClock()
    async with BotApi() as api:
        group = api.group("Biology")

        @asynccontextmanager
        async def open(
            examiner: Examiner | None = None, allowed: tuple[str, ...] = ()
        ) -> AsyncIterator[Classroom]:
            desk = tutor(library, exams, records, clock, examiner, allowed=allowed)
            patience = Patience(pause=lambda _: asyncio.sleep(0))
            platform = Telegram(
                SecretStr(TOKEN),
                desk.receive,
                share=Offers(library, records).offer,
                base_url=api.base_url,
                patience=patience,
            )
            async with desk.serving([platform]), running(platform):
                yield Classroom(api, desk, clock, group)

        yield open
