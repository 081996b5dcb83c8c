"""Which rooms are served: all, or those that the operator lists."""

from __future__ import annotations

from collections.abc import Collection

from bot.arrangements import INVITED_ONLY
from bot.messages import Message, Reply


class Door:
    """Admits all private chats, for nobody can be seen there to belong to an invited group.

    `allowed` names rooms by platform and place, such as `telegram:-100123`; none is no limit.
    """

    reply = Reply(INVITED_ONLY)

    def __init__(self, allowed: Collection[str] = ()) -> None:
        self._allowed = frozenset(allowed)

    def admits(self, message: Message) -> bool:
        """Whether a message is from where the tutor serves."""
        if not self._allowed or message.chat.alone:
            return True
        platform = message.chat.platform
        return any(f"{platform}:{place}" in self._allowed for place in message.places)
