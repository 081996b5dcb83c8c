"""An attempt as a row, and back, even where its verdict was written by another version."""

from __future__ import annotations

import logging

from sqlalchemy import Row

from bot.learners import Attempt
from bot.marking import CriterionMark, Verdict
from bot.storage import codec
from knowledge.content import Band, BandScheme, Criterion, QuestionId

log = logging.getLogger(__name__)


def attempt_row(attempt: Attempt) -> dict[str, object]:
    """The columns of an attempt; its marks stand beside the verdict, and outlive its form."""
    return {
        "learner": attempt.learner,
        "question": attempt.question,
        "part": attempt.part,
        "answer": attempt.answer,
        "at": attempt.at,
        **verdict_row(attempt.verdict),
        "hints": attempt.hints,
        "earlier": codec.pairs_json(attempt.earlier),
    }


def verdict_row(verdict: Verdict | None) -> dict[str, object]:
    """The columns of an attempt's verdict; None is one that could not be marked."""
    return {
        "marks": verdict and verdict.marks,
        "out_of": verdict and verdict.out_of,
        "examiner": verdict and verdict.examiner,
        "verdict": verdict and codec.verdict_json(verdict),
    }


def attempt(row: Row) -> Attempt:
    """The attempt of a row."""
    return Attempt(
        learner=row.learner,
        question=QuestionId(row.question),
        part=row.part,
        answer=row.answer,
        at=row.at,
        verdict=None if row.verdict is None else _verdict(row),
        hints=row.hints,
        earlier=codec.pairs(row.earlier),
        id=row.id,
    )


def _verdict(row: Row) -> Verdict:
    try:
        return codec.verdict(row.verdict)
    except codec.Unreadable as problem:
        log.warning("attempt %s keeps its marks, but not their reasons: %s", row.id, problem)
        return _marks_alone(row)


def _marks_alone(row: Row) -> Verdict:
    """What is still known of a verdict: the marks were earned, and progress counts them."""
    reason = "Marked by an earlier version of Viva; the reasons can no longer be shown."
    band = Band(row.marks, row.marks, reason)
    whole = Criterion("whole", "Whole answer", row.out_of, (band,))
    return Verdict(
        question=QuestionId(row.question),
        part=row.part,
        scheme=BandScheme((whole,)),
        answer=row.answer,
        criteria=(CriterionMark(whole, band, row.marks, reason),),
        feedback=reason,
        examiner=row.examiner,
    )
