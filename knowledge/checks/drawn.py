"""Does a question with givens hold together whatever numbers are drawn?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from knowledge import gapped
from knowledge.calculation import labels, unknown_in, worked_out
from knowledge.checks import asked
from knowledge.checks.asked import Asked
from knowledge.checks.numbers import half_a_step
from knowledge.content import PointScheme, Question
from knowledge.gaps import Draw, gaps
from knowledge.instances import DEFAULT, drawn, instance
from knowledge.problems import Loc, Problem
from knowledge.shelf import Written

SEEDS = range(5)  # what is tried of all that may be drawn

Check = Callable[[Written[Question]], Iterable[Problem]]


def problems(written: Written[Question], check: Check) -> Iterator[Problem]:
    """Everything wrong with the givens; and what `check` finds in some of the instances."""
    if not written.value.givens:
        yield from gapped.needless(written.page)
        yield from check(written)
        return
    yield from _givens(written)
    for part in asked.parts(written):
        yield from _formulas(part, _draw(written.value, DEFAULT))
    yield from _told_apart([(str(draw), found) for draw, found in _instances(written, check)])


def _draw(question: Question, seed: int) -> Draw:
    return drawn(question.id, question.givens, seed)


def _givens(written: Written[Question]) -> Iterator[Problem]:
    page, question = written.page, written.value
    used = _used(written)
    if any(gaps(question.title)):
        yield page.problem(("title",), "a title is the same for everybody: no gaps here")
    for given in question.givens:
        if given.name not in used:
            yield page.problem(("givens", given.name), "it is used nowhere")
        if any(part.label == given.name for part in question.parts):
            yield page.problem(("givens", given.name), "a part has this label: rename the given")
        if name := unknown_in(given.unit):
            text = f'"{name}" is no unit that Viva knows'
            yield page.problem(("givens", given.name, "unit"), text)


def _used(written: Written[Question]) -> set[str]:
    """The names in all gaps and formulas of a question."""
    formulas = [
        formula
        for part in written.value.parts
        if isinstance(part.scheme, PointScheme)
        for point in part.scheme.points
        if point.numeric
        for formula in (point.numeric.formula, point.numeric.carried)
    ]
    return {name for formula in [*formulas, *gapped.sums(written.page)] for name in labels(formula)}


def _formulas(part: Asked, draw: Draw) -> Iterator[Problem]:
    """Numbers that do not follow from the givens, or that contradict them."""
    if not isinstance(part.part.scheme, PointScheme):
        return
    for number, point in enumerate(part.part.scheme.points):
        at: Loc = ("mark_scheme", number, "numeric")
        typed = part.written(*at, "value")
        if point.numeric is None or not isinstance(typed, str) or not point.numeric.formula:
            continue
        result = worked_out(point.numeric.formula, draw.values)
        near = half_a_step(point.numeric, Decimal(typed))
        if result is not None and abs(result - point.numeric.value) > near:
            text = f"{point.numeric.formula} is {result:.6g} with {draw}, so leave {typed} out"
            yield part.problem((*at, "value"), text)


def _instances(
    written: Written[Question], check: Check
) -> Iterator[tuple[Draw, frozenset[Problem]]]:
    """What is found with the numbers of each seed."""
    for seed in SEEDS:
        draw = _draw(written.value, seed)
        broken = frozenset((*gapped.problems(written.page, draw), *_uncounted(written, draw)))
        if broken:
            yield draw, broken
        else:
            made = replace(written, value=instance(written.value, seed))
            yield draw, frozenset((*check(made), *_same_options(made)))


def _uncounted(written: Written[Question], draw: Draw) -> Iterator[Problem]:
    """Formulas that have no value for these numbers."""
    for part in asked.parts(written):
        scheme = part.part.scheme
        for number, point in enumerate(scheme.points if isinstance(scheme, PointScheme) else ()):
            formula = point.numeric.formula if point.numeric else ""
            if formula and worked_out(formula, draw.values) is None:
                at: Loc = ("mark_scheme", number, "numeric", "formula")
                yield part.problem(at, f"{formula} cannot be calculated")


def _same_options(written: Written[Question]) -> Iterator[Problem]:
    for part in asked.parts(written):
        texts = [option.text for option in part.part.options]
        for option in part.part.options:
            if texts.count(option.text) > 1:
                at: Loc = ("options", option.letter)
                yield part.problem(at, f'another option reads "{option.text}", too')


def _told_apart(found: list[tuple[str, frozenset[Problem]]]) -> Iterator[Problem]:
    """What is always wrong once, and what only some numbers bring about once a line, with them."""
    always = frozenset.intersection(*(problems for _, problems in found))
    yield from always
    lines: set[int] = set()
    for numbers, problems in found:
        for problem in sorted(problems - always):
            if problem.line not in lines:
                lines.add(problem.line)
                yield replace(problem, text=f"{problem.text} (with {numbers})")
