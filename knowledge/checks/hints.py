"""Are there three hints, and does none of them give the answer away?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.checks.asked import Asked, plain
from knowledge.content import MarkPoint, PointScheme
from knowledge.problems import Problem

COUNT = 3
NAME = 2  # words: an answer this short is a name, and any accepted name gives it away
_NUMBER = re.compile(r"(?<![\w.])-?\d+(?:\.\d+)?(?![\w]|\.\d)")


def problems(asked: Asked) -> Iterator[Problem]:
    """Everything wrong with the hints of one part."""
    hints = asked.part.hints
    if len(hints) != COUNT:
        yield asked.problem(("hints",), f"there should be {COUNT}, not {len(hints)}")
    stem = plain(f"{asked.question.stem}\n{asked.part.stem}")
    told = _numbers(f"{asked.question.stem}\n{asked.part.stem}")
    for number, hint in enumerate(hints):
        words = next((words for words in _secrets(asked) if _gives(hint, words, stem)), "")
        if words:
            yield asked.problem(("hints", number), f'it gives the answer away: "{words}"')
        for value in sorted((_numbers(hint) & _values(asked)) - told):
            yield asked.problem(("hints", number), f"it gives the answer away: {value:g}")


def _gives(hint: str, words: str, stem: str) -> bool:
    secret = plain(words)
    return bool(secret.strip()) and secret in plain(hint) and secret not in stem


def _secrets(asked: Asked) -> Iterator[str]:
    """The wordings that would do as an answer."""
    if isinstance(asked.part.scheme, PointScheme):
        for point in asked.part.scheme.points:
            yield point.text
            if point.expression:
                yield point.expression.value
            yield from (words for words in point.accept if _tells(point, words))


def _tells(point: MarkPoint, words: str) -> bool:
    """Whether an accepted wording is the answer, not one word that happens to occur in it."""
    return len(words.split()) >= NAME or len(point.text.split()) <= NAME


def _values(asked: Asked) -> set[float]:
    scheme = asked.part.scheme
    if not isinstance(scheme, PointScheme):
        return set()
    return {point.numeric.value for point in scheme.points if point.numeric}


def _numbers(text: str) -> set[float]:
    return {float(number) for number in _NUMBER.findall(text)}
