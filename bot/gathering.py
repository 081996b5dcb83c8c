"""What is said about a room's daily question."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.appointments import Appointment
from bot.inviting import clock, days_said, weekday
from bot.messages import Choice, Reply, literal
from bot.places import named
from bot.routines import EVERY_DAY

_HOW = "`/daily 18:30`, `/daily 6pm weekdays`, `/daily zone Madrid`, `/daily pause 2 weeks`"


def unset() -> Reply:
    """Nothing is arranged in this room so far."""
    return Reply(
        "A question a day for everybody here: each answers in private, and a day later I show the "
        "marks and the board. Those who run this group say when, in the place where it is to "
        "come: `/daily 18:30 weekdays zone Madrid`."
    )


def set(appointment: Appointment, subject: str) -> Reply:
    """What is arranged."""
    if not appointment.on:
        return Reply(
            "The daily question for this group is off.", (Choice("Turn it on", "daily:on"),)
        )
    hours = appointment.hours
    when = days_said(hours.days)
    text = (
        f"**{when[:1].upper()}{when[1:]} at {clock(hours.minute)}** ({named(appointment.zone)} "
        f"time) a question of {literal(subject)} comes here, for everybody. Each answers in "
        f"private; a day later I show the marks and the board.{_next(appointment)}\n\n"
        f"*Those who run this group change it: {_HOW}, `/daily off`; its subject by `/settings`.*"
    )
    days = (
        Choice("Weekdays only", "daily:weekdays")
        if hours.days == EVERY_DAY
        else Choice("Every day", "daily:every day")
    )
    pause, off = Choice("Pause a week", "daily:pause 1 week"), Choice("Turn off", "daily:off")
    return Reply(text, (days, pause, off))


def _next(appointment: Appointment) -> str:
    if appointment.next_at is None:
        return ""
    at: datetime = appointment.next_at.astimezone(ZoneInfo(appointment.zone))
    return f" The next one: {weekday(at)} at {at:%H:%M}."


def no_subject() -> Reply:
    """A room needs a subject of its own, from which its questions are taken."""
    return Reply(
        "Of which subject? Set the one that this group studies, and then `/daily` again.",
        (Choice("Settings of this group", "settings"),),
    )


def whose_clock(words: str) -> Reply:
    """The room's time zone is not known."""
    return Reply(
        "By whose clock? Add a city, a country or an offset: "
        f"`/daily {literal(words.strip())} zone Madrid`."
    )


def which_place(words: str, zones: Sequence[str]) -> Reply:
    """A place that may be several, or none."""
    if not zones:
        return Reply(f"I do not know where “{literal(words)}” is. Name a larger city near it.")
    known = tuple(Choice(named(zone), f"daily:zone {zone}") for zone in zones)
    return Reply(f"Which place is “{literal(words)}”?", known)


def alone_only() -> Reply:
    """What only makes sense for one learner."""
    return Reply(
        "For a group I can set an hour, days, a time zone and a pause. How many, which subjects "
        "and quiet hours are for your own daily question, in our private chat."
    )
