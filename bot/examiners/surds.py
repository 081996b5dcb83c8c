"""Numbers left exact: √3/2, 2π/3, 5 ln 2, e² − 1. They answer where no short decimal would do."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.examiners import units
from bot.examiners.quantities import Quantity
from bot.examiners.units import Unit
from knowledge.algebra import Side, Stretch, read, stretches
from knowledge.algebra.tree import value

_SHORT = 4  # figures: a number that needs no more is expected to be worked out
_NEAR = 24  # characters within which a sign tells that a number may be a piece of one
_HINT = re.compile(r"[√∛π]|sqrt|pi|ln|log|lg|e\s?\^|e[⁰¹²³⁴-⁹⁺⁻]|root|\^\s?\(")
_WIDEST = 120  # characters of an exact number to either side
_EXACT = (1, 99)  # any number of significant figures


def surds(text: str, wanted: Unit) -> Iterator[Quantity]:
    """The numbers of a text that are left exact, without a sign for times in them."""
    for stretch in stretches(text, frozenset()):
        for side in read(stretch).sides:
            number = _number(stretch, side) if side else None
            if side and number is not None:
                unit, end = units.read(text, side.end, wanted) or (None, side.end)
                yield Quantity(number, 0.0, _EXACT, unit, side.start, end)


def in_place(found: Quantity, text: str, wanted: Unit) -> Quantity:
    """The exact number that a found number is a piece of, or the number itself."""
    shift = max(0, found.start - _WIDEST)
    if not _HINT.search(text, max(0, found.start - _NEAR), found.end + _NEAR):
        return found
    for one in surds(text[shift : found.end + _WIDEST], wanted):
        start, end = one.start + shift, one.end + shift
        if start <= found.start < end:
            return replace(one, start=start, end=end)
    return found


def needs_one(target: float) -> bool:
    """Whether a value is such that an exact form is more than a sum not worked out."""
    return not math.isclose(target, float(f"{target:.{_SHORT}g}"), rel_tol=1e-9)


def _number(stretch: Stretch, side: Side) -> float | None:
    tokens = [one for one in stretch.tokens if side.start <= one.start < side.end]
    kinds = [one.kind for one in tokens]
    irrational = any(
        (one.kind == "function" and one.text in ("sqrt", "cbrt", "ln", "log", "lg"))
        or (one.kind == "^" and kinds[place + 1 : place + 2] == ["("])
        or one.text == "π"
        or (one.text == "e" and kinds[place + 1 : place + 2] in (["^"], ["raised"]))
        for place, one in enumerate(tokens)
    )
    if not irrational or _is_sum_left(kinds):
        return None
    try:
        number = complex(value(side.tree, {}))
    except (ArithmeticError, ValueError):
        return None
    return number.real if math.isfinite(number.real) and not number.imag else None


def _is_sum_left(kinds: Sequence[str]) -> bool:
    """Whether two numbers are still to be multiplied."""
    return any(
        kind == "*" and [*kinds[place - 1 : place], *kinds[place + 1 : place + 2]] == ["number"] * 2
        for place, kind in enumerate(kinds)
    )
