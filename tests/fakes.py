"""What tests put in the place of what is across the network, and of time."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

from pydantic import BaseModel, TypeAdapter

from bot.marking import CouldNotMark, CriterionMark, PointMark, Script, Verdict
from bot.ports import Form, ModelUnavailable, Turns
from knowledge.content import BandScheme, PointScheme

Answer = str | BaseModel | Mapping[str, object] | ModelUnavailable
Outcome = Verdict | CouldNotMark | Iterable[str]


class ScriptedModel:
    """A LanguageModel that says what it was told to, in order, and keeps what it heard.

    An answer is text for `write`, a form or a mapping for `fill`, or ModelUnavailable to raise.
    Asked more often than it has answers, it fails the test.
    """

    def __init__(self, *answers: Answer, name: str = "scripted") -> None:
        self.name = name
        self.heard: list[Turns] = []
        self._answers = deque(answers)

    async def write(self, turns: Turns) -> str:
        """The next answer, which must be text."""
        answer = self._next(turns)
        assert isinstance(answer, str), f"the next scripted answer is no text: {answer!r}"
        return answer

    async def fill(self, turns: Turns, form: type[Form]) -> Form:
        """The next answer, as this form; one that does not fit is ModelUnavailable, as in life."""
        answer = self._next(turns)
        if isinstance(answer, form):
            return answer
        try:
            if isinstance(answer, str):
                return TypeAdapter(form).validate_json(answer)
            return TypeAdapter(form).validate_python(answer)
        except ValueError as problem:
            raise ModelUnavailable(f"{self.name}: does not keep to the form") from problem

    def _next(self, turns: Turns) -> str | BaseModel | Mapping[str, object]:
        self.heard.append(turns)
        assert self._answers, f"the model was asked once more than it has answers: {turns!r}"
        answer = self._answers.popleft()
        if isinstance(answer, ModelUnavailable):
            raise answer
        return answer


class ScriptedExaminer:
    """An Examiner that gives the marks it was told to, in order, and keeps the scripts it saw.

    An outcome is a Verdict, a CouldNotMark to raise, or the ids of the points it awards; the last
    outcome is given again and again.
    """

    def __init__(self, *outcomes: Outcome, name: str = "scripted") -> None:
        assert outcomes, "an examiner needs at least one outcome"
        self.name = name
        self.scripts: list[Script] = []
        self._outcomes = deque(outcomes)

    async def mark(self, script: Script) -> Verdict:
        """The next outcome."""
        self.scripts.append(script)
        outcome = self._outcomes.popleft() if len(self._outcomes) > 1 else self._outcomes[0]
        if isinstance(outcome, CouldNotMark):
            raise outcome
        return outcome if isinstance(outcome, Verdict) else awarding(script, outcome, self.name)


def awarding(script: Script, ids: Iterable[str], examiner: str = "scripted") -> Verdict:
    """A verdict that awards these points, on the strength of the whole answer."""
    scheme, earned = script.part.scheme, frozenset(ids)
    assert isinstance(scheme, PointScheme), "points are awarded on point schemes only"
    unknown = earned - {point.id for point in scheme.points}
    assert not unknown, f"the scheme has no point {sorted(unknown)}"
    marks = tuple(
        PointMark(point, True, script.answer)
        if point.id in earned
        else PointMark(point, False, certainty=0.0)
        for point in scheme.points
    )
    return Verdict(
        script.question.id, script.part.label, scheme, script.answer, marks, examiner=examiner
    )


class Bands:
    """An examiner that puts every essay into the lowest band, with two marks."""

    name = "gpt-x with mark_bands@1"

    async def mark(self, script: Script) -> Verdict:
        """Two marks."""
        scheme = script.part.scheme
        assert isinstance(scheme, BandScheme)
        whole = scheme.criteria[0]
        mark = CriterionMark(whole, whole.bands[0], 2, "One kind only.")
        return Verdict(
            *(script.question.id, "", scheme, script.answer), criteria=(mark,), examiner=self.name
        )


class FixedClock:
    """A clock that stands still until it is advanced."""

    def __init__(self, now: datetime = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)) -> None:
        assert now.tzinfo is not None, "a clock needs an aware time"
        self._now = now

    def __call__(self) -> datetime:
        """The time now, aware and in UTC."""
        return self._now.astimezone(UTC)

    def advance(self, *, days: float = 0, hours: float = 0, minutes: float = 0) -> datetime:
        """Let time pass, and say what time it is then."""
        self._now += timedelta(days=days, hours=hours, minutes=minutes)
        return self()
