"""Do the full examples of numbers and choices earn what they say, by the examiner that is exact?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bot.examiners.exact import ExactJudge
from bot.marking import Script
from knowledge import shelf as shelves
from knowledge.checks import asked
from knowledge.checks.asked import Asked
from knowledge.checks.drawn import SEEDS
from knowledge.content import Example, Question
from knowledge.gaps import NoNumber
from knowledge.instances import instance
from knowledge.problems import ContentProblems, Loc, Problem
from knowledge.shelf import Written


def unearned(folder: Path, *, drawn_only: bool) -> tuple[Problem, ...]:
    """Each full example that misses a point it should earn, by the numbers of some instance.

    `drawn_only` leaves out questions whose numbers are never drawn: their examples stay true.
    """
    try:
        shelf = shelves.read(folder)
    except ContentProblems:  # the check of content tells
        return ()
    return tuple(
        problem
        for written in shelf.questions.values()
        if written.value.givens or not drawn_only
        for problem in _in_question(written)
    )


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
        if example.shows == "full" and (missed := _missed(part, example)):
            at: Loc = ("examples", number)
            yield part.problem(at, f'"{example.answer}" is marked by rule, and misses {missed}')


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
