"""What is learnt from, what is chosen by, and what is only measured: held apart by question."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from knowledge.content import Question

FOLDS = 10
DEVELOPMENT = frozenset({0, 1})  # folds of questions that settle what training leaves open
_LIST = Path(__file__).with_name("held_out.txt")


def fold(question: str) -> int:
    """The fold of a question, the same in every run and whatever else is in the content."""
    return int(hashlib.sha256(question.encode()).hexdigest(), 16) % FOLDS


def in_development(question: str) -> bool:
    """Whether a question is kept for choosing: its answers are no lessons."""
    return fold(question) in DEVELOPMENT


@cache
def held_out() -> frozenset[str]:
    """The topics that are never learnt from, as 'subject/topic'."""
    lines = _LIST.read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def is_held_out(question: Question) -> bool:
    """Whether a question is of a topic that is never learnt from."""
    return f"{question.subject}/{question.topic}" in held_out()
