"""How long to wait before trying again: longer each time, and not everybody at once."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

_MOST_DOUBLINGS = 20


@dataclass(frozen=True, slots=True)
class Patience:
    """The waits between tries, in seconds. `pause` and `chance` are the world's, or a test's."""

    first: float = 0.5
    longest: float = 60.0
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep
    chance: Callable[[], float] = random.random

    async def wait(self, failures: int) -> None:
        """Wait after this many failures in a row: half of a doubling time, and a random half."""
        whole = min(self.longest, self.first * 2.0 ** min(failures - 1, _MOST_DOUBLINGS))
        await self.pause(whole * (0.5 + self.chance() / 2))
