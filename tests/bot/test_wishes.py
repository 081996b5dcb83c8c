"""What learners write behind /daily."""

from __future__ import annotations

from datetime import date

import pytest

from bot.routines import EVERY_DAY, WEEKDAYS, Quiet
from bot.wishes import At, Many, On, Only, Pause, Silence, Switch, Unclear, Wish, Zone, read

TODAY = date(2026, 11, 23)  # a Monday


@pytest.mark.parametrize(
    ("words", "wishes"),
    [
        ("", ()),
        ("18:30", (At(1110),)),
        ("6pm", (At(1080),)),
        ("18h30", (At(1110),)),
        ("at 7.15 a.m.", (At(435),)),
        ("12 am", (At(0),)),
        ("noon", (At(720),)),
        ("18", (At(1080),)),
        ("off", (Switch(False),)),
        ("start again", (Switch(True),)),
        ("weekdays", (On(WEEKDAYS),)),
        ("every day at 8pm", (On(EVERY_DAY), At(1200))),
        ("mon wed fri", (On((0, 2, 4)),)),
        ("Tuesdays and Thursdays", (On((1, 3)),)),
        ("fri-mon", (On((0, 4, 5, 6)),)),
        ("2 questions", (Many(2),)),
        ("three questions a day", (Many(3),)),
        ("only biology and physics", (Only(("biology", "physics")),)),
        ("only my subject", (Only(()),)),
        ("zone Europe/Madrid", (Zone("europe/madrid"),)),
        ("quiet 22-7", (Silence(Quiet(1320, 420)),)),
        ("quiet hours 10pm to 6:30am", (Silence(Quiet(1320, 390)),)),
        ("quiet off", (Silence(None),)),
        ("pause until 3 Dec", (Pause(date(2026, 12, 3)),)),
        ("pause until Dec 3rd, 2026", (Pause(date(2026, 12, 3)),)),
        ("pause until 3 Feb", (Pause(date(2027, 2, 3)),)),
        ("pause until 2026-12-03", (Pause(date(2026, 12, 3)),)),
        ("pause until monday", (Pause(date(2026, 11, 30)),)),
        ("pause for 2 weeks", (Pause(date(2026, 12, 7)),)),
        ("18:30 weekdays, 2 questions", (Many(2), On(WEEKDAYS), At(1110))),
    ],
)
def test_words_are_understood(words: str, wishes: tuple[Wish, ...]) -> None:
    assert read(words, TODAY) == wishes


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("25:00", "no time of day"),
        ("18:75", "no time of day"),
        ("13pm", "no time of day"),
        ("0am", "no time of day"),
        ("8am and 6pm", "One hour a day"),
        ("banana", "could not make sense of “banana”"),
        ("0 questions", "1 to 5 questions a day, not 0"),
        ("pause", "Until when?"),
        ("pause until 31 Feb", "Until when?"),
        ("pause until 2026-11-01", "not ahead of us"),
        ("pause until 2031-01-01", "more than a year"),
        ("quiet 22", "both ends"),
        ("quiet 8-8", "leave no time"),
        ("zone", "Name a city"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(words: str, sentence: str) -> None:
    with pytest.raises(Unclear, match=sentence):
        read(words, TODAY)
