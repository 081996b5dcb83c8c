"""What only those may do who run a room."""

from __future__ import annotations

from bot import refereeing
from bot.messages import CannotTell, Chat, Reply
from bot.ports import InCharge


async def refusal(in_charge: InCharge, chat: Chat, refused: Reply | None = None) -> Reply | None:
    """Why this person may not do it, in the words of `refused` if given; None if they may."""
    try:
        if await in_charge(chat):
            return None
    except CannotTell:
        return refereeing.cannot_tell()
    return refused or refereeing.for_admins()
