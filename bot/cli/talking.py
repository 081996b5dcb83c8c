"""`viva chat` and `viva run`: the tutor behind a terminal, or behind every platform."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Sequence
from typing import Protocol

from rich.console import Console

from adapters.console import HERE, Terminal
from adapters.discord import Discord, Shards
from adapters.telegram.platform import Telegram
from adapters.telegram.webhook import Webhook
from bot import app
from bot.cli.problems import Unusable
from bot.cli.sharing import Only
from bot.messages import Command, Courier
from bot.settings import Settings


async def in_terminal(settings: Settings, screen: Console) -> None:
    """One learner at this terminal, until they leave."""
    app.log_to_stderr(settings)
    with screen.status("Opening the notes…"):
        opening = app.opened(settings)
        viva = await opening.__aenter__()
    async with contextlib.AsyncExitStack() as stack:
        stack.push_async_exit(opening)
        desk = viva.desk
        terminal = Terminal(desk.receive, desk.settled, settings.data / "terminal", screen)
        async with desk.serving([terminal]), viva.daily.serving([terminal]):
            await desk.settled(HERE)
            async with viva.records() as records:
                learner = await records.learner(HERE)
                attempts = await records.attempts(learner.id)
            if not attempts:
                await terminal.say(Command("start"))
            await terminal.run()


async def on_platforms(
    settings: Settings, shards: tuple[int, ...] | None = None, only: Only | None = None
) -> None:
    """Serve until interrupted or terminated; what was under way is taken up next time.

    `shards` are those of Discord's that this process serves; None is all of them. Of daily
    questions, who takes in a webhook's updates sends none, and who is to push does nothing else.
    """
    app.log_to_stderr(settings)
    if settings.telegram_token is None and settings.discord_token is None:
        raise Unusable(
            "No platform has a token. Put VIVA_TELEGRAM_TOKEN (from @BotFather) or "
            "VIVA_DISCORD_TOKEN into .env, or try `viva chat`, which needs none."
        )
    async with app.opened(settings) as viva:
        platforms = _platforms(settings, viva, shards, hears=only != "push")
        async with contextlib.AsyncExitStack() as stack:
            if only != "push":
                await stack.enter_async_context(viva.desk.serving(platforms))
            if only != "webhook":
                await stack.enter_async_context(viva.daily.serving(platforms))
            await _until_stopped(platforms)


class _Platform(Courier, Protocol):
    """A courier that also hears."""

    async def run(self) -> None:
        """Serve until cancelled."""
        ...


def _platforms(
    settings: Settings, viva: app.Viva, shards: tuple[int, ...] | None, *, hears: bool
) -> list[_Platform]:
    """Every platform that has a token."""
    platforms: list[_Platform] = []
    if settings.telegram_token is not None:
        platforms.append(_telegram(settings, viva, hears=hears))
    if settings.discord_token is not None:
        discord = Discord(
            settings.discord_token,
            viva.desk.receive,
            viva.suggestions.suggest,
            shards=Shards(settings.discord_shards or None, shards),
            hears=hears,
        )
        platforms.append(discord)
    return platforms


def _telegram(settings: Settings, viva: app.Viva, *, hears: bool) -> Telegram:
    assert settings.telegram_token is not None
    webhook = None
    if settings.telegram_webhook_url and settings.telegram_webhook_secret:
        host, _, port = settings.telegram_webhook_listen.rpartition(":")
        webhook = Webhook(
            settings.telegram_webhook_url, settings.telegram_webhook_secret, host, int(port)
        )
    return Telegram(
        settings.telegram_token,
        viva.desk.receive,
        share=viva.offers.offer,
        base_url=settings.telegram_base_url,
        webhook=webhook,
        rich=settings.telegram_rich,
        hears=hears,
    )


async def _until_stopped(platforms: Sequence[_Platform]) -> None:
    """Serve all of them; when one cannot go on, the others stop too, and its problem is raised."""
    running = asyncio.ensure_future(_serve(platforms))
    loop = asyncio.get_running_loop()
    for stop in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):  # Windows has no signal handlers on the loop
            loop.add_signal_handler(stop, running.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await running


async def _serve(platforms: Sequence[_Platform]) -> None:
    try:
        async with asyncio.TaskGroup() as group:
            for platform in platforms:
                group.create_task(platform.run(), name=platform.platform)
    except ExceptionGroup as problems:
        raise problems.exceptions[0] from None
