"""A room's question of the day: arranged by those who run it, put, and revealed with the next."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot import gatherings, inviting, places, refereeing
from bot.dialogue import Dialogue
from bot.learners import NOWHERE, Learner
from bot.lessons import picking
from bot.lessons.authority import refusal
from bot.lessons.posing import begun, shown
from bot.lessons.pushing import LATE, PATIENCE
from bot.lessons.turn import Turn
from bot.messages import Chat
from bot.ports import InCharge, Overtaken, Transactions
from bot.rounds import Meeting, Room, Started
from bot.routines import A_DAY, Hours, following
from bot.speech import say, speaking
from bot.wishes import At, On, Switch, Unclear, Wish, Zone, read
from knowledge.content import Question, QuestionId
from knowledge.library import Library


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
            return Turn((inviting.unclear(str(why)),), dialogue)
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
            raise Unclear(say(gatherings.HOW))
        minute = next((wish.minute for wish in wishes if isinstance(wish, At)), None)
        if known is None and minute is None:
            raise Unclear(say(gatherings.HOW))
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
            raise Unclear(say(gatherings.WHOSE_CLOCK))
        return learner.timezone

    async def tick(self, now: datetime) -> None:
        """Put the question of the day to every room where it is due, once, however many look."""
        async with self._records() as records:
            due = await records.rounds.meetings(now)
        for met in due:
            try:
                await self._meet(met, now)
            except Overtaken:
                continue  # yesterday's is still to be revealed: at the next look it is

    async def _meet(self, met: Meeting, now: datetime) -> None:
        async with self._records() as records:
            unheard = await records.rounds.unheard(met, PATIENCE)
            room = await records.rounds.room(met.chat)
            asked = await records.rounds.asked(met.chat)
        with speaking(room.language):
            await self._put(met, room, asked, now, unheard=unheard)

    async def _put(
        self, met: Meeting, room: Room, asked: Sequence[QuestionId], now: datetime, *, unheard: bool
    ) -> None:
        """The question, or that there will be none until somebody wants it again."""
        coming = following(met.hours, ZoneInfo(met.zone), now)
        next_at = coming[0] if coming and not unheard else None
        round, reply = None, gatherings.resting(PATIENCE) if unheard else None
        if not unheard and (question := self._picked(met, room, asked, now)):
            until = next_at or now + A_DAY
            round = replace(begun(question, met.chat, None, now, until), daily=True)
            reply = refereeing.of_the_day(round, await shown(self._library, round, question))
        async with self._records() as records:  # figures are drawn by now
            if not await records.rounds.moved(met, next_at):
                return
            if round is not None:
                await records.keep(Started(round))
            if reply is not None:
                await records.write(met.chat, reply, now)
            await records.commit()

    def _picked(
        self, met: Meeting, room: Room, asked: Sequence[QuestionId], now: datetime
    ) -> Question | None:
        """What to ask; None where it is too late, or there is nothing."""
        assert met.next_at is not None  # it is due
        taught = {subject.id for subject in self._library.subjects}
        if now - met.next_at > LATE or room.subject not in taught:
            return None
        every = self._library.questions(room.subject, level=room.level)
        return picking.for_room(every, asked)
