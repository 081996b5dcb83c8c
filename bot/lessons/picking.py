"""Which question to ask: of what was asked for, what is due, then new, then oldest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.learners import Attempt, Card, Learner
from bot.schedule import due
from knowledge.content import Level, Question, QuestionId
from knowledge.library import Library

_PAPER = re.compile(r"\b(?:paper\s*|p(?=\d))(\d[ab]?)\b", re.IGNORECASE)
_LEVEL = re.compile(r"\b(sl|hl)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a learner wants to be asked; all None is anything. `unclear`: words not understood."""

    topic: str | None = None
    paper: str | None = None
    command_term: str | None = None
    level: Level | None = None
    unclear: str = ""
    candidates: tuple[str, ...] = ()


def wish(library: Library, subject: str, words: str) -> Wish:
    """Read 'osmosis', 'paper 2', 'explain', 'HL', 'due' and mixtures of these."""
    rest = words.strip().lower()
    paper = _PAPER.search(rest)
    rest = _PAPER.sub(" ", rest)
    level = _LEVEL.search(rest)
    rest = _LEVEL.sub(" ", rest)
    terms = sorted(
        (term for term, _ in library.subject(subject).command_terms), key=len, reverse=True
    )
    term = next((term for term in terms if re.search(rf"\b{re.escape(term)}\b", rest)), None)
    if term:
        rest = re.sub(rf"\b{re.escape(term)}\b", " ", rest)
    rest = " ".join(word for word in rest.split() if word not in _FILLERS)
    found = library.topics_like(subject, rest) if rest else ()
    return Wish(
        topic=found[0] if len(found) == 1 else None,
        paper=paper[1].upper() if paper else None,
        command_term=term,
        level=_level(level[1]) if level else None,
        unclear=rest if len(found) != 1 else "",
        candidates=found,
    )


_FILLERS = frozenset(
    {
        "due",
        "on",
        "a",
        "an",
        "the",
        "about",
        "what",
        "is",
        "question",
        "questions",
        "any",
        "me",
        "and",
    }
)


def _level(word: str) -> Level:
    return "HL" if word.lower() == "hl" else "SL"


def candidates(library: Library, learner: Learner, wish: Wish) -> tuple[Question, ...]:
    """What fits a wish at the learner's level; a paper's number covers its sections."""
    all = library.questions(
        learner.subject, topic=wish.topic, command_term=wish.command_term, level=learner.level
    )
    return tuple(
        question
        for question in all
        if (wish.paper is None or question.paper.upper().startswith(wish.paper))
        and (wish.level is None or question.level == wish.level)
    )


def pick(
    questions: Sequence[Question],
    cards: tuple[Card, ...],
    attempts: Sequence[Attempt],
    now: datetime,
    current: QuestionId | None,
) -> Question | None:
    """Due first, then unseen from the topic practised least, then the one seen longest ago.

    Never the current question while there is another. None if there are no questions.
    """
    others = [question for question in questions if question.id != current] or list(questions)
    by_id = {question.id: question for question in others}
    for card in due(cards, now):
        if card.question in by_id:
            return by_id[card.question]
    seen = {attempt.question: place for place, attempt in enumerate(attempts)}
    unseen = [question for question in others if question.id not in seen]
    if unseen:
        practised = _per_topic(attempts)
        return min(unseen, key=lambda question: practised.get(question.topic, 0))
    return min(others, key=lambda question: seen[question.id], default=None)


def _per_topic(attempts: Iterable[Attempt]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for id in {attempt.question for attempt in attempts}:
        topic = id.split("/")[1]
        counts[topic] = counts.get(topic, 0) + 1
    return counts
