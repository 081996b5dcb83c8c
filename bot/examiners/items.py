"""The answers in an answer: where n were asked for, only the first n that were given are marked."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from bot.examiners.tongues import Tongue

_NUMBERED = re.compile(r"(?:^|(?<=\s))\(?(?:\d{1,2}|[a-e]|i{1,3}|iv|v)[.)]\s+")
_SENTENCES = re.compile(r"(?<=[.!?])\s+(?=\S)")
_LONG_ITEM = 8  # words: longer ones are claims with commas of their own


def end_of_first(answer: str, count: int, spoken: Tongue) -> int:
    """Where the first `count` answers end: by lines, numbers, sentences or else by commas."""
    for starts in (_lines(answer), _numbered(answer), _after(_SENTENCES, answer)):
        if len(starts) > 1:
            return starts[count] if len(starts) > count else len(answer)
    starts = _after(_commas(spoken), answer)
    if len(starts) <= count or _is_prose(answer, starts):
        return len(answer)
    return starts[count]


@cache
def _commas(spoken: Tongue) -> re.Pattern[str]:
    joined = "|".join(spoken.between.split())
    return re.compile(rf"\s*(?:,\s*(?:{joined})?|;|\b(?:{joined})\b|&|\+|/)\s*")


def _lines(answer: str) -> list[int]:
    return [line.start() for line in re.finditer(r"^[ \t]*\S", answer, re.MULTILINE)]


def _numbered(answer: str) -> list[int]:
    return [number.start() for number in _NUMBERED.finditer(answer)]


def _after(gap: re.Pattern[str], answer: str) -> list[int]:
    return [0, *(match.end() for match in gap.finditer(answer) if match.end() < len(answer))]


def _is_prose(answer: str, starts: list[int]) -> bool:
    edges = [*starts, len(answer)]
    longest = max(len(answer[a:b].split()) for a, b in pairwise(edges))
    return longest > _LONG_ITEM
