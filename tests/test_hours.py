"""One question for each wished local day, whatever clocks do: over all zones and two years."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from bot.messages import Chat
from bot.routines import A_DAY, EVERY_DAY, NIGHT, Hours, Quiet, Routine, following, moment, planned

FIRST, LAST = date(2026, 1, 1), date(2027, 12, 31)
ZONES = sorted(zone for zone in available_timezones() if "/" in zone)
CHAT = Chat("test", "ada", "ada")


def hours() -> some.SearchStrategy[Hours]:
    """Any hour outside of any quiet hours."""
    return (
        some.tuples(
            some.integers(0, 1439),
            some.sets(some.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days))),
            some.none() | some.tuples(some.integers(0, 1439), some.integers(0, 1439)),
        )
        .filter(lambda drawn: drawn[2] is None or drawn[2][0] != drawn[2][1])
        .map(lambda drawn: (drawn[0], drawn[1], drawn[2] and Quiet(*drawn[2])))
        .filter(lambda drawn: drawn[2] is None or drawn[0] not in drawn[2])
        .map(lambda drawn: Hours(*drawn))
    )


def can_be_had(hours: Hours, zone: ZoneInfo, day: date) -> bool:
    """Whether any minute of this local day lies outside of the quiet hours, by asking each."""
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=zone).astimezone(UTC)
    there = ((noon + timedelta(minutes=at)).astimezone(zone) for at in range(-900, 900))
    return any(at.date() == day and not hours.are_quiet(at) for at in there)


@settings(max_examples=60, deadline=None)
@given(zone=some.sampled_from(ZONES).map(ZoneInfo), hours=hours())
def test_every_wished_day_of_two_years_has_one_moment_and_never_a_quiet_one(
    zone: ZoneInfo, hours: Hours
) -> None:
    at, days = datetime(2025, 12, 31, 12, tzinfo=UTC), []
    while (found := following(hours, zone, at, FIRST)) and found[1] <= LAST:
        at, day = found
        here = at.astimezone(zone)
        assert here.date() == day
        assert not hours.are_quiet(here)
        days.append(day)

    span = [FIRST + A_DAY * n for n in range((LAST - FIRST).days + 1)]
    wished = [day for day in span if day.weekday() in hours.days]
    assert len(set(days)) == len(days)
    assert [d for d in wished if d not in set(days) and can_be_had(hours, zone, d)] == []
    assert set(days) <= set(wished)


@settings(max_examples=60, deadline=None)
@given(
    hours=hours(),
    home=some.sampled_from(ZONES).map(ZoneInfo),
    lives=some.lists(
        some.tuples(some.floats(0.01, 40), some.none() | some.sampled_from(ZONES).map(ZoneInfo)),
        min_size=1,
        max_size=40,
    ),
)
def test_a_traveller_gets_at_most_one_a_local_day_and_none_that_is_quiet(
    hours: Hours, home: ZoneInfo, lives: list[tuple[float, ZoneInfo | None]]
) -> None:
    now, zone = datetime(2026, 3, 1, tzinfo=UTC), home
    routine = planned(Routine(1, CHAT, hours), zone, now)
    given: list[date] = []

    for wait, moved in lives:  # hours pass, a push may be due; then perhaps clocks are moved
        now += timedelta(hours=wait)
        while routine.next_at is not None and routine.next_at <= now:
            assert routine.next_day is not None
            assert not hours.are_quiet(routine.next_at.astimezone(zone))
            given.append(routine.next_day)
            sent = replace(routine, last_day=routine.next_day)
            routine = planned(sent, zone, routine.next_at)
        if moved is not None:
            zone = moved
            routine = planned(routine, zone, now)

    assert given == sorted(set(given))


@pytest.mark.parametrize(
    ("zone", "hours", "day", "expected"),
    [
        # Madrid skips 02:00 to 03:00, and has it twice in October
        ("Europe/Madrid", Hours(150, quiet=None), date(2026, 3, 29), "2026-03-29T01:00"),
        ("Europe/Madrid", Hours(150, quiet=None), date(2026, 10, 25), "2026-10-25T00:30"),
        # the gap ends in quiet hours, which end at five
        ("Europe/Madrid", Hours(150, quiet=Quiet(180, 300)), date(2026, 3, 29), "2026-03-29T03:00"),
        # Nuuk's clocks jump over the end of Saturday: the last minute before that
        ("America/Nuuk", Hours(1410, quiet=None), date(2026, 3, 28), "2026-03-29T00:59"),
        ("Asia/Kathmandu", Hours(1110), date(2026, 3, 2), "2026-03-02T12:45"),
        ("Pacific/Auckland", Hours(450), date(2026, 3, 2), "2026-03-01T18:30"),
    ],
)
def test_hours_that_clocks_skip_or_repeat(
    zone: str, hours: Hours, day: date, expected: str
) -> None:
    found = moment(hours, ZoneInfo(zone), day)

    assert found is not None
    assert found.isoformat().startswith(expected)


def test_a_pause_ends_on_its_day_and_a_day_that_had_its_question_has_no_other() -> None:
    now = datetime(2026, 3, 2, 9, tzinfo=UTC)
    madrid = ZoneInfo("Europe/Madrid")
    routine = Routine(1, CHAT, Hours(1110), pause=(now.date(), date(2026, 3, 5)))

    assert planned(routine, madrid, now).next_day == date(2026, 3, 5)
    assert planned(replace(routine, pause=None), madrid, now).next_day == date(2026, 3, 2)
    had = replace(routine, pause=None, last_day=date(2026, 3, 2))
    assert planned(had, madrid, now).next_day == date(2026, 3, 3)
    assert planned(replace(routine, standing="off"), madrid, now).next_at is None


def test_hours_are_valid_from_birth() -> None:
    for wrong in (
        lambda: Hours(1440),
        lambda: Hours(0, ()),
        lambda: Hours(0, (7,)),
        lambda: Hours(23 * 60, EVERY_DAY, NIGHT),
        lambda: Quiet(60, 60),
        lambda: Quiet(-1, 60),
    ):
        with pytest.raises(ValueError, match=r"."):
            wrong()
