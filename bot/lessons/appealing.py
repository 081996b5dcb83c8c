"""A learner disagrees with a marking: the point is read again by another examiner, once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot import rulings
from bot.appeals import Appeal, NotWritten, Reading, SecondReader, heard, ids, judged
from bot.dialogue import Marked
from bot.follow_ups import Objection
from bot.learners import Attempt, Card, Learner
from bot.lessons.turn import Turn
from bot.marking import CouldNotMark, PointMark, Script, Verdict
from bot.messages import Chat
from bot.phrases import out_of_date
from bot.ports import Transactions
from bot.schedule import rescheduled
from knowledge.instances import instance
from knowledge.library import Library

A_DAY = timedelta(days=1)
MOST_A_DAY = 10  # points
MOST_WAITING = 20  # points of one learner that no teacher has looked at yet


@dataclass(frozen=True, slots=True)
class _Case:
    """A marked attempt as it stands now, all of its learner's attempts and appeals, and where."""

    chat: Chat
    now: datetime
    marked: Marked
    attempt: Attempt
    verdict: Verdict
    script: Script
    attempts: tuple[Attempt, ...]
    appeals: tuple[Appeal, ...]

    @property
    def past(self) -> dict[str, Appeal]:
        """The appeals about this attempt, by point."""
        return {each.point: each for each in self.appeals if each.attempt == self.attempt.id}


class Appealing:
    """Appeals. What a second reading changes is kept with it, in the turn's transaction."""

    def __init__(self, library: Library, second: SecondReader, records: Transactions) -> None:
        self._library = library
        self._second = second
        self._records = records

    async def hear(
        self, learner: Learner, chat: Chat, marked: Marked, said: Objection, now: datetime
    ) -> Turn:
        """Both readings of the points that the learner disagrees with, and the mark after them."""
        case = await self._case(learner, chat, marked, now)
        if case is None:
            return Turn((out_of_date(),), marked)
        script, past = case.script, case.past
        wanted = _wanted(case.verdict, said)
        fresh = [id for id in wanted if id not in past]
        if not fresh and (heard_before := _meant(said, wanted, past)):
            told = rulings.known(script, case.verdict, heard_before)
        elif not fresh and said.points:
            told = rulings.not_open(script, case.verdict, said.points)
        elif not said.points and len(fresh) != 1:
            told = rulings.which(script, case.verdict, fresh)
        elif why := _too_many(case.appeals, len(fresh), now):
            told = rulings.too_many(script, why)
        else:
            return await self._heard(case, fresh, said.words)
        return Turn((told,), case.marked)

    async def _case(
        self, learner: Learner, chat: Chat, marked: Marked, now: datetime
    ) -> _Case | None:
        """What the appeal is about; None if the attempt or its question is no longer there."""
        async with self._records() as records:
            attempts = await records.attempts(learner.id)
            appeals = await records.appeals(learner.id)
        attempt = _last(attempts, marked)
        if attempt is None or attempt.verdict is None:
            return None
        try:
            question = instance(self._library.question(marked.question), marked.seed)
            part = replace(question.part(marked.part), scheme=attempt.verdict.scheme)
        except KeyError:  # it was taken out of the library since
            return None
        script = Script(question, part, attempt.verdict.answer, attempt.earlier)
        marked = replace(marked, verdict=attempt.verdict)  # a teacher may have changed it
        return _Case(chat, now, marked, attempt, attempt.verdict, script, attempts, appeals)

    async def _heard(self, case: _Case, points: Sequence[str], words: str) -> Turn:
        script, verdict = case.script, case.verdict
        appeals: list[Appeal] = []
        try:
            for point in points:
                reading = await self._reading(script, verdict, point, words)
                appeal = Appeal(case.attempt.id, point, case.now, case.chat, verdict, reading)
                appeals.append(appeal)
                verdict = heard(verdict, appeal)
        except NotWritten:
            return Turn((rulings.not_written(script, words),), case.marked)
        except CouldNotMark as why:
            return Turn((rulings.not_now(script, case.verdict, points, why),), case.marked)
        told = rulings.told(script, case.verdict, verdict, appeals)
        card = _card(case, verdict) if verdict is not case.verdict else ()
        after = replace(case.marked, verdict=verdict)
        return Turn((told,), after, (*appeals, *card))

    async def _reading(
        self, script: Script, verdict: Verdict, point: str, words: str
    ) -> Reading | None:
        """The second reading; None where there can be none. Raises NotWritten, CouldNotMark."""
        try:
            return await self._second.read(script, verdict, point, words)
        except CouldNotMark as why:
            if why.later:
                raise
            return None


def _last(attempts: Sequence[Attempt], marked: Marked) -> Attempt | None:
    """The attempt whose marking the conversation is about."""
    for attempt in reversed(attempts):
        about = (attempt.question, attempt.part) == (marked.question, marked.part)
        if about and attempt.verdict and attempt.verdict.answer == marked.verdict.answer:
            return attempt
    return None


def _wanted(verdict: Verdict, said: Objection) -> list[str]:
    """The points an objection can be about: those it names, or all, that are not as it wants."""
    return [
        id
        for number, id in enumerate(ids(verdict), start=1)
        if (not said.points or number in said.points) and _is_open(verdict, id, said)
    ]


def _meant(said: Objection, wanted: Sequence[str], past: Mapping[str, Appeal]) -> list[Appeal]:
    """The earlier appeals that an objection repeats, whatever became of the mark since."""
    return [appeal for id, appeal in past.items() if id in wanted or appeal.number in said.points]


def _is_open(verdict: Verdict, id: str, said: Objection) -> bool:
    """Whether a point was missed; or awarded, where the learner thinks that it was not earned.

    Where none is named, only what goes the learner's way is in question.
    """
    mark = judged(verdict, id)
    if isinstance(mark, PointMark):
        missed, got = not mark.awarded, mark.awarded
        counts = mark.point.type != "AG"
    else:
        missed, got = mark.marks < mark.criterion.out_of, mark.marks > 0
        counts = True
    if said.against:
        return counts and (got or (missed and bool(said.points)))
    return counts and missed


def _too_many(appeals: Sequence[Appeal], more: int, now: datetime) -> rulings.TooMany | None:
    """Which limit so many more appeals would pass; None if none."""
    today = sum(appeal.at > now - A_DAY for appeal in appeals)
    if today + more > MOST_A_DAY:
        return rulings.TooMany("a day", MOST_A_DAY, MOST_A_DAY - today)
    waiting = sum(appeal.decision is None for appeal in appeals)
    if waiting + more > MOST_WAITING:
        return rulings.TooMany("waiting", MOST_WAITING, MOST_WAITING - waiting)
    return None


def _card(case: _Case, verdict: Verdict) -> tuple[Card, ...]:
    """When the question is due again, with this verdict in place of the attempt's own."""
    theirs = [
        replace(each, verdict=verdict) if each.id == case.attempt.id else each
        for each in case.attempts
        if each.question == case.attempt.question
    ]
    card = rescheduled(theirs)
    return (card,) if card else ()
