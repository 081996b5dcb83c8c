"""What else a number may stand for: a loss of 4600, accounts' (4600), 500.000 dollars."""

from __future__ import annotations

import re

from bot.examiners import units
from bot.examiners.units import Unit
from knowledge.signs import MINUS

_FALLS = (
    r"(?:f[ae]ll(?:s|ing|en)?|dropp?(?:s|ed|ing)?|decreas(?:es?|ed|ing)|declin(?:es?|ed|ing)"
    r"|reduc(?:es?|ed|ing|tion)|shrank|shrinks?|shrunk|contract(?:s|ed|ion)|los[est]s?|loss(?:es)?"
    r"|deficits?|outflows?|overdrawn|overdraft|down|lower(?:ed)?)"
)
_BY = r"(?:\s+(?:by|of|is|was|a|an|the|about|around|roughly|approximately)\b|\s*[=:≈~])"
_FALLEN_BEFORE = re.compile(rf"\b{_FALLS}{_BY}{{0,3}}\s*$", re.IGNORECASE)
_FALLEN_BEHIND = re.compile(
    r"\s*(?:decrease|fall|drop|decline|reduction|contraction|loss|deficit|outflow|overdraft|lower"
    r"|less|fewer|down)\b",
    re.IGNORECASE,
)
_OPENED = re.compile(
    r"(?:\A|[\n=:≈~]|\b(?:is|was|be|of|gives|makes|flow|balance|profit|loss|deficit|npv))"
    r"\s*\(\s*\Z",
    re.IGNORECASE,
)
_OPTIONAL_SIGN = re.compile(rf"\(\s*[{MINUS}]\s*\)\s*\Z")  # (-)0.4
_WIDEST = 40  # characters before a number that may say it is a fall
_DOTTED = re.compile(r"[1-9]\d{0,2}\.\d{3}")


def below_zero(text: str, start: int, end: int) -> bool:
    """Whether a number without a sign, at `start` to `end`, may be meant as one below zero."""
    before = text[max(0, start - _WIDEST) : start]
    if _OPTIONAL_SIGN.search(before) or _FALLEN_BEFORE.search(before):
        return True
    in_brackets = _OPENED.search(before) and text[end : end + 4].lstrip().startswith(")")
    return bool(in_brackets or _FALLEN_BEHIND.match(text, end))


def thousands(digits: str, unit: Unit | None) -> bool:
    """Whether the point in a sum of money parts thousands, as many countries write: 500.000."""
    money = unit is not None and units.is_money(unit)
    return money and _DOTTED.fullmatch(digits) is not None
