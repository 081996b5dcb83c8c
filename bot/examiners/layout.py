"""An answer laid out for marking, and a mark point laid out to be looked for in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.examiners import foreign, items, suspicion, wording
from bot.examiners.tongues import Tongue, tongue
from bot.examiners.wording import Spelling, Window, Word
from bot.marking import Script
from knowledge.content import MarkPoint, PointScheme

_LONGEST = 20_000  # characters of an answer that are read


@dataclass(frozen=True, slots=True)
class Wording:
    """One way to say a thing, spelt out, with its words and the stems that carry its meaning."""

    text: str
    words: tuple[Word, ...]
    content: frozenset[str]


@dataclass(frozen=True, slots=True)
class Sought:
    """A point laid out: the wordings that earn it, that lose it, and that must all be there."""

    point: MarkPoint
    earning: tuple[Wording, ...]
    losing: tuple[Wording, ...]
    all_of: tuple[Wording, ...]

    @property
    def all_ways(self) -> tuple[Wording, ...]:
        """Every wording there is."""
        return (*self.earning, *self.losing, *self.all_of)


@dataclass(frozen=True, slots=True)
class Layout:
    """An answer laid out: the windows in which points are looked for, without what cannot earn any.

    `pieces` are the stretches that count; `asked` is what was asked, `question` its stems, and
    `command_term` how it was asked. `alone`: the scheme has one point, like a reference answer.
    `spoken` is the language of it all, and `foreign` what speaks against the answer's.
    """

    answer: str
    pieces: tuple[tuple[int, int], ...]
    windows: tuple[Window, ...]
    words: tuple[Word, ...]
    content: frozenset[str]
    question: frozenset[str]
    asked: str
    command_term: str
    alone: bool
    sought: tuple[Sought, ...]
    spoken: Tongue
    foreign: str


def laid_out(script: Script, points: tuple[MarkPoint, ...]) -> Layout:
    """The script laid out for these points, without words to the examiner and surplus answers."""
    answer, scheme = script.answer[:_LONGEST], script.part.scheme
    spoken = tongue(script.question.language)
    end = len(answer)
    if isinstance(scheme, PointScheme) and scheme.list_rule:
        end = items.end_of_first(answer, scheme.list_rule, spoken)
    pieces = suspicion.addressed(answer, 0, end)
    told = wording.words(f"{script.question.stem} {script.part.stem}", spoken=spoken)
    asked = wording.words(script.task, spoken=spoken)
    sought = tuple(_sought(point, spoken) for point in points)
    scheme_words = [word for one in sought for way in one.all_ways for word in way.words]
    spelling = Spelling((word.raw for word in (*scheme_words, *told)), spoken)
    words = tuple(
        word
        for word in wording.words(answer, spelling, spoken)
        if _within(word.start, word.end, pieces)
    )
    stems = wording.content(scheme_words)
    windows = wording.windows(answer, pieces, words, stems)
    content = wording.content(words)
    return Layout(
        answer,
        pieces,
        windows,
        words,
        content,
        wording.content(asked),
        wording.text(asked),
        script.part.command_term,
        isinstance(scheme, PointScheme) and len(scheme.points) == 1,
        sought,
        spoken,
        foreign.told(script),
    )


def _within(start: int, end: int, pieces: Sequence[tuple[int, int]]) -> bool:
    return any(one <= start and end <= two for one, two in pieces)


def _sought(point: MarkPoint, spoken: Tongue) -> Sought:
    return Sought(
        point,
        tuple(_wording(text, spoken) for text in (point.text, *point.accept)),
        tuple(_wording(text, spoken) for text in point.reject),
        tuple(_wording(text, spoken) for text in point.needs_all),
    )


def _wording(text: str, spoken: Tongue) -> Wording:
    words = wording.words(text, spoken=spoken)
    return Wording(wording.text(words), words, wording.content(words))
