"""When a question is due again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.learners import Attempt, Card
from bot.marking import PointMark, Verdict
from bot.schedule import due, reviewed
from knowledge.content import MarkPoint, PointScheme, QuestionId

MONDAY = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
SCHEME = PointScheme((MarkPoint("p1", "a"), MarkPoint("p2", "b")), 2)


def attempt(marks: int, at: datetime = MONDAY, hints: int = 0) -> Attempt:
    earned = tuple(PointMark(point, place < marks) for place, point in enumerate(SCHEME.points))
    verdict = Verdict(QuestionId("b/t/q"), "", SCHEME, "words", earned)
    return Attempt(1, QuestionId("b/t/q"), "", "words", at, verdict, hints)


def test_the_better_the_answer_the_later_it_is_due() -> None:
    full, helped, none = (
        reviewed(attempt(marks, hints=hints), None) for marks, hints in [(2, 0), (2, 1), (0, 0)]
    )

    assert full is not None
    assert helped is not None
    assert none is not None
    assert full.due > helped.due > MONDAY
    assert none.due - MONDAY <= timedelta(minutes=10)


def test_answers_that_keep_being_right_move_ever_further_apart() -> None:
    card, gaps = None, []
    for _ in range(4):
        at = card.due if card else MONDAY
        card = reviewed(attempt(2, at), card)
        assert card is not None
        gaps.append(card.due - at)

    assert gaps == sorted(gaps)
    assert gaps[-1] > timedelta(days=7)


def test_an_answer_that_could_not_be_marked_schedules_nothing() -> None:
    unmarked = Attempt(1, QuestionId("b/t/q"), "", "words", MONDAY, None)

    assert reviewed(unmarked, None) is None


def test_what_is_due_comes_longest_overdue_first() -> None:
    cards = tuple(
        Card(1, QuestionId(f"b/t/{hours}"), MONDAY - timedelta(hours=hours), "")
        for hours in (1, 5, -2)
    )

    assert [card.question for card in due(cards, MONDAY)] == ["b/t/5", "b/t/1"]
