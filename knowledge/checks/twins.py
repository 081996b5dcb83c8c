"""Is every topic asked about enough, and never twice in nearly the same words?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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
AT_ONCE = 700  # characters: what the encoder reads of any language; of Spanish not much more


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
        read = _read([one.value for one in group])
        for (first, one), (second, other) in combinations(enumerate(group), 2):
            if _copied(read[first], read[second]) or _same(read[first], read[second]):
                text = f"it asks nearly the same as {one.page.path}"
                yield other.page.in_body(0, text)


@dataclass(frozen=True, slots=True)
class _Reading:
    """All that a learner reads of a question, what its parts ask, and both as vectors.

    `whole` is a single row; `windows` has one for each stretch of a text that is too long to be
    read at once, and so has `tasks`, which is empty where there are no parts.
    """

    text: str
    asks: str
    whole: Vectors
    windows: Vectors
    tasks: Vectors

    @property
    def long(self) -> bool:
        """Whether `whole` is of a text that was not read to its end."""
        return len(self.text) > AT_ONCE


def _read(questions: Sequence[Question]) -> list[_Reading]:
    """Every question as the encoder reads it; all their texts are embedded together."""
    told = [plain(one.told) for one in questions]
    asks = [plain(_asks(one)) for one in questions]
    texts = [f"{one}{two}" for one, two in zip(told, asks, strict=True)]
    pieces = [
        (text, _windows(one), _windows(two))
        for text, one, two in zip(texts, told, asks, strict=True)
    ]
    every = list(dict.fromkeys(one for text, *cut in pieces for one in (text, *cut[0], *cut[1])))
    vectors = _embedding().embed(every) if every else np.empty((0, 0), dtype=np.float32)
    place = {text: at for at, text in enumerate(every)}

    def rows(of: Sequence[str]) -> Vectors:
        return vectors[[place[one] for one in of]]

    return [
        _Reading(text, ask, rows([text]), rows(one), rows(two))
        for (text, one, two), ask in zip(pieces, asks, strict=True)
    ]


def _windows(text: str) -> list[str]:
    """A text in stretches that are read to their ends."""
    words, windows = text.split(), [""]
    for word in words:
        if len(windows[-1]) + len(word) >= AT_ONCE:
            windows.append("")
        windows[-1] = f"{windows[-1]} {word}".strip()
    return [window for window in windows if window]


def _copied(one: _Reading, other: _Reading) -> bool:
    """Whether two questions have nearly the same words; on one passage, so must their parts."""
    if not fuzz.ratio(one.text, other.text, score_cutoff=ALIKE):
        return False
    if not (one.long and one.asks and other.asks):
        return True
    return bool(fuzz.ratio(one.asks, other.asks, score_cutoff=ALIKE))


def _same(one: _Reading, other: _Reading) -> bool:
    """Whether two questions mean the same: passages and, where both have parts, what these ask."""
    if not (one.long or other.long):
        return bool((one.whole @ other.whole.T)[0, 0] >= SAME_MEANING)
    if len(one.tasks) and len(other.tasks) and _match(one.tasks, other.tasks) < SAME_MEANING:
        return False
    return _match(one.windows, other.windows) >= SAME_MEANING


def _match(one: Vectors, other: Vectors) -> float:
    """How well two texts cover each other: the mean of each window's best cosine, the worse way."""
    if not (len(one) and len(other)):
        return 0.0
    cosines = one @ other.T
    return float(min(cosines.max(axis=1).mean(), cosines.max(axis=0).mean()))


@cache
def _embedding() -> Embed:
    return embedding()


def _asks(question: Question) -> str:
    """What the parts of a question ask, and the options that they offer."""
    options = [option.text for part in question.parts for option in part.options]
    return " ".join([*(part.stem for part in question.parts), *options])
