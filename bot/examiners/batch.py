"""Many answers at once: one JSON object a line in, one a line out, in the same order.

Each line brings its own question and points, so nothing of the library is needed. A line that
cannot be read or marked becomes a line that says why; the others are marked all the same.
"""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import AsyncGenerator, Iterable, Mapping
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from bot.marking import CouldNotMark, Examiner, PointMark, Script, Verdict
from knowledge.content import MarkPoint, Numeric, Part, PointScheme, Question, QuestionId

AT_ONCE = 8  # answers that are being marked at the same time

Fields = dict[str, object]
Id = str | int


class _Number(BaseModel):
    model_config = ConfigDict(strict=True, allow_inf_nan=False)

    value: float
    unit: str = ""
    tolerance_percent: float | None = Field(default=None, ge=0)


class _Point(BaseModel):
    model_config = ConfigDict(strict=True)

    id: str = Field(min_length=1)
    text: str = ""
    marks: int = Field(default=1, ge=0)
    accept: list[str] = []
    reject: list[str] = []
    numeric: _Number | None = None

    @model_validator(mode="after")
    def _says_something(self) -> _Point:
        if not self.text.strip() and self.numeric is None:
            raise ValueError(f"point {self.id!r} needs a 'text' or a 'numeric'")
        return self


class _Line(BaseModel):
    model_config = ConfigDict(strict=True)

    question: str
    max_marks: int = Field(ge=0)
    points: list[_Point] = Field(min_length=1)
    answer: str
    subject: str = ""
    command_term: str = ""

    @model_validator(mode="after")
    def _tells_points_apart(self) -> _Line:
        ids = [point.id for point in self.points]
        twice = sorted({id for id in ids if ids.count(id) > 1})
        if twice:
            raise ValueError(f"two points have the id {twice[0]!r}")
        return self


@dataclass(frozen=True, slots=True)
class _Unreadable(Exception):
    """A line that is no answer to mark; `id` is None where not even that could be read."""

    id: Id | None
    why: str


async def mark_lines(
    lines: Iterable[str], examiner: Examiner, at_once: int = AT_ONCE
) -> AsyncGenerator[tuple[int, str], None]:
    """The number of each line read, from 1, with its line of output. Blank lines give no output."""
    waiting: deque[tuple[int, asyncio.Task[str]]] = deque()
    try:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            waiting.append((number, asyncio.create_task(_marked(number, line, examiner))))
            if len(waiting) >= at_once:
                first, task = waiting.popleft()
                yield first, await task
        while waiting:
            first, task = waiting.popleft()
            yield first, await task
    finally:
        for _, task in waiting:
            task.cancel()


async def _marked(number: int, line: str, examiner: Examiner) -> str:
    try:
        id, read = _read(line)
    except _Unreadable as problem:
        where: Fields = (
            {"id": problem.id} if problem.id is not None else {"id": None, "line": number}
        )
        return _json({**where, "error": problem.why})
    try:
        verdict = await examiner.mark(_script(read))
    except CouldNotMark as problem:
        why = problem.reason or "This answer could not be marked."
        return _json({"id": id, "error": why})
    return _json({"id": id, **_told(verdict)})


def _json(fields: Fields) -> str:
    return json.dumps(fields, ensure_ascii=False)


def _read(line: str) -> tuple[Id, _Line]:
    """The id and the rest of a line. Raises _Unreadable."""
    try:
        fields = json.loads(line)
        line.encode()
        json.dumps(fields, ensure_ascii=False).encode()
    except RecursionError:
        raise _Unreadable(None, "The line is nested too deeply.") from None
    except UnicodeEncodeError:
        raise _Unreadable(None, "The line holds half a character (a lone surrogate).") from None
    except ValueError as problem:
        raise _Unreadable(None, f"The line is not JSON: {problem}.") from None
    if not isinstance(fields, dict):
        raise _Unreadable(None, "The line is not a JSON object.")
    id = fields.get("id")
    if isinstance(id, bool) or not isinstance(id, str | int):
        raise _Unreadable(None, "The line has no 'id' that is a text or a whole number.")
    try:
        return id, _Line.model_validate(fields)
    except ValidationError as problem:
        raise _Unreadable(id, _why(problem)) from None


def _why(problem: ValidationError) -> str:
    """The first thing that is wrong with a line, as a sentence with its place."""
    first = problem.errors(include_url=False, include_context=False)[0]
    place = ".".join(str(step) for step in first["loc"])
    message = first["msg"].removeprefix("Value error, ")
    return f"'{place}': {message}." if place else f"{message[0].upper()}{message[1:]}."


def script(fields: Mapping[str, object], id: str) -> Script:
    """The script of a line's fields. Raises pydantic's ValidationError where they make none."""
    return _script(_Line.model_validate(fields), id)


def _script(line: _Line, id: str = "batch") -> Script:
    points = tuple(_point(point) for point in line.points)
    only_numbers = all(point.numeric for point in points)
    part = Part(
        label="",
        stem="",
        kind="number" if only_numbers else "short",
        command_term=line.command_term,
        scheme=PointScheme(points, line.max_marks),
        hints=(),
        model_answer="",
    )
    question = Question(
        id=QuestionId(id),
        subject=line.subject,
        topic="",
        title="",
        stem=line.question,
        level="SL",
        paper="",
        parts=(part,),
    )
    return Script(question, part, line.answer)


def _point(point: _Point) -> MarkPoint:
    return MarkPoint(
        point.id,
        point.text,
        point.marks,
        accept=tuple(point.accept),
        reject=tuple(point.reject),
        numeric=_numeric(point.numeric) if point.numeric else None,
    )


def _numeric(number: _Number) -> Numeric:
    return Numeric(number.value, number.unit, tolerance_percent=number.tolerance_percent)


def _told(verdict: Verdict) -> Fields:
    return {
        "marks": verdict.marks,
        "awarded": [mark.point.id for mark in verdict.points if mark.awarded],
        "points": [_told_point(mark) for mark in verdict.points],
        "examiner": verdict.examiner,
    }


def _told_point(mark: PointMark) -> Fields:
    return {
        "id": mark.point.id,
        "awarded": mark.awarded,
        "quote": mark.quote if mark.awarded else "",
        "certainty": round(mark.certainty, 6),
    }
