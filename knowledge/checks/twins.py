"""Is every topic asked about enough, and never twice in nearly the same words?"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from rapidfuzz import fuzz

from knowledge.checks.asked import plain
from knowledge.content import Question
from knowledge.problems import Problem
from knowledge.shelf import Shelf, Written

ALIKE = 90  # of 100: from here on, two questions are one


def too_few(shelf: Shelf, fewest: int) -> Iterator[Problem]:
    """Topics with fewer questions than that."""
    counts: dict[tuple[str, str], int] = {}
    for path in shelf.files:
        match path.split("/"):
            case [id, "questions", topic, _]:
                counts[id, topic] = counts.get((id, topic), 0) + 1
    for id, subject in shelf.subjects.items():
        for number, entry in enumerate(subject.value.syllabus):
            for place, topic in enumerate(entry.topics):
                count = counts.get((id, topic), 0)
                if count < fewest:
                    at = ("syllabus", number, "topics", place)
                    text = f'topic "{topic}" needs {fewest} questions or more, and has {count}'
                    yield subject.page.at(at, text)


def alike(shelf: Shelf) -> Iterator[Problem]:
    """Questions of one topic that ask nearly the same."""
    topics: dict[tuple[str, str], list[Written[Question]]] = {}
    for written in shelf.questions.values():
        topics.setdefault((written.value.subject, written.value.topic), []).append(written)
    for group in topics.values():
        for one, other in combinations(group, 2):
            if fuzz.ratio(_asks(one.value), _asks(other.value)) >= ALIKE:
                text = f"it asks nearly the same as {one.page.path}"
                yield other.page.in_body(0, text)


def _asks(question: Question) -> str:
    """All that a learner reads of a question."""
    options = [option.text for part in question.parts for option in part.options]
    return plain(" ".join([question.stem, *(part.stem for part in question.parts), *options]))
