"""A fresh database for every test, on each of the two kinds that Viva can use."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import cast

import pytest

from bot import storage
from bot.ports import Transactions
from tests.postgres import Postgres


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where an SQLite database is."""
    return tmp_path / "viva.db"


@pytest.fixture
def file_url(file: Path) -> str:
    """The URL of a database that is a file."""
    return f"sqlite+aiosqlite:///{file}"


@pytest.fixture(params=["sqlite", "postgres"])
async def url(request: pytest.FixtureRequest, file_url: str) -> str:
    """A database's URL: of a file that is not there yet, and of an empty database on a server."""
    if request.param == "sqlite":
        return file_url
    server = cast("Postgres", request.getfixturevalue("postgres"))
    return await server.empty()


@pytest.fixture
async def transactions(url: str) -> AsyncIterator[Transactions]:
    """A maker of transactions on the database."""
    async with storage.opened(url) as maker:
        yield maker
