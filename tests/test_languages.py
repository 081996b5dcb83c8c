"""The tutor speaks the learner's language, or the group's, in whatever room and at any hour."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.examiners.exact import ExactExaminer
from bot.messages import Command, Press
from bot.speech import NAMES, catalogue, likeliest, say, say_many, speaking
from knowledge.content import Language
from tests.conftest import Opened
from tests.fakes import FixedClock
from tests.test_rounds import over

CLASS = "class"
OTHERS: tuple[Language, ...] = tuple(one for one in NAMES if one != "en")


def in_(language: Language, text: str, **values: object) -> str:
    """A text of the catalogue, which is not the English one."""
    with speaking(language):
        said = say(text, **values)
    assert language == "en" or said != text
    return said


@pytest.mark.parametrize("language", OTHERS)
async def test_the_first_guess_is_the_language_of_the_app(
    school: Opened, language: Language
) -> None:
    ada = (await school()).learner()
    ada.locale = f"{language}-XX"

    await ada.says("/start")

    assert ada.button(in_(language, "Quiz me"))
    assert ada.replies[-1].language == language


@pytest.mark.parametrize(
    ("locale", "language"),
    [("de_AT", "de"), ("es-419", "es"), ("FR", "fr"), ("pt-br", "en"), ("", "en"), ("est", "en")],
)
def test_a_locale_names_a_language(locale: str, language: Language) -> None:
    assert likeliest(locale) == language


async def test_a_learner_chooses_another_and_it_stays(school: Opened) -> None:
    ada = (await school()).learner()
    ada.locale = "en-GB"
    assert "I speak English with you" in await ada.says("/settings")

    chosen = await ada.presses("Deutsch")
    again = (await school()).learner()  # after a restart
    again.locale = "en-GB"

    assert "Deutsch" in chosen
    assert in_("de", "Subject and level") in [choice.label for choice in ada.replies[-1].choices]
    assert in_("de", "# What I can do\n\n") in await again.sends(Command("help"), "after")


async def test_a_language_that_is_not_spoken_is_out_of_date(school: Opened) -> None:
    ada = (await school()).learner()

    assert "left behind" in await ada.sends(Press("language:tlh"))
    assert "I speak English" in await ada.says("/settings")


async def test_a_wrong_number_is_explained_in_the_language(school: Opened) -> None:
    ada = (await school(examiner=ExactExaminer())).learner()
    ada.locale = "fr"
    await ada.says("/quiz calculate")

    told = await ada.says("999 g")

    assert in_("fr", "your final number is not the accepted value") in told
    assert in_("fr", "Try again") in [choice.label for choice in ada.replies[-1].choices]


async def test_hint_and_skip_are_understood_in_the_language(school: Opened) -> None:
    ada = (await school()).learner()
    ada.locale = "es"
    await ada.says("/quiz explain")

    hint = await ada.says("una pista")
    doubt = await ada.says("¿qué es un soluto?")
    skipped = await ada.says("saltar")

    assert hint.startswith("**")
    assert "1" in hint
    assert in_("es", "My notes do not cover that, so I will not guess.{more}", more="") in doubt
    assert in_("es", "Back to it") in [choice.label for choice in ada.replies[-1].choices]
    assert skipped


async def test_those_in_charge_set_a_groups_language(school: Opened) -> None:
    open = await school()
    open.box.chiefs.add("head")
    head, ada = open.learner("head", CLASS), open.learner("ada", CLASS)
    ada.locale = "de"
    before = await ada.says("/settings")
    await head.says("/settings")
    await head.presses("Français")
    await ada.says("/round osmosis explain 60")

    assert before.startswith("# This group")  # a group has one language, whoever writes
    assert any(choice.label == in_("fr", "Answer") for choice in ada.replies[-1].choices)
    await ada.presses(in_("fr", "Answer"), typing="water leaves")
    await over(open)
    assert in_("fr", "# The round is over") in open.box.read(CLASS)[-1]


async def test_the_daily_question_comes_in_the_language(school: Opened) -> None:
    clock = FixedClock(datetime(2026, 3, 2, 9, 0, tzinfo=UTC))
    open = await school(clock=clock)
    ada = open.learner()
    ada.locale = "es"
    await ada.says("/subject Biology HL")
    set = await ada.says("/daily a las 18:30 entre semana")
    if "Madrid" not in set:
        set = await ada.says("Madrid")

    clock.advance(minutes=10 * 60)
    await open.sends_what_is_due()

    assert "lunes, 2 de marzo" in set or "lunes 2 de marzo" in set
    last = open.box.delivered[ada.chat][-1]
    assert in_("es", "Not today") in [choice.label for choice in last.choices]


def test_numbers_of_things_are_declined() -> None:
    with speaking("fr"):
        none, one, two = (say_many("{count} mark", "{count} marks", n) for n in (0, 1, 2))

    assert (none.split()[1], one.split()[1]) == (one.split()[1],) * 2  # French: 0 is singular
    assert two.split()[1] != one.split()[1]


def test_every_catalogue_can_be_read_where_the_bot_is_installed() -> None:
    assert [bool(catalogue(language).info()) for language in OTHERS] == [True] * len(OTHERS)
    assert Path(__file__).parent.parent.joinpath("bot", "locale").is_dir()
