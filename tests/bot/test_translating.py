"""What learners type in other languages is read as it is in English."""

from __future__ import annotations

from datetime import date

import pytest

from bot.follow_ups import Objection, Why
from bot.follow_ups import read as followed
from bot.speech import speaking
from bot.translating import in_english
from bot.wishes import At, Many, On, Pause, Switch, Unclear, Wish, Zone
from bot.wishes import read as wished
from knowledge.content import Language

TODAY = date(2026, 11, 24)  # a Tuesday


@pytest.mark.parametrize(
    ("language", "text", "points"),
    [
        ("es", "No estoy de acuerdo con el punto 2", (2,)),
        ("es", "creo que merezco el punto 2", (2,)),
        ("es", "corrige otra vez el punto 1 porfa", (1,)),
        ("es", "ya lo he dicho", ()),
        ("es", "es injusto!!", ()),
        ("es", "eso está mal", ()),
        ("fr", "Je ne suis pas d’accord avec le point 2", (2,)),
        ("fr", "je mérite le point 3", (3,)),
        ("fr", "je mérite l’élément 2", (2,)),
        ("fr", "relis encore une fois le point 2 stp", (2,)),
        ("fr", "je l'ai déjà écrit", ()),
        ("fr", "c'est pas juste", ()),
        ("de", "Ich bin mit 2 nicht einverstanden", (2,)),
        ("de", "bei Punkt 2 bin ich anderer Meinung", (2,)),
        ("de", "ich finde, ich verdiene Punkt 2", (2,)),
        ("de", "schau dir bitte Punkt 1 nochmal an", (1,)),
        ("de", "das habe ich doch geschrieben", ()),
        ("de", "das ist unfair", ()),
    ],
)
def test_an_objection_is_heard(language: Language, text: str, points: tuple[int, ...]) -> None:
    with speaking(language):
        said = followed(text, 3)

    assert isinstance(said, Objection), (said, in_english(text, "marking", language))
    assert said.points == points


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "no merezco el punto 2"),
        ("fr", "je ne mérite pas le point 2"),
        ("de", "Punkt 2 habe ich gar nicht verdient"),
    ],
)
def test_who_says_that_a_mark_was_not_earned_is_heard_so(language: Language, text: str) -> None:
    with speaking(language):
        said = followed(text, 3)

    assert said == Objection((2,), against=True), in_english(text, "marking", language)


@pytest.mark.parametrize(
    ("language", "text", "points"),
    [
        ("es", "¿por qué no el punto 2?", (2,)),
        ("es", "xq?", ()),
        ("es", "¿qué me falta?", ()),
        ("fr", "pourquoi pas le point 2 ?", (2,)),
        ("fr", "pourquoi pas l'élément 2 ?", (2,)),
        ("fr", "pourquoi ?", ()),
        ("fr", "qu'est-ce qui manque ?", ()),
        ("de", "warum nicht Punkt 2?", (2,)),
        ("de", "wieso?", ()),
        ("de", "was fehlt denn?", ()),
    ],
)
def test_a_question_is_heard(language: Language, text: str, points: tuple[int, ...]) -> None:
    with speaking(language):
        said = followed(text, 3)

    assert said == Why(points), in_english(text, "marking", language)


@pytest.mark.parametrize(
    ("language", "text", "wishes"),
    [
        ("es", "a las 18:30 entre semana", (On((0, 1, 2, 3, 4)), At(18 * 60 + 30))),
        ("es", "lunes y jueves 7:00", (On((0, 3)), At(7 * 60))),
        ("es", "2 preguntas al día", (Many(2),)),
        ("es", "pausa hasta el 3 de diciembre", (Pause(date(2026, 12, 3)),)),
        ("es", "zona Madrid", (Zone("madrid"),)),
        ("es", "desactivar", (Switch(False),)),
        ("fr", "18h30 le week-end", (On((5, 6)), At(18 * 60 + 30))),
        ("fr", "pause jusqu’au 3 décembre", (Pause(date(2026, 12, 3)),)),
        ("fr", "tous les jours à 8:00", (On((0, 1, 2, 3, 4, 5, 6)), At(8 * 60))),
        ("fr", "arrêter", (Switch(False),)),
        ("de", "um 18:30 Uhr werktags", (On((0, 1, 2, 3, 4)), At(18 * 60 + 30))),
        ("de", "Pause bis zum 3. Dezember", (Pause(date(2026, 12, 3)),)),
        ("de", "pause 2 Wochen", (Pause(date(2026, 12, 8)),)),
        ("de", "Montag, Mittwoch und Freitag um 7:15", (On((0, 2, 4)), At(7 * 60 + 15))),
        ("de", "aus", (Switch(False),)),
    ],
)
def test_a_wish_for_the_daily_question_is_understood(
    language: Language, text: str, wishes: tuple[Wish, ...]
) -> None:
    with speaking(language):
        assert wished(text, TODAY) == wishes, in_english(text, "daily", language)


def test_what_cannot_be_understood_is_told_in_the_language() -> None:
    with speaking("de"), pytest.raises(Unclear, match="blub"):
        wished("um blub", TODAY)


def test_in_english_nothing_is_changed() -> None:
    with speaking("en"):
        assert in_english("Warum, por qué?", "marking") == "Warum, por qué?"
