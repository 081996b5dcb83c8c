"""The question of the day: what is sent to whom, and what a learner may do with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot import inviting, phrases, streaks
from bot.dialogue import Answering, Dialogue, Idle, Marked
from bot.learners import Change, Dismissed, Learner, Settled, Snoozed
from bot.lessons import picking
from bot.lessons.progress import missed_since
from bot.lessons.quizzing import Quizzing
from bot.lessons.turn import Turn
from bot.messages import Reply
from bot.ports import Transactions
from bot.pushes import Drop, Later, Outcome, Prospect, Push, Send
from bot.routines import A_DAY, A_DAYS_MINUTES, A_MINUTE, MOST, Routine, minute_of, planned
from bot.speech import say
from knowledge.content import Level, NoteId, Question
from knowledge.instances import instance
from knowledge.library import Library

LATE = timedelta(hours=6)  # a question that could not be sent by then is left out
PATIENCE = 5  # questions without an answer, after which it goes quiet
_TALKING = timedelta(minutes=10)  # since the learner was heard: they are at something
_AT_WORK = timedelta(minutes=60)  # since another question was asked: it is being answered
_SNOOZE = timedelta(hours=1)
_FEW = 2  # topics: with fewer, none of them is the strongest


@dataclass(frozen=True, slots=True)
class _Day:
    """A push, whose it is, and the day as the learner's clock has it."""

    push: Push
    known: Prospect
    routine: Routine
    now: datetime

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.known.learner.timezone)

    @property
    def here(self) -> datetime:
        return self.now.astimezone(self.zone)

    @property
    def onward(self) -> Routine:
        """The routine with its next question."""
        return planned(self.routine, self.zone, self.now)

    def may_be(self, at: datetime) -> bool:
        """Whether it may still be sent at this time: on its day, and in no quiet hours."""
        there = at.astimezone(self.zone)
        return (
            there.date().isoformat() == self.push.occasion
            and not self.routine.hours.are_quiet(there)
            and (self.push.sent_at is not None or at - self.push.due_at <= LATE)
        )


