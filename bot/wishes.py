"""What a learner asks of the daily question, read from their words: '6pm weekdays, 2 questions'."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from bot.routines import DAYS, EVERY_DAY, MONTHS, MOST, WEEKDAYS, WEEKEND, Quiet
from bot.speech import day as day_named
from bot.speech import later, say
from bot.translating import in_english


class Unclear(Exception):
    """The words were not understood, or cannot be done; the text is a sentence for the learner."""


@dataclass(frozen=True, slots=True)
class At:
    """At this minute after midnight."""

    minute: int


@dataclass(frozen=True, slots=True)
class On:
    """Days of the week, Monday is 0."""

    days: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Many:
    """So many questions a day."""

    count: int


@dataclass(frozen=True, slots=True)
class Only:
    """Of these subjects, as they were typed; of none: of whichever is studied."""

    subjects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Zone:
    """In the time zone of this place, as it was typed."""

    place: str


@dataclass(frozen=True, slots=True)
class Silence:
    """Quiet hours; None for none."""

    quiet: Quiet | None


@dataclass(frozen=True, slots=True)
class Pause:
    """Nothing before this day."""

    until: date


@dataclass(frozen=True, slots=True)
class Switch:
    """On again, or off."""

    on: bool


Wish = At | On | Many | Only | Zone | Silence | Pause | Switch

HOW = later(
    "Write for example `/daily 18:30`, `/daily 6pm weekdays`, `/daily mon wed "
    "fri`, `/daily 2 questions`, `/daily only biology`, `/daily quiet "
    "22:00-07:00`, `/daily pause until 3 Dec`, `/daily zone Madrid` or `/daily "
    "off`."
)
_DAY = r"(mon|tue|tues|wed|weds|thu|thur|thurs|fri|sat|sun)(?:day|nesday|sday|rsday|urday)?s?"
_TIME = r"(\d{1,2})(?:\s*[:h.]\s*(\d{2})(?!\d))?\s*(am|pm|h|o'?clock)?(?![\d:])"
_TIMES = re.compile(rf"\b{_TIME}")
_RANGE = re.compile(rf"\b{_TIME}\s*(?:-|–|to|until|till)\s*{_TIME}")
_DAY_RANGE = re.compile(rf"\b{_DAY}\s*(?:-|–|to)\s*{_DAY}\b")
_DAYS = re.compile(rf"\b{_DAY}\b")
_SETS = {
    r"\bweek\s?days?\b|\bschool days\b": WEEKDAYS,
    r"\bweek\s?ends?\b": WEEKEND,
    r"\bevery\s?day\b|\ball days\b|\bdaily\b": EVERY_DAY,
}
_COUNT = re.compile(r"\b(\d{1,3}|one|two|three|four|five)\s+(?:a day|questions?|qs?)\b(?: a day)?")
_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
_ONLY = re.compile(r"\bonly\s+(.+)$|\b(?:my|any|the same) subject\b")
_ZONE = re.compile(r"\b(?:time\s*)?zone\s*(.*)$")
_QUIET = re.compile(r"\bquiet(?:\s+hours)?\s*(.*)$")
_PAUSE = re.compile(r"^(?:pause|paused|holiday)\b\s*(?:until|till|to|for)?\s*(.*)$")
_FILLERS = re.compile(
    r"\b(at|on|in|the|and|please|questions?|a day|each|every|to|set|every)\b|[,;&]"
)
_LAST_HOUR, _NOON = 23, 12
_LAST_MINUTE = 59
_A_YEAR = 366  # days


def read(words: str, today: date) -> tuple[Wish, ...]:
    """What is asked for, all of it; nothing for no words. Raises Unclear.

    `today` is the learner's: a date without a year is the next one of that name.
    """
    said = in_english(words.lower().replace("a.m.", "am").replace("p.m.", "pm"), "daily")
    rest = " ".join(said.split())
    if rest in ("off", "stop", "no", "never", "none"):
        return (Switch(False),)
    if rest in ("on", "start", "again", "start again", "resume", "continue"):
        return (Switch(True),)
    if pause := _PAUSE.match(rest):
        return (Pause(_date(pause[1].strip(), today)),)
    wishes: list[Wish] = []
    for take in (_zone, _only, _quiet, _many, _on, _at):
        rest, wish = take(rest)
        if wish is not None:
            wishes.append(wish)
    left = " ".join(_FILLERS.sub(" ", rest).split())
    if left:
        raise Unclear(say("I could not make sense of “{left}”. {how}", left=left, how=say(HOW)))
    return tuple(wishes)


Taken = tuple[str, Wish | None]


def _without(rest: str, match: re.Match[str]) -> str:
    return f"{rest[: match.start()]} {rest[match.end() :]}".strip()


def _zone(rest: str) -> Taken:
    found = _ZONE.search(rest)
    if found is None:
        return rest, None
    if not found[1]:
        raise Unclear(
            "Name a city, a time zone or an offset: `/daily zone Madrid`, `zone UTC+5:30`."
        )
    return _without(rest, found), Zone(found[1])


def _only(rest: str) -> Taken:
    found = _ONLY.search(rest)
    if found is None:
        return rest, None
    if found[1] is None or found[1] in ("my subject", "the same subject"):
        return _without(rest, found), Only(())
    names = [name.strip() for name in re.split(r",|\band\b|&|\+", found[1])]
    return _without(rest, found), Only(tuple(name for name in names if name))


def _quiet(rest: str) -> Taken:
    found = _QUIET.search(rest)
    if found is None:
        return rest, None
    if found[1].strip() in ("off", "none", "no", "never"):
        return _without(rest, found), Silence(None)
    hours = _RANGE.search(found[1])
    if hours is None:
        raise Unclear(
            "Give both ends of your quiet hours: `/daily quiet 22:00-07:00`, or `quiet off`."
        )
    groups = hours.groups()
    begins, ends = _minute(hours[0], *groups[:3]), _minute(hours[0], *groups[3:])
    if begins == ends:
        raise Unclear("Quiet hours that begin when they end leave no time for a question.")
    rest = f"{rest[: found.start()]} {found[1][hours.end() :]}".strip()
    return rest, Silence(Quiet(begins, ends))


def _many(rest: str) -> Taken:
    found = _COUNT.search(rest)
    if found is None:
        return rest, None
    count = _WORDS.get(found[1]) or int(found[1])
    if not 1 <= count <= MOST:
        raise Unclear(f"I send 1 to {MOST} questions a day, not {count}. `/daily off` sends none.")
    return _without(rest, found), Many(count)


def _on(rest: str) -> Taken:
    days: set[int] = set()
    for pattern, several in _SETS.items():
        if re.search(pattern, rest):
            days.update(several)
            rest = re.sub(pattern, " ", rest)
    for found in _DAY_RANGE.finditer(rest):
        days.update(_from_to(_day(found[1]), _day(found[2])))
    rest = _DAY_RANGE.sub(" ", rest)
    days.update(_day(found[1]) for found in _DAYS.finditer(rest))
    return _DAYS.sub(" ", rest).strip(), On(tuple(sorted(days))) if days else None


def _day(name: str) -> int:
    return next(at for at, full in enumerate(DAYS) if full.lower().startswith(name[:3]))


def _from_to(first: int, last: int) -> tuple[int, ...]:
    return tuple((first + at) % 7 for at in range((last - first) % 7 + 1))


def _at(rest: str) -> Taken:
    rest = re.sub(r"\b(noon|midday)\b", "12:00", re.sub(r"\bmidnight\b", "0:00", rest))
    times = list(_TIMES.finditer(rest))
    if not times:
        return rest, None
    if len(times) > 1:
        raise Unclear(
            "One hour a day, please: `/daily 18:30`. For more questions: `/daily 2 questions`."
        )
    return _without(rest, times[0]), At(_minute(times[0][0], *times[0].groups()))


def _minute(said: str, hour: str, minute: str | None, half: str | None) -> int:
    """Minutes after midnight. Raises Unclear for what no clock shows."""
    h, m = int(hour), int(minute or 0)
    if half in ("am", "pm"):
        if not 1 <= h <= _NOON:
            raise Unclear(f"“{said.strip()}” is no time of day. Write it like 18:30 or 6pm.")
        h = h % _NOON + (_NOON if half == "pm" else 0)
    if h > _LAST_HOUR or m > _LAST_MINUTE:
        raise Unclear(f"“{said.strip()}” is no time of day. Write it like 18:30 or 6pm.")
    return h * 60 + m


def _date(said: str, today: date) -> date:
    """The day a pause ends. Raises Unclear."""
    day = _meant(said, today)
    if day is None:
        raise Unclear(
            say(
                "Until when? Write it like `/daily pause until 3 Dec`, `pause until Monday` or "
                "`pause 2 weeks`."
            )
        )
    if day <= today:
        raise Unclear(say("{day} {year} is not ahead of us.", day=day_named(day), year=day.year))
    if (day - today).days > _A_YEAR:
        raise Unclear(say("That is more than a year away: `/daily off` waits until you are back."))
    return day


def _meant(said: str, today: date) -> date | None:
    if said == "tomorrow":
        return today + timedelta(days=1)
    if span := re.fullmatch(r"(\d{1,3}|an?|one|two|three|four|five)\s+(day|week|month)s?", said):
        many = _WORDS.get(span[1]) or (1 if span[1] in ("a", "an") else int(span[1]))
        return today + timedelta(days=many * {"day": 1, "week": 7, "month": 30}[span[2]])
    if named := re.fullmatch(rf"(?:next )?{_DAY}", said):
        return today + timedelta(days=(_day(named[1]) - today.weekday() - 1) % 7 + 1)
    if iso := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", said):
        return _dated(int(iso[1]), int(iso[2]), int(iso[3]))
    written = re.fullmatch(
        r"(?:the )?(\d{1,2})(?:st|nd|rd|th)?(?: of)? ([a-z]{3,9})\.?,?(?: (\d{4}))?", said
    )
    turned = re.fullmatch(r"([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,?(?: (\d{4}))?", said)
    day, month, year = (
        (written[1], written[2], written[3])
        if written
        else (turned[2], turned[1], turned[3])
        if turned
        else ("", "", "")
    )
    names = enumerate((name.lower() for name in MONTHS), 1)
    at = next((at for at, name in names if month and name.startswith(month)), 0)
    if not at:
        return None
    if year:
        return _dated(int(year), at, int(day))
    this = _dated(today.year, at, int(day))
    return this if this and this > today else _dated(today.year + 1, at, int(day))


def _dated(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
