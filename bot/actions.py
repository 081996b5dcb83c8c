"""What a button says when it comes back, perhaps after a restart: a verb and what it is about."""

from __future__ import annotations

from knowledge.content import Part, Question, QuestionId


def about(verb: str, question: Question, part: Part) -> str:
    """An action on one part of a question: 'hint:biology/osmosis/potato#b'."""
    return f"{verb}:{question.id}#{part.label}" if part.label else f"{verb}:{question.id}"


def read(action: str) -> tuple[str, str]:
    """The verb, and what it is about ('' where it says nothing more)."""
    verb, _, rest = action.partition(":")
    return verb, rest


def target(rest: str) -> tuple[QuestionId, str]:
    """The question and the part's label that `about` put into an action."""
    id, _, label = rest.partition("#")
    return QuestionId(id), label
