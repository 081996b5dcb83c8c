"""What the trained examiner measures: how near an answer comes to a point, what is against it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.examiners import direction, rules, suspicion, wording
from bot.examiners.layout import Layout, Sought, Wording
from bot.examiners.pairs import pair
from bot.examiners.reader import Reader
from bot.examiners.wording import Window
from knowledge.embedding import Embed
from knowledge.onnx import Vectors

NAMES = (
    "nearness",  # cosine of the best window to the nearest accepted wording
    "coverage",  # share of that wording's content words that the window holds
    "new_coverage",  # the same, of the words that do not stand in the question
    "own_coverage",  # the same, of the words that no other point of the scheme has
    "new_words",  # how many of them, up to three
    "gain",  # how much nearer than the question itself
    "both",  # nearness times coverage
    "precision",  # share of the window's content words that some accepted wording has
    "whole_nearness",  # cosine of the whole answer
    "whole_coverage",
    "turned",  # share of the accepted wordings that the window contradicts
    "kept",  # share of the wording's directions that the window says too
    "denied",  # the window denies what the wording does not, or the other way round
    "rejected",  # how much nearer the window is to a rejected wording
    "elsewhere",  # how much nearer the window is to another point of the scheme
    "all_of",  # coverage of the least covered thing that must be said
    "wordiness",  # how much longer the window is than the wording
    "echo",  # share of the window's content words that stand in the question
    "read",  # what the cross-encoder says of the whole answer: a logit, over 4
    "listed",  # the window is a bare list of words
    "doubtful",  # the sentence around it may turn it
)
_LOGITS = 4.0  # brings the cross-encoder's numbers to the size of the others
_TRIED = 12  # windows looked at closely for each wording, the nearest by cosine and coverage
_KEPT = 20_000  # vectors of scheme wordings kept between answers
_HALF = 0.5
_PLACES = 6  # decimals: makes sums the same on every run


@dataclass(frozen=True, slots=True)
class Found:
    """Where a point was found, and the measurements there, in the order of NAMES."""

    window: Window
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class _Pair:
    """A wording held against a window."""

    way: Wording
    place: int
    nearness: float
    coverage: float
    turned: bool
    denied: bool
    single: bool

    @property
    def rank(self) -> float:
        """How well the window says the wording."""
        return (
            self.nearness
            + 0.5 * self.coverage
            - 0.5 * self.turned
            - 0.2 * self.denied
            - 0.04 * (not self.single)
        )


class Meter:
    """Measures layouts. Wordings of mark schemes are embedded once."""

    def __init__(self, embed: Embed, reader: Reader) -> None:
        self._embed = embed
        self._reader = reader
        self._known: dict[str, Vectors] = {}

    def found(self, layout: Layout) -> tuple[Found | None, ...]:
        """For each point sought, where it was found; None where the answer says nothing at all."""
        places = _where(layout)
        used = sorted({place for one in places for place in one})
        if not used:
            return tuple(None for _ in layout.sought)
        texts = [wording.text(layout.windows[place].words) for place in used]
        *rows, whole = self._embed.embed([*texts, wording.text(layout.words)])
        row = dict(zip(used, rows, strict=True))
        sought = [one for one, mine in zip(layout.sought, places, strict=True) if mine]
        logits = iter(self._reader.logits([pair(layout, one) for one in sought]))
        return tuple(
            self._measured(
                layout,
                one,
                [layout.windows[place] for place in mine],
                np.stack([*(row[place] for place in mine), whole]),
                next(logits),
            )
            if mine
            else None
            for one, mine in zip(layout.sought, places, strict=True)
        )

    def _measured(
        self, layout: Layout, sought: Sought, windows: Sequence[Window], rows: Vectors, logit: float
    ) -> Found:
        pairs = [pair for way in sought.earning for pair in self._pairs(way, windows, rows)]
        best = max(pairs, key=lambda pair: pair.rank)
        window, row = windows[best.place], rows[best.place]
        said = wording.content(window.words)
        accepted = frozenset(stem for way in sought.earning for stem in way.content)
        turned = [direction.conflict(way.words, window.words) for way in sought.earning]
        values = (
            best.nearness,
            best.coverage,
            _part(best, said, best.way.content - layout.question),
            _part(best, said, best.way.content - _others(layout, sought)),
            min(3, len(wording.covered(best.way.content - layout.question, said))) / 3,
            best.nearness - float(self._vector(best.way.text) @ self._vector(layout.asked)),
            best.nearness * best.coverage,
            len(wording.covered(said, accepted)) / len(said) if said else 0.0,
            max(self._cosine(way, rows[-1]) for way in sought.earning),
            max(wording.share(way.content, layout.content) for way in sought.earning),
            sum(map(bool, turned)) / len(turned),
            direction.kept(best.way.words, window.words),
            float(best.denied),
            self._pull(best, row, window, sought.losing),
            self._elsewhere(best, row, layout, sought),
            min((wording.share(one.content, layout.content) for one in sought.all_of), default=1.0),
            math.log((len(window.words) + 1) / (len(best.way.words) + 1)),
            wording.share(said, layout.question) if said else 1.0,
            logit / _LOGITS,
            *_warnings(layout, sought, window),
        )
        return Found(window, tuple(round(float(value), _PLACES) for value in values))

    def _pairs(self, way: Wording, windows: Sequence[Window], rows: Vectors) -> list[_Pair]:
        near = [round(float(value), _PLACES) for value in rows[:-1] @ self._vector(way.text)]
        cover = [wording.share(way.content, wording.content(window.words)) for window in windows]
        order = sorted(range(len(windows)), key=lambda at: (-near[at] - cover[at], at))
        return [
            _Pair(
                way,
                at,
                near[at],
                cover[at],
                bool(direction.conflict(way.words, windows[at].words)),
                direction.negated(way.words, windows[at].words),
                windows[at].single,
            )
            for at in order[:_TRIED]
        ]

    def _pull(self, best: _Pair, row: Vectors, window: Window, losing: Sequence[Wording]) -> float:
        """How much nearer the window is to a wording that loses the point; at least -0.5."""
        pulls = [
            self._cosine(way, row) - best.nearness
            for way in losing
            if not direction.conflict(way.words, window.words)
        ]
        return max([*pulls, -0.5])

    def _elsewhere(self, best: _Pair, row: Vectors, layout: Layout, sought: Sought) -> float:
        others = [
            self._cosine(way, row) - best.nearness
            for other in layout.sought
            if other is not sought
            for way in other.earning
        ]
        return max([*others, -0.5])

    def _cosine(self, way: Wording, row: Vectors) -> float:
        return round(float(self._vector(way.text) @ row), _PLACES)

    def _vector(self, text: str) -> Vectors:
        vector = self._known.get(text)
        if vector is None:
            if len(self._known) >= _KEPT:
                self._known.clear()
            vector = self._known[text] = np.asarray(self._embed.embed([text])[0])
        return vector


def _where(layout: Layout) -> list[list[int]]:
    """For each point sought, the windows that may earn it.

    One that only repeats the question earns nothing, unless the point itself is told in the
    question's words ('the lamp lights', where 'does the lamp or the bell …?' was asked). An answer
    to the only point of a scheme is read as well if it has no window but such ones, as long as it
    is no stretch of the question.
    """
    every = list(range(len(layout.windows)))
    new = [place for place in every if _says_anything(layout, layout.windows[place])]
    copied = wording.text(layout.words) in layout.asked
    rest = every if layout.alone and not copied else []
    return [
        [place for place in every if place in new or _holds(asked, layout.windows[place])]
        if (asked := _in_words_of(layout.question, one))
        else new or rest
        for one in layout.sought
    ]


def _says_anything(layout: Layout, window: Window) -> bool:
    """Whether a window says more than the question, or tells which way round it is."""
    return not suspicion.repeats(window, layout.question) or direction.compared(window.words)


def _in_words_of(question: frozenset[str], sought: Sought) -> list[Wording]:
    """A point's wordings that have no word that the question has not."""
    return [way for way in sought.earning if way.content and way.content <= question]


def _holds(ways: Sequence[Wording], window: Window) -> bool:
    """Whether a window says at least half of one of these wordings."""
    said = wording.content(window.words)
    return any(wording.share(way.content, said) >= _HALF for way in ways)


def _warnings(layout: Layout, sought: Sought, window: Window) -> tuple[float, float]:
    """What the rules beside the measurements say: at most one of them."""
    if rules.listed(layout, sought, window):
        return 1.0, 0.0
    return 0.0, float(bool(rules.doubt(layout, sought, window)))


def _part(best: _Pair, said: frozenset[str], wanted: frozenset[str]) -> float:
    """The share of some of a wording's content that is said; of all of it where there is none."""
    return wording.share(wanted, said) if wanted else best.coverage


def _others(layout: Layout, sought: Sought) -> frozenset[str]:
    """The content of the other points' main wordings."""
    others = (one.earning[0].content for one in layout.sought if one is not sought)
    return frozenset(stem for content in others for stem in content)
