"""A question as it is put to learners, with its figures drawn."""

from __future__ import annotations

import asyncio
import secrets
from datetime import datetime

from bot import questions
from bot.messages import Chat, Reply
from bot.rounds import Round
from knowledge.content import Part, Question
from knowledge.figures import IMAGE, Illustrated
from knowledge.instances import instance
from knowledge.library import Library

_SEEDS = 1000


async def posed(library: Library, question: Question, part: Part, *, whole: bool) -> Reply:
    """A part of a question. `whole`: what all its parts share is shown above."""
    shared = question.stem if whole else ""
    own = part.stem if part.label else ""
    above = await _illustrated(library, question.subject, shared)
    below = await _illustrated(library, question.subject, own)
    figures = (*above.figures, *below.figures)
    return questions.asked(question, part, above.text, below.text, figures)


async def _illustrated(library: Library, subject: str, text: str) -> Illustrated:
    if not IMAGE.search(text):
        return library.illustrated(subject, text)
    return await asyncio.to_thread(library.illustrated, subject, text)  # which takes a moment


def begun(
    question: Question, chat: Chat, starter: int | None, now: datetime, until: datetime
) -> Round:
    """A new round on the first part of a question, with numbers that nobody can foresee."""
    label, seed = question.parts[0].label, secrets.randbelow(_SEEDS)
    return Round(
        secrets.token_urlsafe(9), chat.everybody, starter, question.id, label, seed, now, until
    )


async def shown(library: Library, round: Round, question: Question) -> Reply:
    """What a round asks, as it is put to everybody."""
    drawn = instance(question, round.seed)
    return await posed(library, drawn, drawn.part(round.part), whole=True)


def put(library: Library, round: Round) -> tuple[Question, Part] | None:
    """What a round asks, with its numbers; None where it is gone from the library."""
    try:
        question = instance(library.question(round.question), round.seed)
        return question, question.part(round.part)
    except KeyError:
        return None
