"""Talk to the tutor as a learner does, with no platform: messages in, replies out."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.desk import Desk
from bot.messages import (
    Amendment,
    CannotTell,
    Chat,
    Choice,
    Command,
    Content,
    Message,
    Press,
    Reply,
    Upload,
    Words,
)


@dataclass
class Letterbox:
    """A courier that keeps what it is given, by chat, but for the failures that lie ahead of it."""

    platform: str = "test"
    delivered: dict[Chat, list[Reply]] = field(default_factory=dict)
    failures: list[Exception] = field(default_factory=list)
    shown: list[tuple[Chat, Reply]] = field(default_factory=list)  # in order
    chiefs: set[str] = field(default_factory=set)  # who runs every room they are in
    unsure: bool = False  # whether it can tell
    amended: list[Amendment] = field(default_factory=list)
    amends: bool = False  # whether messages can be changed

    async def deliver(self, chat: Chat, reply: Reply) -> str:
        """Keep the reply, or fail in the way that is next."""
        if self.failures:
            raise self.failures.pop(0)
        self.delivered.setdefault(chat, []).append(reply)
        self.shown.append((chat, reply))
        return str(len(self.shown))

    async def amend(self, chat: Chat, amendment: Amendment) -> bool:
        """What was kept stays as it is; a change is kept beside it where changes are possible."""
        if self.amends:
            self.amended.append(amendment)
        return self.amends

    def read(self, room: str) -> list[str]:
        """All that was said in a room to everybody, by whomever it was asked for."""
        return [reply.text for to, reply in self.shown if to.room == room and not reply.private]

    async def thinking(self, chat: Chat) -> None:
        """Nobody watches."""

    async def in_charge(self, chat: Chat) -> bool:
        """Whether this person runs the room."""
        if self.unsure:
            raise CannotTell("not now")
        return chat.person in self.chiefs


class Learner:
    """Somebody who talks to the tutor: `says` and `presses` return what she then reads."""

    def __init__(self, desk: Desk, box: Letterbox, name: str = "ada", room: str = "") -> None:
        self._desk = desk
        self._box = box
        self.chat = Chat(box.platform, room or name, name)
        self.name = name.capitalize()
        self.locale = ""  # of the app
        self._said = 0
        self.replies: list[Reply] = []

    async def says(self, text: str) -> str:
        """Type something; a first slash makes it a command."""
        if text.startswith("/"):
            name, _, rest = text[1:].partition(" ")
            return await self.sends(Command(name, rest))
        return await self.sends(Words(text))

    async def presses(self, label: str, typing: str = "") -> str:
        """Press the newest button whose label begins with these words, and type behind it."""
        return await self.sends(Press(self.button(label).action, typing))

    def button(self, label: str) -> Choice:
        """The newest button whose label begins with these words, under what they can see."""
        shown = self._box.shown
        for to, reply in reversed(shown):
            seen = to.room == self.chat.room and (to == self.chat or not reply.private)
            for choice in reply.choices if seen else ():
                if choice.label.startswith(label):
                    return choice
        raise AssertionError(f"no button {label!r}")

    async def uploads(self, name: str, data: bytes, media_type: str = "") -> str:
        """Send a file."""
        return await self.sends(Upload(name, media_type, data))

    async def sends(self, content: Content, update_id: str = "") -> str:
        """Send anything, and read the texts that come back."""
        before = len(self._box.delivered.get(self.chat, []))
        self._said += 1
        id = update_id or f"{self.chat.person}-{self.chat.room}-{self._said}"
        post = f"post-{len(self._box.shown)}"
        message = Message(
            self.chat, content, id, self.locale, name=self.name, places=(self.chat.room,), post=post
        )
        await self._desk.receive(message)
        await self._desk.settled(self.chat)
        self.replies = self._box.delivered.get(self.chat, [])[before:]
        return "\n\n".join(reply.text for reply in self.replies)
