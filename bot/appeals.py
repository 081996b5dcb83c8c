"""A marking that a learner disagrees with: both readings of a point, and what comes of them.

A mark changes by the second reading or by a teacher, never because somebody insists.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, Protocol

from bot.marking import (
    CriterionMark,
    PointMark,
    Script,
    Verdict,
    resettled,
    with_dependants,
)
from bot.messages import Chat
from bot.speech import say
from knowledge.content import PointScheme

Kind = Literal["model", "trained", "clauses"]


@dataclass(frozen=True, slots=True)
class Reading:
    """A second reading: points judged by themselves, without the rules that tie them.

    `kind` is who read: a language model, the trained examiner, or the trained examiner once more,
    clause by clause. `marks` may hold more points than one: those that hang on the one appealed.
    """

    kind: Kind
    examiner: str
    marks: tuple[PointMark, ...]

    def mark(self, point: str) -> PointMark | None:
        """The mark of one point; None if it was not read."""
        return next((mark for mark in self.marks if mark.point.id == point), None)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a teacher decided. `marks` are those of a criterion; None for a point."""

    awarded: bool
    at: datetime
    note: str = ""
    marks: int | None = None


@dataclass(frozen=True, slots=True)
class Appeal:
    """A learner's disagreement about one point, or one criterion, of an attempt.

    `first` is the verdict that was appealed, `second` what another reading found; None where no
    examiner could read it again. `decision` is None while it waits for a teacher. `chat` is where
    the learner appealed. `id` is 0 before it is kept.
    """

    attempt: int
    point: str
    at: datetime
    chat: Chat
    first: Verdict
    second: Reading | None = None
    decision: Decision | None = None
    id: int = 0

    @property
    def number(self) -> int:
        """The place of the point in the mark scheme, from 1."""
        return ids(self.first).index(self.point) + 1


@dataclass(frozen=True, slots=True)
class Decided:
    """A teacher decided the appeal with this id."""

    appeal: int
    decision: Decision


class NotWritten(Exception):
    """Words were named as evidence that do not stand in the answer as the learner's own."""


class AlreadyDecided(Exception):
    """The appeal waits for no decision: it was decided, or forgotten with its learner."""


class CannotDecide(Exception):
    """A decision that the mark scheme does not allow; the message says what to do instead."""


class SecondReader(Protocol):
    """Reads points again, by another examiner than the one that marked them first."""

    async def read(
        self, script: Script, first: Verdict, point: str, words: str = ""
    ) -> Reading | None:
        """The second reading of a point; None where nobody can read it again.

        The same script, point and words always get the same reading. `words` are those of the
        answer in which the learner sees the point. Raises NotWritten, CouldNotMark.
        """
        ...


def ids(verdict: Verdict) -> tuple[str, ...]:
    """The points of a verdict, or its criteria, in the scheme's order."""
    points = tuple(mark.point.id for mark in verdict.points)
    return points or tuple(mark.criterion.id for mark in verdict.criteria)


def judged(verdict: Verdict, id: str) -> PointMark | CriterionMark:
    """The mark of one point, or of one criterion. Raises KeyError if there is none."""
    for mark in verdict.points:
        if mark.point.id == id:
            return mark
    for criterion in verdict.criteria:
        if criterion.criterion.id == id:
            return criterion
    raise KeyError(id)


def heard(verdict: Verdict, appeal: Appeal) -> Verdict:
    """The verdict after the second reading of an appeal; the same one if nothing changes."""
    again = _again(verdict, appeal)
    if not again or appeal.second is None:
        return verdict
    by = f"{appeal.point} again by {appeal.second.examiner}"
    return _changed(verdict, resettled(verdict, again), by)


