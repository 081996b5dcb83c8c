"""The tutor on Telegram: hears by long polling or by webhook, answers, shows that it thinks."""

from __future__ import annotations

import asyncio
import logging
import os
import re
from collections.abc import Awaitable, Callable
from itertools import product

from telegram import (
    Bot,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeDefault,
)
from telegram.error import InvalidToken, RetryAfter, TelegramError
from telegram.request import HTTPXRequest

from adapters.patience import Patience
from adapters.telegram.courier import Outgoing, Rich
from adapters.telegram.inbound import PLATFORM
from adapters.telegram.intake import Intake
from adapters.telegram.polling import UPDATES, Polling, seconds
from adapters.telegram.secrecy import Secret, TokenRefused, hush
from adapters.telegram.sharing import Sharing
from adapters.telegram.webhook import Webhook, WebhookServer
from bot.commands import COMMANDS, Where
from bot.messages import Amendment, Chat, Receive, Reply, Share
from bot.speech import NAMES, say, speaking

API = "https://api.telegram.org"
_TOKEN = re.compile(r"\d+:[\w-]+")
_TIMES = {
    "connect_timeout": 10.0,
    "read_timeout": 20.0,
    "write_timeout": 20.0,
    "pool_timeout": 10.0,
}
_MENUS: tuple[tuple[BotCommandScope, Where | None], ...] = (  # and whose commands are not in it
    (BotCommandScopeDefault(), None),
    (BotCommandScopeAllPrivateChats(), "groups"),
    (BotCommandScopeAllGroupChats(), "alone"),
)
_log = logging.getLogger(__name__)


class Telegram:
    """One bot. `receive` stores a message; only then is it acknowledged. No webhook: it polls.

    One that does not hear only sends: others take in what is said.
    """

    platform = PLATFORM

    def __init__(  # noqa: PLR0913  what a composition root can set, each by its name
        self,
        token: Secret,
        receive: Receive,
        *,
        share: Share | None = None,
        base_url: str = API,
        webhook: Webhook | None = None,
        patience: Patience | None = None,
        rich: Rich = "off",
        hears: bool = True,
    ) -> None:
        known = token.get_secret_value()
        if not _TOKEN.fullmatch(known):
            raise TokenRefused
        if not base_url.startswith(("http://", "https://")):
            raise ValueError("VIVA_TELEGRAM_BASE_URL must begin with http:// or https://")
        hush(known)
        os.environ.setdefault("PTB_TIMEDELTA", "true")  # the library warns at every 429 without it
        root = base_url.rstrip("/")
        self._requests = _requests(connections=64)
        self._polling_requests = _requests(connections=1)
        self._bot = Bot(
            known,
            base_url=f"{root}/bot",
            base_file_url=f"{root}/file/bot",
            request=self._requests,
            get_updates_request=self._polling_requests,
        )
        self._patience = patience or Patience()
        sharing = Sharing(self._bot, share) if share else None
        self._intake = Intake(self._bot, receive, sharing)
        self._outgoing = Outgoing(self._bot, self._patience, rich)
        self._webhook = webhook
        self._hears = hears

    async def run(self) -> None:
        """Serve until cancelled. Raises TokenRefused, or OSError if the webhook's port is taken."""
        try:
            await self._requests.initialize()
            await self._polling_requests.initialize()
            await self._insisting(self._bot.get_me)
            if not self._hears:
                await asyncio.Event().wait()
            await self.setup()
            if self._webhook is None:
                await self._poll()
            else:
                await self._listen(self._webhook)
        finally:
            await self.close()

    async def close(self) -> None:
        """Leave no connection open and nothing running. `run` does so when it ends."""
        await self._intake.close()
        await self._polling_requests.shutdown()
        await self._requests.shutdown()

    async def setup(self) -> None:
        """Give Telegram the menus of commands. One that fails to arrive is no reason to stop."""
        for (scope, elsewhere), language in product(_MENUS, NAMES):
            with speaking(language):
                menu = [
                    (line.name, say(line.summary)) for line in COMMANDS if line.where != elsewhere
                ]
            try:
                # English is for everybody whose language has no menu of its own
                await self._bot.set_my_commands(menu, scope, None if language == "en" else language)
            except TelegramError as problem:
                _log.warning("Telegram did not take a command menu: %s", type(problem).__name__)

    async def deliver(self, chat: Chat, reply: Reply) -> str:
        """Send a reply; returns its last message's number.

        Raises Unreachable, Undeliverable, Delayed, or a passing TelegramError.
        """
        return await self._outgoing.deliver(chat, reply)

    async def amend(self, chat: Chat, amendment: Amendment) -> bool:
        """Whether a message could be changed. Raises Delayed, or a passing TelegramError."""
        return await self._outgoing.amend(chat, amendment)

    async def thinking(self, chat: Chat) -> None:
        """Show the typing sign, which lasts about five seconds. Never raises."""
        await self._outgoing.thinking(chat)

    async def in_charge(self, chat: Chat) -> bool:
        """Whether this person is among the chat's administrators. Raises CannotTell."""
        return await self._outgoing.in_charge(chat)

    async def _poll(self) -> None:
        await self._insisting(self._bot.delete_webhook)
        _log.info("on Telegram as @%s, by long polling", self._bot.username)
        await Polling(self._bot, self._polling_requests, self._intake, self._patience).run()

    async def _listen(self, webhook: Webhook) -> None:
        """The webhook stays set when we stop: Telegram keeps updates until we are back."""
        server = WebhookServer(webhook, self._intake)
        server.start()
        try:
            await self._insisting(lambda: self._set(webhook))
            _log.info("on Telegram as @%s, by webhook", self._bot.username)
            await asyncio.Event().wait()
        finally:
            await server.stop()

    async def _set(self, webhook: Webhook) -> None:
        await self._bot.set_webhook(
            webhook.url,
            allowed_updates=UPDATES,
            secret_token=webhook.secret.get_secret_value(),
        )

    async def _insisting(self, call: Callable[[], Awaitable[object]]) -> None:
        """Make a call that everything else needs, as often as it takes. Raises TokenRefused."""
        failures = 0
        while True:
            try:
                await call()
            except InvalidToken:
                raise TokenRefused from None
            except RetryAfter as asked:
                await self._patience.pause(seconds(asked))
            except TelegramError as problem:
                failures += 1
                _log.warning("Telegram does not answer: %s. Trying again.", type(problem).__name__)
                await self._patience.wait(failures)
            else:
                return


def _requests(connections: int) -> HTTPXRequest:
    """The library's HTTP client, with times that suit a school's network."""
    return HTTPXRequest(
        connection_pool_size=connections,
        connect_timeout=10,
        read_timeout=20,
        write_timeout=20,
        media_write_timeout=60,
        pool_timeout=10,
    )
