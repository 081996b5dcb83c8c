"""Where an index lives: a folder that one process keeps at a time, or a Chroma server."""

from __future__ import annotations

import sqlite3
from pathlib import Path


class IndexUnavailable(Exception):
    """The index cannot be used; the message says why and what to do, to whoever runs the bot."""


class Home:
    """A folder kept until `release`, or a server's URL. Raises IndexUnavailable if it is taken.

    Chroma itself would let a second process in, and one would not see what the other changes. The
    lock is SQLite's own, on an empty database: the system drops it when a process ends, however.
    """

    def __init__(self, where: Path | str) -> None:
        self.where = str(where)
        self.is_server = "://" in self.where
        self._lock = None if self.is_server else _locked(Path(where))

    def release(self) -> None:
        """Let others have the folder; twice is no error."""
        if self._lock:
            self._lock.close()

    def trouble(self) -> IndexUnavailable:
        """What to raise when Chroma fails there."""
        if self.is_server:
            return IndexUnavailable(
                f"The Chroma server at {self.where} cannot be used: check its address, and that it "
                "runs."
            )
        return IndexUnavailable(
            f"The search index in {self.where} is damaged. Stop Viva, move that folder away and "
            "start again: subjects are indexed anew by themselves, but uploaded files must be sent "
            "again."
        )


def _locked(folder: Path) -> sqlite3.Connection:
    """The folder for this process alone."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = sqlite3.connect(
            folder / "in-use.db", timeout=0, isolation_level=None, check_same_thread=False
        )
    except (OSError, sqlite3.OperationalError) as problem:
        raise IndexUnavailable(
            f"The search index cannot be kept in {folder} ({problem}). Choose another folder."
        ) from problem
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as problem:
        lock.close()
        raise IndexUnavailable(
            f"The search index in {folder} is in use by another running Viva. Stop that one first, "
            "or give this one a folder of its own."
        ) from problem
    return lock
