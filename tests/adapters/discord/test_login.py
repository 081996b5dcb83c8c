"""Logging in at Discord: over HTTP, against a server that answers as Discord's does."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field

import pytest
from aiohttp import web
from discord.http import Route
from pydantic import SecretStr

from adapters.discord import Discord, Shards, TokenRefused
from adapters.patience import Patience
from bot.messages import Chat, Command, Message

ME: dict[str, object] = {
    **{"id": "77", "username": "viva", "global_name": None, "discriminator": "0", "avatar": None},
    **{"bot": True, "public_flags": 0, "flags": 0, "banner": None, "accent_color": None},
    **{"verified": True, "mfa_enabled": False, "locale": "en-US", "premium_type": 0, "email": None},
}
SECRET = "MTE.secret.token"  # noqa: S105 - of no bot at all


@dataclass
class Server:
    """Answers the login with these statuses, and then as if all were well."""

    statuses: list[int] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    async def answer(self, request: web.Request) -> web.Response:
        """Who the bot is, or why that is not told."""
        self.asked.append(request.path)
        status = self.statuses.pop(0) if self.statuses else 200
        if status != 200:
            return told({"message": "no", "code": 0}, status)
        if request.path.endswith("/users/@me"):
            return told(ME)
        if "/channels/" in request.path:
            return told({"id": "5", "type": 1, "recipients": [ME], "last_message_id": None})
        owner = {**ME, "bot": False}
        bot = {"id": "77", "name": "viva", "owner": owner, "bot_public": True, "verify_key": "k"}
        more = {"description": "", "icon": None, "bot_require_code_grant": False, "flags": 0}
        return told(bot | more)


def told(what: dict[str, object], status: int = 200) -> web.Response:
    """JSON as Discord sends it: the library reads no other spelling of its type."""
    headers = {"Content-Type": "application/json"}
    return web.Response(body=json.dumps(what).encode(), status=status, headers=headers)


@pytest.fixture
async def server(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Server]:
    """A Discord of our own, where the library's calls go."""
    server = Server()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", server.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0]
    monkeypatch.setattr(Route, "BASE", f"http://{host}:{port}")
    yield server
    await runner.cleanup()


def platform(waits: list[float]) -> Discord:
    """One that only sends, so that no gateway is needed."""

    async def pause(seconds: float) -> None:
        waits.append(seconds)

    async def receive(_: Message) -> None:
        raise AssertionError("nothing is heard here")

    async def suggest(_: Chat, __: Command) -> tuple[str, ...]:
        return ()

    patience = Patience(pause=pause)
    return Discord(
        SecretStr(SECRET), receive, suggest, shards=Shards(1), patience=patience, hears=False
    )


async def test_a_refused_token_is_said_to_be_refused(
    server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    server.statuses = [401]

    with pytest.raises(TokenRefused) as refused:
        await platform([]).run()

    assert SECRET not in f"{refused.value}{caplog.text}"


async def test_a_login_that_fails_is_tried_until_it_works(
    server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    server.statuses = [400, 400]
    waits: list[float] = []
    discord = platform(waits)
    running = asyncio.create_task(discord.run())
    try:
        async with asyncio.timeout(30):
            assert await discord.in_charge(Chat("discord", "5", "5"))  # once it is logged in
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running

    assert len(waits) == 2
    assert "Discord does not answer" in caplog.text
    assert SECRET not in caplog.text
