"""When a question is due again: spaced repetition (FSRS) over marked attempts. Pure.

The door to `fsrs`. Its rating is taken from the share of marks earned, and from the hints needed.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import fsrs

from bot.learners import Attempt, Card

_MOST = 0.6  # of the marks: below it, the question counts as not remembered
_SOON = (timedelta(minutes=10),)


def reviewed(attempt: Attempt, before: Card | None) -> Card | None:
    """The card of the attempt's question after it; None for an attempt that could not be marked."""
    if attempt.verdict is None:
        return None
    scheduler = fsrs.Scheduler(enable_fuzzing=False, learning_steps=_SOON, relearning_steps=_SOON)
    memory = (
        fsrs.Card.from_json(before.memory)  # a new card without id and time would read the clock
        if before
        else fsrs.Card(card_id=1, due=attempt.at)
    )
    memory, _ = scheduler.review_card(memory, _rating(attempt), review_datetime=attempt.at)
    return Card(attempt.learner, attempt.question, memory.due, memory.to_json())


def rescheduled(attempts: Iterable[Attempt]) -> Card | None:
    """The card of one question after all of its attempts, oldest first; None if none is marked."""
    card: Card | None = None
    for attempt in attempts:
        card = reviewed(attempt, card) or card
    return card


def merged(mine: Iterable[Card], theirs: Iterable[Card]) -> tuple[Card, ...]:
    """Those of their cards that are to stand among mine: new ones, and those reviewed later."""
    seen = {card.question: _seen(card) for card in mine}
    return tuple(
        card for card in theirs if card.question not in seen or _seen(card) > seen[card.question]
    )


def _seen(card: Card) -> datetime:
    """When the question was last answered."""
    return fsrs.Card.from_json(card.memory).last_review or card.due


def _rating(attempt: Attempt) -> fsrs.Rating:
    assert attempt.verdict is not None
    share = attempt.verdict.marks / attempt.verdict.out_of
    if share < _MOST:
        return fsrs.Rating.Again
    return fsrs.Rating.Good if share == 1 and not attempt.hints else fsrs.Rating.Hard


def due(cards: tuple[Card, ...], now: datetime) -> tuple[Card, ...]:
    """The cards that are due, the longest overdue first."""
    return tuple(sorted((card for card in cards if card.due <= now), key=lambda card: card.due))
