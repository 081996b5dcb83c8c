"""Which questions a passage answers: a doubt is often nearer to a question than to its answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from knowledge.content import Question
from knowledge.instances import DEFAULT, instance

_LONGEST = 400  # characters of a stem: its beginning says what it is about


def by_heading(questions: Iterable[Question]) -> Mapping[str, tuple[str, ...]]:
    """What the questions of one topic ask, by the heading to reread; others are left out."""
    found: dict[str, list[str]] = {}
    for question in questions:
        if question.reread:
            found.setdefault(question.reread, []).extend(_stems(instance(question, DEFAULT)))
    return {heading: tuple(stems) for heading, stems in found.items()}


def _stems(question: Question) -> Iterator[str]:
    for part in question.parts:
        yield (part.stem or question.stem)[:_LONGEST]
