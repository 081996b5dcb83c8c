"""A point and an answer as two texts that are read together: what is sought, and what was said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.examiners import wording
from bot.examiners.layout import Layout, Sought
from bot.examiners.wording import Word

WHOLE = 60  # words: a longer answer is read around the sentence that is likest the point
_WAYS = 26  # words of accepted wordings
_ASKED = 16  # words of what was asked, the last ones: they hold the task


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts for the cross-encoder."""

    sought: str
    said: str


def pair(layout: Layout, sought: Sought) -> Pair:
    """What is sought, likest wordings first, with what was asked; and the answer, spelt out."""
    words = _around(layout, sought)
    ways = _likest(layout, sought)
    asked = " ".join(layout.asked.split()[-_ASKED:])
    return Pair(f"{' / '.join(ways)} ? {asked}", _spelt(layout.answer, words))


def _likest(layout: Layout, sought: Sought) -> list[str]:
    """The point itself, then the other wordings by what the answer shares with them."""
    first, *others = sought.earning
    others.sort(key=lambda way: (-wording.share(way.content, layout.content), way.text))
    kept, left = [first.text], _WAYS - len(first.words)
    for way in others:
        left -= len(way.words)
        if left < 0:
            break
        kept.append(way.text)
    return kept


def _around(layout: Layout, sought: Sought) -> Sequence[Word]:
    """The words of the answer; of a long one, its sentences around the likest."""
    words = layout.words
    if len(words) <= WHOLE:
        return words
    places = _sentences(layout)
    shares = [_share(words[one:two], sought) for one, two in places]
    best = max(range(len(places)), key=lambda at: (shares[at], -at))
    start, end = places[best]
    before, after = best - 1, best + 1
    while before >= 0 or after < len(places):
        if before >= 0 and end - places[before][0] <= WHOLE:
            start, before = places[before][0], before - 1
        elif after < len(places) and places[after][1] - start <= WHOLE:
            end, after = places[after][1], after + 1
        else:
            break
    return words[start : min(end, start + WHOLE)]


def _sentences(layout: Layout) -> list[tuple[int, int]]:
    """The sentences as places among the words, in order; those without a word are left out."""
    found = []
    for start, end in layout.pieces:
        for one, two in wording.sentences(layout.answer, start, end):
            inside = [at for at, word in enumerate(layout.words) if one <= word.start < two]
            if inside:
                found.append((inside[0], inside[-1] + 1))
    return found


def _share(words: Iterable[Word], sought: Sought) -> float:
    said = wording.content(words)
    return max(wording.share(way.content, said) for way in sought.earning)


def _spelt(answer: str, words: Sequence[Word]) -> str:
    """The words as they were meant, with the signs that stand between them."""
    told: list[str] = []
    for at, word in enumerate(words):
        if at:
            told.append(answer[words[at - 1].end : word.start])
        told.append(word.raw)
    return " ".join("".join(told).split())
