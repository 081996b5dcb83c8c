"""From what Discord tells to a stored message, acknowledged once it is stored, within seconds."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable
from contextlib import suppress
from dataclasses import replace
from traceback import format_tb
from weakref import WeakValueDictionary

import discord

from adapters.discord import inbound
from adapters.discord.inbound import LARGEST_FILE, TOO_LARGE, Heard
from adapters.discord.invitations import Invitations, Sign
from adapters.patience import Patience
from bot.messages import Chat, Message, NotServed, Receive, Upload
from bot.speech import later, likeliest, say, speaking

PROMPT = 2.0  # seconds: Discord gives an interaction three to be acknowledged
PATIENCE = 60  # seconds for fetching one file
TRIES = 3  # at storing what was said
NOT_FETCHED = later("I could not fetch it from Discord just now: please send it again.")
NOT_KEPT = later("I could not take that down just now. Please send it once more in a minute.")
NOT_YOURS = later("I mark only what you wrote yourself: the marks of others are theirs.")
NAME_ME = later(
    "Discord hides from me what you write here unless you name me in it. Mention me, press a "
    "button, or use a command."
)
_log = logging.getLogger(__name__)


def translated(interaction: discord.Interaction, text: str) -> str:
    """A text in the language of whoever used the interaction."""
    with speaking(likeliest(interaction.locale.value)):
        return say(text)


class Intake:
    """Stores what is said, in the order of each chat."""

    def __init__(self, receive: Receive, invitations: Invitations, patience: Patience) -> None:
        self._receive = receive
        self._invitations = invitations
        self._patience = patience
        self._order: WeakValueDictionary[Chat, asyncio.Lock] = WeakValueDictionary()

    async def interaction(
        self, interaction: discord.Interaction, said: Message, sign: Sign
    ) -> None:
        """Store what an interaction says, then acknowledge it; where storing is slow, meanwhile."""
        invitation = self._invitations.add(said.chat, interaction, sign)
        storing = asyncio.ensure_future(self._stored(said))
        await asyncio.wait({storing}, timeout=PROMPT)
        if storing.done() and isinstance(refusal := storing.exception(), NotServed):
            invitation.refuse()
            with suppress(discord.HTTPException):
                await interaction.response.send_message(str(refusal), ephemeral=True)
            return
        await invitation.accept()
        if not await self._kept(storing):
            invitation.alive = False
            with suppress(discord.HTTPException):
                await interaction.followup.send(translated(interaction, NOT_KEPT), ephemeral=True)

    async def _kept(self, storing: Awaitable[bool]) -> bool:
        """Whether it was stored; what is not served came too late to be told otherwise."""
        try:
            return await storing
        except NotServed:
            return False

    async def message(self, said: discord.Message, me: int) -> None:
        """Store a message, if it is for us, with its files."""
        if inbound.unreadable(said, me):
            with suppress(discord.HTTPException):
                await said.reply(NAME_ME)
        kept = True
        for heard in inbound.heard(said, me):
            chat = heard.message.chat
            async with self._order.setdefault(chat, asyncio.Lock()):
                self._invitations.overtake(chat)
                with suppress(NotServed):  # it was told once, and that is enough
                    kept = await self._stored(await self._with_file(heard)) and kept
                    if kept:
                        await self._acknowledge(said)
        if not kept:
            with suppress(discord.HTTPException):
                await said.reply(NOT_KEPT)

    async def _acknowledge(self, said: discord.Message) -> None:
        """Show in a server that a message was read, of the many that are not for us."""
        if said.guild is not None:
            with suppress(discord.DiscordException, OSError):  # it may not be allowed
                await said.add_reaction("👀")

    async def _stored(self, said: Message) -> bool:
        """Hand a message over. True once it is stored; False, and logged, if that failed.

        Raises NotServed.
        """
        for failures in range(1, TRIES + 1):
            try:
                await self._receive(said)
            except NotServed:
                raise
            except Exception as problem:  # noqa: BLE001 - whatever the storage behind it raises
                _log.warning(
                    "what %s says is not stored yet: %s\n%s",
                    said.update_id,
                    type(problem).__name__,  # its text could hold what the learner wrote
                    "".join(format_tb(problem.__traceback__)),
                )
                await self._patience.wait(failures)
            else:
                return True
        return False

    async def _with_file(self, heard: Heard) -> Message:
        said, upload = heard.message, heard.message.content
        if heard.file is None or not isinstance(upload, Upload) or upload.problem:
            return said
        try:
            async with asyncio.timeout(PATIENCE):
                data = await heard.file.read()
        except (discord.DiscordException, OSError) as problem:
            name = type(problem).__name__
            _log.warning("could not fetch the file of message %s: %s", said.update_id, name)
            return replace(said, content=replace(upload, problem=NOT_FETCHED))
        if len(data) > LARGEST_FILE:
            return replace(said, content=replace(upload, problem=TOO_LARGE))
        return replace(said, content=replace(upload, data=data))
