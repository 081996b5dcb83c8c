"""A finance solver copied out: N = 24, I% = 4.5, PV = -12000, PMT = ?, and what is its result."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.examiners.quantities import Quantity

_FEWEST = 3  # lines of the solver that tell its list from a formula
_LINE = re.compile(
    r"(?<![A-Za-z/])(?P<name>PV|PMT|FV|N|I\s?%?|P/?Y|C/?Y)\s*[=:]\s*(?P<sought>\?)?", re.IGNORECASE
)
_SETTINGS = ("P/Y", "PY", "C/Y", "CY")  # how often a year: never a result
_WIDEST = 12  # characters of a line before its number


def result(
    text: str, found: Sequence[Quantity], told: frozenset[float]
) -> Sequence[Quantity] | None:
    """Which of the numbers found may be the answer of a text that lists the solver's lines.

    None where it is no such list, or cannot be told from its inputs: those are in the question,
    whose numbers without their signs are `told`. What is said behind the list is the answer; else
    the line that was left open, else the only one that is no input. A result's sign only says
    which way money flows, so it has both readings.
    """
    lines = list(_LINE.finditer(text))
    if len({_name(line) for line in lines}) < _FEWEST:
        return None
    named = [(_line(text, one), one) for one in found]
    last = max((one.end for name, one in named if name), default=0)
    if behind := [one for one in found if one.start >= last]:
        return behind
    open_lines = {_name(line) for line in lines if line["sought"]}
    new = [one for name, one in named if name in open_lines] or _new(named, told)
    return [replace(one, others=(-one.value,)) for one in new[-1:]] or None


def _new(named: Sequence[tuple[str, Quantity]], told: frozenset[float]) -> list[Quantity]:
    """The number that no question told; a number of payments is worked out on the way."""
    new = [
        (name, one)
        for name, one in named
        if name and name not in _SETTINGS and one.value and abs(one.value) not in told
    ]
    beside = [one for name, one in new if name != "N"] or [one for _, one in new]
    return beside if len(beside) == 1 else []


def _line(text: str, quantity: Quantity) -> str:
    """The line of the solver that a number stands in; '' if it stands in none."""
    begin = max(0, quantity.start - _WIDEST)
    before = list(_LINE.finditer(text, begin, quantity.start))
    if not before or text[before[-1].end() : quantity.start].strip(" $€£"):
        return ""
    return _name(before[-1])


def _name(line: re.Match[str]) -> str:
    return line["name"].upper().replace(" ", "").rstrip("%")
