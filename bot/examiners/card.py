"""The trained examiner's model file: weights, the band of doubt, and where they come from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from bot.examiners.features import NAMES
from bot.examiners.layout import Layout
from bot.examiners.reader import FOLDER
from knowledge.content import Language

CARD = FOLDER / "card.json"
_REMEDY = "run: python -m bot.examiners.training.calibrate --data DIR"


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic regression over `features.NAMES`.

    Between `doubt_from` and `doubt_to` an examiner could go either way.
    """

    weights: tuple[float, ...]
    intercept: float
    doubt_from: float
    doubt_to: float


@dataclass(frozen=True, slots=True)
class Card:
    """The weights, and all that explains them.

    `several` judges points of schemes with several of them, `alone` the only point of a scheme: a
    reference answer. `refused` is how likely a point is earned that a rule refuses. `languages`
    are those that the weights know well: a point given in another one is a guess.
    """

    embedding: str
    reader: str
    features: tuple[str, ...]
    several: Weights
    alone: Weights
    refused: float
    data: Mapping[str, str | int]
    metrics: Mapping[str, Mapping[str, float]]
    license: str
    languages: tuple[Language, ...]

    @property
    def version(self) -> str:
        """Eight hex digits that change with anything that could change a mark."""
        decides = (
            self.embedding,
            self.reader,
            self.features,
            asdict(self.several),
            asdict(self.alone),
            self.refused,
            self.languages,
        )
        return hashlib.sha256(json.dumps(decides).encode()).hexdigest()[:8]

    def weights(self, layout: Layout) -> Weights:
        """The weights that judge the points of this layout."""
        return self.alone if layout.alone else self.several


def read(file: Path = CARD) -> Card:
    """The card in a file. Raises ValueError with what to do about a missing or broken one."""
    try:
        card = TypeAdapter(Card).validate_json(file.read_bytes())
    except (OSError, ValidationError) as problem:
        raise ValueError(f"The marker's card {file} cannot be read; {_REMEDY}") from problem
    lengths = {len(card.several.weights), len(card.alone.weights)}
    if card.features != NAMES or lengths != {len(NAMES)}:
        raise ValueError(f"The marker's card {file} is of another version; {_REMEDY}")
    return card


def fits(card: Card, reader: str) -> None:
    """Raises ValueError with what to do if a card was made for another reader."""
    if card.reader != reader:
        raise ValueError(
            f"The marker's card was made for {card.reader}, and {reader} is here; {_REMEDY}"
        )


def write(card: Card, file: Path = CARD) -> None:
    """Put the card into a file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(asdict(card), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
