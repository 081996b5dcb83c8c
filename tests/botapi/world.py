"""The people, groups and messages of the emulated Telegram."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TypeVar

from tests.botapi.bell import Bell
from tests.botapi.faults import Json, Refused, bad
from tests.botapi.html import Entity, units
from tests.botapi.updates import Updates

Found = TypeVar("Found")

PATIENCE = 60.0  # seconds that a test waits for something that takes a moment
BIRTH = 1_700_000_000  # every message is a second younger than the one before
FIRST_GROUP = -1001
ANONYMOUS: Json = {  # who Telegram says wrote what an administrator wrote without a name
    "id": 1_087_968_824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message: it says something to the bot, or leads to an address."""

    label: str
    data: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A message of the bot, as a chat shows it. `text` is a caption where there is a file."""

    id: int
    text: str
    entities: tuple[Entity, ...] = ()
    rows: tuple[tuple[Button, ...], ...] = ()
    kind: str = "text"  # or photo, or document
    file_name: str = ""
    data: bytes = b""
    thread: int | None = None
    answers: int = 0  # the number of the message that it answers

    @property
    def labels(self) -> tuple[str, ...]:
        """What the buttons say."""
        return tuple(button.label for row in self.rows for button in row)


@dataclass(slots=True)
class Room:
    """A private chat or a group."""

    id: int
    kind: str
    name: str
    shown: list[Shown] = field(default_factory=list)
    transcript: list[tuple[str, str]] = field(default_factory=list)  # who, what; both sides
    closed: Refused | None = None  # why the bot cannot write here
    chiefs: list[Json] = field(default_factory=list)  # the users who administer it

    @property
    def json(self) -> Json:
        """A Chat object."""
        name = "first_name" if self.kind == "private" else "title"
        return {"id": self.id, "type": self.kind, name: self.name}

    def put(self, message: Shown) -> None:
        """Show a message, in place of one with its id."""
        others = [one for one in self.shown if one.id != message.id]
        self.shown = sorted([*others, message], key=lambda one: one.id)


class World:
    """Everything that Telegram knows."""

    def __init__(self, bot: Json, bell: Bell, updates: Updates) -> None:
        self.bot = bot
        self.bell = bell
        self.updates = updates
        self.rooms: dict[int, Room] = {}
        self.files: dict[str, bytes] = {}
        self.commands: dict[str, list[str]] = {}  # by the type of their scope
        self.described: dict[tuple[str, str], list[str]] = {}  # by scope and language
        self.answered: list[str] = []  # ids of callback queries
        self.offered: dict[str, list[Shown]] = {}  # by inline query; the title is the file's name
        self.typing: list[int] = []  # rooms where the bot showed the typing sign
        self.knows_rich = True  # whether this server has rich messages
        self.reactions: dict[tuple[int, int], object] = {}
        self._last_id = 0

    def next_id(self) -> int:
        """A number for a new message, file or press."""
        self._last_id += 1
        return self._last_id

    def room(self, id: int | None) -> Room:
        """A room the bot may write in. Raises Refused."""
        room = self.rooms.get(id) if id is not None else None
        if room is None:
            raise bad("chat not found")
        if room.closed is not None:
            raise room.closed
        return room


@dataclass(slots=True)
class Group:
    """A supergroup with the bot in it."""

    world: World
    room: Room

    def is_run_by(self, person: Person) -> None:
        """Make somebody an administrator."""
        self.room.chiefs.append(person.json)

    def becomes_supergroup(self) -> Group:
        """Move to a new id, as groups do when they grow."""
        new = Room(self.room.id - 1_000_000, "supergroup", self.room.name)
        self.world.rooms[new.id] = new
        told: Json = {"message_id": self.world.next_id(), "date": BIRTH}
        told |= {"chat": self.room.json | {"type": "group"}, "from": ANONYMOUS}
        self.world.updates.add("message", told | {"migrate_to_chat_id": new.id})
        self.room.closed = Refused(
            400,
            "Bad Request: group chat was upgraded to a supergroup chat",
            {"migrate_to_chat_id": new.id},
        )
        return Group(self.world, new)


@dataclass(slots=True)
class Person:
    """Somebody with a Telegram account, who talks to the bot as the app would."""

    world: World
    room: Room
    language: str = "en"
    _read: dict[int, int] = field(default_factory=dict)  # room -> id of the last message read

    @property
    def id(self) -> int:
        """The account's number, which is its private chat's too."""
        return self.room.id

    @property
    def json(self) -> Json:
        """A User object."""
        return {
            "id": self.id,
            "is_bot": False,
            "first_name": self.room.name,
            "language_code": self.language,
        }

    async def says(
        self,
        text: str,
        *,
        group: Group | None = None,
        thread: int | None = None,
        answering: Shown | None = None,
        unnamed: bool = False,
    ) -> int:
        """Send a text, as an administrator who stays unnamed if so. Returns the update's number."""
        room = self._in(group)
        room.transcript.append((self.room.name, text))
        said = self._message(room, thread) | {"text": text}
        if unnamed:
            said |= {"from": ANONYMOUS, "sender_chat": room.json}
        if text.startswith("/"):
            length = units(text.split(maxsplit=1)[0])
            said["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        if answering is not None:
            said["reply_to_message"] = message_json(self.world, room, answering)
        return self.world.updates.add("message", said)

    async def edits(self, text: str) -> int:
        """Change what was said last."""
        said = self._message(self.room, None) | {"text": text, "edit_date": BIRTH}
        return self.world.updates.add("edited_message", said)

    async def sends_document(
        self,
        name: str,
        data: bytes,
        media_type: str = "application/pdf",
        *,
        caption: str = "",
        claimed_size: int | None = None,
    ) -> int:
        """Send a file. `claimed_size` is what Telegram is to say of it."""
        id = f"document-{self.world.next_id()}"
        self.world.files[id] = data
        document: Json = {
            "file_id": id,
            "file_unique_id": id,
            "file_name": name,
            "mime_type": media_type,
            "file_size": len(data) if claimed_size is None else claimed_size,
        }
        return self._sends({"document": document, "caption": caption})

    async def sends_photo(self, caption: str = "", data: bytes = b"") -> int:
        """Send a photo: Telegram keeps it in several sizes, smallest first."""
        sizes: list[Json] = []
        for width, height, kept in ((90, 60, b"small"), (900, 600, data)):
            id = f"photo-{self.world.next_id()}"
            self.world.files[id] = kept
            sizes.append({"file_id": id, "file_unique_id": id, "width": width, "height": height})
        return self._sends({"photo": sizes, "caption": caption})

    async def sends_voice(self, data: bytes = b"") -> int:
        """Send a voice message."""
        id = f"voice-{self.world.next_id()}"
        self.world.files[id] = data
        voice = {"file_id": id, "file_unique_id": id, "duration": 3, "mime_type": "audio/ogg"}
        return self._sends({"voice": voice})

    async def finds(self, words: str) -> list[Shown]:
        """Type words behind the bot's name in any chat; what can be shared there."""
        query = str(self.world.next_id())
        self.world.updates.add(
            "inline_query", {"id": query, "from": self.json, "query": words, "offset": ""}
        )
        look = self.world.offered.get
        return await self._waits(lambda: look(query), "something to share", self.room)

    async def shares(self, found: Shown, group: Group) -> None:
        """Put one of them into a group."""
        group.room.put(replace(found, id=self.world.next_id()))

    async def follows(self, label: str, *, group: Group) -> int:
        """Follow the newest button that leads into the private chat with the bot, and start it."""

        def found() -> Button | None:
            buttons = [one for shown in group.room.shown for row in shown.rows for one in row]
            return next((one for one in reversed(buttons) if one.label == label), None)

        button = await self._waits(found, f"a button {label!r}", group.room)
        bot, _, letters = button.url.removeprefix("https://t.me/").partition("?start=")
        assert bot == self.world.bot["username"], f"{button.url!r} leads elsewhere"
        return await self.says(f"/start {letters}")

    async def presses(self, label: str, *, group: Group | None = None) -> int:
        """Press the newest button that says this, waiting for it to appear."""
        room = self._in(group)

        def found() -> tuple[Shown, Button] | None:
            for message in reversed(room.shown):
                for button in (button for row in message.rows for button in row):
                    if button.label == label:
                        return message, button
            return None

        message, button = await self._waits(found, f"a button {label!r}", room)
        room.transcript.append((self.room.name, f"[{label}]"))
        press: Json = {
            "id": str(self.world.next_id()),
            "from": self.json,
            "chat_instance": str(room.id),
            "message": message_json(self.world, room, message),
            "data": button.data,
        }
        return self.world.updates.add("callback_query", press)

    async def reads(self, *, group: Group | None = None) -> Shown:
        """The next message of the bot that was not read yet, waiting for it to come."""
        room = self._in(group)

        def unread() -> Shown | None:
            last = self._read.get(room.id, 0)
            return next((message for message in room.shown if message.id > last), None)

        message = await self._waits(unread, "a message", room)
        self._read[room.id] = message.id
        return message

    def blocks(self) -> None:
        """Block the bot."""
        self.room.closed = Refused(403, "Forbidden: bot was blocked by the user")

    def unblocks(self) -> None:
        """Let the bot write again."""
        self.room.closed = None

    def _in(self, group: Group | None) -> Room:
        return group.room if group else self.room

    def _message(self, room: Room, thread: int | None) -> Json:
        id = self.world.next_id()
        said: Json = {
            "message_id": id,
            "date": BIRTH + id,
            "chat": room.json,
            "from": self.json,
        }
        return said | ({"message_thread_id": thread, "is_topic_message": True} if thread else {})

    def _sends(self, content: Json) -> int:
        filled = {name: value for name, value in content.items() if value}
        self.room.transcript.append((self.room.name, f"[{next(iter(filled))}]"))
        return self.world.updates.add("message", self._message(self.room, None) | filled)

    async def _waits(self, look: Callable[[], Found | None], what: str, room: Room) -> Found:
        try:
            return await self.world.bell.until(look, PATIENCE)
        except TimeoutError:
            so_far = "\n".join(f"{who}: {said}" for who, said in room.transcript) or "(nothing)"
            raise AssertionError(
                f"{self.room.name} waited for {what} in vain; said so far:\n{so_far}"
            ) from None


def _button_json(button: Button) -> Json:
    where = {"url": button.url} if button.url else {"callback_data": button.data}
    return {"text": button.label, **where}


def message_json(world: World, room: Room, message: Shown) -> Json:
    """A Message object for one of the bot's."""
    told: Json = {
        "message_id": message.id,
        "date": BIRTH + message.id,
        "chat": room.json,
        "from": world.bot,
    }
    if message.thread is not None:
        told |= {"message_thread_id": message.thread, "is_topic_message": True}
    if message.rows:
        told["reply_markup"] = {
            "inline_keyboard": [[_button_json(button) for button in row] for row in message.rows]
        }
    return told | _content_json(message)


def _content_json(message: Shown) -> Json:
    id = f"sent-{message.id}"
    entities = list(message.entities)
    match message.kind:
        case "photo":
            photo = {"file_id": id, "file_unique_id": id, "width": 90, "height": 60}
            return {"photo": [photo], "caption": message.text, "caption_entities": entities}
        case "document":
            document = {"file_id": id, "file_unique_id": id, "file_name": message.file_name}
            return {"document": document, "caption": message.text, "caption_entities": entities}
        case _:
            return {"text": message.text, "entities": entities}
