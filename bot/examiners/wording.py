"""An answer as words and windows: what the trained examiner looks at, with places in the original.

Words are compared by their stems; spelling may be British or American, an ion its symbol or its
name, a number its word or its digits, and a long word may be misspelt.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby, pairwise

import snowballstemmer  # type: ignore[import-untyped]  # ships no types
from rapidfuzz import fuzz, process

from bot.examiners.vocabulary import ALIASES, JOINTS, KNOWN, LOOKALIKES, SPELLED, STOP, SYMBOLS

_MOST_WINDOWS = 160  # of one answer; a long essay keeps those that share most with the scheme
_LONG_CLAUSE = 20  # words: longer clauses are also seen through a sliding window
_SLIDE = 14
_NEAR = 84.0  # of 100: how much of a long word a misspelling keeps
_LONG_WORD = 5


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: its place, the number of its clause, and what it stands for.

    `raw` is the word spelt out ('sodium' for 'Na+'), `stem` what it is compared by.
    """

    stem: str
    start: int
    end: int
    clause: int
    raw: str


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of an answer that may earn a point, with its words.

    `single`: it lies within one sentence, so that what it says is said together.
    """

    start: int
    end: int
    words: tuple[Word, ...]
    single: bool


_WORD = re.compile(
    r"(?<![\w.)])[-−–+]\d+(?:\.\d+)?|[^\W_]+(?:['’][a-z]+)?(?:[+⁺](?![\w]))?|[↑↓→<>]"
)
_BREAK = re.compile(r"[,;:.!?()\n]|\s[-–—/]\s")
# 'cos' with an angle behind it is the cosine, else it is how chats spell 'because'
_COSINE = re.compile(
    r"cos(?:²|\^|\s*[(θφα-ωπ]|\s+(?:[b-hj-tv-z]\b|\d+(?:\.\d+)?\s*(?:[=°πθ)]|[b-hj-tv-z]\b|$)))",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+")


class Spelling:
    """Puts misspelt words right, where a known word is near enough; anything else stays."""

    def __init__(self, terms: Iterable[str] = ()) -> None:
        self._terms = tuple(sorted({t for t in (*terms, *SPELLED) if len(t) >= _LONG_WORD}))
        self._right = frozenset(terms) | KNOWN
        self._stems = frozenset(_stem(term) for term in self._right)
        self._seen: dict[str, str] = {}

    def __call__(self, raw: str) -> str:
        """The word that was meant."""
        if raw not in self._seen:
            self._seen[raw] = self._meant(raw)
        return self._seen[raw]

    def _meant(self, raw: str) -> str:
        if len(raw) < _LONG_WORD or not raw.isalpha() or raw in self._right:
            return raw
        if _stem(raw) in self._stems:
            return raw
        near = [term for term in self._terms if term[0] == raw[0]]
        found = process.extractOne(raw, near, scorer=fuzz.ratio, score_cutoff=_NEAR)
        if found is None or (_stem(raw), _stem(found[0])) in _lookalikes():
            return raw
        return str(found[0])


def words(text: str, spelling: Spelling | None = None) -> tuple[Word, ...]:
    """The words of a text, in order, each as it was meant if a spelling is given."""
    found: list[Word] = []
    clause, last = 0, 0
    for match in _WORD.finditer(text):
        written = "cosine" if _COSINE.match(text, match.start()) else match[0]
        raw = _spelt_out(written, spelling)
        if found and (_BREAK.search(text, last, match.start()) or raw in JOINTS):
            clause += 1
        found.append(Word(_stem(raw), match.start(), match.end(), clause, raw))
        last = match.end()
    return tuple(found)


def _spelt_out(written: str, spelling: Spelling | None) -> str:
    if written in SYMBOLS:
        return written.lower()
    raw = unicodedata.normalize("NFKC", written).lower().replace("’", "'")
    raw = re.sub(r"^[−–](?=\d)", "-", raw)
    raw = raw.removesuffix("'s")
    raw = "not" if raw.endswith("n't") else ALIASES.get(raw, raw)
    return spelling(raw) if spelling else raw


def text(found: Iterable[Word]) -> str:
    """The words as one line, spelt out: what is embedded."""
    return " ".join(re.sub(r"^-(?=\d)", "minus ", word.raw) for word in found)


def content(found: Iterable[Word]) -> frozenset[str]:
    """The stems that carry meaning."""
    return frozenset(word.stem for word in found if word.raw not in STOP and word.stem not in STOP)


def covered(wanted: Iterable[str], said: frozenset[str]) -> frozenset[str]:
    """Which of the wanted stems are said, misspelt ones included."""
    return frozenset(
        stem for stem in wanted if stem in said or any(same(stem, other) for other in said)
    )


def share(wanted: frozenset[str], said: frozenset[str]) -> float:
    """How much of what is wanted is said, from 0 to 1; nothing wanted is all said."""
    return len(covered(wanted, said)) / len(wanted) if wanted else 1.0


@lru_cache(maxsize=200_000)
def same(one: str, other: str) -> bool:
    """Whether two stems are one word, perhaps misspelt. The first letter is rarely a slip."""
    if one == other:
        return True
    if min(len(one), len(other)) < _LONG_WORD or one[0] != other[0]:
        return False
    return fuzz.ratio(one, other) >= _NEAR and (one, other) not in _lookalikes()


def windows(
    answer: str,
    pieces: Sequence[tuple[int, int]],
    inside: Sequence[Word],
    scheme: frozenset[str],
) -> tuple[Window, ...]:
    """Clauses, sentences and neighbours of each piece of the answer, each once, in order.

    `inside` are the words of the pieces. Of very many windows, those that share most with the
    scheme's stems are kept.
    """
    starts = [word.start for word in inside]
    spans = dict.fromkeys(
        span for piece in pieces for span in _spans(answer, piece, inside, starts)
    )
    made = [
        Window(start, end, tuple(_between(inside, starts, start, end)), single)
        for start, end, single in spans
    ]
    made = [window for window in made if window.words]
    if len(made) > _MOST_WINDOWS:
        made.sort(key=lambda one: (-len(content(one.words) & scheme), one.start, one.end))
        made = made[:_MOST_WINDOWS]
    return tuple(sorted(made, key=lambda one: (one.start, one.end)))


def _between(inside: Sequence[Word], starts: Sequence[int], start: int, end: int) -> Sequence[Word]:
    return inside[bisect_left(starts, start) : bisect_left(starts, end)]


def sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences and lines of a stretch, without the space around them."""
    edges = [start, *(gap.end() for gap in _SENTENCE.finditer(text, start, end)), end]
    return [span for one, two in pairwise(edges) if (span := _trimmed(text, one, two))]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    piece = text[start:end]
    inner = piece.strip()
    if not inner:
        return None
    start += len(piece) - len(piece.lstrip())
    return start, start + len(inner)


