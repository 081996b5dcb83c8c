"""Wrong answers made by rule: each is what it is meant to be, and the same seed makes the same."""

from __future__ import annotations

from random import Random

import pytest

from bot.examiners import suspicion, wording
from bot.examiners.training.cross import turning


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        ("sodium is pumped out", {"potassium is pumped out", "sodium is pumped in"}),
        ("the price rises", {"the price falls"}),
        ("heat goes from the water to the air", {"heat goes from the air to the water"}),
        ("the enzyme binds to the substrate", {"the substrate binds to the enzyme"}),
        ("more oxygen is released", {"less oxygen is released", "more carbon dioxide is released"}),
    ],
)
def test_one_direction_is_turned(text: str, ways: set[str]) -> None:
    made = {turning.turned(text, Random(seed)) for seed in range(30)}

    assert made & ways
    assert text not in made


def test_what_has_no_direction_is_left() -> None:
    assert turning.turned("glucose", Random(1)) is None
    assert turning.turned("", Random(1)) is None


def test_words_strung_together_make_no_claim() -> None:
    text = "the gradient of protons across the membrane is the source of energy for ATP synthase"

    said = turning.strung(text, Random(3))

    assert set(said.split(", ")) >= {"gradient", "membrane", "energy", "synthase"}
    assert "the" not in said.split(", ")
    assert suspicion.is_list(wording.words(said), said)


def test_a_misspelt_answer_keeps_its_words_and_an_empty_one_stays_empty() -> None:
    text = "the concentration of glucose rises because the hormone is not released"

    made = {turning.misspelt(text, Random(seed)) for seed in range(20)}

    assert len(made) > 5
    assert {len(one.split()) for one in made} == {len(text.split())}
    assert turning.misspelt("", Random(5)) == ""


def test_the_same_seed_makes_the_same_answers() -> None:
    text = "more water enters the cell because the potential is higher outside"

    one, two = ([turning.turned(text, Random(9)), turning.misspelt(text, Random(9))] for _ in "ab")

    assert one == two
