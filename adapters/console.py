"""The tutor in a terminal, with no token: colours, numbered buttons, history, saved figures.

A button is pressed by its number behind a slash (`/1`), so that a bare number can be an answer.
Where standard input is not a terminal, lines are read plainly: a conversation can be piped in.
"""

from __future__ import annotations

import asyncio
import contextlib
import mimetypes
import os
import re
import sys
import uuid
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import WordCompleter
from prompt_toolkit.formatted_text import ANSI
from prompt_toolkit.history import FileHistory
from prompt_toolkit.patch_stdout import patch_stdout
from rich.console import Console
from rich.markdown import Markdown
from rich.text import Text

from adapters.formulas import readable
from bot.commands import COMMANDS
from bot.messages import (
    Amendment,
    Chat,
    Choice,
    Command,
    Content,
    File,
    Image,
    Message,
    Press,
    Receive,
    Reply,
    Upload,
    Words,
    without_text,
)
from bot.speech import later, likeliest, say, speaking

HERE = Chat("terminal", "me", "me")
_LARGEST = 20 * 1024 * 1024  # bytes, as on Telegram
_GOODBYES = frozenset({"/quit", "/exit", "/bye"})

Settled = Callable[[Chat], Awaitable[None]]


class Terminal:
    """One learner at this machine's terminal."""

    platform = "terminal"

    def __init__(self, receive: Receive, settled: Settled, folder: Path, screen: Console) -> None:
        self._receive = receive
        self._settled = settled
        self._folder = folder
        self._screen = screen
        self._locale = _locale()
        self._language = likeliest(self._locale)
        self._choices: tuple[Choice, ...] = ()
        self._hidden = ""  # the last text that was covered

    async def run(self) -> None:
        """Talk until the learner leaves: /quit, or the end of input."""
        self._tell(
            later("Viva. /1 presses the first button, /send FILE sends a file, /quit leaves."),
            "dim",
        )
        await self._settled(HERE)
        read = self._reader()
        while (line := await read()) is not None and line.strip().lower() not in _GOODBYES:
            await self._said(line.strip())
        self._tell(later("See you. Everything is kept; come back whenever you like."), "dim")

    async def say(self, content: Content) -> None:
        """Hand something to the tutor and wait until it was answered."""
        await self._receive(Message(HERE, content, uuid.uuid4().hex, self._locale))
        await self._settled(HERE)

    def _tell(self, text: str, style: str = "yellow", **values: object) -> None:
        """Say something of the terminal's own, in the language of the last reply."""
        with speaking(self._language):
            self._screen.print(Text(say(text, **values), style))

    async def _said(self, line: str) -> None:
        if not line:
            return
        if line.lower() == "/reveal":
            self._reveal()
            return
        content = await self._content(line)
        if content is not None:
            await self.say(content)

    def _reader(self) -> Callable[[], Awaitable[str | None]]:
        if not sys.stdin.isatty():
            return self._piped
        self._folder.mkdir(parents=True, exist_ok=True)
        words = [f"/{line.name}" for line in COMMANDS] + ["/send", "/reveal", "/quit"]
        session: PromptSession[str] = PromptSession(
            history=FileHistory(str(self._folder / "history")),
            completer=WordCompleter(words, sentence=True),
            complete_while_typing=False,
        )

        async def typed() -> str | None:
            with patch_stdout(raw=True), contextlib.suppress(EOFError, KeyboardInterrupt):
                return await session.prompt_async(ANSI("\x1b[1;36m› \x1b[0m"))
            return None

        return typed

    async def _piped(self) -> str | None:
        """A line that was piped in, shown as if it had been typed; None at the end."""
        line = await asyncio.to_thread(sys.stdin.readline)
        if line:
            self._screen.print(Text(f"› {line.strip()}", "bold cyan"))
        return line or None

    async def _content(self, line: str) -> Content | None:
        """What a line means; None after saying what is wrong with it."""
        if pressed := re.fullmatch(r"/(\d{1,2})", line):
            return self._pressed(int(pressed[1]))
        if not line.startswith("/"):
            return Words(line)
        name, _, rest = line[1:].partition(" ")
        if name == "send":
            return await asyncio.to_thread(self._file, rest.strip().strip("'\""))
        return Command(name.lower(), rest.strip())

    def _pressed(self, number: int) -> Press | None:
        if 0 < number <= len(self._choices):
            return Press(self._choices[number - 1].action)
        self._tell(later("There is no button {number} here."), number=number)
        return None

    def _reveal(self) -> None:
        """Print the text that was covered last."""
        if self._hidden:
            self._screen.print(Markdown(readable(self._hidden)))
        else:
            self._tell(later("Nothing is covered here."))

    def _file(self, name: str) -> Upload | None:
        path = Path(name).expanduser()
        if not path.is_file():
            self._tell(
                later("There is no file “{name}”. Write /send and the path of a file."), name=name
            )
            return None
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        if path.stat().st_size > _LARGEST:
            problem = later("it is larger than 20 MB. Send a part of it.")
            return Upload(path.name, kind, b"", problem=problem)
        return Upload(path.name, kind, path.read_bytes())

    async def deliver(self, chat: Chat, reply: Reply) -> str:
        """Print a reply, save its pictures and files, and number its buttons.

        Returns '': what was printed has no name.
        """
        self._language = reply.language
        for attachment in reply.attachments:
            where = await asyncio.to_thread(self._save, attachment)
            about = attachment.alt if isinstance(attachment, Image) else attachment.name
            kept = say("saved as {path}", path=where)
            self._screen.print(
                Text.assemble(("🖼  ", ""), (about, "italic"), (f"\n   {kept}", "dim"))
            )
        self._screen.print()
        self._screen.print(Markdown(readable(reply.text)))
        if reply.hidden:
            self._hidden = reply.hidden
            self._screen.print()
            self._tell(later("A text is covered here: /reveal shows it."), "bold cyan")
        self._choices = without_text(reply.choices)
        if self._choices:
            self._screen.print()
            self._screen.print(_buttons(self._choices))
        self._screen.print()
        return ""

    def _save(self, attachment: Image | File) -> Path:
        folder = self._folder / "figures"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / _file_name(attachment)
        path.write_bytes(attachment.data)
        return path

    async def amend(self, chat: Chat, amendment: Amendment) -> bool:
        """What was printed stays as it is."""
        return False

    async def thinking(self, chat: Chat) -> None:
        """A terminal shows nothing while the tutor thinks: the prompt is away until it answers."""

    async def in_charge(self, chat: Chat) -> bool:
        """Nobody else is here."""
        return True


def _locale() -> str:
    """The locale for messages, as POSIX has programs find it."""
    named = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return next(filter(None, named), "")


def _file_name(attachment: Image | File) -> str:
    if isinstance(attachment, File):
        return Path(attachment.name).name
    words = re.sub(r"[^a-z0-9]+", "-", attachment.alt.lower()).strip("-")
    return f"{words[:48].rstrip('-') or 'figure'}.png"


def _buttons(choices: Sequence[Choice]) -> Text:
    pieces = [
        Text.assemble((f"/{number}", "bold cyan"), f" {choice.label}")
        for number, choice in enumerate(choices, 1)
    ]
    return Text("   ").join(pieces)
