"""The couriers that serve at the moment, by platform."""

from __future__ import annotations

from collections.abc import Iterable

from bot.messages import CannotTell, Chat, Courier


class Couriers:
    """Empty until the desk begins to serve."""

    def __init__(self) -> None:
        self._serving: dict[str, Courier] = {}

    def serve(self, couriers: Iterable[Courier]) -> None:
        """These serve from now on, and no others."""
        self._serving = {courier.platform: courier for courier in couriers}

    @property
    def platforms(self) -> tuple[str, ...]:
        """The platforms that are served."""
        return tuple(self._serving)

    def at(self, platform: str) -> Courier | None:
        """The courier of a platform; None if it is not served."""
        return self._serving.get(platform)

    async def in_charge(self, chat: Chat) -> bool:
        """Whether this person runs the room that they write in. Raises CannotTell."""
        courier = self.at(chat.platform)
        if courier is None:
            raise CannotTell(f"{chat.platform} is not served")
        return await courier.in_charge(chat)
