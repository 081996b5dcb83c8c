"""/topics and /note: what there is to revise, and a note to read."""

from __future__ import annotations

import asyncio

from bot import phrases
from bot.dialogue import Answering, Choosing, Dialogue, Idle
from bot.learners import Learner
from bot.lessons.turn import Turn
from knowledge.content import Note, NoteId
from knowledge.library import Library


class Reading:
    """Notes, and the list of them."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def topics(self, learner: Learner, dialogue: Dialogue) -> Turn:
        """All topics of the learner's subject that have a note, in teaching order."""
        notes = self._library.notes(learner.subject)
        questions = self._library.questions(learner.subject, level=learner.level)
        counts = {note.topic: 0 for note in notes}
        for question in questions:
            counts[question.topic] = counts.get(question.topic, 0) + 1
        reply = phrases.topics(self._library.subject(learner.subject), notes, counts)
        return Turn((reply,), self._choosing(dialogue, notes))

    def _choosing(self, dialogue: Dialogue, notes: tuple[Note, ...]) -> Dialogue:
        if isinstance(dialogue, Answering):  # an open question stays open while reading
            return dialogue
        return Choosing(tuple(note.topic for note in notes), "note")

    async def note(self, learner: Learner, dialogue: Dialogue, words: str) -> Turn:
        """The note these words name, or the topics they may mean."""
        if not words.strip():
            return self.topics(learner, dialogue)
        found = self._library.topics_like(learner.subject, words)
        if len(found) == 1:
            return await self.open(dialogue, NoteId(f"{learner.subject}/{found[0]}"))
        all = self._library.notes(learner.subject)
        notes = tuple(note for note in all if note.topic in found) or all
        return Turn((phrases.which_topic(words, notes, "note"),), self._choosing(dialogue, notes))

    async def open(self, dialogue: Dialogue, id: NoteId) -> Turn:
        """This note, whole, with its figures."""
        try:
            note = self._library.note(id)
        except KeyError:
            return Turn((phrases.out_of_date(),), dialogue)
        drawn = self._library.illustrated  # rendering a figure takes a moment
        shown = await asyncio.to_thread(drawn, note.subject, note.body)
        onward = [self._library.note(NoteId(f"{note.subject}/{note.next}"))] if note.next else []
        reply = phrases.note(note, shown.text, shown.figures, onward)
        return Turn((reply,), Idle() if isinstance(dialogue, Choosing) else dialogue)
