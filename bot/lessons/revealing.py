"""A round's clock and its end: everybody's marks, at the time that the database says."""

from __future__ import annotations

from datetime import datetime

from bot import refereeing
from bot.boards import board, day_of, week_of
from bot.lessons.posing import posed, put
from bot.messages import Reply
from bot.ports import Records, Transactions
from bot.rounds import Round
from bot.speech import speaking
from knowledge.library import Library


class Revealing:
    """Shows how much time rounds have left, and reveals those that are due."""

    def __init__(self, library: Library, records: Transactions) -> None:
        self._library = library
        self._records = records

    async def tick(self, now: datetime) -> None:
        """Put the reveal of every round that is due into the outbox, once, however late."""
        async with self._records() as records:
            due = await records.rounds.due(now)
            running = await records.rounds.under_way(now)
        for round in running:
            await self._show_clock(round, now)
        for round in due:
            async with self._records() as records:
                if await records.rounds.revealed(round.id, now):
                    await self._reveal(records, round, now)
                    await records.commit()

    async def _show_clock(self, round: Round, now: datetime) -> None:
        """Have the round's message say how much time is left, if it does not."""
        seconds = round.clock(now)
        if seconds >= (round.ends_at - round.started_at).total_seconds():
            return
        async with self._records() as records:
            post = await records.posted(round.chat, round.mark)
            if not post or not await records.rounds.ticked(round.id, seconds):
                return  # before the question is put again: every sweep comes by here
            announced = await self._announced(records, round)
            if announced:
                answers = len(await records.rounds.entries(round.id))
                with speaking(announced.language):
                    told = refereeing.ticking(post, round, announced, seconds, answers)
                await records.write(round.chat, told, now)
                await records.commit()

    async def _announced(self, records: Records, round: Round) -> Reply | None:
        """What the round's message said first; None where its question is gone."""
        asked = put(self._library, round)
        if asked is None:
            return None
        question = await posed(self._library, *asked, whole=True)
        with speaking((await records.rounds.room(round.chat)).language):
            begun = refereeing.of_the_day if round.daily else refereeing.announced
            return begun(round, question)

    async def _close(self, records: Records, round: Round, now: datetime) -> None:
        """Take the buttons from the round's message."""
        post = await records.posted(round.chat, round.mark)
        announced = await self._announced(records, round) if post else None
        if announced:
            with speaking(announced.language):
                await records.write(round.chat, refereeing.closed_to(post, announced), now)

    async def _reveal(self, records: Records, round: Round, now: datetime) -> None:
        """Tell the room, and each who answered in private."""
        await self._close(records, round, now)
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
