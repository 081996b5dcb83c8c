"""Notes that hold nothing, for conversations in which nobody asks a doubt."""

from __future__ import annotations

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
