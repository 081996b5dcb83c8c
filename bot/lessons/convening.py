"""A room's daily question: put to everybody when its hour comes."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot import refereeing
from bot.appointments import LATE, Appointment, onward, reveal_of
from bot.lessons import picking
from bot.lessons.posing import posed
from bot.messages import Reply
from bot.ports import Transactions
from bot.rounds import Closed, Room, Round, Started
from knowledge.content import Question, QuestionId
from knowledge.instances import instance
from knowledge.library import Library

_SEEDS = 1000


class Convening:
    """Begins the rounds of rooms that have a question a day."""

    def __init__(self, library: Library, records: Transactions) -> None:
        self._library = library
        self._records = records

    async def tick(self, now: datetime) -> None:
        """Put the question of every room that is due, once a local day."""
        async with self._records() as records:
            due = await records.rounds.appointed(now)
        for appointment in due:
            await self._convene(appointment, now)

    async def _convene(self, appointment: Appointment, now: datetime) -> None:
        """Put the question; or first have the last one revealed, and put it at a later tick."""
        chat = appointment.chat
        async with self._records() as records:
            room = await records.rounds.room(chat)
            asked = await records.rounds.asked(chat)
            running = await records.rounds.running(chat, daily=True)
            if running is not None:
                await records.keep(Closed(running.id, now))
                await records.commit()
                return
        late = appointment.next_at is None or now - appointment.next_at > LATE
        question = None if late else self._picked(room, asked)
        had = replace(appointment, last_day=appointment.next_day)
        after = onward(appointment, now - LATE) if late else onward(had, now)
        round = question and Round(
            *(secrets.token_urlsafe(9), chat, None, question.id, question.parts[0].label),
            *(secrets.randbelow(_SEEDS), now, reveal_of(appointment, now)),
            daily=True,
        )
        reply = round and question and await self._announced(round, question)
        async with self._records() as records:
            if not await records.rounds.advance(appointment, after):
                return  # another process was quicker, or it was arranged anew
            if round and reply:
                await records.keep(Started(round))
                await records.write(chat, reply, now)
            await records.commit()

    def _picked(self, room: Room, asked: Sequence[QuestionId]) -> Question | None:
        """Of what can be answered in a few lines, one not asked here for longest; None if none."""
        if room.subject not in {subject.id for subject in self._library.subjects}:
            return None
        all = self._library.questions(room.subject, level=room.level)
        return picking.for_a_room(all, asked)

    async def _announced(self, round: Round, question: Question) -> Reply:
        drawn = instance(question, round.seed)
        part = drawn.part(round.part)
        return refereeing.announced(round, await posed(self._library, drawn, part, whole=True))
