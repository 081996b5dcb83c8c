"""The end of a round: everybody's marks, at the time that the database says."""

from __future__ import annotations

from datetime import datetime

from bot import refereeing
from bot.boards import board, day_of, week_of
from bot.lessons.posing import put
from bot.ports import Records, Transactions
from bot.rounds import Round
from bot.speech import speaking
from knowledge.library import Library


class Revealing:
    """Reveals rounds that are due."""

    def __init__(self, library: Library, records: Transactions) -> None:
        self._library = library
        self._records = records

    async def tick(self, now: datetime) -> None:
        """Put the reveal of every round that is due into the outbox, once, however late."""
        async with self._records() as records:
            due = await records.rounds.due(now)
        for round in due:
            async with self._records() as records:
                if await records.rounds.revealed(round.id, now):
                    await self._reveal(records, round, now)
                    await records.commit()

    async def _reveal(self, records: Records, round: Round, now: datetime) -> None:
        """Tell the room, and each who answered in private."""
        entries = await records.rounds.entries(round.id)
        results = await records.rounds.results(round.chat, week_of(round.ends_at))
        boards = board(results, day_of(round.ends_at)), board(results, week_of(round.ends_at))
        with speaking((await records.rounds.room(round.chat)).language):
            reply = refereeing.revealed(round, put(self._library, round), entries, boards)
        await records.write(round.chat, reply, now)
        for entry in entries:
            if entry.chat.alone:
                with speaking((await records.learner(entry.chat)).language or "en"):
                    told = refereeing.told(round, entry)
                await records.write(entry.chat, told, now)
