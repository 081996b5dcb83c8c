"""What is said about the daily question: invitations, settings, and the end of a week."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.messages import Choice, Reply, literal
from bot.phrases import QUIZ
from bot.places import is_fixed, named
from bot.routines import DAYS, EVERY_DAY, MONTHS, WEEKDAYS, WEEKEND, Quiet, Routine
from bot.streaks import Streak

INVITATIONS = (
    "Here is your question for today.",
    "One question, then the day is yours.",
    "Ready when you are: today's question.",
    "A few minutes are enough for this one.",
    "Time for one good question.",
    "Here is one that I picked for you.",
    "Today's question. Half an answer counts, too.",
    "Let us see what has stuck. A guess is welcome.",
    "Whatever you know of this earns its marks.",
    "Something to think about for a few minutes.",
    "A small one to keep things fresh.",
    "Today's question is here; take it when it suits you.",
    "Another one for your collection.",
)
AGAIN = "Here it is again, as you asked."
_SUGGESTED = ("07:30", "16:00", "18:30", "20:00")


@dataclass(frozen=True, slots=True)
class Week:
    """What a week came to: marks, answers, and the titles of topics; None where there is none."""

    marks: int
    out_of: int
    answers: int
    strongest: str | None = None
    weakest: str | None = None
    reread: str | None = None  # the id of the note of the weakest topic


def invitation(learner: int, day: date) -> str:
    """A friendly line, another one each day."""
    return INVITATIONS[(day.toordinal() + learner) % len(INVITATIONS)]


def question(  # noqa: PLR0913  each is a line of the message or a button below it
    asked: Reply,
    *,
    push: int,
    opening: str,
    today: tuple[int, int] = (1, 1),
    streak: Streak | None = None,
    frozen: int = 0,
    week: Week | None = None,
    aside: str = "",
) -> Reply:
    """A question with what leads to it. `aside` is the title of one that was open before it.

    `frozen` is how many missed days the streak has just been forgiven.
    """
    number, of = today
    heads = [
        f"**{opening}**" + (f" *({number} of {of})*" if of > 1 else ""),
        _row(streak, frozen) if streak and streak.length > 1 else "",
        reviewed(week) if week else "",
        f"*“{literal(aside)}” is kept for you: a button below brings it back.*" if aside else "",
    ]
    below = (
        Choice("Snooze 1 h", f"snooze:{push}"),
        Choice("Not today", f"nottoday:{push}"),
        *((Choice(f"Back to: {aside}"[:80], f"back:{push}"),) if aside else ()),
        *(_reread(week) if week else ()),
    )
    text = "\n\n".join([*filter(None, heads), asked.text])
    return replace(asked, text=text, choices=(*asked.choices, *below))


def _reread(week: Week) -> tuple[Choice, ...]:
    if week.weakest is None or week.reread is None:
        return ()
    return (Choice(f"Reread: {week.weakest}"[:80], f"note:{week.reread}"),)


def days_named(days: tuple[int, ...]) -> str:
    """Days of the week as people say them."""
    known = {EVERY_DAY: "every day", WEEKDAYS: "on weekdays", WEEKEND: "at weekends"}
    names = [DAYS[day] for day in days]
    return known.get(days) or "on " + " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def day_named(at: date) -> str:
    """A day as people say it: 'Monday 2 March'."""
    return f"{DAYS[at.weekday()]} {at.day} {MONTHS[at.month - 1]}"


def _row(streak: Streak, frozen: int) -> str:
    days = f"{streak.length} days in a row"
    if frozen:
        many = "A freeze" if frozen == 1 else f"{frozen} freezes"
        return f"*{many} kept your streak for you: still {days}.*"
    if streak.freezes:
        return f"*{days}, and {streak.freezes} freeze{_s(streak.freezes)} in hand.*"
    return f"*{days}.*"


def reviewed(week: Week) -> str:
    """A week in a few words."""
    said = [
        f"**Your week:** {week.marks} of {week.out_of} marks in {week.answers} "
        f"answer{_s(week.answers)}."
    ]
    if week.strongest:
        said.append(f"Strongest: *{literal(week.strongest)}*.")
    if week.weakest:
        said.append(f"Worth rereading: *{literal(week.weakest)}*.")
    return " ".join(said)


def resting(days: int) -> Reply:
    """Nobody has answered for a while: said once, and then nothing until the learner comes back."""
    return Reply(
        f"My last {days} questions have found you busy, so I will be quiet from now on. Nothing is "
        "lost: your marks are kept. One tap, and the questions come again.",
        (Choice("Start again", "daily:on"), QUIZ),
    )


def snoozed(at: datetime, zone: str) -> Reply:
    """The question comes once more."""
    when = at.astimezone(ZoneInfo(zone))
    return Reply(f"It comes again at {when:%H:%M}. If you answer before that, all the better.")


def snoozed_into_night() -> Reply:
    """In an hour nothing may be sent any more."""
    return Reply(
        "In an hour your quiet hours or a new day will have begun, so I leave it here: the "
        "question is open whenever you like."
    )


def not_today(routine: Routine | None, zone: str) -> Reply:
    """The learner wants no question today."""
    return Reply(f"Fine, not today. {_next(routine, zone)}".strip(), (QUIZ,))


def reoffered(push: int) -> Reply:
    """A question that may or may not have arrived."""
    return Reply(
        "I was interrupted while I sent you a question, and cannot tell whether it reached you. "
        "If not, or if you were just answering it, here it is:",
        (Choice("Show the question", f"lost:{push}"),),
    )


def unclear(sentence: str) -> Reply:
    """Words that could not be understood, or done."""
    return Reply(sentence, private=True)


def unset(told: str = "") -> Reply:
    """Nothing is arranged so far."""
    picks = tuple(Choice(hour, f"daily:{hour}") for hour in _SUGGESTED)
    return Reply(
        "A question a day, at your own hour, picked by what is due and what you find hard. When "
        f"shall it come? Press one, or write for example `/daily 18:30 weekdays`.{told}",
        picks,
        private=True,
    )


def whereabouts(zones: Sequence[str], now: datetime, said: str = "") -> Reply:
    """Which time zone the learner lives in; with what is wrong about their last answer, if any."""
    picks = tuple(
        Choice(f"{named(zone)} ({now.astimezone(ZoneInfo(zone)):%H:%M})", f"zone:{zone}")
        for zone in zones
    )
    opening = f"{said} " if said else ""
    return Reply(
        f"{opening}Where do you live, so that it comes at your hour? Press the place whose clock "
        "shows your time, or write a city, a country, or your time as UTC+2.",
        picks,
        private=True,
    )


def unknown_place(words: str) -> str:
    """A place that is nowhere to be found."""
    return f"I do not know where “{literal(words)}” is."


def several_places(words: str) -> str:
    """A place that may be one of several."""
    return f"Is “{literal(words)}” one of these?"


def arranged(
    routine: Routine, zone: str, subjects: Sequence[str], notices: Sequence[str] = ()
) -> Reply:
    """What is set now. `subjects` are names; `notices` say what else was changed by it."""
    if routine.standing == "off":
        return Reply(
            "The daily question is off. Everything else works as before; one tap brings it back.",
            (Choice("Turn it on", "daily:on"), QUIZ),
            private=True,
        )
    if routine.standing == "resting":
        return Reply(
            "The daily question is resting because the last ones were not answered.",
            (Choice("Start again", "daily:on"), Choice("Turn off", "daily:off")),
            private=True,
        )
    many = "a question" if routine.many == 1 else f"{routine.many} questions"
    of = " and ".join(filter(None, (", ".join(subjects[:-1]), subjects[-1])))
    quiet = routine.hours.quiet
    lines = [
        *notices,
        f"**{_upper(days_named(routine.hours.days))} at {clock(routine.hours.minute)}** "
        f"({named(zone)} time): {many} of {of}.",
        _quiet(quiet),
        "Your place is an offset that knows no summer time; name a city if yours has one."
        if is_fixed(zone)
        else "",
        _next(routine, zone),
        "*Change it with `/daily` and what you want: another hour, `mon wed fri`, `2 questions`, "
        "`only biology`, `quiet 22:00-07:00`, `zone Madrid`, `pause until 3 Dec`.*",
    ]
    return Reply("\n\n".join(filter(None, lines)), _changes(routine), private=True)


def gave_way(quiet: Quiet) -> str:
    """Quiet hours that the new hour lies in."""
    return f"Your quiet hours ({_span(quiet)}) are off, since that hour lies within them."


def within_quiet(minute: int) -> str:
    """Quiet hours that the hour of the question lies in."""
    return (
        f"Your question comes at {clock(minute)}, which is within these quiet hours. Choose its "
        "hour first, or both at once: `/daily 18:30 quiet 22:00-07:00`."
    )


def no_such_subject(name: str, all: Sequence[str]) -> str:
    """A subject that is not in the library."""
    return f"I have no subject called “{literal(name)}”. I teach {', '.join(all)}."


def _changes(routine: Routine) -> tuple[Choice, ...]:
    days = (
        Choice("Weekdays only", "daily:weekdays")
        if routine.hours.days == EVERY_DAY
        else Choice("Every day", "daily:every day")
    )
    more = routine.many % 3 + 1
    many = Choice(f"{more} question{_s(more)} a day", f"daily:{more} questions")
    return (
        days,
        many,
        Choice("Pause a week", "daily:pause 1 week"),
        Choice("Turn off", "daily:off"),
    )


def _next(routine: Routine | None, zone: str) -> str:
    if routine is None or routine.next_at is None:
        return ""
    at = routine.next_at.astimezone(ZoneInfo(zone))
    return f"The next one comes on {day_named(at)} at {at:%H:%M}."


def _quiet(quiet: Quiet | None) -> str:
    if quiet is None:
        return "No quiet hours."
    return f"Quiet hours: {_span(quiet)}; nothing is sent then."


def _span(quiet: Quiet) -> str:
    return f"{clock(quiet.begins)}–{clock(quiet.ends)}"


def clock(minute: int) -> str:
    """Minutes after midnight as clocks show them: '18:30'."""
    return f"{minute // 60:02}:{minute % 60:02}"


def _s(many: int) -> str:
    return "" if many == 1 else "s"


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
