"""What the cross-encoder learns from: pairs of texts, and whether the point is earned.

Our own questions come from the topics and folds that may be learnt from, public sets from theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Literal

from bot.examiners import direction, examples, pairs, wording
from bot.examiners.exact import ExactJudge
from bot.examiners.layout import laid_out
from bot.examiners.training import sets, splits
from bot.examiners.training.cross import turning
from bot.examiners.training.rows import was_settled
from bot.marking import Script
from knowledge.content import MarkPoint, Part, PointScheme, Question

Source = Literal["example", "accept", "reject", "other", "public", "inference"]

# How often a lesson is taken in an epoch, and what it weighs.
_TAKEN = {"accept": 0.5, "reject": 0.7, "other": 0.2, "inference": 0.5}
_WEIGHTS = {"example": 1.0, "public": 0.8, "inference": 0.5}
_USUAL = 0.6
_TURNED = 0.5
_MISSPELT = 0.25
_MADE = 0.08  # of strung words, and of the question said again


@dataclass(frozen=True, slots=True)
class Lesson:
    """What is sought, what was said, and whether that earns it; `weight` is its say in the loss."""

    sought: str
    said: str
    earned: bool
    source: Source
    weight: float = _USUAL


def own(questions: Iterable[Question]) -> Iterator[Lesson]:
    """The examples and the scheme's own wordings of questions that may be learnt from."""
    for question in questions:
        if splits.is_held_out(question) or splits.in_development(str(question.id)):
            continue
        yield from _examples(question)
        for part in question.parts:
            yield from _wordings(question, part)


def public(folder: Path, split: str = "train", *, modules: bool = True) -> Iterator[Lesson]:
    """The graded sets' answers of one split, with or without those of unseen modules."""
    for name in sets.GRADED:
        for one in sets.graded(folder, name):
            if one.split == split and (modules or not one.of_unseen_module):
                yield graded(one)


def unseen_modules(folder: Path) -> Iterator[Lesson]:
    """The answers that a training without these modules has not seen."""
    for name in sets.GRADED:
        yield from (graded(one) for one in sets.graded(folder, name) if one.of_unseen_module)


def graded(one: sets.Graded) -> Lesson:
    """An answer of a public set as a lesson."""
    scheme = one.script.part.scheme
    assert isinstance(scheme, PointScheme)
    [lesson] = _asked(one.script, scheme.points, {sets.POINT} if one.earned else set(), "public")
    return lesson


def inferred(folder: Path) -> Iterator[Lesson]:
    """Sentences that say, or do not say, what another says."""
    for one in sets.inferences(folder):
        sought, said = (wording.text(wording.words(text)) for text in (one.hypothesis, one.premise))
        yield Lesson(sought, said, one.entailed, "inference", _WEIGHTS["inference"])


def _examples(question: Question) -> Iterator[Lesson]:
    judge = ExactJudge()
    for one in examples.marked([question]):
        scheme = one.script.part.scheme
        if not isinstance(scheme, PointScheme) or all(point.by_rule for point in scheme.points):
            continue
        exact = judge.judge(one.script)
        points = tuple(
            point
            for point in scheme.points
            if point.id not in exact and not was_settled(point, one.earned)
        )
        yield from _asked(one.script, points, one.earned, "example")


def _asked(
    script: Script, points: tuple[MarkPoint, ...], earned: Iterable[str], source: Source
) -> Iterator[Lesson]:
    layout = laid_out(script, points)
    for sought in layout.sought:
        pair = pairs.pair(layout, sought)
        yield Lesson(
            pair.sought, pair.said, sought.point.id in earned, source, _WEIGHTS.get(source, _USUAL)
        )


def _wordings(question: Question, part: Part) -> Iterator[Lesson]:
    """A scheme's lines as answers: to the point itself, without the line among its wordings."""
    if not isinstance(part.scheme, PointScheme) or part.options:
        return
    said = [one for one in part.scheme.points if not one.by_rule]
    for point in said:
        for line in point.accept:
            others = tuple(way for way in point.accept if way != line)
            yield from _line(question, part, replace(point, accept=others), line, "accept")
        for line in point.reject:
            yield from _line(question, part, point, line, "reject")
        for other in said:
            if other.id != point.id and other.accept:
                yield from _line(question, part, point, other.accept[0], "other")


def _line(
    question: Question, part: Part, point: MarkPoint, line: str, source: Source
) -> Iterator[Lesson]:
    script = Script(question, part, line)
    yield from _asked(script, (point,), {point.id} if source == "accept" else (), source)


def epoch(lessons: Iterable[Lesson], chance: Random) -> list[Lesson]:
    """One epoch's lessons in any order: some left out, some misspelt, with some made by rule."""
    taken: list[Lesson] = []
    for lesson in lessons:
        if chance.random() < _TAKEN.get(lesson.source, 1.0):
            taken.extend(_varied(lesson, chance))
    chance.shuffle(taken)
    return taken


def _varied(lesson: Lesson, chance: Random) -> Iterator[Lesson]:
    if lesson.source in ("inference", "public"):
        yield lesson
        return
    misspelt = chance.random() < _MISSPELT and lesson.source != "other"
    yield replace(lesson, said=turning.misspelt(lesson.said, chance)) if misspelt else lesson
    if lesson.source == "accept" and chance.random() < _TURNED:
        yield from _made(lesson, turning.turned(lesson.said, chance))
    if lesson.source == "example" and lesson.earned and chance.random() < _TURNED:
        yield from _made(lesson, _against(lesson, chance))
    if lesson.source == "accept" and chance.random() < _MADE:
        yield from _made(lesson, turning.strung(lesson.said, chance))
    if lesson.source == "accept" and chance.random() < _MADE:
        yield from _made(lesson, lesson.sought.partition(" ? ")[2])


def _made(lesson: Lesson, said: str | None) -> Iterator[Lesson]:
    """An answer made by rule, which earns nothing."""
    if said and said.strip():
        yield replace(lesson, said=said, earned=False, weight=_USUAL)


def _against(lesson: Lesson, chance: Random) -> str | None:
    """An earning answer, turned where that goes against the point; None where it does not."""
    said = turning.turned(lesson.said, chance)
    if said is None:
        return None
    claim = wording.words(lesson.sought.split(" / ")[0].split(" ? ")[0])
    return said if direction.conflict(claim, wording.words(said)) else None
