"""Choices, numbers and algebra, marked without any model: the same answer, the same marks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.examiners import algebra, numerals, options
from bot.examiners.quantities import Quantity
from bot.marking import CouldNotMark, PointMark, Script, Verdict, settled
from knowledge import calculation
from knowledge.content import MarkPoint, Numeric, Part, PointScheme, Question

_MOST_NUMBERS_OFF = 1e-9  # relative: a learner's earlier value that differs less is the right one


class ExactJudge:
    """Judges the points that need no judgement: chosen options, numbers and algebra."""

    def judge(self, script: Script) -> dict[str, PointMark]:
        """A mark for each point that can be judged exactly, by its id; others are left out."""
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
        }


class ExactExaminer:
    """Marks parts of choices, numbers or algebra throughout; raises CouldNotMark for others."""

    name = "exact"

    def __init__(self, judge: ExactJudge | None = None) -> None:
        self._judge = judge or ExactJudge()

    async def mark(self, script: Script) -> Verdict:
        """The verdict on a choice, or on numbers and algebra."""
        scheme = script.part.scheme
        judged = self._judge.judge(script)
        if not isinstance(scheme, PointScheme) or len(judged) < len(scheme.points):
            raise CouldNotMark(
                "Only multiple choice, numbers and algebra are marked here without a model. "
                "Compare your answer with the mark scheme.",
                later=False,
            )
        marks = settled(script, tuple(judged[point.id] for point in scheme.points))
        return Verdict(
            script.question.id, script.part.label, scheme, script.answer, marks, examiner=self.name
        )


def _choice(point: MarkPoint, script: Script) -> PointMark:
    choice = options.chosen(script.answer, script.part.options)
    if choice is None:
        return _missed(point, "no single option could be made out: answer with one letter")
    right = choice.letter == script.part.correct
    if right:
        return PointMark(point, awarded=True, quote=choice.quote)
    why = next((one.why for one in script.part.options if one.letter == choice.letter), "")
    return _missed(point, why or f"{choice.letter} is not the right option")


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
    found = _candidates(point, wanted, numeric, script.answer)
    if not found:
        return _missed(point, "no number that could be taken as your answer: end with one number")
    fitting = next((one for one in found if not numerals.fault(one, wanted)), None)
    if fitting is not None:
        return _earned(point, script.answer, fitting, "")
    return _followed(point, wanted, found, script) or _missed(
        point, numerals.fault(found[-1], wanted)
    )


def _earned(point: MarkPoint, answer: str, number: Quantity, comment: str) -> PointMark:
    return PointMark(
        point, awarded=True, quote=answer[number.start : number.end].strip(), comment=comment
    )


def _candidates(
    point: MarkPoint, wanted: Numeric, numeric: Sequence[MarkPoint], answer: str
) -> tuple[Quantity, ...]:
    """The final number; where several numbers are asked for, any result that is stated."""
    if wanted.unknown:
        asked = [one for one in numeric if one.numeric and one.numeric.unknown == wanted.unknown]
        return numerals.solutions(answer, wanted, len(asked))
    methods = any(other.type == "M" for other in numeric)
    is_last = point == numeric[-1] and point.type != "M" and methods
    if len(numeric) == 1 or is_last:
        answered = numerals.final(answer, wanted)
        return (answered,) if answered else ()
    return numerals.stated(answer, wanted, len(numeric))


def _followed(
    point: MarkPoint, wanted: Numeric, found: Sequence[Quantity], script: Script
) -> PointMark | None:
    """The mark for carrying an earlier error on correctly; None if there is none to carry."""
    labels = calculation.labels(wanted.carried)
    values = _earlier(labels, script)
    if not labels or values is None:
        return None
    target = calculation.worked_out(wanted.carried, values)
    if target is None:
        return None
    for number in found:
        if not numerals.fault(number, wanted, target):
            parts = " and ".join(f"({label})" for label in labels)
            comment = f"follows from your part{'s' if len(labels) > 1 else ''} {parts}"
            return _earned(point, script.answer, number, comment)
    return None


def _earlier(labels: Sequence[str], script: Script) -> Mapping[str, float] | None:
    """The learner's own values of earlier parts; None if one is missing, or all are right."""
    written = dict(script.earlier)
    values: dict[str, float] = {}
    astray = False
    for label in labels:
        asked = _asked(script.question, label)
        if asked is None or label not in written:
            return None
        answered = numerals.final(written[label], asked)
        value = numerals.in_unit_of(answered, asked) if answered else None
        if value is None:
            return None
        values[label] = value
        astray = astray or abs(value - asked.value) > _MOST_NUMBERS_OFF * abs(asked.value)
    return values if astray else None


def _asked(question: Question, label: str) -> Numeric | None:
    """The number that an earlier part asks for: its last numeric point."""
    part: Part | None = next((one for one in question.parts if one.label == label), None)
    if part is None or not isinstance(part.scheme, PointScheme):
        return None
    numbers = [point.numeric for point in part.scheme.points if point.numeric is not None]
    return numbers[-1] if numbers else None
