"""From tokens to trees, with what students leave out: 2x, 3(x + 1), sin 2x, sin² x, √3, e^2."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.algebra.tokens import Stretch, Token, stretches
from knowledge.algebra.tree import INVERSE, Call, Name, Number, Operation, Tree
from knowledge.signs import VULGAR, lowered

_DEEPEST = 30  # brackets and functions within each other
_TOUCHED = ("number", "letter", "function", "frac", "(")  # multiplies without a sign for it
_POWER = re.compile(r"(?P<sign>[+-]?)(?P<digits>\d*)(?P<letter>[nx]?)(?<=[\dnx])")
_CONSTANTS = {"e": math.e, "i": 1j, "π": math.pi}


class NoAlgebra(Exception):
    """A text that should be algebra is not; the message quotes where it goes wrong."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of an equation, or an expression without any; from `start` to `end` in its text."""

    tree: Tree
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Relation:
    """The sides of `a = b = c`, in order; a side that cannot be read is None."""

    sides: tuple[Side | None, ...]


def relation(text: str, known: frozenset[str]) -> Relation:
    """A text that is algebra throughout. Raises NoAlgebra."""
    found = list(stretches(text, known))
    sides = read(found[0]).sides if len(found) == 1 else (None,)
    whole = len(found) == 1 and not (found[0].torn_left or found[0].torn_right)
    if not whole or None in sides:
        raise NoAlgebra(f'"{text}" cannot be read as algebra')
    return Relation(sides)


def read(stretch: Stretch, *, tight: bool = False) -> Relation:
    """The sides of a stretch. `tight`: what touches belongs together, so 1/2x is 1/(2x)."""
    sides: list[list[Token]] = [[]]
    for token in stretch.tokens:
        if token.kind == "=":
            sides.append([])
        else:
            sides[-1].append(token)
    read = [_side(side, tight) for side in sides]
    if stretch.torn_left:
        read[0] = None
    if stretch.torn_right:
        read[-1] = None
    return Relation(tuple(read))


def _side(tokens: Sequence[Token], tight: bool) -> Side | None:
    tokens = _balanced(tokens)
    if not tokens:
        return None
    try:
        tree = _Reader(tokens, tight).whole()
    except NoAlgebra:
        return None
    return Side(tree, tokens[0].start, tokens[-1].end)


def _balanced(tokens: Sequence[Token]) -> Sequence[Token]:
    """Without a bracket that was opened before the algebra, or is closed behind it."""
    surplus = sum((token.kind == "(") - (token.kind == ")") for token in tokens)
    if surplus == 1 and tokens[0].kind == "(":
        return tokens[1:]
    if surplus == -1 and tokens[-1].kind == ")":
        return tokens[:-1]
    return tokens


