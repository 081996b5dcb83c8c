"""`viva chat` and `viva run`: the tutor behind a terminal, or behind every platform."""

from __future__ import annotations

import asyncio
import contextlib
import signal

from rich.console import Console

from adapters.console import HERE, Terminal
from adapters.telegram.platform import Telegram
from adapters.telegram.webhook import Webhook
from bot import app
from bot.cli.problems import Unusable
from bot.desk import Desk
from bot.messages import Command
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
        async with desk.serving([terminal]):
            await desk.settled(HERE)
            async with viva.records() as records:
                learner = await records.learner(HERE)
                attempts = await records.attempts(learner.id)
            if not attempts:
                await terminal.say(Command("start"))
            await terminal.run()


async def on_platforms(settings: Settings) -> None:
    """Serve until interrupted or terminated; what was under way is taken up next time."""
    app.log_to_stderr(settings)
    if settings.telegram_token is None:
        raise Unusable(
            "No platform has a token. Put VIVA_TELEGRAM_TOKEN into .env (from @BotFather), or try "
            "`viva chat`, which needs none."
        )
    async with app.opened(settings) as viva:
        telegram = _telegram(settings, viva.desk)
        async with viva.desk.serving([telegram]):
            await _until_stopped(telegram)


def _telegram(settings: Settings, desk: Desk) -> Telegram:
    assert settings.telegram_token is not None
    webhook = None
    if settings.telegram_webhook_url and settings.telegram_webhook_secret:
        host, _, port = settings.telegram_webhook_listen.rpartition(":")
        webhook = Webhook(
            settings.telegram_webhook_url, settings.telegram_webhook_secret, host, int(port)
        )
    return Telegram(
        settings.telegram_token,
        desk.receive,
        base_url=settings.telegram_base_url,
        webhook=webhook,
    )


async def _until_stopped(telegram: Telegram) -> None:
    running = asyncio.ensure_future(telegram.run())
    loop = asyncio.get_running_loop()
    for stop in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):  # Windows has no signal handlers on the loop
            loop.add_signal_handler(stop, running.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await running
