"""/daily in a group: when the question for everybody comes, for those who run it to say."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot import gathering, inviting, places
from bot.appointments import Appointment, onward
from bot.dialogue import Dialogue
from bot.learners import Learner
from bot.lessons.authority import refusal
from bot.lessons.turn import Turn
from bot.messages import Chat, Reply
from bot.ports import InCharge, Transactions
from bot.rounds import Appointed
from bot.routines import Hours
from bot.wishes import At, Many, On, Only, Pause, Silence, Switch, Unclear, Wish, Zone, read
from knowledge.library import Library


@dataclass(frozen=True, slots=True)
class _Asked:
    """What somebody in charge asks for, and what holds so far; None where nothing does."""

    learner: Learner
    chat: Chat
    words: str
    wishes: tuple[Wish, ...]
    known: Appointment | None
    now: datetime


class Appointing:
    """The daily question of rooms."""

    def __init__(self, library: Library, records: Transactions, in_charge: InCharge) -> None:
        self._library = library
        self._records = records
        self._in_charge = in_charge

    async def arrange(
        self, learner: Learner, dialogue: Dialogue, chat: Chat, words: str, now: datetime
    ) -> Turn:
        """Do as these words say, for those in charge; without any, show what is set."""
        async with self._records() as records:
            known = await records.rounds.appointment(chat)
            room = await records.rounds.room(chat)
        subject = self._named(room.subject)
        if not words.strip():
            shown = gathering.set(known, subject) if known and subject else gathering.unset()
            return Turn((shown,), dialogue)
        if refused := await refusal(self._in_charge, chat):
            return Turn((refused,), dialogue)
        if not subject:
            return Turn((gathering.no_subject(),), dialogue)
        zone = ZoneInfo(known.zone if known else learner.timezone)
        try:
            wishes = read(words, now.astimezone(zone).date())
            asked = _Asked(learner, chat.everybody, words, wishes, known, now)
            changed = await self._changed(asked)
        except Unclear as why:
            return Turn((inviting.unclear(str(why)),), dialogue)
        if isinstance(changed, Reply):
            return Turn((changed,), dialogue)
        return Turn((gathering.set(changed, subject),), dialogue, (Appointed(changed),))

    def _named(self, id: str) -> str:
        return next((subject.name for subject in self._library.subjects if subject.id == id), "")

    async def _changed(self, asked: _Asked) -> Appointment | Reply:
        """The appointment after these wishes, or what to ask back. Raises Unclear."""
        if any(isinstance(wish, Many | Only | Silence) for wish in asked.wishes):
            return gathering.alone_only()
        zone = await self._zone(asked)
        if isinstance(zone, Reply):
            return zone
        minute = next((wish.minute for wish in asked.wishes if isinstance(wish, At)), None)
        if asked.known is None and minute is None:
            return gathering.unset()
        known = asked.known or Appointment(asked.chat, Hours(minute or 0, quiet=None), zone)
        days = next((one.days for one in asked.wishes if isinstance(one, On)), known.hours.days)
        at = known.hours.minute if minute is None else minute
        changed = replace(known, hours=Hours(at, days, quiet=None), zone=zone, on=True)
        for wish in asked.wishes:
            if isinstance(wish, Switch):
                changed = replace(changed, on=wish.on, rests_until=None)
            if isinstance(wish, Pause):
                changed = replace(changed, rests_until=wish.until)
        return onward(changed, asked.now)

    async def _zone(self, asked: _Asked) -> str | Reply:
        """The time zone: as named now or before, or as the learner's own daily question has it."""
        place = next((wish.place for wish in asked.wishes if isinstance(wish, Zone)), None)
        if place is not None:
            found = await asyncio.to_thread(places.found, place, asked.now)
            return found.zones[0] if found.sure else gathering.which_place(place, found.zones)
        if asked.known is not None:
            return asked.known.zone
        async with self._records() as records:
            own = await records.pushes.routine(asked.learner.id)
        return asked.learner.timezone if own else gathering.whose_clock(asked.words)
