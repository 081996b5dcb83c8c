"""Can flashcards be learned from: short fronts, each only once, formulas that can be read?"""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.checks.questions import LONGEST_ID
from knowledge.flashcards import CARDS, Deck
from knowledge.formulas import faults
from knowledge.problems import Loc, Problem
from knowledge.shelf import Written

LONGEST_FRONT = 300  # characters: more is a question, not a card


def problems(written: Written[Deck]) -> Iterator[Problem]:
    """Everything wrong with the cards of one topic."""
    page = written.page
    seen: dict[str, int] = {}
    for card, entry in zip(written.value.cards, written.value.entries, strict=True):
        at: Loc = (CARDS, entry)
        size = len(card.front)
        if size > LONGEST_FRONT:
            yield page.problem(at, f"its front has {size} characters, more than {LONGEST_FRONT}")
        words = " ".join(card.front.casefold().split())
        if words in seen:
            yield page.problem(at, f"its front is that of card {seen[words] + 1}")
        seen.setdefault(words, entry)
        if len(card.id.encode()) > LONGEST_ID:
            yield page.at((), f"the id {card.id} is longer than {LONGEST_ID} bytes: shorten names")
        for fault in (*faults(card.front), *faults(card.back)):
            yield page.problem(at, fault.text)
