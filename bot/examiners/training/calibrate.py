"""`python -m bot.examiners.training.calibrate`: fit the trained examiner to the content's examples.

Every number it prints comes from cross-validation by question: no answer is marked by weights that
have seen another answer to the same question.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from rich.console import Console

from bot.examiners import card as cards
from bot.examiners import examples
from bot.examiners.agreement import Case, agreement, granted, withheld
from bot.examiners.card import CARD, Card
from bot.examiners.evaluate import SUBJECTS, report
from bot.examiners.features import NAMES, Meter
from bot.examiners.scorer import likelihood
from bot.examiners.trained import judged
from bot.examiners.training.regression import Fit, Numbers, fitted, log_loss
from bot.examiners.training.rows import Answer, Row, Ruling, measured, rows
from bot.examiners.training.splits import FOLDS, fold
from bot.marking import total
from knowledge.content import PointScheme, Question
from knowledge.embedding import Embed, embedding

RIDGES = (0.3, 1.0, 3.0, 10.0, 30.0)
SURE = 0.9  # outside the band of doubt, at least this share of marks is right
WIDEST = (0.2, 0.8)  # the band of doubt, at most


@dataclass(frozen=True, slots=True)
class Curriculum:
    """What there is to learn from: answers, and those of their points that need a model."""

    answers: tuple[Answer, ...]
    rows: tuple[Row, ...]


def fit(lessons: Curriculum, ridge: float, without: int | None = None) -> Fit:
    """Weights from all rows that no rule refuses, but for those of one fold."""
    kept = [row for row in lessons.rows if not row.ruling and fold(row.question) != without]
    return fitted(*_arrays(kept), ridge)


def _arrays(of: Sequence[Row]) -> tuple[Numbers, Numbers]:
    values = np.array([row.values for row in of], dtype=np.float64).reshape(len(of), len(NAMES))
    return values, np.array([float(row.earned) for row in of])


def held_out(lessons: Curriculum, ridge: float) -> tuple[Numbers, Numbers]:
    """For rows that no rule refuses: the likelihood by weights of other folds, and the mark."""
    likely: list[Numbers] = []
    earned: list[Numbers] = []
    for number in range(FOLDS):
        some = [row for row in lessons.rows if not row.ruling and fold(row.question) == number]
        if some:
            values, marks = _arrays(some)
            likely.append(fit(lessons, ridge, without=number).at(values))
            earned.append(marks)
    return np.concatenate(likely), np.concatenate(earned)


def calibrated(lessons: Curriculum, embedding_name: str) -> tuple[Card, tuple[Case, ...]]:
    """The card for a curriculum, and the cases behind its metrics."""
    ridge = min(RIDGES, key=lambda one: log_loss(*held_out(lessons, one)))
    likely, earned = held_out(lessons, ridge)
    low, high = _doubt(likely, earned)
    card = Card(
        embedding=embedding_name,
        features=NAMES,
        weights=(),
        intercept=0.0,
        doubt_from=low,
        doubt_to=high,
        refused=_rate(lessons, "refused"),
        doubted=_rate(lessons, "doubted"),
        data=_data(lessons, ridge),
        metrics={},
        license="CC-BY-SA-4.0",
    )
    cases = _cases(lessons, ridge, card)
    metrics = agreement(cases).as_metrics() | _robust(cases) | _calibration(likely, earned)
    return replace(_with(card, fit(lessons, ridge)), metrics=metrics), cases


def _rate(lessons: Curriculum, ruling: Ruling) -> float:
    """How often a point is earned in spite of a ruling (Jeffreys' estimate: never quite 0 or 1)."""
    earned = [row.earned for row in lessons.rows if row.ruling == ruling]
    return round((sum(earned) + 0.5) / (len(earned) + 1), 4)


def _with(card: Card, fit: Fit) -> Card:
    weights = tuple(round(float(weight), 6) for weight in fit.weights)
    return replace(card, weights=weights, intercept=round(fit.intercept, 6))


def _doubt(likely: Numbers, earned: Numbers) -> tuple[float, float]:
    """The band of doubt: beyond each edge, marks are right as often as SURE, where that can be."""
    lows, highs = np.arange(0.5, WIDEST[0], -0.02), np.arange(0.5, WIDEST[1], 0.02)
    low = next((one for one in lows if _right(earned[likely <= one] == 0)), WIDEST[0])
    high = next((one for one in highs if _right(earned[likely >= one] == 1)), WIDEST[1])
    return round(float(low), 2), round(float(high), 2)


def _right(marks: np.ndarray) -> bool:
    return bool(marks.size) and float(marks.mean()) >= SURE


def _cases(lessons: Curriculum, ridge: float, card: Card) -> tuple[Case, ...]:
    """Every answer marked whole, as the examiner would, by weights of other folds."""
    by_fold = {number: _with(card, fit(lessons, ridge, number)) for number in range(FOLDS)}
    return tuple(
        _case(answer, by_fold[fold(str(answer.marked.script.question.id))])
        for answer in lessons.answers
    )


def _case(answer: Answer, card: Card) -> Case:
    script = answer.marked.script
    likelihoods = [likelihood(card, found) for found in answer.found]
    marks = judged(script, answer.layout, likelihoods, card, answer.exact)
    scheme = script.part.scheme
    assert isinstance(scheme, PointScheme)
    given = total(scheme, [mark.point.id for mark in marks if mark.awarded])
    return examples.compared(answer.marked, marks, given)


def _robust(cases: Sequence[Case]) -> dict[str, float]:
    numbers = {
        "flips_caught": withheld(cases, ["reversed"]),
        "lists_refused": withheld(cases, ["list"]),
        "injections_refused": withheld(cases, ["injection"]),
        "paraphrases_accepted": granted(cases, ["full", "typos", "order"]),
    }
    return {name: round(value, 4) for name, value in numbers.items()}


def _calibration(likely: Numbers, earned: Numbers) -> dict[str, float]:
    """Log loss, and the expected calibration error over ten bins."""
    bins = np.minimum((likely * 10).astype(int), 9)
    gaps = [
        abs(float(likely[bins == one].mean() - earned[bins == one].mean())) * (bins == one).mean()
        for one in range(10)
        if (bins == one).any()
    ]
    loss = log_loss(likely, earned)
    return {"log_loss": round(loss, 4), "calibration_error": round(float(sum(gaps)), 4)}


def _data(lessons: Curriculum, ridge: float) -> dict[str, str | int]:
    text = repr([(row.question, row.values, row.earned) for row in lessons.rows])
    return {
        "answers": len(lessons.answers),
        "points": len(lessons.rows),
        "questions": len({row.question for row in lessons.rows}),
        "ridge": str(ridge),
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
    }


def curriculum(questions: Iterable[Question], embed: Embed) -> Curriculum:
    """All examples of the questions, measured."""
    answers = tuple(measured(examples.marked(questions), Meter(embed)))
    return Curriculum(answers, tuple(row for answer in answers for row in rows(answer)))


def main() -> None:
    """Fit, print the cross-validated numbers, and write the card."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--content", type=Path, default=SUBJECTS, help="folder with the subjects")
    parser.add_argument("--out", type=Path, default=CARD, help="where the card goes")
    given = parser.parse_args()
    screen, embed = Console(), embedding()
    lessons = curriculum(examples.of(given.content), embed)
    card, cases = calibrated(lessons, embed.name)
    report("trained, cross-validated by question", cases, screen)
    for name, value in card.metrics.items():
        screen.print(f"{name}: {value}")
    cards.write(card, given.out)
    screen.print(f"Wrote {given.out}, version {card.version}.")


if __name__ == "__main__":
    main()
