"""The door to telegram: the tutor on Telegram."""

from adapters.telegram.platform import API, Telegram
from adapters.telegram.secrecy import Secret, TokenRefused
from adapters.telegram.webhook import Webhook

__all__ = ["API", "Secret", "Telegram", "TokenRefused", "Webhook"]
