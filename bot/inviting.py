"""What is said about the daily question: invitations, settings, and the end of a week."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.messages import Choice, Reply, literal
from bot.phrases import quiz_me
from bot.places import is_fixed, named
from bot.routines import EVERY_DAY, WEEKDAYS, WEEKEND, Quiet, Routine
from bot.speech import day, later, listed, say, say_many, weekday
from bot.streaks import Streak

INVITATIONS = (
    later("Here is your question for today."),
    later("One question, then the day is yours."),
    later("Ready when you are: today's question."),
    later("A few minutes are enough for this one."),
    later("Time for one good question."),
    later("Here is one that I picked for you."),
    later("Today's question. Half an answer counts, too."),
    later("Let us see what has stuck. A guess is welcome."),
    later("Whatever you know of this earns its marks."),
    later("Something to think about for a few minutes."),
    later("A small one to keep things fresh."),
    later("Today's question is here; take it when it suits you."),
    later("Another one for your collection."),
)
AGAIN = later("Here it is again, as you asked.")
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
    return say(INVITATIONS[(day.toordinal() + learner) % len(INVITATIONS)])


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
        f"**{opening}**" + (say(" *({number} of {of})*", number=number, of=of) if of > 1 else ""),
        _row(streak, frozen) if streak and streak.length > 1 else "",
        reviewed(week) if week else "",
        say("*“{aside}” is kept for you: a button below brings it back.*", aside=literal(aside))
        if aside
        else "",
    ]
    below = (
        Choice(say("Snooze 1 h"), f"snooze:{push}"),
        Choice(say("Not today"), f"nottoday:{push}"),
        *((Choice(say("Back to: {aside}", aside=aside)[:80], f"back:{push}"),) if aside else ()),
        *(_reread(week) if week else ()),
    )
    text = "\n\n".join([*filter(None, heads), asked.text])
    return replace(asked, text=text, choices=(*asked.choices, *below))


def _reread(week: Week) -> tuple[Choice, ...]:
    if week.weakest is None or week.reread is None:
        return ()
    return (Choice(say("Reread: {weakest}", weakest=week.weakest)[:80], f"note:{week.reread}"),)


def days_named(days: tuple[int, ...]) -> str:
    """Days of the week as people say them."""
    known = {EVERY_DAY: say("every day"), WEEKDAYS: say("on weekdays"), WEEKEND: say("at weekends")}
    return known.get(days) or say("on {days}", days=listed([weekday(day) for day in days]))


def _row(streak: Streak, frozen: int) -> str:
    days = say("{length} days in a row", length=streak.length)
    if frozen:
        return say_many(
            "*A freeze kept your streak for you: still {days}.*",
            "*{count} freezes kept your streak for you: still {days}.*",
            frozen,
            days=days,
        )
    if streak.freezes:
        return say_many(
            "*{days}, and {count} freeze in hand.*",
            "*{days}, and {count} freezes in hand.*",
            streak.freezes,
            days=days,
        )
    return f"*{days}.*"


def reviewed(week: Week) -> str:
    """A week in a few words."""
    said = [
        say_many(
            "**Your week:** {marks} of {out_of} marks in {count} answer.",
            "**Your week:** {marks} of {out_of} marks in {count} answers.",
            week.answers,
            marks=week.marks,
            out_of=week.out_of,
        )
    ]
    if week.strongest:
        said.append(say("Strongest: *{strongest}*.", strongest=literal(week.strongest)))
    if week.weakest:
        said.append(say("Worth rereading: *{weakest}*.", weakest=literal(week.weakest)))
    return " ".join(said)


def resting(days: int) -> Reply:
    """Nobody has answered for a while: said once, and then nothing until the learner comes back."""
    return Reply(
        say(
            "My last {days} questions have found you busy, so I will be quiet from now "
            "on. Nothing is lost: your marks are kept. One tap, and the questions come "
            "again.",
            days=days,
        ),
        (Choice(say("Start again"), "daily:on"), quiz_me()),
    )


def snoozed(at: datetime, zone: str) -> Reply:
    """The question comes once more."""
    when = at.astimezone(ZoneInfo(zone))
    return Reply(
        say("It comes again at {when:%H:%M}. If you answer before that, all the better.", when=when)
    )


def snoozed_into_night() -> Reply:
    """In an hour nothing may be sent any more."""
    return Reply(
        say(
            "In an hour your quiet hours or a new day will have begun, so I leave it "
            "here: the question is open whenever you like."
        )
    )


def not_today(routine: Routine | None, zone: str) -> Reply:
    """The learner wants no question today."""
    return Reply(say("Fine, not today. {next}", next=_next(routine, zone)).strip(), (quiz_me(),))


def reoffered(push: int) -> Reply:
    """A question that may or may not have arrived."""
    return Reply(
        say(
            "I was interrupted while I sent you a question, and cannot tell whether it "
            "reached you. If not, or if you were just answering it, here it is:"
        ),
        (Choice(say("Show the question"), f"lost:{push}"),),
    )


def unclear(sentence: str) -> Reply:
    """Words that could not be understood, or done."""
    return Reply(sentence, private=True)


def unset(told: str = "") -> Reply:
    """Nothing is arranged so far."""
    picks = tuple(Choice(hour, f"daily:{hour}") for hour in _SUGGESTED)
    return Reply(
        say(
            "A question a day, at your own hour, picked by what is due and what you find "
            "hard. When shall it come? Press one, or write for example `/daily 18:30 "
            "weekdays`.{told}",
            told=told,
        ),
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
        say(
            "{opening}Where do you live, so that it comes at your hour? Press the place "
            "whose clock shows your time, or write a city, a country, or your time as "
            "UTC+2.",
            opening=opening,
        ),
        picks,
        private=True,
    )


def unknown_place(words: str) -> str:
    """A place that is nowhere to be found."""
    return say("I do not know where “{words}” is.", words=literal(words))


def several_places(words: str) -> str:
    """A place that may be one of several."""
    return say("Is “{words}” one of these?", words=literal(words))


def arranged(
    routine: Routine, zone: str, subjects: Sequence[str], notices: Sequence[str] = ()
) -> Reply:
    """What is set now. `subjects` are names; `notices` say what else was changed by it."""
    if routine.standing == "off":
        return Reply(
            say(
                "The daily question is off. Everything else works as before; one tap brings "
                "it back."
            ),
            (Choice(say("Turn it on"), "daily:on"), quiz_me()),
            private=True,
        )
    if routine.standing == "resting":
        return Reply(
            say("The daily question is resting because the last ones were not answered."),
            (Choice(say("Start again"), "daily:on"), Choice(say("Turn off"), "daily:off")),
            private=True,
        )
    many = say_many("a question", "{count} questions", routine.many)
    quiet = routine.hours.quiet
    lines = [
        *notices,
        say(
            "**{days} at {clock}** ({zone} time): {many} of {subjects}.",
            days=_upper(days_named(routine.hours.days)),
            clock=clock(routine.hours.minute),
            zone=named(zone),
            many=many,
            subjects=listed(subjects),
        ),
        _quiet(quiet),
        say("Your place is an offset that knows no summer time; name a city if yours has one.")
        if is_fixed(zone)
        else "",
        _next(routine, zone),
        say(
            "*Change it with `/daily` and what you want: another hour, `mon wed fri`, `2 "
            "questions`, `only biology`, `quiet 22:00-07:00`, `zone Madrid`, `pause "
            "until 3 Dec`.*"
        ),
    ]
    return Reply("\n\n".join(filter(None, lines)), _changes(routine), private=True)


def gave_way(quiet: Quiet) -> str:
    """Quiet hours that the new hour lies in."""
    return say(
        "Your quiet hours ({span}) are off, since that hour lies within them.", span=_span(quiet)
    )


def within_quiet(minute: int) -> str:
    """Quiet hours that the hour of the question lies in."""
    return say(
        "Your question comes at {clock}, which is within these quiet hours. Choose "
        "its hour first, or both at once: `/daily 18:30 quiet 22:00-07:00`.",
        clock=clock(minute),
    )


def no_such_subject(name: str, all: Sequence[str]) -> str:
    """A subject that is not in the library."""
    return say(
        "I have no subject called “{name}”. I teach {subjects}.",
        name=literal(name),
        subjects=listed(all),
    )


def _changes(routine: Routine) -> tuple[Choice, ...]:
    days = (
        Choice(say("Weekdays only"), "daily:weekdays")
        if routine.hours.days == EVERY_DAY
        else Choice(say("Every day"), "daily:every day")
    )
    more = routine.many % 3 + 1
    many = Choice(
        say_many("{count} question a day", "{count} questions a day", more),
        f"daily:{more} questions",
    )
    return (
        days,
        many,
        Choice(say("Pause a week"), "daily:pause 1 week"),
        Choice(say("Turn off"), "daily:off"),
    )


def _next(routine: Routine | None, zone: str) -> str:
    if routine is None or routine.next_at is None:
        return ""
    at = routine.next_at.astimezone(ZoneInfo(zone))
    return say("The next one comes on {day} at {at:%H:%M}.", day=day(at), at=at)


def _quiet(quiet: Quiet | None) -> str:
    if quiet is None:
        return say("No quiet hours.")
    return say("Quiet hours: {span}; nothing is sent then.", span=_span(quiet))


def _span(quiet: Quiet) -> str:
    return f"{clock(quiet.begins)}–{clock(quiet.ends)}"


def clock(minute: int) -> str:
    """Minutes after midnight as clocks show them: '18:30'."""
    return f"{minute // 60:02}:{minute % 60:02}"


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