class Pushing:
    """Questions that come by themselves. They are put, answered and marked as those of /quiz are.

    While a learner is at another question the push waits; one that was left alone for an hour is
    laid aside, and a button brings it back as it was.
    """

    def __init__(self, library: Library, quizzing: Quizzing, records: Transactions) -> None:
        self._library = library
        self._quizzing = quizzing
        self._records = records
        self._known: dict[tuple[str, Level], tuple[Question, ...]] = {}

    async def compose(self, push: Push, known: Prospect, now: datetime) -> Outcome:
        """What is to become of a planned push: sent, put off, or left out with a reason."""
        routine = known.routine
        if routine is None or routine.chat != push.chat:
            return Drop(push, "arranged elsewhere")
        day = _Day(push, known, routine, now)
        if routine.standing != "on" or routine.is_paused(day.here.date()):
            return Drop(push, "not wanted", day.onward)
        if not day.may_be(now):
            missed = planned(routine, day.zone, now - LATE)  # today's may still be had
            return Drop(push, "too late", missed if push.sent_at is None else day.onward)
        if (until := _busy(known)) and until > now:
            if day.may_be(until):
                return Later(push, until)
            return Drop(push, "the learner was at work", day.onward)
        if push.sent_at is not None:
            return await self._once_more(day)
        return await self._first(day)

    async def _first(self, day: _Day) -> Outcome:
        """A new question; or the word that there will be none for a while."""
        push, known, routine = day.push, day.known, day.onward
        sent = known.pushed[-1][1] if known.pushed else None
        heard = sent is None or (known.heard_at is not None and known.heard_at >= sent)
        unanswered = 0 if heard else routine.unanswered
        if unanswered >= PATIENCE:
            still = replace(routine, standing="resting", next_at=None, next_day=None, unanswered=0)
            return Send(push, inviting.resting(PATIENCE), routine=still)
        question = self._of_the_day(known, routine, day.now)
        if question is None:
            return Drop(push, "nothing to ask", routine)
        opening = inviting.invitation(push.learner, day.here.date())
        routine = replace(routine, unanswered=unanswered + 1)
        return await self._sent(day, self._asked(question, day), opening, routine)

    async def _once_more(self, day: _Day) -> Outcome:
        """The question that was snoozed, unless it was answered since."""
        asked, sent = day.push.asked, day.push.sent_at
        if asked is None or sent is None:
            return Drop(day.push, "nothing to repeat")
        if any(seen.question == asked.question and seen.at >= sent for seen in day.known.seen):
            return Drop(day.push, "answered before")
        again = replace(asked, asked_at=day.now)
        return await self._sent(day, again, say(inviting.AGAIN), None)

    async def _sent(
        self, day: _Day, asked: Answering, opening: str, routine: Routine | None
    ) -> Outcome:
        known, first = day.known, routine is not None
        try:
            drawn = instance(self._library.question(asked.question), asked.seed)
        except KeyError:  # it was taken out of the library since
            return Drop(day.push, "the question is gone", routine)
        turn = await self._quizzing.put(drawn, asked)
        aside = _aside(known.dialogue, asked)
        streak, frozen = _standing(known, day.here.date())
        closes = first and day.routine.closes_the_week(day.here.date())
        reply = inviting.question(
            turn.replies[0],
            push=day.push.id,
            opening=opening,
            today=asked.today or (1, 1),
            streak=streak if first else None,
            frozen=frozen,
            week=self._week(day) if closes else None,
            aside=self._title(aside),
        )
        return Send(day.push, reply, asked, aside, routine)

    def _asked(self, question: Question, day: _Day) -> Answering:
        seen = sum(seen.question == question.id for seen in day.known.seen)
        return self._drawn(question, day.known.learner, seen, day.now, (1, day.routine.many))

    def _drawn(
        self, question: Question, learner: Learner, seen: int, now: datetime, today: tuple[int, int]
    ) -> Answering:
        seed = learner.id + seen  # numbers not seen before
        return Answering(question.id, question.parts[0].label, now, seed=seed, today=today)

    def _of_the_day(self, known: Prospect, routine: Routine, now: datetime) -> Question | None:
        taught = {subject.id for subject in self._library.subjects}
        wanted = [id for id in routine.subjects if id in taught]
        ids = wanted or [id for id in (known.learner.subject,) if id in taught]
        ids = ids or ([*taught] if len(taught) == 1 else [])  # the only one there is
        level = known.learner.level
        questions = [question for id in ids for question in self._questions(id, level)]
        open = known.dialogue
        current = open.question if isinstance(open, Answering | Marked) else None
        return picking.of_the_day(questions, known, now, current)

    def _questions(self, subject: str, level: Level) -> tuple[Question, ...]:
        """A subject's questions at a level, which stay the same while the library does."""
        key = subject, level
        if key not in self._known:
            self._known[key] = self._library.questions(subject, level=level)
        return self._known[key]

    def _week(self, day: _Day) -> inviting.Week | None:
        """What the last seven days came to; None for one without a marked answer."""
        since = (day.here - 7 * A_DAY).astimezone(UTC)
        marked = [s for s in day.known.seen if s.at >= since and s.marks is not None]
        if not marked:
            return None
        shares = picking.topic_shares(day.known, since)
        notes = {
            (subject.id, note.topic): note
            for subject in self._library.subjects
            for note in self._library.notes(subject.id)
        }
        known = sorted((share, topic) for topic, share in shares.items() if topic in notes)
        best = notes[known[-1][1]].title if len(known) >= _FEW else None
        weak = notes[known[0][1]] if known and known[0][0] < 1 else None
        return inviting.Week(
            sum(seen.marks or 0 for seen in marked),
            sum(seen.out_of or 0 for seen in marked),
            len(marked),
            best,
            weak.title if weak else None,
            NoteId(weak.id) if weak else None,
        )

    def _title(self, aside: Answering | None) -> str:
        if aside is None:
            return ""
        try:
            return self._library.question(aside.question).title
        except KeyError:
            return ""

    async def press(
        self, learner: Learner, dialogue: Dialogue, action: tuple[str, str], now: datetime
    ) -> Turn:
        """A button of a question that came by itself, or of the word about one."""
        verb, rest = action
        if verb == "more":
            return await self._more(learner, dialogue, rest, now)
        async with self._records() as records:
            push = await records.pushes.push(int(rest), learner.id) if rest.isdecimal() else None
            routine = await records.pushes.routine(learner.id)
        if push is None:
            return Turn((phrases.out_of_date(),), dialogue)
        match verb:
            case "snooze":
                return self._snoozed(learner, dialogue, push, routine, now)
            case "nottoday":
                left = Idle() if _is_about(dialogue, push) else dialogue
                reply = inviting.not_today(routine, learner.timezone)
                return Turn((reply,), left, (Dismissed(push.id),))
            case "back" if push.aside is not None:
                return await self._open(dialogue, push.aside, now)
            case "lost" if push.asked is not None:
                return await self._open(dialogue, push.asked, now, (Settled(push.id),))
            case _:
                return Turn((phrases.out_of_date(),), dialogue)

    def _snoozed(
        self,
        learner: Learner,
        dialogue: Dialogue,
        push: Push,
        routine: Routine | None,
        now: datetime,
    ) -> Turn:
        if routine is None or push.asked is None:
            return Turn((phrases.out_of_date(),), dialogue)
        day = _Day(
            replace(push, sent_at=now), Prospect(learner, routine, dialogue, None), routine, now
        )
        if not day.may_be(now + _SNOOZE):
            return Turn((inviting.snoozed_into_night(),), dialogue)
        reply = inviting.snoozed(now + _SNOOZE, learner.timezone)
        return Turn((reply,), dialogue, (Snoozed(push.id, now + _SNOOZE),))

    async def _open(
        self, dialogue: Dialogue, asked: Answering, now: datetime, changes: tuple[Change, ...] = ()
    ) -> Turn:
        """Put a question as it stood, with what was answered to its earlier parts."""
        try:
            drawn = instance(self._library.question(asked.question), asked.seed)
            turn = await self._quizzing.put(drawn, replace(asked, asked_at=now))
        except KeyError:
            return Turn((phrases.out_of_date(),), dialogue)
        return replace(turn, changes=changes)

    async def _more(self, learner: Learner, dialogue: Dialogue, rest: str, now: datetime) -> Turn:
        """The next of today's questions: 'more:2:3' is the second of three."""
        number, _, of = rest.partition(":")
        if not (number.isdecimal() and of.isdecimal() and 1 < int(number) <= int(of) <= MOST):
            return Turn((phrases.out_of_date(),), dialogue)
        async with self._records() as records:
            known = (await records.pushes.prospects([learner.id], now))[learner.id]
        known = replace(known, dialogue=dialogue)
        routine = known.routine
        question = self._of_the_day(known, routine, now) if routine is not None else None
        if question is None:
            return Turn((phrases.out_of_date(),), dialogue)
        seen = sum(seen.question == question.id for seen in known.seen)
        today = (int(number), int(of))
        return await self._open(dialogue, self._drawn(question, learner, seen, now, today), now)

    def offered(self, turn: Turn, push: Push) -> Turn:
        """The turn, with the word that a question may not have arrived."""
        if push.asked is None:
            return replace(turn, changes=(*turn.changes, Settled(push.id)))
        reply = inviting.reoffered(push.id)
        return replace(
            turn, replies=(*turn.replies, reply), changes=(*turn.changes, Settled(push.id))
        )


