"""Questions on their way to learners who did not ask just now: values, and what keeps them.

A push is planned once for a learner and an occasion. It waits; a sender leases it for a while; it
is *sending* from just before the platform is called until the platform has answered. A crash leaves
a leased push waiting, and a sending one uncertain: that one is never sent again by itself, but
offered when the learner next writes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.dialogue import Answering, Dialogue
from bot.learners import Card, Learner
from bot.messages import Chat, Reply
from bot.routines import Routine
from bot.streaks import Streak
from knowledge.content import QuestionId


@dataclass(frozen=True, slots=True)
class Push:
    """One message for one learner. `occasion` is a local day ('2026-11-23'), or names a broadcast.

    `asked` is what it asks, None before that was chosen; `aside` the question that was open before.
    `tries` counts the leases: only the newest may send it. `sent_at` is when it last arrived.
    """

    id: int
    learner: int
    chat: Chat
    occasion: str
    due_at: datetime
    tries: int = 0
    asked: Answering | None = None
    aside: Answering | None = None
    sent_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """That a part was answered, and for how many marks; both None where it was not marked."""

    question: QuestionId
    part: str
    at: datetime
    marks: int | None
    out_of: int | None


@dataclass(frozen=True, slots=True)
class Prospect:
    """What is known of a learner to whom something is to be sent.

    `dialogue` is that of the chat it goes to, `heard_at` when they last wrote from there, `due` the
    cards that are due, `seen` what they answered, oldest first, and `pushed` what was lately sent.
    """

    learner: Learner
    routine: Routine | None
    dialogue: Dialogue
    heard_at: datetime | None
    due: tuple[Card, ...] = ()
    seen: tuple[Seen, ...] = ()
    pushed: tuple[tuple[QuestionId, datetime], ...] = ()
    streak: Streak | None = None


@dataclass(frozen=True, slots=True)
class Send:
    """This is to be sent; and the routine as it is from then on, if it is one's question.

    `asked` becomes the dialogue when it has arrived; None leaves the conversation as it is.
    """

    push: Push
    reply: Reply
    asked: Answering | None = None
    aside: Answering | None = None
    routine: Routine | None = None


@dataclass(frozen=True, slots=True)
class Later:
    """Not now: it waits until then."""

    push: Push
    until: datetime


@dataclass(frozen=True, slots=True)
class Drop:
    """It will not be sent, for this reason; and the routine as it is from then on, if any."""

    push: Push
    why: str
    routine: Routine | None = None


Outcome = Send | Later | Drop


@dataclass(frozen=True, slots=True)
class Tally:
    """How many pushes there are in each state."""

    waiting: int = 0
    uncertain: int = 0
    sent: int = 0
    dropped: int = 0


class Pushes(Protocol):
    """Routines and pushes within a transaction."""

    async def routine(self, learner: int) -> Routine | None:
        """What a learner has arranged; None who never did."""
        ...

    async def streak(self, learner: int) -> Streak | None:
        """A learner's streak; None where none was kept."""
        ...

    async def push(self, id: int, learner: int) -> Push | None:
        """This push, if it is this learner's."""
        ...

    async def uncertain(self, learner: int, before: datetime) -> Push | None:
        """The newest push begun before then of which nobody knows whether it arrived, if any."""
        ...

    async def plan(self, now: datetime) -> int:
        """Put one push into the outbox for every learner who is due: how many.

        Asking twice plans nothing twice.
        """
        ...

    async def lease(
        self, platform: str, now: datetime, most: int, until: datetime
    ) -> tuple[Push, ...]:
        """Take pushes that may be sent now; nobody else takes them before `until`."""
        ...

    async def prospects(self, learners: Sequence[int], now: datetime) -> Mapping[int, Prospect]:
        """What is known of these learners; those who are gone are left out."""
        ...

    async def broadcast(self, occasion: str) -> Reply | None:
        """What a broadcast says; None for an occasion that is none."""
        ...

    async def fence(self, outcomes: Sequence[Outcome], now: datetime) -> frozenset[int]:
        """Keep what is to become of leased pushes: the ids of those to be sent right now.

        Nobody else sends them, and nobody ever will should the caller die on the way.
        """
        ...

    async def arrived(self, sent: Sequence[Send], now: datetime) -> None:
        """These were sent: the conversations go on with what they ask."""
        ...

    async def refused(self, push: Push, why: str, now: datetime) -> None:
        """The platform will never take it."""
        ...

    async def unreachable(self, push: Push, now: datetime) -> None:
        """Nothing can be sent to this chat: its routine is switched off."""
        ...

    async def put_off(self, push: Push, until: datetime) -> None:
        """The platform did not take it: it waits again."""
        ...

    async def free_at(self, platform: str) -> datetime | None:
        """From when on the platform may be called; None: at once."""
        ...

    async def reserve(self, platform: str, until: datetime) -> None:
        """Nobody is to call the platform before then."""
        ...

    async def tally(self) -> Tally:
        """How many there are in each state."""
        ...

    async def announce(self, occasion: str, reply: Reply, now: datetime) -> int:
        """Put a broadcast into the outbox for every learner, once: how many are new."""
        ...

    async def audience(self) -> Mapping[str, int]:
        """How many learners a broadcast would reach, by platform."""
        ...
