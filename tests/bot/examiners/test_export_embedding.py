"""The shipped embedding is what the export script makes."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from bot.examiners.training.export_embedding import (
    LOWEST_MEAN_COSINE,
    SAMPLES,
    SHIPPED,
    Fidelity,
    accepted,
    export,
)
from knowledge.onnx import Encoder


def test_exporting_again_gives_the_shipped_vectors(tmp_path: Path) -> None:
    fidelity = export(tmp_path)

    shipped, again = (Encoder(folder).embed(SAMPLES) for folder in (SHIPPED, tmp_path))
    assert np.asarray((shipped * again).sum(axis=1)).min() > 0.999
    assert fidelity.mean_cosine >= LOWEST_MEAN_COSINE
    card = json.loads((SHIPPED / "card.json").read_text(encoding="utf-8"))
    assert card["fidelity_to_fp32"]["mean_cosine"] == pytest.approx(fidelity.mean_cosine, abs=0.002)


def test_an_export_that_lost_too_much_is_refused() -> None:
    good, poor = Fidelity(0.99, 0.98, 12), Fidelity(LOWEST_MEAN_COSINE - 0.001, 0.9, 12)

    assert accepted(good) is good
    with pytest.raises(ValueError, match="too far from fp32"):
        accepted(poor)
