"""Where learners live, as they write it."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.places import found, guesses, is_known, named

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "zone"),
    [
        ("Madrid", "Europe/Madrid"),
        ("europe/madrid", "Europe/Madrid"),
        ("Barcelona", "Europe/Madrid"),
        ("I live in Lyon", "Europe/Paris"),
        ("São Paulo", "America/Sao_Paulo"),
        ("zürich", "Europe/Zurich"),
        ("new york", "America/New_York"),
        ("Singapore", "Asia/Singapore"),
        ("The Hague", "Europe/Amsterdam"),
        ("India", "Asia/Kolkata"),
        ("UTC+2", "Etc/GMT-2"),
        ("gmt -3", "Etc/GMT+3"),
        ("+0", "UTC"),
        ("UTC+5:30", "Asia/Kolkata"),
        ("-3:30", "America/St_Johns"),
    ],
)
def test_a_place_is_understood(words: str, zone: str) -> None:
    place = found(words, NOW)

    assert place.sure
    assert place.zones == (zone,)


@pytest.mark.parametrize(
    ("words", "zone"), [("sidney", "Australia/Sydney"), ("mumbay", "Asia/Kolkata")]
)
def test_a_misspelt_place_is_offered_and_not_taken(words: str, zone: str) -> None:
    place = found(words, NOW)

    assert not place.sure
    assert zone in place.zones


@pytest.mark.parametrize("words", ["", "?!", "xyzzy", "UTC+20", "+5:17", "why is it negative"])
def test_nowhere_is_nowhere(words: str) -> None:
    assert found(words, NOW).zones == ()


def test_guesses_are_zones_and_begin_with_the_languages() -> None:
    assert guesses("es-MX")[0] == "Europe/Madrid"
    for locale in ("en", "es", "xx", "", "zh_TW"):
        assert len(guesses(locale)) == 8
        assert all(is_known(zone) and ZoneInfo(zone) for zone in guesses(locale))


def test_a_zone_is_called_as_people_call_it() -> None:
    assert named("America/Argentina/Buenos_Aires") == "Buenos Aires"
    assert named("Etc/GMT-2") == "UTC+2"
    assert not is_known("../../etc/passwd")
