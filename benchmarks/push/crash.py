"""`python -m benchmarks.push.crash`: 2,000 learners are due, and senders are killed ten times.

Once with one sender on SQLite, once with three on Postgres, if that is installed. Exits with 1 if
anybody got two questions, or none without being counted as in flight.
"""

from __future__ import annotations

import asyncio
import secrets
import sys
import tempfile
import time
from pathlib import Path

from tests import postgres
from tests.botapi import BotApi
from tests.content import write_subject
from tests.pushing import killed, most_in_flight

LEARNERS, KILLS = 2000, 10


async def main(seed: int) -> int:
    """Kill, count, and print what became of everybody."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_subject(folder / "subjects")
        fine = await _said("SQLite", f"sqlite+aiosqlite:///{folder / 'viva.db'}", folder, 1, seed)
        if why := postgres.missing():
            sys.stdout.write(f"Postgres: not run. {why}\n")
            return 0 if fine else 1
        with postgres.running() as server:
            url = await server.fresh()
            fine = await _said("Postgres", url, folder, 3, seed) and fine
    return 0 if fine else 1


async def _said(database: str, url: str, folder: Path, workers: int, seed: int) -> bool:
    begun = time.perf_counter()
    async with BotApi() as api:
        fates = await killed(
            *(api, url, folder / "subjects"),
            learners=LEARNERS,
            kills=KILLS,
            seed=seed,
            workers=workers,
        )
    most = most_in_flight(KILLS)
    fine = not fates.twice and fates.never <= fates.tally.uncertain <= most
    fine = fine and fates.tally.sent + fates.tally.uncertain == LEARNERS
    sys.stdout.write(
        f"{database}, {workers} at a time, seed {seed}, {time.perf_counter() - begun:.0f} s: of "
        f"{LEARNERS} learners, after {fates.kills} kills, {fates.received[1]} got one question, "
        f"{fates.never} none, {fates.twice} more than one; {fates.tally.uncertain} are counted "
        f"as in flight (at most {most} could be): {'fine' if fine else 'NOT fine'}\n"
    )
    sys.stdout.flush()
    return fine


if __name__ == "__main__":
    given = int(sys.argv[1]) if len(sys.argv) > 1 else secrets.randbelow(1_000_000)
    sys.exit(asyncio.run(main(given)))
