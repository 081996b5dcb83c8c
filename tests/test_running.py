"""The product as people run it: `viva chat` and `viva run`, as processes, all parts real."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from knowledge.content import Question
from knowledge.library import Library
from tests.botapi import BotApi, Person

ROOT = Path(__file__).parent.parent
TOPIC = "resting-potential"
PATIENCE = 120  # seconds for something that takes one or two


@pytest.fixture(scope="module")
def question() -> Question:
    """The question that a newcomer is asked who wants one on the resting potential to explain."""
    library = Library.load(ROOT / "knowledge" / "subjects")
    return library.questions("biology", topic=TOPIC, command_term="explain", level="HL")[0]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("viva")


def environment(data: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("VIVA_")}
    return {**kept, "VIVA_DATA": str(data), "NO_COLOR": "1", "COLUMNS": "100", **more}


@asynccontextmanager
async def viva(command: str, env: dict[str, str]) -> AsyncIterator[asyncio.subprocess.Process]:
    """A process that runs the tutor; killed at the end, if it still runs."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", command),
        cwd=ROOT,
        env=env,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def types(process: asyncio.subprocess.Process, line: str) -> None:
    assert process.stdin is not None
    process.stdin.write(f"{line}\n".encode())
    await process.stdin.drain()


async def reads(process: asyncio.subprocess.Process, text: str) -> str:
    """All that is shown up to and with the line that holds this text."""
    assert process.stdout is not None
    seen = ""
    async with asyncio.timeout(PATIENCE):
        while text not in seen:
            line = await process.stdout.readline()
            assert line, f"it ended before it said {text!r}: {seen}"
            seen += line.decode()
    return seen


async def test_a_conversation_in_the_terminal_survives_being_killed(
    data: Path, question: Question
) -> None:
    env = environment(data)

    async with viva("chat", env) as first:
        await reads(first, "I am Viva")
        await types(first, "/subject biology")
        await reads(first, "Set: Biology HL")
        await types(first, "/note resting potential")
        await reads(first, "min read")
        await types(first, "why is the inside of a neuron negative?")
        await reads(first, "From the notes")
        await types(first, "/quiz resting potential explain")
        await reads(first, question.title)
        await types(first, "/hint")
        await reads(first, "Hint 1 of 3")
        first.send_signal(signal.SIGKILL)

    async with viva("chat", env) as second:
        await types(second, "/hint")
        await reads(second, "Hint 2 of 3")
        await types(second, "I like turtles and sunny afternoons")
        await reads(second, f"0/{question.parts[0].marks}")
        await types(second, "why not point 1?")
        await reads(second, "Point 1 wants")
        await types(second, "/progress")
        await reads(second, "1 answer so far")
        await types(second, "/quit")
        await reads(second, "Everything is kept")
        assert await second.wait() == 0


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as api:
        yield api


async def hears(person: Person, text: str) -> str:
    """The first message that holds this text; those before it are read and left."""
    async with asyncio.timeout(PATIENCE):
        while text not in (shown := (await person.reads()).text):
            pass
    return shown


async def sees(person: Person, text: str) -> None:
    """Look at the chat until some message says this."""
    room = person.room

    def said() -> bool | None:
        return any(text in one.text for one in room.shown) or None

    await person.world.bell.until(said, PATIENCE)


async def test_the_same_conversation_on_telegram(
    data: Path, question: Question, api: BotApi
) -> None:
    env = environment(data, VIVA_TELEGRAM_TOKEN=api.token, VIVA_TELEGRAM_BASE_URL=api.base_url)
    ada = api.person("Ada")

    async with viva("run", env) as first:
        await ada.says("/start")
        await hears(ada, "I am Viva")
        await ada.says("/subject biology HL")
        await hears(ada, "Biology HL")
        await ada.says("/quiz resting potential explain")
        await hears(ada, question.title)
        first.send_signal(signal.SIGKILL)

    await ada.presses("Hint")
    async with viva("run", env) as second:
        await sees(ada, "Hint 1 of 3")
        await ada.says(question.parts[0].model_answer)
        said = await hears(ada, f"/{question.parts[0].marks}")
        assert not said.startswith("0/")
        second.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(second.wait(), PATIENCE) == 0
