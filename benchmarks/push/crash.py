"""`python -m benchmarks.push.crash`: 2,000 learners are due, and senders are killed ten times.

Once on SQLite, with one sender; once on Postgres, where one is installed, with three of them.

Exits with 1 if anybody got two questions, or none without being counted as in flight.
"""

from __future__ import annotations

import asyncio
import secrets
import sys
import tempfile
import time
from pathlib import Path

from tests.botapi import BotApi
from tests.content import write_subject
from tests.postgres import missing, running
from tests.pushing import killed, most_in_flight

LEARNERS, KILLS = 2000, 10


async def main() -> int:
    """Kill, count, and print what became of everybody."""
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else secrets.randbelow(1_000_000)
    with tempfile.TemporaryDirectory() as name:
        file = f"sqlite+aiosqlite:///{name}/viva.db"
        fine = await _tried("SQLite, one sender", file, 1, seed)
    if missing():
        sys.stdout.write(f"Postgres: not tried, {missing()}\n")
    else:
        with running() as server:
            url = await server.empty()
            fine = await _tried("Postgres, three senders", url, 3, seed) and fine
    return 0 if fine else 1


async def _tried(title: str, url: str, workers: int, seed: int) -> bool:
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as name:
        content = Path(name)
        write_subject(content)
        async with BotApi() as api:
            fates = await killed(
                api, url, content, learners=LEARNERS, kills=KILLS, seed=seed, workers=workers
            )
    most = most_in_flight(KILLS)
    fine = not fates.twice and fates.never <= fates.tally.uncertain <= most
    fine = fine and fates.tally.sent + fates.tally.uncertain == LEARNERS
    sys.stdout.write(
        f"{title}: seed {seed}, {time.perf_counter() - begun:.0f} s\n"
        f"{LEARNERS} learners, {fates.kills} kills: {fates.received[1]} got one question, "
        f"{fates.never} none, {fates.twice} more than one; {fates.tally.uncertain} are counted "
        f"as in flight (at most {most} could be)\n"
        f"{'fine' if fine else 'NOT fine'}\n"
    )
    return fine


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
