"""Replies on their way: to the interaction that asked, else to the room, or to a learner alone."""

from __future__ import annotations

import asyncio
import io
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus

import discord
from discord.abc import Messageable

from adapters.discord import buttons, inbound
from adapters.discord.invitations import Invitation, Invitations
from adapters.markup import discord_pages
from bot.messages import (
    Amendment,
    CannotTell,
    Chat,
    Choice,
    Delayed,
    File,
    Image,
    Reply,
    Undeliverable,
    Unreachable,
    literal,
)
from bot.speech import later, say

LONGEST_ALT = 1024
LONGEST_FOOTER = 500  # characters: ten of them fit what all embeds of a message may hold
_COLOUR = 0x2F6F8F
MOST_FILES = 10
A_MINUTE = 60.0
NOT_IN_PRIVATE = later(
    "I have something for you alone, but Discord does not let me write to you. Allow direct "
    "messages from this server, or press a button or use a command: only you see what follows."
)
_INVALID_TOKEN = 50027
_NO_FILES = (HTTPStatus.FORBIDDEN, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


@dataclass(frozen=True, slots=True)
class Page:
    """What goes into one message."""

    text: str
    files: tuple[Image | File, ...] = ()
    choices: tuple[Choice, ...] = ()
    answers: str = ""  # the message that it answers in a room


def pages(reply: Reply) -> tuple[Page, ...]:
    """A reply as messages: figures with the first of them, buttons under the last."""
    texts = discord_pages(reply.text, hidden=reply.hidden)
    all = reply.attachments
    files = [all[at : at + MOST_FILES] for at in range(0, len(all), MOST_FILES)]
    count = max(len(texts), len(files))
    cut = [
        Page(
            texts[at] if at < len(texts) else "",
            files[at] if at < len(files) else (),
            reply.choices if at == count - 1 else (),
            reply.answers if at == 0 else "",
        )
        for at in range(count)
    ]
    return tuple(cut)


def in_words(page: Page) -> tuple[Page, ...]:
    """The page without its files, told instead."""
    told = "\n\n".join(
        say("*Figure: {alt}*", alt=literal(file.alt))
        if isinstance(file, Image)
        else say(
            "*{name}: Discord does not let me attach this file here.*", name=literal(file.name)
        )
        for file in page.files
    )
    return (*(Page(text) for text in discord_pages(told)), Page(page.text, (), page.choices))


class Outgoing:
    """Sends replies, a page at a time, and remembers how far it got with each chat's."""

    def __init__(self, client: discord.Client, invitations: Invitations) -> None:
        self._client = client
        self._invitations = invitations
        self._begun: dict[Chat, tuple[Reply, int]] = {}  # how many pages of a reply are out

    async def deliver(self, chat: Chat, reply: Reply) -> str:
        """Send a reply. Tried again after a failure, it goes on where it stopped.

        Returns the id of its last message. Raises Unreachable, Undeliverable, Delayed, or what
        passes: HTTPException, OSError.
        """
        cut = await asyncio.to_thread(pages, reply)  # tens of milliseconds
        if not cut:
            raise Undeliverable("a reply with nothing to read")
        begun, sent = self._begun.pop(chat, (reply, 0))
        post = 0
        for at in range(sent if begun == reply else 0, len(cut)):
            try:
                post = await self._send(chat, cut[at], private=reply.private)
            except Exception:
                self._begun[chat] = (reply, at)
                raise
        if reply.praise and reply.answers and chat.alone:  # elsewhere, marks are nobody else's
            await self._cheer(chat, int(reply.answers))
        return str(post)

    async def _cheer(self, chat: Chat, post: int) -> None:
        """A cheer at what a learner wrote. Never raises."""
        with suppress(discord.DiscordException, OSError):
            await (await self._alone(chat)).get_partial_message(post).add_reaction("🎉")

    async def amend(self, chat: Chat, amendment: Amendment) -> bool:
        """Whether a message says by now what it is to say; of several pages, the last one can.

        Raises Delayed, or what passes.
        """
        before = await asyncio.to_thread(discord_pages, amendment.before)
        after = await asyncio.to_thread(discord_pages, amendment.after)
        if len(before) != len(after):
            return False
        try:
            await self._change(chat, int(amendment.post), Page(after[-1], (), amendment.choices))
        except discord.RateLimited as asked:
            raise Delayed(asked.retry_after) from None
        except discord.HTTPException as problem:
            if problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
                raise
            return False
        return True

    async def _change(self, chat: Chat, post: int, page: Page) -> None:
        """Change a message, by the press on its button if there was one: only so, where others
        do not see it, can it be changed.
        """
        invitation = self._invitations.under(chat, post)
        if invitation is not None:
            view = _view(chat, invitation, page)
            await invitation.interaction.edit_original_response(content=page.text, view=view)
            return
        known = (await self._room(chat)).get_partial_message(post)
        await known.edit(content=page.text, view=buttons.view(page.choices))

    async def thinking(self, chat: Chat) -> None:
        """Show the typing sign where no other one is shown. Never raises."""
        invitation = await self._invitations.to(chat, private=False)
        if invitation is None or invitation.sign == "none":
            with suppress(Exception):  # the library raises whatever the network does
                await (await self._room(chat)).typing()

    async def in_charge(self, chat: Chat) -> bool:
        """Whether this person may manage the channel. Raises CannotTell."""
        try:
            id = int(chat.room)
            channel = self._client.get_channel(id) or await self._client.fetch_channel(id)
            if not isinstance(channel, discord.abc.GuildChannel | discord.Thread):
                return chat.alone
            member = await channel.guild.fetch_member(int(chat.person))
        except (discord.DiscordException, OSError) as problem:
            raise CannotTell(type(problem).__name__) from problem
        return channel.permissions_for(member).manage_channels

    async def _send(self, chat: Chat, page: Page, *, private: bool) -> int:
        """Returns the id of the message."""
        try:
            return await self._show(chat, page, private=private)
        except discord.RateLimited as asked:
            raise Delayed(asked.retry_after) from None
        except (discord.Forbidden, discord.NotFound) as gone:
            raise Unreachable(_code(gone)) from None
        except discord.HTTPException as problem:
            if problem.status == HTTPStatus.TOO_MANY_REQUESTS:
                raise Delayed(A_MINUTE) from None
            if problem.status < HTTPStatus.INTERNAL_SERVER_ERROR:
                raise Undeliverable(_code(problem)) from None
            raise

    async def _show(self, chat: Chat, page: Page, *, private: bool) -> int:
        """Send a page; where its files are not allowed or too large, say in words what they are."""
        try:
            return await self._answer(chat, page, private=private)
        except discord.HTTPException as problem:
            if not page.files or problem.status not in _NO_FILES:
                raise
            return [await self._answer(chat, one, private=private) for one in in_words(page)][-1]

    async def _answer(self, chat: Chat, page: Page, *, private: bool) -> int:
        """Answer the interaction as long as Discord takes that; after it, write to the room."""
        while invitation := await self._invitations.to(chat, private=private):
            try:
                return await self._follow_up(chat, invitation, page, private=private)
            except discord.HTTPException as problem:
                if not _too_late(problem):
                    raise
                invitation.alive = False
        if private:
            return await self._write_privately(chat, page)
        return await self._write(await self._room(chat), page)

    async def _follow_up(
        self, chat: Chat, invitation: Invitation, page: Page, *, private: bool
    ) -> int:
        """Answer in the place of the sign if it is seen by the same people, else behind it."""
        interaction, sign = invitation.interaction, invitation.sign
        alone = private and invitation.in_server
        view = _view(chat, invitation, page) or discord.utils.MISSING
        content, files, embeds = page.text or discord.utils.MISSING, _files(page), _embeds(page)
        same = not invitation.in_server or (sign == "private") == private
        if sign != "none" and same:
            shown: discord.Message = await interaction.edit_original_response(
                content=page.text, attachments=files, embeds=embeds, view=view or None
            )
        else:
            if sign != "none":
                await interaction.edit_original_response(
                    content="…"
                )  # else the next takes its place
                await interaction.delete_original_response()
                invitation.sign = "none"
            shown = await interaction.followup.send(
                content, files=files, embeds=embeds, view=view, ephemeral=alone, wait=True
            )
        invitation.sign = "none"
        return shown.id

    async def _write_privately(self, chat: Chat, page: Page) -> int:
        """A direct message; where that is refused, the learner is told so in the room."""
        try:
            return await self._write(await self._alone(chat), page, "" if chat.alone else chat.room)
        except discord.Forbidden:
            if not chat.alone:
                await self._write(await self._room(chat), Page(NOT_IN_PRIVATE))
            raise

    async def _write(self, place: Messageable, page: Page, elsewhere: str = "") -> int:
        view = buttons.view(page.choices, elsewhere) or discord.utils.MISSING
        content, files, embeds = page.text or None, _files(page), _embeds(page)
        answered = _answered(page, place)
        if answered is None:
            shown = await place.send(content, files=files, embeds=embeds, view=view)
        else:
            shown = await place.send(
                content, files=files, embeds=embeds, view=view, reference=answered
            )
        return shown.id

    async def _alone(self, chat: Chat) -> discord.DMChannel:
        return await self._client.create_dm(discord.Object(int(chat.person)))

    async def _room(self, chat: Chat) -> discord.DMChannel | discord.PartialMessageable:
        """Where to write. Raises Unreachable if the bot may not write there."""
        if chat.alone:
            return await self._alone(chat)
        known = self._client.get_channel(int(chat.room))
        if isinstance(known, discord.abc.GuildChannel | discord.Thread):
            allowed = known.permissions_for(known.guild.me)
            threaded = isinstance(known, discord.Thread)
            may = allowed.send_messages_in_threads if threaded else allowed.send_messages
            if not (may and allowed.view_channel):
                raise Unreachable("the bot may not write in this channel")
        return self._client.get_partial_messageable(int(chat.room))


def _view(chat: Chat, invitation: Invitation, page: Page) -> discord.ui.View | None:
    """A page's buttons, which name the chat if it was not there that the invitation came from."""
    here = inbound.chat(invitation.interaction).room
    return buttons.view(page.choices, chat.room if here != chat.room else "")


def _files(page: Page) -> list[discord.File]:
    """The files of a page, fresh: sending uses them up."""
    return [_file(file, number) for number, file in enumerate(page.files, 1)]


def _file(file: Image | File, number: int) -> discord.File:
    if isinstance(file, File):
        return discord.File(io.BytesIO(file.data), file.name)
    alt = _shortened(file.alt, LONGEST_ALT)
    return discord.File(io.BytesIO(file.data), _named(number), description=alt)


def _embeds(page: Page) -> list[discord.Embed]:
    """A frame for each figure, with its words below for those who cannot see it."""
    return [
        discord.Embed(colour=_COLOUR)
        .set_image(url=f"attachment://{_named(number)}")
        .set_footer(text=_shortened(file.alt, LONGEST_FOOTER))
        for number, file in enumerate(page.files, 1)
        if isinstance(file, Image)
    ]


def _answered(page: Page, place: Messageable) -> discord.MessageReference | None:
    """What a page answers in a room where several talk at once; None in private."""
    if not page.answers or not isinstance(place, discord.PartialMessageable):
        return None
    return discord.MessageReference(
        message_id=int(page.answers), channel_id=place.id, fail_if_not_exists=False
    )


def _named(number: int) -> str:
    return f"figure-{number}.png"


def _shortened(alt: str, most: int) -> str:
    return alt if len(alt) <= most else alt[: most - 1] + "…"


def _too_late(problem: discord.HTTPException) -> bool:
    """Whether an interaction, or the message that stood for its answer, is no longer there."""
    return isinstance(problem, discord.NotFound) or problem.code == _INVALID_TOKEN


def _code(problem: discord.HTTPException) -> str:
    """What Discord objects to, without the words that it was sent."""
    return f"Discord refused it with {problem.status}, code {problem.code}"
