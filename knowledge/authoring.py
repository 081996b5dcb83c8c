"""From a page's keys to content: each is fitted to its form, all misfits told at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

from knowledge import gapped
from knowledge.calculation import worked_out
from knowledge.content import Note, NoteId, Part, Question, QuestionId, Subject
from knowledge.fields import Form
from knowledge.forms import (
    ChoicePartForm,
    LadderPartForm,
    NoteForm,
    PointPartForm,
    QuestionForm,
    SubjectForm,
)
from knowledge.gaps import Draw
from knowledge.instances import DEFAULT, drawn
from knowledge.misfits import fitted
from knowledge.problems import ContentProblems, Loc, Problem
from knowledge.reading import Page, Tree

F = TypeVar("F", bound=Form)
AnyPart = PointPartForm | LadderPartForm | ChoicePartForm
Sets = Mapping[str, Tree]

_ABOVE = frozenset(QuestionForm.model_fields)  # keys of the question, not of a part


def subject(page: Page, id: str) -> Subject:
    """The subject that subject.yaml describes. Raises ContentProblems."""
    return fitted(SubjectForm, page, page.fields).subject(id)


def note(page: Page, subject: str, topic: str) -> Note:
    """The note on a page. Raises ContentProblems."""
    form = fitted(NoteForm, page, page.fields)
    id = NoteId(f"{subject}/{topic}")
    return Note(id=id, subject=subject, topic=topic, body=page.body, **dict(form))


def criteria_sets(page: Page) -> Sets:
    """The named criteria of subject.yaml, as they are typed there."""
    sets = page.fields.get("criteria")
    return sets if isinstance(sets, dict) else {}


def question(page: Page, subject: str, topic: str, name: str, sets: Sets | None = None) -> Question:
    """The question on a page. Raises ContentProblems.

    `sets` are the criteria that it may name; None where subject.yaml could not be read.
    """
    problems: list[Problem] = []
    above = _gathered(QuestionForm, page, _keys_above(page), (), problems)
    parts = [
        (loc, form)
        for loc, fields in _parts(page)
        if (form := _part(page, _spelt_out(page, fields, loc, sets), loc, problems))
    ]
    if above is None:
        raise ContentProblems(problems)
    id = QuestionId(f"{subject}/{topic}/{name}")
    givens = tuple(form.given(name) for name, form in above.givens.items())
    draw = drawn(id, givens, DEFAULT)
    problems.extend(_unfilled(page, draw))
    for loc, form in parts:
        problems.extend(_valueless(page, loc, form, draw))
    if problems:
        raise ContentProblems(problems)
    single = "parts" not in page.fields
    return Question(
        id=id,
        subject=subject,
        topic=topic,
        title=above.title,
        stem=page.body,
        level=above.level,
        paper=above.paper,
        parts=tuple(_content(form, single, draw) for _, form in parts),
        reread=above.reread,
        givens=givens,
        script=above.script,
    )


def _keys_above(page: Page) -> Mapping[str, Tree]:
    if "parts" in page.fields:
        return {key: value for key, value in page.fields.items() if key != "parts"}
    return {key: value for key, value in page.fields.items() if key in _ABOVE}


def _parts(page: Page) -> Iterator[tuple[Loc, Tree]]:
    match page.fields.get("parts"):
        case None:
            yield (), {key: value for key, value in page.fields.items() if key not in _ABOVE}
        case list(parts) if parts:
            for number, part in enumerate(parts):
                yield ("parts", number), part
        case _:
            raise ContentProblems([page.problem(("parts",), "should be a list of parts")])


def _spelt_out(page: Page, fields: Tree, loc: Loc, sets: Sets | None) -> Tree:
    """A part's keys with the criteria in place of their set's name. Raises ContentProblems."""
    scheme = fields.get("mark_scheme") if isinstance(fields, dict) else None
    name = scheme.get("criteria") if isinstance(scheme, dict) else None
    if not (isinstance(fields, dict) and isinstance(scheme, dict) and isinstance(name, str)):
        return fields
    at: Loc = (*loc, "mark_scheme", "criteria")
    if sets is None:
        raise ContentProblems([page.problem(at, "subject.yaml, where it stands, is not in order")])
    if name not in sets:
        text = f'subject.yaml has no criteria "{name}"; there are {", ".join(sets) or "none"}'
        raise ContentProblems([page.problem(at, text)])
    return {**fields, "mark_scheme": {**scheme, "criteria": sets[name]}}


def _part(page: Page, fields: Tree, loc: Loc, problems: list[Problem]) -> AnyPart | None:
    if not isinstance(fields, dict):
        problems.append(page.problem(loc, "should be keys with values: label, stem, kind …"))
        return None
    if misfit := _misfit(fields, single=not loc):
        problems.append(page.problem(loc, misfit) if loc else page.at(("kind",), misfit))
        return None
    if fields.get("kind") == "choice":
        return _gathered(ChoicePartForm, page, fields, loc, problems)
    if isinstance(fields.get("mark_scheme"), dict):
        return _gathered(LadderPartForm, page, fields, loc, problems)
    return _gathered(PointPartForm, page, fields, loc, problems)


def _misfit(fields: Mapping[str, Tree], *, single: bool) -> str:
    """What does not fit between a part's place, its kind and its scheme's shape; '' if all does."""
    named = [key for key in ("label", "stem") if fields.get(key)]
    if single and named:
        return f'"{named[0]}" belongs to a part: here the body is the whole question'
    if not single and len(named) < len(("label", "stem")):
        return 'a part needs a "label" and a "stem"'
    return _unfit(fields)


def _unfit(fields: Mapping[str, Tree]) -> str:
    kind, scheme = fields.get("kind"), fields.get("mark_scheme")
    if kind == "choice" and scheme is not None:
        return 'a choice has "options" and "answer", and no "mark_scheme"'
    if kind != "choice" and ("options" in fields or "answer" in fields):
        return f'"options" and "answer" belong to kind choice, not {kind}'
    if kind in ("essay", "writing") and isinstance(scheme, list):
        return f'an answer of kind {kind} is marked by "bands" or "criteria", not by points'
    if kind in ("short", "number") and isinstance(scheme, dict):
        return f'an answer of kind {kind} is marked by a list of points, not by "bands"'
    return ""


def _unfilled(page: Page, draw: Draw) -> Iterator[Problem]:
    """Gaps into which nothing can be put, on a page whose numbers are drawn."""
    return gapped.problems(page, draw) if draw.typed else iter(())


def _valueless(page: Page, loc: Loc, form: AnyPart, draw: Draw) -> Iterator[Problem]:
    """Numbers without a value that are not calculated from the givens either."""
    points = form.mark_scheme if isinstance(form, PointPartForm) else ()
    for number, point in enumerate(points):
        at: Loc = (*loc, "mark_scheme", number, "numeric")
        if point.numeric is None or point.numeric.value is not None:
            continue
        if not draw.typed or not point.numeric.formula:
            yield page.problem(at, '"value" is missing')
        elif worked_out(point.numeric.formula, draw.values) is None:
            text = f"{point.numeric.formula} cannot be calculated with {draw}"
            yield page.problem((*at, "formula"), text)


def _content(form: AnyPart, single: bool, draw: Draw) -> Part:
    choice = form if isinstance(form, ChoicePartForm) else None
    return Part(
        label="" if single else form.label,
        stem="" if single else form.stem,
        kind=form.kind,
        command_term=form.command_term,
        scheme=form.scheme(draw.values) if isinstance(form, PointPartForm) else form.scheme(),
        hints=form.hints,
        model_answer=form.model_answer,
        options=tuple(o.option(letter) for letter, o in choice.options.items()) if choice else (),
        correct=choice.answer if choice else "",
        examples=tuple(example.example() for example in form.examples),
        words=form.words.length() if isinstance(form, LadderPartForm) and form.words else None,
    )


def _gathered(
    form: type[F], page: Page, fields: Mapping[str, Tree], loc: Loc, problems: list[Problem]
) -> F | None:
    try:
        return fitted(form, page, fields, loc)
    except ContentProblems as found:
        problems.extend(found.problems)
        return None
