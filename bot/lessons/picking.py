"""Which question to ask: of what was asked for, what is due, then new, then oldest.

The question of the day is picked anew: what is due and weak, and nothing seen in the last days.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.learners import Attempt, Card, Learner
from bot.pushes import Prospect
from bot.schedule import due
from knowledge.content import Level, Question, QuestionId
from knowledge.library import Library

LATELY = timedelta(days=7)  # a question seen since then is no question of the day
_UNTRIED = 0.5  # how well a topic is taken to be known that was never practised: share of marks
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


_KINDS = frozenset({"choice", "number", "short"})  # what ten minutes are enough for
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


def for_room(questions: Iterable[Question], asked: Sequence[QuestionId]) -> Question | None:
    """Of what a room can answer in a few minutes, one that it was not asked for longest.

    None if there is none. `asked` is what it was asked, oldest first.
    """
    fitting = [
        question
        for question in questions
        if question.parts[0].kind in _KINDS and not question.script  # a room cannot listen
    ]
    last = {id: place for place, id in enumerate(asked)}
    oldest = min((last.get(question.id, -1) for question in fitting), default=-1)
    longest_ago = [one for one in fitting if last.get(one.id, -1) == oldest]
    return secrets.choice(longest_ago) if longest_ago else None


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


def of_the_day(
    questions: Sequence[Question], known: Prospect, now: datetime, current: QuestionId | None
) -> Question | None:
    """The weakest of what is due, then something new from the weakest topic, then the oldest.

    Never one that was answered or sent in the last days, while there is another. Of several
    subjects, the one that had to wait longest comes first. None if there are no questions.
    """
    last = {seen.question: seen.at for seen in known.seen} | dict(known.pushed)
    fresh = [
        question
        for question in questions
        if question.id != current
        and (question.id not in last or last[question.id] < now - LATELY)
        and question.id not in dict(known.pushed)
    ]
    waiting = _waiting(known)
    by_id = {question.id: question for question in fresh}
    marks = {seen.question: _share(seen.marks, seen.out_of) for seen in known.seen}
    again = [by_id[card.question] for card in known.due if card.question in by_id]
    if again:
        return min(again, key=lambda one: (waiting(one), marks.get(one.id, 0.0)))
    topics = topic_shares(known)
    new = [question for question in fresh if question.id not in last]
    if new:
        return min(
            new,
            key=lambda one: (waiting(one), topics.get((one.subject, one.topic), _UNTRIED)),
        )
    oldest = fresh or [one for one in questions if one.id != current] or list(questions)
    return min(oldest, key=lambda one: last.get(one.id, now - 2 * LATELY), default=None)


def topic_shares(known: Prospect, since: datetime | None = None) -> dict[tuple[str, str], float]:
    """The share of marks earned on each topic (subject, topic), by the latest answer to a part."""
    latest = {
        (seen.question, seen.part): (seen.marks, seen.out_of)
        for seen in known.seen
        if seen.marks is not None and seen.out_of and (since is None or seen.at >= since)
    }
    sums: dict[tuple[str, str], tuple[int, int]] = {}
    for (id, _), (marks, out_of) in latest.items():
        subject, topic, *_ = id.split("/")
        earned, possible = sums.get((subject, topic), (0, 0))
        sums[subject, topic] = earned + (marks or 0), possible + (out_of or 0)
    return {topic: _share(*both) for topic, both in sums.items()}


def _waiting(known: Prospect) -> Callable[[Question], float]:
    """When a question's subject last had its turn: 0 for never."""
    turns = {id.split("/")[0]: at.timestamp() for id, at in known.pushed}
    return lambda question: turns.get(question.subject, 0.0)


def _share(marks: int | None, out_of: int | None) -> float:
    return (marks or 0) / out_of if out_of else 0.0
