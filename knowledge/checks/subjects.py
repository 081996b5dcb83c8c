"""Does subject.yaml say each thing once, and do the weights of its papers make a whole grade?"""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.checks.schemes import rungs
from knowledge.content import Subject
from knowledge.problems import Loc, Problem
from knowledge.shelf import Written

WHOLE = 100  # per cent
ROUNDED = 1  # per cent: what rounding of weights may leave over


def problems(written: Written[Subject]) -> Iterator[Problem]:
    """Everything wrong within a subject's own file."""
    subject, page = written.value, written.page
    papers = [f"{paper.code} ({paper.level})" for paper in subject.papers]
    entries = [entry.code for entry in subject.syllabus]
    for key, names in (("papers", papers), ("syllabus", entries)):
        for number, name in enumerate(names):
            if name in names[:number]:
                yield page.problem((key, number), f"{name} is here twice")
    for level in sorted({paper.level for paper in subject.papers}):
        weight = sum(paper.weight for paper in subject.papers if paper.level == level)
        if abs(weight - WHOLE) > ROUNDED:
            at: Loc = ("papers",)
            yield page.at(
                at, f"the weights of the {level} papers add up to {weight:g}, not {WHOLE}"
            )
    for term, _ in subject.command_terms:
        if term != term.lower():
            yield page.problem(("command_terms", term), "command terms are written in lower case")
    yield from _criteria(written)


def _criteria(written: Written[Subject]) -> Iterator[Problem]:
    """Sets of criteria that no question could be marked by."""
    for name, criteria in written.value.criteria:
        ids = [criterion.id for criterion in criteria]
        for number, criterion in enumerate(criteria):
            at: Loc = ("criteria", name, number)
            if criterion.id in ids[:number]:
                yield written.page.problem(at, f'two criteria have the id "{criterion.id}"')
            for place, text in rungs(criterion):
                yield written.page.problem((*at, *place), text)
