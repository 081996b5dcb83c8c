"""The tutor on Discord: hears commands, presses and what is said to it, and answers."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass

import discord
from discord import utils

from adapters.discord import buttons, inbound
from adapters.discord.courier import Outgoing
from adapters.discord.inbound import PLATFORM
from adapters.discord.intake import NOT_YOURS, Intake, translated
from adapters.discord.invitations import Invitations, Sign
from adapters.discord.secrecy import Secret, TokenRefused, hush
from adapters.discord.translator import Menus
from adapters.discord.tree import planted
from adapters.patience import Patience
from bot.commands import MARK_THIS, CommandLine
from bot.messages import Amendment, Chat, Receive, Reply, Suggest

LONGEST_WAIT = 60.0  # seconds the library may wait by itself where Discord asks for patience
_AUTHENTICATION_FAILED = 4004  # the gateway's code
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Shards:
    """How many shards there are in all, and which this process serves.

    None of a count leaves it to Discord, none of a choice is all; a choice needs a count.
    """

    count: int | None = None
    mine: tuple[int, ...] | None = None


class Discord:
    """One bot, on all its shards or on some of them. `receive` stores a message.

    One that does not hear only sends: others take in what is said.
    """

    platform = PLATFORM

    def __init__(  # noqa: PLR0913  what a composition root can set, each by its name
        self,
        token: Secret,
        receive: Receive,
        suggest: Suggest,
        *,
        shards: Shards | None = None,
        patience: Patience | None = None,
        hears: bool = True,
    ) -> None:
        self._token = token.get_secret_value().strip()
        if not self._token:
            raise TokenRefused
        hush(self._token)
        self._patience = patience or Patience()
        self._invitations = Invitations()
        self._intake = Intake(receive, self._invitations, self._patience)
        self._hears = hears
        self._ready = asyncio.Event()
        self.client = _Client(self, suggest, shards or Shards())
        self._outgoing = Outgoing(self.client, self._invitations)

    async def run(self) -> None:
        """Serve until cancelled. Raises TokenRefused, or what ends the library's connection."""
        try:
            await self._log_in()
            if not self._hears:
                await asyncio.Event().wait()
            await self.client.connect()
        except discord.LoginFailure:
            raise TokenRefused from None
        except discord.ConnectionClosed as closed:
            if closed.code == _AUTHENTICATION_FAILED:
                raise TokenRefused from None
            raise
        finally:
            await self.client.close()

    async def setup(self) -> None:
        """Once logged in: give Discord the commands. Failing to is no reason to stop."""
        self.client.add_dynamic_items(*buttons.ITEMS)
        if self._hears:
            try:
                await self.client.tree.set_translator(Menus())
                await self.client.tree.sync()
            except (discord.DiscordException, OSError) as problem:
                _log.warning("Discord did not take the commands: %s", type(problem).__name__)
        self._ready.set()

    async def deliver(self, chat: Chat, reply: Reply) -> str:
        """Send a reply; returns its last message's id.

        Raises Unreachable, Undeliverable, Delayed, or what passes.
        """
        await self._ready.wait()
        return await self._outgoing.deliver(chat, reply)

    async def amend(self, chat: Chat, amendment: Amendment) -> bool:
        """Whether a message could be changed. Raises Delayed, or what passes."""
        await self._ready.wait()
        return await self._outgoing.amend(chat, amendment)

    async def thinking(self, chat: Chat) -> None:
        """Show the typing sign, where no other is shown. Never raises."""
        if self._ready.is_set():
            await self._outgoing.thinking(chat)

    async def in_charge(self, chat: Chat) -> bool:
        """Whether this person may manage the channel. Raises CannotTell."""
        await self._ready.wait()
        return await self._outgoing.in_charge(chat)

    async def command(
        self, interaction: discord.Interaction, line: CommandLine, rest: str | None
    ) -> None:
        """A slash command was used."""
        said = inbound.command(interaction, line.name, rest)
        await self._intake.interaction(interaction, said, _sign(line))

    async def marking(self, interaction: discord.Interaction, said: discord.Message) -> None:
        """The menu on a message was used."""
        answer = inbound.marking(interaction, said, self._me)
        if answer is None:
            await interaction.response.send_message(
                translated(interaction, NOT_YOURS), ephemeral=True
            )
            return
        await self._intake.interaction(interaction, answer, _sign(MARK_THIS))

    async def press(self, interaction: discord.Interaction) -> None:
        """A button was pressed, something chosen, or a box filled in."""
        said = inbound.pressed(interaction)
        if said is not None:
            boxed = interaction.type is discord.InteractionType.modal_submit
            await self._intake.interaction(interaction, said, "private" if boxed else "none")

    async def message(self, said: discord.Message) -> None:
        """Something was written."""
        await self._intake.message(said, self._me)

    @property
    def _me(self) -> int:
        assert self.client.user is not None  # nothing comes before the login
        return self.client.user.id

    async def _log_in(self) -> None:
        """Log in, as often as it takes. Raises LoginFailure."""
        failures = 0
        while True:
            try:
                await self.client.login(self._token)
            except discord.LoginFailure:
                raise
            except (discord.DiscordException, OSError) as problem:
                failures += 1
                _log.warning("Discord does not answer: %s. Trying again.", type(problem).__name__)
                await self.client.http.close()
                self.client.http.connector = utils.MISSING  # it was closed with the session
                await self._patience.wait(failures)
            else:
                return


def _sign(line: CommandLine) -> Sign:
    return "private" if line.private else "public"


class _Client(discord.AutoShardedClient):
    """The library's client: it passes on what it hears. No privileged intent is needed."""

    def __init__(
        self,
        platform: Discord,
        suggest: Suggest,
        shards: Shards,
    ) -> None:
        super().__init__(
            intents=discord.Intents(guilds=True, guild_messages=True, dm_messages=True),
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            max_ratelimit_timeout=LONGEST_WAIT,
            shard_count=shards.count,
            # None is the library's own default, though its types do not say so
            shard_ids=None if shards.mine is None else [*shards.mine],  # type: ignore[arg-type]
        )
        self._platform = platform
        self.tree = planted(self, platform, suggest)

    async def setup_hook(self) -> None:
        """Logged in, not connected yet."""
        await self._platform.setup()

    async def on_message(self, said: discord.Message) -> None:
        """Something was written where we can see it."""
        await self._platform.message(said)

    async def on_press(self, interaction: discord.Interaction) -> None:
        """A button was pressed, or something chosen."""
        await self._platform.press(interaction)

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """A box was filled in, perhaps one that was opened before a restart."""
        if interaction.type is discord.InteractionType.modal_submit:
            await self._platform.press(interaction)
