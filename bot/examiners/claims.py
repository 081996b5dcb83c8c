"""The algebra that an answer states, and what of it the learner stands by."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from knowledge.algebra import Relation, Side, equal, read, same, stretches
from knowledge.algebra.tree import Name, Tree, names, value

_ROUNDED = 0.005  # of a number: so far off may the decimal be that it is said to come to
_LABEL = re.compile(r"([A-Za-zα-ω][\w'’′()/^]*)[\s$]*=?[\s$]*$")
_OR = re.compile(r"\bor\b|\bmaybe\b|\bperhaps\b|[/|]")
_GUESSES = re.compile(r"[ \t,;/|&?$.]*(?:(?:or|and|maybe|perhaps|else|either)[\s,;$]*)*")
_CONSTANT = re.compile(r"(?<![A-Za-z\\])[kK](?![A-Za-z])")  # as some write that of integration
_ARROW = re.compile(r"-+>|=+>|[→⇒⟹]")
_CONDITION = re.compile(  # behind a formula: (n ≥ 1), (30 degrees), (30°)
    r"\((?:[^()\n]*(?:[<>≤≥]|\b(?:deg|rad))[^()\n]*|\s*-?[\d.]+\s*°\s*)\)"
)
_MODULUS = re.compile(r"(?<=ln)(\s*)\|([^|\n]{1,60})\||(?<=log)(\s*)\|([^|\n]{1,60})\|")
_LIMIT = r"\s?\{?[-−\w.π/]{1,8}\}?"
_LIMITS = re.compile(rf"(?<=[\])])\s?_{_LIMIT}\s?\^{_LIMIT}")  # behind an integral: [x²]_0^6


@dataclass(frozen=True, slots=True)
class Claim:
    """Algebra that an answer states: `sides` are those that could be what is wanted.

    `whole`: an equation is wanted, so it counts as a whole and not by its sides.

    `tight` is its other reading, in which 1/2x is 1/(2x). `label` is what it is said to be,
    "f'(x)" or '' where nothing is said.
    """

    relation: Relation
    tight: Relation
    sides: tuple[Side, ...]
    start: int
    end: int
    label: str
    whole: bool

    @property
    def is_working(self) -> bool:
        """Whether it is an equation about nothing in particular: a step."""
        return not self.label and len(self.relation.sides) > 1


def claims(text: str, known: frozenset[str], wanted: Relation) -> Iterator[Claim]:
    """What a text states of the wanted kind: with letters or without, equation or expression."""
    of_letters = any(names(side.tree) for side in wanted.sides if side)
    bare = any(isinstance(side.tree, Name) for side in wanted.sides if side)
    for stretch in stretches(_readable(text, known), known):
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
            yield Claim(
                stated,
                read(stretch, tight=True),
                sides,
                stretch.tokens[0].start,
                stretch.tokens[-1].end,
                label[1].lower() if label and "=" in label[0] else "",
                whole=len(wanted.sides) > 1,
            )


def _readable(text: str, known: frozenset[str]) -> str:
    """The text without what is no algebra, every character of the rest in its place."""
    text = _ARROW.sub(lambda arrow: ";" * len(arrow[0]), text)
    for aside in (_CONDITION, _LIMITS):
        text = aside.sub(lambda found: " " * len(found[0]), text)
    text = _MODULUS.sub(lambda bars: bars[0].replace("|", "(", 1).replace("|", ")", 1), text)
    return _CONSTANT.sub("C", text) if "C" in known else text


def copies(claim: Claim, told: Iterable[Claim]) -> bool:
    """Whether every side of a claim stands in the question as it is written there."""
    there = {side.tree for other in told for side in other.relation.sides if side}
    return bool(there) and all(side.tree in there for side in claim.relation.sides if side)


def standing(answer: str, stated: Sequence[Claim], asked: int) -> list[Claim]:
    """The claims that a learner stands by: the last under each label, and none of a row.

    As many as are asked for may stand in a row; but of expressions joined by 'or', which are no
    numbers, one.
    """
    kept: list[Claim] = []
    for row in _rows(answer, stated):
        hedged = bool(names(row[0].sides[0].tree)) and _hedged(answer, row)
        if len(_different(row)) <= (1 if hedged else asked):
            kept += row
    return [
        claim
        for place, claim in enumerate(kept)
        if not _taken_back(claim, kept[place + 1 :], asked)
    ]


def _different(row: Sequence[Claim]) -> list[Claim]:
    different: list[Claim] = []
    for claim in row:
        if not any(_agree(claim, other) for other in different):
            different.append(claim)
    return different


def _hedged(answer: str, row: Sequence[Claim]) -> bool:
    gaps = (_gap(answer, one, other) for one, other in pairwise(row))
    return any(_OR.search(gap) for gap in gaps)


def _rows(answer: str, stated: Sequence[Claim]) -> Iterator[list[Claim]]:
    """Claims with nothing said between them but commas and 'or'."""
    row: list[Claim] = []
    for claim in stated:
        if row and not _in_a_row(row[-1], claim, _gap(answer, row[-1], claim)):
            yield row
            row = []
        row.append(claim)
    if row:
        yield row


def _gap(answer: str, one: Claim, other: Claim) -> str:
    """What is said between two claims, without the label of the second."""
    gap = answer[one.end : other.sides[0].start]
    return (_LABEL.sub("", gap) if "=" in gap else gap).strip(" $")


def _in_a_row(one: Claim, other: Claim, gap: str) -> bool:
    # steps such as 3x² − 4 = 0, x² = 4/3 stand side by side; y = 2x, y = 3x are rivals
    working = (one.is_working or other.is_working) and not _of_the_same(one, other)
    return bool(gap and _GUESSES.fullmatch(gap)) and (not working or "or" in gap)


def _of_the_same(one: Claim, other: Claim) -> bool:
    """Whether two equations say what the same thing is."""
    first, second = one.relation.sides[0], other.relation.sides[0]
    return first is not None and second is not None and first.tree == second.tree


def _taken_back(claim: Claim, later: Sequence[Claim], asked: int) -> bool:
    """Whether so many different things are said later in the same place that it gives way."""
    if claim.is_working:
        return False
    rivals = [
        other
        for other in later
        if other.label == claim.label and not other.is_working and not _agree(claim, other)
    ]
    return len(rivals) >= asked


def _agree(one: Claim, other: Claim) -> bool:
    if one.whole:
        return same(one.relation, other.relation)
    return any(agree(a.tree, b.tree) for a in one.sides for b in other.sides)


def agree(one: Tree, other: Tree) -> bool:
    """Whether two trees say the same; a root and the decimal that it comes to do."""
    if equal(one, other):
        return True
    if names(one) or names(other):
        return False
    try:
        left, right = value(one, {}), value(other, {})
    except (ArithmeticError, ValueError):
        return False
    return abs(left - right) <= _ROUNDED * abs(left)
