"""Answers that are no answers: keyword lists, the question said again, words to the examiner."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import groupby

from bot.examiners import direction
from bot.examiners.vocabulary import (
    AUXILIARY,
    CLAIMING,
    CLAIMING_INFLECTED,
    DOING,
    RELATING,
    STOP,
    TERMS,
)
from bot.examiners.wording import Window, Word, content, sentences, share, stems

_FEW = 3  # words: shorter answers may be a term that was asked for
_PROSE = 0.25  # of the words of a sentence are small ones, at least
_MOSTLY = 0.7
_SMALL = (STOP | RELATING) - {"and", "or", "all"}
_EQUATION = re.compile(r"[\w)\]%]\s*[=≈]\s*[-−–+(\[]?\s*[\d√π]|\d\s*[-−+*/×·]\s*\d")
_ALL = 0.9  # of a window's words stand in the question: it says nothing new

# Words to whoever marks. Each alternative must leave alone what answers say: 'a melting point is
# given', 'the nervous system: …', 'bacteria are helpful', 'banks give credit', 'genetic markers'.
_TO_THE_EXAMINER = re.compile(
    r"mark\s?-?schemes?\b|\b(?:examiner|grader)s?\b|\b(?:dear|the|my|hey|hello)\s+(?:marker|teacher)\b"
    r"|\b(?:full|all|maximum|max|top|every)\s+(?:of\s+)?(?:the\s+|my\s+)?(?:marks?|credit|score)\b"
    r"|\b(?:full|maximum|max)\s+points\b"
    r"|\b(?:award|grant|deserves?)\b[^.!?\n]{0,40}\b(?:marks?|points?|credit)\b"
    r"|\b(?:give|award)\b[^.!?\n]{0,30}(?:\bmarks?\b|\b\d+\s*/\s*\d+\b|\bout of \w+)"
    r"|\bgive\s+(?:me|this|it|my)\b[^.!?\n]{0,30}\b(?:points?|credit|score)\b"
    r"|\b(?:ignore|disregard|forget|override|skip)\b[^.!?\n]{0,40}\b(?:instructions?|prompt|rubric|scheme"
    r"|criteria|above|previous|what you were told)\b"
    r"|^\W*(?:system|assistant|developer)\s*(?:prompt|message)?\s*:|\bsystem\s+(?:prompt|message)\b"
    r"|\blanguage model\b|\bas\s+an?\s+ai\b|\bjailbreak|\byou\s+are\s+now\b"
    r"|\byou\s+are\s+(?:an?\s+)?(?:helpful|ai|assistant|chatbot)\b"
    r"|\bmark\s+(?:this|me|it|my)\b|\bset\s+(?:the\s+)?score\b"
    r"|\b(?:count|treat|accept|score)\s+(?:this|it|all|every\w*)\s+as\s+(?:right|correct|earned|full)"
    r"|\bthis\s+(?:answer|response)\s+(?:deserves|earns|(?:is|should\s+be|must\s+be|counts\s+as)\s+"
    r"(?:\w+\s+)?(?:correct|right|perfect|awarded|accepted|full))"
    r"|\bp\d\s*(?:=|:)?\s*(?:true|awarded|earned)\b"
    r"|</?(?:answer|system|instructions?|user|assistant|marks?|script|student\w*)>"
    r"|\b(?:ignor(?:a|e|ez|ieren?|iere|ar)|oublie[zr]?|vergiss|olvida|dimentica)\b[^.!?\n]{0,50}\b"
    r"(?:instru[cçz]|istruzion|esquema|criterio|bar[èe]me|consigne|anweisung|bewertung|schema)"
    r"|\b(?:puntuaci[óo]n|puntos|notas?)\s+(?:m[áa]xim|complet)|\btodos\s+los\s+puntos"
    r"|\bnote\s+maxim|\btous\s+les\s+points|\bvolle\s+punkt|\balle\s+punkte"
    r"|\bpunteggio\s+(?:pieno|massim)|\btutti\s+i\s+punti|\btodos\s+os\s+pontos"
    r"|满分|忽略|评分|игнорируй|максимальн\w+ балл|полный балл|満点|無視|تجاهل|पूरे अंक",
    re.IGNORECASE | re.MULTILINE,
)


def addressed(answer: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """The stretches of the answer that remain without the sentences meant for the examiner."""
    return without(answer, start, end, is_addressed)


def is_addressed(sentence: str) -> bool:
    """Whether a sentence is meant for the examiner."""
    return bool(_TO_THE_EXAMINER.search(sentence))


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


def asks_for_a_term(command_term: str, claim: Sequence[Word]) -> bool:
    """Whether a bare word can earn the point: it was asked for, or the point makes no claim."""
    return command_term.lower() in TERMS or len(content(claim)) < _FEW or not claims(claim)


def claims(text: Sequence[Word]) -> bool:
    """Whether words say something: by a verb or a relation, or by which way a thing goes."""
    related = any(word.raw in RELATING or _is_verb(word) for word in text)
    return related or (len(text) > 1 and direction.compared(text))


def is_list(words: Sequence[Word], text: str) -> bool:
    """Whether words of a text are only strung together: hardly a small one, most clauses bare.

    Working is no list: 'FC: O = 6 - 4 - 2 = 0', nor is what is to be done: 'put 4 and 5 together'.
    """
    small = sum(word.raw in _SMALL for word in words)
    if len(words) < _FEW or small >= _PROSE * len(words):
        return False
    clauses = [list(clause) for _, clause in groupby(words, key=lambda word: word.clause)]
    bare = [
        clause
        for clause, around in zip(clauses, _arounds(clauses), strict=True)
        if not (claims(clause) or _tells(clause, text[around[0] : around[1]]))
    ]
    if len(clauses) < _FEW:
        return len(bare) == len(clauses) and not small
    return len(bare) >= _MOSTLY * len(clauses)


def _arounds(clauses: Sequence[Sequence[Word]]) -> Iterator[tuple[int, int]]:
    """Where each clause stands with a word to either side: (x - 8)(x + 2) = 0 is cut into three."""
    for place, clause in enumerate(clauses):
        before = clauses[place - 1][-1] if place else clause[0]
        behind = clauses[place + 1][0] if place + 1 < len(clauses) else clause[-1]
        yield before.start, behind.end


def _tells(clause: Sequence[Word], around: str) -> bool:
    """Whether a clause tells what to do, or what something is equal to, in figures."""
    return any(word.raw in DOING for word in clause) or bool(_EQUATION.search(around))


def repeats(window: Window, question: frozenset[str]) -> bool:
    """Whether a window says only what the question says."""
    said = content(window.words)
    return bool(said) and share(said, question) >= _ALL


def _is_verb(word: Word) -> bool:
    if word.raw in AUXILIARY or word.stem in _verbs():
        return True
    return word.raw.endswith(("s", "ed", "ing")) and word.stem in _inflected()


@cache
def _verbs() -> frozenset[str]:
    return stems(CLAIMING)


@cache
def _inflected() -> frozenset[str]:
    return stems(CLAIMING_INFLECTED)
