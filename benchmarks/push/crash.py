"""`python -m benchmarks.push.crash`: 2,000 learners are due, and their sender is killed ten times.

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
from tests.pushing import killed, most_in_flight

LEARNERS, KILLS = 2000, 10


async def main() -> int:
    """Kill, count, and print what became of everybody."""
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else secrets.randbelow(1_000_000)
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_subject(folder / "subjects")
        async with BotApi() as api:
            fates = await killed(
                api, folder, folder / "subjects", learners=LEARNERS, kills=KILLS, seed=seed
            )
    fine = not fates.twice and fates.never <= fates.tally.uncertain <= most_in_flight(KILLS)
    fine = fine and fates.tally.sent + fates.tally.uncertain == LEARNERS
    sys.stdout.write(
        f"seed {seed}, {time.perf_counter() - begun:.0f} s\n"
        f"{LEARNERS} learners, {fates.kills} kills: {fates.received[1]} got one question, "
        f"{fates.never} none, {fates.twice} more than one; {fates.tally.uncertain} are counted "
        f"as in flight (at most {most_in_flight(KILLS)} could be)\n"
        f"{'fine' if fine else 'NOT fine'}\n"
    )
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
