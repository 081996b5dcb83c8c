"""What examiners are handed and hand back, and the arithmetic of marks.

Examiners judge points; sums are done here. The rules are those of published mark schemes: marks
add up to at most what the part is worth, a dependent point needs its method point, of two
alternative routes the better one counts, and a cap holds unless its condition is met.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from bot.speech import later, say
from knowledge.arithmetic import total as total  # noqa: PLC0414 - offered here too, to typed callers
from knowledge.content import (
    Band,
    BandScheme,
    Criterion,
    MarkPoint,
    Part,
    PointScheme,
    Question,
    QuestionId,
    Scheme,
)

_IMPLIED = later("implied by your answer")


@dataclass(frozen=True, slots=True)
class Script:
    """What an examiner is handed: one part of a question, and what was written for it.

    `earlier` holds the same learner's answers to earlier parts, by label: errors carry forward.
    """

    question: Question
    part: Part
    answer: str
    earlier: tuple[tuple[str, str], ...] = ()

    @property
    def task(self) -> str:
        """What is asked, with what it is asked about.

        In another language the text to be read is left out, which stands above the parts or is
        quoted: to answer in its words is right there.
        """
        stem, own = self.question.stem, self.part.stem
        if self.question.language == "en":
            return f"{stem}\n{own}"
        asked = [line for line in (own or stem).splitlines() if not line.startswith(">")]
        return "\n".join(asked)


@dataclass(frozen=True, slots=True)
class PointMark:
    """One point judged. `certainty` is the probability that it is earned; `quote` is the answer's.

    `unsure`: an examiner could go either way; the mark shown is the likelier one.
    """

    point: MarkPoint
    awarded: bool
    quote: str = ""
    comment: str = ""
    certainty: float = 1.0
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class CriterionMark:
    """One criterion judged by best fit: band, mark within it, the reason and its evidence."""

    criterion: Criterion
    band: Band | None  # None: below the lowest band, no marks
    marks: int
    reason: str
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """A marked answer. `points` follow the scheme's order; `criteria` is for markbands instead."""

    question: QuestionId
    part: str
    scheme: Scheme
    answer: str
    points: tuple[PointMark, ...] = ()
    criteria: tuple[CriterionMark, ...] = ()
    feedback: str = ""
    examiner: str = ""
    notice: str = ""  # a sentence for the learner on how it was marked, where that needs one

    @property
    def out_of(self) -> int:
        """The most that could be earned."""
        return self.scheme.out_of

    @property
    def marks(self) -> int:
        """The marks earned."""
        if isinstance(self.scheme, BandScheme):
            return sum(mark.marks for mark in self.criteria)
        return total(self.scheme, {mark.point.id for mark in self.points if mark.awarded})

    @property
    def missed(self) -> tuple[MarkPoint, ...]:
        """The points that were not earned, in the scheme's order."""
        return tuple(mark.point for mark in self.points if not mark.awarded)


@dataclass(frozen=True, slots=True)
class Sighting:
    """Something a good text may contain, and the words that seem to touch on it; '' if none do."""

    text: str
    quote: str


@dataclass(frozen=True, slots=True)
class Survey:
    """What can be said of a long text that nobody marked: its words, its content, its form."""

    words: int
    sightings: tuple[Sighting, ...]
    remarks: tuple[str, ...]


