"""Days in a row with an answer, which forgive a missed day: pure.

Every seventh day of a streak earns a freeze, of which two can be kept. A day that was missed uses
one up by itself; a day on which no question was wanted is not missed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

EARNED_EVERY = 7  # days
MOST_FREEZES = 2
_LONG = 60  # days: nobody has freezes for so many


@dataclass(frozen=True, slots=True)
class Streak:
    """So many days up to `day`, the last with an answer, and the freezes that are left."""

    learner: int
    length: int
    freezes: int
    day: date


def missed(
    after: date, before: date, wanted: Sequence[int], pause: tuple[date, date] | None = None
) -> int:
    """How many days between two (both left out) were days of the week with a question to answer."""
    days = (after + timedelta(days=at) for at in range(1, min((before - after).days, _LONG)))
    return sum(
        day.weekday() in wanted and not (pause is not None and pause[0] <= day < pause[1])
        for day in days
    )


def answered(streak: Streak | None, learner: int, day: date, missed: int) -> Streak:
    """The streak after an answer on a day, so many days having been missed before it."""
    if streak is None:
        return Streak(learner, 1, 0, day)
    if day <= streak.day:  # that day counts already; or the learner has travelled back a day
        return streak
    still = standing(streak, missed)
    length = still.length + 1
    earned = length % EARNED_EVERY == 0
    return Streak(learner, length, min(still.freezes + earned, MOST_FREEZES), day)


def standing(streak: Streak, missed: int) -> Streak:
    """The streak as it is once so many days were missed: used freezes are gone, or it is over."""
    if missed > streak.freezes:
        return replace(streak, length=0, freezes=0)
    return replace(streak, freezes=streak.freezes - missed)


def replayed(learner: int, days: Iterable[date]) -> Streak | None:
    """The streak that comes of answers on these days, where none was kept; None without any."""
    streak: Streak | None = None
    for day in sorted(set(days)):
        gap = missed(streak.day, day, range(7)) if streak else 0
        streak = answered(streak, learner, day, gap)
    return streak
