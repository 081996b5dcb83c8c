"""`python -m bot.examiners.training.calibrate --data DIR`: weigh what is measured of answers.

Fitted to answers that the cross-encoder has not learnt from: our questions of the development
folds, and the public sets' unseen questions and modules. Measured on held-out topics.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from rich.console import Console

from bot.examiners import card as cards
from bot.examiners import examples
from bot.examiners.agreement import Case, agreement, calibration_error, granted, withheld
from bot.examiners.card import Card, Weights
from bot.examiners.evaluate import SUBJECTS, report
from bot.examiners.features import NAMES, Meter
from bot.examiners.reader import FOLDER, Shipped
from bot.examiners.scorer import likelihood
from bot.examiners.trained import judged
from bot.examiners.training import sets, splits
from bot.examiners.training.regression import Fit, Numbers, fitted, log_loss
from bot.examiners.training.rows import Answer, Row, measured, rows
from bot.marking import total
from knowledge.content import Language, PointScheme
from knowledge.embedding import embedding

RIDGES = (1.0, 3.0, 10.0, 30.0)
ALONE = ("nearness", "rejected", "read")  # what the only point of a scheme is weighed by
SURE = 0.9  # outside the band of doubt, at least this share of marks is right
WIDEST = (0.2, 0.8)  # the band of doubt, at most
SEEN_THROUGH = 0.7  # of the points of claims turned round, to be withheld: else all is a guess


def fit(of: Sequence[Row], ridge: float, without: int | None = None) -> Fit:
    """Weights from all rows that no rule refuses, but for those of one fold."""
    kept = [row for row in of if not row.refused and _fold(row) != without]
    return fitted(*_arrays(kept), ridge)


def _fold(row: Row) -> int:
    """Not the fold that put the question into development: that one is the same for all."""
    return splits.fold(f"calibration {row.question}")


def _arrays(of: Sequence[Row]) -> tuple[Numbers, Numbers]:
    values = np.array([row.values for row in of], dtype=np.float64).reshape(len(of), len(NAMES))
    return values, np.array([float(row.earned) for row in of])


def held_out(of: Sequence[Row], ridge: float) -> tuple[Numbers, Numbers]:
    """For rows that no rule refuses: the likelihood by weights of other folds, and the mark."""
    likely: list[Numbers] = []
    earned: list[Numbers] = []
    for number in range(splits.FOLDS):
        some = [row for row in of if not row.refused and _fold(row) == number]
        if some:
            values, marks = _arrays(some)
            likely.append(fit(of, ridge, without=number).at(values))
            earned.append(marks)
    return np.concatenate(likely), np.concatenate(earned)


def weighed(of: Sequence[Row]) -> tuple[Weights, dict[str, float]]:
    """Weights with their band of doubt, and how good they are on questions they have not seen."""
    ridge = min(RIDGES, key=lambda one: log_loss(*held_out(of, one)))
    likely, earned = held_out(of, ridge)
    best = fit(of, ridge)
    weights = tuple(round(float(weight), 6) for weight in best.weights)
    metrics = {"points": float(len(of)), "ridge": ridge, **_calibration(likely, earned)}
    return Weights(weights, round(best.intercept, 6), *_doubt(likely, earned)), metrics


def calibrated(of: Sequence[Row], exam: Sequence[Answer], models: tuple[str, str]) -> Card:
    """The card for rows, with metrics from an exam; `models` are the embedding and the reader."""
    embedding_name, reader_name = models
    several, seen = weighed([row for row in of if not row.alone])
    alone, seen_alone = weighed([_lean(row) for row in of if row.alone])
    card = Card(
        embedding=embedding_name,
        reader=reader_name,
        features=NAMES,
        several=several,
        alone=alone,
        refused=_rate(of),
        data=_data(of),
        metrics={"several, cross-validated": seen, "alone, cross-validated": seen_alone},
        license="CC-BY-SA-4.0",
        languages=tuple(sorted({row.language for row in of})),
    )
    cases = sat(exam, card)
    held = agreement(cases).as_metrics() | _robust(cases)
    trusted = _trusted(exam, cases, card.languages)
    return replace(card, metrics={**card.metrics, "held-out topics": held}, languages=trusted)


def _trusted(
    exam: Sequence[Answer], cases: Sequence[Case], known: Sequence[Language]
) -> tuple[Language, ...]:
    """Of the languages that were learnt from, those in which most turned claims earn nothing."""
    spoken = [answer.marked.script.question.language for answer in exam]
    return tuple(
        language
        for language in known
        if withheld(
            [case for case, said in zip(cases, spoken, strict=True) if said == language],
            ["reversed"],
        )
        >= SEEN_THROUGH
    )


def _lean(row: Row) -> Row:
    """With the measurements that tell of a reference answer, the others 0.

    By cross-validation the others cost more by chance than they tell: log loss 0.54 against 0.51.
    """
    values = (value * (name in ALONE) for name, value in zip(NAMES, row.values, strict=True))
    return replace(row, values=tuple(values))


def _rate(of: Iterable[Row]) -> float:
    """How often a point is earned that a rule refuses (Jeffreys' estimate: never quite 0 or 1)."""
    earned = [row.earned for row in of if row.refused]
    return round((sum(earned) + 0.5) / (len(earned) + 1), 4)


def _doubt(likely: Numbers, earned: Numbers) -> tuple[float, float]:
    """The band of doubt: beyond each edge, marks are right as often as SURE, where that can be."""
    lows, highs = np.arange(0.5, WIDEST[0], -0.02), np.arange(0.5, WIDEST[1], 0.02)
    low = next((one for one in lows if _right(earned[likely <= one] == 0)), WIDEST[0])
    high = next((one for one in highs if _right(earned[likely >= one] == 1)), WIDEST[1])
    return round(float(low), 2), round(float(high), 2)


def _right(marks: np.ndarray) -> bool:
    return bool(marks.size) and float(marks.mean()) >= SURE


def sat(exam: Iterable[Answer], card: Card) -> tuple[Case, ...]:
    """Every answer marked whole, as the examiner would."""
    return tuple(_case(answer, card) for answer in exam)


def _case(answer: Answer, card: Card) -> Case:
    script, weights = answer.marked.script, card.weights(answer.layout)
    likelihoods = [likelihood(weights, found) for found in answer.found]
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
    """Log loss, calibration error, and how often the likelier mark is right."""
    loss = log_loss(likely, earned)
    right = float(((likely >= 0.5) == (earned == 1)).mean())  # noqa: PLR2004 - rather than not
    return {
        "log_loss": round(loss, 4),
        "calibration_error": round(calibration_error(likely, earned), 4),
        "accuracy": round(right, 4),
    }


def _data(of: Sequence[Row]) -> Mapping[str, str | int]:
    text = repr([(row.question, row.values, row.earned) for row in of])
    return {
        "points": len(of),
        "questions": len({row.question for row in of}),
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
    }


def _lessons(content: Path, data: Path, meter: Meter) -> Iterator[Row]:
    """The rows that weights are fitted to."""
    own = [
        one
        for one in examples.of(content)
        if splits.in_development(str(one.id)) and not splits.is_held_out(one)
    ]
    public = (one for name in sets.GRADED for one in sets.graded(data, name))
    unseen = (one.marked for one in public if one.split != "train")
    for answers in (examples.marked(own), unseen):
        for answer in measured(answers, meter):
            yield from rows(answer)


def written(content: Path, data: Path, folder: Path, screen: Console) -> None:
    """Fit to what the reader in the folder measures, and write the card beside it."""
    embed, reader = embedding(), Shipped(folder)
    meter = Meter(embed, reader)
    held = [one for one in examples.of(content) if splits.is_held_out(one)]
    exam = tuple(measured(examples.marked(held), meter))
    card = calibrated(tuple(_lessons(content, data, meter)), exam, (embed.name, reader.name))
    report("trained, held-out topics", sat(exam, card), screen)
    for name, metrics in card.metrics.items():
        screen.print(f"{name}: {dict(metrics)}")
    cards.write(card, folder / cards.CARD.name)
    screen.print(f"Wrote {folder / cards.CARD.name}, version {card.version}.")


def main() -> None:
    """Fit, print how held-out topics are marked, and write the card."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--content", type=Path, default=SUBJECTS, help="folder with the subjects")
    parser.add_argument("--data", type=Path, required=True, help="folder with the public sets")
    parser.add_argument("--model", type=Path, default=FOLDER, help="folder of the cross-encoder")
    given = parser.parse_args()
    written(given.content, given.data, given.model, Console())


if __name__ == "__main__":
    main()
