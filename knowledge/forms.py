"""What content files look like: pydantic forms that turn a file's text into the types of content.

A form knows only its own file; whether names exist elsewhere is for the checks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from knowledge.calculation import worked_out
from knowledge.content import (
    Band,
    BandScheme,
    Cap,
    Criterion,
    Entry,
    Example,
    Expression,
    Fact,
    Kind,
    Language,
    Length,
    Level,
    MarkPoint,
    Numeric,
    Option,
    Paper,
    PointScheme,
    PointType,
    Shape,
    Shows,
    Subject,
)
from knowledge.fields import Count, Form, Positive, Text, Texts
from knowledge.givens import Givens

SHOWN = 3  # significant figures of a calculated number where the scheme names none


def _band(text: str) -> str:
    low, _, high = text.replace("–", "-").partition("-")
    if not low.strip().isdigit() or not (high or low).strip().isdigit():
        raise ValueError(f'"{text}" should be marks such as 1-3, or one mark such as 4')
    if int(high or low) < int(low):
        raise ValueError(f'"{text}" begins above its end')
    return text.replace("–", "-")


Range = Annotated[str, AfterValidator(_band)]


def _gap(text: str) -> str:
    if not re.fullmatch(r"[1-9]\d?|[A-Za-z]", text):
        raise ValueError(f'"gap" should be a number or a letter, not "{text}"')
    return text


Gap = Annotated[str, AfterValidator(_gap)]


class NumericForm(Form):
    value: float | None = None  # None: the formula gives it
    unit: str = ""
    tolerance_percent: Positive | None = None
    tolerance: Positive | None = None
    significant_figures: Count | None = None
    unit_required: bool = True
    formula: str = ""
    carried: str = ""
    unknown: Annotated[str, Field(pattern=r"^[A-Za-zα-ω]?$")] = ""

    def numeric(self, values: Mapping[str, float]) -> Numeric:
        """The number; `values` are those of the formula's names."""
        value = worked_out(self.formula, values) if self.value is None else self.value
        assert value is not None  # a page where there is none was refused
        return Numeric(**{**dict(self), "value": value})

    def words(self, values: Mapping[str, float]) -> str:
        """The number for people; a gap where it changes with the values."""
        if values and self.formula:
            number = f"{{{{= {self.formula} | {self.significant_figures or SHOWN}sf}}}}"
        else:
            number = f"{self.value:g}"
        return f"{number} {self.unit}".strip()


class ExpressionForm(Form):
    value: Text
    also: Texts = ()
    form: Shape = ""

    def expression(self) -> Expression:
        return Expression(**dict(self))


_NO_USE = ("reject", "ignore", "required", "optional", "needs_all")  # beside `gap`


class PointForm(Form):
    point: str = ""
    id: str = ""
    marks: Count = 1
    type: PointType = "point"
    accept: Texts = ()
    reject: Texts = ()
    ignore: Texts = ()
    required: Texts = ()
    optional: Texts = ()
    needs_all: Texts = ()
    depends_on: Text | None = None
    implied_by: Text | None = None
    route: str = ""
    numeric: NumericForm | None = None
    expression: ExpressionForm | None = None
    gap: Gap = ""
    accents: bool = False

    @model_validator(mode="after")
    def says_something(self) -> Self:
        if not (self.point or self.numeric or self.expression):
            raise ValueError('"point" is missing: say what earns the mark')
        if self.numeric and self.expression:
            raise ValueError('give "numeric" or "expression", not both')
        if self.gap and (self.numeric or self.expression):
            raise ValueError('"gap" is for words: leave out "numeric" and "expression"')
        if self.gap and (unused := [key for key in _NO_USE if getattr(self, key)]):
            raise ValueError(f'"{unused[0]}" has no use beside "gap": the form is compared exactly')
        if self.accents and not self.gap:
            raise ValueError('"accents" belongs to a "gap"')
        return self

    def mark_point(self, number: int, values: Mapping[str, float]) -> MarkPoint:
        rest = dict(self)
        form, algebra = rest.pop("numeric"), rest.pop("expression")
        numeric = form.numeric(values) if form else None
        expression = algebra.expression() if algebra else None
        words = form.words(values) if form else algebra.value if algebra else ""
        text = rest.pop("point") or words
        id = rest.pop("id") or f"p{number}"
        return MarkPoint(id=id, text=text, numeric=numeric, expression=expression, **rest)


class CapForm(Form):
    max: Count
    points: Texts = ()
    unless: Texts = ()
    note: str = ""

    def cap(self) -> Cap:
        return Cap(**dict(self))


class BandForm(Form):
    marks: Range
    descriptor: Text

    def band(self) -> Band:
        low, _, high = self.marks.partition("-")
        return Band(int(low), int(high or low), self.descriptor)


Ladder = Annotated[tuple[BandForm, ...], Field(min_length=1)]


def _criterion(id: str, name: str, ladder: tuple[BandForm, ...]) -> Criterion:
    bands = tuple(form.band() for form in ladder)
    return Criterion(id, name, max(band.high for band in bands), bands)


class CriterionForm(Form):
    id: Text
    name: Text
    bands: Ladder

    def criterion(self) -> Criterion:
        return _criterion(self.id, self.name, self.bands)


