"""Answers that are no answers: keyword lists, the question said again, words to the examiner."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import groupby
from typing import get_args

from bot.examiners import direction
from bot.examiners.tongues import Tongue, tongue
from bot.examiners.wording import Window, Word, content, keys, sentences, share
from knowledge.content import Language

_FEW = 3  # words: shorter answers may be a term that was asked for
_PAIR = 2  # of words, or of items: in languages whose command terms ask for no bare words
_PROSE = 0.25  # of the words of a sentence are small ones, at least
_MOSTLY = 0.7
_EQUATION = re.compile(r"[\w)\]%]\s*[=≈]\s*[-−–+(\[]?\s*[\d√π]|\d\s*[-−+*/×·]\s*\d")
_ALL = 0.9  # of a window's words stand in the question: it says nothing new

# Words to whoever marks, in languages that nobody is examined in here. The others have theirs.
_ELSEWHERE = (
    r"\b(?:ignor[ae]|dimentica)\b[^.!?\n]{0,50}\b(?:istruzion|criterio|schema)"
    r"|\bpunteggio\s+(?:pieno|massim)|\btutti\s+i\s+punti|\btodos\s+os\s+pontos"
    r"|满分|忽略|评分|игнорируй|максимальн\w+ балл|полный балл|満点|無視|تجاهل|पूरे अंक"
)


def addressed(answer: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """The stretches of the answer that remain without the sentences meant for the examiner."""
    return without(answer, start, end, is_addressed)


def is_addressed(sentence: str) -> bool:
    """Whether a sentence is meant for the examiner."""
    return bool(_pleas().search(sentence))


@cache
def _pleas() -> re.Pattern[str]:
    """In whatever language: a plea is a plea also where another one is asked for."""
    own = (tongue(code).pleas.pattern for code in get_args(Language))
    return re.compile("|".join((*own, _ELSEWHERE)), re.IGNORECASE | re.MULTILINE)


def without(
    answer: str, start: int, end: int, unwanted: Callable[[str], bool]
) -> tuple[tuple[int, int], ...]:
    """The stretches of the answer that remain without unwanted sentences."""
    kept: list[tuple[int, int]] = []
    for one, two in sentences(answer, start, end):
        if unwanted(answer[one:two]):
            continue
        if kept and not answer[kept[-1][1] : one].strip():
            kept[-1] = (kept[-1][0], two)
        else:
            kept.append((one, two))
    return tuple(kept)


def asks_for_a_term(command_term: str, ways: Sequence[Sequence[Word]]) -> bool:
    """Whether a bare word can earn the point: it was asked for, or the point makes no claim.

    `ways` are the wordings that earn it, the point itself first. Where a language has no terms that
    ask for bare words, any wording that makes no claim says so.
    """
    first = ways[0]
    if not first or first[0].tongue.terms:
        return command_term.lower() in _terms(first) or _is_term(first)
    return any(_is_term(way) for way in ways)


def _terms(claim: Sequence[Word]) -> frozenset[str]:
    return claim[0].tongue.terms if claim else frozenset()


def _is_term(claim: Sequence[Word]) -> bool:
    if not claim or claim[0].tongue.terms:
        return len(content(claim)) < _FEW or not claims(claim)
    if len(content(claim)) < _FEW:
        return not any(_is_verb(word) for word in claim)
    return not claims(claim)


def claims(text: Sequence[Word]) -> bool:
    """Whether words say something: by a verb or a relation, or by which way a thing goes."""
    related = any(word.plain in word.tongue.relating or _is_verb(word) for word in text)
    return related or (len(text) > 1 and direction.compared(text))


def is_list(words: Sequence[Word], text: str) -> bool:
    """Whether words of a text are only strung together: hardly a small one, most clauses bare.

    Working is no list: 'FC: O = 6 - 4 - 2 = 0', nor is what is to be done: 'put 4 and 5 together'.
    """
    if not words:
        return False
    spoken = words[0].tongue
    small = sum(word.plain in spoken.small for word in words)
    least = _FEW if spoken.by_stem else _PAIR
    if len(words) < least:
        return False
    clauses = [list(clause) for _, clause in groupby(words, key=lambda word: word.clause)]
    if not spoken.by_stem and {"1", "2"} <= {word.raw for word in words}:
        return False  # numbered: each item says what it belongs to
    if len(clauses) >= _PAIR and all(_is_item(clause) for clause in clauses):
        return True
    if small >= _PROSE * len(words):
        return False
    bare = [
        clause
        for clause, around in zip(clauses, _arounds(clauses), strict=True)
        if not (claims(clause) or _tells(clause, text[around[0] : around[1]]))
    ]
    if len(clauses) < _FEW:
        short = len(clauses) == _PAIR and all(len(clause) <= _PAIR for clause in clauses)
        enough = len(words) >= spoken.least or short
        return len(bare) == len(clauses) and not small and enough
    return len(bare) >= _MOSTLY * len(clauses)


def _is_item(clause: Sequence[Word]) -> bool:
    """Whether a clause is an article and a noun: 'la cama'."""
    first = clause[0]
    bare = clause[1:] if first.plain in first.tongue.articles else []
    return len(bare) == 1 and not claims(bare)


def _arounds(clauses: Sequence[Sequence[Word]]) -> Iterator[tuple[int, int]]:
    """Where each clause stands with a word to either side: (x - 8)(x + 2) = 0 is cut into three."""
    for place, clause in enumerate(clauses):
        before = clauses[place - 1][-1] if place else clause[0]
        behind = clauses[place + 1][0] if place + 1 < len(clauses) else clause[-1]
        yield before.start, behind.end


def _tells(clause: Sequence[Word], around: str) -> bool:
    """Whether a clause tells what to do, or what something is equal to, in figures."""
    return any(word.plain in word.tongue.doing for word in clause) or bool(_EQUATION.search(around))


def repeats(window: Window, question: frozenset[str]) -> bool:
    """Whether a window says only what the question says."""
    said = content(window.words)
    return bool(said) and share(said, question) >= _ALL


def _is_verb(word: Word) -> bool:
    spoken = word.tongue
    if word.plain in spoken.auxiliary or word.key in _verbs(spoken):
        return True
    if spoken.verbal and spoken.verbal.search(word.raw):
        return True
    return word.raw.endswith(spoken.inflected or ()) and word.key in _inflected(spoken)


@cache
def _verbs(spoken: Tongue) -> frozenset[str]:
    return keys(spoken.claiming, spoken)


@cache
def _inflected(spoken: Tongue) -> frozenset[str]:
    return keys(spoken.claiming_inflected, spoken)
