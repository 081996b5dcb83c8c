"""How long a text is, and whether that is what its question asks for."""

from __future__ import annotations

from typing import Literal

from knowledge.content import Length

LENIENCE = 0.1  # of either end: what an examiner would not speak of


def written(text: str) -> int:
    """How many words a text has, names and numbers among them."""
    return sum(any(letter.isalnum() for letter in word) for word in text.split())


def astray(words: int, asked: Length) -> Literal["short", "long"] | None:
    """How a text of so many words misses the length asked for; None if it is near enough."""
    if words < asked.least * (1 - LENIENCE):
        return "short"
    return "long" if words > asked.most * (1 + LENIENCE) else None
