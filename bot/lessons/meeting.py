"""A room's question of the day: arranged by those who run it, put, and revealed with the next."""

from __future__ import annotations

import asyncio
import secrets
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot import gatherings, places, refereeing
from bot.dialogue import Dialogue
from bot.learners import NOWHERE, Learner
from bot.lessons import picking
from bot.lessons.authority import refusal
from bot.lessons.posing import posed
from bot.lessons.turn import Turn
from bot.messages import Chat
from bot.ports import InCharge, Overtaken, Records, Transactions
from bot.rounds import Meeting, Room, Round, Started
from bot.routines import Hours, following
from bot.wishes import At, On, Switch, Unclear, Wish, Zone, read
from knowledge.instances import instance
from knowledge.library import Library

LATE = timedelta(hours=6)  # what could not be put by then is left out
PATIENCE = 5  # questions that nobody answers, after which it goes quiet
_A_DAY = timedelta(days=1)
_SEEDS = 1000


class Meetings:
    """Rooms with a question of the day: a round that runs until the next one."""

    def __init__(self, library: Library, records: Transactions, in_charge: InCharge) -> None:
        self._library = library
        self._records = records
        self._in_charge = in_charge

    async def arrange(
        self, learner: Learner, dialogue: Dialogue, chat: Chat, words: str, now: datetime
    ) -> Turn:
        """`/daily` in a room: show what holds, or do as those who run it say."""
        async with self._records() as records:
            known = await records.rounds.meeting(chat)
            room = await records.rounds.room(chat)
        if not words.strip():
            return Turn((gatherings.shown(known),), dialogue)
        refused = await refusal(self._in_charge, chat)
        if refused is not None:
            return Turn((refused,), dialogue)
        if not room.subject:
            return Turn((gatherings.no_subject(),), dialogue)
        try:
            zone = ZoneInfo(known.zone if known else learner.timezone)
            wishes = read(words, now.astimezone(zone).date())
            met = await self._wished(learner, chat, known, wishes, now)
        except Unclear as why:
            return Turn((gatherings.unclear(str(why)),), dialogue)
        return Turn((gatherings.shown(met),), dialogue, (met,))

    async def _wished(
        self,
        learner: Learner,
        chat: Chat,
        known: Meeting | None,
        wishes: tuple[Wish, ...],
        now: datetime,
    ) -> Meeting:
        """What holds after these wishes. Raises Unclear."""
        if any(not isinstance(wish, At | On | Zone | Switch) for wish in wishes):
            raise Unclear(gatherings.HOW)
        minute = next((wish.minute for wish in wishes if isinstance(wish, At)), None)
        if known is None and minute is None:
            raise Unclear(gatherings.HOW)
        days = next((wish.days for wish in wishes if isinstance(wish, On)), None)
        before = known.hours if known else Hours(minute or 0, quiet=None)
        hours = Hours(before.minute if minute is None else minute, days or before.days, quiet=None)
        zone = await self._zone(learner, known, wishes, now)
        on = next((wish.on for wish in wishes if isinstance(wish, Switch)), True)
        coming = following(hours, ZoneInfo(zone), now) if on else None
        return Meeting(chat.everybody, hours, zone, now, on, coming[0] if coming else None)

    async def _zone(
        self, learner: Learner, known: Meeting | None, wishes: tuple[Wish, ...], now: datetime
    ) -> str:
        """By whose clock: as said, as before, or that of whoever says it. Raises Unclear."""
        place = next((wish.place for wish in wishes if isinstance(wish, Zone)), None)
        if place is not None:
            found = await asyncio.to_thread(places.found, place, now)
            if not found.sure:
                raise Unclear(gatherings.which_place(place, found.zones))
            return found.zones[0]
        if known is not None:
            return known.zone
        if learner.timezone == NOWHERE:
            raise Unclear(gatherings.WHOSE_CLOCK)
        return learner.timezone

    async def tick(self, now: datetime) -> None:
        """Put the question of the day to every room where it is due, once, however many look."""
        async with self._records() as records:
            due = await records.rounds.meetings(now)
        for met in due:
            try:
                async with self._records() as records:
                    await self._meet(records, met, now)
                    await records.commit()
            except Overtaken:
                continue  # yesterday's is still to be revealed: at the next look it is

    async def _meet(self, records: Records, met: Meeting, now: datetime) -> None:
        assert met.next_at is not None  # it is due
        coming = following(met.hours, ZoneInfo(met.zone), now)
        if await records.rounds.unheard(met, PATIENCE):
            if await records.rounds.moved(met, None):
                await records.write(met.chat, gatherings.resting(PATIENCE), now)
            return
        if not await records.rounds.moved(met, coming[0] if coming else None):
            return
        room = await records.rounds.room(met.chat)
        if now - met.next_at > LATE or not room.subject:
            return
        await self._ask(records, met, room, now, coming[0] if coming else now + _A_DAY)

    async def _ask(
        self, records: Records, met: Meeting, room: Room, now: datetime, until: datetime
    ) -> None:
        taught = {subject.id for subject in self._library.subjects}
        if room.subject not in taught:
            return
        every = self._library.questions(room.subject, level=room.level)
        question = picking.for_room(every, await records.rounds.asked(met.chat))
        if question is None:
            return
        begun = Round(
            *(secrets.token_urlsafe(9), met.chat, None, question.id, question.parts[0].label),
            *(secrets.randbelow(_SEEDS), now, until),
            daily=True,
        )
        await records.keep(Started(begun))
        drawn = instance(question, begun.seed)
        shown = await posed(self._library, drawn, drawn.part(begun.part), whole=True)
        await records.write(met.chat, refereeing.of_the_day(begun, shown), now)