class CouldNotMark(Exception):
    """No verdict could be reached. Says nothing about the answer: it is never a zero.

    `reason` is a sentence for the learner; `later` whether trying again may help; `survey` what
    could be found in a text all the same.
    """

    def __init__(
        self, reason: str = "", *, later: bool = True, survey: Survey | None = None
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.later = later
        self.survey = survey


class NotReadable(CouldNotMark):
    """The answer could not be taken apart; `reason` says how to write it, and nothing is lost."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason, later=False)


class AllowanceSpent(CouldNotMark):
    """The language model may not be asked again today; `notice` says so beside another's marks."""

    def __init__(self, whose: str) -> None:
        """`whose` is a clause such as 'your allowance for today is used up'."""
        super().__init__(
            say(
                "{whose}; there is more tomorrow (from 00:00 UTC).",
                whose=f"{whose[0].upper()}{whose[1:]}",
            )
        )
        self.notice = say("Marked without the language model: {whose}.", whose=whose)


class Examiner(Protocol):
    """Marks one script. Raises only CouldNotMark."""

    @property
    def name(self) -> str:
        """Name and version: together with the script it explains every mark."""
        ...

    async def mark(self, script: Script) -> Verdict:
        """The verdict on this script; the same script always gets the same marks."""
        ...


def noticed(verdict: Verdict, sentence: str) -> Verdict:
    """The verdict with one more sentence on how it was marked, before what was noticed already."""
    return replace(verdict, notice=f"{sentence} {verdict.notice}".strip())


def settled(script: Script, marks: tuple[PointMark, ...]) -> tuple[PointMark, ...]:
    """The judged points after the rules that tie them together: implied, dependent, in order.

    A point that is implied by an earned one is earned by the same words; a dependent point without
    the point it depends on is not; where order matters, a point that comes too early is not.
    """
    scheme = script.part.scheme
    assert isinstance(scheme, PointScheme)
    marks = _with_implied(marks)
    if scheme.in_order:
        marks = _in_order(marks, script.answer)
    return _without_orphans(marks)


def resettled(
    verdict: Verdict, again: Mapping[str, PointMark], *, by_order: bool = True
) -> tuple[PointMark, ...]:
    """The points of a verdict with some of them judged anew (by id), under the same rules.

    Without `by_order`, points that stand in another order than the scheme's keep their marks.
    """
    assert isinstance(verdict.scheme, PointScheme)
    judged = (again.get(mark.point.id, _without_implication(mark)) for mark in verdict.points)
    marks = _with_implied(tuple(judged))
    if by_order and verdict.scheme.in_order:
        marks = _in_order(marks, verdict.answer)
    return _without_orphans(marks)


def with_dependants(scheme: PointScheme, ids: Iterable[str]) -> frozenset[str]:
    """These points and all whose mark hangs on one of them, perhaps over others in between."""
    reached = frozenset(ids)
    tied = {point.id for point in scheme.points if {point.depends_on, point.implied_by} & reached}
    return reached if tied <= reached else with_dependants(scheme, reached | tied)


def untied(scheme: PointScheme, ids: Iterable[str]) -> PointScheme:
    """The scheme with these points alone, each for itself: what ties them is applied afterwards."""
    wanted = frozenset(ids)
    free = tuple(
        replace(point, depends_on=None, implied_by=None, route="")
        for point in scheme.points
        if point.id in wanted
    )
    return PointScheme(free, sum(point.marks for point in free), list_rule=scheme.list_rule)


def _without_implication(mark: PointMark) -> PointMark:
    """The mark by itself: one that was only implied is to be implied anew."""
    if mark.awarded and mark.comment == _IMPLIED:
        return replace(mark, awarded=False, quote="", comment="", certainty=0.0)
    return mark


def _by_id(marks: Iterable[PointMark]) -> Mapping[str, PointMark]:
    return {mark.point.id: mark for mark in marks}


def _with_implied(marks: tuple[PointMark, ...]) -> tuple[PointMark, ...]:
    known = _by_id(marks)

    def implied(mark: PointMark) -> PointMark:
        by = _implying(mark, known)
        if mark.awarded or by is None:
            return mark
        return replace(
            mark,
            awarded=True,
            quote=by.quote,
            certainty=by.certainty,
            comment=_IMPLIED,
        )

    return tuple(implied(mark) for mark in marks)


def _implying(mark: PointMark, known: Mapping[str, PointMark]) -> PointMark | None:
    """The earned point, if any, that implies this one, perhaps over others in between."""
    by, passed = known.get(mark.point.implied_by or ""), {mark.point.id}
    while by is not None and not by.awarded and by.point.id not in passed:
        passed.add(by.point.id)
        by = known.get(by.point.implied_by or "")
    return by if by is not None and by.awarded else None


def _without_orphans(marks: tuple[PointMark, ...]) -> tuple[PointMark, ...]:
    kept: list[PointMark] = []
    standing = {mark.point.id for mark in marks if mark.awarded}
    changed = True
    while changed:  # a chain of dependent points falls one link at a time
        changed = False
        for mark in marks:
            needs = mark.point.depends_on
            if mark.point.id in standing and needs is not None and needs not in standing:
                standing.discard(mark.point.id)
                changed = True
    for mark in marks:
        if mark.awarded and mark.point.id not in standing:
            comment = say(
                "needs point {number} first", number=_number(marks, mark.point.depends_on)
            )
            kept.append(replace(mark, awarded=False, quote="", comment=comment, certainty=0.0))
        else:
            kept.append(mark)
    return tuple(kept)


def _number(marks: tuple[PointMark, ...], id: str | None) -> int:
    return [mark.point.id for mark in marks].index(id or "") + 1


def _in_order(marks: tuple[PointMark, ...], answer: str) -> tuple[PointMark, ...]:
    """Keep the longest run of awarded points whose quotes come in the scheme's order."""
    where = [(answer.find(mark.quote), mark) for mark in marks if mark.awarded]
    best: list[list[PointMark]] = []
    ends: list[int] = []
    for place, mark in where:
        runs = [run for run, end in zip(best, ends, strict=True) if end <= place]
        best.append([*max(runs, key=len, default=[]), mark])
        ends.append(place)
    kept = {mark.point.id for mark in max(best, key=len, default=[])}

    def placed(mark: PointMark) -> PointMark:
        if not mark.awarded or mark.point.id in kept:
            return mark
        return replace(mark, awarded=False, quote="", comment=say("out of order"), certainty=0.0)

    return tuple(placed(mark) for mark in marks)
