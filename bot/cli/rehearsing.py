"""Do right answers earn what they say, by the rules that no likelihood outweighs?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.examiners import rules
from bot.examiners.exact import ExactJudge
from bot.examiners.examples import Marked
from bot.examiners.layout import laid_out
from bot.marking import NotReadable, Script
from knowledge import shelf as shelves
from knowledge.checks import asked
from knowledge.checks.asked import Asked
from knowledge.checks.drawn import SEEDS
from knowledge.content import Example, MarkPoint, Part, PointScheme, Question
from knowledge.gaps import NoNumber
from knowledge.instances import DEFAULT, instance
from knowledge.problems import ContentProblems, Loc, Problem
from knowledge.shelf import Written


def unearned(folder: Path, *, drawn_only: bool) -> tuple[Problem, ...]:
    """Each full example that misses a point it should earn, by the numbers of some instance.

    `drawn_only` leaves out questions whose numbers are never drawn: their examples stay true. Gaps
    are never left out, and each of their examples must earn just what it says.
    """
    return tuple(
        problem
        for written in _questions(folder)
        if written.value.givens or not drawn_only or _has_gaps(written.value)
        for problem in _in_question(written)
    )


def _questions(folder: Path) -> Iterable[Written[Question]]:
    """All questions; none where the folder cannot be read, which the check of content tells."""
    try:
        return shelves.read(folder).questions.values()
    except ContentProblems:
        return ()


def _has_gaps(question: Question) -> bool:
    return any(_of_gaps(part) for part in question.parts)


def _of_gaps(part: Part) -> bool:
    scheme = part.scheme
    return isinstance(scheme, PointScheme) and any(point.gap for point in scheme.points)


def ruled_out(folder: Path) -> tuple[Problem, ...]:
    """Each right answer that a point's own `reject` or `required` keeps from earning it.

    Right answers are the examples, for the points that they earn, and the model answer, for all.
    """
    return tuple(
        problem
        for written in _questions(folder)
        if (made := _first(written)) is not None
        for part in asked.parts(made)
        for problem in _astray(part)
    )


def _first(written: Written[Question]) -> Written[Question] | None:
    try:
        return Written(written.page, instance(written.value, DEFAULT))
    except NoNumber:  # the check of content tells
        return None


def _astray(part: Asked) -> Iterator[Problem]:
    scheme = part.part.scheme
    if not isinstance(scheme, PointScheme):
        return
    strict = tuple(point for point in scheme.points if point.reject or point.required)
    if not strict:
        return
    for number, example in enumerate(part.part.examples):
        script = Script(part.question, part.part, example.answer, example.earlier)
        earned = Marked(script, example).earned
        for point, reason in _refused(script, strict):
            if point.id in earned:
                told = f"{point.id} is earned, but by its own {reason} it is refused"
                yield part.problem(("examples", number), f'"{example.answer}": {told}')
    model = Script(part.question, part.part, part.part.model_answer)
    for point, reason in _refused(model, strict):
        if reason == "reject":  # a model answer need not hold more points than marks
            told = f"its own {reason} refuses {point.id} to it"
            yield part.problem(("model_answer",), f"model answer: {told}")


def _refused(script: Script, points: tuple[MarkPoint, ...]) -> Iterator[tuple[MarkPoint, str]]:
    layout = laid_out(script, points)
    for sought in layout.sought:
        if rules.lacks(layout, sought):
            yield sought.point, "required"
        elif rules.says_what_is_rejected(layout, sought):
            yield sought.point, "reject"


def _in_question(written: Written[Question]) -> Iterator[Problem]:
    lines: set[int] = set()
    for seed in SEEDS if written.value.givens else SEEDS[:1]:
        try:
            made = Written(written.page, instance(written.value, seed))
        except NoNumber:  # the check of content tells
            return
        for part in asked.parts(made):
            for problem in _in_part(part):
                if problem.line not in lines:
                    lines.add(problem.line)
                    yield problem


def _in_part(part: Asked) -> Iterator[Problem]:
    for number, example in enumerate(part.part.examples):
        if _of_gaps(part.part):
            if text := _misjudged(part, example):
                yield part.problem(("examples", number), text)
        elif example.shows == "full" and (missed := _missed(part, example)):
            at: Loc = ("examples", number)
            yield part.problem(at, f'"{example.answer}" is marked by rule, and misses {missed}')


def _misjudged(part: Asked, example: Example) -> str:
    """How the rule for gaps marks an example otherwise than it says; '' if it does not."""
    try:
        judged = ExactJudge().judge(Script(part.question, part.part, example.answer))
    except NotReadable:
        return f'"{example.answer}" does not say which form is for which gap: nobody would mark it'
    for id, mark in judged.items():
        if mark.awarded and id not in example.earns:
            return f'"{example.answer}" is marked by rule, and earns {id} as well'
        if not mark.awarded and id in example.earns:
            return f'"{example.answer}" is marked by rule, and misses {id}: {mark.comment}'
    return ""


def _missed(part: Asked, example: Example) -> str:
    """The first point that the example should earn and does not, with the reason; '' if none."""
    script = Script(part.question, part.part, example.answer, example.earlier)
    judged = ExactJudge().judge(script)
    awarded = {id for id, mark in judged.items() if mark.awarded}
    while more := {id for id, mark in judged.items() if mark.point.implied_by in awarded} - awarded:
        awarded |= more  # one point may imply another, and that one the next
    for id, mark in judged.items():
        if id in example.earns and id not in awarded:
            return f"{id}: {mark.comment}"
    return ""
