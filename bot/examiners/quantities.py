"""Numbers as students write them, with their precision and unit, found in running text."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.examiners import readings, units
from bot.examiners.units import Unit
from knowledge.signs import MINUS, RAISED_DIGITS, VULGAR, lowered

_LONGEST_TEXT = 20_000  # characters that are read, from the end: the answer stands there
_LONGEST_NUMBER = 40  # digits; longer ones are noise, not an answer


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a text. `step` is the worth of its last digit, 0 for a fraction (it is exact).

    `figures` is the fewest and the most significant figures it may have: the zeros of 7200 count or
    not. `others` are what else it may be meant as: a comma may part thousands or decimals, and a
    loss of 4600 is -4600.
    """

    value: float
    step: float
    figures: tuple[int, int]
    unit: Unit | None
    start: int
    end: int
    others: tuple[float, ...] = ()


_EXPONENT = (
    rf"(?:\s?[x×*·⋅✕]\s{{0,8}}10(?:\s?(?:\^|\*\*)\s?[({{]?\s?(?P<raised>[+{MINUS}]?\d{{1,3}})[)}}]?"
    rf"|(?P<bare>[{MINUS}]\d{{1,3}})|(?P<small>[⁺⁻]?[{RAISED_DIGITS}]{{1,3}}))"
    rf"|[eE](?P<e>[+{MINUS}]?\d{{1,3}})(?![A-Za-z\d]))"
)
_NUMBER = re.compile(
    r"(?:(?<![A-Za-z0-9_.^⁰¹²³⁴-⁹])|(?<=\bln)|(?<=\blog))(?<![A-Za-z]-)(?<!\^[-−({])(?:"
    r"\\[dt]?frac\{(?P<above>\d{1,9})\}\{(?P<below>\d{1,9})\}"
    r"|(?P<mixed>\d{1,6})[^\S\n](?P<mixed_top>\d{1,6})/(?P<mixed_under>\d{1,6})(?![\d/.])"
    r"|(?P<top>\d{1,9})\s?/\s?(?P<under>\d{1,9})(?![\d/]|[.,]\d)"
    rf"|(?P<whole>\d{{0,6}})(?P<vulgar>[{''.join(VULGAR)}])"
    rf"|10(?:\^|\*\*)[({{]?(?P<power>[+{MINUS}]?\d{{1,3}})[)}}]?"
    rf"|10(?P<small_power>[⁺⁻]?[{RAISED_DIGITS}]{{1,3}})"
    r"|(?P<digits>\d{1,3}(?:[,'’\u00a0\u202f\u2009 ]\d{3})+(?!\d)(?:\.\d+)?"
    r"|\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}(?!\d)"
    r"|(?<!\d,)\d+,\d+(?!,?\d)|\d+(?:\.\d+)?|\.\d+)"
    rf"{_EXPONENT}?)(?!(?:st|nd|rd|th)\b)"
)
_MULTIPLIER = re.compile(
    r"\s?(thousand|million|billion|trillion|bn|mn|lakh|crore)\b", re.IGNORECASE
)
_SHORT = re.compile(r"(k)(?![A-Za-z/^])")  # behind 28, where things are counted
_SHORT_MONEY = re.compile(r"\s?([kmb])(?![A-Za-z/^²³⁻])", re.IGNORECASE)  # behind $28
_WORTH = {
    **{"thousand": 1e3, "k": 1e3, "lakh": 1e5, "million": 1e6, "mn": 1e6, "m": 1e6},
    **{"crore": 1e7, "billion": 1e9, "bn": 1e9, "b": 1e9, "trillion": 1e12},
}
_SIGNED = re.compile(
    rf"(?:(?<![\w)%\]])[{MINUS}]"
    rf"|(?:^|[=:(≈~]|\b(?:is|was|of|about|to|at))\s*[{MINUS}]\s"
    r"|\b(?:minus|negative)\s)$",
    re.IGNORECASE,
)
_BASE = re.compile(r"\b(?:per|out of|(?:for|in) every)\s+$", re.IGNORECASE)  # 32 per 1000
_TO_ONE = re.compile(r"(?P<change>\b(?:from|between)\s+)?[\d.,]+\s*(?::|\bto\b)\s*\Z")  # 1.5 : 1
_AND = re.compile(r"\s*(?:,|and|&|\+)?\s*", re.IGNORECASE)  # in 2 years and 3 months
_ENUMERATOR = re.compile(r"(?m)^[ \t]*\(?\d{1,2}[.):][ \t]+(?=\S)")
_LATEX = re.compile(r"\\(?:times|cdot|approx|text|mathrm|[,;! ])\{?")
_FORMULA = re.compile(r"\$([^$\n]{1,400})\$(?!\d)")
_MINUS_BEFORE = re.compile(rf"(?<![\w)%\]])[{MINUS}]\s?$")  # a currency's sign


