"""`python -m bot.storage upgrade` for operators; `python -m bot.storage revise` for developers."""

from __future__ import annotations

import asyncio
import os
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
    chosen.add_parser("upgrade", help="upgrade the database of VIVA_DATABASE_URL")
    revise = chosen.add_parser("revise", help="write a migration from what changed in tables.py")
    revise.add_argument("message", help="what changes, in a few words")
    asked = parser.parse_args(words)
    if asked.job == "revise":
        return asyncio.run(_revised(asked.message))
    url = os.environ.get("VIVA_DATABASE_URL", "")
    if not url:
        raise StorageUnusable("Put the database's URL into VIVA_DATABASE_URL first")
    asyncio.run(upgrade(url))
    return f"{usable(url).render_as_string(hide_password=True)} is up to date"


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
