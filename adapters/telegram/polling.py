"""Long polling that acknowledges only what is stored.

Asking for the updates after number n tells Telegram to forget all up to n, so that is asked only
once they are stored: a process killed at any moment is sent them again.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from urllib.parse import urlencode

from telegram import Bot
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.request import BaseRequest

from adapters.patience import Patience
from adapters.telegram.intake import Intake, Json
from adapters.telegram.secrecy import TokenRefused

UPDATES = ["message", "callback_query", "inline_query"]  # all that can be meant for the tutor
AT_ONCE = 10  # updates: each may bring a file of 20 MB, held until it is stored
LONG_POLL = 30  # seconds that Telegram holds a question for updates open
_MARGIN = 10  # seconds beyond that, for the network
_log = logging.getLogger(__name__)


class Polling:
    """Asks Telegram for updates until cancelled."""

    def __init__(self, bot: Bot, request: BaseRequest, intake: Intake, patience: Patience) -> None:
        self._bot = bot
        self._request = request
        self._intake = intake
        self._patience = patience

    async def run(self) -> None:
        """Serve until cancelled. Raises TokenRefused."""
        offset: int | None = None
        failures = 0
        while True:
            try:
                updates = await self._ask(offset)
            except InvalidToken:
                raise TokenRefused from None
            except RetryAfter as asked:
                await self._patience.pause(seconds(asked))
                continue
            except TelegramError as problem:
                failures += 1
                _log.warning("no updates from Telegram: %s", _told(problem))
                await self._patience.wait(failures)
                continue
            failures = 0
            await self._store(updates)
            numbers = [
                number for update in updates if isinstance(number := update["update_id"], int)
            ]
            offset = max(numbers, default=-1) + 1 or offset

    async def _ask(self, offset: int | None) -> Sequence[Json]:
        """The next updates, unread: the library's own get_updates fails on all when one is bad."""
        question: dict[str, int | str] = {
            "timeout": LONG_POLL,
            "limit": AT_ONCE,
            "allowed_updates": json.dumps(UPDATES),
        }
        if offset is not None:
            question["offset"] = offset
        url = f"{self._bot.base_url}/getUpdates?{urlencode(question)}"
        try:
            updates = await self._request.post(url, read_timeout=LONG_POLL + _MARGIN)
        except (KeyError, TypeError):
            raise TelegramError("an answer without a result") from None
        if not isinstance(updates, list) or not all(map(_numbered, updates)):
            raise TelegramError("an answer that is no list of updates")
        return updates

    async def _store(self, updates: Sequence[Json]) -> None:
        """Store each message, trying as often as it takes."""
        for said, update in await self._intake.read(updates):
            failures = 0
            while not await self._intake.stored(said, update):
                failures += 1
                await self._patience.wait(failures)


def seconds(asked: RetryAfter) -> float:
    """How long Telegram asks to be left alone."""
    wait = asked.retry_after
    return float(wait if isinstance(wait, int) else wait.total_seconds())


def _numbered(update: object) -> bool:
    return isinstance(update, dict) and isinstance(update.get("update_id"), int)


def _told(problem: TelegramError) -> str:
    if isinstance(problem, Conflict):
        return "another process is reading this bot's updates; stop it, or this one. Trying again."
    return f"{type(problem).__name__}. Trying again."
