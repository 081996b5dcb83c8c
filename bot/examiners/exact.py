"""Choices, numbers, algebra and gaps, marked without any model: the same answer, the same marks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bot.examiners import algebra, blanks, labels, numerals, options, tolerances, units
from bot.examiners.quantities import Quantity, quantities
from bot.examiners.tongues import tongue
from bot.examiners.units import Unit
from bot.marking import CouldNotMark, PointMark, Script, Verdict, settled
from bot.speech import listed, say, say_many
from knowledge import calculation
from knowledge.content import MarkPoint, Numeric, Part, PointScheme

_RADIANS = re.compile(r"\bradians?\b|\brad\b|π|\\pi\b")  # a question that asks for them
_MOST_NUMBERS_OFF = 1e-9  # relative: a learner's earlier value that differs less is the right one


class ExactJudge:
    """Judges the points that need no judgement: chosen options, numbers, algebra and gaps."""

    def judge(self, script: Script) -> dict[str, PointMark]:
        """A mark for each point that can be judged exactly, by its id; others are left out.

        Raises NotReadable where nothing tells which form is for which gap.
        """
        scheme = script.part.scheme
        if not isinstance(scheme, PointScheme):
            return {}
        if script.part.kind == "choice":
            return {point.id: _choice(point, script) for point in scheme.points}
        numeric = [point for point in scheme.points if point.numeric is not None]
        algebraic = [point for point in scheme.points if point.expression is not None]
        return {
            **{point.id: _number(point, numeric, script) for point in numeric},
            **{point.id: _expression(point, len(algebraic), script) for point in algebraic},
            **blanks.judged(script, [point for point in scheme.points if point.gap]),
        }


class ExactExaminer:
    """Marks parts of choices, numbers, algebra or gaps throughout; else raises CouldNotMark."""

    name = "exact"

    def __init__(self, judge: ExactJudge | None = None) -> None:
        self._judge = judge or ExactJudge()

    async def mark(self, script: Script) -> Verdict:
        """The verdict on a choice, or on numbers, algebra and gaps."""
        scheme = script.part.scheme
        judged = self._judge.judge(script)
        if not isinstance(scheme, PointScheme) or len(judged) < len(scheme.points):
            raise CouldNotMark(
                say(
                    "Only choices, numbers, algebra and gaps are marked here without a model. "
                    "Compare your answer with the mark scheme."
                ),
                later=False,
            )
        marks = settled(script, tuple(judged[point.id] for point in scheme.points))
        return Verdict(
            script.question.id, script.part.label, scheme, script.answer, marks, examiner=self.name
        )


def _choice(point: MarkPoint, script: Script) -> PointMark:
    spoken = tongue(script.question.language)
    choice = options.chosen(script.answer, script.part.options, spoken)
    if choice is None:
        return _missed(point, say("no single option could be made out: answer with one letter"))
    right = choice.letter == script.part.correct
    if right:
        return PointMark(point, awarded=True, quote=choice.quote)
    why = next((one.why for one in script.part.options if one.letter == choice.letter), "")
    return _missed(point, why or say("{letter} is not the right option", letter=choice.letter))


def _expression(point: MarkPoint, asked: int, script: Script) -> PointMark:
    assert point.expression is not None
    told = f"{script.question.stem}\n{script.part.stem}"
    found = algebra.judged(
        script.answer, point.expression, told=told, asked=asked, final=point.type == "A"
    )
    if not found.quote:
        return _missed(point, found.why)
    return PointMark(point, awarded=True, quote=found.quote)


def _missed(point: MarkPoint, comment: str) -> PointMark:
    return PointMark(point, awarded=False, comment=comment, certainty=0.0)


def _number(point: MarkPoint, numeric: Sequence[MarkPoint], script: Script) -> PointMark:
    wanted = point.numeric
    assert wanted is not None
    found = _candidates(point, wanted, numeric, script)
    if not found:
        return _missed(
            point, say("no number that could be taken as your answer: end with one number")
        )
    fitting = _fitting(found, wanted, script)
    if fitting is not None:
        return _earned(point, script.answer, fitting, "")
    return _followed(point, wanted, found, script) or _missed(
        point, _fault(found[-1], wanted, script)
    )


def _fault(number: Quantity, wanted: Numeric, script: Script, value: float | None = None) -> str:
    """Why a number does not earn its point, '' if it does; `value` stands in for the scheme's."""
    in_degrees = number.unit is not None and units.is_in_degrees(number.unit)
    if in_degrees and _asks_for_radians(wanted, script):
        return say("give the angle in radians")
    return tolerances.fault(number, wanted, value)


def _asks_for_radians(wanted: Numeric, script: Script) -> bool:
    """Whether an angle in degrees is none: not where only the scheme is in radians, by the way."""
    unit = units.unit(wanted.unit)
    if units.is_in_degrees(unit):
        return False
    said = _RADIANS.search(f"{script.question.stem}\n{script.part.stem}")
    return wanted.unit_required or unit == Unit() or bool(said)


