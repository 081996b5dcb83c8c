"""The marked examples of the content: each a script, and what a person gave for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.examiners.agreement import Case
from bot.marking import CouldNotMark, Examiner, PointMark, Script, total
from knowledge.content import Example, PointScheme, Question
from knowledge.instances import DEFAULT, instance
from knowledge.library import Library
from knowledge.problems import ContentProblems


@dataclass(frozen=True, slots=True)
class Marked:
    """An example as a script."""

    script: Script
    example: Example

    @property
    def right(self) -> int:
        """The marks that a person gave."""
        scheme = self.script.part.scheme
        if isinstance(scheme, PointScheme):
            return total(scheme, self.earned)
        return self.example.marks or 0

    @property
    def earned(self) -> frozenset[str]:
        """The points that a person gave, and those that come with them by the scheme's rules."""
        scheme, earned = self.script.part.scheme, frozenset(self.example.earns)
        while isinstance(scheme, PointScheme):
            implied = {point.id for point in scheme.points if point.implied_by in earned}
            if implied <= earned:
                break
            earned |= implied
        return earned


def of(content: Path) -> tuple[Question, ...]:
    """Every question of a content folder, with its first numbers. Leaves with what is wrong."""
    try:
        library = Library.load(content)
    except ContentProblems as problems:
        raise SystemExit(
            f"The content has problems; `viva check` lists them.\n{problems}"
        ) from None
    return tuple(
        instance(one, DEFAULT)
        for subject in library.subjects
        for one in library.questions(subject.id)
    )


def marked(asked: Iterable[Question]) -> Iterator[Marked]:
    """Every example of the questions."""
    for question in asked:
        for part in question.parts:
            for example in part.examples:
                yield Marked(Script(question, part, example.answer, example.earlier), example)


async def case(one: Marked, examiner: Examiner) -> Case:
    """One example marked by an examiner, beside what a person gave."""
    try:
        verdict = await examiner.mark(one.script)
    except CouldNotMark:
        return Case(one.example.shows, (), 0, one.right, None)
    return compared(one, verdict.points, verdict.marks)


def compared(one: Marked, points: Iterable[PointMark], marks: int) -> Case:
    """An example's points, as the person and as the examiner marked them."""
    points = tuple(points)
    pairs = tuple((mark.point.id in one.earned, mark.awarded) for mark in points)
    return Case(one.example.shows, pairs, sum(mark.unsure for mark in points), one.right, marks)
