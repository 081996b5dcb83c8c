"""An answer read clause by clause: each as if it were all that was written.

What the rest of the answer suggests then earns nothing: the point must be said at one place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.examiners import wording
from bot.examiners.layout import Layout, laid_out
from bot.examiners.scorer import Likelihood, Regression
from bot.examiners.wording import Window
from bot.marking import Script
from knowledge.content import PointScheme

_MOST = 60  # clauses that are read; answers to short questions have few


def likelihoods(
    script: Script, layout: Layout, scorer: Regression, within: str = ""
) -> tuple[Likelihood, ...]:
    """For each point sought in the layout, the likeliest clause and its probability.

    `within` are words that stand in the answer: only what holds some of them is read, and they may
    reach over several sentences.
    """
    best = [Likelihood(0.0, None)] * len(layout.sought)
    points = tuple(sought.point for sought in layout.sought)
    for window in _read(layout, within):
        alone = laid_out(_only(script, layout, window), points)
        for place, found in enumerate(scorer.likelihoods(alone)):
            if found.window is not None and found.probability > best[place].probability:
                best[place] = Likelihood(found.probability, window)
    return tuple(best)


def _only(script: Script, layout: Layout, window: Window) -> Script:
    """The script with this stretch as its answer. Surplus answers were left out before."""
    scheme = script.part.scheme
    assert isinstance(scheme, PointScheme)
    part = replace(script.part, scheme=replace(scheme, list_rule=None))
    return replace(script, part=part, answer=layout.answer[window.start : window.end])


def _read(layout: Layout, within: str) -> list[Window]:
    single = [window for window in layout.windows if window.single]
    single.sort(
        key=lambda window: (window.end - window.start, window.start)
    )  # the shortest says it
    if not within:
        return single[:_MOST]
    start = layout.answer.find(within)
    end = start + len(within)
    touched = [window for window in single if window.start < end and start < window.end]
    return [*touched[:_MOST], *_run(layout, start, end)]


def _run(layout: Layout, start: int, end: int) -> Iterator[Window]:
    """The sentences that hold the words, together, where there are more than one."""
    for piece in layout.pieces:
        spans = [
            (one, two)
            for one, two in wording.sentences(layout.answer, *piece)
            if one < end and start < two
        ]
        if len(spans) > 1:
            first, last = spans[0][0], spans[-1][1]
            words = tuple(word for word in layout.words if first <= word.start < last)
            yield Window(first, last, words, single=False)
