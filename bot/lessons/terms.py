"""/terms and /notation: what a question's verb asks for, and how to read a mark scheme."""

from __future__ import annotations

from dataclasses import replace

from bot import phrases, terms
from bot.dialogue import Answering, Dialogue
from bot.learners import Learner
from bot.lessons.turn import Turn
from bot.messages import Reply
from knowledge.content import Subject
from knowledge.exams.facts import CommandTerm, Exams, Where, like
from knowledge.library import Library

_MATHEMATICS = "mathematics"  # the group whose schemes are written in letters


class Terms:
    """The language of questions and of those who mark them."""

    def __init__(self, library: Library, exams: Exams) -> None:
        self._library = library
        self._exams = exams

    def terms(self, learner: Learner, dialogue: Dialogue, words: str) -> Turn:
        """All terms of the learner's subject, or what the one they name asks for."""
        name = " ".join(words.lower().split())
        return _said(dialogue, self._term(learner, name) if name else self._all(learner))

    def _all(self, learner: Learner) -> Reply:
        return terms.every_term(self._library.subject(learner.subject), self._exams)

    def _term(self, learner: Learner, name: str) -> Reply:
        subject = self._library.subject(learner.subject)
        own = dict(subject.command_terms)
        asked = name in own and bool(
            self._library.questions(subject.id, command_term=name, level=learner.level)
        )
        known = self._exams.term(name)
        if known and self._concerns(known, subject):
            return terms.term(known, subject, self._exams, asked)
        if name in own:
            return terms.own_term(name, own[name], asked)
        others = (term.term for term in self._exams.terms if self._concerns(term, subject))
        return terms.unknown_term(name, like(name, dict.fromkeys([*own, *others])))

    def _concerns(self, known: CommandTerm, subject: Subject) -> bool:
        """Whether the shared explanation is for this subject: languages mean things of their own.

        Their terms are theirs alone, and other subjects' mean something else in them.
        """
        group = self._exams.group(subject.id)
        if group and group.id == terms.LANGUAGES:
            return known.use(group.id) is not None
        return any(use.group != terms.LANGUAGES for use in known.uses)

    def notation(self, learner: Learner, dialogue: Dialogue, words: str) -> Turn:
        """The signs of the learner's mark schemes, of another kind, or the one they name."""
        return _said(dialogue, self._sign(words) if words.strip() else self._signs(learner))

    def _signs(self, learner: Learner) -> Reply:
        group = self._exams.group(learner.subject)
        letters = group is not None and group.id == _MATHEMATICS
        section: Where = "mathematics" if letters else "scheme"
        return terms.signs(section, self._exams)

    def _sign(self, words: str) -> Reply:
        if section := terms.section(words.strip().lower()):
            return terms.signs(section, self._exams)
        if known := self._exams.sign(words):
            return terms.sign(known)
        return terms.unknown_sign(words, self._exams.signs_like(words))


def _said(dialogue: Dialogue, reply: Reply) -> Turn:
    """A question that is open stays open, and no button leads away from it."""
    if isinstance(dialogue, Answering):
        staying = tuple(choice for choice in reply.choices if not choice.action.startswith("quiz"))
        reply = replace(reply, text=reply.text + phrases.still_open(), choices=staying)
    return Turn((reply,), dialogue)