def _again(verdict: Verdict, appeal: Appeal) -> Mapping[str, PointMark]:
    """What the second reading changes: the point, and what hangs on it and is earned by itself.

    A reading that could go either way changes nothing.
    """
    before, second = judged(verdict, appeal.point), appeal.second
    if second is None or not isinstance(before, PointMark):
        return {}
    after = second.mark(appeal.point)
    if after is None or after.unsure or after.awarded == before.awarded:
        return {}
    assert isinstance(verdict.scheme, PointScheme)
    hanging = with_dependants(verdict.scheme, [appeal.point]) - {appeal.point}
    own = {mark.point.id: mark for mark in second.marks if mark.awarded and not mark.unsure}
    return {**{id: mark for id, mark in own.items() if id in hanging}, appeal.point: after}


def ruled(verdict: Verdict, appeal: Appeal, decision: Decision) -> Verdict:
    """The verdict after a teacher's decision. Raises CannotDecide."""
    if appeal.point not in ids(verdict):
        raise CannotDecide("The marking of this answer is of another version of Viva.")
    before = judged(verdict, appeal.point)
    if isinstance(before, CriterionMark):
        return _ruled_on_criterion(verdict, before, decision)
    if decision.marks is not None:
        raise CannotDecide(
            "Marks are for criteria: a point is awarded or withheld. Leave --marks out."
        )
    if before.awarded == decision.awarded:
        return verdict
    again = {appeal.point: _as_decided(verdict, before, appeal, decision)}
    points = resettled(verdict, again, by_order=False)
    after = next(mark for mark in points if mark.point.id == appeal.point)
    if after.awarded != decision.awarded:
        raise CannotDecide(_why_not(verdict, after))
    return _changed(verdict, points, f"{appeal.point} by a teacher")


def _as_decided(
    verdict: Verdict, before: PointMark, appeal: Appeal, decision: Decision
) -> PointMark:
    if not decision.awarded:
        return PointMark(before.point, False, comment=say("a teacher's decision"), certainty=0.0)
    read = appeal.second.mark(appeal.point) if appeal.second else None
    quote = (read.quote if read else "") or verdict.answer.strip()
    return PointMark(before.point, True, quote, say("a teacher's decision"))


def _why_not(verdict: Verdict, after: PointMark) -> str:
    point = after.point
    if after.awarded:
        by = ids(verdict).index(point.implied_by or "") + 1
        return say(
            "This point is implied by point {by}, which is awarded: whoever earns that "
            "one earns this one, too. Withhold that one first, or award this one.",
            by=by,
        )
    needs = ids(verdict).index(point.depends_on or "") + 1
    return say(
        "This point depends on point {needs}, which is not awarded: award that one "
        "first, or withhold this one.",
        needs=needs,
    )


def _ruled_on_criterion(verdict: Verdict, before: CriterionMark, decision: Decision) -> Verdict:
    criterion, marks = before.criterion, decision.marks
    if not decision.awarded:
        if marks is not None:
            raise CannotDecide("To withhold leaves the marks as they are: leave --marks out.")
        return verdict
    if marks is None or not 0 <= marks <= criterion.out_of:
        raise CannotDecide(
            f"Say how many of {criterion.out_of} marks the criterion “{criterion.name}” gets: "
            "--award --marks N."
        )
    if marks == before.marks:
        return verdict
    band = next((band for band in criterion.bands if band.low <= marks <= band.high), None)
    after = replace(
        before, band=band, marks=marks, reason=decision.note or say("A teacher's decision.")
    )
    criteria = tuple(after if mark is before else mark for mark in verdict.criteria)
    examiner = f"{verdict.examiner}; {criterion.id} by a teacher"
    return replace(verdict, criteria=criteria, examiner=examiner)


def _changed(verdict: Verdict, points: tuple[PointMark, ...], by: str) -> Verdict:
    """The verdict with these points, unless the same ones are awarded as before."""
    if _awarded(points) == _awarded(verdict.points):
        return verdict
    return replace(verdict, points=points, feedback="", examiner=f"{verdict.examiner}; {by}")


def _awarded(points: tuple[PointMark, ...]) -> frozenset[str]:
    return frozenset(mark.point.id for mark in points if mark.awarded)
