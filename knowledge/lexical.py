"""The door to bm25s: which passages share a doubt's words, even when some are misspelt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import log

import bm25s  # type: ignore[import-untyped]  # ships no types
import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from knowledge.words import terms

Scores = npt.NDArray[np.float32]

_SHORTEST_CORRECTED = 5  # letters; among shorter words nearly all are neighbours
_LONG = 9  # letters from which on two slips are forgiven


class Lexical:
    """The words of a collection, in memory. Passages are named by their place in `texts`.

    `language` is that which the texts are about, or in; doubts may come in it or in English.
    """

    def __init__(self, texts: Sequence[str], language: str = "en") -> None:
        self._language = language
        tokens = [terms(text, language) for text in texts]
        self._bags = [frozenset(bag) for bag in tokens]
        self._spread = Counter(term for bag in self._bags for term in bag)
        self._by_letter = _by_letter(self._spread)
        self._bm25 = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
        if self._spread:
            self._bm25.index(tokens, show_progress=False)

    def corrected(self, query: str) -> list[str]:
        """The query's terms; one that occurs nowhere gives way to a near neighbour."""
        return [self._nearest(term) for term in terms(query, self._language)]

    def scores(self, query: Sequence[str]) -> Scores:
        """BM25 of every passage; zero where no term is shared."""
        known = [term for term in query if term in self._spread]
        if not known:
            return np.zeros(len(self._bags), dtype=np.float32)
        return np.asarray(self._bm25.get_scores(known), dtype=np.float32)

    def share(self, query: Sequence[str], place: int) -> float:
        """How much of the query's informative words stands in one passage, between 0 and 1.

        A word weighs its inverse document frequency (Robertson's, never negative); one that occurs
        nowhere weighs most.
        """
        whole = sum(self._rarity(term) for term in set(query))
        shared = sum(self._rarity(term) for term in set(query) & self._bags[place])
        return shared / whole if whole else 0.0

    def _rarity(self, term: str) -> float:
        spread = self._spread[term]
        return log(1 + (len(self._bags) - spread + 0.5) / (spread + 0.5))

    def _nearest(self, term: str) -> str:
        """The term, or the one word of the same first letter that is a slip or two away."""
        if term in self._spread or len(term) < _SHORTEST_CORRECTED or not term.isalpha():
            return term
        slips = 2 if len(term) >= _LONG else 1
        found = process.extractOne(
            term, self._by_letter.get(term[0], ()), scorer=Levenshtein.distance, score_cutoff=slips
        )
        return found[0] if found else term


def _by_letter(spread: Counter[str]) -> dict[str, list[str]]:
    """Words by their first letter, the commonest first, so that it wins among equals."""
    words: dict[str, list[str]] = {}
    for term, _ in spread.most_common():
        if term.isalpha():
            words.setdefault(term[0], []).append(term)
    return words