def quantities(text: str, wanted: Unit) -> tuple[Quantity, ...]:
    """Every number in the text, in order, each with the unit behind it (None: no unit there)."""
    text, money = _paid(_plain(text))
    begin = max(0, len(text) - _LONGEST_TEXT)
    found: list[Quantity] = []
    listed = {range(mark.start(), mark.end()) for mark in _ENUMERATOR.finditer(text, begin)}
    for match in _NUMBER.finditer(text, begin):
        if any(match.start() in marker for marker in listed) and _followed(text, match.end()):
            continue
        if _BASE.search(text[max(0, match.start() - 12) : match.start()]):
            continue
        if wanted == Unit() and match[0] == "1" and _closes_a_ratio(text, match.start()):
            continue
        paid = money.get(match.start())
        number = _quantity(text, match, wanted, paid=paid is not None)
        if number is not None:
            number = _priced(text, number, paid, wanted)
            found.append(_read_again(text, match, number))
    return _added_up(text, found, wanted)


def _closes_a_ratio(text: str, place: int) -> bool:
    """Whether a 1 is that of 1.5 : 1, which says no more than 1.5; a fall from 2 to 1 does."""
    ratio = _TO_ONE.search(text[max(0, place - 30) : place])
    return ratio is not None and ratio["change"] is None


def _read_again(text: str, match: re.Match[str], number: Quantity) -> Quantity:
    """The number with what else it may be meant as."""
    others = number.others
    if match["digits"] and readings.thousands(match["digits"], number.unit):
        others = (*others, number.value * 1000)
    if number.value > 0 and readings.below_zero(text, match.start(), number.end):
        others = (*others, *(-one for one in (number.value, *others)))
    return replace(number, others=others)


def _added_up(text: str, found: Sequence[Quantity], wanted: Unit) -> tuple[Quantity, ...]:
    """The numbers, those of one time as one: 2 years and 3 months are 27 months."""
    whole: list[Quantity] = []
    for one in found:
        before = whole[-1] if whole else None
        if before and _AND.fullmatch(text[before.end : one.start]):
            worth = _finer(before.unit, one.unit, wanted)
            if worth:
                total = before.value * worth + one.value
                digits = len(str(round(abs(total / one.step)))) if one.step else 1
                whole[-1] = Quantity(
                    total, one.step, (digits, digits), one.unit, before.start, one.end
                )
                continue
        whole.append(one)
    return tuple(whole)


def _finer(coarse: Unit | None, fine: Unit | None, wanted: Unit) -> float | None:
    """How many of a finer unit of time make a coarser one; None if they are no such pair."""
    if coarse is None or fine is None or not units.is_a_time(wanted):
        return None
    worth = units.converted(1.0, coarse, fine)
    return worth if units.is_a_time(fine) and worth and worth > 1 else None


def _plain(text: str) -> str:
    """The text with LaTeX's signs as plain ones, every character still in its place."""
    text = units.flat(undressed(text.replace("⁄", "/")))
    return _LATEX.sub(lambda sign: _sign(sign[0]).ljust(len(sign[0])), text)


def undressed(text: str) -> str:
    """The text without the dollars around its formulas, every character in its place."""
    return _FORMULA.sub(r" \1 ", text)


def _paid(text: str) -> tuple[str, dict[int, re.Match[str]]]:
    """The text without the currencies before its numbers, and these by where the digits begin."""
    money = list(units.MONEY.finditer(text))
    bare = units.MONEY.sub(lambda sign: " " * len(sign[0]), text)
    return bare, {sign.end("gap"): sign for sign in money}


def _priced(text: str, number: Quantity, money: re.Match[str] | None, wanted: Unit) -> Quantity:
    """The number in its currency, without a unit that is none of what is asked.

    That is a time, where no rate is asked, and a currency, where no unit at all is.
    """
    if money is not None and (unit := units.paid(money["money"], number.unit)):
        number = replace(number, unit=unit, start=min(number.start, money.start()))
        before = _MINUS_BEFORE.search(text[: money.start()][-3:])
        if before and number.value > 0:
            turned = tuple(-other for other in number.others)
            start = money.start() - len(before[0])
            number = replace(number, value=-number.value, others=turned, start=start)
    unit = number.unit
    idle = unit is not None and (
        units.is_only_a_time(unit, wanted) or (wanted == Unit() and units.is_money(unit))
    )
    return replace(number, unit=None) if idle else number


