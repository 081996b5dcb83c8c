"""Whether a learner's number earns a numeric point: value, unit, precision and sign."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace

from bot.examiners import surds, units
from bot.examiners.quantities import Quantity, quantities
from bot.examiners.units import Unit
from knowledge.content import Numeric

_SLACK = 1e-9  # of the value: what binary fractions cost
_EXACT = 1e-5  # of a value that was typed as a decimal: so near is an exact number to it
_ROUNDED = 2  # figures from which a rounded answer counts, where the scheme names none
_MANY = 2  # more numbers than this in a row are guesses, not an answer

_ANSWER = re.compile(
    r"\b(?:final\s+)?(?:answer|ans|result)\b(?:\s+(?:is|was))?\s*[:=→]?\s*(?:about|approx\w*\.?|[~≈])?\s*$",
    re.IGNORECASE,
)
_EQUALS = re.compile(r"(?:[=≈→⇒]|->)\s*(?:about|approx\w*\.?|~|±|\$|€|£)?\s*$", re.IGNORECASE)
_STATED = re.compile(r"(?:[=≈→⇒:]|->|\b(?:is|are|was|be|gives?|get|got|makes?|equals?))"
                     r"\s*(?:about|approx\w*\.?|roughly|~|\$|€|£)?\s*$", re.IGNORECASE)  # fmt: skip
_TERM = re.compile(
    r"[\w)]\Z|(?<!\A)(?<!\n)[\d*/+\-−–^][ \t]*\Z"
    r"|(?:sin|cos|tan|log|ln)[ \t]*\Z"
)  # then a letter is part of a sum
_SO = re.compile(
    r"\b(?:so|therefore|hence|thus|rounds? to|rounded to|means)\s+"
    r"(?:[a-z]\s*(?:=|is)\s*|(?:[A-Za-z'’]+\s+){1,3})?$",
    re.IGNORECASE,
)
_LONGEST_CHAIN = 80  # characters between an unknown and what it is found to be
_UNKNOWN = re.compile(  # a letter, and sums between it and its value
    r"(?<![^\W\d_])([^\W\d_])[_\d₁₂₃]{0,2}(?:-value)?\s*(?:=|≈|\bis\b)"
    r"(?:(?:[-\d\s.+−–*/×·^()√π]|sin|cos|tan|ln|log|sqrt|pi){1,40}[=≈])?\s*[±$]?\s*$"
)
_REFUSED = re.compile(  # behind a number that its writer does not stand by
    r"\s*[(\[-]?\s*(?:which is |is |so )?(?:impossible|reject|not (?:valid|possible|allowed)"
    r"|no solutions?|invalid|extraneous|discard)", re.IGNORECASE)  # fmt: skip
_GIVEN = re.compile(  # before a number that is the case, not the answer
    r"\b(?:when|if|where|for)\s+[A-Za-z]\s*=\s*$", re.IGNORECASE)  # fmt: skip
_COEFFICIENT = re.compile(r"[A-Za-zπ√(]")  # behind the 2 of 2p
_COMMA = re.compile(r"(?<=\d),(?=[-−]?\d)")
_CORRECTION = re.compile(
    r"\b(?:no wait|wait|sorry|actually|i mean|correction|scratch that|oops|should be)\b",
    re.IGNORECASE,
)
_BETWEEN_GUESSES = re.compile(
    r"[\s,;/|&?]*(?:(?:or|and|maybe|perhaps|else|either)[\s,;]*)*", re.IGNORECASE
)
_OPERATOR = re.compile(r"\s*[-+−–*/x×·÷^]\s*[\d(.]")  # behind a number that is worked with
_OR = re.compile(r"\bor\b|/|\|", re.IGNORECASE)


def final(text: str, numeric: Numeric) -> Quantity | None:
    """The number that the text gives as its answer; None if there is none, or a row of guesses.

    It is the one behind 'answer:', else behind the last '=', else the last of the right kind. The
    value asked for plays no part in the choice: nobody earns a mark by listing numbers.
    """
    wanted = units.unit(numeric.unit)
    found = _after_correction(text, _numbers(text, numeric))
    found = [one for one in found if not _is_given(text, one)] or found
    if not found:
        return None
    answer = _pick(text, found, wanted)
    return None if _is_guess(text, found, answer, _MANY) else answer


def solutions(text: str, numeric: Numeric, asked: int) -> tuple[Quantity, ...]:
    """What a text says the number's unknown is, where it has `asked` values.

    All numbers of a row count ("x = 2 or −3", "±2"), but none where more are given than there are.
    Where the text names no unknown at all, the last row is taken.
    """
    found = _solutions(text, numeric)
    if asked > 1 and len({one.value for one in found}) != asked:
        apart = _solutions(_COMMA.sub(";", text), numeric)  # -1,7 are two numbers, too
        found = apart if len({one.value for one in apart}) == asked else found
    return found if len({one.value for one in found}) <= asked else ()


def _solutions(text: str, numeric: Numeric) -> tuple[Quantity, ...]:
    found = _after_correction(text, _numbers(text, numeric))
    said = [(_unknown(text, one), one) for one in found]
    names = {name for name, _ in said} - {""}
    wanted = _called(numeric.unknown, names)
    heads = [one for name, one in said if name == wanted] if names else list(found[-1:])
    row = [one for head in heads for one in _row(text, found, head)[0]]
    kept = [one for name, one in said if one in row and name in ("", wanted)]
    return (*kept, *(replace(one, value=-one.value) for one in kept if _is_both(text, one)))


def _called(unknown: str, names: set[str]) -> str:
    """What a learner calls the unknown: a Greek letter is hard to type, so any one will do."""
    return next(iter(names)) if len(names) == 1 and not unknown.isascii() else unknown


def _unknown(text: str, quantity: Quantity) -> str:
    """The letter that a number is said to be: x in "x = 2" and "x = 6/3 = 2"; '' if none is."""
    begin = max(0, quantity.start - _LONGEST_CHAIN)
    match = _UNKNOWN.search(text[begin : quantity.start])
    if match is None or _OPERATOR.match(text, quantity.end):
        return ""
    if quantity.unit is None and _COEFFICIENT.match(text, quantity.end):
        return ""
    return "" if _TERM.search(text[: begin + match.start()]) else match[1]


def _is_given(text: str, quantity: Quantity) -> bool:
    return bool(_GIVEN.search(text[max(0, quantity.start - 16) : quantity.start]))


def _is_both(text: str, quantity: Quantity) -> bool:
    return text[: quantity.start].rstrip().endswith("±")


def stated(text: str, numeric: Numeric, asked: int) -> tuple[Quantity, ...]:
    """The results that a text states, where `asked` numbers are asked of it; guesses left out."""
    wanted = units.unit(numeric.unit)
    every = _numbers(text, numeric)
    found = [one for one in every if not _OPERATOR.match(text, one.end)] or every
    results = [one for one in found if _STATED.search(text[max(0, one.start - 40) : one.start])]
    bare = not numeric.unit_required  # then a number without a unit may be a step of the working
    kept = results or [
        one for one in found if _measures(one, wanted) or (bare and one.unit is None)
    ]
    fair = [one for one in kept if not _is_guess(text, every, one, max(_MANY, asked))]
    return tuple(fair[-(2 * asked + 2) :])


def fault(quantity: Quantity, numeric: Numeric, value: float | None = None) -> str:
    """Why a number does not earn the point, in a sentence; '' if it does.

    `value` stands in for the scheme's own where an earlier error is followed through.
    """
    wanted = units.unit(numeric.unit)
    target = numeric.value if value is None else value
    readings = [one for one in (quantity.value, quantity.other) if one is not None]
    faults = [_fault(one, quantity, numeric, target, wanted) for one in readings]
    return "" if "" in faults else faults[0]


def in_unit_of(quantity: Quantity, numeric: Numeric) -> float | None:
    """The number in the unit of a point; one without a unit is taken to be in it."""
    wanted = units.unit(numeric.unit)
    return (
        quantity.value
        if quantity.unit is None
        else units.converted(quantity.value, quantity.unit, wanted)
    )


def _numbers(text: str, numeric: Numeric) -> Sequence[Quantity]:
    """The numbers of a text, those left exact whole: √3/2 is neither 3 nor 2.

    Where a short decimal would do, an exact form is a sum not worked out, and no number at all.
    """
    wanted = units.unit(numeric.unit)
    whole = [(one, surds.in_place(one, text, wanted)) for one in quantities(text, wanted)]
    allowed = surds.needs_one(numeric.value)
    found = dict.fromkeys(exact for one, exact in whole if allowed or one is exact)
    return tuple(one for one in found if not _REFUSED.match(text, one.end))


def _after_correction(text: str, found: Sequence[Quantity]) -> Sequence[Quantity]:
    """Only what follows the last correction, if a number follows it at all."""
    places = [match.end() for match in _CORRECTION.finditer(text)]
    later = [one for one in found if places and one.start >= places[-1]]
    return later or found


def _pick(text: str, found: Sequence[Quantity], wanted: Unit) -> Quantity:
    named = [one for one in found if _ANSWER.search(text[max(0, one.start - 40) : one.start])]
    if named:
        return named[-1]
    last = found[-1]
    concludes = _SO.search(text[max(0, last.start - 40) : last.start])
    if concludes and (_measures(last, wanted) or last.unit is None):
        return last
    fitting = [one for one in found if _measures(one, wanted)]
    equal = [one for one in found if _EQUALS.search(text[max(0, one.start - 24) : one.start])]
    if equal and (_measures(equal[-1], wanted) or equal[-1].unit is None or not fitting):
        return equal[-1]
    return (fitting or found)[-1]


def _measures(quantity: Quantity, wanted: Unit) -> bool:
    """Whether a number has a unit that measures what is asked for."""
    if quantity.unit is None:
        return wanted == Unit()
    return units.converted(1.0, quantity.unit, wanted) is not None


def _is_guess(text: str, found: Sequence[Quantity], answer: Quantity, most: int) -> bool:
    """Whether the number stands in a row of several with nothing said between them."""
    row, hedged = _row(text, found, answer)
    different = {one.value for one in row}
    return len(different) > most or (hedged and len(different) > 1 and most == _MANY)


def _row(text: str, found: Sequence[Quantity], answer: Quantity) -> tuple[Sequence[Quantity], bool]:
    """The numbers around one with nothing said between them, and whether an 'or' is."""
    place = next(index for index, one in enumerate(found) if one == answer)
    first, last, hedged = place, place, False
    while first > 0 and _BETWEEN_GUESSES.fullmatch(
        gap := text[found[first - 1].end : found[first].start]
    ):
        hedged = hedged or bool(_OR.search(gap))
        first -= 1
    while (
        last + 1 < len(found)
        and _BETWEEN_GUESSES.fullmatch(gap := text[found[last].end : found[last + 1].start])
        and (_OR.search(gap) or not _OPERATOR.match(text, found[last + 1].end))
    ):
        hedged = hedged or bool(_OR.search(gap))
        last += 1
    return found[first : last + 1], hedged


def _fault(value: float, quantity: Quantity, numeric: Numeric, target: float, wanted: Unit) -> str:
    unit = quantity.unit
    if unit is None:
        if wanted != Unit() and numeric.unit_required:
            return f"the unit is missing ({numeric.unit})"
        scale, turned = 1.0, value
    else:
        there = units.converted(value, unit, wanted)
        if there is None:
            return "the unit does not measure what is asked" + (
                f" ({numeric.unit})" if numeric.unit else ""
            )
        scale, turned = (abs(there / value) if value else 1.0), there
    if not _near(turned, quantity.step * scale, quantity.figures, numeric, target):
        return _off(turned, target)
    return _figures(quantity, numeric)


def _near(
    value: float, step: float, figures: tuple[int, int], numeric: Numeric, target: float
) -> bool:
    off, slack = abs(value - target), _SLACK * max(abs(value), abs(target))
    if off <= slack or (not step and off <= _EXACT * abs(target)):
        return True
    if numeric.tolerance is not None and off <= numeric.tolerance + slack:
        return True
    percent = numeric.tolerance_percent
    if percent is not None and off <= abs(target) * percent / 100 + slack:
        return True
    if numeric.tolerance is not None or percent is not None:
        return False
    fewest, most = figures
    enough = max(fewest, numeric.significant_figures or _ROUNDED)
    if most < enough:
        return False
    coarse = step * 10.0 ** (most - enough)  # the zeros of 3510 may only hold its place
    return off <= coarse / 2 + slack


def _off(value: float, target: float) -> str:
    """What is wrong with a value, where its size tells."""
    if value and math.isclose(value, -target, rel_tol=0.02):
        return "the sign is wrong"
    if value * target > 0:
        tens = math.log10(value / target)
        if round(tens) and math.isclose(tens, round(tens), abs_tol=0.005):
            return "the power of ten is wrong"
    return "your final number is not the accepted value"


def _figures(quantity: Quantity, numeric: Numeric) -> str:
    """A number may have one significant figure more or fewer than the scheme's."""
    wanted = numeric.significant_figures
    fewest, most = quantity.figures
    if wanted is None or (fewest <= wanted + 1 and most >= wanted - 1):
        return ""
    return f"right, but give it to {wanted} significant figures"
