"""One conversation, held on Telegram, on Discord and in the terminal from the same script."""

from __future__ import annotations

import asyncio
import io
import queue
import re
import sys
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import discord
import pytest
import simcord
from pydantic import SecretStr
from rich.console import Console
from simcord import Env, UserHandle

from adapters.console import Terminal
from adapters.discord import Discord, Shards
from adapters.patience import Patience
from adapters.telegram import Telegram
from bot.commands import COMMANDS
from bot.desk import Desk
from bot.messages import Chat
from bot.storage import Database
from bot.suggestions import Suggestions
from knowledge.exams.facts import Exams
from knowledge.library import Library
from tests.adapters.discord.seeing import labels
from tests.botapi import TOKEN, BotApi, Shown
from tests.conftest import tutor
from tests.fakes import FixedClock, ScriptedExaminer
from tests.photos import photo
from tests.platforms import running
from tests.silence import NoNotes

ANSWER = ("Water leaves the cells by osmosis,", "because the syrup is more concentrated.")
FIGURE = "A U-tube with a membrane: water rises on the side of the sugar"
CODE = re.compile(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b")
MOMENT = 30.0  # seconds
FIELDS = {line.name: line.field for line in COMMANDS}
BUTTON = re.compile(r"/(\d+) (\S.*?)(?=   /\d|\n|$)")


@dataclass(frozen=True, slots=True)
class Heard:
    """What came of something a learner did: texts, labels of buttons, words for pictures."""

    text: str
    labels: list[str]
    pictures: list[str]


class Learner(Protocol):
    """Somebody on a platform, who waits for what comes of each thing they do."""

    async def uses(self, command: str, words: str = "") -> Heard:
        """Use a command."""
        ...

    async def presses(self, label: str) -> Heard:
        """Press the newest button of this label."""
        ...

    async def sends(self, picture: bytes) -> Heard:
        """Send a photo."""
        ...


class OnTelegram:
    """In a private chat, over HTTP against the emulated Bot API."""

    def __init__(self, api: BotApi, desk: Desk) -> None:
        self._api = api
        self._desk = desk
        self._ada = api.person("Ada")

    async def uses(self, command: str, words: str = "") -> Heard:
        before = self._shown()
        await self._ada.says(f"/{command} {words}".strip())
        return await self._since(before)

    async def presses(self, label: str) -> Heard:
        before = self._shown()
        await self._ada.presses(label)
        return await self._since(before)

    async def sends(self, picture: bytes) -> Heard:
        before = self._shown()
        await self._ada.sends_photo(data=picture)
        return await self._since(before)

    def _shown(self) -> list[Shown]:
        return list(self._ada.room.shown)

    async def _since(self, before: list[Shown]) -> Heard:
        await self._api.acknowledged()
        await self._desk.settled(Chat("telegram", str(self._ada.id), str(self._ada.id)))
        new = [one for one in self._shown() if one not in before]
        pictures = [one.text for one in new if one.kind == "photo"]
        return Heard(
            "\n".join(one.text for one in new),
            [label for one in new for label in one.labels],
            pictures,
        )


class OnDiscord:
    """In direct messages, on the emulated Discord."""

    def __init__(self, env: Env, user: UserHandle) -> None:
        self._env = env
        self._user = user

    async def uses(self, command: str, words: str = "") -> Heard:
        before = self._shown()
        await self._user.slash(command, **({FIELDS[command]: words} if words else {}))
        return await self._since(before)

    async def presses(self, label: str) -> Heard:
        before = self._shown()
        under = [one for one in self._user.dm_channel.history() if label in labels(one)]
        await self._user.click(max(under, key=lambda one: one.id), label=label)
        return await self._since(before)

    async def sends(self, picture: bytes) -> Heard:
        before = self._shown()
        room = self._user.dm_channel.id
        files = self._env.backend.store_attachments(room, [("answer.png", picture)])
        await self._user.send_dm("", attachments=files)
        return await self._since(before)

    def _shown(self) -> dict[int, str]:
        return {one.id: one.content for one in self._user.dm_channel.history()}

    async def _since(self, before: dict[int, str]) -> Heard:
        await self._env.settle()
        all = [one for one in self._user.dm_channel.history() if one.author.bot]
        new = [one for one in all if before.get(one.id) != one.content]
        pictures = [file.description or "" for one in new for file in one.attachments]
        return Heard(
            "\n".join(one.content for one in new),
            [label for one in new for label in labels(one)],
            pictures,
        )


class Keyboard:
    """A standard input that waits for what is typed next."""

    def __init__(self) -> None:
        self.waits = threading.Event()
        self._lines: queue.Queue[str] = queue.Queue()

    def isatty(self) -> bool:
        return False

    def readline(self) -> str:
        self.waits.set()
        return self._lines.get()

    async def types(self, line: str) -> None:
        """Type a line, and wait until the next can be typed."""
        self.waits.clear()
        self._lines.put(f"{line}\n")
        assert await asyncio.to_thread(self.waits.wait, MOMENT)

    def leaves(self) -> None:
        self._lines.put("/quit\n")


class InTerminal:
    """At a keyboard, in front of a screen."""

    def __init__(self, keyboard: Keyboard, screen: io.StringIO, folder: Path) -> None:
        self._keyboard = keyboard
        self._screen = screen
        self._folder = folder

    async def uses(self, command: str, words: str = "") -> Heard:
        return await self._types(f"/{command} {words}".strip())

    async def presses(self, label: str) -> Heard:
        found = BUTTON.findall(self._screen.getvalue())
        number = next(number for number, said in reversed(found) if said.strip() == label)
        return await self._types(f"/{number}")

    async def sends(self, picture: bytes) -> Heard:
        file = self._folder / "answer.png"
        file.write_bytes(picture)
        return await self._types(f"/send {file}")

    async def _types(self, line: str) -> Heard:
        before = len(self._screen.getvalue())
        await self._keyboard.types(line)
        new = self._screen.getvalue()[before:]
        pictures = re.findall(r"🖼  (.*)", new)
        return Heard(new, [said.strip() for _, said in BUTTON.findall(new)], pictures)


Platform = Callable[[Desk], AbstractAsyncContextManager[Learner]]


@pytest.fixture
def telegram() -> Platform:
    @asynccontextmanager
    async def opened(desk: Desk) -> AsyncIterator[Learner]:
        async with BotApi() as api:
            patience = Patience(pause=lambda _: asyncio.sleep(0))
            platform = Telegram(
                SecretStr(TOKEN), desk.receive, base_url=api.base_url, patience=patience
            )
            async with desk.serving([platform]), running(platform):
                yield OnTelegram(api, desk)

    return opened


@pytest.fixture
def on_discord(library: Library, exams: Exams, records: Database) -> Platform:
    @asynccontextmanager
    async def opened(desk: Desk) -> AsyncIterator[Learner]:
        suggest = Suggestions(library, exams, NoNotes(), records).suggest
        platform = Discord(SecretStr("MTE.secret.token"), desk.receive, suggest, shards=Shards(1))
        none = discord.Intents.default()
        async with (
            desk.serving([platform]),
            simcord.run(platform.client, approved_intents=none, settle_timeout=30) as env,
        ):
            member = env.create_guild().add_member(env.create_user("ada"))
            yield OnDiscord(env, member.user)

    return opened


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Platform:
    @asynccontextmanager
    async def opened(desk: Desk) -> AsyncIterator[Learner]:
        keyboard, screen = Keyboard(), io.StringIO()
        monkeypatch.setattr(sys, "stdin", keyboard)
        monkeypatch.setenv("LANG", "en")
        console = Console(file=screen, width=400, force_terminal=False)
        here = Terminal(desk.receive, desk.settled, tmp_path / "terminal", console)
        async with desk.serving([here]):
            running = asyncio.create_task(here.run())
            assert await asyncio.to_thread(keyboard.waits.wait, MOMENT)
            try:
                yield InTerminal(keyboard, screen, tmp_path)
            finally:
                keyboard.leaves()
                await running

    return opened


@pytest.mark.parametrize("name", ["telegram", "on_discord", "terminal"])
async def test_the_same_conversation_everywhere(
    name: str, request: pytest.FixtureRequest, library: Library, exams: Exams, records: Database
) -> None:
    platform: Platform = request.getfixturevalue(name)
    examiner = ScriptedExaminer(["p1"])
    desk = tutor(library, exams, records, FixedClock(), examiner)
    async with platform(desk) as ada:
        welcome = await ada.uses("start")
        chosen = await ada.uses("subject", "Biology HL")
        note = await ada.uses("note", "osmosis")
        question = await ada.uses("quiz", "osmosis explain")
        hint = await ada.presses("Hint")
        read = await ada.sends(photo(*ANSWER))
        marked = await ada.presses("Mark it")
        progress = await ada.uses("progress")
        link = await ada.uses("link")

    assert "Viva" in welcome.text
    assert "Biology HL" in chosen.text
    assert "Water moves on its own" in note.text
    assert "ψ" in note.text
    assert "turgid" in note.text
    assert [one.rstrip() for one in note.pictures] == [FIGURE]
    assert "left in thick syrup" in question.text
    assert {"Hint", "Skip", "Show the answer"} <= set(question.labels)
    assert "Hint 1 of 3" in hint.text
    assert all(line in read.text for line in ANSWER)
    assert "Mark it" in read.labels
    assert "1/2" in marked.text
    assert "Osmosis" in progress.text
    assert CODE.search(link.text)
    assert examiner.scripts[0].answer.split() == " ".join(ANSWER).split()


async def test_progress_follows_a_learner_from_telegram_to_discord(
    telegram: Platform, on_discord: Platform, library: Library, exams: Exams, records: Database
) -> None:
    desk = tutor(library, exams, records, FixedClock(), ScriptedExaminer(["p1"]))
    async with telegram(desk) as ada:
        await ada.uses("quiz", "osmosis explain")
        await ada.sends(photo(*ANSWER))
        await ada.presses("Mark it")
        code = CODE.search((await ada.uses("link")).text)
    assert code
    async with on_discord(desk) as also_ada:
        asked = await also_ada.uses("link", code[0])
        if asked.labels:
            await also_ada.presses(asked.labels[0])
        progress = await also_ada.uses("progress")

    assert "Osmosis" in progress.text
