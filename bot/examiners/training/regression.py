"""Logistic regression with a ridge, by Newton's method: small enough to need no library."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]

_STEPS = 50
_DONE = 1e-9


@dataclass(frozen=True, slots=True)
class Fit:
    """Weights for the measurements as they are, not scaled; `at` gives likelihoods."""

    weights: Numbers
    intercept: float

    def at(self, rows: Numbers) -> Numbers:
        """The likelihood of each row, shape [rows]."""
        logits = np.clip(rows @ self.weights + self.intercept, -30, 30)
        return np.asarray(1 / (1 + np.exp(-logits)))


def fitted(rows: Numbers, earned: Numbers, ridge: float) -> Fit:
    """The likeliest weights; rows [n, features], earned 0 or 1 [n].

    The ridge is on scaled weights, never on the intercept. Iteratively reweighted least squares
    (Hastie, Tibshirani and Friedman, The Elements of Statistical Learning, section 4.4.1).
    """
    middle, spread = rows.mean(axis=0), rows.std(axis=0)
    spread = np.where(spread > _DONE, spread, 1.0)
    scaled = np.column_stack([(rows - middle) / spread, np.ones(len(rows))])
    penalty = np.diag([ridge] * rows.shape[1] + [_DONE])
    weights = np.zeros(scaled.shape[1])
    for _ in range(_STEPS):
        likely = 1 / (1 + np.exp(-np.clip(scaled @ weights, -30, 30)))
        slope = scaled.T @ (earned - likely) - penalty @ weights
        bend = (scaled * (likely * (1 - likely))[:, None]).T @ scaled + penalty
        step = np.linalg.solve(bend, slope)
        weights = weights + step
        if float(np.abs(step).max()) < _DONE:
            break
    plain = weights[:-1] / spread
    return Fit(plain, float(weights[-1] - plain @ middle))


def log_loss(likely: Numbers, earned: Numbers) -> float:
    """The mean surprise at what was earned; lower is better."""
    safe = np.clip(likely, 1e-6, 1 - 1e-6)
    return float(-(earned * np.log(safe) + (1 - earned) * np.log(1 - safe)).mean())
