"""Signs that stand for numbers: fractions of one sign, raised digits, and the dashes of a minus."""

from __future__ import annotations

VULGAR = {
    **{"½": 1 / 2, "⅓": 1 / 3, "⅔": 2 / 3, "¼": 1 / 4, "¾": 3 / 4, "⅕": 1 / 5, "⅖": 2 / 5},
    **{"⅗": 3 / 5, "⅘": 4 / 5, "⅙": 1 / 6, "⅚": 5 / 6, "⅛": 1 / 8, "⅜": 3 / 8, "⅝": 5 / 8},
    **{"⅞": 7 / 8},
}
RAISED_DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
MINUS = "-−–"

_LOWERED = str.maketrans(f"{RAISED_DIGITS}⁺⁻ⁿˣ{MINUS}", "0123456789+-nx---")
_RAISING = str.maketrans("0123456789-", f"{RAISED_DIGITS}⁻")


def lowered(raised: str) -> str:
    """A power as plain digits, letters and signs, whichever minus it has: '-2' for '⁻²'."""
    return raised.translate(_LOWERED)


def raised(power: int) -> str:
    """A whole power in raised digits: '⁻²' for -2."""
    return str(power).translate(_RAISING)
