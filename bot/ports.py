"""What the tutor needs from outside, as Protocols: a language model, notes, records."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, Protocol, TypeVar

from bot.appeals import Appeal
from bot.dialogue import Dialogue
from bot.learners import Attempt, Card, Change, Learner
from bot.messages import Chat, Message, Reply
from bot.pushes import Pushes
from bot.rounds import RoundRecords
from knowledge.content import Document, Findings

Turns = Sequence[tuple[str, str]]
"""A filled prompt: (role, text), where role is 'system', 'user' or 'assistant'."""

Clock = Callable[[], datetime]
"""The time now, aware and in UTC."""

InCharge = Callable[[Chat], Awaitable[bool]]
"""Whether a person runs the room that they write in. Raises CannotTell."""

Form = TypeVar("Form")


class ModelUnavailable(Exception):
    """The language model is slow, down, over its limit, refuses, or does not keep to the form."""


class Overtaken(Exception):
    """What a turn was played on is no longer so: nothing of it can be kept, and it is replayed."""


class OverBudget(ModelUnavailable):
    """No more tokens may be used today; the text is a clause that tells the learner whose."""


@dataclass(frozen=True, slots=True)
class Usage:
    """The tokens of one request that a model read and wrote."""

    read: int
    written: int


Item = Literal[
    "calls",  # requests that a language model answered
    "read",  # tokens
    "written",  # tokens
    "cost",  # in millionths of the operator's currency
    "open",  # tokens that calls under way are expected to use
    "answers judged",  # by a panel, where a point needed judgement
    "answers asked",  # of these, those that a language model was asked about
    "points judged",
    "points asked",
    "remembered",  # calls saved by what was judged before
]
Amounts = Mapping[Item, int]

EVERYBODY = "everybody"
"""The purse from which every use of the model is paid."""


def learners_purse(learner: int) -> str:
    """The purse of one learner; it goes when they are forgotten."""
    return f"learner:{learner}"


class Purse(Protocol):
    """Says whether a language model may be asked, and is told what that used."""

    def paying(self, expected: int) -> AbstractAsyncContextManager[list[Usage]]:
        """Around a call of about so many tokens: its usage is put on the list.

        Raises OverBudget before the call.
        """
        ...


class Tally(Protocol):
    """Counts what happens on a day."""

    async def add(self, amounts: Amounts) -> None:
        """So many more."""
        ...


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a model judged of an answer, as two JSON texts.

    `marks` holds no word of anybody. `words`, the model's, may repeat the learner's; '' where they
    were not kept or went with the learner.
    """

    marks: str
    words: str = ""


class LanguageModel(Protocol):
    """Any chat model. Both methods raise only ModelUnavailable, and have a time limit."""

    @property
    def name(self) -> str:
        """Which model, for the record."""
        ...

    async def write(self, turns: Turns) -> str:
        """What the model says next; never empty."""
        ...

    async def fill(self, turns: Turns, form: type[Form]) -> Form:
        """A form (a pydantic model) filled by the model; a bad one is asked for once more."""
        ...


class SightedModel(Protocol):
    """A chat model that takes pictures."""

    async def look(self, turns: Turns, media_type: str, data: bytes) -> str:
        """What the model says of a picture behind the last turn. Raises ModelUnavailable."""
        ...


class Eyes(Protocol):
    """A model that sees."""

    async def see(self, media_type: str, data: bytes) -> str:
        """What is written in a picture, and nothing else. Raises ModelUnavailable."""
        ...


class Ears(Protocol):
    """A model that hears."""

    async def hear(self, media_type: str, data: bytes) -> str:
        """What is said in a recording. Raises ModelUnavailable."""
        ...


class Illegible(Exception):
    """A file could not be turned into words; the text tells the learner why, and what to do."""


class Transcriber(Protocol):
    """Turns photos, recordings and documents into the words that are in them."""

    async def transcribe(self, name: str, media_type: str, data: bytes) -> str:
        """The words, never empty. Raises Illegible."""
        ...


class Notes(Protocol):
    """The notes that can be searched: a subject's, and a learner's own."""

    async def search(self, doubt: str, subject: str, owner: int | None) -> Findings:
        """The chunks nearest to a doubt, from the subject's notes and the owner's files."""
        ...

    async def add(self, owner: int, name: str, media_type: str, data: bytes) -> Document:
        """Read a file into the owner's notes, in place of one of that name. Raises Unreadable."""
        ...

    async def documents(self, owner: int) -> tuple[Document, ...]:
        """The owner's files, by name."""
        ...

    async def drop(self, owner: int, name: str | None = None) -> None:
        """Remove one of the owner's files, or all of them. One that is not there is no error."""
        ...

    async def move(self, owner: int, to: int) -> None:
        """Give all of the owner's files to another; one whose name is taken gets a number."""
        ...


@dataclass(frozen=True, slots=True)
class Letter:
    """A reply in the outbox. Letters of one chat are delivered in the order of their ids."""

    id: int
    chat: Chat
    reply: Reply
    tries: int = 0


PATIENCE = timedelta(seconds=5)
"""How long a message is left to the process that took it in, before others look after it."""


class Turnstile(Protocol):
    """Lets one process at a time work for a chat; one that dies lets go of all of its chats."""

    async def enter(self, chat: Chat) -> bool:
        """Whether this process may work for the chat now: False while another does."""
        ...

    async def leave(self, chat: Chat) -> None:
        """The next may enter."""
        ...


