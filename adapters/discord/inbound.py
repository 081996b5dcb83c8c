"""What an interaction or a message on Discord says to the tutor. Pure: intake fetches files."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import discord

from adapters.discord import buttons
from bot.commands import MARK_THIS
from bot.messages import Chat, Command, Content, Message, Press, Upload, Words
from bot.speech import later

PLATFORM = "discord"
LARGEST_FILE = 20 * 1024 * 1024  # bytes
TOO_LARGE = later("It is larger than 20 MB, the most that I fetch: please send less of it.")
_COMMAND = re.compile(r"/(\w{1,32})(?:\s+(.*))?", re.DOTALL)
_SAID = (discord.MessageType.default, discord.MessageType.reply)


@dataclass(frozen=True, slots=True)
class Heard:
    """A message for the tutor; of a file, also where it is to be fetched from."""

    message: Message
    file: discord.Attachment | None = None


def command(interaction: discord.Interaction, name: str, rest: str | None) -> Message:
    """A slash command."""
    return _from(interaction, Command(name, (rest or "").strip()))


def marking(interaction: discord.Interaction, said: discord.Message, me: int) -> Message | None:
    """The menu 'Mark this answer' on a message; None if somebody else wrote it."""
    if said.author.id != interaction.user.id:
        return None
    return _from(interaction, Command(MARK_THIS.name, _without_mention(said.content, me)))


def pressed(interaction: discord.Interaction) -> Message | None:
    """A press on a button, a choice from a list, or words typed behind a button; None: not ours."""
    found = buttons.read(interaction)
    if found is None:
        return None
    heard = _from(interaction, Press(found.action, found.text))
    return replace(heard, chat=replace(heard.chat, room=found.room or heard.chat.room))


def chat(interaction: discord.Interaction) -> Chat:
    """Where, and with whom. A thread is a room of its own; alone with us, it is called as they."""
    person = str(interaction.user.id)
    alone = isinstance(interaction.channel, discord.DMChannel)
    return Chat(PLATFORM, person if alone else str(interaction.channel_id), person)


def heard(said: discord.Message, me: int) -> tuple[Heard, ...]:
    """What a message says to the tutor: in a server, only if it is spoken to."""
    if said.author.bot or said.webhook_id or said.type not in _SAID or not _spoken_to(said, me):
        return ()
    person = str(said.author.id)
    alone = isinstance(said.channel, discord.DMChannel)
    chat = Chat(PLATFORM, person if alone else str(said.channel.id), person)
    text = _without_mention(said.content, me)

    def message(content: Content, at: int = 0) -> Message:
        places = _places(said.guild.id if said.guild else None, said.channel)
        name, id = said.author.display_name, _numbered(said.id, at)
        return Message(chat, content, id, name=name, places=places, post=str(said.id))

    if not said.attachments:
        return (Heard(message(_content(text))),) if text else ()
    return tuple(
        Heard(message(_upload(file, "" if at else text), at), file)
        for at, file in enumerate(said.attachments)
    )


def unreadable(said: discord.Message, me: int) -> bool:
    """Whether it answers the bot, but Discord hides what it says, as where it pings nobody."""
    hidden = not (said.content or said.attachments or said.stickers)
    return hidden and not said.author.bot and _answers(said, me)


def _from(interaction: discord.Interaction, content: Content) -> Message:
    return Message(
        chat(interaction),
        content,
        str(interaction.id),
        interaction.locale.value,
        interaction.user.display_name,
        _places(interaction.guild_id, interaction.channel),
        str(interaction.message.id) if interaction.message else "",
    )


def _places(guild: int | None, channel: object) -> tuple[str, ...]:
    """The names by which an operator may allow a room: its channel's, and its server's."""
    if guild is None:
        return ()
    parent = channel.parent_id if isinstance(channel, discord.Thread) else None
    ids = (parent, getattr(channel, "id", None))
    return (f"guild:{guild}", *(f"channel:{id}" for id in ids if id is not None))


def _spoken_to(said: discord.Message, me: int) -> bool:
    return said.guild is None or _named(said, me) or _answers(said, me)


def _named(said: discord.Message, me: int) -> bool:
    return any(user.id == me for user in said.mentions)


def _answers(said: discord.Message, me: int) -> bool:
    replied = said.reference.resolved if said.reference else None
    return isinstance(replied, discord.Message) and replied.author.id == me


def _without_mention(text: str, me: int) -> str:
    return re.sub(rf"<@!?{me}>[,:]?[ \t]?", "", text).strip()


def _content(text: str) -> Content:
    typed = _COMMAND.fullmatch(text)
    return Command(typed[1].lower(), (typed[2] or "").strip()) if typed else Words(text)


def _upload(file: discord.Attachment, caption: str) -> Upload:
    media_type = (file.content_type or "application/octet-stream").split(";")[0]
    problem = ""
    if media_type.startswith("video/"):
        problem = later("I cannot watch films: please type it, or send a photo or a document.")
    elif file.size > LARGEST_FILE:
        problem = TOO_LARGE
    return Upload(file.filename, media_type, b"", caption, problem)


def _numbered(id: int, at: int) -> str:
    """The first file carries its message's number; the others come in the same message."""
    return f"{id}:{at}" if at else str(id)
