"""Where a conversation stands: an explicit state machine, stored as one value per conversation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.marking import Verdict
from knowledge.content import QuestionId

Earlier = tuple[tuple[str, str], ...]  # label of an earlier part, what was answered to it


@dataclass(frozen=True, slots=True)
class Idle:
    """Nothing is pending: plain words are a doubt."""

    state: Literal["idle"] = "idle"


@dataclass(frozen=True, slots=True)
class Answering:
    """A part of a question was asked: plain words are the answer. `seed` fixes its numbers.

    `read` is what a photo or a recording was taken to say, shown to the learner, who has not yet
    confirmed it; `file` the name that it has among their notes, if it is there. `today` says of a
    daily question the how manieth it is, and of how many; None of any other.
    """

    question: QuestionId
    part: str
    asked_at: datetime
    hints: int = 0
    earlier: Earlier = ()
    seed: int = 0
    read: str = ""
    file: str = ""
    today: tuple[int, int] | None = None
    state: Literal["answering"] = "answering"


@dataclass(frozen=True, slots=True)
class Marked:
    """An answer was marked: plain words are a follow-up on the verdict, or a doubt."""

    question: QuestionId
    part: str
    verdict: Verdict
    earlier: Earlier = ()
    seed: int = 0
    state: Literal["marked"] = "marked"


@dataclass(frozen=True, slots=True)
class Choosing:
    """Topics were offered to read or to be asked about: plain words name one of them."""

    topics: tuple[str, ...]
    purpose: Literal["note", "quiz"]
    state: Literal["choosing"] = "choosing"


@dataclass(frozen=True, slots=True)
class InRound:
    """A room's question was opened in private: plain words are the answer to it.

    `read` and `file` are those of Answering.
    """

    round: str
    read: str = ""
    file: str = ""
    state: Literal["in round"] = "in round"


@dataclass(frozen=True, slots=True)
class Locating:
    """A learner was asked where they live: plain words name a place. Then `wish` is arranged.

    `before` is what the conversation was about, None if nothing.
    """

    wish: str
    before: Answering | Marked | None = None
    state: Literal["locating"] = "locating"


Dialogue = Idle | Answering | Marked | Choosing | InRound | Locating
