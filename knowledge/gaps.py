"""Gaps of a text, and the numbers put into them: `{{m}}`, and `{{= m * 4.18 | 3sf}}`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from knowledge.calculation import worked_out
from knowledge.signs import raised

MOST_FIGURES = 12  # what a calculation is good for
UNROUNDED = 6  # significant figures where the gap names none
PLAIN = range(-4, 6)  # powers of ten between which a number is written out

_GAP = re.compile(r"\{\{\s*(?P<sums>=?)\s*(?P<what>[^{}|]*?)\s*(?:\|\s*(?P<form>[^{}]*?)\s*)?\}\}")
_FORM = re.compile(r"([1-9]\d?)\s?sf|(\d)\s?dp")
_WORD = re.compile(r"(?<![\w.])[A-Za-z_]\w*")


class NoNumber(Exception):
    """No number can stand in a gap; the message says why, to the question's author."""


@dataclass(frozen=True, slots=True)
class Draw:
    """The numbers drawn for a question, by name: as they are typed, and as they are shown."""

    typed: Mapping[str, str] = field(default_factory=dict)
    shown: Mapping[str, str] = field(default_factory=dict)  # with the unit

    @property
    def values(self) -> dict[str, float]:
        """The numbers to calculate with."""
        return {name: float(typed) for name, typed in self.typed.items()}

    def __str__(self) -> str:
        return ", ".join(f"{name} = {shown}" for name, shown in self.shown.items())


def filled(text: str, draw: Draw) -> str:
    """The text with a number in each gap. Raises NoNumber."""
    return _GAP.sub(lambda gap: number(gap, draw), text)


def bracketed(text: str, draw: Draw) -> str:
    """Algebra with an unrounded number in brackets in each gap: (−2)^2. Raises NoNumber."""
    return _GAP.sub(lambda gap: f"({calculated(gap['what'], draw):.{MOST_FIGURES}g})", text)


def gaps(text: str) -> Iterator[re.Match[str]]:
    """The gaps of a text, in order."""
    return _GAP.finditer(text)


def number(gap: re.Match[str], draw: Draw) -> str:
    """What belongs into a gap. Raises NoNumber."""
    what, form = gap["what"], gap["form"]
    if not gap["sums"]:
        if what not in draw.shown:
            raise NoNumber(f'there is no given "{what}" for {gap[0]}')
        return draw.shown[what]
    if what in draw.typed and form is None:
        return signed(draw.typed[what])
    return _rounded(calculated(what, draw), form, gap[0])


def calculated(formula: str, draw: Draw) -> float:
    """What a formula over the givens comes to. Raises NoNumber."""
    value = worked_out(formula, draw.values)
    if value is None:
        raise NoNumber(f"{formula} cannot be calculated")
    return value


def numbered(formula: str, draw: Draw) -> str:
    """A formula with the numbers in place of the givens' names."""

    def put(word: re.Match[str]) -> str:
        typed = draw.typed.get(word[0], word[0])
        return f"({typed})" if typed.startswith("-") else typed

    return _WORD.sub(put, formula)


def signed(typed: str) -> str:
    """A number with a true minus."""
    return typed.replace("-", "−")


def _rounded(value: float, form: str | None, gap: str) -> str:
    if form is None:
        exact = Decimal(f"{value:.{UNROUNDED}g}").normalize()
        return _shown(exact)
    asked = _FORM.fullmatch(form)
    if asked is None or int(asked[1] or 1) > MOST_FIGURES:
        raise NoNumber(f"in {gap}, 3sf or 2dp should stand after the |, for example")
    exact = Decimal(f"{value:.{MOST_FIGURES}g}")  # binary fractions leave dust behind
    return _shown(_to_figures(exact, int(asked[1])) if asked[1] else _to_places(exact, asked[2]))


def _to_figures(exact: Decimal, figures: int) -> Decimal:
    if not exact:
        return Decimal(0)
    last = exact.adjusted() - figures + 1
    rounded = exact.quantize(Decimal(1).scaleb(last), ROUND_HALF_UP)
    if rounded.adjusted() > exact.adjusted():  # 9.99 became 10.0, a figure too many
        rounded = rounded.quantize(Decimal(1).scaleb(last + 1), ROUND_HALF_UP)
    return rounded


def _to_places(exact: Decimal, places: str) -> Decimal:
    if exact.adjusted() >= MOST_FIGURES:  # no calculation knows these decimals
        return exact
    return exact.quantize(Decimal(1).scaleb(-int(places)), ROUND_HALF_UP)


def _shown(value: Decimal) -> str:
    """A number as print has it: '−0.30', '1.2 × 10⁶'."""
    power = value.adjusted()
    if not value:
        return f"{abs(value):f}"
    if power in PLAIN:
        return signed(f"{value:f}")
    return f"{signed(f'{value.scaleb(-power):f}')} × 10{raised(power)}"
