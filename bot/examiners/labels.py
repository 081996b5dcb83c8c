"""What an answer calls its numbers: 'upper bound = 1245', '1235 (lower)', the pair (2, -3)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from bot.examiners.quantities import Quantity
from bot.examiners.wording import words
from knowledge.content import MarkPoint

_AXES = "xyz"
_SMALL = frozenset(
    (
        *("a", "an", "the", "of", "is", "are", "was", "to", "in", "for", "and", "so", "that"),
        *("this", "it", "its", "by", "at", "on", "with", "from", "as", "or", "which", "about"),
    )
)
_BEFORE = re.compile(  # a label, and sums between it and what they come to
    r"(?P<label>[A-Za-z][A-Za-z'’ \t-]{0,60}?)[ \t]*(?:=|≈|:|\bis\b|\bof\b|\bare\b|\bwas\b)?"
    r"(?:[-\d\s.+−–*/×·^()√]{1,40}[=≈])?[ \t]*(?:about|approx\w*\.?|~)?[ \t]*$"
)
_BEHIND = re.compile(
    r"[ \t]*(?:\((?P<aside>[A-Za-z][A-Za-z -]{0,30})\)"
    r"|(?:(?:is|as|for)[ \t]+)?the[ \t]+(?P<said>[A-Za-z][A-Za-z -]{0,30}))"
)
_NEXT = re.compile(r"(?:.*\b(?:and|but|so|then|while|whereas|or|because|hence|therefore)\b)", re.S)
_WIDEST = 100  # characters before a number that may be its label
_BESIDE = re.compile(r"\s*[,;]\s*")
_OPENED, _CLOSED = re.compile(r"\(\s*$"), re.compile(r"\s*\)")


def called_otherwise(
    text: str, found: Sequence[Quantity], point: MarkPoint, others: Sequence[MarkPoint]
) -> frozenset[int]:
    """Where the numbers begin that the text calls by the name of another point, not of this one.

    A name is what a point's wordings have and the other's have not: 'upper', not 'bound'. It only
    tells two points apart where the text has the names of both, or what they have in common:
    a 'monthly payment' need not belong to the point on the number of payments.
    """
    pairs = coordinates(text, found, _AXES[:2])
    names = {
        one.start: frozenset((pairs[one.start],)) if one.start in pairs else _label(text, one)
        for one in found
    }
    return frozenset(
        start
        for start, name in names.items()
        if any(_is_rivals(name, _named(point), _named(other), names.values()) for other in others)
    )


def _is_rivals(
    name: frozenset[str], own: frozenset[str], other: frozenset[str], said: Iterable[frozenset[str]]
) -> bool:
    """Whether a number's name is that of the other of two points."""
    ours, theirs = own - other, other - own
    if not ours or name & ours or not name & theirs:
        return False
    return bool(name & own & other) or any(label & ours for label in said)


def coordinates(text: str, found: Sequence[Quantity], axes: Sequence[str]) -> Mapping[int, str]:
    """The letter of each number of a pair or triple in brackets, by where the number begins."""
    letters: dict[int, str] = {}
    for place in range(len(found) - len(axes) + 1):
        run = found[place : place + len(axes)]
        gaps = (text[one.end : other.start] for one, other in pairwise(run))
        inside = _OPENED.search(text[: run[0].start][-8:]) and _CLOSED.match(text, run[-1].end)
        if inside and all(_BESIDE.fullmatch(gap) for gap in gaps):
            letters.update(zip((one.start for one in run), axes, strict=True))
    return letters


def _named(point: MarkPoint) -> frozenset[str]:
    return frozenset().union(*(_stems(way) for way in (point.text, *point.accept)))


def _label(text: str, quantity: Quantity) -> frozenset[str]:
    """The words that say what a number is: those right before it, else those right behind."""
    before = _BEFORE.search(text[max(0, quantity.start - _WIDEST) : quantity.start])
    if before and (said := _stems(_NEXT.sub("", before["label"]))):
        return said
    behind = _BEHIND.match(text, quantity.end)
    return _stems(behind["aside"] or behind["said"]) if behind else frozenset()


def _stems(text: str) -> frozenset[str]:
    return frozenset(
        word.stem for word in words(text) if word.stem.isalpha() and word.raw not in _SMALL
    )
