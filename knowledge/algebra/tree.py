"""Expressions as trees, and what they come to."""

from __future__ import annotations

import cmath
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Number:
    """A constant; `i`, `e` and `π` are numbers, too."""

    value: complex


@dataclass(frozen=True, slots=True)
class Name:
    """A variable: one letter."""

    letter: str


@dataclass(frozen=True, slots=True)
class Operation:
    """Two trees joined by one of + - * / ^."""

    sign: str
    left: Tree
    right: Tree


@dataclass(frozen=True, slots=True)
class Call:
    """A function of one tree."""

    function: str
    inner: Tree


Tree = Number | Name | Operation | Call


def _secant(x: complex) -> complex:
    return 1 / cmath.cos(x)


def _cosecant(x: complex) -> complex:
    return 1 / cmath.sin(x)


def _cotangent(x: complex) -> complex:
    return cmath.cos(x) / cmath.sin(x)


def _cube_root(x: complex) -> complex:
    return complex(x) ** (1 / 3) if x.imag or x.real >= 0 else -(complex(-x) ** (1 / 3))


def _cis(x: complex) -> complex:
    return cmath.exp(1j * x)


FUNCTIONS: Mapping[str, Callable[[complex], complex]] = {
    **{
        "sin": cmath.sin,
        "cos": cmath.cos,
        "tan": cmath.tan,
        "sqrt": cmath.sqrt,
        "cbrt": _cube_root,
    },
    **{"sec": _secant, "csc": _cosecant, "cosec": _cosecant, "cot": _cotangent, "cis": _cis},
    **{"arcsin": cmath.asin, "arccos": cmath.acos, "arctan": cmath.atan},
    **{"sinh": cmath.sinh, "cosh": cmath.cosh, "tanh": cmath.tanh},
    **{"ln": cmath.log, "log": cmath.log10, "lg": cmath.log10, "exp": cmath.exp},
}
INVERSE = {"sin": "arcsin", "cos": "arccos", "tan": "arctan"}  # sin⁻¹ x


def value(tree: Tree, letters: Mapping[str, complex]) -> complex:
    """What a tree comes to. Raises ArithmeticError or ValueError where it has no value."""
    match tree:
        case Number(number):
            return number
        case Name(letter):
            return letters[letter]
        case Call(function, inner):
            return FUNCTIONS[function](value(inner, letters))
        case Operation(sign, left, right):
            return _joined(sign, value(left, letters), value(right, letters))


def _joined(sign: str, left: complex, right: complex) -> complex:
    match sign:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "/":
            return left / right
        case _:
            return complex(left) ** right


def names(tree: Tree) -> frozenset[str]:
    """The variables of a tree."""
    return frozenset(node.letter for node in nodes(tree) if isinstance(node, Name))


def nodes(tree: Tree) -> Iterator[Tree]:
    """The tree and everything in it."""
    yield tree
    match tree:
        case Call(_, inner):
            yield from nodes(inner)
        case Operation(_, left, right):
            yield from nodes(left)
            yield from nodes(right)
        case _:
            pass
