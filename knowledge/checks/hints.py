"""Are there three hints, and does none of them give the answer away?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.checks.asked import Asked, plain
from knowledge.content import MarkPoint, PointScheme
from knowledge.problems import Problem

COUNT = 3
QUOTED = 5  # words in a row that are a quotation
NAME = 2  # words: an answer this short is a name, and any accepted name gives it away
_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")
_NUMBER = re.compile(r"(?<![\w.])-?\d+(?:\.\d+)?(?![\w]|\.\d)")


def problems(asked: Asked) -> Iterator[Problem]:
    """Everything wrong with the hints of one part."""
    hints = asked.part.hints
    if len(hints) != COUNT:
        yield asked.problem(("hints",), f"there should be {COUNT}, not {len(hints)}")
    stem, told = plain(asked.told), _numbers(asked.told)
    holding = list(_holding(asked))
    for number, hint in enumerate(hints):
        words = next((words for words in _secrets(asked) if _gives(hint, words, stem)), "")
        if words:
            yield asked.problem(("hints", number), f'it gives the answer away: "{words}"')
        elif run := next((run for one in holding if (run := _shared(hint, one, asked))), ""):
            text = f'it quotes the sentence of the text that holds the answer: "{run}"'
            yield asked.problem(("hints", number), text)
        for value in sorted((_numbers(hint) & _values(asked)) - told):
            yield asked.problem(("hints", number), f"it gives the answer away: {value:g}")


def _holding(asked: Asked) -> Iterator[str]:
    """The sentences of the passage that hold a wording that would do as an answer."""
    secrets = [f" {plain(words).strip()} " for words in _secrets(asked) if plain(words).strip()]
    for sentence in _SENTENCE.split(asked.question.told if asked.part.stem else ""):
        if any(secret in plain(sentence) for secret in secrets):
            yield sentence


def _shared(hint: str, sentence: str, asked: Asked) -> str:
    """Words in a row of a sentence that a hint quotes and the part does not; '' if none."""
    words, quoting, known = plain(hint).split(), plain(sentence), plain(asked.part.stem)
    for at in range(len(words) - QUOTED + 1):
        run = f" {' '.join(words[at : at + QUOTED])} "
        if run in quoting and run not in known:
            return run.strip()
    return ""


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
