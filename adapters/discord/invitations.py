"""Interactions that may still be answered: Discord takes answers to each for fifteen minutes."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Literal

import discord

from bot.messages import Chat

Sign = Literal["none", "public", "private"]
"""How an interaction shows that it is being worked on, until its first answer takes the place."""


@dataclass(slots=True)
class Invitation:
    """An interaction to be answered. `sign` is what its learner sees until then."""

    interaction: discord.Interaction
    sign: Sign
    overtaken: bool = False  # something else was said since: good for what is private only
    accepted: asyncio.Event = field(default_factory=asyncio.Event)
    alive: bool = True

    @property
    def in_server(self) -> bool:
        """Whether others may be there."""
        return self.interaction.guild_id is not None

    async def accept(self) -> None:
        """Tell Discord that an answer will come; one that is told too late is good for nothing."""
        shown = self.sign != "none"
        try:
            await self.interaction.response.defer(
                thinking=shown, ephemeral=self.sign == "private" and self.in_server
            )
        except Exception:  # noqa: BLE001 - the library raises whatever the network does
            self.alive = False
        finally:
            self.accepted.set()

    def refuse(self) -> None:
        """It is answered at once, and not by the tutor."""
        self.alive = False
        self.accepted.set()


class Invitations:
    """The interactions of every chat that may still be answered, the oldest first."""

    def __init__(self) -> None:
        self._open: dict[Chat, list[Invitation]] = {}  # the chats, too, in the order of their last

    def add(self, chat: Chat, interaction: discord.Interaction, sign: Sign) -> Invitation:
        """A new one, to be accepted soon."""
        invitation = Invitation(interaction, sign)
        self._open[chat] = [*self._alive(chat), invitation]
        self._forget_old()
        return invitation

    def overtake(self, chat: Chat) -> None:
        """Something was said here without an interaction, and is to be answered in the room."""
        for invitation in self._alive(chat):
            invitation.overtaken = invitation.sign == "none"

    async def to(self, chat: Chat, *, private: bool) -> Invitation | None:
        """The one to answer next: whose learner sees a sign, else the newest; None if none is."""
        for invitation in self._alive(chat):
            await invitation.accepted.wait()
        fit = [one for one in self._alive(chat) if private or not one.overtaken]
        waiting = [one for one in fit if one.sign != "none"]
        return waiting[0] if waiting else (fit[-1] if fit else None)

    def under(self, chat: Chat, post: int) -> Invitation | None:
        """The press on a button of a message that may still be answered; None if there is none."""
        presses = [
            one
            for one in self._alive(chat)
            if one.sign == "none"
            and one.interaction.type is discord.InteractionType.component
            and one.interaction.message is not None
            and one.interaction.message.id == post
        ]
        return presses[-1] if presses else None

    def _alive(self, chat: Chat) -> list[Invitation]:
        return [
            one
            for one in self._open.get(chat, [])
            if one.alive and not one.interaction.is_expired()
        ]

    def _forget_old(self) -> None:
        for chat in list(self._open):
            if self._alive(chat):
                return
            del self._open[chat]
