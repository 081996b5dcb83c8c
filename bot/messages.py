"""What the tutor hears and says, in words no chat platform owns.

`Reply.text` is a Markdown subset: headings, bold, italic, strike, code, quotes, lists, links,
tables, and formulas between `$…$`. Adapters page and render it as their platform allows.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Protocol

from bot.speech import spoken
from knowledge.content import Language

LONGEST_ACTION = 64  # bytes: Telegram's callback_data
LONGEST_LABEL = 80  # characters: Discord's button label
MOST_CHOICES = 25  # Discord's 5 rows of 5
_START = re.compile(r"[A-Za-z0-9_-]{1,64}")  # Telegram's deep links


@dataclass(frozen=True, slots=True)
class Chat:
    """Where, and with whom: the key of a conversation."""

    platform: str
    room: str
    person: str

    @property
    def alone(self) -> bool:
        """Whether nobody else reads along: adapters call such a room as they call the person."""
        return self.room == self.person

    @property
    def everybody(self) -> Chat:
        """The room itself, for what answers nobody in particular."""
        return Chat(self.platform, self.room, "")


@dataclass(frozen=True, slots=True)
class Command:
    """`/name rest`."""

    name: str
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Press:
    """A button was pressed; perhaps one from before a restart. `text` was typed behind it."""

    action: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """Plain words."""

    text: str


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that the learner sent. `problem` says in a sentence why `data` is missing."""

    name: str
    media_type: str
    data: bytes
    caption: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """The room goes by another name from now on, as a group does that has grown."""

    to: str


Content = Command | Press | Words | Upload | Moved


@dataclass(frozen=True, slots=True)
class Message:
    """Something a learner said. `update_id` is the platform's: same id, same message.

    `name` is what the others in the room see them called. `places` are the names by which an
    operator may allow the room, such as `-100123` or `guild:7`; they are known on arrival only.
    `locale` is that of the learner's app (`de`, `es-419`), '' where the platform does not tell.
    `post` is the platform's name for what was written, or for what stands above a button that was
    pressed; '' where it has none.
    """

    chat: Chat
    content: Content
    update_id: str
    locale: str = ""
    name: str = field(default="", compare=False)
    places: tuple[str, ...] = field(default=(), compare=False)
    post: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Choice:
    """A button. Its action comes back as a `Press`, perhaps after a restart: it says it all.

    One `with_text` asks for words and sends them along. It is for platforms where the tutor does
    not hear all that is written in a room; elsewhere it is left out, for learners just write. If
    it has a `start`, others shall not read the words: in a room where they would, it leads to the
    private chat with the tutor instead, which it opens by the command `/start` and these letters.
    """

    label: str
    action: str
    with_text: bool = False
    start: str = ""

    def __post_init__(self) -> None:
        if not 0 < len(self.label) <= LONGEST_LABEL:
            raise ValueError(f"label {self.label!r} must have 1 to {LONGEST_LABEL} characters")
        if not 0 < len(self.action.encode()) <= LONGEST_ACTION:
            raise ValueError(f"action {self.action!r} must have 1 to {LONGEST_ACTION} bytes")
        if self.start and not (self.with_text and _START.fullmatch(self.start)):
            raise ValueError(f"start {self.start!r} must be 1 to 64 of A-Z, a-z, 0-9, _ and -")


@dataclass(frozen=True, slots=True)
class Image:
    """A picture (PNG) with words for those who cannot see it."""

    data: bytes
    alt: str


@dataclass(frozen=True, slots=True)
class File:
    """A file for the learner to keep."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Amendment:
    """A change of a message that is out already, `post` by its platform's name.

    It said `before`, and is to say `after` with these choices below: both whole, in Markdown.
    """

    post: str
    before: str
    after: str
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """Something the tutor says. Text of any length.

    `private` asks for the learner's eyes only, for marks and what is theirs. A platform that cannot
    show a reply to one person in a room shows it like any other. `hidden` is Markdown below the
    text, covered by the platform until a learner wants to see it. `language` is what it is said in.

    With an `amendment`, an earlier message is changed instead, and this one is only sent where that
    cannot be done (any more); with nothing to send, it is let be. `mark` is a name under which the
    message is found when it is to be amended. `answers` is the platform's name for the message that
    this one answers, '' where it answers a press; `praise` says that all was right in it.
    """

    text: str
    choices: tuple[Choice, ...] = ()
    attachments: tuple[Image | File, ...] = ()
    private: bool = False
    hidden: str = ""
    language: Language = field(default_factory=spoken)
    amendment: Amendment | None = None
    mark: str = ""
    answers: str = ""
    praise: bool = False

    def __post_init__(self) -> None:
        if len(self.choices) > MOST_CHOICES:
            raise ValueError(f"{len(self.choices)} choices: at most {MOST_CHOICES} fit a message")


class Unreachable(Exception):
    """The learner left, or blocked the bot: nothing more can be delivered to this chat."""


class Undeliverable(Exception):
    """The platform will never take this reply, in this form or a plainer one."""


class Delayed(Exception):
    """The platform took nothing for now. `seconds` is how long it asked to be left alone."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"asked to wait {seconds:g} s")
        self.seconds = seconds


class CannotTell(Exception):
    """The platform does not say just now what was asked of it."""


class NotServed(Exception):
    """The operator serves other rooms only; the text tells so to somebody who waits for a reply."""


Receive = Callable[[Message], Awaitable[None]]
"""What an adapter is handed: when it returns, the message is stored and may be acknowledged.

Raises NotServed for a message that is dropped, because its room is not served.
"""

Suggest = Callable[[Chat, Command], Awaitable[tuple[str, ...]]]
"""What may follow a command, likeliest first, given what is typed behind its name so far."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Something to be shared into a chat where the tutor is not: `text` in Markdown, and a button.

    The button, `choice`, leads into the private chat, by its `start`. `id` is told apart from
    others offered beside it; `about` is what is seen of it before it is shared.
    """

    id: str
    title: str
    about: str
    text: str
    choice: Choice


Share = Callable[[Chat, str, str], Awaitable[tuple[Offer, ...]]]
"""What somebody may share, by the words they typed; the last is the locale of their app."""


def without_text(choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """The buttons of a platform where everything that a learner writes is heard."""
    return tuple(choice for choice in choices if not choice.with_text)


class Courier(Protocol):
    """What an adapter offers the tutor."""

    @property
    def platform(self) -> str:
        """The name that its chats carry."""
        ...

    async def deliver(self, chat: Chat, reply: Reply) -> str:
        """Send one reply. Returns the platform's name for its last message, '' where it has none.

        Raises Unreachable, Undeliverable or Delayed; others are retried.
        """
        ...

    async def amend(self, chat: Chat, amendment: Amendment) -> bool:
        """Whether a message says by now what it is to say: False where it cannot be changed.

        Raises Delayed; others are retried.
        """
        ...

    async def thinking(self, chat: Chat) -> None:
        """Show that an answer is being worked on. Never raises."""
        ...

    async def in_charge(self, chat: Chat) -> bool:
        """Whether this person runs the room, as its administrators do. Raises CannotTell."""
        ...


_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|>~$<&=])")
_SPACE = re.compile(r"[^\S ]|^ | $|(?<=\s) | (?=\s)")  # all but a single space between words


def literal(text: str) -> str:
    """Outside text made safe to put into a reply's Markdown: it shows exactly as it was written.

    The result is a single line: breaks, and spaces that Markdown would swallow, become entities.
    """
    return _SPACE.sub(lambda space: f"&#{ord(space[0])};", _SPECIAL.sub(r"\\\1", text))
