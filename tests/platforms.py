"""Platforms that hear, for as long as a block lasts."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from adapters.telegram import Telegram


@asynccontextmanager
async def running(platform: Telegram) -> AsyncIterator[Telegram]:
    """The platform serves inside the block, and is stopped behind it."""
    serving = asyncio.create_task(platform.run())
    try:
        yield platform
    finally:
        serving.cancel()
        with suppress(asyncio.CancelledError):
            await serving
