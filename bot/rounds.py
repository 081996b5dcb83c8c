"""A question for everybody in a room: its round, who entered it, and what a room has arranged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, Protocol

from bot.messages import Chat, Message
from bot.routines import Hours
from knowledge.content import Language, Level, QuestionId

SHORTEST = timedelta(seconds=60)
LONGEST = timedelta(seconds=600)
USUAL = timedelta(seconds=120)
PATIENCE = timedelta(minutes=3)  # how long a reveal waits for answers that came in time
TICKS = (*range(540, 60, -60), 90, 60, 45, 30, 20, 10)  # seconds left that a round's clock shows
FRESH_AFTER = timedelta(days=7)  # a question met within these does not count on the boards

Starters = Literal["everyone", "admins"]


@dataclass(frozen=True, slots=True)
class Round:
    """A question that is, or was, put to a room. `id` cannot be guessed: it opens the question.

    `chat` is the room itself; `starter` a learner, None if they were forgotten. `revealed_at` is
    None while the round runs. A `daily` one began by itself, and runs beside others.
    """

    id: str
    chat: Chat
    starter: int | None
    question: QuestionId
    part: str
    seed: int
    started_at: datetime
    ends_at: datetime
    revealed_at: datetime | None = None
    daily: bool = False

    @property
    def mark(self) -> str:
        """The mark of the message that puts its question."""
        return f"round:{self.id}"

    def clock(self, now: datetime) -> int:
        """The seconds left that its message is to say: the next tick above, or all of them."""
        lasting = int((self.ends_at - self.started_at).total_seconds())
        left = (self.ends_at - now).total_seconds()
        return min((tick for tick in TICKS if left <= tick < lasting), default=lasting)


@dataclass(frozen=True, slots=True)
class Meeting:
    """When a room has its question of the day, by the clock of a zone; `on` while it is wanted.

    `since` is when that was last said. `next_at` is the instant of the next question, None where
    none is to come.
    """

    chat: Chat
    hours: Hours
    zone: str
    since: datetime
    on: bool = True
    next_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A learner's one answer in a round. `marks` is None where it could not be marked.

    `chat` is where it was given. `quotable`: its writer allows it to be quoted. `counts`: the
    learner had not met the question lately.
    """

    learner: int
    name: str
    chat: Chat
    attempt: int
    answer: str
    marks: int | None
    out_of: int | None
    quotable: bool = False
    counts: bool = True


@dataclass(frozen=True, slots=True)
class Result:
    """An entry as the boards see it; `ended` is when its round did."""

    round: str
    ended: datetime
    entry: Entry


@dataclass(frozen=True, slots=True)
class Room:
    """What those who run a room have arranged for it. `subject` '' leaves it to each learner.

    `language` is what the room is spoken to in.
    """

    subject: str = ""
    level: Level = "HL"
    starters: Starters = "everyone"
    language: Language = "en"


@dataclass(frozen=True, slots=True)
class Started:
    """A round begins. Raises Overtaken when kept while another one runs in its room."""

    round: Round


@dataclass(frozen=True, slots=True)
class Permitted:
    """A learner allows, or no longer allows, that their answer is quoted at the reveal."""

    round: str
    learner: int
    quotable: bool


@dataclass(frozen=True, slots=True)
class Left:
    """A learner takes their answer out of a round; with `round` '', out of all of a room's."""

    learner: int
    chat: Chat
    round: str = ""


@dataclass(frozen=True, slots=True)
class Closed:
    """A round ends early."""

    round: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Arranged:
    """What holds in a room from now on."""

    chat: Chat
    room: Room


@dataclass(frozen=True, slots=True)
class Relocated:
    """A room goes by another name from now on, with all that belongs to it."""

    chat: Chat
    to: str


class RoundRecords(Protocol):
    """What is kept of rooms and their rounds. One transaction, which is that of the `Records`."""

    async def room(self, chat: Chat) -> Room:
        """What is arranged for a chat's room; the defaults where nothing is."""
        ...

    async def turned_away(self, chat: Chat, now: datetime) -> bool:
        """Note that a room is told that it is not served. False if it was told before."""
        ...

    async def came_at(self, message: Message) -> datetime:
        """When a message was put in the inbox. Raises LookupError if it never was."""
        ...

    async def find(self, id: str) -> Round | None:
        """The round with this id; None if there is none."""
        ...

    async def running(self, chat: Chat) -> Round | None:
        """The round that runs in a chat's room; None if none does."""
        ...

    async def meeting(self, chat: Chat) -> Meeting | None:
        """When a room has its question of the day; None where that was never arranged."""
        ...

    async def meetings(self, now: datetime) -> Sequence[Meeting]:
        """The rooms whose question of the day is due."""
        ...

    async def moved(self, met: Meeting, next_at: datetime | None) -> bool:
        """Note when a room's next question comes. False if somebody else did, or it was changed."""
        ...

    async def unheard(self, met: Meeting, most: int) -> bool:
        """Whether a room has left `most` daily questions in a row unanswered since it met so."""
        ...

    async def asked(self, chat: Chat) -> Sequence[QuestionId]:
        """The questions of all rounds in a chat's room, oldest first."""
        ...

    async def entries(self, round: str) -> Sequence[Entry]:
        """Who answered, in the order they did."""
        ...

    async def results(self, chat: Chat, since: datetime) -> Sequence[Result]:
        """The entries of a room's revealed rounds that ended since then, in order."""
        ...

    async def due(self, now: datetime) -> Sequence[Round]:
        """The rounds to reveal now: over, with no message unanswered that came while they ran.

        For such messages a round waits PATIENCE, and no longer.
        """
        ...

    async def under_way(self, now: datetime) -> Sequence[Round]:
        """The rounds that were called, and have time left."""
        ...

    async def ticked(self, round: str, seconds: int) -> bool:
        """Note that a round's message says so many are left. False if it does, or says fewer."""
        ...

    async def revealed(self, round: str, now: datetime) -> bool:
        """Note that a round is revealed. False if it was before."""
        ...
