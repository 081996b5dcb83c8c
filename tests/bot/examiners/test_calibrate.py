"""Fitting the trained examiner: repeatable, held apart by question, and written whole."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bot.examiners import card as cards
from bot.examiners.features import NAMES
from bot.examiners.training.calibrate import Curriculum, calibrated, fit
from bot.examiners.training.regression import fitted, log_loss
from bot.examiners.training.rows import Row
from knowledge.embedding import embedding


def rows() -> tuple[Row, ...]:
    """Points of forty questions that are earned where the first measurement is high."""
    chance = np.random.default_rng(7)
    made: list[Row] = []
    for number in range(200):
        values = chance.random(len(NAMES))
        earned = bool(values[0] + 0.2 * chance.standard_normal() > 0.5)
        made.append(Row(f"question {number % 40}", tuple(values), earned, ""))
    return tuple(made)


def test_the_fit_finds_what_decides_and_is_calibrated() -> None:
    found = fit(Curriculum((), rows()), ridge=1.0)

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
    one, _ = calibrated(Curriculum((), rows()), "an embedding")
    two, _ = calibrated(Curriculum((), rows()), "an embedding")

    assert one == two
    assert one.version == two.version
    assert one.doubt_from <= 0.5 <= one.doubt_to


def test_a_card_is_read_as_it_was_written(tmp_path: Path) -> None:
    card, _ = calibrated(Curriculum((), rows()), "an embedding")

    cards.write(card, tmp_path / "marker" / "card.json")

    assert cards.read(tmp_path / "marker" / "card.json") == card


@pytest.mark.parametrize("text", ["", "{}", "not a card"])
def test_a_broken_card_says_how_to_make_a_new_one(tmp_path: Path, text: str) -> None:
    (tmp_path / "card.json").write_text(text)

    with pytest.raises(ValueError, match="calibrate"):
        cards.read(tmp_path / "card.json")


def test_a_card_for_other_measurements_is_refused(tmp_path: Path) -> None:
    card, _ = calibrated(Curriculum((), rows()), "an embedding")
    cards.write(replace(card, features=("nearness",), weights=(1.0,)), tmp_path / "card.json")

    with pytest.raises(ValueError, match="another version"):
        cards.read(tmp_path / "card.json")


def test_the_shipped_card_fits_the_shipped_embedding_and_keeps_its_floor() -> None:
    card = cards.read()

    assert card.embedding == embedding().name
    assert card.metrics["macro_f1"] > 0.8
    assert card.metrics["kappa"] > 0.75
    assert card.metrics["injections_refused"] == 1.0
