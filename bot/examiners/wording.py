"""An answer as words and windows: what the trained examiner looks at, with places in the original.

Words are compared by their stems; spelling may be British or American, an ion its symbol or its
name, a number its word or its digits, and a long word may be misspelt. In other languages than
English accents may be missing, and a stem bears the language's mark ('es:lleg'): those are
compared as they are, for endings carry the sense there and a slip may be another word.
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

from bot.examiners.tongues import Tongue, tongue

_MOST_WINDOWS = 160  # of one answer; a long essay keeps those that share most with the scheme
_LONG_CLAUSE = 20  # words: longer clauses are also seen through a sliding window
_SLIDE = 14
_MARK = ":"  # between a language's code and a stem
ENGLISH = tongue("en")
_LONG_WORD = 5


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: its place, the number of its clause, and what it stands for.

    `raw` is the word spelt out ('sodium' for 'Na+'), `stem` what it is compared by, `plain` the
    word as its language's lists have it, and `key` what it is looked up by among opposites and
    denials: the stem in English, the plain word in other languages.
    """

    stem: str
    start: int
    end: int
    clause: int
    raw: str
    plain: str
    key: str
    tongue: Tongue


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of an answer that may earn a point, with its words.

    `single`: it lies within one sentence, so that what it says is said together.
    """

    start: int
    end: int
    words: tuple[Word, ...]
    single: bool


_BREAK = re.compile(r"[,;:.!?()\n]|\s[-–—/]\s")
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+")


class Spelling:
    """Puts misspelt words right, where a known word is near enough; anything else stays."""

    def __init__(self, terms: Iterable[str] = (), spoken: Tongue = ENGLISH) -> None:
        self._tongue = spoken
        own = frozenset(terms)
        self._terms = tuple(sorted(t for t in own | spoken.spelled if len(t) >= _LONG_WORD))
        # English terms may be put right by each other: the marker that ships was trained so
        self._right = _known(spoken) if spoken.by_stem else own | _known(spoken)
        self._stems = frozenset(_stem(term, spoken) for term in self._right)
        self._accented = {} if spoken.by_stem else {spoken.plain(term): term for term in own}
        self._seen: dict[str, str] = {}

    def __call__(self, raw: str) -> str:
        """The word that was meant."""
        if raw not in self._seen:
            self._seen[raw] = self._meant(raw)
        return self._seen[raw]

    def _meant(self, raw: str) -> str:
        if raw in self._right or not raw.isalpha():
            return raw
        plain = self._tongue.plain(raw)
        if accented := self._accented.get(plain):
            return accented
        if plain in self._right or len(raw) < _LONG_WORD or _stem(raw, self._tongue) in self._stems:
            return raw
        near = [term for term in self._terms if term[0] == raw[0]]
        cut = self._tongue.near
        found = process.extractOne(raw, near, scorer=fuzz.ratio, score_cutoff=cut)
        stems = (_stem(raw, self._tongue), _stem(found[0], self._tongue)) if found else None
        if found is None or stems in _lookalikes():
            return raw
        return str(found[0])


@cache
def _known(spoken: Tongue) -> frozenset[str]:
    """Words that are right as they are."""
    lists = (
        *(spoken.claiming, spoken.claiming_inflected, spoken.moves),
        *(side for sides in spoken.axes.values() for side in sides),
    )
    words = frozenset(form for words in lists for form in spoken.forms(words))
    return words | spoken.stop | spoken.joints | spoken.spelled | spoken.relating | spoken.auxiliary


def words(
    text: str, spelling: Spelling | None = None, spoken: Tongue = ENGLISH
) -> tuple[Word, ...]:
    """The words of a text, in order, each as it was meant if a spelling is given."""
    found: list[Word] = []
    clause, last = 0, 0
    for match in spoken.word.finditer(text):
        raw = _spelt_out(_written(text, match, spoken), spelling, spoken)
        plain = spoken.plain(raw)
        joined = plain in spoken.joints and not _goes_on(found, clause)
        if found and (_BREAK.search(text, last, match.start()) or joined):
            clause += 1
        stem = _stem(raw, spoken)
        key = stem if spoken.by_stem else plain
        found.append(Word(stem, match.start(), match.end(), clause, raw, plain, key, spoken))
        last = match.end()
    return tuple(found)


def _goes_on(found: Sequence[Word], clause: int) -> bool:
    """Whether the clause has only begun, by another joint: 'parce que', 'pero cuando'."""
    begun = [word for word in found[-2:] if word.clause == clause]
    first = len(begun) == 1 and not begun[0].tongue.by_stem
    return first and begun[0].plain in begun[0].tongue.joints


def _written(text: str, match: re.Match[str], spoken: Tongue) -> str:
    readings = (word for way, word in spoken.read_as if way.match(text, match.start()))
    return next(readings, match[0])


def _spelt_out(written: str, spelling: Spelling | None, spoken: Tongue) -> str:
    if written in spoken.symbols:
        return written.lower()
    raw = unicodedata.normalize("NFKC", written).lower().replace("’", "'")
    raw = re.sub(r"^[−–](?=\d)", "-", raw)
    if spoken.by_stem:
        raw = raw.removesuffix("'s")
        raw = "not" if raw.endswith("n't") else raw
    raw = spoken.aliases.get(spoken.plain(raw), raw)
    return spelling(raw) if spelling else raw


def text(found: Iterable[Word]) -> str:
    """The words as one line, spelt out: what is embedded."""
    return " ".join(re.sub(r"^-(?=\d)", "minus ", word.raw) for word in found)


def content(found: Iterable[Word]) -> frozenset[str]:
    """The stems that carry meaning."""
    return frozenset(word.stem for word in found if means(word))


def means(word: Word) -> bool:
    """Whether a word carries meaning."""
    stop = word.tongue.stop
    return word.plain not in stop and word.stem not in stop


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
    if min(len(one), len(other)) < _LONG_WORD or one[0] != other[0] or _MARK in one:
        return False
    return fuzz.ratio(one, other) >= ENGLISH.near and (one, other) not in _lookalikes()


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


@lru_cache(maxsize=100_000)
def _stem(raw: str, spoken: Tongue = ENGLISH) -> str:
    plain = raw.removesuffix("'s").rstrip("+")
    if len(plain) > _LONG_WORD or not spoken.by_stem:
        for pattern, instead in spoken.before_stemming:
            plain = pattern.sub(instead, plain)
    if not plain.isalpha():
        return plain
    stemmer = snowballstemmer.stemmer(spoken.stemmer)  # made anew: not safe between threads
    stem = str(stemmer.stemWord(plain))
    return stem if spoken.by_stem else f"{spoken.code}{_MARK}{_even(stem, spoken)}"


def _even(stem: str, spoken: Tongue) -> str:
    stem = spoken.plain(stem)
    for pattern, instead in spoken.after_stemming:
        stem = pattern.sub(instead, stem)
    return stem


def keys(text: str, spoken: Tongue) -> frozenset[str]:
    """What the words of a list are looked up by."""
    return stems(text) if spoken.by_stem else spoken.forms(text)


def stems(text: str) -> frozenset[str]:
    """The stems of some plain English words."""
    return frozenset(_stem(word) for word in text.split())


@cache
def _lookalikes() -> frozenset[tuple[str, str]]:
    """Pairs of real words that differ by less than a typing slip does, both ways round."""
    pairs = ENGLISH.lookalikes.split("|")
    both = [tuple(_stem(word) for word in pair.split()) for pair in pairs]
    return frozenset((a, b) for one, two in both for a, b in ((one, two), (two, one)))
