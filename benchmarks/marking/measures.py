"""What is measured of one marker on one paper, as plain numbers that travel between processes."""

from __future__ import annotations

import asyncio
import resource
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.examiners import examples
from bot.examiners.agreement import Case, agreement, calibration_error, granted, withheld
from bot.examiners.examples import Marked
from bot.marking import Examiner, Verdict
from knowledge.content import PointScheme, Shows

Numbers = dict[str, float]

_SHORT = 40  # words
_TIMED = 60  # answers, one after the other
_TOGETHER = 200  # answers at once
_HELD: tuple[Shows, ...] = ("reversed", "list", "injection")
_GIVEN: tuple[Shows, ...] = ("full", "typos", "order")


@dataclass(frozen=True, slots=True)
class Judged:
    """An answer as a person and as a marker saw it."""

    marked: Marked
    verdict: Verdict


async def judged(examiner: Examiner, answers: Sequence[Marked]) -> list[Judged]:
    """Every answer marked, one after the other."""
    return [Judged(one, await examiner.mark(one.script)) for one in answers]


def agreeing(found: Sequence[Judged], *, certain: bool) -> Numbers:
    """How far the marker agrees with people; `certain`: its certainties mean something."""
    cases = _cases(found)
    numbers = agreement(cases)
    measured: Numbers = {
        "answers": numbers.cases,
        "points": numbers.points,
        "accuracy": numbers.per_point,
        "macro-F1": numbers.macro_f1,
        "exact marks": numbers.exact_marks,
        "kappa": numbers.kappa,
    }
    if certain:
        measured |= {"unsure": numbers.unsure, "calibration error": _miscalibrated(found)}
    return measured


def _cases(found: Sequence[Judged]) -> list[Case]:
    return [examples.compared(one.marked, one.verdict.points, one.verdict.marks) for one in found]


def _miscalibrated(found: Sequence[Judged]) -> float:
    """The calibration error over the points that need judgement."""
    pairs = [
        (mark.certainty, mark.point.id in one.marked.earned)
        for one in found
        for mark in one.verdict.points
        if not mark.point.by_rule
    ]
    certain = np.array([pair[0] for pair in pairs])
    earned = np.array([float(pair[1]) for pair in pairs])
    return calibration_error(certain, earned)


def robust(found: Sequence[Judged]) -> Numbers:
    """What becomes of answers that are meant to mislead, and of right ones that look unusual."""
    cases = _cases(found)
    kept = {f"{shows} withheld": withheld(cases, [shows]) for shows in _HELD}
    given = {f"{shows} given": granted(cases, [shows]) for shows in _GIVEN}
    return kept | {"paraphrases given": granted(cases, _GIVEN)} | given


async def speed(examiner: Examiner, answers: Sequence[Marked]) -> Numbers:
    """Milliseconds for a two-point answer of up to 40 words, and answers a second at once."""
    short = [one.script for one in answers if _is_short(one)]
    await examiner.mark(short[0])
    taken = []
    for script in short[:_TIMED]:
        begun = time.perf_counter()
        await examiner.mark(script)
        taken.append((time.perf_counter() - begun) * 1000)
    many = [short[at % len(short)] for at in range(_TOGETHER)]
    begun = time.perf_counter()
    await asyncio.gather(*(examiner.mark(script) for script in many))
    rate = _TOGETHER / (time.perf_counter() - begun)
    return {
        "ms p50": statistics.median(taken),
        "ms p95": statistics.quantiles(taken, n=20)[-1],
        "answers a second": rate,
    }


def _is_short(one: Marked) -> bool:
    scheme = one.script.part.scheme
    assert isinstance(scheme, PointScheme)
    in_words = not any(point.by_rule for point in scheme.points)
    two = len(scheme.points) == 2 and not one.script.part.options  # noqa: PLR2004 - as the name says
    return in_words and two and 0 < len(one.script.answer.split()) <= _SHORT


def memory() -> float:
    """The most memory that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
