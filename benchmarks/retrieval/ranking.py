"""How high each ranking puts a passage that answers a doubt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from benchmarks.retrieval.asked import Doubt
from knowledge.hits import Hit
from knowledge.index import Index
from knowledge.sources import taught

DEPTH = 1000  # all passages of a subject

RANKINGS: dict[str, Callable[[Hit], float]] = {
    "dense": lambda hit: hit.nearness,
    "BM25": lambda hit: hit.words,
    "fused": lambda hit: hit.score,
}


@dataclass(frozen=True, slots=True)
class Placed:
    """A doubt, and by ranking the place of the first right passage (0: none) and note."""

    doubt: Doubt
    passage: dict[str, int]
    note: dict[str, int]


@dataclass(frozen=True, slots=True)
class Measures:
    """Shares of doubts with a right passage first, or among five; mean reciprocal rank."""

    first: float
    five: float
    mrr: float
    note_first: float


def placed(index: Index, subject: str, asked: Iterable[Doubt]) -> list[Placed]:
    """The covered doubts of a subject, looked for in its notes."""
    return [_placed(index, subject, doubt) for doubt in asked if doubt.covered]


def measured(found: Sequence[Placed], ranking: str) -> Measures:
    """What a ranking achieves on some doubts."""
    places = [one.passage[ranking] for one in found]
    notes = [one.note[ranking] for one in found]
    return Measures(
        first=sum(place == 1 for place in places) / len(places),
        five=sum(0 < place <= 5 for place in places) / len(places),  # noqa: PLR2004 - recall@5
        mrr=sum(1 / place for place in places if place) / len(places),
        note_first=sum(place == 1 for place in notes) / len(notes),
    )


def _placed(index: Index, subject: str, doubt: Doubt) -> Placed:
    hits = index.search([taught(subject)], index.probe(doubt.doubt), DEPTH)
    passage, note = {}, {}
    for name, measure in RANKINGS.items():
        ranked = sorted((hit for hit in hits if measure(hit) > 0), key=lambda hit: -measure(hit))
        passage[name] = _first(doubt.answered_by(hit.chunk) for hit in ranked)
        note[name] = _first(hit.chunk.note == doubt.note for hit in ranked)
    return Placed(doubt, passage, note)


def _first(right: Iterable[bool]) -> int:
    return next((place for place, one in enumerate(right, 1) if one), 0)
