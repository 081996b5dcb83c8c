"""Is every topic asked about enough, and never twice in nearly the same words?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations

import numpy as np
from rapidfuzz import fuzz

from knowledge.checks.asked import plain
from knowledge.content import Question
from knowledge.embedding import Embed, embedding
from knowledge.onnx import Vectors
from knowledge.problems import Problem
from knowledge.shelf import Shelf

ALIKE = 90  # of 100: from here on, two questions are one
# Of a cosine, the same. The nearest two of our questions that ask for different things have 0.80;
# of six pairs put in other words for a trial, three had 0.84 to 0.94, the others, with other
# numbers or things, 0.63 to 0.81. So this finds half of what a reader would.
SAME_MEANING = 0.82


def too_few(shelf: Shelf, fewest: int) -> Iterator[Problem]:
    """Topics with fewer questions than that."""
    counts: dict[tuple[str, str], int] = {}
    for path in shelf.files:
        match path.split("/"):
            case [id, "questions", topic, _]:
                counts[id, topic] = counts.get((id, topic), 0) + 1
    for id, subject in shelf.subjects.items():
        told: set[str] = set()
        for number, entry in enumerate(subject.value.syllabus):
            for place, topic in enumerate(entry.topics):
                count = counts.get((id, topic), 0)
                if count < fewest and topic not in told:
                    told.add(topic)
                    at = ("syllabus", number, "topics", place)
                    text = f'topic "{topic}" needs {fewest} questions or more, and has {count}'
                    yield subject.page.at(at, text)


def alike(shelf: Shelf) -> Iterator[Problem]:
    """Questions of one subject that ask nearly the same, in these words or others."""
    for subject in shelf.subjects:
        group = [one for one in shelf.questions.values() if one.value.subject == subject]
        texts = [_asks(one.value) for one in group]
        near = _near(texts)
        for (first, one), (second, other) in combinations(enumerate(group), 2):
            copied = fuzz.ratio(texts[first], texts[second], score_cutoff=ALIKE)
            if copied or near[first, second] >= SAME_MEANING:
                text = f"it asks nearly the same as {one.page.path}"
                yield other.page.in_body(0, text)


def _near(texts: Sequence[str]) -> Vectors:
    """The cosine of each text with each."""
    if not texts:
        return np.empty((0, 0), dtype=np.float32)
    vectors = _embedding().embed(texts)
    return vectors @ vectors.T


@cache
def _embedding() -> Embed:
    return embedding()


def _asks(question: Question) -> str:
    """All that a learner reads of a question."""
    options = [option.text for part in question.parts for option in part.options]
    return plain(" ".join([question.stem, *(part.stem for part in question.parts), *options]))
