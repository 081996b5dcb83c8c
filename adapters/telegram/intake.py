"""From an update as it came to a stored message: read it, fetch its file, hand it over."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Coroutine, Sequence
from contextlib import suppress
from dataclasses import replace
from traceback import format_tb

from telegram import Bot, Update
from telegram import Message as Said
from telegram.constants import ReactionEmoji
from telegram.error import TelegramError

from adapters.telegram.inbound import LARGEST_FILE, TOO_LARGE, Me, Media, media, message
from adapters.telegram.sharing import Sharing
from bot.messages import Message, NotServed, Receive, Upload, Words
from bot.speech import later

PATIENCE = 60  # seconds for fetching one file
NOT_FETCHED = later("I could not fetch it from Telegram just now: please send it again.")
_log = logging.getLogger(__name__)

Json = dict[str, object]


class Intake:
    """Reads updates and stores what they say, in their order."""

    def __init__(self, bot: Bot, receive: Receive, sharing: Sharing | None = None) -> None:
        self._bot = bot
        self._receive = receive
        self._sharing = sharing
        self._errands: set[asyncio.Task[None]] = set()

    async def read(self, updates: Sequence[Json]) -> tuple[tuple[Message, Update], ...]:
        """What these updates say to the tutor, files and all; a malformed one says nothing."""
        read = await asyncio.gather(*(self._read(update) for update in updates))
        return tuple(pair for pair in read if pair is not None)

    async def stored(self, said: Message, update: Update) -> bool:
        """Hand a message over. True once it is stored or not served; False, and logged, else."""
        served = True
        try:
            await self._receive(said)
        except NotServed:
            served = False
            _log.debug("update %s is from a group that is not served", said.update_id)
        except Exception as problem:  # noqa: BLE001 - whatever the storage behind it raises
            _log.warning(
                "update %s is not stored yet: %s\n%s",
                said.update_id,
                type(problem).__name__,  # its text could hold what the learner wrote
                "".join(format_tb(problem.__traceback__)),
            )
            return False
        if update.callback_query:
            self._run(self._stop_the_spinner(update.callback_query.id))
        elif served and update.message and _may_be_overlooked(said):
            self._run(self._acknowledge(update.message))
        return True

    def _run(self, errand: Coroutine[None, None, None]) -> None:
        """Do something that nobody has to wait for."""
        task = asyncio.create_task(errand)
        self._errands.add(task)
        task.add_done_callback(self._errands.discard)

    async def close(self) -> None:
        """Leave nothing running."""
        for errand in self._errands:
            errand.cancel()
        await asyncio.gather(*self._errands, return_exceptions=True)

    async def _read(self, raw: Json) -> tuple[Message, Update] | None:
        try:
            update = Update.de_json(raw, self._bot)
            if self._sharing and update.inline_query:
                self._run(self._sharing.answer(update.inline_query))
            said = message(update, Me(self._bot.id, self._bot.username))
        except Exception as problem:  # noqa: BLE001 - the library raises anything on malformed data
            reference = secrets.token_hex(3)
            number = raw.get("update_id")
            _log.error(  # without a traceback, which could hold what the learner wrote
                "%s: skipped update %s, which is malformed (%s)",
                reference,
                number if isinstance(number, int) else "without a number",
                type(problem).__name__,
            )
            return None
        return None if said is None else (await self._with_file(said, update), update)

    async def _with_file(self, said: Message, update: Update) -> Message:
        upload = said.content
        file = media(update.message) if update.message else None
        if not isinstance(upload, Upload) or upload.problem or file is None:
            return said
        try:
            async with asyncio.timeout(PATIENCE):
                data = await self._fetched(file)
        except (TelegramError, TimeoutError) as problem:
            name = type(problem).__name__
            _log.warning("could not fetch the file of update %s: %s", said.update_id, name)
            return replace(said, content=replace(upload, problem=NOT_FETCHED))
        if len(data) > LARGEST_FILE:
            return replace(said, content=replace(upload, problem=TOO_LARGE))
        return replace(said, content=replace(upload, data=data))

    async def _fetched(self, media: Media) -> bytes:
        file = await self._bot.get_file(media.file_id)
        if not file.file_path:
            raise TelegramError("a file without a path")
        return bytes(await file.download_as_bytearray())

    async def _acknowledge(self, said: Said) -> None:
        """Show in a group that a message was read, of the many that are not for us."""
        with suppress(TelegramError):  # some groups allow no reactions
            await self._bot.set_message_reaction(said.chat.id, said.message_id, ReactionEmoji.EYES)

    async def _stop_the_spinner(self, query: str) -> None:
        with suppress(TelegramError):  # it is refused for a press from long ago
            await self._bot.answer_callback_query(query)


def _may_be_overlooked(said: Message) -> bool:
    """Whether it stands among what others say to each other."""
    return not said.chat.alone and isinstance(said.content, Words | Upload)
