"""`python -m benchmarks.push.jobs [N]`: a daily job a learner in python-telegram-bot's JobQueue.

What users would write; needs APScheduler (`python-telegram-bot[job-queue]`), which Viva does not.
"""

from __future__ import annotations

import asyncio
import resource
import sys
import time
from datetime import UTC
from datetime import time as clock

from telegram.ext import Application, CallbackContext

A_MINUTE = 60
MANY = 100_000


async def _ask(_: CallbackContext) -> None:
    """A question would be sent."""


async def main(many: int) -> None:
    """Build the jobs, start the scheduler, and print seconds and megabytes."""
    before = _megabytes()
    app = Application.builder().token("1:x").build()
    queue = app.job_queue
    assert queue is not None, "python-telegram-bot[job-queue] is not installed"
    begun = time.perf_counter()
    for learner in range(many):
        at = clock(learner // A_MINUTE % 24, learner % A_MINUTE, tzinfo=UTC)
        queue.run_daily(_ask, at, chat_id=learner)
    await queue.start()
    await asyncio.sleep(0)
    taken = time.perf_counter() - begun
    sys.stdout.write(f"{taken:.1f} {_megabytes() - before:.0f}\n")
    await queue.stop(wait=False)


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else MANY))
