"""What may follow a command, suggested while a learner types it."""

from __future__ import annotations

from collections.abc import Iterable

from bot.commands import COMMANDS, Kind
from bot.learners import Learner, arranged, at_home
from bot.messages import Chat, Command
from bot.ports import Notes, Transactions
from knowledge.exams.facts import Exams
from knowledge.library import Library

_ROUND = ("board", "reveal", "leave")
_KINDS = {line.name: line.suggests for line in COMMANDS}


class Suggestions:
    """Subjects, topics, papers, command terms, signs and files, as their commands take them."""

    def __init__(self, library: Library, exams: Exams, notes: Notes, records: Transactions) -> None:
        self._library = library
        self._exams = exams
        self._notes = notes
        self._records = records

    async def suggest(self, chat: Chat, typed: Command) -> tuple[str, ...]:
        """What may follow this command, likeliest first, given what was typed behind its name."""
        kinds = _KINDS.get(typed.name, ())
        if not kinds:
            return ()
        async with self._records() as records:  # nobody is enrolled by typing: it commits nothing
            learner = await records.learner(chat)
            room = await records.rounds.room(chat)
        taught = [subject.id for subject in self._library.subjects]
        learner = at_home(learner, arranged(room, chat, taught), taught)
        known = [word for kind in kinds for word in await self._words(kind, learner, typed.rest)]
        return _fitting(known, typed.rest)

    async def _words(self, kind: Kind, learner: Learner, typed: str) -> Iterable[str]:
        match kind:
            case "subject":
                return self._subjects(typed)
            case "topic":
                return self._topics(learner)
            case "paper":
                return self._papers(learner)
            case "term":
                return self._terms(learner)
            case "sign":
                return [sign.sign for sign in self._exams.signs]
            case "round":
                return _ROUND
            case "file":
                files = await self._notes.documents(learner.id)
                return [f"remove {file.name}" for file in files]

    def _subjects(self, typed: str) -> list[str]:
        """The subjects; with their levels once one is meant."""
        names = [subject.name for subject in self._library.subjects]
        meant = [name for name in names if typed.lower().startswith(name.lower())]
        return [f"{name} {level}" for name in meant for level in ("SL", "HL")] or names

    def _topics(self, learner: Learner) -> list[str]:
        notes = self._library.notes(learner.subject) if learner.subject else ()
        return [note.title for note in notes]

    def _papers(self, learner: Learner) -> list[str]:
        subject, level = learner.subject, learner.level
        questions = self._library.questions(subject, level=level) if subject else ()
        return sorted({f"paper {question.paper}" for question in questions})

    def _terms(self, learner: Learner) -> list[str]:
        if not learner.subject:
            return [term.term for term in self._exams.terms]
        return [name for name, _ in self._library.subject(learner.subject).command_terms]


def _fitting(words: Iterable[str], typed: str) -> tuple[str, ...]:
    """The words that hold what was typed: first those that begin with it, then the others."""
    sought = " ".join(typed.lower().split())
    holding = [word for word in dict.fromkeys(words) if sought in word.lower()]
    return tuple(sorted(holding, key=lambda word: not word.lower().startswith(sought)))
