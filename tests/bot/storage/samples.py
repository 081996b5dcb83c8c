"""Ada, what she says, and what comes of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.learners import Attempt
from bot.marking import PointMark, Verdict
from bot.messages import Chat, Content, Message, Words
from knowledge.content import MarkPoint, PointScheme, QuestionId

NOW = datetime(2026, 3, 2, 9, 30, 0, 123456, tzinfo=UTC)
ADA = Chat("telegram", "100", "ada")
ADA_IN_CLASS = Chat("telegram", "200", "ada")
BOB = Chat("telegram", "300", "bob")
HELLO = Words("hello")
PUMP = QuestionId("biology/resting-potential/pump")


def later(minutes: int) -> datetime:
    """So many minutes from NOW."""
    return NOW + timedelta(minutes=minutes)


def message(update_id: str = "1", content: Content = HELLO, chat: Chat = ADA) -> Message:
    """Something said in a chat."""
    return Message(chat, content, update_id)


def verdict(answer: str = "Three sodium ions leave.") -> Verdict:
    """One of two marks."""
    out, uphill = MarkPoint("p1", "sodium is pumped out"), MarkPoint("p2", "using ATP")
    return Verdict(
        PUMP,
        "a",
        PointScheme((out, uphill), 2),
        answer,
        points=(PointMark(out, awarded=True, quote="leave"), PointMark(uphill, awarded=False)),
        feedback="Say where the energy comes from.",
        examiner="exact 1",
    )


def attempt(
    learner: int,
    answer: str = "Three sodium ions leave.",
    at: datetime = NOW,
    *,
    marked: bool = True,
) -> Attempt:
    """An answer to part (a) of the question on the pump."""
    found = verdict(answer) if marked else None
    return Attempt(learner, PUMP, "a", answer, at, found, hints=1, earlier=(("z", "before"),))
