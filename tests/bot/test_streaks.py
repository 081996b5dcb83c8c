"""Streaks: earned freezes, days that are forgiven, and days that were never wanted."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.routines import EVERY_DAY, WEEKDAYS
from bot.streaks import Streak, answered, missed, replayed, standing

MONDAY = date(2026, 3, 2)


def on(*days: int) -> Streak:
    """The streak after answers on these days from a Monday on."""
    streak = replayed(1, (MONDAY + timedelta(days=day) for day in days))
    assert streak is not None
    return streak


@pytest.mark.parametrize(
    ("days", "length", "freezes"),
    [
        (range(6), 6, 0),
        (range(7), 7, 1),
        (range(30), 30, 2),
        ((*range(7), 8), 8, 0),  # the missed day used the freeze up
        ((*range(6), 7), 1, 0),  # there was none yet
        ((*range(14), 16), 15, 0),
        ((*range(14), 17), 1, 0),  # two freezes, three days
    ],
)
def test_every_seventh_day_earns_a_freeze_and_a_missed_day_uses_one(
    days: range | tuple[int, ...], length: int, freezes: int
) -> None:
    streak = on(*days)

    assert (streak.length, streak.freezes) == (length, freezes)


def test_a_second_answer_on_a_day_changes_nothing() -> None:
    streak = on(0, 1)

    assert answered(streak, 1, MONDAY + timedelta(days=1), 0) == streak
    assert answered(streak, 1, MONDAY, 0) == streak


def test_only_wanted_days_can_be_missed() -> None:
    friday, monday = MONDAY + timedelta(days=4), MONDAY + timedelta(days=7)

    assert missed(friday, monday, EVERY_DAY) == 2
    assert missed(friday, monday, WEEKDAYS) == 0
    assert missed(MONDAY, friday, EVERY_DAY, (MONDAY, friday - timedelta(days=1))) == 1
    assert missed(friday, friday, EVERY_DAY) == 0


def test_a_streak_that_is_over_stands_at_nothing() -> None:
    assert standing(on(*range(7)), 1).length == 7
    assert standing(on(*range(7)), 2).length == 0
    assert replayed(1, ()) is None
