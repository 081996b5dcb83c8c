"""What there is on each topic, so that an author sees what to write next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from knowledge.content import Note, NoteId, Question
from knowledge.figures import IMAGE, name
from knowledge.library import Library

Counts = tuple[tuple[str, int], ...]
_COUNTED = ("questions", "examples", "figures", "cards")


@dataclass(frozen=True, slots=True)
class Row:
    """One topic: its note, its reading time, and its questions by kind and by command term.

    A question with parts counts once in `questions`, and each of its parts in the two lists.
    """

    subject: str
    topic: str
    note: str
    minutes: int
    questions: int
    kinds: Counts
    command_terms: Counts
    figures: int
    examples: int
    cards: int


@dataclass(frozen=True, slots=True)
class Sum:
    """What there is of one subject."""

    subject: str
    topics: int
    questions: int
    examples: int
    figures: int
    cards: int


def sums(library: Library) -> tuple[Sum, ...]:
    """A subject a line, by name."""
    rows = coverage(library)
    found: list[Sum] = []
    for subject in library.subjects:
        own = [row for row in rows if row.subject == subject.id]
        counts = (sum(getattr(row, name) for row in own) for name in _COUNTED)
        found.append(Sum(subject.name, len(own), *counts))
    return tuple(found)


def coverage(library: Library) -> tuple[Row, ...]:
    """A row for every topic of every subject, in teaching order."""
    return tuple(
        _row(library, subject.id, topic) for subject in library.subjects for topic in subject.topics
    )


def _row(library: Library, subject: str, topic: str) -> Row:
    note = library.note(NoteId(f"{subject}/{topic}"))
    questions = library.questions(subject, topic=topic)
    parts = [part for question in questions for part in question.parts]
    shown = [image[2] for text in _texts(note, questions) for image in IMAGE.finditer(text)]
    return Row(
        subject=subject,
        topic=topic,
        note=note.title,
        minutes=note.minutes,
        questions=len(questions),
        kinds=_counts(part.kind for part in parts),
        command_terms=_counts(part.command_term for part in parts),
        figures=len({name(address) for address in shown}),
        examples=sum(len(part.examples) for part in parts),
        cards=len(library.cards(subject, topic)),
    )


def _counts(names: Iterable[str]) -> Counts:
    return tuple(sorted(Counter(names).items()))


def _texts(note: Note, questions: Iterable[Question]) -> Iterator[str]:
    """Everything that may show a figure."""
    yield note.body
    for question in questions:
        yield question.stem
        yield from (part.stem for part in question.parts)
