"""What one process of several serves: `viva run --only …`, `--shards …`."""

from __future__ import annotations

from typing import Literal

from bot.cli.problems import Unusable
from bot.settings import Settings

Only = Literal["telegram", "webhook", "discord", "push"]


def narrowed(settings: Settings, only: Only | None) -> Settings:
    """The settings of a process that serves one platform alone, or all. Raises Unusable."""
    match only:
        case None | "push":
            return settings
        case "discord":
            if settings.discord_token is None:
                raise Unusable("--only discord needs VIVA_DISCORD_TOKEN")
            return settings.model_copy(update={"telegram_token": None})
        case "telegram" | "webhook":
            if settings.telegram_token is None:
                raise Unusable(f"--only {only} needs VIVA_TELEGRAM_TOKEN (from @BotFather)")
            if only == "webhook" and not settings.telegram_webhook_url:
                raise Unusable(
                    "--only webhook needs VIVA_TELEGRAM_WEBHOOK_URL, where Telegram reaches you, "
                    "and VIVA_TELEGRAM_WEBHOOK_SECRET"
                )
            return settings.model_copy(update={"discord_token": None})


def shards(settings: Settings, only: Only | None, wanted: str) -> tuple[int, ...] | None:
    """The shards of this process, as in '0,1'; None is all of them. Raises Unusable."""
    if not wanted:
        return None
    if only != "discord":
        raise Unusable("--shards goes with --only discord")
    numbers = [number.strip() for number in wanted.split(",")]
    if not all(number.isdecimal() for number in numbers):
        raise Unusable("--shards takes numbers with commas between them, as in --shards 0,1")
    if not settings.discord_shards:
        raise Unusable(
            "--shards needs VIVA_DISCORD_SHARDS: how many shards all processes serve together"
        )
    mine = tuple(sorted({int(number) for number in numbers}))
    if mine[-1] >= settings.discord_shards:
        highest = settings.discord_shards - 1
        raise Unusable(f"VIVA_DISCORD_SHARDS={settings.discord_shards}: shards are 0 to {highest}")
    return mine
