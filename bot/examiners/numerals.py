"""Which numbers of a learner's text are its answer, and which only lead there."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from bot.examiners import finance, labels, surds, units
from bot.examiners.quantities import Quantity, quantities, undressed
from bot.examiners.tolerances import SLACK
from bot.examiners.units import Unit
from knowledge.content import Numeric

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
    r"(?:(?:[-\d\s.+−–*/×·^()√π±]|sin|cos|tan|ln|log|sqrt|pi){1,40}[=≈])?\s*[±$]?\s*$"
)
_ANOTHER = re.compile(  # before a letter: what another one is, and no factor of it
    r"(?<![^\W\d_])([^\W\d_])\s*=\s*[-−–]?[\d.]+\s?°?[ \t]+\Z"
)
_REFUSED = re.compile(  # behind a number that its writer does not stand by
    r"\s*[(\[-]?\s*(?:which is |is |so )?(?:impossible|not (?:valid|possible|allowed)"
    r"|no solutions?|invalid|extraneous)"
    r"|\s*[(\[,;-]?\s*(?:which |(?:so |and |but )?(?:i |we )?)?(?:is |was |are )?"
    r"(?:reject|discard)(?:ed|s)?\b(?=\s*(?:\Z|[\n)\].,;!]|since|because|as\b|bc\b|cos\b|it\b"
    r"|this\b|[A-Za-z]\s?[<>≤≥]))", re.IGNORECASE)  # fmt: skip
_REFUSING = re.compile(  # before such a number
    r"\b(?:reject|discard|rule out|ruling out)(?:ed|s|ing)?\s+(?:the\s+)?"
    r"(?:(?:root|solution|value|answer)\s+)?(?:of\s+)?(?:[A-Za-z]\s*=\s*)?$",
    re.IGNORECASE,
)
_NEGATIVE_REFUSED = re.compile(
    r"\b(?:reject|discard)(?:ed|s|ing)?\s+(?:the\s+)?negative\b", re.IGNORECASE
)
_WORKED_OUT = re.compile(  # between a number and the same one, worked out
    r"\s*(?:[=≈(→]|->|\\approx|or about)\s*(?:[A-Za-z]\s*[=≈]\s*)?"
    r"(?:about|approx\w*\.?|~)?\s*[±$]?\s*"
)
_IN_DEGREES = re.compile(r"\(\s*[-−–]?[\d.]+\s*(?:°|º|deg\w*)\s*\)")  # beside the same angle
_REASON = re.compile(  # between an answer and a number that only explains it
    r"\b(?:because|bc|since|as|from|of|with|when|if|given|each|for|out)\b", re.IGNORECASE
)
_PAIR = re.compile(r"(?<=[(,])\s*[-−–]?\d+(?:\.\d+)?(?P<comma>,)(?=\s*[-−–]?\d+(?:\.\d+)?\s*[,)])")
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
_OPERATOR = re.compile(
    r"\s*(?:[-+−–*/x×·÷^]\s*[\d(.]|±\s*[\d(.√])"
)  # behind a number that is worked with
_OR = re.compile(r"\bor\b|/|\|", re.IGNORECASE)


def final(text: str, numeric: Numeric, told: frozenset[float] = frozenset()) -> Quantity | None:
    """The number that the text gives as its answer; None if there is none, or a row of guesses.

    It is the one behind 'answer:', else behind the last '=', else the last of the right kind. The
    value asked for plays no part in the choice: nobody earns a mark by listing numbers. `told` are
    the question's own numbers, by which the inputs of a finance solver are known.
    """
    wanted = units.unit(numeric.unit)
    found = _after_correction(text, _numbers(text, numeric, wherever=True))
    found = [one for one in found if not _is_given(text, one)] or found
    found = finance.result(text, found, told) or found
    if not found:
        return None
    answer = _pick(text, found, wanted)
    return None if _is_guess(text, found, answer, _MANY) else answer


def solutions(text: str, numeric: Numeric, letters: Sequence[str]) -> tuple[Quantity, ...]:
    """What a text says the number's unknown is; `letters` are those of all numbers asked for.

    All numbers of a row count ("x = 2 or −3", "±2"), but none where more are given than there are.
    A number and its decimal ("26/3 = 8.67") are one. Where the text names no unknown at all, the
    last row is taken.
    """
    text = undressed(text)
    asked = letters.count(numeric.unknown)
    found, count = _solutions(text, numeric, letters)
    if asked > 1 and count != asked:
        apart, many = _solutions(_COMMA.sub(";", text), numeric, letters)  # -1,7 are two, too
        found, count = (apart, many) if many == asked else (found, count)
    if count > asked:
        found, count = _solutions(text, numeric, letters, wherever=True)
    return found if count <= asked else ()


def _solutions(
    text: str, numeric: Numeric, letters: Sequence[str], *, wherever: bool = False
) -> tuple[tuple[Quantity, ...], int]:
    """The solutions that are said, and how many different ones they are."""
    axes = list(dict.fromkeys(letters))
    if len(axes) > 1:
        text = _pairs_apart(text)
    found = _after_correction(text, _numbers(text, numeric, wherever=wherever))
    pairs = _coordinates(text, found, axes)
    said = [(pairs.get(one.start) or _unknown(text, one, letters), one) for one in found]
    names = {name for name, _ in said} - {""}
    wanted = _called(numeric.unknown, names)
    heads = [one for name, one in said if name == wanted] if names else list(found[-1:])
    row = [one for head in heads for one in _row(text, found, head)[0]]
    kept = [one for name, one in said if one in row and name in ("", wanted)]
    every = (*kept, *(replace(one, value=-one.value) for one in kept if _is_both(text, one)))
    again = _said_again(text, found)
    return every, len({one.value for one in every if one.start not in again})


def _coordinates(text: str, found: Sequence[Quantity], axes: Sequence[str]) -> Mapping[int, str]:
    """The letters of the numbers in (2, -3), where a number of each of the letters is asked."""
    if len(axes) < 2 or "" in axes:  # noqa: PLR2004 - a pair
        return {}
    return labels.coordinates(text, found, sorted(axes) if set(axes) <= set("xyz") else axes)


def _pairs_apart(text: str) -> str:
    """The text with (2;3) for (2,3), which is no 2.3 in brackets where two numbers are asked."""
    return _PAIR.sub(lambda pair: pair[0].replace(",", ";"), text)


def _said_again(text: str, found: Sequence[Quantity]) -> frozenset[int]:
    """Where the numbers begin that only work out the one before: 26/3 = 8.67, π/3 = 60°."""
    return frozenset(
        other.start
        for one, other in pairwise(found)
        if _WORKED_OUT.fullmatch(text[one.end : other.start]) and _agree(one, other)
    )


def _agree(one: Quantity, other: Quantity) -> bool:
    """Whether two numbers are the same as far as the coarser of them tells."""
    first, second = _turn(one), _turn(other)
    coarse = max(one.step * first, other.step * second)
    off = abs(one.value * first - other.value * second)
    return off <= coarse + SLACK * abs(one.value * first)


def _turn(quantity: Quantity) -> float:
    """What a number is to be multiplied by, so that angles are in radians."""
    return math.radians(1) if quantity.unit and units.is_in_degrees(quantity.unit) else 1.0


def _called(unknown: str, names: set[str]) -> str:
    """What a learner calls the unknown: a Greek letter is hard to type, so any one will do."""
    return next(iter(names)) if len(names) == 1 and not unknown.isascii() else unknown


def _unknown(text: str, quantity: Quantity, letters: Sequence[str]) -> str:
    """The letter that a number is said to be: x in "x = 2" and "x = 6/3 = 2"; '' if none is.

    In "p = 3 q = 5" the 3 is no factor of q where both are asked.
    """
    begin = max(0, quantity.start - _LONGEST_CHAIN)
    match = _UNKNOWN.search(text[begin : quantity.start])
    if match is None or _OPERATOR.match(text, quantity.end):
        return ""
    if quantity.unit is None and _COEFFICIENT.match(text, quantity.end):
        return ""
    before = text[: begin + match.start()]
    another = _ANOTHER.search(before)
    apart = another and another[1] != match[1] and {another[1], match[1]} <= set(letters)
    return match[1] if apart or not _TERM.search(before) else ""


def _is_given(text: str, quantity: Quantity) -> bool:
    return bool(_GIVEN.search(text[max(0, quantity.start - 16) : quantity.start]))


def _is_both(text: str, quantity: Quantity) -> bool:
    return text[: quantity.start].rstrip().endswith("±")


def stated(text: str, numeric: Numeric, asked: int) -> tuple[Quantity, ...]:
    """The results that a text states, where `asked` numbers are asked of it; guesses left out."""
    wanted = units.unit(numeric.unit)
    text = _pairs_apart(text) if asked > 1 else text
    every = _numbers(text, numeric)
    found = [one for one in every if not _OPERATOR.match(text, one.end)] or every
    results = [one for one in found if _STATED.search(text[max(0, one.start - 40) : one.start])]
    bare = not numeric.unit_required  # then a number without a unit may be a step of the working
    kept = results or [
        one for one in found if _measures(one, wanted) or (bare and one.unit is None)
    ]
    fair = [one for one in kept if not _is_guess(text, every, one, max(_MANY, asked))]
    return tuple(fair[-(2 * asked + 2) :])


def _numbers(text: str, numeric: Numeric, *, wherever: bool = False) -> Sequence[Quantity]:
    """The numbers of a text, those left exact whole: √3/2 is neither 3 nor 2.

    Where a short decimal would do, an exact form is a sum not worked out, and no number at all.
    Those that their writer rejects are left out; `wherever`: also where they were said before.
    """
    wanted = units.unit(numeric.unit)
    bare = _IN_DEGREES.sub(lambda aside: " " * len(aside[0]), undressed(text))
    whole = [(one, surds.in_place(one, bare, wanted)) for one in quantities(text, wanted)]
    allowed = surds.needs_one(numeric.value)
    found = dict.fromkeys(exact for one, exact in whole if allowed or one is exact)
    refused = {one for one in found if _is_refused(text, one)}
    if not wherever:
        return tuple(one for one in found if one not in refused)
    values = {one.value for one in refused}
    negative = bool(_NEGATIVE_REFUSED.search(text))
    return tuple(
        one for one in found if one.value not in values and not (negative and one.value < 0)
    )


def _is_refused(text: str, quantity: Quantity) -> bool:
    before = text[max(0, quantity.start - 40) : quantity.start]
    return bool(_REFUSED.match(text, quantity.end) or _REFUSING.search(before))


def _after_correction(text: str, found: Sequence[Quantity]) -> Sequence[Quantity]:
    """Only what follows the last correction, if a number follows it at all."""
    places = [match.end() for match in _CORRECTION.finditer(text)]
    later = [one for one in found if places and one.start >= places[-1]]
    return later or found


def _pick(text: str, found: Sequence[Quantity], wanted: Unit) -> Quantity:
    found = [one for one in found if not _in_other_angles(one, wanted)] or found
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
        return last if _ends_in_unit(text, equal[-1], last, wanted) else equal[-1]
    return (fitting or found)[-1]


def _ends_in_unit(text: str, equal: Quantity, last: Quantity, wanted: Unit) -> bool:
    """Whether a bare '= 12' is a step to a last number, which is in the unit wanted."""
    step = equal.unit is None and equal.end <= last.start and wanted != Unit()
    return step and _measures(last, wanted) and not _REASON.search(text[equal.end : last.start])


def _in_other_angles(quantity: Quantity, wanted: Unit) -> bool:
    """Whether it is in degrees where radians are asked, as beside π/3 in 'π/3 (60°)'."""
    given = quantity.unit
    return given is not None and units.is_in_degrees(given) and not units.is_in_degrees(wanted)


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
