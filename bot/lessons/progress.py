"""/progress: marks by topic, and the days in a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.dialogue import Dialogue
from bot.learners import Attempt, Learner
from bot.lessons.turn import Turn
from bot.messages import Choice, Reply, literal
from bot.phrases import QUIZ, TOPICS
from bot.ports import Transactions
from bot.schedule import due
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


def streak(attempts: Sequence[Attempt], today: date) -> int:
    """Days in a row with an attempt, up to today, or to yesterday while today is still open."""
    days = {attempt.at.date() for attempt in attempts}
    day = today if today in days else today - timedelta(days=1)
    length = 0
    while day in days:
        length += 1
        day -= timedelta(days=1)
    return length


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
        mine = [
            attempt for attempt in attempts if attempt.question.startswith(f"{learner.subject}/")
        ]
        if not mine:
            return Turn(
                (Reply("Nothing yet: take your first question.", (QUIZ, TOPICS), private=True),),
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
                "# Your progress",
                "",
                "| topic | | marks |",
                "|---|---|---|",
                *lines,
                "",
                *_summary(mine, len(due(cards, now)), unmarked, now),
            ]
        )
        return Turn((Reply(text, (Choice("What is due", "quiz"), TOPICS), private=True),), dialogue)


def _row(title: str, standing: Standing) -> str:
    full = round(_BAR * standing.marks / standing.out_of)
    bar = "▓" * full + "░" * (_BAR - full)
    return f"| {title} | {bar} | {standing.marks}/{standing.out_of} |"


def _summary(attempts: Sequence[Attempt], due: int, unmarked: int, now: datetime) -> list[str]:
    days = streak(attempts, now.date())
    many = len(attempts)
    lines = [f"{many} answer{_plural(many)} so far, {due} question{_plural(due)} due."]
    if days > 1:
        lines.append(f"{days} days in a row.")
    if unmarked:
        lines.append(
            f"{unmarked} could not be marked and count{'s' if unmarked == 1 else ''} for nothing."
        )
    return [" ".join(lines)]


def _plural(many: int) -> str:
    return "" if many == 1 else "s"
