"""A fresh database file for every test."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot import storage
from bot.ports import Transactions


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the database is."""
    return tmp_path / "viva.db"


@pytest.fixture
def url(file: Path) -> str:
    """The database's URL."""
    return f"sqlite+aiosqlite:///{file}"


@pytest.fixture
async def transactions(url: str) -> AsyncIterator[Transactions]:
    """A maker of transactions on the database."""
    async with storage.opened(url) as maker:
        yield maker