def _earned(point: MarkPoint, answer: str, number: Quantity, comment: str) -> PointMark:
    return PointMark(
        point, awarded=True, quote=answer[number.start : number.end].strip(), comment=comment
    )


def _candidates(
    point: MarkPoint, wanted: Numeric, numeric: Sequence[MarkPoint], script: Script
) -> tuple[Quantity, ...]:
    """The final number; where several numbers are asked for, any result that is stated.

    A result that the answer calls by another point's name is that one's.
    """
    answer = script.answer
    if wanted.unknown:
        asked = [one.numeric.unknown for one in numeric if one.numeric]
        return numerals.solutions(answer, wanted, asked)
    methods = any(other.type == "M" for other in numeric)
    is_last = point == numeric[-1] and point.type != "M" and methods
    if len(numeric) == 1 or is_last:
        answered = numerals.final(answer, wanted, _told(script))
        return (answered,) if answered else ()
    found = numerals.stated(answer, wanted, len(numeric))
    if point.type == "M":  # a step may go under any name
        return found
    others = [one for one in numeric if one != point]
    astray = labels.called_otherwise(answer, found, point, others)
    return tuple(one for one in found if one.start not in astray)


def _told(script: Script) -> frozenset[float]:
    """The numbers that the question tells, without their signs."""
    told = quantities(f"{script.question.stem}\n{script.part.stem}", Unit())
    return frozenset(abs(one.value) for one in told)


def _followed(
    point: MarkPoint, wanted: Numeric, found: Sequence[Quantity], script: Script
) -> PointMark | None:
    """The mark for carrying an earlier error on correctly; None if there is none to carry."""
    names = calculation.labels(wanted.carried)
    values = _earlier(names, script)
    if not names or values is None:
        return None
    target = calculation.worked_out(wanted.carried, values)
    if target is None:
        return None
    for number in found:
        if not _fault(number, wanted, script, target):
            parts = dict.fromkeys(f"({name.partition('.')[0]})" for name in names)
            comment = say_many(
                "follows from your part {parts}",
                "follows from your parts {parts}",
                len(parts),
                parts=listed(tuple(parts)),
            )
            return _earned(point, script.answer, number, comment)
    return None


def _earlier(names: Sequence[str], script: Script) -> Mapping[str, float] | None:
    """The learner's own values of earlier parts; None if one is missing, or all are right."""
    written = dict(script.earlier)
    values: dict[str, float] = {}
    astray = False
    for name in names:
        label, _, id = name.partition(".")
        part = next((one for one in script.question.parts if one.label == label), None)
        point = _carrying(part, id) if part else None
        if part is None or point is None or point.numeric is None or label not in written:
            return None
        before = Script(script.question, part, written[label])
        answered = _answered(point, before) if id else numerals.final(before.answer, point.numeric)
        value = tolerances.in_unit_of(answered, point.numeric) if answered else None
        if value is None:
            return None
        values[name] = value
        right = point.numeric.value
        astray = astray or abs(value - right) > _MOST_NUMBERS_OFF * abs(right)
    return values if astray else None


def _carrying(part: Part, id: str) -> MarkPoint | None:
    """The point of an earlier part whose number is carried: the one named, else the last."""
    numeric = _numeric(part)
    return next((one for one in reversed(numeric) if not id or one.id == id), None)


def _numeric(part: Part) -> list[MarkPoint]:
    scheme = part.scheme
    points = scheme.points if isinstance(scheme, PointScheme) else ()
    return [point for point in points if point.numeric is not None]


def _answered(point: MarkPoint, script: Script) -> Quantity | None:
    """The number of an earlier answer that was meant for a point; None if it cannot be told.

    It is the one that earns the point; else, of the numbers that earn no other point, the one in
    its place among those points that are not earned.
    """
    numeric = _numeric(script.part)
    right = {one.id: _right(one, numeric, script) for one in numeric}
    if right[point.id] is not None:
        return right[point.id]
    assert point.numeric is not None
    taken = {one.start for one in right.values() if one is not None}
    found = _candidates(point, point.numeric, numeric, script)
    free = [one for one in found if one.start not in taken]
    missing = [id for id, one in right.items() if one is None]
    if len({one.value for one in free}) == 1:
        return free[-1]
    return free[missing.index(point.id)] if len(free) == len(missing) else None


def _right(point: MarkPoint, numeric: Sequence[MarkPoint], script: Script) -> Quantity | None:
    """The number of an answer that earns a point; None if none does."""
    assert point.numeric is not None
    return _fitting(_candidates(point, point.numeric, numeric, script), point.numeric, script)


def _fitting(found: Sequence[Quantity], wanted: Numeric, script: Script) -> Quantity | None:
    return next((one for one in found if not _fault(one, wanted, script)), None)
