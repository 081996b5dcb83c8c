"""What the data files of exams look like: forms that turn a file's text into values."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from typing import Annotated, Literal, Self, TypeVar

from pydantic import AfterValidator, Field, model_validator

from knowledge.content import Fact, Level
from knowledge.exams import facts
from knowledge.fields import Count, Form, Text, Texts
from knowledge.forms import Range

T = TypeVar("T")

HIGHEST = 100  # marks: every set of boundaries is out of a hundred
GRADES = 6  # 7, 6, 5, 4, 3 and 2: a grade 1 begins at nothing

SESSION = re.compile(r"20\d\d-(?:05|11)")
_CELLS = {"0": 0, "1": 1, "2": 2, "3": 3, "fails": None}

Cell = Literal["0", "1", "2", "3", "fails"]
Row = tuple[Cell, Cell, Cell, Cell, Cell]


def _session(text: str) -> str:
    if not SESSION.fullmatch(text):
        raise ValueError(f'"{text}" should be a session such as 2025-05 or 2025-11')
    return text


def _falling(least: tuple[float, ...]) -> tuple[float, ...]:
    if not 0 < len(least) <= GRADES:
        raise ValueError(f"there should be 1 to {GRADES} boundaries, from grade 7 down")
    if any(higher <= lower for higher, lower in pairwise(least)):
        raise ValueError("each boundary should be lower than the one before, from grade 7 down")
    if least[0] > HIGHEST or least[-1] <= 0:
        raise ValueError(f"boundaries are marks out of {HIGHEST}")
    return least


Least = Annotated[tuple[float, ...], AfterValidator(_falling)]


class SourcedForm(Form):
    source: Text
    verified: bool
    note: str = ""

    def made(self, kind: Callable[..., T], **own: object) -> T:
        """The value of these keys, `own` in place of those of that name; its fact is made here."""
        rest = {**dict(self), **own}
        return kind(fact=Fact(rest.pop("source"), rest.pop("verified")), **rest)


class GroupForm(SourcedForm):
    id: Text
    name: Text
    subjects: Annotated[Texts, Field(min_length=1)]


class ObjectiveForm(SourcedForm):
    level: Count
    asks: Text


class UseForm(Form):
    level: Count | None = None
    marks: Range
    note: str = ""
    demand: str = ""
    tip: str = ""

    def use(self, group: str) -> facts.Use:
        low, _, high = self.marks.partition("-")
        marks = (int(low), int(high or low))
        return facts.Use(group, self.level, *marks, self.note, self.demand, self.tip)


class TermForm(SourcedForm):
    term: Text
    asks: facts.Family
    demand: Text
    tip: Text
    uses: Annotated[dict[str, UseForm], Field(min_length=1)]

    def command_term(self) -> facts.CommandTerm:
        uses = tuple(form.use(group) for group, form in self.uses.items())
        return self.made(facts.CommandTerm, uses=uses)


class SignForm(SourcedForm):
    sign: Text
    stands_for: str = ""
    also: Texts = ()
    where: facts.Where
    means: Text
    example: str = ""


class RuleOfThumbForm(SourcedForm):
    least: Least


class BoundariesForm(SourcedForm):
    subject: Text
    level: Level
    session: Annotated[str, AfterValidator(_session)]
    zone: str = ""
    course: facts.Course
    least: Least


class NotFoundForm(SourcedForm):
    subject: Text
    level: Level


class MatrixForm(Form):
    A: Row
    B: Row
    C: Row
    D: Row
    E: Row


class CorePointsForm(SourcedForm):
    matrix: MatrixForm

    def core(self) -> facts.CorePoints:
        rows = tuple((ee, tuple(_CELLS[cell] for cell in row)) for ee, row in self.matrix)
        return self.made(facts.CorePoints, matrix=rows)


class ConditionForm(SourcedForm):
    id: Text
    fails: Text
    limit: Count | None = None


class WindowForm(SourcedForm):
    first: date
    last: date

    @model_validator(mode="after")
    def ends_after_it_begins(self) -> Self:
        if self.last <= self.first:
            raise ValueError('"last" should be later than "first"')
        return self


class ResultsForm(SourcedForm):
    day: date


class SessionForm(Form):
    windows: Annotated[tuple[WindowForm, ...], Field(min_length=1)]
    results: tuple[ResultsForm, ...] = ()
    note: str = ""

    def session(self, id: str) -> facts.Session:
        windows = tuple(form.made(facts.Window) for form in self.windows)
        results = tuple(form.made(facts.Results) for form in self.results)
        return facts.Session(id, windows, results, self.note)