class _Reader:
    """Reads by recursive descent; a product without a sign binds like one with it."""

    def __init__(self, tokens: Sequence[Token], tight: bool) -> None:
        self._tokens = tokens
        self._tight = tight
        self._place = 0
        self._depth = 0

    def whole(self) -> Tree:
        tree = self._sum()
        if self._place < len(self._tokens):
            raise NoAlgebra(self._tokens[self._place].text)
        return tree

    def _next(self) -> str:
        return self._tokens[self._place].kind if self._place < len(self._tokens) else ""

    def _take(self, kind: str = "") -> Token:
        if not self._next() or (kind and self._next() != kind):
            raise NoAlgebra(f"{kind or 'more'} is missing")
        self._place += 1
        return self._tokens[self._place - 1]

    def _sum(self) -> Tree:
        self._deeper()
        tree = self._product()
        while self._next() in ("+", "-"):
            sign = self._take().kind
            tree = Operation(sign, tree, self._product())
        self._depth -= 1
        return tree

    def _deeper(self) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise NoAlgebra("too many brackets within each other")

    def _product(self) -> Tree:
        tree = self._signed()
        while True:
            if self._next() in ("*", "/"):
                sign = self._take().kind
                tree = Operation(sign, tree, self._divisor() if self._tight else self._signed())
            elif self._next() in _TOUCHED:
                tree = Operation("*", tree, self._power())
            else:
                return tree

    def _divisor(self) -> Tree:
        """All that touches behind a sign: 2x in 1/2x."""
        tree = self._signed()
        while self._next() in _TOUCHED and self._touches():
            tree = Operation("*", tree, self._power())
        return tree

    def _signed(self) -> Tree:
        minus = False
        while self._next() in ("+", "-"):
            minus ^= self._take().kind == "-"
        tree = self._power()
        return Operation("*", Number(-1), tree) if minus else tree

    def _power(self) -> Tree:
        return self._raised(self._atom())

    def _raised(self, base: Tree) -> Tree:
        while self._next() in ("raised", "^", "°"):
            token = self._take()
            if token.kind == "°":
                base = Operation("*", base, Number(math.pi / 180))
            elif token.kind == "raised":
                base = Operation("^", base, _exponent(token))
            elif base == Number(math.e):
                base = Operation("^", base, self._natural_exponent())
            else:
                base = Operation("^", base, self._exponent())
        return base

    def _natural_exponent(self) -> Tree:
        """All that touches in e^2x and e^-5k, as it is meant in chat."""
        tree = self._exponent()
        while self._next() in ("number", "letter") and self._touches():
            tree = Operation("*", tree, self._power())
        return tree

    def _touches(self) -> bool:
        return self._tokens[self._place - 1].end == self._tokens[self._place].start

    def _exponent(self) -> Tree:
        if self._next() in ("+", "-"):
            minus = self._take().kind == "-"
            tree = self._exponent()
            return Operation("*", Number(-1), tree) if minus else tree
        return self._power()

    def _atom(self) -> Tree:
        match self._next():
            case "number":
                text = self._take().text
                return Number(VULGAR[text] if text in VULGAR else float(text))
            case "letter":
                letter = self._take().text
                return Number(_CONSTANTS[letter]) if letter in _CONSTANTS else Name(letter)
            case "frac":
                self._take()
                return Operation("/", self._group(), self._group())
            case "function":
                return self._call(self._take().text)
            case _:
                return self._group()

    def _group(self) -> Tree:
        self._take("(")
        tree = self._sum()
        self._take(")")
        return tree

    def _call(self, function: str) -> Tree:
        self._deeper()
        base = self._base() if function == "log" else None
        power = self._own_power()
        if power == Number(-1) and function in INVERSE:
            function, power = INVERSE[function], None
        inner = self._group() if self._next() == "(" else self._argument(function)
        self._depth -= 1
        call: Tree = Call(function if base is None else "ln", inner)
        if base is not None:
            call = Operation("/", call, Call("ln", base))
        return call if power is None else Operation("^", call, power)

    def _base(self) -> Tree | None:
        """The base of a logarithm: log_2 8, log2(8)."""
        if self._next() == "_":
            self._take()
            return self._atom()
        follows = self._tokens[self._place + 1 : self._place + 2]
        attached = self._next() == "number" and follows and follows[0].kind in ("(", "letter")
        return self._atom() if attached and self._touches() else None

    def _own_power(self) -> Tree | None:
        """The power of a function between its name and what it is of: sin² x."""
        if self._next() == "raised":
            return _exponent(self._take())
        if self._next() == "^":
            self._take()
            return self._exponent() if self._next() in ("+", "-") else self._atom()
        return None

    def _argument(self, function: str) -> Tree:
        """What a function without brackets is of: all of 2x in sin 2x, only 3 in √3x."""
        if function == "sqrt":
            return self._atom()
        tree = self._signed()
        while self._next() in ("number", "letter") or self._is_part():
            sign = "/" if self._next() == "/" and self._take() else "*"
            tree = Operation(sign, tree, self._power())
        return tree

    def _is_part(self) -> bool:
        """Whether a fraction goes on, as in cos π/3; sin R / 9 and sin 35°/6 are divided whole."""
        behind = self._tokens[self._place + 1 : self._place + 2]
        fraction = self._next() == "/" and bool(behind) and behind[0].kind == "number"
        return fraction and self._touches() and self._tokens[self._place - 1].kind != "°"


def _exponent(token: Token) -> Tree:
    """A raised number or letter, or both: x², x⁻¹, 2ⁿ, e²ˣ."""
    match = _POWER.fullmatch(lowered(token.text))
    if match is None:
        raise NoAlgebra(token.text)
    number = Number(float(match["sign"] + (match["digits"] or "1")))
    return Operation("*", number, Name(match["letter"])) if match["letter"] else number
