"""A database is made, upgraded or refused with a reason before anything uses it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, insert, inspect, make_url

from bot import storage
from bot.dialogue import Choosing
from bot.messages import Chat
from bot.storage import StorageAhead, StorageBehind, StorageUnusable, codec
from bot.storage.engine import running, usable
from bot.storage.tables import conversations, metadata
from bot.storage.upgrading import configuration, refuse_unless_current
from tests.bot.storage.samples import NOW, message
from tests.postgres import Postgres, execute


@pytest.fixture
def diary(file_url: str, file: Path) -> str:
    """The URL of something else than a database."""
    file.write_text("Dear diary, " * 100)
    return file_url


def differences(connection: Connection) -> list[object]:
    """What tables.py says and the database does not, or the other way round."""
    return list(compare_metadata(MigrationContext.configure(connection), metadata))


async def test_the_migrations_build_what_the_tables_say(url: str) -> None:
    await storage.upgrade(url)

    async with running(usable(url)) as engine, engine.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_a_missing_column_would_be_noticed(url: str) -> None:
    await storage.upgrade(url)
    await execute(url, "ALTER TABLE attempts DROP COLUMN hints")

    async with running(usable(url)) as engine, engine.connect() as connection:
        assert len(await connection.run_sync(differences)) == 1


async def test_a_new_file_is_made_and_opened_again_as_it_was(url: str) -> None:
    async with storage.opened(url) as transactions, transactions() as records:
        await records.receive(message(), NOW)
        await records.commit()

    async with storage.opened(url) as transactions, transactions() as records:
        assert await records.unanswered("telegram") == (message(),)


async def test_sqlite_is_told_to_be_durable_and_to_check_references(file_url: str) -> None:
    pragmas = ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
    await storage.upgrade(file_url)
    async with running(usable(file_url)) as engine, engine.connect() as connection:
        told = [
            (await connection.exec_driver_sql(f"PRAGMA {pragma}")).scalar_one()
            for pragma in pragmas
        ]

    assert told == ["wal", 2, 1, 1]


async def test_a_database_that_is_behind_is_refused_where_it_is_not_ours_to_upgrade(
    url: str,
) -> None:
    async with running(usable(url)) as engine:
        with pytest.raises(StorageBehind, match=r"stands at nothing.*viva upgrade"):
            await refuse_unless_current(engine)


async def test_a_server_that_is_behind_is_refused_and_left_alone(postgres: Postgres) -> None:
    url = await postgres.fresh()
    await execute(url, "UPDATE alembic_version SET version_num = '0004'")

    with pytest.raises(StorageBehind, match="stands at 0004"):
        async with storage.opened(url):
            pass

    assert await execute(url, "SELECT version_num FROM alembic_version") == [("0004",)]


async def test_a_database_of_a_newer_version_is_refused_and_left_alone(url: str) -> None:
    await storage.upgrade(url)
    await execute(url, "UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(StorageAhead, match="newer version of Viva"):
        async with storage.opened(url):
            pass

    assert await execute(url, "SELECT version_num FROM alembic_version") == [("9999",)]


async def test_a_failing_upgrade_changes_nothing(url: str) -> None:
    await execute(url, "CREATE TABLE outbox (somebody_elses TEXT)")  # the last of our tables

    with pytest.raises(StorageUnusable, match=r"outbox.* already exists"):
        async with storage.opened(url):
            pass

    async with running(usable(url)) as engine, engine.connect() as connection:
        tables = await connection.run_sync(lambda here: inspect(here).get_table_names())
    assert tables == ["outbox"]


async def test_processes_that_start_at_once_on_an_empty_database_make_it_once(url: str) -> None:
    async def start() -> None:
        async with storage.opened(url) as transactions, transactions() as records:
            assert await records.unanswered("telegram") == ()

    await asyncio.gather(*(start() for _ in range(4)))


@pytest.mark.parametrize("wrong", ["password", "database", "server"])
async def test_a_server_that_lets_nobody_in_is_named_without_the_password(
    postgres: Postgres, wrong: str
) -> None:
    right = make_url(postgres.url("postgres"))
    url = {
        "password": right.set(password="guessed-by-somebody"),  # noqa: S106  it opens nothing
        "database": right.set(database="nowhere"),
        "server": right.set(port=1, query={"password": "guessed-by-somebody"}),
    }[wrong].render_as_string(hide_password=False)

    with pytest.raises(
        StorageUnusable, match=r"127\.0\.0\.1.* cannot be (used|reached)"
    ) as refusal:
        async with storage.opened(url):
            pass

    assert postgres.password not in str(refusal.value)
    assert "guessed" not in str(refusal.value)


@pytest.mark.parametrize(
    ("url", "advice"),
    [
        ("viva.db", "looks like sqlite"),
        ("sqlite:///viva.db", r"begin with sqlite\+aiosqlite, not sqlite"),
        ("postgresql://ada:secret@host/viva", r"begin with postgresql\+asyncpg, not postgresql"),
        ("mysql://ada:secret@host/viva", r"sqlite\+aiosqlite or postgresql\+asyncpg, not mysql"),
        ("sqlite+aiosqlite://", "needs a file"),
        ("sqlite+aiosqlite:///:memory:", "needs a file"),
    ],
)
async def test_a_url_that_is_no_good_is_refused_with_advice(url: str, advice: str) -> None:
    with pytest.raises(StorageUnusable, match=advice) as refusal:
        async with storage.opened(url):
            pass

    assert "secret" not in str(refusal.value)


async def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(StorageUnusable, match=r"nowhere/viva\.db cannot be used.*its folder"):
        async with storage.opened(f"sqlite+aiosqlite:///{tmp_path}/nowhere/viva.db"):
            pass


async def test_a_file_that_is_no_database_is_refused(diary: str) -> None:
    with pytest.raises(StorageUnusable, match="not a database"):
        async with storage.opened(diary):
            pass


async def test_what_was_open_in_a_terminal_is_still_open_after_an_upgrade(url: str) -> None:
    here = Chat("terminal", "me", "me")
    async with running(usable(url)) as engine, engine.begin() as connection:
        await connection.run_sync(_made_by_version, "0003")
        standing = codec.dialogue_json(Choosing(("osmosis",), "quiz"))
        row = {"platform": "terminal", "room": "local", "person": "me", "version": 1}
        await connection.execute(insert(conversations).values(**row, dialogue=standing))
    await storage.upgrade(url)

    async with storage.opened(url) as transactions, transactions() as records:
        assert await records.dialogue(here) == Choosing(("osmosis",), "quiz")


def _made_by_version(connection: Connection, revision: str) -> None:
    config = configuration()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
