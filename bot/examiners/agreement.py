"""How far an examiner agrees with people: the same numbers for every examiner."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from knowledge.content import Shows

Item = TypeVar("Item")
Floats = npt.NDArray[np.float64]

_BINS = 10


@dataclass(frozen=True, slots=True)
class Case:
    """One answer, as people and the examiner marked it. `points`: (earned, awarded) for each point.

    `given` is None where the examiner could not mark it.
    """

    shows: Shows
    points: tuple[tuple[bool, bool], ...]
    unsure: int
    right: int
    given: int | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """Shares from 0 to 1, kappa from -1 to 1; all over the answers that were marked."""

    cases: int
    points: int
    per_point: float
    macro_f1: float
    exact_marks: float
    kappa: float
    unmarked: float
    unsure: float

    def as_metrics(self) -> dict[str, float]:
        """By name, rounded for a card."""
        named = {name: float(getattr(self, name)) for name in self.__slots__}
        return {name: round(value, 4) for name, value in named.items()}


def agreement(cases: Sequence[Case]) -> Agreement:
    """The numbers of all cases together."""
    marked = [case for case in cases if case.given is not None]
    points = [pair for case in marked for pair in case.points]
    return Agreement(
        len(cases),
        len(points),
        _share(points, lambda pair: pair[0] == pair[1]),
        macro_f1(points),
        _share(marked, lambda case: case.given == case.right),
        kappa([(case.right, case.given) for case in marked if case.given is not None]),
        1 - len(marked) / len(cases) if cases else 0.0,
        sum(case.unsure for case in marked) / len(points) if points else 0.0,
    )


def robustness(cases: Sequence[Case]) -> dict[Shows, tuple[int, float, int, int]]:
    """By kind of answer: how many, share of exact marks, points wrongly given, points withheld."""
    table: dict[Shows, tuple[int, float, int, int]] = {}
    for shows in sorted({case.shows for case in cases}):
        some = [case for case in cases if case.shows == shows and case.given is not None]
        points = [pair for case in some for pair in case.points]
        table[shows] = (
            len(some),
            _share(some, lambda case: case.given == case.right),
            sum(awarded and not earned for earned, awarded in points),
            sum(earned and not awarded for earned, awarded in points),
        )
    return table


def withheld(cases: Iterable[Case], shows: Iterable[Shows]) -> float:
    """Of the points that such answers do not earn, the share that was not awarded."""
    wanted = set(shows)
    points = [pair for case in cases if case.shows in wanted for pair in case.points]
    return _share([pair for pair in points if not pair[0]], lambda pair: not pair[1])


def granted(cases: Iterable[Case], shows: Iterable[Shows]) -> float:
    """Of the points that such answers earn, the share that was awarded."""
    wanted = set(shows)
    points = [pair for case in cases if case.shows in wanted for pair in case.points]
    return _share([pair for pair in points if pair[0]], lambda pair: pair[1])


def _share(items: Sequence[Item], holds: Callable[[Item], bool]) -> float:
    return sum(1 for item in items if holds(item)) / len(items) if items else 1.0


def macro_f1(points: Sequence[tuple[bool, bool]]) -> float:
    """The mean of the F1 of 'earned' and of 'not earned'."""
    return (_f1(points, of=True) + _f1(points, of=False)) / 2


def _f1(points: Sequence[tuple[bool, bool]], *, of: bool) -> float:
    both = sum(earned == of and awarded == of for earned, awarded in points)
    either = sum((earned == of) + (awarded == of) for earned, awarded in points)
    return 2 * both / either if either else 1.0


def calibration_error(likely: Floats, earned: Floats) -> float:
    """The expected calibration error over ten bins (Naeini et al. 2015), of shapes [n] and [n]."""
    bins = np.minimum((likely * _BINS).astype(int), _BINS - 1)
    return sum(
        abs(float(likely[bins == one].mean() - earned[bins == one].mean()))
        * float((bins == one).mean())
        for one in range(_BINS)
        if (bins == one).any()
    )


def kappa(marks: Sequence[tuple[int, int]]) -> float:
    """Cohen's kappa with quadratic weights (Cohen 1968); 1 is agreement, 0 is chance."""
    if not marks:
        return 0.0
    size = max(max(pair) for pair in marks) + 1
    seen = np.zeros((size, size))
    for right, given in marks:
        seen[right, given] += 1
    chance = np.outer(seen.sum(axis=1), seen.sum(axis=0)) / len(marks)
    places = np.arange(size)
    weights = (places[:, None] - places[None, :]) ** 2
    expected = float((weights * chance).sum())
    return 1 - float((weights * seen).sum()) / expected if expected else 1.0
