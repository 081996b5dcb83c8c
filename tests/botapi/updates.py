"""Updates on their way to the bot: asked for, or posted to its webhook."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress

import aiohttp

from tests.botapi.bell import Bell
from tests.botapi.faults import Json, Refused

_WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)
_OTHER_POLLER = (
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)


class Updates:
    """What the bot has not acknowledged yet, in order."""

    def __init__(self, bell: Bell, webhook_retry: float) -> None:
        self._bell = bell
        self._retry = webhook_retry  # seconds
        self._pending: list[Json] = []
        self._again: list[Json] = []
        self._allowed: frozenset[str] = frozenset()
        self._last = 900_000
        self._newest_poller = 0
        self._closed = False
        self._url = ""
        self._secret = ""
        self._problem = ""
        self._posting: asyncio.Task[None] | None = None

    def add(self, kind: str, content: Json) -> int:
        """Something happened that the bot may want to know. Returns the update's number."""
        self._last += 1
        if not self._allowed or kind in self._allowed:
            self._pending.append({"update_id": self._last, kind: content})
        self._bell.ring()
        return self._last

    def add_malformed(self) -> int:
        """An update that no library can read."""
        return self.add("message", {"message_id": "no number", "chat": 7, "date": "never"})

    def repeat(self, update: Json) -> None:
        """Deliver an update once more, though it was acknowledged."""
        self._again.append(update)
        self._bell.ring()

    @property
    def pending(self) -> tuple[Json, ...]:
        """What is not acknowledged."""
        return tuple(self._pending)

    async def acknowledged(self, patience: float) -> None:
        """Wait until nothing is pending."""
        await self._bell.until(lambda: None if self._pending else True, patience)

    async def take(
        self, offset: int | None, limit: int, wait: float, allowed: Sequence[str] | None
    ) -> list[Json]:
        """getUpdates: those from `offset` on; earlier ones are forgotten for good."""
        if self._url:
            raise Refused(409, _WEBHOOK_ACTIVE)
        self._allow(allowed)
        self._newest_poller += 1
        me = self._newest_poller
        self._acknowledge(offset)
        self._bell.ring()
        with suppress(TimeoutError):
            await self._bell.until(lambda: self._anything_for(me), wait)
        if me != self._newest_poller:
            raise Refused(409, _OTHER_POLLER)
        again, self._again = self._again, []
        return (again + self._pending)[:limit]

    def _anything_for(self, poller: int) -> bool | None:
        superseded = poller != self._newest_poller
        return True if superseded or self._closed or self._pending or self._again else None

    def _acknowledge(self, offset: int | None) -> None:
        if offset is None:
            return
        if offset < 0:
            self._pending = self._pending[offset:]
            return
        self._pending = [one for one in self._pending if _number(one) >= offset]

    def _allow(self, allowed: Sequence[str] | None) -> None:
        if allowed is not None:
            self._allowed = frozenset(allowed)

    async def set_webhook(self, url: str, secret: str, allowed: Sequence[str] | None) -> None:
        """Post updates there from now on; '' to post no more."""
        await self._stop_posting()
        self._allow(allowed)
        self._url, self._secret, self._problem = url, secret, ""
        if url:
            self._posting = asyncio.create_task(self._post())

    def drop(self) -> None:
        """Forget what is pending."""
        self._pending.clear()

    @property
    def webhook(self) -> Json:
        """getWebhookInfo."""
        told: Json = {
            "url": self._url,
            "has_custom_certificate": False,
            "pending_update_count": len(self._pending),
        }
        return told | ({"last_error_message": self._problem} if self._problem else {})

    async def close(self) -> None:
        """Let nobody wait any longer."""
        self._closed = True
        self._bell.ring()
        await self._stop_posting()

    async def _stop_posting(self) -> None:
        if self._posting is not None:
            self._posting.cancel()
            await asyncio.gather(self._posting, return_exceptions=True)
        self._posting = None

    async def _post(self) -> None:
        """Post each update until it is taken with a 2xx: chats side by side, each in order."""
        headers = {"X-Telegram-Bot-Api-Secret-Token": self._secret} if self._secret else {}
        busy: set[int] = set()
        async with aiohttp.ClientSession(headers=headers) as session, asyncio.TaskGroup() as posts:
            while True:
                update = await self._bell.until(lambda: self._to_post(busy), 1e9)
                busy.add(_room(update))
                posts.create_task(self._insist(session, update, busy))

    async def _insist(self, session: aiohttp.ClientSession, update: Json, busy: set[int]) -> None:
        while problem := await self._refusal(session, update):
            self._problem = problem
            self._bell.ring()
            await asyncio.sleep(self._retry)
        self._problem = ""
        source = self._again if any(one is update for one in self._again) else self._pending
        source[:] = [one for one in source if one is not update]
        busy.discard(_room(update))
        self._bell.ring()

    def _to_post(self, busy: set[int]) -> Json | None:
        return next((one for one in self._again + self._pending if _room(one) not in busy), None)

    async def _refusal(self, session: aiohttp.ClientSession, update: Json) -> str:
        """Why the bot did not take an update; '' if it did."""
        try:
            async with session.post(self._url, json=update) as answer:
                if answer.ok:
                    return ""
                return f"Wrong response from the webhook: {answer.status} {answer.reason}"
        except aiohttp.ClientError:
            return "Connection refused"


def _room(update: Json) -> int:
    """The chat that an update is from; 0 where it says none."""
    said = update.get("message") or update.get("edited_message")
    if isinstance(press := update.get("callback_query"), dict):
        said = press.get("message")
    chat = said.get("chat") if isinstance(said, dict) else None
    id = chat.get("id") if isinstance(chat, dict) else 0
    return id if isinstance(id, int) else 0


def _number(update: Json) -> int:
    number = update["update_id"]
    assert isinstance(number, int)
    return number
