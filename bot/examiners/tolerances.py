"""Whether a learner's number earns a numeric point: value, unit, precision and sign."""

from __future__ import annotations

import math

from bot.examiners import units
from bot.examiners.quantities import Quantity
from bot.examiners.units import Unit
from bot.speech import say
from knowledge.content import Numeric

SLACK = 1e-9  # of the value: what binary fractions cost
_EXACT = 1e-5  # of a value that was typed as a decimal: so near is an exact number to it
_ROUNDED = 2  # figures from which a rounded answer counts, where the scheme names none


def fault(quantity: Quantity, numeric: Numeric, value: float | None = None) -> str:
    """Why a number does not earn the point, in a sentence; '' if it does.

    `value` stands in for the scheme's own where an earlier error is followed through.
    """
    wanted = units.unit(numeric.unit)
    target = numeric.value if value is None else value
    readings = (quantity.value, *quantity.others)
    faults = [_fault(one, quantity, numeric, target, wanted) for one in readings]
    return "" if "" in faults else faults[0]


def in_unit_of(quantity: Quantity, numeric: Numeric) -> float | None:
    """The number in the unit of a point; one without a unit is taken to be in it."""
    wanted = units.unit(numeric.unit)
    return (
        quantity.value
        if quantity.unit is None
        else units.converted(quantity.value, quantity.unit, wanted)
    )


def _fault(value: float, quantity: Quantity, numeric: Numeric, target: float, wanted: Unit) -> str:
    unit = quantity.unit
    if unit is None:
        if wanted != Unit() and numeric.unit_required:
            return say("the unit is missing ({unit})", unit=numeric.unit)
        scale, turned = 1.0, value
    else:
        there = units.converted(value, unit, wanted)
        if there is None:
            return say("the unit does not measure what is asked") + (
                f" ({numeric.unit})" if numeric.unit else ""
            )
        scale, turned = (abs(there / value) if value else 1.0), there
    if not _near(turned, quantity.step * scale, quantity.figures, numeric, target):
        return _off(turned, target)
    return _figures(quantity, numeric)


def _near(
    value: float, step: float, figures: tuple[int, int], numeric: Numeric, target: float
) -> bool:
    off, slack = abs(value - target), SLACK * max(abs(value), abs(target))
    if off <= slack or (not step and off <= _EXACT * abs(target)):
        return True
    if numeric.tolerance is not None and off <= numeric.tolerance + slack:
        return True
    percent = numeric.tolerance_percent
    if percent is not None and off <= abs(target) * percent / 100 + slack:
        return True
    if numeric.tolerance is not None or percent is not None:
        return False
    fewest, most = figures
    enough = max(fewest, numeric.significant_figures or _ROUNDED)
    if most < enough:
        return False
    coarse = step * 10.0 ** (most - enough)  # the zeros of 3510 may only hold its place
    return off <= coarse / 2 + slack


def _off(value: float, target: float) -> str:
    """What is wrong with a value, where its size tells."""
    if value and math.isclose(value, -target, rel_tol=0.02):
        return say("the sign is wrong")
    if value * target > 0:
        tens = math.log10(value / target)
        if round(tens) and math.isclose(tens, round(tens), abs_tol=0.005):
            return say("the power of ten is wrong")
    return say("your final number is not the accepted value")


def _figures(quantity: Quantity, numeric: Numeric) -> str:
    """A number may have one significant figure more or fewer than the scheme's."""
    wanted = numeric.significant_figures
    fewest, most = quantity.figures
    if wanted is None or (fewest <= wanted + 1 and most >= wanted - 1):
        return ""
    return say("right, but give it to {wanted} significant figures", wanted=wanted)
