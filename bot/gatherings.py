"""What is said about a room's question of the day."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.inviting import clock, days_named
from bot.messages import Choice, Reply, literal
from bot.places import named
from bot.rounds import Meeting
from bot.speech import day, later, listed, say

HOW = later(
    "In a group I take an hour, days and a place: `/daily 18:30`, `/daily 18:30 "
    "weekdays`, `/daily zone Madrid`, `/daily off` or `/daily on`."
)
WHOSE_CLOCK = later("By whose clock? Name a place, too: `/daily 18:30 zone Madrid`.")


def shown(met: Meeting | None) -> Reply:
    """When the question comes, and how to change that."""
    if met is None:
        return Reply(say("This group has no question of the day yet. {how}", how=say(HOW)))
    if not met.on or met.next_at is None:
        return Reply(
            say("This group's question of the day is off. `/daily on` brings it back."),
            (Choice(say("On again"), "daily:on"),),
        )
    next = met.next_at.astimezone(ZoneInfo(met.zone))
    return Reply(
        say(
            "# A question a day for this group\n\n"
            "- At **{clock}**, {zone}, {days}\n- The next one: {day}\n\n"
            "Everybody answers in private; the marks and the board come with the next "
            "question. Those who run this group can change that: `/daily 17:00 "
            "weekdays`, `/daily off`.",
            clock=clock(met.hours.minute),
            zone=named(met.zone),
            days=days_named(met.hours.days),
            day=day(next),
        )
    )


def no_subject() -> Reply:
    """A room without a subject cannot have a question of the day."""
    return Reply(say("First choose what this group studies: `/settings`. Then I know what to ask."))


def which_place(said: str, zones: Sequence[str]) -> str:
    """A place that is not known, or several that are meant perhaps."""
    if not zones:
        return say(
            "I know no place called “{said}”. Name a large city near you.", said=literal(said)
        )
    return say(
        "Which one: {places}? Write `/daily zone` and its city.",
        places=listed([named(zone) for zone in zones], either=True),
    )


def resting(days: int) -> Reply:
    """Nobody has answered for a while: said once, and then nothing until it is wanted again."""
    return Reply(
        say(
            "Nobody took my last {days} questions, so I will be quiet in this group from "
            "now on. One tap by those who run it, and they come again.",
            days=days,
        ),
        (Choice(say("On again"), "daily:on"),),
    )