def _sign(latex: str) -> str:
    return {"\\times": "×", "\\cdot": "·", "\\approx": "≈"}.get(latex, " ")


def _followed(text: str, place: int) -> bool:
    """Whether anything to be marked comes after a list's own number."""
    return any(character.isalnum() for character in text[place : place + 80])


def _quantity(text: str, match: re.Match[str], wanted: Unit, *, paid: bool) -> Quantity | None:
    if len(match[0]) > _LONGEST_NUMBER:
        return None
    value, other, step, figures = _read(match)
    end = match.end()
    if many := _many(text, end, counted=bool(wanted.words), paid=paid):
        times, end = _WORTH[many[1].lower()], many.end()
        value, step = value * times, step * times
        other = other if other is None else other * times
    if not math.isfinite(value) or (value and not math.isfinite(1 / value)):
        return None
    start, minus = match.start(), 1.0
    if signed := _SIGNED.search(text[max(0, start - 12) : start]):
        shift = max(0, start - 12)
        minus, start = -1.0, shift + _first_sign(signed)
    unit, end = units.read(text, end, wanted) or (None, end)
    turned = () if other is None else (minus * other,)
    return Quantity(minus * value, step, figures, unit, start, end, turned)


def _many(text: str, place: int, *, counted: bool, paid: bool) -> re.Match[str] | None:
    """The thousands or millions behind a number: 28k, $1.5m, 3 million."""
    many = _MULTIPLIER.match(text, place)
    if many is None and paid:
        many = _SHORT_MONEY.match(text, place)
    return many or (_SHORT.match(text, place) if counted else None)


def _first_sign(signed: re.Match[str]) -> int:
    """Where the minus itself begins, past the '=' or the word that let it be one."""
    where = re.search(rf"[{MINUS}]|minus|negative", signed[0], re.IGNORECASE)
    return signed.start() + (where.start() if where else 0)


def _read(match: re.Match[str]) -> tuple[float, float | None, float, tuple[int, int]]:
    """Value, second reading, step and figures of a matched number."""
    part = match.groupdict()
    if part["mixed"]:
        value = float(part["mixed"]) + _over(part["mixed_top"], part["mixed_under"])
        return value, None, 0.0, (1, 99)
    if part["above"]:
        return _over(part["above"], part["below"]), None, 0.0, (1, 99)
    if part["top"]:
        return _over(part["top"], part["under"]), None, 0.0, (1, 99)
    if part["vulgar"]:
        return float(part["whole"] or 0) + VULGAR[part["vulgar"]], None, 0.0, (1, 99)
    if power := part["power"] or part["small_power"]:
        value = _ten(_integer(power))
        return value, None, value, (1, 1)
    return _decimal(part["digits"], _exponent(part))


def _over(top: str, under: str) -> float:
    return float(top) / float(under) if float(under) else math.inf


def _exponent(part: dict[str, str]) -> int:
    written = part["raised"] or part["bare"] or part["small"] or part["e"] or "0"
    return _integer(written)


def _integer(written: str) -> int:
    return int(lowered(written))


def _ten(power: int) -> float:
    return 10.0**power if abs(power) <= 300 else math.inf  # noqa: PLR2004 - the end of floats


def _decimal(digits: str, power: int) -> tuple[float, float | None, float, tuple[int, int]]:
    """A number in digits. '1,234' is a thousand or one and a bit: both readings are kept."""
    plain = re.sub(r"(?<=\d)['’\u00a0\u202f\u2009 ](?=\d)", "", digits)
    other = None
    if re.fullmatch(r"[1-9]\d{0,2},\d{3}", plain):
        other = float(plain.replace(",", ".")) * _ten(power)
    plain = _with_point(plain)
    whole, _, places = plain.partition(".")
    figures = len((whole + places).lstrip("0")) or 1
    fewest = figures if places else len(whole.strip("0")) or 1
    return float(plain) * _ten(power), other, _ten(power - len(places)), (fewest, figures)


def _with_point(digits: str) -> str:
    """The digits with a decimal point and nothing between thousands."""
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", digits) and not digits.startswith("0"):
        return digits.replace(",", "")
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}", digits):
        return digits.replace(".", "").replace(",", ".")
    return digits.replace(",", ".")
