"""The bot's token and what learners write stay out of the logs."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import Protocol

_LEAST = {
    "httpx": logging.WARNING,
    "httpcore": logging.WARNING,
    "telegram": logging.WARNING,
    "telegram.Bot": logging.WARNING,
    "telegram.request.BaseRequest": logging.CRITICAL,  # its errors quote what was received
}


class Secret(Protocol):
    """A text that does not show itself, such as pydantic's SecretStr."""

    def get_secret_value(self) -> str:
        """The text."""
        ...


class TokenRefused(Exception):
    """Telegram does not know this bot token."""

    def __init__(self) -> None:
        super().__init__(
            "Telegram does not accept the bot token. Copy it again from @BotFather into "
            "VIVA_TELEGRAM_TOKEN, and start anew."
        )


@dataclass(frozen=True, slots=True)
class _Mask:
    """A filter of log records: none below `least`, and none with the token."""

    least: int
    token: str = field(repr=False)

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether to log the record."""
        if record.levelno < self.least:
            return False
        record.msg = record.getMessage().replace(self.token, "<token>")
        record.args = None
        return True


def hush(token: str) -> None:
    """Keep the libraries from logging addresses that hold the token, and what is written."""
    for name, least in _LEAST.items():
        logging.getLogger(name).setLevel(least)
        logging.getLogger(name).addFilter(_Mask(least, token))
