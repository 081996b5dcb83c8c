"""`python -m tests.botapi [port]`: start an emulator, print where it is, serve until stopped."""

from __future__ import annotations

import asyncio
import sys
from contextlib import suppress

from tests.botapi import BotApi


async def serve(port: int) -> None:
    """Serve until cancelled."""
    async with BotApi(port=port) as api:
        lines = [f"VIVA_TELEGRAM_BASE_URL={api.base_url}", f"VIVA_TELEGRAM_TOKEN={api.token}"]
        sys.stdout.write("\n".join(lines) + "\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        asyncio.run(serve(int(sys.argv[1]) if len(sys.argv) > 1 else 0))
