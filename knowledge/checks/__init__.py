"""The check of content: every problem of every file at once, in a teacher's words."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from knowledge import shelf as shelves
from knowledge import usable
from knowledge.checks import (
    asked,
    cards,
    drawn,
    examples,
    expressions,
    hints,
    notes,
    numbers,
    pictures,
    questions,
    schemes,
    shared,
    subjects,
    twins,
    writing,
)
from knowledge.content import Question
from knowledge.exams.loading import SHIPPED
from knowledge.problems import ContentProblems, Problem
from knowledge.shelf import Shelf, Written

FEWEST_QUESTIONS = 6  # for a topic


def check(
    folder: Path, fewest_questions: int = FEWEST_QUESTIONS, exams: Path = SHIPPED
) -> tuple[Problem, ...]:
    """Every problem of every file of a content folder, sorted; none means that all is well.

    `exams` is the folder of what all subjects share; its paths begin with 'exams/'.
    """
    try:
        shelf = shelves.read(folder)
    except ContentProblems as found:
        return found.problems
    all = {*usable.problems(shelf), *shared.problems(shelf, exams)}
    return tuple(sorted({*all, *_found(shelf, fewest_questions)}))


def _found(shelf: Shelf, fewest_questions: int) -> Iterator[Problem]:
    yield from writing.names(shelf)
    yield from writing.placeholders(shelf)
    yield from pictures.problems(shelf)
    yield from twins.too_few(shelf, fewest_questions)
    yield from twins.alike(shelf)
    for subject in shelf.subjects.values():
        yield from subjects.problems(subject)
    for note in shelf.notes.values():
        yield from notes.problems(shelf, note)
    for page in shelf.pages.values():
        yield from notes.links(shelf, page)
        yield from writing.in_body(page)
    for deck in shelf.decks.values():
        yield from cards.problems(deck)
    for question in shelf.questions.values():
        yield from questions.problems(shelf, question)
        yield from drawn.problems(question, partial(_as_asked, shelf))


def _as_asked(shelf: Shelf, written: Written[Question]) -> Iterator[Problem]:
    """What is wrong with a question as a learner meets it."""
    parts = list(asked.parts(written))
    yield from examples.of_question(parts)
    subject = shelf.subjects.get(written.value.subject)
    for part in parts:
        yield from schemes.problems(part)
        yield from numbers.problems(part)
        yield from expressions.problems(part)
        yield from hints.problems(part)
        yield from examples.of_part(part)
        yield from writing.in_keys(part)
        if subject:
            yield from questions.command_term(part, subject.value)
