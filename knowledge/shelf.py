"""A content folder read file by file: what could be read, its pages, and all problems."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Generic, TypeVar

from knowledge import authoring, flashcards, reading
from knowledge.content import Note, NoteId, Question, QuestionId, Subject
from knowledge.figures import IMAGE
from knowledge.flashcards import Deck
from knowledge.problems import ContentProblems, Loc, Problem
from knowledge.reading import Page

T = TypeVar("T")

_STRAY = (
    "this file has no place here: a subject has subject.yaml, notes/<topic>.md, "
    "questions/<topic>/<name>.md, cards/<topic>.yaml and figures/<name>.svg"
)


@dataclass(frozen=True, slots=True)
class Written(Generic[T]):
    """Something that was read, and the page it stands on."""

    page: Page
    value: T


@dataclass(slots=True)
class Shelf:
    """What stands under a content folder. A broken file is only in `problems`.

    `files` are all files by their path from the folder, in order; `pages` are those that could be
    read as keys and body, whether or not the keys made sense.
    """

    folder: Path
    files: tuple[str, ...] = ()
    pages: dict[str, Page] = field(default_factory=dict)
    subjects: dict[str, Written[Subject]] = field(default_factory=dict)
    notes: dict[NoteId, Written[Note]] = field(default_factory=dict)
    questions: dict[QuestionId, Written[Question]] = field(default_factory=dict)
    decks: dict[NoteId, Written[Deck]] = field(default_factory=dict)  # by the topic's note
    problems: list[Problem] = field(default_factory=list)


def read(folder: Path) -> Shelf:
    """All content of a folder that holds one folder a subject. Raises ContentProblems if empty."""
    shelf = Shelf(folder, tuple(_files(folder)))
    if not shelf.files:
        raise ContentProblems([Problem(".", 1, f"there is no content in the folder {folder}")])
    for path in sorted(shelf.files, key=_of_questions):  # they may name what their subject has
        try:
            _place(shelf, path)
        except ContentProblems as found:
            shelf.problems.extend(found.problems)
    _tell_languages(shelf)
    return shelf


def _of_questions(path: str) -> bool:
    return "/questions/" in path


def _sets(shelf: Shelf, subject: str) -> authoring.Sets | None:
    """The criteria that a subject's questions may name; None if its file could not be read."""
    written = shelf.subjects.get(subject)
    return authoring.criteria_sets(written.page) if written else None


def _tell_languages(shelf: Shelf) -> None:
    """Put the language of its subject on each question that is not in English."""
    for id, question in shelf.questions.items():
        subject = shelf.subjects.get(question.value.subject)
        if subject and subject.value.language != question.value.language:
            spoken = replace(question.value, language=subject.value.language)
            shelf.questions[id] = replace(question, value=spoken)


def _files(folder: Path) -> Iterator[str]:
    for file in sorted(folder.rglob("*")):
        path = file.relative_to(folder)
        if file.is_file() and not any(step.startswith(".") for step in path.parts):
            yield path.as_posix()


def _place(shelf: Shelf, path: str) -> None:
    match path.split("/"):
        case [subject, "subject.yaml"]:
            page = _opened(shelf, path, reading.keys)
            shelf.subjects[subject] = Written(page, authoring.subject(page, subject))
        case [subject, "notes", name] if name.endswith(".md"):
            page = _opened(shelf, path, reading.page)
            note = authoring.note(page, subject, name.removesuffix(".md"))
            shelf.notes[note.id] = Written(page, note)
        case [subject, "questions", topic, name] if name.endswith(".md"):
            page = _opened(shelf, path, reading.page)
            slug, sets = name.removesuffix(".md"), _sets(shelf, subject)
            question = authoring.question(page, subject, topic, slug, sets)
            shelf.questions[question.id] = Written(page, question)
        case [subject, "cards", name] if name.endswith(".yaml"):
            page = _opened(shelf, path, _cards)
            topic = name.removesuffix(".yaml")
            deck = flashcards.deck(page, subject, topic)
            shelf.decks[NoteId(f"{subject}/{topic}")] = Written(page, deck)
        case [_, "figures", name] if name.endswith(".svg"):
            pass  # read when a note or a question shows it
        case _:
            raise ContentProblems([Problem(path, 1, _STRAY)])


def _cards(file: Path, path: str) -> Page:
    return reading.items(file, path, flashcards.CARDS)


def _opened(shelf: Shelf, path: str, how: Callable[[Path, str], Page]) -> Page:
    page = shelf.pages[path] = how(shelf.folder / path, path)
    return page


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure that a page shows: its words, the file it means, and where on the page it stands."""

    page: Page
    alt: str
    path: str
    loc: Loc
    offset: int

    def problem(self, text: str) -> Problem:
        """A problem at the place where the figure is shown."""
        return self.page.at(self.loc, text) if self.loc else self.page.in_body(self.offset, text)


def shown(shelf: Shelf) -> Iterator[Shown]:
    """Every figure that a note or a question shows."""
    for page in shelf.pages.values():
        yield from _shown_in(page, page.body, ())
    for written in shelf.questions.values():
        for number, part in enumerate(written.value.parts):
            yield from _shown_in(written.page, part.stem, ("parts", number, "stem"))


def _shown_in(page: Page, markdown: str, loc: Loc) -> Iterator[Shown]:
    for image in IMAGE.finditer(markdown):
        alt = " ".join(image[1].split())
        yield Shown(page, alt, page.leads_to(image[2]), loc, image.start())
