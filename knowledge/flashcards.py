"""Flashcards of a topic, from a page: cards with two sides, and sentences with gaps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2s
from typing import Self

from pydantic import model_validator

from knowledge.content import Flashcard
from knowledge.fields import Form, Text
from knowledge.formulas import within
from knowledge.misfits import fitted
from knowledge.problems import ContentProblems, Loc, Problem
from knowledge.reading import Page

CARDS = "cards"  # the one key of a page of cards

_GAP = re.compile(r"\{\{((?:\$[^$\n]*\$|[^{}$])+)\}\}")  # whole formulas, braces and all, or words
_BRACES = re.compile(r"\{\{|\}\}")
_FORMULA = re.compile(r"(?<!\\)\$[^$\n]*\$")


@dataclass(frozen=True, slots=True)
class Deck:
    """A topic's cards in order; `entries` says for each which entry of the file it comes from."""

    subject: str
    topic: str
    cards: tuple[Flashcard, ...]
    entries: tuple[int, ...]


class CardForm(Form):
    """Two sides, or a sentence with gaps."""

    front: Text | None = None
    back: Text | None = None
    cloze: Text | None = None

    @model_validator(mode="after")
    def has_sides_or_gaps(self) -> Self:
        if self.cloze is None:
            for key, side in (("front", self.front), ("back", self.back)):
                if side is None:
                    raise ValueError(
                        f'"{key}" is missing: a card has "front" and "back", or "cloze"'
                    )
        elif self.front is not None or self.back is not None:
            raise ValueError('"cloze" makes both sides: leave out "front" and "back"')
        elif fault := _fault(self.cloze):
            raise ValueError(f'"cloze" {fault}')
        return self

    def sides(self) -> Iterator[tuple[str, str]]:
        """Front and back of each card that the entry makes."""
        if self.cloze is None:
            yield self.front or "", self.back or ""
            return
        for gap in _GAP.finditer(self.cloze):
            before, after = _closed(self.cloze[: gap.start()]), _closed(self.cloze[gap.end() :])
            yield f"{before}…{after}", f"{before}**{gap[1].strip()}**{after}"


def deck(page: Page, subject: str, topic: str) -> Deck:
    """The cards on a page. Raises ContentProblems."""
    problems: list[Problem] = []
    cards: list[Flashcard] = []
    entries: list[int] = []
    for number, form in _forms(page, problems):
        for front, back in form.sides():
            cards.append(Flashcard(_id(subject, topic, front), topic, front, back))
            entries.append(number)
    if problems:
        raise ContentProblems(problems)
    return Deck(subject, topic, tuple(cards), tuple(entries))


def _forms(page: Page, problems: list[Problem]) -> Iterator[tuple[int, CardForm]]:
    entries = page.fields[CARDS]
    assert isinstance(entries, list)
    for number, entry in enumerate(entries):
        at: Loc = (CARDS, number)
        if not isinstance(entry, dict):
            problems.append(
                page.problem(at, "should be keys with values: front and back, or cloze")
            )
            continue
        try:
            yield number, fitted(CardForm, page, entry, at)
        except ContentProblems as found:
            problems.extend(found.problems)


def _id(subject: str, topic: str, front: str) -> str:
    words = " ".join(front.split())
    return f"{subject}/{topic}/{blake2s(words.encode(), digest_size=4).hexdigest()}"


def _closed(text: str) -> str:
    """The text with the words of its gaps in place."""
    return _GAP.sub(lambda gap: gap[1].strip(), text)


def _fault(cloze: str) -> str:
    """What is wrong with the gaps of a sentence; '' if nothing is."""
    gaps = list(_GAP.finditer(cloze))
    before = [_closed(cloze[: gap.start()]) for gap in gaps]
    if any(within(text, len(text)) for text in before):
        return "has a gap inside a formula: put {{ }} around the whole formula, with its $"
    if _BRACES.search(_FORMULA.sub("", _GAP.sub("", cloze))):
        return "has a {{ without its }}, or the other way round"
    if not gaps:
        return "has no gap: put {{ }} around the words to be asked for"
    return ""
