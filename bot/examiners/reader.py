"""The cross-encoder: reads a point and an answer together, and says how far one earns the other."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Protocol

from bot.examiners.pairs import Pair
from knowledge.onnx import CrossEncoder

FOLDER = Path(__file__).parents[2] / "knowledge" / "models" / "marker"


class Reader(Protocol):
    """Anything that reads pairs. The same pair always gets the same number."""

    @property
    def name(self) -> str:
        """Which reader: numbers of different names are never mixed."""
        ...

    def logits(self, pairs: Sequence[Pair]) -> tuple[float, ...]:
        """One number for each pair; above 0 the answer rather earns the point."""
        ...


class Shipped:
    """The trained cross-encoder in a folder; its weights are loaded at the first pair."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._file = folder / "model.onnx"
        self._encoder = CrossEncoder(folder)

    @cached_property
    def name(self) -> str:
        """The name with eight hex digits of the weights."""
        return f"cross-encoder@{hashlib.sha256(self._file.read_bytes()).hexdigest()[:8]}"

    def logits(self, pairs: Sequence[Pair]) -> tuple[float, ...]:
        """One number for each pair, the same whatever is asked beside it."""
        return self._encoder.logits([(one.sought, one.said) for one in pairs])
