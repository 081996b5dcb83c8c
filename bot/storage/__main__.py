"""`python -m bot.storage revise MESSAGE`: a new migration, for developers."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path

from alembic import command
from sqlalchemy import Connection

from bot.storage.engine import running, usable
from bot.storage.problems import StorageUnusable
from bot.storage.upgrading import configuration, revisions, upgrade


def main(words: Sequence[str]) -> str:
    """Do as the words of the command line say; what to print. Raises StorageUnusable."""
    parser = ArgumentParser(prog="python -m bot.storage")
    chosen = parser.add_subparsers(dest="job", required=True)
    revise = chosen.add_parser("revise", help="write a migration from what changed in tables.py")
    revise.add_argument("message", help="what changes, in a few words")
    return asyncio.run(_revised(parser.parse_args(words).message))


async def _revised(message: str) -> str:
    """Compare tables.py with a fresh database at the last revision, and write what differs."""

    def write(connection: Connection) -> None:
        config = configuration()
        config.attributes["connection"] = connection
        command.revision(config, message, autogenerate=True, rev_id=f"{len(revisions()) + 1:04}")

    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'fresh.db'}"
        await upgrade(url)
        async with running(usable(url)) as engine, engine.connect() as connection:
            await connection.run_sync(write)
    return "Written. Read it before you keep it"


if __name__ == "__main__":
    try:
        sys.stdout.write(main(sys.argv[1:]) + "\n")
    except StorageUnusable as problem:
        sys.exit(str(problem))
