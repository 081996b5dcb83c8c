"""/daily: when the daily question comes, how many there are, and of which subjects."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot import inviting, phrases, places
from bot.dialogue import Answering, Dialogue, Idle, Locating, Marked
from bot.learners import Enrolled, Learner
from bot.lessons.naming import subject_called
from bot.lessons.turn import Turn
from bot.messages import Chat
from bot.ports import Transactions
from bot.routines import A_MINUTE, NIGHT, Hours, Routine, planned
from bot.speech import say
from bot.wishes import At, Many, On, Only, Pause, Silence, Switch, Unclear, Wish, Zone, read
from knowledge.library import Library

_LONGEST_PLACE = 6  # words: what is longer, or asks something, is no place


@dataclass(frozen=True, slots=True)
class Visit:
    """Who asks, where, in which language their app is ('es-MX'), and when."""

    learner: Learner
    chat: Chat
    locale: str
    now: datetime


class Appointing:
    """The daily question, as the learner wants it."""

    def __init__(self, library: Library, records: Transactions) -> None:
        self._library = library
        self._records = records

    async def arrange(self, visit: Visit, dialogue: Dialogue, words: str) -> Turn:
        """Do as these words say; without any, show what is set. The zone is asked for once."""
        try:
            wishes = read(words, visit.now.astimezone(ZoneInfo(visit.learner.timezone)).date())
            return await self._arranged(visit, dialogue, wishes, words)
        except Unclear as why:
            return Turn((inviting.unclear(str(why)),), dialogue)

    async def located(self, visit: Visit, locating: Locating, words: str) -> Turn | None:
        """Take the words for the place that was asked for; None if they are about other things."""
        found = await asyncio.to_thread(places.found, words, visit.now)
        if not found.zones and ("?" in words or len(words.split()) > _LONGEST_PLACE):
            return None
        return await self._placed(visit, locating, words, found)

    async def _placed(
        self, visit: Visit, locating: Locating, words: str, found: places.Found
    ) -> Turn:
        if found.sure:
            return await self.settle(visit, locating, found.zones[0])
        said = inviting.several_places(words) if found.zones else inviting.unknown_place(words)
        offered = found.zones or places.guesses(visit.locale)
        return Turn((inviting.whereabouts(offered, visit.now, said),), locating)

    async def settle(self, visit: Visit, dialogue: Dialogue, zone: str) -> Turn:
        """Live in this zone from now on, and go on with what was asked for before it was known."""
        if not visit.chat.alone or not await asyncio.to_thread(places.is_known, zone):
            return Turn((phrases.out_of_date(),), dialogue)
        words, after = "", dialogue
        if isinstance(dialogue, Locating):
            words, after = dialogue.wish, dialogue.before or Idle()
        moved = replace(visit.learner, timezone=zone)
        today = visit.now.astimezone(ZoneInfo(zone)).date()
        wishes = tuple(wish for wish in read(words, today) if not isinstance(wish, Zone))
        return await self._kept(replace(visit, learner=moved), after, wishes)

    async def _arranged(
        self, visit: Visit, dialogue: Dialogue, wishes: tuple[Wish, ...], words: str
    ) -> Turn:
        async with self._records() as records:
            known = await records.pushes.routine(visit.learner.id)
        place = next((wish.place for wish in wishes if isinstance(wish, Zone)), None)
        if place is not None:
            found = await asyncio.to_thread(places.found, place, visit.now)
            return await self._placed(visit, Locating(words, _open(dialogue)), place, found)
        if known is not None:
            return await self._kept(visit, dialogue, wishes)
        if not any(isinstance(wish, At) for wish in wishes):
            return Turn((inviting.unset(),), dialogue)
        self._changed(None, visit, wishes)  # what cannot be done is said before anything is asked
        asked = inviting.whereabouts(places.guesses(visit.locale), visit.now)
        return Turn((asked,), Locating(words, _open(dialogue)))

    async def _kept(self, visit: Visit, dialogue: Dialogue, wishes: tuple[Wish, ...]) -> Turn:
        """Keep what comes of these wishes, and say how things stand then."""
        async with self._records() as records:
            known = await records.pushes.routine(visit.learner.id)
        if known is None and not any(isinstance(wish, At) for wish in wishes):
            told = say("\n\nYour clock: {timezone}.", timezone=places.named(visit.learner.timezone))
            return Turn((inviting.unset(told),), dialogue, (Enrolled(visit.learner),))
        routine, notices = self._changed(known, visit, wishes)
        zone = ZoneInfo(visit.learner.timezone)
        routine = planned(routine, zone, _since(known, routine, visit.now))
        reply = inviting.arranged(routine, zone.key, self._names(routine, visit.learner), notices)
        return Turn((reply,), dialogue, (Enrolled(visit.learner), routine))

    def _changed(
        self, known: Routine | None, visit: Visit, wishes: tuple[Wish, ...]
    ) -> tuple[Routine, list[str]]:
        """The routine after these wishes, and what else changed by them. Raises Unclear."""
        notices: list[str] = []
        minute = next((wish.minute for wish in wishes if isinstance(wish, At)), None)
        if known is None:
            assert minute is not None  # the hour comes first
            known = Routine(visit.learner.id, visit.chat, Hours(minute, quiet=None))
            wishes = (Silence(NIGHT), *wishes) if minute not in NIGHT else wishes
        quiet = known.hours.quiet
        silences = [wish for wish in wishes if isinstance(wish, Silence)]
        if silences:
            quiet = silences[-1].quiet
        at = known.hours.minute if minute is None else minute
        if quiet is not None and at in quiet:
            if silences:
                raise Unclear(inviting.within_quiet(at))
            notices.append(inviting.gave_way(quiet))
            quiet = None
        days = next((wish.days for wish in wishes if isinstance(wish, On)), known.hours.days)
        routine = replace(known, chat=visit.chat, hours=Hours(at, days, quiet))
        if wishes and not any(isinstance(wish, Switch | Pause) for wish in wishes):
            routine = replace(routine, standing="on", unanswered=0)
        for wish in wishes:
            routine = self._with(routine, wish, visit)
        return routine, notices

    def _with(self, routine: Routine, wish: Wish, visit: Visit) -> Routine:
        match wish:
            case Many(count):
                return replace(routine, many=count)
            case Only(names):
                return replace(routine, subjects=tuple(self._subject(name) for name in names))
            case Switch(on):
                standing = replace(routine, standing="on" if on else "off", unanswered=0)
                return replace(standing, pause=None) if on else standing
            case Pause(until):
                today = visit.now.astimezone(ZoneInfo(visit.learner.timezone)).date()
                going = routine.pause is not None and routine.is_paused(today)
                first = routine.pause[0] if routine.pause and going else today
                return replace(routine, standing="on", pause=(first, until), unanswered=0)
            case At() | On() | Silence() | Zone():
                return routine

    def _subject(self, name: str) -> str:
        id = subject_called(self._library, name)
        if id is None:
            all = [subject.name for subject in self._library.subjects]
            raise Unclear(inviting.no_such_subject(name, all))
        return id

    def _names(self, routine: Routine, learner: Learner) -> list[str]:
        """What the questions are of; subjects that are no longer taught are left out."""
        taught = {subject.id: subject.name for subject in self._library.subjects}
        ids = [id for id in routine.subjects if id in taught] or [learner.subject]
        return [taught.get(id, say("your subject")) for id in ids]


def _open(dialogue: Dialogue) -> Answering | Marked | None:
    """What the conversation goes back to once the place is known."""
    match dialogue:
        case Answering() | Marked():
            return dialogue
        case Locating():
            return dialogue.before
        case _:
            return None


def _since(known: Routine | None, routine: Routine, now: datetime) -> datetime:
    """From when on the next question is looked for: one that is due this moment is not lost."""
    if known and known.next_at and known.next_at <= now and known.hours == routine.hours:
        return known.next_at - A_MINUTE
    return now
