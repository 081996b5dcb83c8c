"""Are the numbers of a mark scheme right: value, precision, formula, unit, what is carried?"""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import Decimal

from knowledge.calculation import labels, unknown_in, worked_out
from knowledge.checks.asked import Asked
from knowledge.content import Numeric, Part, PointScheme
from knowledge.problems import Loc, Problem

CARRIED_NEAR = 0.05  # of the value: what rounding in earlier parts may do to a carried one


def problems(asked: Asked) -> Iterator[Problem]:
    """Everything wrong with the numbers of one part."""
    scheme = asked.part.scheme
    if not isinstance(scheme, PointScheme):
        return
    numbers = [(n, point.numeric) for n, point in enumerate(scheme.points) if point.numeric]
    algebra = any(point.expression for point in scheme.points)
    if asked.part.kind == "number" and not (numbers or algebra):
        text = 'a question of kind number needs a point with "numeric" or "expression"'
        yield asked.problem(("mark_scheme",), text)
    for number, numeric in numbers:
        yield from _one(asked, ("mark_scheme", number, "numeric"), numeric)


def _one(asked: Asked, at: Loc, numeric: Numeric) -> Iterator[Problem]:
    value = asked.written(*at, "value")
    typed = Decimal(str(value)) if value else None  # None: the formula gives it
    if numeric.tolerance is not None and numeric.tolerance_percent is not None:
        yield asked.problem(at, 'give "tolerance" or "tolerance_percent", not both')
    figures = len(typed.as_tuple().digits) if typed is not None else math.inf
    if numeric.significant_figures and numeric.significant_figures > figures:
        text = f"{typed} has {figures} significant figures, fewer than are asked for"
        yield asked.problem((*at, "significant_figures"), text)
    if name := unknown_in(numeric.unit):
        yield asked.problem((*at, "unit"), f'"{name}" is no unit that Viva knows')
    yield from _formula(asked, at, numeric, typed)
    yield from _carried(asked, at, numeric)


def _formula(asked: Asked, at: Loc, numeric: Numeric, typed: Decimal | None) -> Iterator[Problem]:
    if not numeric.formula:
        return
    result = worked_out(numeric.formula, {})
    if result is None:
        yield asked.problem((*at, "formula"), _unreadable(numeric.formula))
    elif typed is not None and abs(result - numeric.value) > half_a_step(numeric, typed):
        text = f"{numeric.formula} is {result:.6g}, which does not round to {typed}"
        yield asked.problem((*at, "formula"), text)


def half_a_step(numeric: Numeric, typed: Decimal) -> float:
    """Half of the last place that the value is given to: so far off may rounding be."""
    last = int(typed.as_tuple().exponent)
    if numeric.significant_figures and numeric.value:
        asked_for = math.floor(math.log10(abs(numeric.value))) - numeric.significant_figures + 1
        last = max(last, asked_for)
    return 0.5 * 10.0**last * (1 + 1e-9)


def _unreadable(formula: str) -> str:
    return f"{formula} cannot be calculated: use numbers and + - * / ^ ( ) sqrt log ln exp"


def _carried(asked: Asked, at: Loc, numeric: Numeric) -> Iterator[Problem]:
    if not numeric.carried:
        return
    values = {name: value for part in asked.before for name, value in _values(part)}
    unknown = [label for label in labels(numeric.carried) if label not in values]
    result = worked_out(numeric.carried, values)
    if unknown:
        label, point, id = unknown[0].partition(".")
        text = f'"{label}" is no earlier part that is answered by a number'
        if point and label in values:
            text = f'"{id}" is no point of part ({label}) that is earned by a number'
        yield asked.problem((*at, "carried"), text)
    elif not labels(numeric.carried):
        text = f"{numeric.carried} uses no earlier part's label, so it carries nothing forward"
        yield asked.problem((*at, "carried"), text)
    elif result is None:
        yield asked.problem((*at, "carried"), _unreadable(numeric.carried))
    elif not math.isclose(result, numeric.value, rel_tol=CARRIED_NEAR):
        text = f"with the right earlier answers it gives {result:.6g}, not {numeric.value:g}"
        yield asked.problem((*at, "carried"), text)


def _values(part: Part) -> Iterator[tuple[str, float]]:
    """The numbers that earn a part's points, as `a.p2`, and the last of them as `a`."""
    points = part.scheme.points if isinstance(part.scheme, PointScheme) else ()
    for point in points:
        if point.numeric:
            yield f"{part.label}.{point.id}", point.numeric.value
            yield part.label, point.numeric.value
