"""/start, /subject, /help and /forget: who learns what, and leaving without a trace."""

from __future__ import annotations

from dataclasses import replace

from bot import phrases
from bot.dialogue import Dialogue, Idle
from bot.learners import Enrolled, Forgotten, Learner
from bot.lessons.naming import subject_called
from bot.lessons.turn import Turn
from bot.ports import Notes
from knowledge.content import Level
from knowledge.library import Library


class Enrolling:
    """A learner's settings."""

    def __init__(self, library: Library, notes: Notes) -> None:
        self._library = library
        self._notes = notes

    def start(self, learner: Learner, dialogue: Dialogue, known: bool) -> Turn:
        """A welcome; what was pending stays pending."""
        greet = phrases.welcome_back if known else phrases.welcome
        return Turn((greet(self._library.subjects, learner),), dialogue, (Enrolled(learner),))

    def subject(self, learner: Learner, dialogue: Dialogue, words: str) -> Turn:
        """Choose a subject and a level by name, or be shown what there is."""
        level = _level(words)
        name = " ".join(word for word in words.split() if word.upper() not in ("SL", "HL"))
        if not name:
            return self.level(learner, dialogue, level) if level else self._offer(learner, dialogue)
        id = subject_called(self._library, name)
        if id is None:
            reply = phrases.no_such_subject(name, self._library.subjects)
            return Turn((reply,), dialogue)
        return self.choose(replace(learner, level=level or learner.level), dialogue, id)

    def _offer(self, learner: Learner, dialogue: Dialogue) -> Turn:
        return Turn((phrases.subjects(self._library.subjects, learner),), dialogue)

    def choose(self, learner: Learner, dialogue: Dialogue, id: str) -> Turn:
        """Study this subject from now on; a question of another one is left."""
        if id not in {subject.id for subject in self._library.subjects}:
            return Turn((phrases.out_of_date(),), dialogue)
        changed = replace(learner, subject=id)
        left = Idle() if id != learner.subject else dialogue
        reply = phrases.enrolled(self._library.subject(id), changed)
        return Turn((reply,), left, (Enrolled(changed),))

    def level(self, learner: Learner, dialogue: Dialogue, level: Level) -> Turn:
        """Study at this level from now on; without a subject yet, that is asked next."""
        changed = replace(learner, level=level)
        if learner.subject:
            return self.choose(changed, dialogue, learner.subject)
        offer = phrases.subjects(self._library.subjects, changed)
        return Turn((offer,), dialogue, (Enrolled(changed),))

    def help(self, dialogue: Dialogue) -> Turn:
        """What the tutor can do."""
        return Turn((phrases.help(),), dialogue)

    def forget(self, dialogue: Dialogue) -> Turn:
        """Ask before everything is deleted."""
        return Turn((phrases.forget_asked(),), dialogue)

    async def forgotten(self, learner: Learner, dialogue: Dialogue, sure: bool) -> Turn:
        """Delete everything about the learner, their files first: doing it twice does no harm."""
        if not sure:
            return Turn((phrases.kept(),), dialogue)
        await self._notes.drop(learner.id)
        return Turn((phrases.forgotten(),), Idle(), (Forgotten(learner.id),))


def _level(words: str) -> Level | None:
    said = {word.upper() for word in words.split()}
    if "HL" in said:
        return "HL"
    return "SL" if "SL" in said else None