def _spans(
    answer: str, piece: tuple[int, int], inside: Sequence[Word], starts: Sequence[int]
) -> Iterator[tuple[int, int, bool]]:
    """Start and end of each window, and whether it lies within one sentence."""
    whole = sentences(answer, *piece)
    yield from ((one, two, True) for one, two in whole)
    yield from ((one[0], two[1], False) for one, two in pairwise(whole))
    for start, end in whole:
        said = _between(inside, starts, start, end)
        clauses = _clauses(said)
        yield from ((one, two, True) for one, two in clauses)
        yield from ((one[0], two[1], True) for one, two in pairwise(clauses))
        if len(said) > _LONG_CLAUSE:
            for place in range(0, len(said) - _SLIDE // 2, _SLIDE // 2):
                run = said[place : place + _SLIDE]
                yield run[0].start, run[-1].end, True


def _clauses(said: Sequence[Word]) -> list[tuple[int, int]]:
    groups = (list(group) for _, group in groupby(said, key=lambda word: word.clause))
    return [(group[0].start, group[-1].end) for group in groups]


_SPELLINGS = (
    (re.compile(r"iz(e|ed|es|ing|ation|ations)$"), r"is\1"),
    (re.compile(r"(?<=\w)our$"), "or"),
    (re.compile(r"[ao]e(?=\w{3})"), "e"),
)


@lru_cache(maxsize=100_000)
def _stem(raw: str) -> str:
    plain = raw.removesuffix("'s").rstrip("+")
    if len(plain) > _LONG_WORD:
        for pattern, instead in _SPELLINGS:
            plain = pattern.sub(instead, plain)
    if not plain.isalpha():
        return plain
    stemmer = snowballstemmer.stemmer("english")  # made anew: not safe between threads
    return str(stemmer.stemWord(plain))


def stems(text: str) -> frozenset[str]:
    """The stems of some plain words."""
    return frozenset(_stem(word) for word in text.split())


@cache
def _lookalikes() -> frozenset[tuple[str, str]]:
    """Pairs of real words that differ by less than a typing slip does, both ways round."""
    both = [tuple(_stem(word) for word in pair.split()) for pair in LOOKALIKES.split("|")]
    return frozenset((a, b) for one, two in both for a, b in ((one, two), (two, one)))
