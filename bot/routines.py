"""When a learner wants a question of their own accord: hours, days and quiet hours, by their clock.

Pure: the clocks of the world's time zones are known, the time is passed in.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from bot.messages import Chat

A_DAY = timedelta(days=1)
A_MINUTE = timedelta(minutes=1)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
EVERY_DAY = (0, 1, 2, 3, 4, 5, 6)
WEEKDAYS = EVERY_DAY[:5]
WEEKEND = EVERY_DAY[5:]
MOST = 5  # questions a day
A_DAYS_MINUTES = 24 * 60
_LOOK_AHEAD = 15  # days: two weeks of wished days, should clocks have swallowed the first

Standing = Literal["on", "off", "resting"]


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours in which nothing is sent, in minutes after midnight; they may run over midnight."""

    begins: int
    ends: int

    def __post_init__(self) -> None:
        if not (0 <= self.begins < A_DAYS_MINUTES and 0 <= self.ends < A_DAYS_MINUTES):
            raise ValueError("quiet hours are minutes of a day")
        if self.begins == self.ends:
            raise ValueError("quiet hours must leave a part of the day")

    def __contains__(self, minute: int) -> bool:
        if self.begins < self.ends:
            return self.begins <= minute < self.ends
        return minute >= self.begins or minute < self.ends


NIGHT = Quiet(22 * 60, 7 * 60)


@dataclass(frozen=True, slots=True)
class Hours:
    """A time of day in minutes after midnight, on some days of the week (Monday is 0)."""

    minute: int
    days: tuple[int, ...] = EVERY_DAY
    quiet: Quiet | None = NIGHT

    def __post_init__(self) -> None:
        if not 0 <= self.minute < A_DAYS_MINUTES:
            raise ValueError(f"{self.minute} is no minute of a day")
        if not self.days or set(self.days) - set(EVERY_DAY):
            raise ValueError("the days of a week are 0 to 6, and at least one of them is wanted")
        if self.quiet is not None and self.minute in self.quiet:
            raise ValueError("the hour lies within the quiet hours")

    def are_quiet(self, at: datetime) -> bool:
        """Whether nothing is to be sent at this local time."""
        return self.quiet is not None and minute_of(at) in self.quiet


def minute_of(at: datetime) -> int:
    """Minutes after midnight."""
    return at.hour * 60 + at.minute


def moment(hours: Hours, zone: ZoneInfo, day: date) -> datetime | None:
    """The instant (UTC) for a local day; None where none is wanted, or no minute of it may be used.

    Where clocks skip the hour, it is the first minute after the gap, or else the last before it; an
    hour that comes twice counts the first time.
    """
    if day.weekday() not in hours.days:
        return None
    wall = datetime.combine(day, time(*divmod(hours.minute, 60)))
    at = wall.replace(tzinfo=zone).astimezone(UTC)
    if at.astimezone(zone).replace(tzinfo=None) == wall:
        return at
    return _beside_the_gap(hours, zone, wall)


def _beside_the_gap(hours: Hours, zone: ZoneInfo, wall: datetime) -> datetime | None:
    noon = datetime.combine(wall.date(), time(12), zone).astimezone(UTC)
    before: datetime | None = None
    for at in (noon + A_MINUTE * minutes for minutes in range(-A_DAYS_MINUTES, A_DAYS_MINUTES)):
        here = at.astimezone(zone)
        if here.date() != wall.date() or hours.are_quiet(here):
            continue
        if here.replace(tzinfo=None) >= wall:
            return at
        before = at
    return before


def following(
    hours: Hours, zone: ZoneInfo, after: datetime, first: date | None = None
) -> tuple[datetime, date] | None:
    """The next instant (UTC) after a time, and its local day, which is not before `first`.

    None only where clocks swallow every wished day of two weeks.
    """
    day = after.astimezone(zone).date()
    start = max(day, first) if first else day
    for at in range(_LOOK_AHEAD):
        found = moment(hours, zone, start + A_DAY * at)
        if found is not None and found > after:
            return found, start + A_DAY * at
    return None


@dataclass(frozen=True, slots=True)
class Routine:
    """What a learner has arranged. `resting`: it went quiet because nobody answered.

    `chat` is where questions go, `many` how many there are a day, `subjects` of which ('' none
    named: of the one that is studied). A pause lasts from the first day to before the second.
    `unanswered` counts what was sent since the learner was last heard, `last_day` is the last
    local day that has had its question, and `next_at` the instant of the next, on `next_day`;
    both are None where there is none to come, or one waits to be sent.
    """

    learner: int
    chat: Chat
    hours: Hours
    many: int = 1
    subjects: tuple[str, ...] = ()
    standing: Standing = "on"
    pause: tuple[date, date] | None = None
    unanswered: int = 0
    last_day: date | None = None
    next_at: datetime | None = None
    next_day: date | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.many <= MOST:
            raise ValueError(f"{self.many} questions a day: 1 to {MOST} can be had")

    def is_paused(self, day: date) -> bool:
        """Whether nothing is wanted on this local day."""
        return self.pause is not None and self.pause[0] <= day < self.pause[1]

    def closes_the_week(self, day: date) -> bool:
        """Whether this is the last day of its week with a question: Sunday, if that is one."""
        return day.weekday() == max(self.hours.days)


def planned(routine: Routine, zone: ZoneInfo, now: datetime) -> Routine:
    """The routine with its next question after now, on a day that has had none and is no pause."""
    if routine.standing != "on":
        return replace(routine, next_at=None, next_day=None)
    days = []
    if routine.last_day is not None:
        days.append(routine.last_day + A_DAY)
    if routine.pause is not None and routine.is_paused(now.astimezone(zone).date()):
        days.append(routine.pause[1])
    next = following(routine.hours, zone, now, max(days, default=None))
    at, day = next or (None, None)
    return replace(routine, next_at=at, next_day=day)
