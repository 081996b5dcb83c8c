"""What a link into a private chat asks for: the letters behind `/start`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, get_args

from knowledge.content import QuestionId

Kind = Literal["quiz", "note", "ask", "link", "round"]

_SHAPES: dict[Kind, re.Pattern[str]] = {
    "quiz": re.compile(r"[a-z0-9]+(-[a-z0-9]+)*"),  # a topic, as its file is called
    "note": re.compile(r"[a-z0-9]+(-[a-z0-9]+)*"),
    "ask": re.compile(r"[a-z0-9-]+(_[a-z0-9-]+){2}"),  # a question
    "link": re.compile(r"[A-Za-z0-9]{4}-?[A-Za-z0-9]{4}"),  # a code that joins accounts
    "round": re.compile(r"[A-Za-z0-9_-]{8,32}"),
}


@dataclass(frozen=True, slots=True)
class DeepLink:
    """`quiz-osmosis`: what it is about, and which."""

    kind: Kind
    rest: str


def ask(question: QuestionId) -> str:
    """The letters that lead to a question."""
    return f"ask-{question.replace('/', '_')}"


def asked(link: DeepLink) -> QuestionId:
    """The question that a link made by `ask` leads to."""
    return QuestionId(link.rest.replace("_", "/"))


def read(letters: str) -> DeepLink | None:
    """The link; None for letters that are none of ours."""
    name, _, rest = letters.strip().partition("-")
    kind = next((kind for kind in get_args(Kind) if kind == name), None)
    if kind is None or not _SHAPES[kind].fullmatch(rest):
        return None
    return DeepLink(kind, rest)
