"""Formulas and units as mark schemes write them: what they come to, and whether they are known."""

from __future__ import annotations

import ast
import math
import operator
import re
from collections.abc import Mapping

import simpleeval  # type: ignore[import-untyped]  # ships no types
from rapidfuzz import fuzz, process

from knowledge.conversion import defined

LONGEST_FORMULA = 200  # characters: keeps nesting, and so time, small
SHORT_NAME = 3  # letters: an unknown name this short is a slip, a longer one something counted
NEAR_UNIT = 80  # of 100: a word this near to a unit's name is that name, misspelt

_OPERATORS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: math.pow,  # of floats: too large is an error at once, never a long wait
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
}
_FUNCTIONS = {
    "sqrt": math.sqrt,
    "log": math.log10,
    "ln": math.log,
    "exp": math.exp,
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "abs": abs,
}
RESERVED = frozenset(("pi", *_FUNCTIONS))  # names that no part and no given can have
_ALSO_KNOWN = frozenset(("per", "bpm", "USD", "EUR", "GBP"))
_POINT = re.compile(r"(?<![\w.])([A-Za-z]\w*)\.([A-Za-z]\w*)")  # of a part: a.p2
_NAME = re.compile(r"[A-Za-zµμΩ]+")
_UNIT_WORDS = (
    *("second", "minute", "hour", "month", "metre", "litre", "gram", "mole", "joule", "newton"),
    *("volt", "watt", "pascal", "kelvin", "celsius", "percent", "degree", "hectare", "hertz"),
)
_USUAL = re.compile(  # known without loading pint
    r"[GMkhdcmµμunp]?(?:m|g|s|mol|J|N|V|W|Pa|Hz|A|K|L|l|C|eV)|min|h|ha|kcal"
    rf"|(?:{'|'.join(_UNIT_WORDS)})s?"
)


def worked_out(formula: str, values: Mapping[str, float]) -> float | None:
    """What the formula comes to; None where it has no finite value or is not arithmetic."""
    if len(formula) > LONGEST_FORMULA:
        return None
    names = {"pi": math.pi, **{_one_word(name): value for name, value in values.items()}}
    form = simpleeval.SimpleEval(operators=_OPERATORS, functions=_FUNCTIONS, names=names)
    try:
        result = float(form.eval(_one_word(formula).replace("^", "**")))
    except (simpleeval.InvalidExpression, SyntaxError, ArithmeticError, ValueError, TypeError):
        return None
    except (RecursionError, MemoryError):  # the parser's word for too deeply nested
        return None
    return result if math.isfinite(result) else None


def labels(formula: str) -> tuple[str, ...]:
    """The names that a formula uses; none if it is not arithmetic.

    They are those of givens, of parts (`a`), and of points of parts (`a.p2`).
    """
    try:
        tree = ast.parse(formula.replace("^", "**")[:LONGEST_FORMULA], mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ()
    points = {node.value: node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    names = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
    found = {f"{node.id}.{points[node]}" if node in points else node.id for node in names}
    return tuple(sorted(found - RESERVED))


def _one_word(formula: str) -> str:
    """The formula with the names of points as names that arithmetic may have."""
    return _POINT.sub(r"\1_of_\2", formula)


def unknown_in(unit: str) -> str:
    """The first name that is no unit, '' if all are known. Things may be counted: 'beats/min'."""
    for name in _NAME.findall(unit):
        usual = name in _ALSO_KNOWN or _USUAL.fullmatch(name)
        if not (usual or _counted(name) or defined(name)):
            return str(name)
    return ""


def _counted(name: str) -> bool:
    """Whether a name stands for things, and is neither a symbol nor a unit misspelt."""
    near = process.extractOne(name.lower(), _UNIT_WORDS, scorer=fuzz.ratio)
    return len(name) > SHORT_NAME and near[1] < NEAR_UNIT
