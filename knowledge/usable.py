"""What keeps a content folder from being used at all; how good it is, is for the checks."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.content import Note, Question, Subject
from knowledge.flashcards import Deck
from knowledge.problems import Problem
from knowledge.shelf import Shelf, Written, shown


def problems(shelf: Shelf) -> tuple[Problem, ...]:
    """Broken files; notes, questions and cards without a place; figures that are not there."""
    found = [*shelf.problems, *_missing(shelf)]
    for id, subject in shelf.subjects.items():
        found.extend(_without_note(shelf, id, subject))
    for note in shelf.notes.values():
        found.extend(_homeless(shelf, note, note.value.subject, note.value.topic))
    for question in shelf.questions.values():
        found.extend(_homeless(shelf, question, question.value.subject, question.value.topic))
    for deck in shelf.decks.values():
        found.extend(_homeless(shelf, deck, deck.value.subject, deck.value.topic))
    return tuple(sorted(set(found)))


def _missing(shelf: Shelf) -> Iterator[Problem]:
    for id in {path.split("/")[0] for path in shelf.files if "/" in path}:
        if f"{id}/subject.yaml" not in shelf.files:
            yield Problem(f"{id}/subject.yaml", 1, "the file is missing")
    for figure in shown(shelf):
        if figure.path not in shelf.files:
            yield figure.problem(f"there is no figure {figure.path}")


def _without_note(shelf: Shelf, id: str, subject: Written[Subject]) -> Iterator[Problem]:
    for number, entry in enumerate(subject.value.syllabus):
        for place, topic in enumerate(entry.topics):
            at = ("syllabus", number, "topics", place)
            if f"{id}/notes/{topic}.md" not in shelf.files:
                yield subject.page.at(at, f'topic "{topic}" has no note: write notes/{topic}.md')
            if topic in entry.topics[:place]:
                yield subject.page.at(at, f'topic "{topic}" stands under this entry twice')


def _homeless(
    shelf: Shelf, written: Written[Note] | Written[Question] | Written[Deck], id: str, topic: str
) -> Iterator[Problem]:
    subject = shelf.subjects.get(id)
    if subject and topic not in subject.value.topics:
        text = f'no entry of the syllabus has "{topic}" among its topics'
        yield written.page.at((), text)
