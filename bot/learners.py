"""Who learns, what they answered, and what comes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from bot.appeals import Appeal, Decided
from bot.marking import Verdict
from bot.messages import Chat
from bot.rounds import Arranged, Closed, Left, Meeting, Permitted, Relocated, Room, Started
from bot.routines import Routine
from bot.streaks import Streak
from knowledge.content import Language, Level, QuestionId

NOWHERE = "UTC"  # the time zone of who has not said where they live


@dataclass(frozen=True, slots=True)
class Learner:
    """A person, whatever platforms they come from.

    `subject` is '' until one was chosen, `language` until it is known in what to speak to them.
    """

    id: int
    subject: str = ""
    level: Level = "HL"
    timezone: str = NOWHERE
    language: Language | Literal[""] = ""


def arranged(room: Room, chat: Chat, taught: Sequence[str]) -> Room:
    """What holds in a chat of this room: nothing in private, and no subject that is gone."""
    if chat.alone:
        return Room()
    return room if room.subject in taught else replace(room, subject="")


def at_home(learner: Learner, room: Room, taught: Sequence[str]) -> Learner:
    """The learner with a subject that is taught: the room's, their own, or the only one there is.

    `room` is as `arranged`; the subject is '' where it is none of these.
    """
    if room.subject:
        return replace(learner, subject=room.subject, level=room.level)
    if learner.subject in taught:
        return learner
    return replace(learner, subject=taught[0] if len(taught) == 1 else "")


@dataclass(frozen=True, slots=True)
class Attempt:
    """One answer to one part of a question. `verdict` is None where it could not be marked.

    An unmarked attempt counts for nothing in progress and in scheduling. `id` tells kept attempts
    apart; it is 0 before one is kept.
    """

    learner: int
    question: QuestionId
    part: str
    answer: str
    at: datetime
    verdict: Verdict | None
    hints: int = 0
    earlier: tuple[tuple[str, str], ...] = ()
    id: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Card:
    """When a question is due again. `memory` is the scheduler's own state, as JSON."""

    learner: int
    question: QuestionId
    due: datetime
    memory: str


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A learner's settings as they are to be from now on."""

    learner: Learner


@dataclass(frozen=True, slots=True)
class Forgotten:
    """A learner asked to be forgotten, with all that is theirs."""

    learner: int


@dataclass(frozen=True, slots=True)
class Offered:
    """A code by which another account joins this learner, in place of an earlier one of theirs."""

    learner: int
    code: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Mistaken:
    """A learner gave a code that opens nothing."""

    learner: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Linked:
    """All accounts of `learner` join `into`, with all that is theirs; the code is used up.

    `cards` are those of `learner` that are to be kept in place of the other's.
    """

    learner: int
    into: int
    code: str
    cards: tuple[Card, ...] = ()


@dataclass(frozen=True, slots=True)
class Unlinked:
    """One account goes on as a learner of its own, with the same settings and nothing else."""

    platform: str
    person: str


@dataclass(frozen=True, slots=True)
class Snoozed:
    """A learner wants a push once more at this time."""

    push: int
    until: datetime


@dataclass(frozen=True, slots=True)
class Dismissed:
    """A learner wants no more of this push today."""

    push: int


@dataclass(frozen=True, slots=True)
class Settled:
    """A push of which nobody knew whether it arrived did, or was mentioned to its learner."""

    push: int


@dataclass(frozen=True, slots=True)
class Entered:
    """An attempt that is a learner's answer in a round, given from `chat` under `name`.

    `counts`: on the room's boards. Raises Overtaken when kept in a round that was revealed, or
    that this learner entered before.
    """

    round: str
    attempt: Attempt
    chat: Chat
    name: str
    counts: bool


Change = (
    Attempt
    | Card
    | Enrolled
    | Forgotten
    | Appeal
    | Decided
    | Offered
    | Mistaken
    | Linked
    | Unlinked
    | Routine
    | Streak
    | Snoozed
    | Dismissed
    | Settled
    | Started
    | Entered
    | Permitted
    | Left
    | Closed
    | Arranged
    | Meeting
    | Relocated
)
