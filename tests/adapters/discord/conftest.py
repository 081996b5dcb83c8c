"""A tutor on an emulated Discord: a server, a channel, and people who are in it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Collection
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass

import discord
import pytest
import simcord
from pydantic import SecretStr
from simcord import ChannelHandle, Env, GuildHandle, MemberActor

from adapters.discord import Discord, Shards
from adapters.patience import Patience
from bot.desk import Desk
from bot.marking import Examiner
from bot.messages import Chat, Receive
from bot.ports import Notes
from bot.storage import Database
from bot.suggestions import Suggestions
from knowledge.exams.facts import Exams
from knowledge.library import Library
from tests.conftest import tutor
from tests.fakes import FixedClock
from tests.silence import NoNotes

TOKEN = "MTE.secret.token"  # noqa: S105 - of no bot at all


async def at_once(seconds: float) -> None:
    """Time that passes at once."""


@dataclass
class World:
    """A running tutor on Discord, and where it is met."""

    env: Env
    clock: FixedClock
    desk: Desk
    platform: Discord
    make: Callable[[Examiner | None], tuple[Desk, Discord]]
    guild: GuildHandle
    room: ChannelHandle
    ada: MemberActor

    def person(self, name: str) -> MemberActor:
        """Somebody else in the server."""
        return self.guild.add_member(self.env.create_user(name))

    async def tries_again(self, chat: Chat) -> None:
        """What was put off is tried, a minute later."""
        self.clock.advance(minutes=1)
        await self.desk.post()
        await self.desk.settled(chat)

    @asynccontextmanager
    async def restarted(self, examiner: Examiner | None = None) -> AsyncIterator[None]:
        """Another process over the same database, on the same Discord."""
        self.desk, self.platform = self.make(examiner)
        async with self.desk.serving([self.platform]):
            await self.env.restart_bot(self.platform.client)
            await self.env.settle()
            yield


Opened = Callable[..., AbstractAsyncContextManager[World]]


@pytest.fixture
def world(library: Library, exams: Exams, records: Database) -> Opened:
    """Opens a world: `async with world(examiner=…) as world`."""
    clock = FixedClock()

    @asynccontextmanager
    async def opened(
        examiner: Examiner | None = None,
        notes: Notes | None = None,
        receive: Callable[[Desk], Receive] = lambda desk: desk.receive,
        shards: int = 1,
        allowed: Collection[str] = (),
    ) -> AsyncIterator[World]:
        searched = notes or NoNotes()
        suggestions = Suggestions(library, exams, searched, records)

        def make(marking: Examiner | None) -> tuple[Desk, Discord]:
            desk = tutor(
                library, exams, records, clock, marking or examiner, searched, allowed=allowed
            )
            platform = Discord(
                SecretStr(TOKEN),
                receive(desk),
                suggestions.suggest,
                shards=Shards(shards),
                patience=Patience(pause=at_once),
            )
            return desk, platform

        desk, platform = make(None)
        none = discord.Intents.default()  # the portal approved no privileged one
        async with (
            desk.serving([platform]),
            simcord.run(platform.client, approved_intents=none, settle_timeout=30) as env,
        ):
            guild = env.create_guild()
            room = guild.create_text_channel("biology")
            ada = guild.add_member(env.create_user("ada"))
            yield World(env, clock, desk, platform, make, guild, room, ada)

    return opened
