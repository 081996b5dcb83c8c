"""A logistic regression in plain numpy, with a threshold that refuses few covered doubts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from knowledge.covering import Decision, Evidence

Numbers = npt.NDArray[np.float64]

# Of covered doubts where the threshold is set: as many as is promised. At 0.04 half as many again
# of the others are let in.
REFUSED_AT_MOST = 0.05
_ROOM = 0.02  # below the lowest cosine that a covered doubt had, a floor is laid
_WIDE_ROOM = 0.15  # the same for the margin, which differs more from topic to topic
_RIDGE = 0.1  # keeps weights finite where the classes part cleanly
_STEPS = 50  # Newton's; it settles in about eight


@dataclass(frozen=True, slots=True)
class Judged:
    """A doubt with what was found for it. `group` is what is held out together."""

    evidence: Evidence
    covered: bool
    group: str


@dataclass(frozen=True, slots=True)
class Rates:
    """Of covered doubts, how many were refused; of the others, how many were let through."""

    refused: float
    let_through: float


def fitted(judged: Sequence[Judged]) -> Decision:
    """The decision for these doubts, each class weighing the same."""
    rows = np.array([one.evidence.features for one in judged])
    covered = np.array([one.covered for one in judged])
    weights = _newton(np.column_stack([rows, np.ones(len(rows))]), covered)
    *features, bias = map(float, weights)
    always = Decision(tuple(features), bias, 0.0)
    found = [one.evidence for one in judged if one.covered]
    return Decision(
        tuple(features),
        bias,
        _threshold(always, judged),
        least_cosine=min(one.cosine for one in found) - _ROOM,
        least_margin=min(one.margin for one in found) - _WIDE_ROOM,
    )


def rates(decision: Decision, judged: Sequence[Judged]) -> Rates:
    """How a decision does on these doubts."""
    verdicts = [(one.covered, decision.covers(one.evidence)) for one in judged]
    return _rates(verdicts)


def held_out(judged: Sequence[Judged]) -> Rates:
    """How decisions do on topics that they were not fitted on: each group is left out once."""
    verdicts = []
    for group in sorted({one.group for one in judged}):
        decision = fitted([one for one in judged if one.group != group])
        left = [one for one in judged if one.group == group]
        verdicts += [(one.covered, decision.covers(one.evidence)) for one in left]
    return _rates(verdicts)


def _newton(rows: Numbers, covered: npt.NDArray[np.bool_]) -> Numbers:
    """Weights of a logistic regression by iteratively reweighted least squares, with a ridge."""
    share = covered.mean()
    balance = np.where(covered, 0.5 / share, 0.5 / (1 - share))
    ridge = _RIDGE * np.eye(rows.shape[1])
    ridge[-1, -1] = 0  # the bias is free
    weights = np.zeros(rows.shape[1])
    for _ in range(_STEPS):
        likely = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (balance * (covered - likely)) - ridge @ weights
        bend = (rows * (balance * likely * (1 - likely))[:, None]).T @ rows + ridge
        weights = weights + np.linalg.solve(bend, slope)
    return weights


def _threshold(decision: Decision, judged: Sequence[Judged]) -> float:
    """The highest likelihood to ask for that still refuses few covered doubts."""
    likely = sorted(decision.likelihood(one.evidence) for one in judged if one.covered)
    return likely[int(REFUSED_AT_MOST * len(likely))] - 1e-9


def _rates(verdicts: Sequence[tuple[bool, bool]]) -> Rates:
    refused = [not said for covered, said in verdicts if covered]
    through = [said for covered, said in verdicts if not covered]
    return Rates(sum(refused) / len(refused), sum(through) / len(through))
