"""The bot's token, those of interactions, and what learners write stay out of the logs."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass, field
from typing import Protocol

_LOGGERS = (
    "discord.client",
    "discord.gateway",
    "discord.http",
    "discord.shard",
    "discord.state",
    "discord.webhook.async_",
    "discord.app_commands.tree",
    "discord.ui.modal",
    "discord.ui.view",
)
_INTERACTION = re.compile(r"((?:webhooks|interactions)/\d+/)[^/\s?]+")


class Secret(Protocol):
    """A text that does not show itself, such as pydantic's SecretStr."""

    def get_secret_value(self) -> str:
        """The text."""
        ...


class TokenRefused(Exception):
    """Discord does not know this bot token."""

    def __init__(self) -> None:
        super().__init__(
            "Discord does not accept the bot token. Copy it again from your application's page, "
            "under Bot, into VIVA_DISCORD_TOKEN, and start anew."
        )


@dataclass(frozen=True, slots=True)
class _Mask:
    """A filter of log records: none with a token in it, and no traceback, which quotes values."""

    token: str = field(repr=False)

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether to log the record."""
        said = record.getMessage().replace(self.token, "<token>")
        if record.exc_info and record.exc_info[0]:
            said = f"{said} ({record.exc_info[0].__name__})"
        record.msg = _INTERACTION.sub(r"\1<token>", said)
        record.args = None
        record.exc_info = None
        return True


def hush(token: str) -> None:
    """Keep the library from logging what it sends and receives, and every token."""
    logging.getLogger("discord").setLevel(logging.WARNING)
    for name in _LOGGERS:
        logging.getLogger(name).addFilter(_Mask(token))
