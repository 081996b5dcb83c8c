"""Every statement that runs on SQLite is also one that PostgreSQL can be asked."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import ClauseElement, create_mock_engine, event
from sqlalchemy.dialects import sqlite

from bot import storage
from bot.dialogue import Answering, Idle
from bot.learners import Card, Dismissed, Enrolled, Forgotten, Settled, Snoozed
from bot.messages import Reply
from bot.ports import EVERYBODY, Judgement
from bot.pushes import Later, Send
from bot.routines import Hours, Routine
from bot.storage import upserts
from bot.storage.engine import running, usable
from bot.storage.records import SqlRecords
from bot.storage.tables import Instant, metadata
from bot.storage.upgrading import configuration
from bot.streaks import Streak
from tests.bot.storage.samples import ADA, NOW, PUMP, attempt, message

POSTGRES = create_mock_engine("postgresql+asyncpg://", list).dialect


def asked(statement: ClauseElement) -> str:
    """The statement in PostgreSQL's words. Raises CompileError where it has none."""
    return str(statement.compile(dialect=POSTGRES))


async def use_everything(records: SqlRecords) -> None:
    """Call every method of Records."""
    ada = await records.learner(ADA)
    await records.receive(message(), NOW)
    await records.unanswered("telegram")
    await records.asking("telegram", NOW)
    await records.take_up(message(), NOW)
    await records.answer(message(), (Reply("hello"),), NOW)
    await records.answer(message(), (), NOW)
    await records.unsent("telegram", NOW)
    await records.expecting("telegram", NOW)
    await records.put_off(1, NOW)
    await records.give_up(1, "why", NOW)
    await records.sent(1, NOW)
    await records.keep_dialogue(ADA, Idle())
    await records.dialogue(ADA)
    for change in (attempt(ada.id), Card(ada.id, PUMP, NOW, "{}"), Enrolled(ada)):
        await records.keep(change)
    await records.attempts(ada.id)
    await records.cards(ada.id)
    await records.use(NOW.date(), EVERYBODY, {"calls": 1})
    await records.used(NOW.date(), EVERYBODY)
    await records.keep_judgement("key", Judgement("[]", "[]"), ada.id)
    await records.judgement("key")
    await use_pushes(records, ada.id)
    await records.keep(Forgotten(ada.id))


async def use_pushes(records: SqlRecords, ada: int) -> None:
    """Call every method of Pushes."""
    pushes, later = records.pushes, NOW + timedelta(hours=1)
    arranged = Routine(ada, ADA, Hours(600), next_at=NOW, next_day=NOW.date())
    for change in (arranged, Streak(ada, 1, 0, NOW.date())):
        await records.keep(change)
    await pushes.routine(ada)
    await pushes.streak(ada)
    assert await pushes.plan(NOW) == 1
    await pushes.announce("term", Reply("hello"), NOW)
    await pushes.audience()
    push, letter = sorted(await pushes.lease("telegram", NOW, 9, later), key=lambda one: one.id)
    await pushes.prospects([ada], NOW)
    await pushes.broadcast("term")
    outcomes = (Later(letter, NOW), Send(push, Reply("?"), Answering(PUMP, "", NOW)))
    assert await pushes.fence(outcomes, NOW) == {push.id}
    await pushes.uncertain(ada, later)
    await pushes.push(push.id, ada)
    await pushes.put_off(push, NOW)
    await pushes.arrived([Send(push, Reply("?"), Answering(PUMP, "", NOW))], NOW)
    await pushes.unreachable(push, NOW)
    await pushes.free_at("telegram")
    await pushes.reserve("telegram", NOW)
    for fate in (Snoozed(push.id, NOW), Dismissed(push.id), Settled(push.id)):
        await records.keep(fate)
    await pushes.tally()


async def test_every_statement_can_be_put_to_postgres(file_url: str) -> None:
    statements: list[ClauseElement] = []
    await storage.upgrade(file_url)
    async with running(usable(file_url)) as engine, engine.connect() as connection:

        @event.listens_for(engine.sync_engine, "before_execute")
        def note(_: object, statement: object, *__: object) -> None:
            if isinstance(statement, ClauseElement) and not isinstance(statement, sqlite.Insert):
                statements.append(statement)

        await use_everything(SqlRecords(connection))

    words = {asked(statement).split()[0] for statement in statements}

    assert words == {"SELECT", "INSERT", "UPDATE", "DELETE"}
    assert len(statements) > 20


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        (
            upserts.received("postgresql", message(), NOW),
            "ON CONFLICT (platform, update_id) DO NOTHING RETURNING inbox.id",
        ),
        (
            upserts.account("postgresql", ADA, 1),
            "ON CONFLICT (platform, person) DO NOTHING RETURNING accounts.learner",
        ),
        (
            upserts.conversation("postgresql", ADA, "{}"),
            "ON CONFLICT (platform, person, room) DO UPDATE SET",
        ),
        (
            upserts.card("postgresql", Card(1, PUMP, NOW, "{}")),
            "ON CONFLICT (learner, question) DO UPDATE SET",
        ),
        (
            upserts.used("postgresql", NOW.date(), EVERYBODY, "calls", 1),
            "ON CONFLICT (day, purse, item) DO UPDATE SET amount = (ledger.amount +",
        ),
        (
            upserts.judgement("postgresql", "key", "[]"),
            "ON CONFLICT (key) DO UPDATE SET marks",
        ),
    ],
)
def test_what_may_be_there_already_is_said_in_postgres_words(
    statement: ClauseElement, expected: str
) -> None:
    assert expected in asked(statement)


def test_the_migrations_can_be_put_to_postgres() -> None:
    script = StringIO()
    target = MigrationContext.configure(
        dialect_name="postgresql", opts={"as_sql": True, "output_buffer": script}
    )
    revisions = list(ScriptDirectory.from_config(configuration()).walk_revisions())

    with Operations.context(target):
        for revision in reversed(revisions):
            revision.module.upgrade()

    written = script.getvalue()
    assert all(f"CREATE TABLE {table} (" in written for table in metadata.tables)
    columns = [column for table in metadata.tables.values() for column in table.columns]
    times = sum(isinstance(column.type, Instant) for column in columns)
    assert written.count("TIMESTAMP WITH TIME ZONE") == times
    assert written.count("TYPE BIGINT") == 5
