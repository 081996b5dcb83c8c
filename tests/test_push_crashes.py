"""Killed with -9 while they send, senders of daily questions send none of them twice."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest

from tests.botapi import BotApi
from tests.content import write_subject
from tests.postgres import Postgres
from tests.pushing import killed, most_in_flight

LEARNERS, KILLS = 200, 4


@pytest.mark.parametrize(("database", "workers"), [("sqlite", 1), ("postgres", 3)])
async def test_every_learner_has_one_question_or_is_counted_as_in_flight(
    tmp_path: Path, request: pytest.FixtureRequest, database: str, workers: int
) -> None:
    write_subject(tmp_path / "subjects")
    url = f"sqlite+aiosqlite:///{tmp_path / 'viva.db'}"
    if database == "postgres":
        url = await cast("Postgres", request.getfixturevalue("postgres")).empty()

    async with BotApi() as api:
        fates = await killed(
            *(api, url, tmp_path / "subjects"),
            learners=LEARNERS,
            kills=KILLS,
            seed=7,
            workers=workers,
        )

    assert fates.kills == KILLS
    assert fates.twice == 0
    assert fates.never <= fates.tally.uncertain <= most_in_flight(KILLS)
    assert fates.tally.waiting == fates.tally.dropped == 0
    assert fates.received[1] == LEARNERS - fates.never
    assert fates.tally.sent + fates.tally.uncertain == LEARNERS
