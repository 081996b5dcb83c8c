"""`viva run --only push`, as processes: two of them, and one question a learner."""

from __future__ import annotations

import asyncio
import signal
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path

from bot import storage
from bot.messages import Chat
from tests.botapi import BotApi
from tests.content import write_subject
from tests.postgres import Postgres
from tests.pushing import A_QUESTION, enrol
from tests.test_several_processes import PATIENCE, chroma, environment, process

LEARNERS = 40


async def test_two_processes_that_hear_nobody_send_each_learner_one_question(
    tmp_path: Path, postgres: Postgres
) -> None:
    url = await postgres.fresh()
    write_subject(tmp_path / "subjects")
    async with AsyncExitStack() as stack:
        api = await stack.enter_async_context(BotApi())
        ids = [api.person(f"learner {at}").id for at in range(LEARNERS)]
        async with storage.opened(url) as records:
            chats = [Chat("telegram", str(id), str(id)) for id in ids]
            await enrol(records, chats, datetime.now(UTC))
        index = await stack.enter_async_context(chroma(tmp_path / "chroma"))
        common = {
            "DATABASE_URL": url,
            "CHROMA_URL": index,
            "CONTENT": str(tmp_path / "subjects"),
            "TELEGRAM_TOKEN": api.token,
            "TELEGRAM_BASE_URL": api.base_url,
        }
        workers = [
            await stack.enter_async_context(
                process(
                    *("-m", "bot", "run", "--only", "push"),
                    env=environment(**common, DATA=str(tmp_path / f"data-{at}")),
                )
            )
            for at in range(2)
        ]
        await api.called("getMe", times=2)
        await api.called("sendMessage", times=LEARNERS)
        for worker in workers:
            worker.send_signal(signal.SIGTERM)
        for worker in workers:
            assert await asyncio.wait_for(worker.wait(), PATIENCE) == 0

    got = [sum(A_QUESTION in said.labels for said in api.world.rooms[id].shown) for id in ids]
    assert got == [1] * LEARNERS
    assert not {"getUpdates", "setWebhook", "deleteWebhook"} & {call.method for call in api.calls}
