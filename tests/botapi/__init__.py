"""An emulator of Telegram's Bot API: a real HTTP server for tests, benchmarks and demos."""

from tests.botapi.server import BOT_ID, TOKEN, USERNAME, BotApi, Call
from tests.botapi.world import Button, Group, Person, Shown

__all__ = [
    "BOT_ID",
    "TOKEN",
    "USERNAME",
    "BotApi",
    "Button",
    "Call",
    "Group",
    "Person",
    "Shown",
]
