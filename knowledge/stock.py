"""A collection's passages in memory, with the words they contain: what a search ranks and shows."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from knowledge.chunks import embedded, worded
from knowledge.content import Chunk
from knowledge.lexical import Lexical

_FEW = 10  # chunks in which the best share is looked for


class Stock:
    """One state of a collection; a changed collection gets a new one."""

    def __init__(self, chunks: Sequence[Chunk], language: str = "en") -> None:
        self._chunks = {chunk.id: chunk for chunk in chunks}
        self._ids = list(self._chunks)
        self._places = {id: place for place, id in enumerate(self._ids)}
        self._lexical = Lexical([worded(chunk) for chunk in self._chunks.values()], language)
        asked = any(chunk.asks for chunk in self._chunks.values())
        own = [embedded(chunk) for chunk in self._chunks.values()]
        self._own = Lexical(own, language) if asked else self._lexical

    def __contains__(self, id: str) -> bool:
        return id in self._chunks

    def chunk(self, id: str) -> Chunk:
        """The chunk of this id."""
        return self._chunks[id]

    def by_words(self, query: str, most: int) -> dict[str, float]:
        """BM25 scores of the best chunks, only of those that share a word with the query."""
        scores = self._lexical.scores(self._lexical.corrected(query))
        best = np.argsort(-scores, kind="stable")[:most]
        return {self._ids[place]: float(scores[place]) for place in best if scores[place] > 0}

    def best_share(self, query: str) -> float:
        """The highest such share among the chunks that match best."""
        return max((self.share(query, id) for id in self.by_words(query, _FEW)), default=0.0)

    def share(self, query: str, id: str) -> float:
        """How much of the query's informative words stands in one chunk, between 0 and 1."""
        return self._own.share(self._own.corrected(query), self._places[id])