class Records(Protocol):
    """One transaction. Nothing is kept before `commit`; leaving without it keeps nothing."""

    @property
    def pushes(self) -> Pushes:
        """Routines, streaks, and what is on its way to learners who did not ask just now."""
        ...

    @property
    def rounds(self) -> RoundRecords:
        """Rooms and their rounds, in the same transaction."""
        ...

    async def receive(self, message: Message, now: datetime) -> bool:
        """Put a message in the inbox. False if this platform's update id was stored before."""
        ...

    async def unanswered(self, platform: str, chat: Chat | None = None) -> tuple[Message, ...]:
        """Messages that no turn has answered, of one chat or of all, in the order they came."""
        ...

    async def asking(self, platform: str, now: datetime | None) -> tuple[Chat, ...]:
        """Chats with a message that waits for its turn, longest first.

        With a time, only those whose process had long enough, and may be gone by then.
        """
        ...

    async def take_up(self, message: Message, now: datetime) -> int | None:
        """Begin to answer a message: the how manieth try it is; None if it waits for none.

        Others may take it up when PATIENCE is over, which doubles with each try.
        """
        ...

    async def answer(self, message: Message, replies: tuple[Reply, ...], now: datetime) -> bool:
        """Mark a message answered, forget its content, and put the replies in the outbox.

        False if it was answered before: what goes with the answer must not be kept then.
        """
        ...

    async def unsent(
        self, platform: str, now: datetime, chat: Chat | None = None
    ) -> tuple[Letter, ...]:
        """Letters to one chat, or to all, that may be tried now, in order."""
        ...

    async def expecting(self, platform: str, now: datetime) -> tuple[Chat, ...]:
        """Chats with a letter that may be tried now, longest first."""
        ...

    async def sent(self, letter: int, now: datetime, post: str = "") -> None:
        """The letter was delivered, as a message of that name: its content is forgotten."""
        ...

    async def posted(self, chat: Chat, mark: str) -> str:
        """The platform's name for the message of this mark in a chat's room; '' if none is out."""
        ...

    async def put_off(self, letter: int, until: datetime) -> None:
        """The letter is to be tried again, no sooner than `until`; so are its chat's later ones."""
        ...

    async def give_up(self, letter: int, why: str, now: datetime) -> None:
        """The letter will never be delivered: keep why, forget its content."""
        ...

    async def learner(self, chat: Chat) -> Learner:
        """Who talks here, the same in all chats of an account; somebody new is enrolled."""
        ...

    async def dialogue(self, chat: Chat) -> Dialogue:
        """Where the conversation stands; Idle in a new one."""
        ...

    async def keep_dialogue(self, chat: Chat, dialogue: Dialogue) -> None:
        """Where the conversation stands from now on."""
        ...

    async def keep(self, change: Change) -> None:
        """Record what came of a turn. Forgotten deletes the learner and all that is theirs.

        An appeal changes its attempt's verdict as `appeals.heard` says; a second appeal about a
        point is not kept. A decision changes it as `appeals.ruled` says; raises AlreadyDecided.
        Linked does nothing where its code was used meanwhile. Started and Entered raise Overtaken.
        """
        ...

    async def attempts(self, learner: int) -> tuple[Attempt, ...]:
        """All of a learner's attempts, oldest first."""
        ...

    async def attempt(self, id: int) -> Attempt | None:
        """The attempt with this id; None if there is none."""
        ...

    async def appeals(self, learner: int) -> tuple[Appeal, ...]:
        """All of a learner's appeals, oldest first."""
        ...

    async def appeal(self, id: int) -> Appeal | None:
        """The appeal with this id; None if there is none."""
        ...

    async def queue(self, *, decided: bool = False) -> tuple[Appeal, ...]:
        """The appeals of all learners that wait for a teacher, or were decided, oldest first."""
        ...

    async def write(self, chat: Chat, reply: Reply, now: datetime) -> None:
        """Put a reply in the outbox that answers no message."""
        ...

    async def cards(self, learner: int) -> tuple[Card, ...]:
        """What is scheduled for a learner, soonest first."""
        ...

    async def used(self, day: date, purse: str) -> Amounts:
        """What was used on a (UTC) day from a purse."""
        ...

    async def use(self, day: date, purse: str, amounts: Amounts) -> None:
        """Add to what was used."""
        ...

    async def judgement(self, key: str) -> Judgement | None:
        """What was judged under this key; None if nothing was."""
        ...

    async def keep_judgement(self, key: str, judgement: Judgement, learner: int | None) -> None:
        """Remember a judgement, in place of another; its words only for as long as the learner."""
        ...

    async def offer(self, code: str, now: datetime) -> int | None:
        """The learner whom another account joins by this code; None if it opens nothing by now."""
        ...

    async def mistakes(self, learner: int, since: datetime) -> int:
        """How many codes that open nothing a learner has given since then."""
        ...

    async def platforms(self, learner: int) -> tuple[str, ...]:
        """The platforms of a learner's accounts, one for each account."""
        ...

    async def commit(self) -> None:
        """Keep everything, all or nothing."""
        ...


Transactions = Callable[[], AbstractAsyncContextManager[Records]]
"""Opens a transaction, for one `async with` block."""
