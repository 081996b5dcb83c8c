"""What holds nothing: for conversations in which nobody asks a doubt, or a second time."""

from __future__ import annotations

from bot.marking import Script, Verdict
from knowledge.content import Document, Findings


class NoNotes:
    """Nothing to search."""

    async def search(self, doubt: str, subject: str, owner: int | None) -> Findings:
        """Nothing is covered."""
        return Findings((), covered=False)

    async def add(self, owner: int, name: str, media_type: str, data: bytes) -> Document:
        """Nothing can be added."""
        raise AssertionError("nobody adds a file here")

    async def documents(self, owner: int) -> tuple[Document, ...]:
        """There are none."""
        return ()

    async def drop(self, owner: int, name: str | None = None) -> None:
        """There is nothing to drop."""

    async def move(self, owner: int, to: int) -> None:
        """There is nothing to move."""


class NobodyElse:
    """Nobody who could read a point again."""

    async def read(self, script: Script, first: Verdict, point: str, words: str = "") -> None:
        """There is no second reading."""
