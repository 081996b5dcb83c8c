"""Can the algebra of a mark scheme be read, and has it the form that it asks for?"""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.algebra import NoAlgebra, letters, prose, relation, shaped
from knowledge.checks.asked import Asked
from knowledge.content import Expression, PointScheme
from knowledge.problems import Loc, Problem

MOST_SIDES = 2  # an expression has one, an equation two


def problems(asked: Asked) -> Iterator[Problem]:
    """Everything wrong with the expressions of one part."""
    scheme = asked.part.scheme
    for number, point in enumerate(scheme.points if isinstance(scheme, PointScheme) else ()):
        if point.expression is not None:
            yield from _one(asked, ("mark_scheme", number, "expression"), point.expression)


def _one(asked: Asked, at: Loc, expression: Expression) -> Iterator[Problem]:
    texts = (expression.value, *expression.also)
    places: list[Loc] = [(*at, "value"), *((*at, "also", n) for n in range(len(expression.also)))]
    for place, text in zip(places, texts, strict=True):
        if word := prose(text):
            yield asked.problem(place, f'"{word}" is no algebra: write it as 2x^2 - sqrt(3)/x')
            continue
        try:
            found = relation(text, letters(texts))
        except NoAlgebra as error:
            yield asked.problem(place, f"{error}: write it as 2x^2 - sqrt(3)/x")
            continue
        sides = [side for side in found.sides if side]
        if len(sides) > MOST_SIDES:
            yield asked.problem(place, f'"{text}" has more than two sides')
        elif not any(shaped(side.tree, expression.form) for side in sides):
            yield asked.problem(place, f'"{text}" is not {expression.form} itself')
