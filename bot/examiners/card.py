"""The trained examiner's model file: weights, the band of doubt, and where they come from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from bot.examiners.features import NAMES

CARD = Path(__file__).parents[2] / "knowledge" / "models" / "marker" / "card.json"


@dataclass(frozen=True, slots=True)
class Card:
    """A logistic regression over `features.NAMES`, and all that explains it.

    Between `doubt_from` and `doubt_to` an examiner could go either way. `refused` and `doubted` are
    how likely a point is earned that a rule refuses, or doubts.
    """

    embedding: str
    features: tuple[str, ...]
    weights: tuple[float, ...]
    intercept: float
    doubt_from: float
    doubt_to: float
    refused: float
    doubted: float
    data: Mapping[str, str | int]
    metrics: Mapping[str, float]
    license: str

    @property
    def version(self) -> str:
        """Eight hex digits that change with anything that could change a mark."""
        decides = (
            self.embedding,
            self.features,
            self.weights,
            self.intercept,
            (self.doubt_from, self.doubt_to, self.refused, self.doubted),
        )
        return hashlib.sha256(json.dumps(decides).encode()).hexdigest()[:8]


def read(file: Path = CARD) -> Card:
    """The card in a file. Raises ValueError with what to do about a missing or broken one."""
    remedy = "run: python -m bot.examiners.training.calibrate"
    try:
        card = TypeAdapter(Card).validate_json(file.read_bytes())
    except (OSError, ValidationError) as problem:
        raise ValueError(f"The marker's card {file} cannot be read; {remedy}") from problem
    if card.features != NAMES or len(card.weights) != len(NAMES):
        raise ValueError(f"The marker's card {file} is of another version; {remedy}")
    return card


def write(card: Card, file: Path = CARD) -> None:
    """Put the card into a file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(asdict(card), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
