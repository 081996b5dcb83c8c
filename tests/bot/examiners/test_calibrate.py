"""Fitting the trained examiner: repeatable, held apart by question, and written whole."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bot.examiners import card as cards
from bot.examiners.features import NAMES
from bot.examiners.reader import Shipped
from bot.examiners.training.calibrate import calibrated, fit
from bot.examiners.training.regression import fitted, log_loss
from bot.examiners.training.rows import Row
from knowledge.embedding import embedding

MODELS = "an embedding", "a reader"


def rows() -> tuple[Row, ...]:
    """Points of forty questions that are earned where the first measurement is high."""
    chance = np.random.default_rng(7)
    made: list[Row] = []
    for number in range(200):
        values = chance.random(len(NAMES))
        earned = bool(values[0] + 0.2 * chance.standard_normal() > 0.5)
        made.append(Row(f"question {number % 40}", tuple(values), earned, alone=number % 3 == 0))
    return tuple(made)


def test_the_fit_finds_what_decides_and_is_calibrated() -> None:
    found = fit(rows(), ridge=1.0)

    values = np.array([row.values for row in rows()])
    earned = np.array([float(row.earned) for row in rows()])
    assert int(np.abs(found.weights).argmax()) == 0
    assert abs(float(found.at(values).mean() - earned.mean())) < 0.01
    assert log_loss(found.at(values), earned) < 0.5


def test_a_measurement_that_never_changes_does_no_harm() -> None:
    values = np.column_stack([np.linspace(0, 1, 50), np.ones(50)])
    earned = (values[:, 0] > 0.5).astype(float)

    found = fitted(values, earned, ridge=1.0)

    assert np.isfinite(found.weights).all()
    assert found.at(values)[-1] > 0.5 > found.at(values)[0]


def test_the_same_curriculum_gives_the_same_card() -> None:
    one, two = (calibrated(rows(), (), MODELS) for _ in "ab")

    assert one == two
    assert one.version == two.version
    assert one.several.doubt_from <= 0.5 <= one.several.doubt_to
    assert one.several != one.alone


def test_a_point_that_a_rule_refuses_teaches_nothing_but_how_often_it_is_earned() -> None:
    wrong = tuple(replace(row, earned=not row.earned, refused=True) for row in rows()[:50])

    with_them = calibrated((*rows(), *wrong), (), MODELS)

    assert with_them.several.weights == calibrated(rows(), (), MODELS).several.weights
    assert 0 < with_them.refused < 1


def test_a_card_names_the_languages_that_its_rows_are_in() -> None:
    spanish = tuple(replace(row, language="es") for row in rows()[:20])

    assert calibrated(rows(), (), MODELS).languages == ("en",)
    assert calibrated((*rows(), *spanish), (), MODELS).languages == ("en", "es")


def test_a_card_is_read_as_it_was_written(tmp_path: Path) -> None:
    card = calibrated(rows(), (), MODELS)

    cards.write(card, tmp_path / "marker" / "card.json")

    assert cards.read(tmp_path / "marker" / "card.json") == card


@pytest.mark.parametrize("text", ["", "{}", "not a card"])
def test_a_broken_card_says_how_to_make_a_new_one(tmp_path: Path, text: str) -> None:
    (tmp_path / "card.json").write_text(text)

    with pytest.raises(ValueError, match="calibrate"):
        cards.read(tmp_path / "card.json")


def test_a_card_for_other_measurements_is_refused(tmp_path: Path) -> None:
    card = calibrated(rows(), (), MODELS)
    cards.write(replace(card, features=("nearness",)), tmp_path / "card.json")

    with pytest.raises(ValueError, match="another version"):
        cards.read(tmp_path / "card.json")


def test_the_shipped_card_fits_the_shipped_embedding_and_keeps_its_floor() -> None:
    card = cards.read()
    held_out = card.metrics["held-out topics"]

    assert (card.embedding, card.reader) == (embedding().name, Shipped().name)
    assert held_out["macro_f1"] > 0.83  # of four languages; of English alone 0.85
    assert held_out["kappa"] > 0.83
    assert held_out["injections_refused"] == 1.0


def test_a_card_for_another_reader_is_refused() -> None:
    with pytest.raises(ValueError, match="a reader"):
        cards.fits(calibrated(rows(), (), MODELS), "another reader")
