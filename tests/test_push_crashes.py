"""Killed with -9 while it sends, a sender of daily questions sends none of them twice."""

from __future__ import annotations

from pathlib import Path

from tests.botapi import BotApi
from tests.content import write_subject
from tests.pushing import killed, most_in_flight

LEARNERS, KILLS = 200, 3


async def test_every_learner_has_one_question_or_is_counted_as_in_flight(tmp_path: Path) -> None:
    write_subject(tmp_path / "subjects")

    async with BotApi() as api:
        fates = await killed(
            api, tmp_path, tmp_path / "subjects", learners=LEARNERS, kills=KILLS, seed=7
        )

    assert fates.kills == KILLS
    assert fates.twice == 0
    assert fates.never <= fates.tally.uncertain <= most_in_flight(KILLS)
    assert fates.tally.waiting == fates.tally.dropped == 0
    assert fates.received[1] == LEARNERS - fates.never
    assert fates.tally.sent + fates.tally.uncertain == LEARNERS
