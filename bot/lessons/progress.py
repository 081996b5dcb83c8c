"""/progress: marks by topic, and the days in a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot import streaks
from bot.dialogue import Dialogue
from bot.learners import Attempt, Learner
from bot.lessons.turn import Turn
from bot.messages import Choice, Reply, literal
from bot.phrases import all_topics, quiz_me
from bot.ports import Transactions
from bot.routines import EVERY_DAY, Routine
from bot.schedule import due
from bot.speech import say, say_many
from bot.streaks import Streak
from knowledge.library import Library

_BAR = 10


@dataclass(frozen=True, slots=True)
class Standing:
    """What a learner has shown on one topic: marks of the latest attempt at each part."""

    topic: str
    marks: int
    out_of: int
    parts: int


def standings(attempts: Sequence[Attempt]) -> dict[str, Standing]:
    """The standing on each topic that was practised. Unmarked attempts count for nothing."""
    latest = {
        (attempt.question, attempt.part): attempt.verdict
        for attempt in attempts
        if attempt.verdict is not None
    }
    found: dict[str, Standing] = {}
    for (question, _), verdict in latest.items():
        topic = question.split("/")[1]
        so_far = found.get(topic, Standing(topic, 0, 0, 0))
        found[topic] = Standing(
            topic,
            so_far.marks + verdict.marks,
            so_far.out_of + verdict.out_of,
            so_far.parts + 1,
        )
    return found


@dataclass(frozen=True, slots=True)
class Days:
    """A learner's streak as it was kept, the local day, and how many days were missed since."""

    streak: Streak | None
    today: date
    missed: int = 0

    @property
    def standing(self) -> Streak | None:
        """The streak as it stands today; None where there was never an answer."""
        return self.streak and streaks.standing(self.streak, self.missed)


async def days_in_a_row(transactions: Transactions, learner: Learner, now: datetime) -> Days:
    """The streak that was kept, or that earlier answers add up to where none was."""
    zone = ZoneInfo(learner.timezone)
    today = now.astimezone(zone).date()
    async with transactions() as records:
        kept = await records.pushes.streak(learner.id)
        routine = await records.pushes.routine(learner.id)
        attempts = () if kept else await records.attempts(learner.id)
    days = (attempt.at.astimezone(zone).date() for attempt in attempts)
    streak = kept or streaks.replayed(learner.id, days)
    return Days(streak, today, missed_since(streak, routine, today) if streak else 0)


def missed_since(streak: Streak, routine: Routine | None, today: date) -> int:
    """How many days of the routine, or of all, have gone by without an answer."""
    if routine is None:
        return streaks.missed(streak.day, today, EVERY_DAY)
    if routine.standing != "on":
        return streaks.missed(streak.day, today, EVERY_DAY, routine.pause)
    return streaks.missed(streak.day, today, routine.hours.days, routine.pause)


class Progress:
    """What a learner can look back on."""

    def __init__(self, library: Library, records: Transactions) -> None:
        self._library = library
        self._records = records

    async def show(self, learner: Learner, dialogue: Dialogue, now: datetime) -> Turn:
        """Marks by topic in teaching order, what is due, and the streak."""
        async with self._records() as records:
            attempts = await records.attempts(learner.id)
            cards = await records.cards(learner.id)
        days = await days_in_a_row(self._records, learner, now)
        mine = [
            attempt for attempt in attempts if attempt.question.startswith(f"{learner.subject}/")
        ]
        if not mine:
            return Turn(
                (
                    Reply(
                        say("Nothing yet: take your first question."),
                        (quiz_me(), all_topics()),
                        private=True,
                    ),
                ),
                dialogue,
            )
        found = standings(mine)
        notes = self._library.notes(learner.subject)
        lines = [
            _row(literal(note.title), found[note.topic]) for note in notes if note.topic in found
        ]
        unmarked = sum(attempt.verdict is None for attempt in mine)
        text = "\n".join(
            [
                say("# Your progress"),
                "",
                say("| topic | | marks |"),
                "|---|---|---|",
                *lines,
                "",
                *_summary(mine, len(due(cards, now)), unmarked, days.standing),
            ]
        )
        return Turn(
            (Reply(text, (Choice(say("What is due"), "quiz"), all_topics()), private=True),),
            dialogue,
        )


def _row(title: str, standing: Standing) -> str:
    full = round(_BAR * standing.marks / standing.out_of)
    bar = "▓" * full + "░" * (_BAR - full)
    return f"| {title} | {bar} | {standing.marks}/{standing.out_of} |"


def _summary(
    attempts: Sequence[Attempt], due: int, unmarked: int, streak: Streak | None
) -> list[str]:
    many = len(attempts)
    lines = [
        say(
            "{answers} so far, {questions} due.",
            answers=say_many("{count} answer", "{count} answers", many),
            questions=say_many("{count} question", "{count} questions", due),
        )
    ]
    if streak and streak.length > 1:
        freezes = (
            say_many(" ({count} freeze in hand)", " ({count} freezes in hand)", streak.freezes)
            if streak.freezes
            else ""
        )
        lines.append(say("{length} days in a row{freezes}.", length=streak.length, freezes=freezes))
    if unmarked:
        lines.append(
            say_many(
                "{count} could not be marked and counts for nothing.",
                "{count} could not be marked and count for nothing.",
                unmarked,
            )
        )
    return [" ".join(lines)]
