"""Killed with -9 while they send, senders of daily questions send none of them twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.botapi import BotApi
from tests.content import write_subject
from tests.postgres import Postgres
from tests.pushing import killed, most_in_flight

LEARNERS, KILLS = 400, 10


@pytest.mark.parametrize(("database", "workers"), [("sqlite", 1), ("postgres", 3)])
async def test_every_learner_has_one_question_or_is_counted_as_in_flight(
    database: str, workers: int, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'viva.db'}"
    if database == "postgres":
        server = request.getfixturevalue("postgres")
        assert isinstance(server, Postgres)
        url = await server.fresh()
    write_subject(tmp_path / "subjects")

    async with BotApi() as api:
        fates = await killed(
            *(api, url, tmp_path / "subjects"),
            learners=LEARNERS,
            kills=KILLS,
            seed=7,
            workers=workers,
        )

    assert fates.twice == 0
    assert fates.never <= fates.tally.uncertain <= most_in_flight(KILLS)
    assert fates.tally.waiting == fates.tally.dropped == 0
    assert fates.received[1] == LEARNERS - fates.never
    assert fates.tally.sent + fates.tally.uncertain == LEARNERS
