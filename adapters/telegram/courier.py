"""Replies on their way to a chat: figures and files first, then text, with the buttons last."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

from telegram import Bot, InlineKeyboardMarkup, LinkPreviewOptions, Message, ReplyParameters
from telegram.constants import ChatAction, ParseMode, ReactionEmoji
from telegram.error import (
    BadRequest,
    ChatMigrated,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)

from adapters.html import untagged
from adapters.markup import telegram_pages
from adapters.patience import Patience
from adapters.rich import needs_rich, rich
from adapters.telegram.inbound import unnamed
from adapters.telegram.keyboard import keyboard
from adapters.telegram.polling import seconds
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
)

LONGEST_CAPTION = 1024
_GONE = re.compile(
    "chat not found|user not found|peer_id_invalid|not enough rights|have no rights"
    "|chat_write_forbidden|message thread not found|topic_closed|group chat was deactivated",
    re.IGNORECASE,
)
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

Piece = str | Image | File
Rich = Literal["off", "needed", "always"]
"""Which replies are sent as rich messages; 'needed': those with a table, or a formula."""

_MOST_RENDERED = 512  # replies whose pages are remembered


@dataclass(frozen=True, slots=True)
class Frame:
    """What a message has around its content: buttons below, and above, what it answers."""

    buttons: InlineKeyboardMarkup | None = None
    answers: ReplyParameters | None = None


class Outgoing:
    """Sends replies, a piece at a time, and remembers how far it got with each chat's."""

    def __init__(self, bot: Bot, patience: Patience, rich: Rich = "off") -> None:
        self._bot = bot
        self._patience = patience
        self._rich = rich
        self._moved: dict[int, int] = {}  # a group's id before and after it became a supergroup
        self._rendered: dict[tuple[str, str], tuple[str, ...]] = {}
        self._begun: dict[Chat, tuple[Reply, int]] = {}  # how many pieces of a reply are out

    async def deliver(self, chat: Chat, reply: Reply) -> str:
        """Send a reply. Tried again after a failure, it goes on where it stopped.

        Returns the number of its last message. Raises Unreachable, Undeliverable, Delayed, or the
        library's TelegramError.
        """
        post = str(await self._send_all(chat, reply))
        if reply.praise and reply.answers:
            await self._cheer(chat, int(reply.answers))
        return post

    async def _cheer(self, chat: Chat, post: int) -> None:
        """A cheer at what a learner wrote. Never raises: some groups allow no reactions."""
        with suppress(TelegramError):
            await self._bot.set_message_reaction(
                self._address(chat)[0], post, ReactionEmoji.PARTY_POPPER
            )

    async def _send_all(self, chat: Chat, reply: Reply) -> int:
        """Send a reply, from where it stopped. Returns the number of its last message."""
        pages = await self._pages(reply)
        pieces: list[Piece] = [*reply.attachments, *pages]
        if not pieces:
            raise Undeliverable("a reply with nothing to read")
        buttons = keyboard(reply.choices, await self._linked(chat, reply.choices))
        begun, sent = self._begun.pop(chat, (reply, 0))
        post = 0
        html = await self._in_one(reply.text, reply.hidden)
        for at in range(sent if begun == reply else 0, len(pieces)):
            last, answers = at == len(pieces) - 1, _answering(chat, reply) if at == 0 else None
            try:
                if html and at == len(reply.attachments):
                    shown = await self._send_rich(chat, html, Frame(buttons, answers))
                    if shown:
                        return shown
                frame = Frame(buttons if last else None, answers)
                post = await self._send_patiently(chat, pieces[at], frame, first=at == 0)
            except (TelegramError, Delayed):
                self._begun[chat] = (reply, at)
                raise
        return post

    async def _in_one(self, text: str, hidden: str = "") -> str | None:
        """A text as a rich message, where one is wanted."""
        if self._rich == "off" or not text:
            return None
        if self._rich == "needed" and not await asyncio.to_thread(needs_rich, text):
            return None
        return await asyncio.to_thread(rich, text, hidden)

    async def _send_rich(self, chat: Chat, html: str, frame: Frame, post: str = "") -> int:
        """Send a rich message, or make one of `post`. 0 where Telegram does not take it as such.

        Raises Delayed, or a passing TelegramError.
        """
        room, thread = self._address(chat)
        said: dict[str, object] = {"chat_id": room, "rich_message": {"html": html}}
        said |= {"message_id": int(post)} if post else {"message_thread_id": thread}
        said |= {"reply_markup": frame.buttons} if frame.buttons else {}
        said |= {"reply_parameters": frame.answers} if frame.answers else {}
        try:  # the library has no method of this name, nor of this parameter
            shown = await self._bot.do_api_request(
                "editmessagetext" if post else "sendrichmessage",
                api_kwargs=said,
                return_type=Message,
            )
        except RetryAfter as asked:
            raise Delayed(seconds(asked)) from None
        except (EndPointNotFound, InvalidToken):  # which means the same: the token was good before
            self._rich = "off"  # a Bot API server from before they were
            return 0
        except (Forbidden, BadRequest, ChatMigrated) as problem:
            return int(post) if post and "not modified" in problem.message else 0
        return shown.message_id if isinstance(shown, Message) else 0

    async def amend(self, chat: Chat, amendment: Amendment) -> bool:
        """Whether a message says by now what it is to say; of several pages, the last one can.

        Raises Delayed, or a passing TelegramError.
        """
        html = await self._in_one(amendment.after)
        shown = keyboard(amendment.choices, await self._linked(chat, amendment.choices))
        if html and await self._send_rich(chat, html, Frame(shown), amendment.post):
            return True
        before = await asyncio.to_thread(telegram_pages, amendment.before)
        after = await asyncio.to_thread(telegram_pages, amendment.after)
        if len(before) != len(after):
            return False
        room, _ = self._address(chat)
        try:
            await self._bot.edit_message_text(
                after[-1],
                room,
                int(amendment.post),
                parse_mode=ParseMode.HTML,
                link_preview_options=_NO_PREVIEW,
                reply_markup=shown,
            )
        except RetryAfter as asked:
            raise Delayed(seconds(asked)) from None
        except (Forbidden, BadRequest, ChatMigrated) as problem:
            return "not modified" in problem.message  # it was amended, and we did not hear of it
        return True

    async def _pages(self, reply: Reply) -> tuple[str, ...]:
        """The pages of a reply, which many learners may be sent: a question of the day."""
        key = reply.text, reply.hidden
        pages = self._rendered.get(key)
        if pages is None:
            pages = await asyncio.to_thread(telegram_pages, reply.text, hidden=reply.hidden)
            if len(self._rendered) >= _MOST_RENDERED:
                self._rendered.clear()
            self._rendered[key] = pages
        return pages

    async def _linked(self, chat: Chat, choices: Sequence[Choice]) -> str:
        """The bot's user name, for a button that leads into the private chat; else ''."""
        if chat.alone or not any(choice.start for choice in choices):
            return ""
        me = await self._bot.get_me()  # what was left over may be sent before the bot has started
        return me.username or ""

    async def thinking(self, chat: Chat) -> None:
        """Show the typing sign, for about five seconds. Never raises."""
        room, thread = self._address(chat)
        with suppress(TelegramError):
            await self._bot.send_chat_action(room, ChatAction.TYPING, message_thread_id=thread)

    async def in_charge(self, chat: Chat) -> bool:
        """Whether this person is among the chat's administrators. Raises CannotTell."""
        room, _ = self._address(chat)
        if chat.person == unnamed(int(chat.room.partition(":")[0])):
            return True
        try:  # a single member is only told to a bot that is an administrator itself
            chiefs = await self._bot.get_chat_administrators(room)
        except TelegramError as problem:
            raise CannotTell(type(problem).__name__) from problem
        return any(str(chief.user.id) == chat.person for chief in chiefs)

    async def _send_patiently(self, chat: Chat, piece: Piece, frame: Frame, *, first: bool) -> int:
        """Send one piece; in the middle of a reply, wait here as long as Telegram asks.

        Returns the number of its message.
        """
        while True:
            try:
                return (await self._send(chat, piece, frame)).message_id
            except RetryAfter as asked:
                if first:
                    raise Delayed(seconds(asked)) from None
                await self._patience.pause(seconds(asked))
            except ChatMigrated as moved:
                self._moved[self._address(chat)[0]] = moved.new_chat_id
            except (Forbidden, BadRequest) as problem:
                raise _ours(problem) from problem

    async def _send(self, chat: Chat, piece: Piece, frame: Frame) -> Message:
        match piece:
            case str():
                return await self._send_page(chat, piece, frame)
            case Image():
                return await self._send_image(chat, piece, frame)
            case File():
                room, thread = self._address(chat)
                return await self._bot.send_document(
                    room,
                    piece.data,
                    filename=piece.name,
                    message_thread_id=thread,
                    reply_markup=frame.buttons,
                    reply_parameters=frame.answers,
                )

    async def _send_page(self, chat: Chat, page: str, frame: Frame) -> Message:
        """A page of HTML; should Telegram not take its markup, the same page without any."""
        room, thread = self._address(chat)

        async def send(text: str, parse_mode: ParseMode | None) -> Message:
            return await self._bot.send_message(
                room,
                text,
                parse_mode=parse_mode,
                link_preview_options=_NO_PREVIEW,
                message_thread_id=thread,
                reply_markup=frame.buttons,
                reply_parameters=frame.answers,
            )

        return await _or_else(
            "can't parse entities",
            lambda: send(page, ParseMode.HTML),
            lambda: send(untagged(page), None),
        )

    async def _send_image(self, chat: Chat, image: Image, frame: Frame) -> Message:
        """A photo with its words; as a file where Telegram does not take it for a photo."""
        room, thread = self._address(chat)
        caption = _shortened(image.alt)

        async def photo() -> Message:
            return await self._bot.send_photo(
                room,
                image.data,
                caption=caption,
                message_thread_id=thread,
                reply_markup=frame.buttons,
                reply_parameters=frame.answers,
            )

        async def document() -> Message:
            return await self._bot.send_document(
                room,
                image.data,
                filename="figure.png",
                caption=caption,
                message_thread_id=thread,
                reply_markup=frame.buttons,
                reply_parameters=frame.answers,
            )

        return await _or_else("photo_|image_process_failed", photo, document)

    def _address(self, chat: Chat) -> tuple[int, int | None]:
        """The chat's id and the thread of a forum's topic, None elsewhere."""
        room, _, thread = chat.room.partition(":")
        here = int(room)
        return self._moved.get(here, here), int(thread) if thread else None


def _answering(chat: Chat, reply: Reply) -> ReplyParameters | None:
    """In a group, where several talk at once: the message that a reply answers, if it is there."""
    if chat.alone or not reply.answers:
        return None
    return ReplyParameters(int(reply.answers), allow_sending_without_reply=True)


def _ours(problem: Forbidden | BadRequest) -> Unreachable | Undeliverable:
    if isinstance(problem, Forbidden) or _GONE.search(problem.message):
        return Unreachable(problem.message)
    return Undeliverable(problem.message)


Send = Callable[[], Awaitable[Message]]


async def _or_else(refusal: str, send: Send, plainer: Send) -> Message:
    """Send, or send in a plainer form if it is refused in these words."""
    try:
        return await send()
    except BadRequest as problem:
        if not re.search(refusal, problem.message, re.IGNORECASE):
            raise
        return await plainer()


def _shortened(alt: str) -> str:
    return alt if len(alt) <= LONGEST_CAPTION else alt[: LONGEST_CAPTION - 1] + "…"
