"""What a search is asked and what it brings: two rankings of the same passages made one."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from knowledge.content import Chunk
from knowledge.onnx import Vectors

Key = TypeVar("Key", bound=Hashable)

_SOFTENING = 60  # Cormack, Clarke and Büttcher 2009: keeps a single first place from deciding all


@dataclass(frozen=True, slots=True)
class Probe:
    """What is looked for, embedded once however many collections are searched."""

    text: str
    vector: Vectors


@dataclass(frozen=True, slots=True)
class Hit:
    """A chunk found. `score` (0 to 1) ranks it by meaning and words together.

    `nearness` in meaning (−1 to 1) is that of its text or of a question that it answers, `words`
    the BM25 score (0 and up) of both. By its own text alone are `cosine`, and `share`: how much of
    the probe's informative words it contains (0 to 1).
    """

    chunk: Chunk
    score: float
    nearness: float
    cosine: float
    words: float
    share: float


def fused(*scorings: Mapping[Key, float]) -> dict[Key, float]:
    """Keys by 1 / (60 + rank) summed over the scorings, best first; 1 is first place in all.

    A score of 0 or below is no place at all.
    """
    together: dict[Key, float] = {}
    for scores in scorings:
        placed = sorted((key for key in scores if scores[key] > 0), key=lambda key: -scores[key])
        for rank, key in enumerate(placed, start=1):
            together[key] = together.get(key, 0.0) + 1 / (_SOFTENING + rank)
    highest = len(scorings) / (_SOFTENING + 1)
    best_first = sorted(together, key=lambda key: -together[key])
    return {key: together[key] / highest for key in best_first}
