"""What is said about a room's question of the day."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.inviting import clock, day_named, days_named
from bot.messages import Choice, Reply, literal
from bot.places import named
from bot.rounds import Meeting

HOW = (
    "In a group I take an hour, days and a place: `/daily 18:30`, `/daily 18:30 weekdays`, "
    "`/daily zone Madrid`, `/daily off` or `/daily on`."
)
WHOSE_CLOCK = "By whose clock? Name a place, too: `/daily 18:30 zone Madrid`."


def shown(met: Meeting | None) -> Reply:
    """When the question comes, and how to change that."""
    if met is None:
        return Reply(f"This group has no question of the day yet. {HOW}")
    if not met.on or met.next_at is None:
        return Reply(
            "This group's question of the day is off. `/daily on` brings it back.",
            (Choice("On again", "daily:on"),),
        )
    next = met.next_at.astimezone(ZoneInfo(met.zone))
    return Reply(
        f"# A question a day for this group\n\n- At **{clock(met.hours.minute)}**, "
        f"{named(met.zone)}, {days_named(met.hours.days)}\n- The next one: {day_named(next)}\n\n"
        "Everybody answers in private; the marks and the board come with the next question. "
        "Those who run this group can change that: `/daily 17:00 weekdays`, `/daily off`."
    )


def no_subject() -> Reply:
    """A room without a subject cannot have a question of the day."""
    return Reply("First choose what this group studies: `/settings`. Then I know what to ask.")


def which_place(said: str, zones: Sequence[str]) -> str:
    """A place that is not known, or several that are meant perhaps."""
    if not zones:
        return f"I know no place called “{literal(said)}”. Name a large city near you."
    return (
        f"Which one: {', '.join(named(zone) for zone in zones)}? Write `/daily zone` and its city."
    )


def resting(days: int) -> Reply:
    """Nobody has answered for a while: said once, and then nothing until it is wanted again."""
    return Reply(
        f"Nobody took my last {days} questions, so I will be quiet in this group from now on. One "
        "tap by those who run it, and they come again.",
        (Choice("On again", "daily:on"),),
    )
