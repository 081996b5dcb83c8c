"""Does a question fit its subject: its name, paper, command term, level, and note?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from knowledge.checks.asked import Asked
from knowledge.checks.notes import headings
from knowledge.content import Note, Question, Subject
from knowledge.figures import IMAGE
from knowledge.formulas import faults
from knowledge.misfits import nearest
from knowledge.problems import Problem
from knowledge.shelf import Shelf, Written

LONGEST_ID = 48  # bytes: it must fit into a button's action
LONGEST_TITLE = 60  # characters: it must fit on a button

_LABEL = re.compile(r"[a-z]{1,4}")  # a name in formulas, too: `carried: a * 2`

_MOST = {  # terms that ask for little, and the most marks that little can be worth
    **{"state": 4, "list": 6, "label": 6, "identify": 5, "name": 4, "define": 3, "outline": 8},
}
_FEWEST = {  # terms that ask for more than one thing, and the fewest marks it takes
    **{"discuss": 3, "evaluate": 3, "examine": 3, "to what extent": 4},
    **{"compare and contrast": 2, "analyse": 2},
}


def problems(shelf: Shelf, written: Written[Question]) -> Iterator[Problem]:
    """Everything wrong between a question and its surroundings."""
    question, page = written.value, written.page
    size = len(question.id.encode())
    if size > LONGEST_ID:
        text = f"the id {question.id} has {size} bytes, more than {LONGEST_ID}: shorten the name"
        yield page.at((), text)
    if subject := shelf.subjects.get(question.subject):
        yield from _paper(written, subject.value)
    if note := shelf.notes.get(question.note):
        yield from _note(written, note.value)
    yield from _shown_small(written)
    labels = [part.label for part in question.parts]
    if len(set(labels)) < len(labels):
        yield page.problem(("parts",), "two parts have the same label")
    for fault in faults(question.script):
        yield page.problem(("script",), fault.text)
    if IMAGE.search(question.script):
        yield page.problem(("script",), "a figure cannot be heard: show it in the body")
    if not question.stem and "parts" not in page.fields:
        yield page.at((), "the question itself is missing below the second ---")


def _shown_small(written: Written[Question]) -> Iterator[Problem]:
    """A title and labels that are too long for where they are shown."""
    question, page = written.value, written.page
    if len(question.title) > LONGEST_TITLE:
        text = f"it has {len(question.title)} characters, more than {LONGEST_TITLE}"
        yield page.problem(("title",), text)
    for number, part in enumerate(question.parts):
        if part.label and not _LABEL.fullmatch(part.label):
            text = f'"{part.label}" should be a letter or two, such as a or bii'
            yield page.problem(("parts", number, "label"), text)


def _paper(written: Written[Question], subject: Subject) -> Iterator[Problem]:
    question = written.value
    codes = {paper.code for paper in subject.papers}
    if question.paper not in codes:
        text = f"there is no paper {question.paper}; there are {', '.join(sorted(codes))}"
        yield written.page.problem(("paper",), text)
    elif not any(
        paper.code == question.paper and paper.level == question.level for paper in subject.papers
    ):
        text = f"paper {question.paper} is not written at {question.level}"
        yield written.page.problem(("paper",), text)


def _note(written: Written[Question], note: Note) -> Iterator[Problem]:
    question, page = written.value, written.page
    known = [heading for _, heading in headings(note.body)]
    if question.reread and question.reread not in known:
        where = PurePosixPath(f"notes/{note.topic}.md")
        text = f'"{question.reread}" is no heading of {where}{nearest(question.reread, known)}'
        yield page.problem(("reread",), text)
    if note.level == "HL" and question.level == "SL":
        yield page.problem(("level",), "the note of this topic is HL, so its questions are too")


def command_term(asked: Asked, subject: Subject) -> Iterator[Problem]:
    """A term that the subject does not have, or that cannot be worth these marks."""
    term, marks = asked.part.command_term, asked.part.marks
    terms = [known for known, _ in subject.command_terms]
    if term not in terms:
        text = f'"{term}" is no command term of {subject.name}{nearest(term, terms)}'
        yield asked.problem(("command_term",), text)
    elif marks > _MOST.get(term, marks):
        text = f'"{term}" asks for too little to be worth {marks} marks'
        yield asked.problem(("command_term",), text)
    elif marks < _FEWEST.get(term, 1) and asked.part.kind != "choice":
        text = f'"{term}" asks for too much to be worth {_marks(marks)}'
        yield asked.problem(("command_term",), text)


def _marks(count: int) -> str:
    return "1 mark" if count == 1 else f"{count} marks"
