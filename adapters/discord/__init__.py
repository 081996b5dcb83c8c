"""The door to discord: the tutor on Discord."""

from adapters.discord.platform import Discord, Shards
from adapters.discord.secrecy import Secret, TokenRefused

__all__ = ["Discord", "Secret", "Shards", "TokenRefused"]
