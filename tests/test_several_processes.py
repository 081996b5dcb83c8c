"""The set-up of deploy/compose.yaml by hand: two webhooks, one killed with -9, and push."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path

import aiohttp
from aiohttp import web

from bot import storage
from bot.messages import Reply
from tests.botapi import BotApi, Person
from tests.content import write_subject
from tests.postgres import Postgres, execute

ROOT = Path(__file__).parent.parent
SECRET = "a-secret-of-the-tests"  # noqa: S105  it opens nothing
PATIENCE = 240  # seconds for something that takes a few, on a busy machine
PEOPLE = 24
SAID = (
    "/start",
    "/subject biology HL",
    "/quiz osmosis explain",
    "Water leaves the cells, because the syrup has a lower water potential.",
    "why not point 1?",
    "/note osmosis",
    "/terms explain",
)
READ = 8  # messages that somebody who says all this gets, each different from the others
TERM = "Term starts on Monday."
LONGEST = 2  # messages of one reply: the note and its figure


class Address:
    """A proxy: what is posted to `url` goes to one worker or another, if that one is there."""

    def __init__(self, session: aiohttp.ClientSession, workers: list[str]) -> None:
        self._session = session
        self._workers = cycle(workers)
        self._count = len(workers)
        self.url = ""

    async def post(self, request: web.Request) -> web.Response:
        """Pass a post on to the next worker that answers."""
        body, headers = await request.read(), dict(request.headers)
        for _ in range(self._count):
            try:
                async with self._session.post(
                    next(self._workers), data=body, headers=headers
                ) as answer:
                    return web.Response(status=answer.status)
            except aiohttp.ClientError:
                continue  # gone, perhaps after it had stored what was posted
        return web.Response(status=502)


@asynccontextmanager
async def address(port: int, workers: list[str]) -> AsyncIterator[Address]:
    """The one address of several workers, at a port."""
    async with aiohttp.ClientSession() as session:
        proxy = Address(session, workers)
        app = web.Application()
        app.router.add_post("/telegram", proxy.post)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        try:
            yield proxy
        finally:
            await runner.cleanup()


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


@asynccontextmanager
async def process(*words: str, env: dict[str, str]) -> AsyncIterator[asyncio.subprocess.Process]:
    """A process of Python's; killed at the end, if it still runs, and shown if it complained."""
    started = await asyncio.create_subprocess_exec(
        *(sys.executable, *words),
        cwd=ROOT,
        env=env,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield started
    finally:
        if started.returncode is None:
            started.kill()
        _, said = await started.communicate()
        sys.stderr.write(said.decode())


async def listening(port: int, by: asyncio.subprocess.Process) -> None:
    """Wait until somebody listens at a port."""
    async with asyncio.timeout(PATIENCE):
        while True:
            assert by.returncode is None, "it ended before it listened"
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.1)
            else:
                writer.close()
                return


def environment(**settings: str) -> dict[str, str]:
    """The environment of a process with these settings alone."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("VIVA_")}
    return kept | {f"VIVA_{name}": value for name, value in settings.items()}


@asynccontextmanager
async def chroma(folder: Path) -> AsyncIterator[str]:
    """The URL of a Chroma server."""
    port = free_port()
    words = ("run", "--path", str(folder), "--host", "127.0.0.1", "--port", str(port))
    program = "from chromadb.cli.cli import app; app()"
    async with process("-c", program, *words, env=environment()) as server:
        await listening(port, server)
        yield f"http://127.0.0.1:{port}"


async def conversation(person: Person) -> None:
    """Say everything, without waiting for answers."""
    for text in SAID:
        await person.says(text)


def read(person: Person) -> list[str]:
    """What somebody has read, in order."""
    return [shown.text for shown in person.room.shown]


async def announce(url: str) -> None:
    """Say something to everybody, as `viva broadcast` does."""
    async with storage.opened(url) as transactions, transactions() as records:
        await records.pushes.announce("term", Reply(TERM), datetime.now(UTC))
        await records.commit()


async def test_two_webhooks_on_one_postgres_answer_everybody_though_one_is_killed(
    postgres: Postgres, tmp_path: Path
) -> None:
    url = await postgres.empty()
    write_subject(tmp_path / "subjects")
    ports = [free_port() for _ in range(2)]
    front = free_port()
    async with AsyncExitStack() as stack:
        api = await stack.enter_async_context(BotApi(webhook_retry=0.2))
        index = await stack.enter_async_context(chroma(tmp_path / "chroma"))
        workers = [f"http://127.0.0.1:{port}/telegram" for port in ports]
        await stack.enter_async_context(address(front, workers))
        common = {
            "DATABASE_URL": url,
            "CHROMA_URL": index,
            "CONTENT": str(tmp_path / "subjects"),
            "TELEGRAM_TOKEN": api.token,
            "TELEGRAM_BASE_URL": api.base_url,
            "TELEGRAM_WEBHOOK_URL": f"http://127.0.0.1:{front}/telegram",
            "TELEGRAM_WEBHOOK_SECRET": SECRET,
        }
        one, two = [
            await stack.enter_async_context(
                process(
                    *("-m", "bot", "run", "--only", "webhook"),
                    env=environment(
                        **common,
                        DATA=str(tmp_path / f"data-{port}"),
                        TELEGRAM_WEBHOOK_LISTEN=f"127.0.0.1:{port}",
                    ),
                )
            )
            for port in ports
        ]
        for port, worker in zip(ports, (one, two), strict=True):
            await listening(port, worker)
        await api.called("setWebhook", times=2)
        first = api.person("first")
        await conversation(first)
        await api.bell.until(lambda: True if len(read(first)) >= READ else None, PATIENCE)

        people = [api.person(f"person {number}") for number in range(PEOPLE)]
        for person in people:
            await conversation(person)
        await api.called("sendMessage", times=READ + PEOPLE * READ // 3)
        one.send_signal(signal.SIGKILL)
        everybody = [first, *people]
        await api.bell.until(
            lambda: True if all(len(read(person)) >= READ for person in people) else None, PATIENCE
        )
        await api.acknowledged()
        push = environment(**common, DATA=str(tmp_path / "data-push"))
        three = await stack.enter_async_context(
            process("-m", "bot", "run", "--only", "push", env=push)
        )
        await announce(url)
        await api.bell.until(
            lambda: True if all(TERM in read(person) for person in everybody) else None, PATIENCE
        )
        for worker in (two, three):
            worker.send_signal(signal.SIGTERM)
            assert await asyncio.wait_for(worker.wait(), PATIENCE) == 0

    assert all(read(person).count(TERM) == 1 for person in everybody)
    [expected, *others] = [[text for text in read(person) if text != TERM] for person in everybody]
    for texts in others:
        assert list(dict.fromkeys(texts)) == expected
        assert len(texts) <= len(expected) + LONGEST  # but for what was on the wire at the kill
    messages = "SELECT count(*), count(answered_at), count(DISTINCT update_id) FROM inbox"
    assert await execute(url, messages) == [((PEOPLE + 1) * len(SAID),) * 3]
    assert await execute(url, "SELECT count(*) FROM attempts") == [(PEOPLE + 1,)]
    assert await execute(url, "SELECT count(*) FROM outbox WHERE sent_at IS NULL") == [(0,)]
