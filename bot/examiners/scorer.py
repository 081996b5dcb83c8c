"""How likely each point of a layout is earned: measurements, weighed by a card."""

from __future__ import annotations

import math
from dataclasses import dataclass

from bot.examiners.card import Card, Weights
from bot.examiners.features import Found, Meter
from bot.examiners.layout import Layout
from bot.examiners.reader import Reader
from bot.examiners.wording import Window
from knowledge.embedding import Embed

_LARGE = 30.0  # beyond it a likelihood is 0 or 1 for all that matters


@dataclass(frozen=True, slots=True)
class Likelihood:
    """The probability that a point is earned, and where; no window: nothing could earn it."""

    probability: float
    window: Window | None


class Regression:
    """Logistic regression over measurements, with the weights of a card."""

    def __init__(self, embed: Embed, reader: Reader, card: Card) -> None:
        self.name = f"regression@{card.version}"
        self._meter = Meter(embed, reader)
        self._card = card

    def likelihoods(self, layout: Layout) -> tuple[Likelihood, ...]:
        """One for each point sought."""
        weights = self._card.weights(layout)
        return tuple(likelihood(weights, found) for found in self._meter.found(layout))


def likelihood(weights: Weights, found: Found | None) -> Likelihood:
    """What the weights make of the measurements."""
    if found is None:
        return Likelihood(0.0, None)
    terms = (weight * value for weight, value in zip(weights.weights, found.values, strict=True))
    logit = max(-_LARGE, min(_LARGE, math.fsum((weights.intercept, *terms))))
    return Likelihood(1 / (1 + math.exp(-logit)), found.window)
