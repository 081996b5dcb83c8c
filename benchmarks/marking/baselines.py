"""Markers to compare with: the commoner mark, words in common, nearness of embeddings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np

from bot.examiners import wording
from bot.examiners.agreement import macro_f1
from bot.examiners.exact import ExactJudge
from bot.examiners.examples import Marked
from bot.examiners.layout import Layout, Sought, laid_out
from bot.marking import PointMark, Script, Verdict, settled
from knowledge.content import PointScheme
from knowledge.embedding import Embed

Score = Callable[[Layout, Sought], float]
_STEPS = 100


class Thresholded:
    """An Examiner that gives a point where a score is high enough; exact points are exact."""

    def __init__(self, name: str, score: Score, threshold: float = 0.0) -> None:
        self.name = name
        self._score = score
        self._threshold = threshold
        self._exact = ExactJudge()

    async def mark(self, script: Script) -> Verdict:
        """The verdict: every point by its own score."""
        scheme = script.part.scheme
        assert isinstance(scheme, PointScheme)
        marks = dict(self._exact.judge(script))
        for sought, score in self._scores(script, scheme, marks):
            awarded = score >= self._threshold
            quote = script.answer if awarded else ""
            marks[sought.point.id] = PointMark(sought.point, awarded, quote)
        inked = settled(script, tuple(marks[point.id] for point in scheme.points))
        return Verdict(script.question.id, script.part.label, scheme, script.answer, inked)

    def _scores(
        self, script: Script, scheme: PointScheme, known: Iterable[str]
    ) -> list[tuple[Sought, float]]:
        layout = laid_out(script, tuple(p for p in scheme.points if p.id not in known))
        return [(sought, self._score(layout, sought)) for sought in layout.sought]

    def fitted(self, answers: Sequence[Marked]) -> Thresholded:
        """The same with the threshold of the best macro-F1 over these answers."""
        scored: list[tuple[float, bool]] = []
        for one in answers:
            scheme = one.script.part.scheme
            assert isinstance(scheme, PointScheme)
            for sought, score in self._scores(one.script, scheme, self._exact.judge(one.script)):
                scored.append((score, sought.point.id in one.earned))
        tried = np.linspace(0, 1, _STEPS + 1)

        def agreeing(at: float) -> float:
            return macro_f1([(right, score >= at) for score, right in scored])

        return Thresholded(self.name, self._score, float(max(tried, key=agreeing)))


def commoner(_: Layout, __: Sought) -> float:
    """The same for every point, so that all or none are given, whichever is right more often."""
    return 0.5


def overlap(layout: Layout, sought: Sought) -> float:
    """The share of an accepted wording's content words that the answer has."""
    return max(wording.share(way.content, layout.content) for way in sought.earning)


def cosine(embed: Embed) -> Score:
    """The nearness of the answer to the nearest accepted wording."""

    def score(layout: Layout, sought: Sought) -> float:
        texts = [wording.text(layout.words), *(way.text for way in sought.earning)]
        said, *ways = embed.embed(texts)
        return max(float(way @ said) for way in ways)

    return score
