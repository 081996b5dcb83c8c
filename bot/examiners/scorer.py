"""How likely each point of a layout is earned: the seam at which a better model can take over."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Protocol

from bot.examiners.card import Card
from bot.examiners.features import Found, Meter
from bot.examiners.layout import Layout
from bot.examiners.wording import Window
from knowledge.embedding import Embed

_LARGE = 30.0  # beyond it a likelihood is 0 or 1 for all that matters


@dataclass(frozen=True, slots=True)
class Likelihood:
    """The probability that a point is earned, and where; no window: nothing could earn it."""

    probability: float
    window: Window | None


class Scorer(Protocol):
    """Any model that reads an answer for points. The same layout always gives the same numbers."""

    @property
    def name(self) -> str:
        """Name and version."""
        ...

    def likelihoods(self, layout: Layout) -> tuple[Likelihood, ...]:
        """One for each point sought, in order. It takes a while: call it in a thread."""
        ...


class Regression:
    """Logistic regression over measurements, with the weights of a card."""

    def __init__(self, embed: Embed, card: Card) -> None:
        self.name = f"regression@{card.version}"
        self._meter = Meter(embed)
        self._card = card

    def likelihoods(self, layout: Layout) -> tuple[Likelihood, ...]:
        """One for each point sought."""
        return tuple(likelihood(self._card, found) for found in self._meter.found(layout))


def likelihood(card: Card, found: Found | None) -> Likelihood:
    """What the card makes of the measurements."""
    if found is None:
        return Likelihood(0.0, None)
    terms = (weight * value for weight, value in zip(card.weights, found.values, strict=True))
    logit = max(-_LARGE, min(_LARGE, math.fsum((card.intercept, *terms))))
    return Likelihood(1 / (1 + math.exp(-logit)), found.window)