class LadderForm(Form):
    """`mark_scheme` of an essay (`bands`) or of a text marked by several criteria."""

    content: Texts = ()
    bands: tuple[BandForm, ...] = ()
    criteria: tuple[CriterionForm, ...] = ()

    @model_validator(mode="after")
    def has_one_kind_of_ladder(self) -> Self:
        if bool(self.bands) == bool(self.criteria):
            raise ValueError('give either "bands" or "criteria"')
        return self

    def scheme(self) -> BandScheme:
        if self.bands:
            return BandScheme((_criterion("quality", "Quality", self.bands),), self.content)
        return BandScheme(tuple(form.criterion() for form in self.criteria), self.content)


NoneOrMore = Annotated[int, Field(ge=0)]


class ExampleForm(Form):
    answer: Text
    shows: Shows
    earns: Texts = ()
    marks: NoneOrMore | None = None
    by_criterion: dict[str, NoneOrMore] = Field(default_factory=dict, alias="marks by criterion")
    reason: str = ""
    earlier: dict[str, str] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def tells_marks_apart(cls, fields: Mapping[str, object]) -> Mapping[str, object]:
        """`marks` may be one number, or one for each criterion."""
        match fields:
            case {"marks": dict() as split, **rest} if split:
                return {**rest, "marks by criterion": split}
        return fields

    def example(self) -> Example:
        rest = dict(self)
        earlier, split = rest.pop("earlier"), tuple(rest.pop("by_criterion").items())
        marks = sum(marks for _, marks in split) if split else rest.pop("marks")
        rest.pop("marks", None)
        return Example(marks=marks, by_criterion=split, earlier=tuple(earlier.items()), **rest)


class LengthForm(Form):
    least: Count
    most: Count

    @model_validator(mode="after")
    def begins_below_its_end(self) -> Self:
        if self.most < self.least:
            raise ValueError('"most" should not be below "least"')
        return self

    def length(self) -> Length:
        return Length(**dict(self))


class OptionForm(Form):
    text: Text
    why: Text

    def option(self, letter: str) -> Option:
        return Option(letter, self.text, self.why)


class PartForm(Form):
    """The keys that every part has, whatever its kind."""

    label: str = ""
    stem: str = ""
    kind: Kind
    command_term: Text
    marks: Count
    hints: Texts
    model_answer: Text
    examples: tuple[ExampleForm, ...]


class PointPartForm(PartForm):
    mark_scheme: Annotated[tuple[PointForm, ...], Field(min_length=1)]
    caps: tuple[CapForm, ...] = ()
    list_rule: Count | None = None
    in_order: bool = False

    def scheme(self, values: Mapping[str, float]) -> PointScheme:
        points = tuple(form.mark_point(n, values) for n, form in enumerate(self.mark_scheme, 1))
        caps = tuple(form.cap() for form in self.caps)
        return PointScheme(points, self.marks, caps, self.list_rule, self.in_order)


class LadderPartForm(PartForm):
    mark_scheme: LadderForm
    words: LengthForm | None = None

    @model_validator(mode="after")
    def is_worth_its_bands(self) -> Self:
        reach = self.scheme().out_of
        if self.marks != reach:
            raise ValueError(f'"marks" is {self.marks}, but the bands reach {reach}')
        return self

    def scheme(self) -> BandScheme:
        return self.mark_scheme.scheme()


class ChoicePartForm(PartForm):
    options: Annotated[dict[str, OptionForm], Field(min_length=2)]
    answer: Text

    @model_validator(mode="after")
    def answer_is_an_option(self) -> Self:
        if self.answer not in self.options:
            raise ValueError(f'"answer" {self.answer} is not one of {", ".join(self.options)}')
        return self

    def scheme(self) -> PointScheme:
        point = MarkPoint("p1", self.options[self.answer].text, self.marks)
        return PointScheme((point,), self.marks)


class QuestionForm(Form):
    """What a question says above its parts."""

    title: Text
    level: Level
    paper: Text
    reread: str = ""
    script: str = ""
    givens: Givens = Field(default_factory=dict)


class NoteForm(Form):
    title: Text
    code: Text
    level: Level = "SL"
    related: Texts = ()
    previous: str = ""
    next: str = ""


class PaperForm(Form):
    code: Text
    level: Level
    name: Text
    minutes: Count
    marks: Count
    weight: Positive
    calculator: bool
    contents: str = ""
    source: Text
    verified: bool

    def paper(self) -> Paper:
        rest = dict(self)
        return Paper(fact=Fact(rest.pop("source"), rest.pop("verified")), **rest)


class EntryForm(Form):
    code: Text
    title: Text
    level: Level = "SL"
    covers: str = ""
    topics: Texts = ()

    def entry(self) -> Entry:
        return Entry(**dict(self))


class SubjectForm(Form):
    name: Text
    syllabus_version: Text
    papers: Annotated[tuple[PaperForm, ...], Field(min_length=1)]
    syllabus: Annotated[tuple[EntryForm, ...], Field(min_length=1)]
    command_terms: Annotated[dict[str, Text], Field(min_length=1)]
    skills: Texts = ()
    criteria: dict[str, Annotated[tuple[CriterionForm, ...], Field(min_length=1)]] = Field(
        default_factory=dict
    )
    language: Language = "en"

    def subject(self, id: str) -> Subject:
        return Subject(
            id,
            self.name,
            self.syllabus_version,
            tuple(form.paper() for form in self.papers),
            tuple(form.entry() for form in self.syllabus),
            tuple(self.command_terms.items()),
            self.skills,
            tuple(
                (name, tuple(form.criterion() for form in forms))
                for name, forms in self.criteria.items()
            ),
            language=self.language,
        )
