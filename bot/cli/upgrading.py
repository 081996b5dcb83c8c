"""`viva upgrade`: the database's tables in the form that this version needs."""

from __future__ import annotations

from bot import storage
from bot.settings import Settings


async def upgraded(settings: Settings) -> str:
    """Upgrade the database; what to print. Raises StorageUnusable."""
    settings.data.mkdir(parents=True, exist_ok=True)
    await storage.upgrade(settings.database)
    return f"{storage.described(settings.database)} is up to date"
