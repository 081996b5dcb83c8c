"""Whether a learner's algebra earns a point: in any equivalent form, and not as one of a row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.algebra import (
    Relation,
    Side,
    equal,
    letters,
    read,
    relation,
    same,
    shaped,
    stretches,
)
from knowledge.algebra.tree import Name, Tree, names, value
from knowledge.content import Expression, Shape

_LONGEST_TEXT = 4_000  # characters that are read, from the end: the answer stands there
_MOST_CLAIMS = 12  # statements that are looked at, the last ones: more is a list, not working
_ROUNDED = 0.005  # of a number: so far off may the decimal be that it is said to come to
_LABEL = re.compile(r"([A-Za-zα-ω][\w'’′()/^]*)[\s$]*=?[\s$]*$")
_ARROW = re.compile(r"-+>|=+>|[→⇒⟹]")
_CONDITION = re.compile(r"\([^()\n]*[<>≤≥][^()\n]*\)")  # behind a formula: (n ≥ 1)
_GUESSES = re.compile(r"[ \t,;/|&?$.]*(?:(?:or|and|maybe|perhaps|else|either)[\s,;$]*)*")
_CONSTANT = re.compile(r"(?<![A-Za-z\\])[kK](?![A-Za-z])")  # as some write that of integration


@dataclass(frozen=True, slots=True)
class Judgement:
    """`quote` is what earns the point; '' if nothing does, and then `why` says what is amiss."""

    quote: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class _Claim:
    """Algebra that an answer states: `sides` are those that could be what is wanted.

    `label` is what it is said to be, 'f'(x)' or '' where nothing is said.
    """

    relation: Relation
    sides: tuple[Side, ...]
    start: int
    end: int
    label: str

    @property
    def is_working(self) -> bool:
        """Whether it is an equation about nothing in particular: a step."""
        return not self.label and len(self.relation.sides) > 1


def judged(answer: str, expression: Expression, *, told: str = "", asked: int = 1) -> Judgement:
    """Whether an answer states the expression.

    `told` is the question's own text: what is only copied from it earns nothing. `asked` is how
    many expressions the part asks for: of a longer row of different ones, none counts.
    """
    answer = answer[-_LONGEST_TEXT:]
    known = letters((expression.value, *expression.also))
    wanted = [relation(text, known) for text in (expression.value, *expression.also)]
    copied = list(_claims(told, known, wanted[0]))
    claims = [one for one in _claims(answer, known, wanted[0]) if not _copies(one, copied)]
    kept = _standing(answer, claims[-_MOST_CLAIMS:], asked)
    right = [claim for claim in claims if any(same(one, claim.relation) for one in wanted)]
    found = next((claim for claim in reversed(right) if claim in kept), None)
    if found is None:
        return Judgement("", _why(expression, claims, right))
    if not _in_form(found, wanted, expression.form):
        return Judgement("", f"equal to the accepted answer, but not {expression.form}")
    is_equation = len(wanted[0].sides) > 1
    start = found.start if is_equation else found.sides[0].start
    return Judgement(answer[start : found.end].strip(" =$"))


def _in_form(claim: _Claim, wanted: Sequence[Relation], form: Shape) -> bool:
    """Whether the expression, or a side of the equation, has the form; all are to be expanded."""
    if len(wanted[0].sides) == 1:
        targets = [side.tree for one in wanted for side in one.sides if side]
        return any(
            shaped(side.tree, form)
            for side in claim.sides
            if any(equal(target, side.tree) for target in targets)
        )
    enough = all if form == "expanded" else any
    return enough(shaped(side.tree, form) for side in claim.sides)


def _why(expression: Expression, claims: Sequence[_Claim], right: Sequence[_Claim]) -> str:
    if right:
        return "several answers are given: decide for one"
    if "=" in expression.value and not any(len(claim.relation.sides) > 1 for claim in claims):
        return "an equation is asked for, with both its sides"
    if not claims:
        return "no algebra that could be taken as your answer"
    return "your expression is not equal to the accepted one"


def _claims(text: str, known: frozenset[str], wanted: Relation) -> Iterator[_Claim]:
    """What a text states of the wanted kind: with letters or without, equation or expression."""
    of_letters = any(names(side.tree) for side in wanted.sides if side)
    bare = any(isinstance(side.tree, Name) for side in wanted.sides if side)
    readable = _ARROW.sub(lambda arrow: ";" * len(arrow[0]), text)
    readable = _CONDITION.sub(lambda condition: " " * len(condition[0]), readable)
    readable = _CONSTANT.sub("C", readable) if "C" in known else readable
    for stretch in stretches(readable, known):
        stated = read(stretch)
        sides = tuple(
            side
            for side in stated.sides
            if side
            and bool(names(side.tree)) == of_letters
            and (bare or not isinstance(side.tree, Name))
        )
        if sides:
            label = _LABEL.search(text[max(0, sides[0].start - 40) : sides[0].start])
            yield _Claim(
                stated,
                sides,
                stretch.tokens[0].start,
                stretch.tokens[-1].end,
                label[1].lower() if label and "=" in label[0] else "",
            )


def _copies(claim: _Claim, told: Sequence[_Claim]) -> bool:
    """Whether every side of a claim stands in the question as it is written there."""
    there = {side.tree for other in told for side in other.sides}
    return bool(there) and all(side.tree in there for side in claim.sides)


def _standing(answer: str, claims: Sequence[_Claim], asked: int) -> list[_Claim]:
    """The claims that a learner stands by: the last under each label, and none of a row."""
    kept: list[_Claim] = []
    for row in _rows(answer, claims):
        different: list[_Claim] = []
        for claim in row:
            if not any(_agree(claim, other) for other in different):
                different.append(claim)
        kept += row if len(different) <= asked else []
    return [
        claim
        for place, claim in enumerate(kept)
        if not _taken_back(claim, kept[place + 1 :], asked)
    ]


def _rows(answer: str, claims: Sequence[_Claim]) -> Iterator[list[_Claim]]:
    """Claims with nothing said between them but commas and 'or'."""
    row: list[_Claim] = []
    for claim in claims:
        if row and not _in_a_row(row[-1], claim, answer[row[-1].end : claim.start]):
            yield row
            row = []
        row.append(claim)
    if row:
        yield row


def _in_a_row(one: _Claim, other: _Claim, gap: str) -> bool:
    said = _without_label(gap).strip(" $")
    working = one.is_working or other.is_working  # such as 3x² − 4 = 0, x² = 4/3
    return bool(said and _GUESSES.fullmatch(said)) and (not working or "or" in said)


def _without_label(gap: str) -> str:
    return _LABEL.sub("", gap) if "=" in gap else gap


def _taken_back(claim: _Claim, later: Sequence[_Claim], asked: int) -> bool:
    """Whether so many different things are said later in the same place that it gives way."""
    if claim.is_working:
        return False
    rivals = [
        other
        for other in later
        if other.label == claim.label and not other.is_working and not _agree(claim, other)
    ]
    return len(rivals) >= asked


def _agree(one: _Claim, other: _Claim) -> bool:
    """Whether two claims say the same; a root and the decimal it comes to do."""
    return any(
        equal(a.tree, b.tree) or _rounds(a.tree, b.tree) for a in one.sides for b in other.sides
    )


def _rounds(one: Tree, other: Tree) -> bool:
    if names(one) or names(other):
        return False
    try:
        left, right = value(one, {}), value(other, {})
    except (ArithmeticError, ValueError):
        return False
    return abs(left - right) <= _ROUNDED * abs(left)
