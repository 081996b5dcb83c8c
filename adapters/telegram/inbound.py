"""What a Telegram update says to the tutor. Pure: files are fetched elsewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from telegram import Audio, CallbackQuery, Document, PhotoSize, Update, User, Voice
from telegram import Chat as TelegramChat
from telegram import Message as Said
from telegram.constants import ChatType

from bot.messages import Chat, Command, Content, Message, Moved, Press, Upload, Words
from bot.speech import later

PLATFORM = "telegram"
LARGEST_FILE = 20 * 1024 * 1024  # bytes: what the Bot API lets a bot download
TOO_LARGE = later(
    "It is larger than 20 MB, the most that Telegram lets me fetch: please send less of it."
)
_CANNOT_READ = later("I cannot read this: please type it, or send a photo or a document.")
_COMMAND = re.compile(r"/(\w{1,32})(?:@(\w+))?(?:\s+(.*))?", re.DOTALL)
_UNREAD = ("video", "video_note", "animation", "sticker")

Media = PhotoSize | Voice | Audio | Document


@dataclass(frozen=True, slots=True)
class Me:
    """Who the bot is on Telegram."""

    id: int
    username: str


def message(update: Update, me: Me) -> Message | None:
    """The message an update carries for the tutor, or None if it is none of its business.

    A document comes without its data: whoever reads the update fetches it.
    """
    if update.callback_query:
        return _press(update.callback_query, update.update_id)
    said = update.message
    if said is None or said.from_user is None:
        return None
    if said.migrate_to_chat_id is not None:
        content: Content | None = Moved(str(said.migrate_to_chat_id))
    else:
        content = _content(said, me)
    nameless = _speaks_for_the_group(said) or isinstance(content, Moved)
    if content is None or (said.from_user.is_bot and not nameless):
        return None
    person = unnamed(said.chat.id) if nameless else str(said.from_user.id)
    chat, post = _chat(said.chat, said, person), str(said.message_id)
    heard = _message(chat, content, update.update_id, said.from_user, post)
    return replace(heard, name=said.author_signature or "") if nameless else heard


def unnamed(group: int) -> str:
    """The person that a group's administrators are who hide their names: they are one."""
    return f"unnamed{group}"


def _speaks_for_the_group(said: Said) -> bool:
    """Whether an administrator wrote it who hides who they are."""
    return said.sender_chat is not None and said.sender_chat.id == said.chat.id


def _press(press: CallbackQuery, update_id: int) -> Message | None:
    """A press on a button under a message, even one that Telegram no longer shows us."""
    if not press.data or press.message is None:
        return None
    under = press.message if isinstance(press.message, Said) else None
    chat = _chat(press.message.chat, under, str(press.from_user.id))
    post = str(press.message.message_id)
    return _message(chat, Press(press.data), update_id, press.from_user, post)


def _message(chat: Chat, content: Content, update_id: int, said_by: User, post: str) -> Message:
    locale, group = said_by.language_code or "en", chat.room.partition(":")[0]
    return Message(chat, content, str(update_id), locale, said_by.full_name, (group,), post)


def _chat(chat: TelegramChat, said: Said | None, person: str) -> Chat:
    """A topic of a forum is a room of its own."""
    room = str(chat.id)
    if said and said.is_topic_message and said.message_thread_id:
        room = f"{room}:{said.message_thread_id}"
    return Chat(PLATFORM, room, person)


def _content(said: Said, me: Me) -> Content | None:
    text = said.text or said.caption or ""
    meant, named = _without_mention(text, me)
    spoken_to = said.chat.type == ChatType.PRIVATE or named or _answers(said, me)
    if said.text is None:
        return _upload(said, meant) if spoken_to else None
    command = _COMMAND.fullmatch(meant)
    if command is None:
        return Words(meant) if spoken_to and meant else None
    if command[2] and command[2].lower() != me.username.lower():
        return None
    return Command(command[1].lower(), (command[3] or "").strip())


def _without_mention(text: str, me: Me) -> tuple[str, bool]:
    """The text without the bot's name, and whether it was called by it; `/quiz@OurBot` stays."""
    name = re.compile(rf"(?<![\w@/])@{re.escape(me.username)}\b[,:]?[ \t]?", re.IGNORECASE)
    meant, times = name.subn("", text)
    return meant.strip(), bool(times)


def _answers(said: Said, me: Me) -> bool:
    """Whether it is a reply to the bot. In a forum, every message replies to its topic's birth."""
    replied = said.reply_to_message
    if replied is None or replied.forum_topic_created is not None:
        return False
    return replied.from_user is not None and replied.from_user.id == me.id


def _upload(said: Said, caption: str) -> Upload | None:
    """A file; None for what is not said by anybody, such as the news that somebody joined."""
    kind = next((kind for kind in _UNREAD if getattr(said, kind)), None)
    if kind:
        name = kind.replace("_", " ")
        return Upload(name, "video/mp4", b"", caption, _CANNOT_READ)
    file = media(said)
    if file is None:
        return None
    name, media_type = _described(file)
    problem = TOO_LARGE if (file.file_size or 0) > LARGEST_FILE else ""
    return Upload(name, media_type, b"", caption, problem)


def media(said: Said) -> Media | None:
    """What a message carries to be fetched; of a photo's sizes, the largest."""
    photo = max(said.photo, key=lambda size: size.width * size.height, default=None)
    return photo or said.voice or said.audio or said.document


def _described(file: Media) -> tuple[str, str]:
    """Name and media type."""
    match file:
        case PhotoSize():
            return "photo.jpg", "image/jpeg"
        case Voice():
            return "voice.ogg", file.mime_type or "audio/ogg"
        case Audio():
            return file.file_name or "audio", file.mime_type or "audio/mpeg"
        case _:
            return file.file_name or "document", file.mime_type or "application/octet-stream"
