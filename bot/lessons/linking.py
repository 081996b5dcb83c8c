"""/link and /unlink: one learner on several platforms."""

from __future__ import annotations

import re
import secrets
from dataclasses import replace
from datetime import datetime, timedelta

from bot import joining
from bot.dialogue import Dialogue
from bot.learners import Change, Learner, Linked, Mistaken, Offered, Unlinked
from bot.lessons.turn import Turn
from bot.messages import Chat
from bot.ports import Notes, Transactions
from bot.schedule import merged

VALID = timedelta(minutes=10)
MOST_MISTAKES = 5
WITHIN = timedelta(hours=1)
_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that is easily taken for another
_LENGTH = 8


class Linking:
    """Joins accounts by a code that is made in one and given in the other."""

    def __init__(self, records: Transactions, notes: Notes) -> None:
        self._records = records
        self._notes = notes

    async def link(
        self, learner: Learner, dialogue: Dialogue, chat: Chat, words: str, now: datetime
    ) -> Turn:
        """A code to give elsewhere; or, with one, the question whether to join."""
        if not chat.alone:
            return Turn((joining.alone(),), dialogue)
        if not words.strip():
            code = "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
            offered = Offered(learner.id, code, now + VALID)
            return Turn((joining.offered(code, VALID),), dialogue, (offered,))
        code = re.sub(r"[^A-Z0-9]", "", words.upper())
        return await self._given(learner, dialogue, code, now, sure=False)

    async def joined(
        self, learner: Learner, dialogue: Dialogue, chat: Chat, code: str, now: datetime
    ) -> Turn:
        """Join this account to the one that made the code; '' leaves everything as it is."""
        if not chat.alone or not code:
            reply = joining.alone() if code else joining.left()
            return Turn((reply,), dialogue)
        return await self._given(learner, dialogue, code, now, sure=True)

    async def _given(
        self, learner: Learner, dialogue: Dialogue, code: str, now: datetime, *, sure: bool
    ) -> Turn:
        async with self._records() as records:
            made_by = await records.offer(code, now)
            mistakes = await records.mistakes(learner.id, now - WITHIN)
            platforms = await records.platforms(made_by) if made_by else ()
        if mistakes >= MOST_MISTAKES:
            return Turn((joining.too_often(WITHIN),), dialogue)
        if made_by is None:
            mistaken = Mistaken(learner.id, now)
            return Turn((joining.unknown(),), dialogue, (mistaken,))
        if made_by == learner.id:
            return Turn((joining.same(code),), dialogue)
        if not sure:
            return Turn((joining.asked(code, platforms),), dialogue)
        changes = await self._joining(learner, made_by, code)
        return Turn((joining.joined(platforms),), dialogue, changes)

    async def _joining(self, learner: Learner, into: int, code: str) -> tuple[Change, ...]:
        """What there is to keep; files go first, and doing that twice does no harm."""
        async with self._records() as records:
            theirs, mine = await records.cards(into), await records.cards(learner.id)
        await self._notes.move(learner.id, into)
        cards = tuple(replace(card, learner=into) for card in merged(theirs, mine))
        return (Linked(learner.id, into, code, cards),)

    async def unlink(self, learner: Learner, dialogue: Dialogue) -> Turn:
        """Ask before this account is parted from the others."""
        async with self._records() as records:
            platforms = await records.platforms(learner.id)
        if len(platforms) == 1:
            return Turn((joining.single(),), dialogue)
        return Turn((joining.unasked(),), dialogue)

    async def unlinked(self, learner: Learner, dialogue: Dialogue, chat: Chat, sure: bool) -> Turn:
        """Part this account from the others, which keep everything."""
        async with self._records() as records:
            platforms = await records.platforms(learner.id)
        if not sure or len(platforms) == 1:
            reply = joining.single() if sure else joining.left()
            return Turn((reply,), dialogue)
        change = Unlinked(chat.platform, chat.person)
        return Turn((joining.parted(),), dialogue, (change,))
