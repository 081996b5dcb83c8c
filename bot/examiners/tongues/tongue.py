"""What the examiners know of a language, and how its lists of words are written down.

A list is one text with spaces. In lists of verbs `dej:ar` stands for all forms of an -ar verb with
that stem, `pierd|perd:er` for those of several stems. On an axis, `dejar_de` are two words that
follow each other, `hört+auf` two of one clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from bot.examiners.tongues.choosing import Choosing
from knowledge.content import Language
from knowledge.words import unaccented

Axes = Mapping[str, tuple[str, str]]
Swaps = tuple[tuple[re.Pattern[str], str], ...]

_CLASS = re.compile(r"([a-z]+)(\W\w+|_\w+)?")  # of a verb's endings, and what stands behind it
_LIGATURES = str.maketrans({"ß": "ss", "œ": "oe", "æ": "ae", "’": "'"})


@dataclass(frozen=True, slots=True, eq=False)
class Tongue:
    """A language.

    `by_stem`: its lists of opposites and denials hold stems, so that misspelt words and all forms
    are found; else they hold forms without accents, for a stem may be that of other words too.
    `agreeing`: several denials in one clause are one ('no viene nadie'). `least` is how many words
    a list has at least where no comma parts them. `strict`: words are one only if their stems are
    equal, and a rejected wording is said only by all of its words, short ones in the same form.
    """

    code: Language
    name: str  # in English
    stemmer: str  # Snowball's name for it
    word: re.Pattern[str]
    stop: frozenset[str]  # words without a meaning of their own
    joints: frozenset[str]  # words that begin a clause
    small: frozenset[str]  # words that prose is full of, and lists are not
    relating: frozenset[str]
    auxiliary: frozenset[str]
    claiming: str  # verbs that claim something
    negators: frozenset[str]
    axes: Axes
    turned_by_not: frozenset[str]  # axes on which a denial makes the opposite; else it only denies
    aliases: Mapping[str, str]
    pleas: re.Pattern[str]  # words to whoever marks
    between: str  # words that part the items of a list
    offers: re.Pattern[str]  # a question that offers its answers: 'which', 'or'
    choosing: Choosing
    harmless: Mapping[str, frozenset[str]]  # words behind a denial that undo it
    by_stem: bool = False
    agreeing: bool = True
    strict: bool = True
    least: int = 5
    near: float = 86.0  # of 100: how much of a long word a misspelling keeps
    claiming_inflected: str = ""  # nouns as they stand, verbs when they are inflected
    inflected: tuple[str, ...] = ()  # the endings that make them so
    verbal: re.Pattern[str] | None = None  # what only verbs look like
    articles: frozenset[str] = frozenset()  # they stand in lists as well
    doing: frozenset[str] = frozenset()
    spelled: frozenset[str] = frozenset()  # often misspelt, whatever the scheme says
    lookalikes: str = ""
    symbols: frozenset[str] = frozenset()
    terms: frozenset[str] = frozenset()  # command terms that ask for a bare word
    paired: Mapping[str, frozenset[str]] = field(default_factory=dict)  # denials only with these
    denied_behind: int = 0  # how many words behind a verb its denial may stand
    ceasing: str = ""  # verbs that deny what follows: 'dejar de'
    outright: frozenset[str] = frozenset()  # axes on which nothing else need be shared
    silenced: Mapping[str, frozenset[str]] = field(default_factory=dict)  # no opposite after these
    endings: Mapping[str, str] = field(default_factory=dict)  # of verbs, by their class
    no_forms: frozenset[str] = frozenset()  # forms that are far more often another word
    read_as: Swaps = ()  # what a word is read as where it begins a stretch like this
    swaps: Swaps = ()  # after accents are gone: other ways to spell a letter
    before_stemming: Swaps = ()
    after_stemming: Swaps = ()
    outsides: str = ""
    moves: str = ""
    comparing: Mapping[str, int] = field(default_factory=dict)  # 'more', 'less'
    ends: tuple[()] | tuple[str, str] = ()  # words before where a way begins, and where it ends
    than: str = ""  # what stands between the two sides of a comparison, where one word does
    measuring: frozenset[str] = frozenset()  # 'more', 'little': said of the word right behind them
    lessening: frozenset[str] = frozenset()  # of these, those that turn it: 'less late'
    inward: str = ""  # a direction behind a verb that moves, else a place
    rising: Mapping[str, int] = field(default_factory=dict)  # 'up', 'down'

    def plain(self, word: str) -> str:
        """A word as lists hold it: English as it is, others without accents."""
        return word if self.by_stem else _folded(word, self.swaps)

    def forms(self, words: str) -> frozenset[str]:
        """The words of a list, plain, every verb in all its forms."""
        return frozenset(self.plain(form) for form in self._spelt_out(words)) - self.no_forms

    def _spelt_out(self, words: str) -> Iterator[str]:
        for entry in words.split():
            stems, _, ending = entry.partition(":")
            if not ending:
                yield entry
                continue
            kind, behind = _CLASS.findall(ending)[0]
            for stem in stems.split("|"):
                for end in self.endings[kind].split():
                    yield f"{stem}{end.strip('-')}{behind}"


TURNED_BY_NOT = frozenset(
    {
        *("more/less", "in/out", "open/closed", "true/false", "allow/forbid", "start/stop"),
        *("arrive/leave", "near/far", "easy/hard", "win/lose", "remember/forget", "unite/separate"),
        *("good/bad", "cheap/dear"),
    }
)
"""The axes that Spanish, French and German have in common on which a denial makes the opposite."""


def plain_set(words: str, swaps: Swaps = ()) -> frozenset[str]:
    """The words of a list, without accents."""
    return frozenset(_folded(word, swaps) for word in words.split())


def numbers(words: str, values: range, swaps: Swaps = ()) -> dict[str, str]:
    """Words for numbers with their digits, '-' standing for a word that is no number alone."""
    pairs = zip(words.split(), values, strict=True)
    return {_folded(word, swaps): str(value) for word, value in pairs if word != "-"}


def spelling(*pairs: tuple[str, str]) -> Swaps:
    """Patterns with what stands in their place."""
    return tuple((re.compile(pattern), instead) for pattern, instead in pairs)


@lru_cache(maxsize=100_000)
def _folded(word: str, swaps: Swaps) -> str:
    bare = unaccented(word.lower().translate(_LIGATURES))
    for pattern, instead in swaps:
        bare = pattern.sub(instead, bare)
    return bare
