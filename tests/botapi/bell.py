"""Waiting for something to become true, with a time limit instead of blind sleep."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")


class Bell:
    """Rung at every change; whoever waits looks again."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def ring(self) -> None:
        """Something changed."""
        for waiter in self._waiting:
            if not waiter.done():
                waiter.set_result(None)
        self._waiting.clear()

    async def until(self, look: Callable[[], Found | None], patience: float) -> Found:
        """What `look` finds, once it is not None. Raises TimeoutError."""
        async with asyncio.timeout(patience):
            while (found := look()) is None:
                waiter = asyncio.get_running_loop().create_future()
                self._waiting.add(waiter)
                try:
                    await waiter
                finally:
                    self._waiting.discard(waiter)
        return found
