"""A room's daily question: on which days, at what hour, by whose clock. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.messages import Chat
from bot.routines import A_DAY, EVERY_DAY, Hours, following

LATE = timedelta(hours=6)  # a question that could not be put by then is left out


@dataclass(frozen=True, slots=True)
class Appointment:
    """What those who run a room have arranged for its daily question. `chat` is the room itself.

    `rests_until` is the day before which nothing comes, None for no pause; `last_day` the local day
    of the last question. `next_at` and `next_day` are None while it is off.
    """

    chat: Chat
    hours: Hours
    zone: str
    on: bool = True
    rests_until: date | None = None
    last_day: date | None = None
    next_at: datetime | None = None
    next_day: date | None = None


def onward(appointment: Appointment, now: datetime) -> Appointment:
    """With its next question after now, on a day that has had none and is no pause."""
    if not appointment.on:
        return replace(appointment, next_at=None, next_day=None)
    days = [appointment.rests_until] if appointment.rests_until else []
    if appointment.last_day is not None:
        days.append(appointment.last_day + A_DAY)
    zone = ZoneInfo(appointment.zone)
    at, day = following(appointment.hours, zone, now, max(days, default=None)) or (None, None)
    return replace(appointment, next_at=at, next_day=day)


def reveal_of(appointment: Appointment, now: datetime) -> datetime:
    """When the question of now is revealed: at its hour of the next day, wished for or not."""
    zone = ZoneInfo(appointment.zone)
    hours = replace(appointment.hours, days=EVERY_DAY)
    tomorrow = now.astimezone(zone).date() + A_DAY
    found = following(hours, zone, now, tomorrow)
    return found[0] if found else now + A_DAY
