"""Whether two pieces of algebra say the same: compared by their values at fixed points.

Two different expressions of a mark scheme's size agree at all of these points only by an accident
that does not happen; rewriting one into the other by rule could miss an equality that is there.
"""

from __future__ import annotations

import cmath
from collections.abc import Iterator, Mapping
from itertools import pairwise

from knowledge.algebra.reading import Relation
from knowledge.algebra.tree import Name, Number, Operation, Tree, names, nodes, value

_POINTS = 16
_ENOUGH = 5  # points at which both must have a value
_NEAR = 1e-7  # relative
_BOTH = 2  # sides of an equation
_GOLDEN = 0.6180339887498949


def same(wanted: Relation, given: Relation) -> bool:
    """Whether some side of what is given is the expression wanted, or some equality the equation.

    An equation is the same as its multiples: y = 2x + 3 and 4x − 2y + 6 = 0.
    """
    sides = [side.tree for side in wanted.sides if side]
    if len(sides) == 1:
        return any(side is not None and equal(sides[0], side.tree) for side in given.sides)
    target = Operation("-", sides[0], sides[1])
    return any(
        proportional(target, Operation("-", left.tree, right.tree))
        for left, right in pairwise(given.sides)
        if left and right
    )


def arranged(wanted: Relation, given: Relation) -> bool:
    """Whether some equality has the very sides of the equation wanted, or their multiples."""
    sides = [side.tree for side in wanted.sides if side]
    return len(sides) == _BOTH and any(
        all(_alike(one, other) for one, other in zip(sides, pair, strict=True))
        for left, right in pairwise(given.sides)
        if left and right
        for pair in ((left.tree, right.tree), (right.tree, left.tree))
    )


def _alike(one: Tree, other: Tree) -> bool:
    return equal(one, other) or proportional(one, other)


def equal(wanted: Tree, given: Tree) -> bool:
    """Whether two expressions have the same value wherever both have one."""
    pairs = list(_values(wanted, given))
    enough = _ENOUGH if names(wanted) | names(given) else 1
    return len(pairs) >= enough and all(_near(left, right) for left, right in pairs)


def proportional(wanted: Tree, given: Tree) -> bool:
    """Whether one expression is a constant multiple of the other, and neither is zero."""
    pairs = [(left, right) for left, right in _values(wanted, given) if abs(left) > _NEAR]
    if len(pairs) < _ENOUGH:
        return False
    ratio = pairs[0][1] / pairs[0][0]
    return abs(ratio) > _NEAR and all(_near(left * ratio, right) for left, right in pairs)


def shaped(tree: Tree, form: str) -> bool:
    """Whether it is 'factorised', 'expanded', or a 'vertex' form, as its outermost signs tell."""
    match form:
        case "factorised":
            return _is_product(tree)
        case "vertex":
            return _is_vertex_form(tree)
        case "expanded":
            return not any(_is_product_of_sums(node) for node in nodes(tree))
        case _:
            return True


def _values(left: Tree, right: Tree) -> Iterator[tuple[complex, complex]]:
    real = not any(_is_imaginary(node) for tree in (left, right) for node in nodes(tree))
    for letters in _points(sorted(names(left) | names(right))):
        try:
            pair = value(left, letters), value(right, letters)
        except (ArithmeticError, ValueError):
            continue
        if not all(cmath.isfinite(one) for one in pair):
            continue
        if real and letters and any(abs(one.imag) > _NEAR for one in map(complex, pair)):
            continue  # a root or logarithm of something negative: no real value there
        yield pair


def _points(letters: list[str]) -> Iterator[Mapping[str, complex]]:
    """Values for the letters, in no simple relation to each other; a third are negative."""
    if not letters:
        yield {}
        return
    for number in range(1, _POINTS + 1):
        yield {
            letter: (-1 if (number + place) % 3 == 0 else 1)
            * (0.21 + 2.9 * ((number * (place + 1) * _GOLDEN + 0.37 * place) % 1))
            for place, letter in enumerate(letters)
        }


def _is_imaginary(tree: Tree) -> bool:
    return isinstance(tree, Number) and complex(tree.value).imag != 0


def _near(left: complex, right: complex) -> bool:
    return abs(left - right) <= _NEAR * max(1e-3, abs(left), abs(right))


def _is_product(tree: Tree) -> bool:
    """A product or power of which a factor with a variable is no sum spread out."""
    match tree:
        case Operation("*", Number(-1), inner):
            return _is_product(inner)
        case Operation("*", left, right):
            return bool(names(left)) or (bool(names(right)) and _is_sum(right))
        case Operation("^", base, _):
            return _is_sum(base) or isinstance(base, Name)
        case _:
            return False


def _is_vertex_form(tree: Tree) -> bool:
    """A square of a sum, times and plus constants: 2(x − 3)² + 1."""
    match tree:
        case Operation("+" | "-", left, right):
            square, rest = (left, right) if names(left) else (right, left)
            return not names(rest) and _is_vertex_form(square)
        case Operation("*", left, right):
            return not names(left) and _is_vertex_form(right)
        case Operation("^", base, Number(power)):
            return _is_sum(base) and power == 2  # noqa: PLR2004 - a square
        case _:
            return False


def _is_product_of_sums(tree: Tree) -> bool:
    match tree:
        case Operation("*", left, right):
            return _is_sum(left) or _is_sum(right)
        case Operation("^", base, Number()):
            return _is_sum(base)
        case _:
            return False


def _is_sum(tree: Tree) -> bool:
    return isinstance(tree, Operation) and tree.sign in ("+", "-") and bool(names(tree))