def broadcast(push: Push, said: Reply, known: Prospect, now: datetime) -> Outcome:
    """A message to everybody, which waits for the end of a learner's quiet hours."""
    hours = known.routine.hours if known.routine else None
    here = now.astimezone(ZoneInfo(known.learner.timezone))
    if hours is None or hours.quiet is None or not hours.are_quiet(here):
        return Send(push, said)
    return Later(push, now + A_MINUTE * ((hours.quiet.ends - minute_of(here)) % A_DAYS_MINUTES))


def _busy(known: Prospect) -> datetime | None:
    """Until when the learner is likely to be at something else; None if at nothing."""
    match known.dialogue:
        case Idle():
            return None
        case Answering(today=None, asked_at=asked_at):
            ends = [asked_at + _AT_WORK]
        case _:
            ends = []
    if known.heard_at is not None:
        ends.append(known.heard_at + _TALKING)
    return max(ends, default=None)


def _aside(dialogue: Dialogue, asked: Answering) -> Answering | None:
    """The question that was open, if it is not this one, or an earlier one that came by itself."""
    if isinstance(dialogue, Answering) and dialogue.today is None:
        return dialogue if dialogue.question != asked.question else None
    return None


def _is_about(dialogue: Dialogue, push: Push) -> bool:
    return (
        isinstance(dialogue, Answering)
        and push.asked is not None
        and dialogue.question == push.asked.question
    )


def _standing(known: Prospect, today: date) -> tuple[streaks.Streak | None, int]:
    """The streak as it stands, and how many missed days it was forgiven."""
    if known.streak is None:
        return None, 0
    missed = missed_since(known.streak, known.routine, today)
    return streaks.standing(known.streak, missed), missed if missed <= known.streak.freezes else 0
