"""The library: everything that Viva teaches, found by id, by topic, or by a learner's own words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from rapidfuzz import fuzz, utils

from knowledge import shelf, usable
from knowledge.content import Flashcard, Level, Note, NoteId, Question, QuestionId, Subject
from knowledge.figures import Illustrated, Illustrator
from knowledge.problems import ContentProblems

NEAR_TOPIC = 70  # of 100: how alike a topic's name must be to be offered
BEHIND = 14  # how far behind the best it may be
SURE_TOPIC = 88  # at this, and clearly ahead of the next, it is the one that was meant
AHEAD = 8


class Library:
    """All subjects. Build it with `Library.load`; nothing in it changes afterwards."""

    def __init__(
        self,
        folder: Path,
        subjects: Iterable[Subject],
        notes: Mapping[NoteId, Note],
        questions: Mapping[QuestionId, Question],
        cards: Mapping[NoteId, tuple[Flashcard, ...]],
    ) -> None:
        self.subjects = tuple(subjects)
        self._subjects = {subject.id: subject for subject in self.subjects}
        self._notes = notes
        self._questions = questions
        self._cards = cards  # by the note of their topic
        self._illustrator = Illustrator(folder)

    @classmethod
    def load(cls, folder: Path) -> Library:
        """Read a content folder. Raises ContentProblems: what is wrong in every file at once."""
        read = shelf.read(folder)
        problems = usable.problems(read)
        if problems:
            raise ContentProblems(problems)
        return cls(
            folder,
            (written.value for written in read.subjects.values()),
            {id: written.value for id, written in read.notes.items()},
            {id: written.value for id, written in read.questions.items()},
            {id: written.value.cards for id, written in read.decks.items()},
        )

    def subject(self, id: str) -> Subject:
        """The subject with this id. Raises KeyError."""
        return self._subjects[id]

    def note(self, id: NoteId) -> Note:
        """The note with this id. Raises KeyError."""
        return self._notes[id]

    def notes(self, subject: str) -> tuple[Note, ...]:
        """A subject's notes, in teaching order."""
        topics = self._subjects[subject].topics
        return tuple(self._notes[NoteId(f"{subject}/{topic}")] for topic in topics)

    def question(self, id: QuestionId) -> Question:
        """The question with this id. Raises KeyError."""
        return self._questions[id]

    def questions(
        self,
        subject: str,
        *,
        topic: str | None = None,
        paper: str | None = None,
        command_term: str | None = None,
        level: Level | None = None,
    ) -> tuple[Question, ...]:
        """A subject's questions in teaching order, then by name. 'SL' leaves out HL only ones."""
        order = {name: place for place, name in enumerate(self._subjects[subject].topics)}
        found = (
            question
            for question in self._questions.values()
            if question.subject == subject
            and topic in (None, question.topic)
            and paper in (None, question.paper)
            and (command_term is None or _asks(question, command_term))
            and (level != "SL" or question.level == "SL")
        )
        return tuple(sorted(found, key=lambda question: (order[question.topic], question.id)))

    def cards(self, subject: str, topic: str | None = None) -> tuple[Flashcard, ...]:
        """The flashcards of a topic, or of all in teaching order, as they stand in their files."""
        topics = self._subjects[subject].topics if topic is None else (topic,)
        decks = (self._cards.get(NoteId(f"{subject}/{name}"), ()) for name in topics)
        return tuple(card for deck in decks for card in deck)

    def topics_like(self, subject: str, words: str) -> tuple[str, ...]:
        """The topics that these words may name, best first; exactly one where there is no doubt."""
        scores = sorted(
            ((_likeness(words, note), note.topic) for note in self.notes(subject)),
            key=lambda scored: -scored[0],
        )
        least = max([NEAR_TOPIC, *(score - BEHIND for score, _ in scores[:1])])
        near = [(score, topic) for score, topic in scores if score >= least]
        if len(near) > 1 and near[0][0] >= SURE_TOPIC and near[0][0] - near[1][0] >= AHEAD:
            near = near[:1]
        return tuple(topic for _, topic in near)

    def illustrated(self, subject: str, markdown: str) -> Illustrated:
        """The text without its images, and those drawn. Waits for another process: use a thread."""
        return self._illustrator.illustrated(subject, markdown)


def _asks(question: Question, command_term: str) -> bool:
    return any(part.command_term == command_term for part in question.parts)


def _likeness(words: str, note: Note) -> float:
    """How alike words are to a topic's slug or title, 0 to 100; typos are forgiven."""
    names = (note.topic.replace("-", " "), note.title)
    return max(fuzz.WRatio(words, name, processor=utils.default_process) for name in names)
