"""One instance of a question with givens: numbers drawn, gaps filled, answers worked out.

The same question and seed give the same numbers, on every machine and in every version.
"""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

from knowledge.content import (
    BandScheme,
    Example,
    Expression,
    Given,
    MarkPoint,
    Numeric,
    Option,
    Part,
    PointScheme,
    Question,
    QuestionId,
    Scheme,
)
from knowledge.gaps import Draw, bracketed, calculated, filled, numbered, signed

DEFAULT = 0  # the seed that takes the first value of every given


def instance(question: Question, seed: int) -> Question:
    """The question with its numbers, under its own id; itself if nothing is given.

    Raises NoNumber where a formula has no value for them: the check of content tries some seeds.
    """
    if not question.givens:
        return question
    draw = drawn(question.id, question.givens, seed)
    return replace(
        question,
        stem=filled(question.stem, draw),
        script=filled(question.script, draw),
        parts=tuple(_part(part, draw) for part in question.parts),
        givens=(),
    )


def drawn(id: QuestionId, givens: tuple[Given, ...], seed: int) -> Draw:
    """The numbers that a seed draws."""
    typed = {given.name: given.values[_place(id, given, seed)] for given in givens}
    units = {given.name: given.unit for given in givens}
    shown = {name: f"{signed(value)} {units[name]}".strip() for name, value in typed.items()}
    return Draw(typed, shown)


def _place(id: QuestionId, given: Given, seed: int) -> int:
    if seed == DEFAULT:
        return 0
    chance = sha256(f"{id} {given.name} {seed}".encode()).digest()
    return int.from_bytes(chance[:8], "big") % len(given.values)


def _part(part: Part, draw: Draw) -> Part:
    return replace(
        part,
        stem=filled(part.stem, draw),
        scheme=_scheme(part.scheme, draw),
        hints=_all(part.hints, draw),
        model_answer=filled(part.model_answer, draw),
        options=tuple(_option(option, draw) for option in part.options),
        examples=tuple(_example(example, draw) for example in part.examples),
    )


def _all(texts: tuple[str, ...], draw: Draw) -> tuple[str, ...]:
    return tuple(filled(text, draw) for text in texts)


def _scheme(scheme: Scheme, draw: Draw) -> Scheme:
    match scheme:
        case PointScheme():
            return replace(scheme, points=tuple(_point(point, draw) for point in scheme.points))
        case BandScheme():
            return replace(scheme, content=_all(scheme.content, draw))


def _point(point: MarkPoint, draw: Draw) -> MarkPoint:
    return replace(
        point,
        text=filled(point.text, draw),
        accept=_all(point.accept, draw),
        reject=_all(point.reject, draw),
        ignore=_all(point.ignore, draw),
        required=_all(point.required, draw),
        optional=_all(point.optional, draw),
        needs_all=_all(point.needs_all, draw),
        numeric=_numeric(point.numeric, draw) if point.numeric else None,
        expression=_expression(point.expression, draw) if point.expression else None,
    )


def _numeric(numeric: Numeric, draw: Draw) -> Numeric:
    return replace(
        numeric,
        value=calculated(numeric.formula, draw) if numeric.formula else numeric.value,
        formula=numbered(numeric.formula, draw),
        carried=numbered(numeric.carried, draw),
    )


def _expression(expression: Expression, draw: Draw) -> Expression:
    return replace(
        expression,
        value=bracketed(expression.value, draw),
        also=tuple(bracketed(text, draw) for text in expression.also),
    )


def _option(option: Option, draw: Draw) -> Option:
    return replace(option, text=filled(option.text, draw), why=filled(option.why, draw))


def _example(example: Example, draw: Draw) -> Example:
    return replace(
        example,
        answer=filled(example.answer, draw),
        reason=filled(example.reason, draw),
        earlier=tuple((label, filled(answer, draw)) for label, answer in example.earlier),
    )
